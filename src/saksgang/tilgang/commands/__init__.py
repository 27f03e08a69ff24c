"""Asking for leave, moving a status, and keeping the organisation and its grants."""

from .importer import importer_brukere_csv, importer_enheter_csv
from .krev import krev
from .loggobjekt import Loggobjekt, loggobjekt
from .organisasjon import (
    UENDRET,
    Uendret,
    deaktiver_bruker,
    endre_bruker,
    endre_enhet,
    endre_fravaer,
    gjenaapne_bruker,
    legg_ned_enhet,
    opprett_bruker,
    opprett_enhet,
    opprett_foerste_administrator,
    registrer_fravaer,
    sett_passord,
    trekk_fravaer,
    ved_enhetsendring,
)
from .sesom import noter_se_som
from .status import etter_status, med_status, sett_foerste_status, skift_status
from .tildelinger import (
    autoriser,
    avslutt_autorisasjon,
    avslutt_stedfortreder,
    avslutt_tildeling,
    endre_stedfortreder,
    fjern_medlem,
    gi_fullmakt,
    legg_ned_gruppe,
    legg_til_medlem,
    opprett_gruppe,
    registrer_stedfortreder,
    tildel_rolle,
)
from .tilgang import kombinasjon, noekler_for
from .utseende import velg_utseende

__all__ = [
    "Loggobjekt",
    "UENDRET",
    "Uendret",
    "autoriser",
    "avslutt_autorisasjon",
    "avslutt_stedfortreder",
    "avslutt_tildeling",
    "deaktiver_bruker",
    "endre_bruker",
    "endre_enhet",
    "endre_fravaer",
    "endre_stedfortreder",
    "etter_status",
    "fjern_medlem",
    "gi_fullmakt",
    "gjenaapne_bruker",
    "importer_brukere_csv",
    "importer_enheter_csv",
    "kombinasjon",
    "krev",
    "legg_ned_enhet",
    "legg_ned_gruppe",
    "legg_til_medlem",
    "med_status",
    "loggobjekt",
    "noekler_for",
    "noter_se_som",
    "opprett_bruker",
    "opprett_enhet",
    "opprett_foerste_administrator",
    "opprett_gruppe",
    "registrer_fravaer",
    "registrer_stedfortreder",
    "sett_foerste_status",
    "sett_passord",
    "skift_status",
    "tildel_rolle",
    "trekk_fravaer",
    "ved_enhetsendring",
    "velg_utseende",
]
