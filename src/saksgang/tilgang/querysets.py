"""The one answer to «who sees what»: the row's keys meet the reader's."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Q


def synlig_q(noekler: Iterable[int], prefiks: str = "") -> Q:
    """Rows that a person holding these keys may see. prefiks: path to the row that carries them, «journalpost__»."""
    return Q(**{f"{prefiks}noekler__overlap": list(noekler)})


class SkjermetQuerySet(models.QuerySet):
    """A queryset of rows that carry noekler."""

    def synlig_for_noekler(self, noekler: Iterable[int]) -> SkjermetQuerySet:
        return self.filter(synlig_q(noekler))
