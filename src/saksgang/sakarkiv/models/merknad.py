"""Remarks on a case or journalpost, and who has read them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .journalpost import Journalpost
from .kodeverk import Kodeverdi
from .sak import Sak


class Merknad(models.Model):
    """M310 merknadstekst. A typed remark; ØA on a case asks the archive to close it (A-20)."""

    sak = models.ForeignKey(Sak, models.PROTECT, related_name="merknader")
    journalpost = models.ForeignKey(Journalpost, models.PROTECT, null=True, blank=True, related_name="merknader")
    type = models.ForeignKey(Kodeverdi, models.PROTECT, related_name="+")
    tekst = models.TextField(blank=True)
    av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    rolle = models.CharField(max_length=50, blank=True)
    tid = models.DateTimeField()
    trukket_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    trukket_tid = models.DateTimeField(null=True)

    er_ny: bool = False
    """Set by the query for one reader."""

    class Meta:
        indexes = [
            models.Index(
                fields=["type", "sak"],
                name="merknad_gjeldende_sak",
                condition=Q(trukket_tid__isnull=True, journalpost__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.tekst[:60]


class MerknadLest(models.Model):
    """That a person has opened a remark; what is missing here is «ny» (krav R-10.1.3)."""

    merknad = models.ForeignKey(Merknad, models.PROTECT, related_name="lest")
    bruker = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    tid = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["merknad", "bruker"], name="merknad_lest_en_gang")]

    def __str__(self) -> str:
        return f"{self.merknad_id} lest av {self.bruker_id}"
