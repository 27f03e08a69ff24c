"""Filters by name: what a flag or a notification is about decides who sees it (krav C.0)."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models

from saksgang.tilgang.querysets import synlig_q


class OmObjektQuerySet(models.QuerySet):
    """Rows about a journalpost, or about a case alone."""

    def synlig_for_noekler(self, noekler: Collection[int]) -> OmObjektQuerySet:
        return self.filter(
            synlig_q(noekler, "journalpost__") | models.Q(journalpost__isnull=True) & synlig_q(noekler, "sak__")
        )


class FlaggQuerySet(OmObjektQuerySet):
    def med_objekt(self) -> FlaggQuerySet:
        return self.select_related("fra", "til_bruker", "sak", "journalpost__sak", "maalsak", "behandlet_av")


class VarselQuerySet(OmObjektQuerySet):
    def uleste(self) -> VarselQuerySet:
        return self.filter(lest_tid__isnull=True)
