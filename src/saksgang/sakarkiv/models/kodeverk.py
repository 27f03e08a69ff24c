"""Code lists as rows (krav C.5): seeded from the routine, kept by the administrator."""

from __future__ import annotations

from django.db import models

from saksgang.sakarkiv.querysets import KodeverdiQuerySet


class Kodeverdi(models.Model):
    """One value of a code list, with the text that a Noark export writes."""

    class Liste(models.TextChoices):
        AVSKRIVNINGSMAATE = "avskrivning", "Avskrivningsmåte"
        MERKNADSTYPE = "merknad", "Merknadstype"
        OPPHAV = "opphav", "Opphav"
        EKSPEDERING = "ekspedering", "Ekspederingskode"

    liste = models.CharField(max_length=15, choices=Liste)
    kode = models.CharField(max_length=15)
    navn = models.CharField(max_length=100)
    noark = models.CharField(max_length=100, blank=True)
    manuell = models.BooleanField(default=True)
    rekkefoelge = models.PositiveSmallIntegerField()
    gyldig_til = models.DateField(null=True, blank=True)

    objects = KodeverdiQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["liste", "kode"], name="kodeverdi_entydig")]

    def __str__(self) -> str:
        return f"{self.kode} {self.navn}"


class Sakstype(models.Model):
    """A kind of case. unntatt_nett: entries are never on the net (offentlegforskrifta § 9)."""

    kode = models.CharField(max_length=20, unique=True)
    navn = models.CharField(max_length=100)
    unntatt_nett = models.BooleanField(default=False)
    gyldig_til = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.navn
