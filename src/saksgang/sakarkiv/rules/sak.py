"""Case status (krav C.2) and small code lists of the case."""

from __future__ import annotations

from django.db import models

from saksgang.tilgang.rules import Handling


class Saksstatus(models.TextChoices):
    """M052 saksstatus. X is exported as Noark's P (A-18)."""

    RESERVERT = "R", "Reservert"
    BEHANDLES = "B", "Behandles"
    AVSLUTTET = "A", "Avsluttet"
    UTGAAR = "U", "Utgår"
    UNNTATT = "X", "Unntatt fra prosesstyring"


AAPNE_SAKSSTATUSER = (Saksstatus.RESERVERT, Saksstatus.BEHANDLES, Saksstatus.UNNTATT)

_R, _B, _A, _U, _X = Saksstatus
OVERGANGER_SAK: dict[tuple[str | None, str], Handling] = {
    (None, _R): Handling.OPPRETTE_SAK,
    (None, _B): Handling.OPPRETTE_SAK_ARKIV,
    (_R, _B): Handling.KONTROLLERE_SAK,
    (_R, _X): Handling.UNNTA_SAK,
    (_B, _X): Handling.UNNTA_SAK,
    (_X, _B): Handling.TA_INN_SAK,
    (_B, _A): Handling.AVSLUTTE_SAK,
    (_X, _A): Handling.AVSLUTTE_SAK,
    (_A, _B): Handling.GJENAAPNE_SAK,
    (_R, _U): Handling.UTGAA_SAK,
    (_B, _U): Handling.UTGAA_SAK,
}


class Parttypesak(models.TextChoices):
    """What a sakspart may be (krav R-4.9)."""

    PERSON = "person", "Person"
    GRUPPE = "gruppe", "Gruppe"
    ORGANISASJON = "organisasjon", "Organisasjon"


class Rettighetsnivaa(models.TextChoices):
    """What may be granted in a case (krav R-10.3.2.3)."""

    LESE = "lese", "Lese graderte"
    SKRIVE = "skrive", "Skrive i saken"
