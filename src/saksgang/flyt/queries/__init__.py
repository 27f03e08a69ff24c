"""Flags, notifications and the timetable, read."""

from .flagg import (
    antall_flagg,
    antall_i_koe,
    arkivarer_for,
    er_mottaker,
    flagg_behandlet,
    flagg_paa,
    flagg_sendt,
    flagg_til,
    hent_flagg,
    koe,
    ledere_for,
    med_ord,
)
from .godkjenning import (
    aapen_runde,
    foreslaatt_godkjenner,
    hent_godkjenning,
    kjede,
    runder,
    til_godkjenning,
    til_godkjenning_forfalt,
    til_godkjenning_roed,
    valgbare_godkjennere,
)
from .tidsplan import tidsplan
from .varsel import antall_uleste_varsler, hent_varsel, uleste_varsler, varsler, varslingsvalg

__all__ = [
    "aapen_runde",
    "antall_flagg",
    "antall_i_koe",
    "antall_uleste_varsler",
    "arkivarer_for",
    "er_mottaker",
    "flagg_behandlet",
    "flagg_paa",
    "flagg_sendt",
    "flagg_til",
    "foreslaatt_godkjenner",
    "hent_flagg",
    "hent_godkjenning",
    "hent_varsel",
    "kjede",
    "koe",
    "ledere_for",
    "med_ord",
    "runder",
    "tidsplan",
    "til_godkjenning",
    "til_godkjenning_forfalt",
    "til_godkjenning_roed",
    "uleste_varsler",
    "valgbare_godkjennere",
    "varsler",
    "varslingsvalg",
]
