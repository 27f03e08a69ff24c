"""Norwegian working days: Monday to Friday, without the public holidays and without the municipality's closed days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from functools import lru_cache

import holidays
from django.conf import settings

EN_DAG = dt.timedelta(days=1)


@lru_cache(maxsize=400)
def _helligdager(aar: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("NO", years=aar))


def er_arbeidsdag(dato: dt.date, lukket: Collection[dt.date] | None = None) -> bool:
    """Whether work is done on this date. lukket: closed days; none given: the municipality's own, from the settings."""
    if lukket is None:
        lukket = settings.LUKKEDAGER
    return dato.weekday() < 5 and dato not in _helligdager(dato.year) and dato not in lukket


def legg_til_arbeidsdager(dato: dt.date, antall: int, lukket: Collection[dt.date] | None = None) -> dt.date:
    """Return the date `antall` working days after `dato`; day one is the next working day (krav A-07).

    A negative number counts back in the same way, and 0 is the date itself.
    """
    steg = EN_DAG if antall > 0 else -EN_DAG
    for _ in range(abs(antall)):
        dato += steg
        while not er_arbeidsdag(dato, lukket):
            dato += steg
    return dato


def arbeidsdager_mellom(fra: dt.date, til: dt.date, lukket: Collection[dt.date] | None = None) -> int:
    """Return the number of working days after `fra` up to and including `til`; negative when `til` comes first."""
    if til < fra:
        return -arbeidsdager_mellom(til, fra, lukket)
    return sum(er_arbeidsdag(fra + n * EN_DAG, lukket) for n in range(1, (til - fra).days + 1))


def foerste_arbeidsdag_i_maaned(aar: int, maaned: int, lukket: Collection[dt.date] | None = None) -> dt.date:
    """Return the first working day of a month."""
    return legg_til_arbeidsdager(dt.date(aar, maaned, 1) - EN_DAG, 1, lukket)
