"""Grants to persons: roles, single functions, deputies, authorisations, groups. All with a period."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from saksgang.tilgang.rules.roller import Funksjon, Kilde, Rolle

from .koder import Tilgangskode


class Periode(models.Model):
    """Valid from and to, both inclusive; no end means until further notice."""

    fra = models.DateField()
    til = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(til__isnull=True) | Q(til__gte=F("fra")), name="%(class)s_fra_foer_til")
        ]


class Rolletildeling(Periode):
    """A role, or one leader function alone, to a person in a unit (krav R-3.1.1)."""

    bruker = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="roller")
    rolle = models.CharField(max_length=10, choices=Rolle, blank=True)
    funksjon = models.CharField(max_length=20, choices=Funksjon, blank=True)
    enhet = models.ForeignKey("organisasjon.Enhet", models.PROTECT, null=True, blank=True, related_name="+")
    kilde = models.CharField(max_length=10, choices=Kilde, default=Kilde.STILLING)
    tilgangskoder = ArrayField(models.BigIntegerField(), null=True, blank=True)

    class Meta(Periode.Meta):
        constraints = [
            *Periode.Meta.constraints,
            models.CheckConstraint(
                condition=(Q(rolle="") & ~Q(funksjon="")) | (~Q(rolle="") & Q(funksjon="")),
                name="rolletildeling_rolle_eller_funksjon",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bruker}: {self.get_rolle_display() or self.get_funksjon_display()}"


class Stedfortreder(Periode):
    """A dated deputy for a leader, with the access codes the leader ticked (krav A-53)."""

    leder = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="stedfortredere")
    vikar = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="vikariater")
    tilgangskoder = models.ManyToManyField(Tilgangskode, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.vikar} for {self.leder}"


class Autorisasjon(Periode):
    """A person's authorisation for a code, in one unit and below or everywhere (krav R-7.2.*)."""

    bruker = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="autorisasjoner")
    kode = models.ForeignKey(Tilgangskode, models.PROTECT, related_name="+")
    enhet = models.ForeignKey("organisasjon.Enhet", models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.bruker}: {self.kode}"


class Tilgangsgruppe(models.Model):
    """A named group that narrows a code; an ad-hoc group is kept by the one who made it."""

    navn = models.CharField(max_length=100, unique=True)
    eier = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, blank=True, related_name="+")
    nedlagt_dato = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.navn

    def loggreferanse(self) -> tuple[str, int, None, None]:
        return "tilgangsgruppe", self.pk, None, None


class Gruppemedlem(Periode):
    """Membership of an access group."""

    gruppe = models.ForeignKey(Tilgangsgruppe, models.PROTECT, related_name="medlemmer")
    bruker = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="grupper")

    def __str__(self) -> str:
        return f"{self.bruker} i {self.gruppe}"
