"""Access combinations, and the fields of a row that may be screened."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from saksgang.tilgang.rules.innsyn import Klasse

from .koder import Avskjermingskode, Hjemmel, Tilgangskode
from .tildelinger import Tilgangsgruppe


class Tilgang(models.Model):
    """One row per distinct combination of class, code, group and unit; never changed, never removed."""

    klasse = models.CharField(max_length=10, choices=Klasse)
    kode = models.ForeignKey(Tilgangskode, models.PROTECT, null=True, related_name="+")
    gruppe = models.ForeignKey(Tilgangsgruppe, models.PROTECT, null=True, related_name="+")
    enhet = models.ForeignKey("organisasjon.Enhet", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["klasse", "kode", "gruppe", "enhet"], nulls_distinct=False, name="tilgang_en_rad"
            )
        ]

    def __str__(self) -> str:
        return f"{self.klasse} {self.kode_id} {self.gruppe_id} {self.enhet_id}"


class Utgave(models.Model):
    """One row whose number changes with every grant: what was computed under another number is forgotten."""

    nummer = models.UUIDField()

    def __str__(self) -> str:
        return str(self.nummer)


class Skjermbar(models.Model):
    """A case or journalpost: its decided code, and the keys that synlig_q meets."""

    tilgangskode = models.ForeignKey(Tilgangskode, models.PROTECT, null=True, blank=True, related_name="+")
    avskjermingskode = models.ForeignKey(Avskjermingskode, models.PROTECT, null=True, blank=True, related_name="+")
    hjemmel = models.ForeignKey(Hjemmel, models.PROTECT, null=True, blank=True, related_name="+")
    tilgangsgruppe = models.ForeignKey(Tilgangsgruppe, models.PROTECT, null=True, blank=True, related_name="+")
    noekler = ArrayField(models.IntegerField(), default=list)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tilgangsgruppe__isnull=True) | models.Q(tilgangskode__isnull=False),
                name="%(class)s_gruppe_krever_kode",
            )
        ]
