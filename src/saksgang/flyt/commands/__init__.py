"""Flags, notifications, and running what is due."""

from .avslutning import Avslutningsresultat, avslutt_eller_returner, send_sak_tilbake
from .flagg import (
    behandle_flagg,
    besvar_flagg,
    bruk_foreslaatt_tittel,
    fordel_paa_nytt,
    les_flagg,
    send_flagg,
    spoer_leder,
)
from .godkjenning import besvar_godkjenning, send_til_godkjenning, trekk_godkjenning
from .tidsplan import Kjoering, kjoer_forfalte, registrer_jobb
from .varsel import lag_varsler, les_alle_varsler, les_varsel
from .varselepost import send_varsler, velg_varsling

__all__ = [
    "Avslutningsresultat",
    "Kjoering",
    "avslutt_eller_returner",
    "behandle_flagg",
    "besvar_flagg",
    "besvar_godkjenning",
    "bruk_foreslaatt_tittel",
    "fordel_paa_nytt",
    "kjoer_forfalte",
    "lag_varsler",
    "les_alle_varsler",
    "les_flagg",
    "les_varsel",
    "registrer_jobb",
    "send_flagg",
    "send_sak_tilbake",
    "send_til_godkjenning",
    "send_varsler",
    "spoer_leder",
    "trekk_godkjenning",
    "velg_varsling",
]
