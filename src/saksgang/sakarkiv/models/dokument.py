"""Dokument (dokumentbeskrivelse) and its versions (dokumentobjekt)."""

from __future__ import annotations

from django.db import models

from saksgang.organisasjon.models import NoarkObjekt

from .journalpost import Journalpost


class Dokument(NoarkObjekt):
    """A main document (number 1) or attachment of a journalpost, in order."""

    class Tilknytning(models.TextChoices):
        HOVEDDOKUMENT = "H", "Hoveddokument"
        VEDLEGG = "V", "Vedlegg"

    class Kilde(models.TextChoices):
        OPPLASTET = "O", "Opplastet"
        MAL = "M", "Laget fra tekstmal"
        LENKET = "L", "Lenket fra en annen journalpost"
        TIL_SKANNING = "S", "Til skanning"
        PAPIR = "P", "Sendes på papir"

    journalpost = models.ForeignKey(Journalpost, models.PROTECT, related_name="dokumenter")
    nummer = models.PositiveSmallIntegerField()
    tilknytning = models.CharField(max_length=1, choices=Tilknytning)
    tittel = models.CharField(max_length=300)
    kilde = models.CharField(max_length=1, choices=Kilde, default=Kilde.OPPLASTET)
    lenket_fra = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="lenket_til")
    tilknyttet_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    utgaatt_tid = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["journalpost", "nummer"],
                condition=models.Q(utgaatt_tid__isnull=True),
                name="dokument_nummer",
            )
        ]

    def __str__(self) -> str:
        return self.tittel


class Dokumentversjon(NoarkObjekt):
    """One version and variant of a document: the bytes as they came, or derived from them."""

    class Variant(models.TextChoices):
        PRODUKSJON = "P", "Produksjonsformat"
        ARKIV = "A", "Arkivformat"
        OFFENTLIG = "O", "Offentlig variant"

    dokument = models.ForeignKey(Dokument, models.PROTECT, related_name="versjoner")
    versjonsnummer = models.PositiveSmallIntegerField()
    variantformat = models.CharField(max_length=1, choices=Variant)
    fil = models.ForeignKey("lager.Fil", models.PROTECT, related_name="+")
    filnavn = models.CharField(max_length=255)

    class Meta:
        constraints = [
            # A public variant can be withdrawn and made anew of the same version.
            models.UniqueConstraint(
                fields=["dokument", "versjonsnummer", "variantformat"],
                condition=~models.Q(variantformat="O"),
                name="dokumentversjon_entydig",
            )
        ]

    def __str__(self) -> str:
        return f"{self.filnavn} v{self.versjonsnummer}"
