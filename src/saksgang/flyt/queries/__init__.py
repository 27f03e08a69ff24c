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
from .tidsplan import tidsplan
from .varsel import antall_uleste_varsler, hent_varsel, uleste_varsler, varsler

__all__ = [
    "antall_flagg",
    "antall_i_koe",
    "antall_uleste_varsler",
    "arkivarer_for",
    "er_mottaker",
    "flagg_behandlet",
    "flagg_paa",
    "flagg_sendt",
    "flagg_til",
    "hent_flagg",
    "hent_varsel",
    "koe",
    "ledere_for",
    "med_ord",
    "tidsplan",
    "uleste_varsler",
    "varsler",
]
