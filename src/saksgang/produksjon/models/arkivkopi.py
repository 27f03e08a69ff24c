"""The archive copy of a document: ordered by an act, made by a job, its state for all to see."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from saksgang.produksjon.rules import Jobbtilstand
from saksgang.sakarkiv.models import Dokumentversjon


class Arkivkopi(models.Model):
    """The order to make one version's PDF/A copy; versjon: what is copied, kopi: what came of it."""

    versjon = models.OneToOneField(Dokumentversjon, models.PROTECT, related_name="arkivkopi")
    tilstand = models.CharField(max_length=1, choices=Jobbtilstand, default=Jobbtilstand.VENTER)
    kopi = models.OneToOneField(Dokumentversjon, models.PROTECT, null=True, related_name="kopi_av")
    bestilt_tid = models.DateTimeField()
    startet_tid = models.DateTimeField(null=True)
    ferdig_tid = models.DateTimeField(null=True)
    neste_tid = models.DateTimeField(null=True)
    forsoek = models.PositiveSmallIntegerField(default=0)
    feil = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(tilstand="F") | Q(kopi__isnull=False), name="arkivkopi_ferdig_har_kopi")
        ]
        indexes = [
            models.Index(fields=["neste_tid", "id"], name="arkivkopi_venter", condition=Q(tilstand="V")),
            models.Index(fields=["id"], name="arkivkopi_feilet", condition=Q(tilstand="X")),
        ]

    def __str__(self) -> str:
        return f"Arkivkopi av {self.versjon}"
