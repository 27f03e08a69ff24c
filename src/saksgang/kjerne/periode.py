"""The period of a report."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from .errors import UgyldigInndata

LENGSTE_PERIODE = 366
"""Days in one report."""


def krev_periode(fra: dt.date, til: dt.date) -> None:
    """Refuse a period that is turned around, longer than a year or without a day after it; both days are included."""
    if til == dt.date.max:
        raise UgyldigInndata({"til": "Til-datoen er for langt fram. Velg en tidligere dato."})
    if til < fra:
        raise UgyldigInndata({"til": "Til-datoen er før fra-datoen. Bytt dem."})
    if (til - fra).days >= LENGSTE_PERIODE:
        raise UgyldigInndata({"til": "Perioden er lengre enn ett år. Ta ett år om gangen."})


def doegn(fra: dt.date, til: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Return when the first day of a period begins and when its last day is over: an index on the moment finds them."""
    foerst, etter = (
        timezone.make_aware(dt.datetime.combine(dag, dt.time.min)) for dag in (fra, til + dt.timedelta(days=1))
    )
    return foerst, etter
