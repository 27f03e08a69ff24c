"""When work that failed is tried again."""

from __future__ import annotations

import datetime as dt

VENT = (dt.timedelta(minutes=1), dt.timedelta(minutes=10), dt.timedelta(hours=1))
"""After the first, the second and the third attempt; then it has failed until somebody says otherwise."""
VENT_PAA_PROGRAM = dt.timedelta(minutes=10)
"""Between the looks for a program that the server lacks. Such waiting never ends by itself in failure."""


def neste_forsoek(forsoek: int, naa: dt.datetime) -> dt.datetime | None:
    """Return when to try again after this many attempts, or None when enough have been made."""
    return naa + VENT[forsoek - 1] if forsoek <= len(VENT) else None
