"""What the worker does for the store."""

from __future__ import annotations

import datetime as dt

from saksgang.kjerne import klokke

from . import commands

FRIST = dt.timedelta(days=1)


def rydd_lager() -> int:
    """Clear away orphans that are more than a day old; return how many. Can be run at any time."""
    return commands.rydd_foreldreloese(klokke.naa() - FRIST)
