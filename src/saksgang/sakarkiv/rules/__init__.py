"""Statuses, types, deadlines, field rights: the routine's tables."""

from .felter import ARBEIDSDATA, GODKJENT_INNHOLD, JOURNALDATA, redigerbare_felter
from .frist import (
    ROED_TERSKEL,
    Fristnivaa,
    er_roed,
    fordelingsgrense,
    fordelt_for_sent,
    fristnivaa,
    roed_grense,
    standard_svarfrist,
)
from .journalpost import (
    AVSKRIVBARE,
    EGENPRODUSERTE,
    INTERNE,
    OVERGANGER_JOURNALPOST,
    Godkjenningstilstand,
    Journalposttype,
    Journalstatus,
    Parttype,
    Signaturmaate,
    Svarmaate,
    er_levert,
    klasse_for_journalpost,
    overganger_journalpost,
)
from .kodeliste import FASTE_KODER, NOARKVERDIER
from .kontakt import ADRESSEFELTER
from .sak import AAPNE_SAKSSTATUSER, OVERGANGER_SAK, Parttypesak, Rettighetsnivaa, Saksstatus

__all__ = [
    "AAPNE_SAKSSTATUSER",
    "ADRESSEFELTER",
    "ARBEIDSDATA",
    "AVSKRIVBARE",
    "EGENPRODUSERTE",
    "FASTE_KODER",
    "GODKJENT_INNHOLD",
    "INTERNE",
    "JOURNALDATA",
    "NOARKVERDIER",
    "OVERGANGER_JOURNALPOST",
    "OVERGANGER_SAK",
    "ROED_TERSKEL",
    "Fristnivaa",
    "Godkjenningstilstand",
    "Journalposttype",
    "Journalstatus",
    "Parttype",
    "Parttypesak",
    "Rettighetsnivaa",
    "Saksstatus",
    "Signaturmaate",
    "Svarmaate",
    "er_levert",
    "er_roed",
    "fordelingsgrense",
    "fordelt_for_sent",
    "fristnivaa",
    "klasse_for_journalpost",
    "overganger_journalpost",
    "redigerbare_felter",
    "roed_grense",
    "standard_svarfrist",
]
