"""Code lists of the archive structure, and how a class finds its place."""

from __future__ import annotations

from collections.abc import Container

from django.db import models

SAKSSERIE, JOURNALSERIE = "sak", "journal"
"""The series of case numbers (per saksår) and of journal numbers (per journalår)."""

SKILLE = "|"


class Arkivstatus(models.TextChoices):
    """M050 arkivstatus."""

    OPPRETTET = "O", "Opprettet"
    AVSLUTTET = "A", "Avsluttet"


class Arkivdelstatus(models.TextChoices):
    """M051 arkivdelstatus."""

    AKTIV = "A", "Aktiv periode"
    OVERLAPPING = "O", "Overlappingsperiode"
    AVSLUTTET = "P", "Avsluttet periode"
    UAKTUELL = "U", "Uaktuelle mapper"


class Klassifikasjonstype(models.TextChoices):
    """M086 klassifikasjonstype."""

    KK = "KK", "K-koder"
    GBN = "GBN", "Gårds- og bruksnummer"
    PNR = "PNR", "Fødselsnummer"
    EH = "EH", "Emnebasert, hierarkisk"
    E1 = "E1", "Emnebasert, ett nivå"
    FH = "FH", "Funksjonsbasert, hierarkisk"
    MF = "MF", "Mangefasettert, ikke hierarki"
    UO = "UO", "Objektbasert"


HIERARKISKE = frozenset({Klassifikasjonstype.KK, Klassifikasjonstype.EH, Klassifikasjonstype.FH})
"""Types whose classes lie under the longest class that their own id begins with: U62 under U6 under U."""


def sti(overordnet: str, klasse_id: str) -> str:
    """Return the path of a class below one with the path overordnet; a prefix of it is every class above."""
    return f"{overordnet}{klasse_id}{SKILLE}"


def overordnet_etter_id(klasse_id: str, kjente: Container[str]) -> str | None:
    """Return the longest known id that klasse_id begins with, itself left out."""
    return next((klasse_id[:n] for n in range(len(klasse_id) - 1, 0, -1) if klasse_id[:n] in kjente), None)
