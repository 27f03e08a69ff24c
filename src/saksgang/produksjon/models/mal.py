"""Text templates (tekstmaler) and their versions."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from saksgang.produksjon.rules import Maltilstand, Spraak


class Tekstmal(models.Model):
    """A letterhead and layout for one use. typer: the journalposttyper that it is offered for."""

    kode = models.SlugField(max_length=40)
    navn = models.CharField(max_length=100)
    typer = ArrayField(models.CharField(max_length=1))
    behandlingsform = models.CharField(max_length=1, blank=True)
    spraak = models.CharField(max_length=2, choices=Spraak, default=Spraak.BOKMAAL)
    foreloepig = models.BooleanField(default=False)
    enkeltvedtak = models.BooleanField(default=False)
    rekkefoelge = models.PositiveSmallIntegerField(default=1)
    gyldig_til = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kode", "spraak"], name="tekstmal_kode_spraak")]

    def __str__(self) -> str:
        return self.navn


class Tekstmalversjon(models.Model):
    """One version of a template: its file, the merge fields found in it, and those that nobody knows."""

    mal = models.ForeignKey(Tekstmal, models.PROTECT, related_name="versjoner")
    nummer = models.PositiveSmallIntegerField()
    fil = models.ForeignKey("lager.Fil", models.PROTECT, related_name="+")
    eksempel = models.ForeignKey("lager.Fil", models.PROTECT, null=True, related_name="+")
    filnavn = models.CharField(max_length=255)
    flettefelter = ArrayField(models.CharField(max_length=100), default=list)
    feil = ArrayField(models.CharField(max_length=500), default=list)
    tilstand = models.CharField(max_length=1, choices=Maltilstand, default=Maltilstand.UTKAST)
    opprettet_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    opprettet_dato = models.DateTimeField()
    tatt_i_bruk_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    tatt_i_bruk_tid = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mal", "nummer"], name="tekstmalversjon_nummer"),
            models.UniqueConstraint(fields=["mal"], condition=Q(tilstand="B"), name="tekstmalversjon_en_i_bruk"),
        ]

    def __str__(self) -> str:
        return f"{self.mal} v{self.nummer}"
