"""The period of a report."""

from __future__ import annotations

import datetime as dt

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
