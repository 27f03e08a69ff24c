"""Searching: the reader's keys narrow before anything is counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from operator import and_

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable
from django.db.models import QuerySet

from saksgang.kjerne.tekst import normaliser_for_soek

from .models import Soekerad

_ORD = re.compile(r"\w+", re.UNICODE)


def ordsoek(tekst: str) -> list[SearchQueryCombinable]:
    """Return one condition on a search vector for each word, the last one also as a beginning of a word."""
    ord_ = _ORD.findall(normaliser_for_soek(tekst))[:12]
    uttrykk: list[SearchQueryCombinable] = [SearchQuery(o, config="norwegian") for o in ord_]
    if ord_ and len(ord_[-1]) >= 3:
        uttrykk[-1] = uttrykk[-1] | SearchQuery(f"{ord_[-1]}:*", config="simple", search_type="raw")
    return uttrykk


def sok(tekst: str, noekler: Iterable[int], *, objekt_type: str = "", vis_utgaatte: bool = False) -> QuerySet[Soekerad]:
    """Return rows that hold every word, the last one also as a beginning; newest first. Empty text finds nothing."""
    rader = Soekerad.objects.synlig_for_noekler(noekler)
    ord_ = ordsoek(tekst)
    if not ord_:
        return rader.none()
    if objekt_type:
        rader = rader.filter(objekt_type=objekt_type)
    if not vis_utgaatte:
        rader = rader.filter(utgaatt=False)
    return rader.filter(vektor=reduce(and_, ord_)).order_by("-dato", "-pk")
