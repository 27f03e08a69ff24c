"""Filters by name. No list is complete without the reader: see queries."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from saksgang.tilgang.querysets import SkjermetQuerySet

from .rules import AAPNE_SAKSSTATUSER, AVSKRIVBARE, Journalstatus, Saksstatus

if TYPE_CHECKING:
    from .models import InternMottaker, Kodeverdi  # noqa: F401 - named in the bases below


class SakQuerySet(SkjermetQuerySet):
    def uten_utgaatte(self) -> SakQuerySet:
        return self.exclude(status=Saksstatus.UTGAAR)

    def aapne(self) -> SakQuerySet:
        return self.filter(status__in=AAPNE_SAKSSTATUSER)


class JournalpostQuerySet(SkjermetQuerySet):
    def uten_utgaatte(self) -> JournalpostQuerySet:
        return self.exclude(status=Journalstatus.UTGAAR)


class InternMottakerQuerySet(models.QuerySet["InternMottaker"]):
    """Rows of internal recipients; the three predicates of krav C.4 that match the partial indexes."""

    def restanse(self) -> InternMottakerQuerySet:
        return self.filter(levert=True, avskrivning__isnull=True, journalposttype__in=sorted(AVSKRIVBARE))

    def innboks(self) -> InternMottakerQuerySet:
        return self.filter(levert=True, avskrivning__isnull=True, sett_tid__isnull=True, bruker__isnull=False)

    def ufordelt(self) -> InternMottakerQuerySet:
        return self.filter(levert=True, avskrivning__isnull=True, sett_tid__isnull=True, bruker__isnull=True)


class KodeverdiQuerySet(models.QuerySet["Kodeverdi"]):
    def gyldige(self, dato: dt.date) -> KodeverdiQuerySet:
        return self.filter(Q(gyldig_til__isnull=True) | Q(gyldig_til__gte=dato))
