"""The history of a journalpost's grading; what is in force stands on the journalpost itself."""

from __future__ import annotations

from django.db import models

from .rules import Vurderingsart


class Skjermingsvurdering(models.Model):
    """One proposal, decision or block: who, when, what, and why. Never changed."""

    journalpost = models.ForeignKey("sakarkiv.Journalpost", models.PROTECT, related_name="skjermingsvurderinger")
    art = models.CharField(max_length=10, choices=Vurderingsart)
    kode = models.ForeignKey("tilgang.Tilgangskode", models.PROTECT, null=True, related_name="+")
    avskjermingskode = models.ForeignKey("tilgang.Avskjermingskode", models.PROTECT, null=True, related_name="+")
    hjemmel = models.ForeignKey("tilgang.Hjemmel", models.PROTECT, null=True, related_name="+")
    gruppe = models.ForeignKey("tilgang.Tilgangsgruppe", models.PROTECT, null=True, related_name="+")
    meroffentlighet = models.CharField(max_length=1000, blank=True)
    offentlig_tittel = models.CharField(max_length=500, blank=True)
    merknad = models.CharField(max_length=1000, blank=True)
    av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    paa_vegne_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    tid = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.get_art_display()} {self.kode or 'Offentlig'}"
