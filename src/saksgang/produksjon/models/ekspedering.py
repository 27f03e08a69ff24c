"""Dispatch: one order for a letter, one row for each recipient and way (krav R-8.7)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from saksgang.produksjon.rules import Ekspederingstilstand
from saksgang.sakarkiv.models import Dokumentversjon, Journalpost, Kodeverdi, Korrespondansepart

from .arkivkopi import Konvertering


class Utsending(models.Model):
    """The order to dispatch a letter to its recipients; its progress is that of its rows.

    flettes: each of several recipients gets one's own letter. likt_til_alle: why they all get the same after all.
    brev_feil: why the letters could not be merged.
    """

    journalpost = models.ForeignKey(Journalpost, models.PROTECT, related_name="utsendinger")
    bestilt_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    bestilt_tid = models.DateTimeField()
    ferdig_tid = models.DateTimeField(null=True)
    flettes = models.BooleanField(default=False)
    likt_til_alle = models.CharField(max_length=500, blank=True)
    brev_ferdig_tid = models.DateTimeField(null=True)
    brev_feil = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                name="utsending_flettes",
                condition=Q(flettes=True, brev_ferdig_tid__isnull=True, brev_feil=""),
            )
        ]

    def __str__(self) -> str:
        return f"Utsending av {self.journalpost}"


class Mottakerbrev(models.Model):
    """The main document as one of many recipients gets it, merged with one's own name and address (ADR 0013).

    Derived from a version, and made again from it; what is archived is the version.
    """

    part = models.ForeignKey(Korrespondansepart, models.PROTECT, related_name="mottakerbrev")
    versjon = models.ForeignKey(Dokumentversjon, models.PROTECT, related_name="mottakerbrev")
    konvertering = models.ForeignKey(Konvertering, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "versjon"], name="mottakerbrev_ett_hver")]

    def __str__(self) -> str:
        return f"{self.versjon} til {self.part}"


class Ekspedering(models.Model):
    """The letter to one recipient by one way. ekspedert_dato: for paper at the act, for e-mail when it is taken."""

    utsending = models.ForeignKey(Utsending, models.PROTECT, related_name="ekspederinger")
    part = models.ForeignKey(Korrespondansepart, models.PROTECT, related_name="ekspederinger")
    kode = models.ForeignKey(Kodeverdi, models.PROTECT, related_name="+")
    tilstand = models.CharField(max_length=1, choices=Ekspederingstilstand, default=Ekspederingstilstand.I_KOE)
    epost = models.CharField(max_length=254, blank=True)
    meldings_id = models.CharField(max_length=250, blank=True)
    pakke = models.ForeignKey("lager.Fil", models.PROTECT, null=True, related_name="+")
    ekspedert_dato = models.DateField(null=True)
    ekspedert_tid = models.DateTimeField(null=True)
    neste_tid = models.DateTimeField(null=True)
    forsoek = models.PositiveSmallIntegerField(default=0)
    feil = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["utsending", "part", "kode"], name="ekspedering_en_per_maate"),
            models.CheckConstraint(
                condition=~Q(tilstand="F") | Q(ekspedert_dato__isnull=False), name="ekspedert_har_dato"
            ),
        ]
        indexes = [
            models.Index(fields=["neste_tid", "id"], name="ekspedering_venter", condition=Q(tilstand="V")),
            models.Index(fields=["ekspedert_dato"], name="ekspedering_dato", condition=Q(tilstand="F")),
            models.Index(fields=["id"], name="ekspedering_feilet", condition=Q(tilstand="X")),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.kode}"
