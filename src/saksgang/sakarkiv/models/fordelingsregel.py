"""Agreements on where incoming post goes (krav R-9.1.1)."""

from __future__ import annotations

from django.db import models


class Fordelingsregel(models.Model):
    """For a unit, and an ordningsverdi with what lies below it: straight to a person, or to the leader."""

    enhet = models.ForeignKey("organisasjon.Enhet", models.PROTECT, related_name="+")
    klasse = models.ForeignKey("arkivstruktur.Klasse", models.PROTECT, null=True, blank=True, related_name="+")
    saksbehandler = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, blank=True, related_name="+")
    opphoert_dato = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enhet", "klasse"],
                condition=models.Q(opphoert_dato__isnull=True),
                nulls_distinct=False,
                name="fordelingsregel_en_per_verdi",
            )
        ]

    def __str__(self) -> str:
        return f"{self.enhet}: {self.klasse or 'ellers'} → {self.saksbehandler or 'leder'}"

    def loggreferanse(self) -> tuple[str, int, None, None]:
        return "fordelingsregel", self.pk, None, None
