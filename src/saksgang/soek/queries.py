"""Searching: the reader's keys narrow before anything is counted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet

from saksgang.kjerne.tekst import normaliser_for_soek

from .models import Soekerad

_ORD = re.compile(r"\w+", re.UNICODE)


def sok(tekst: str, noekler: Iterable[int], *, objekt_type: str = "", vis_utgaatte: bool = False) -> QuerySet[Soekerad]:
    """Return rows that hold every word, the last one also as a beginning; newest first. Empty text finds nothing."""
    ord_ = _ORD.findall(normaliser_for_soek(tekst))[:12]
    rader = Soekerad.objects.synlig_for_noekler(noekler)
    if not ord_:
        return rader.none()
    if objekt_type:
        rader = rader.filter(objekt_type=objekt_type)
    if not vis_utgaatte:
        rader = rader.filter(utgaatt=False)
    *foerste, siste = ord_
    uttrykk = SearchQuery(siste, config="norwegian")
    if len(siste) >= 3:
        uttrykk = uttrykk | SearchQuery(f"{siste}:*", config="simple", search_type="raw")
    for o in foerste:
        uttrykk = SearchQuery(o, config="norwegian") & uttrykk
    return rader.filter(vektor=uttrykk).order_by("-dato", "-pk")
