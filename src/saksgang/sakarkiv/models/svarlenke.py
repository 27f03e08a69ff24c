"""Which journalpost answers which, and how."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from saksgang.sakarkiv.rules import Svarmaate

from .journalpost import InternMottaker, Journalpost


class Svarlenke(models.Model):
    """One answer to one journalpost (krav R-10.2.2.2). mottaker: whose part it answers. Lifted, never removed.

    tatt_ut_tid: when the finished answer took an X out of Innboks, so that it can come back.
    """

    svar = models.ForeignKey(Journalpost, models.PROTECT, related_name="svarer_paa")
    besvart = models.ForeignKey(Journalpost, models.PROTECT, related_name="besvart_med")
    mottaker = models.ForeignKey(InternMottaker, models.PROTECT, null=True, blank=True, related_name="svarlenker")
    maate = models.CharField(max_length=1, choices=Svarmaate)
    av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    tid = models.DateTimeField()
    ny_forfallsdato = models.DateField(null=True, blank=True)
    tatt_ut_tid = models.DateTimeField(null=True)
    opphevet_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    opphevet_tid = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["svar", "besvart", "mottaker"],
                condition=Q(opphevet_tid__isnull=True),
                nulls_distinct=False,
                name="svarlenke_en_gang",
            )
        ]

    def __str__(self) -> str:
        return f"{self.svar} svarer på {self.besvart}"
