"""Avskrivning: when and how the handling of a letter or note ended."""

from __future__ import annotations

from django.db import models

from .kodeverk import Kodeverdi


class Avskrivning(models.Model):
    """M617 avskrivningsdato, M618 avskrevetAv, M619 avskrivningsmaate, per recipient. Lifted, never removed."""

    mottaker = models.ForeignKey("sakarkiv.InternMottaker", models.PROTECT, related_name="avskrivninger")
    dato = models.DateField()
    maate = models.ForeignKey(Kodeverdi, models.PROTECT, related_name="+")
    av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    registrert_tid = models.DateTimeField()
    besvart_av = models.ForeignKey(
        "sakarkiv.Journalpost", models.PROTECT, null=True, blank=True, related_name="besvarer"
    )
    opphevet_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    opphevet_tid = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.dato} {self.maate}"
