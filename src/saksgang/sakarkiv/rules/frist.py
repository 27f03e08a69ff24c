"""Deadlines in calendar days (krav A-06, A-39, C.10). The date is handed in."""

from __future__ import annotations

import datetime as dt
import enum

from saksgang.kjerne.arbeidsdager import arbeidsdager_mellom

ROED_TERSKEL = 5
"""Days, where the municipality has not chosen its own (settings.ROED_TERSKEL)."""
SVARFRIST_DAGER = 28
FORDELINGSFRIST = 2
"""Working days after which post that nobody has been given is red (A-40)."""


class Fristnivaa(enum.StrEnum):
    FORFALT = "forfalt"
    SNART = "snart"
    GOD = "god"


def standard_svarfrist(mottatt: dt.date, dager: int = SVARFRIST_DAGER) -> dt.date:
    """Return the default svarfrist: the received date and 28 calendar days."""
    return mottatt + dt.timedelta(days=dager)


def er_roed(frist: dt.date | None, idag: dt.date, terskel: int = ROED_TERSKEL) -> bool:
    """Whether a row is red: overdue or due in fewer days than the threshold; exactly as many is not (A-06)."""
    return frist is not None and frist < roed_grense(idag, terskel)


def roed_grense(idag: dt.date, terskel: int = ROED_TERSKEL) -> dt.date:
    """Return the first deadline that is not red today: lists and counts ask the database with it."""
    return idag + dt.timedelta(days=terskel)


def fristnivaa(frist: dt.date | None, idag: dt.date, terskel: int = ROED_TERSKEL) -> Fristnivaa:
    """Return the level that the page shows with colour, icon and words."""
    if frist is None or not er_roed(frist, idag, terskel):
        return Fristnivaa.GOD
    return Fristnivaa.FORFALT if frist < idag else Fristnivaa.SNART


def fordelt_for_sent(mottatt: dt.date, idag: dt.date) -> bool:
    """Whether undistributed post is red: two working days old (A-40)."""
    return arbeidsdager_mellom(mottatt, idag) >= FORDELINGSFRIST


def fordelingsgrense(idag: dt.date) -> dt.date:
    """Return the last day of arrival that is red today."""
    dato = idag
    while not fordelt_for_sent(dato, idag):
        dato -= dt.timedelta(days=1)
    return dato
