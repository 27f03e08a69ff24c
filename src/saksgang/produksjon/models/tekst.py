"""The text of a document made from a template."""

from __future__ import annotations

from django.db import models

from saksgang.produksjon.rules import Skriveform
from saksgang.sakarkiv.models import Dokument, Dokumentversjon

from .mal import Tekstmalversjon


class Tekst(models.Model):
    """How a produced document is written. utgave counts savings, so that nobody overwrites another unseen.

    versjon: the last version made from it, of this utgave and of facts with this checksum.
    """

    dokument = models.OneToOneField(Dokument, models.PROTECT, related_name="tekst")
    malversjon = models.ForeignKey(Tekstmalversjon, models.PROTECT, related_name="+")
    form = models.CharField(max_length=1, choices=Skriveform, default=Skriveform.NETTLESER)
    brodtekst = models.TextField(blank=True)
    utgave = models.PositiveIntegerField(default=1)
    versjon = models.OneToOneField(Dokumentversjon, models.PROTECT, null=True, related_name="+")
    utgave_i_versjon = models.PositiveIntegerField(default=0)
    faktaavtrykk = models.CharField(max_length=64, blank=True)
    flettet_tid = models.DateTimeField()
    endret_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    endret_tid = models.DateTimeField()

    def __str__(self) -> str:
        return f"Tekst til {self.dokument}"

    @property
    def er_ulagret(self) -> bool:
        """Whether the draft has been written in since its last version."""
        return self.utgave != self.utgave_i_versjon
