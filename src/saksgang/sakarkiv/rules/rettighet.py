"""The period of a right in a case: when its end is reminded of, and how long it lasts when it is renewed."""

from __future__ import annotations

import datetime as dt

MINNES_FOER = 7
"""Days before its end that a right is reminded of."""


def minnes(fra: dt.date, til: dt.date) -> bool:
    """Whether a right is given for long enough to be reminded of before it ends."""
    return (til - fra).days >= MINNES_FOER


def fornyet_slutt(fra: dt.date, til: dt.date | None, idag: dt.date) -> dt.date | None:
    """Return the last day when the right lasts as long once more, from its end or from today; none: it has no end."""
    if til is None:
        return None
    lengde = til - fra + dt.timedelta(days=1)
    return til + lengde if til >= idag else idag + lengde - dt.timedelta(days=1)
