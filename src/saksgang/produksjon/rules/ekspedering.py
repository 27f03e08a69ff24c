"""The ways out of the house, and when an e-mail that did not go is tried again (krav C.5, A-33, A-34)."""

from __future__ import annotations

import datetime as dt

POST, EPOST, FAKS, DIGITAL, HAAND, INTERN = "P", "E", "F", "D", "H", "I"
SKJULES_UBRUKT = dt.timedelta(days=365)
"""A telefax that nobody has sent for a year is not offered (A-34)."""
FORSINKELSER = tuple(dt.timedelta(minutes=minutter) for minutter in (1, 5, 15, 60, 240))
"""How long to wait after each failed try; after the last, the e-mail has failed."""
USIKKER_ETTER = dt.timedelta(minutes=10)
"""An e-mail that has been on its way so long was left by a worker that died: nobody knows whether it went."""


def neste_sending(forsoek: int, naa: dt.datetime) -> dt.datetime | None:
    """Return when an e-mail that has failed so many times is tried again; None when it is given up."""
    return naa + FORSINKELSER[forsoek - 1] if forsoek <= len(FORSINKELSER) else None
