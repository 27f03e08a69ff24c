"""Paper announced to the archive: what is to be scanned, and to which case or journalpost (krav R-8.3)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from saksgang.produksjon.rules import Skannetilstand
from saksgang.sakarkiv.models import Dokument, Journalpost, Kodeverdi, Sak


class Skanneordre(models.Model):
    """An order with a cover sheet. dokument: the placeholder «Til skanning» that the scan fills, where there is one."""

    system_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sak = models.ForeignKey(Sak, models.PROTECT, related_name="skanneordrer")
    journalpost = models.ForeignKey(Journalpost, models.PROTECT, null=True, blank=True, related_name="skanneordrer")
    dokument = models.OneToOneField(Dokument, models.PROTECT, null=True, blank=True, related_name="skanneordre")
    beskrivelse = models.CharField(max_length=500)
    opphav = models.ForeignKey(Kodeverdi, models.PROTECT, null=True, blank=True, related_name="+")
    tilstand = models.CharField(max_length=1, choices=Skannetilstand, default=Skannetilstand.BESTILT)
    bestilt_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    bestilt_tid = models.DateTimeField()
    utfoert_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    utfoert_tid = models.DateTimeField(null=True)
    merknad = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["bestilt_tid", "id"], name="skanneordre_aapne", condition=Q(tilstand="B"))]

    def __str__(self) -> str:
        return self.beskrivelse

    @property
    def objekt(self) -> Journalpost | Sak:
        return self.journalpost or self.sak

    @property
    def noekler(self) -> list[int]:
        return self.objekt.noekler

    def loggreferanse(self) -> tuple[str, int, int, int | None]:
        return "skanneordre", self.pk, self.sak_id, self.journalpost_id
