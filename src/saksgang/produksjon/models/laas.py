"""Who has a document open, and the short-lived keys that Word and LibreOffice come in with."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from saksgang.sakarkiv.models import Dokument


class Dokumentlaas(models.Model):
    """A document checked out, by hand or by an open Word or LibreOffice. Lifted, never removed."""

    class Slag(models.TextChoices):
        WEBDAV = "D", "Åpent i Word eller LibreOffice"
        UTSJEKK = "U", "Sjekket ut"

    dokument = models.ForeignKey(Dokument, models.PROTECT, related_name="laaser")
    bruker = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    slag = models.CharField(max_length=1, choices=Slag)
    merke = models.CharField(max_length=200, blank=True)
    tatt_tid = models.DateTimeField()
    utloeper_tid = models.DateTimeField(null=True)
    opphevet_tid = models.DateTimeField(null=True)
    opphevet_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dokument"], condition=Q(opphevet_tid__isnull=True), name="dokumentlaas_en_om_gangen"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dokument} hos {self.bruker}"


class Davnoekkel(models.Model):
    """A token in a WebDAV address: one person, one document, a few hours. Only its checksum is kept."""

    sjekksum = models.CharField(max_length=64, unique=True)
    dokument = models.ForeignKey(Dokument, models.PROTECT, related_name="+")
    bruker = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    opprettet_tid = models.DateTimeField()
    utloeper_tid = models.DateTimeField()

    def __str__(self) -> str:
        return f"Nøkkel til {self.dokument} for {self.bruker}"
