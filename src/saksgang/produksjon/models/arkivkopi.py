"""Archive copies: the work, one row for each content, and the orders, one for each version that needs it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from saksgang.produksjon.rules import Jobbtilstand
from saksgang.sakarkiv.models import Dokumentversjon


class Konvertering(models.Model):
    """The making of one content into PDF, whatever number of documents wait for it; its state is for all to see.

    resultat: a valid PDF/A when tilstand is FERDIG; else a PDF that is fit to look at, where there is one.
    """

    kilde = models.OneToOneField("lager.Fil", models.PROTECT, related_name="konvertering")
    tilstand = models.CharField(max_length=1, choices=Jobbtilstand, default=Jobbtilstand.VENTER)
    resultat = models.ForeignKey("lager.Fil", models.PROTECT, null=True, related_name="+")
    prioritet = models.PositiveSmallIntegerField(default=0)
    bestilt_tid = models.DateTimeField()
    startet_tid = models.DateTimeField(null=True)
    ferdig_tid = models.DateTimeField(null=True)
    neste_tid = models.DateTimeField(null=True)
    forsoek = models.PositiveSmallIntegerField(default=0)
    feil = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(tilstand="F") | Q(resultat__isnull=False), name="konvertering_ferdig_har_resultat"
            )
        ]
        indexes = [
            models.Index(fields=["-prioritet", "id"], name="konvertering_venter", condition=Q(tilstand="V")),
            models.Index(fields=["id"], name="konvertering_kjoerer", condition=Q(tilstand="K")),
        ]

    def __str__(self) -> str:
        return f"Konvertering av {self.kilde}"


class Arkivkopi(models.Model):
    """The order to have one version in an archive format: answered by a copy, or by keeping the original as it is."""

    versjon = models.OneToOneField(Dokumentversjon, models.PROTECT, related_name="arkivkopi")
    konvertering = models.ForeignKey(Konvertering, models.PROTECT, related_name="arkivkopier")
    kopi = models.OneToOneField(Dokumentversjon, models.PROTECT, null=True, related_name="kopi_av")
    bestilt_tid = models.DateTimeField()
    ferdig_tid = models.DateTimeField(null=True)
    beholdt = models.CharField(max_length=500, blank=True)
    beholdt_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ferdig_tid__isnull=True, kopi__isnull=True, beholdt="")
                | Q(ferdig_tid__isnull=False, kopi__isnull=False, beholdt="")
                | (Q(ferdig_tid__isnull=False, kopi__isnull=True) & ~Q(beholdt="")),
                name="arkivkopi_ferdig_paa_en_maate",
            )
        ]
        indexes = [
            models.Index(fields=["konvertering"], name="arkivkopi_aapne", condition=Q(ferdig_tid__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"Arkivkopi av {self.versjon}"

    @property
    def er_ferdig(self) -> bool:
        return self.ferdig_tid is not None
