"""What runs by itself from this room and those below."""

from __future__ import annotations

import datetime as dt

from saksgang.lager.tasks import rydd_lager
from saksgang.logg.tasks import forsegl

from . import commands


def lag_varsler() -> int:
    """Notify people of what the log has sealed since last; return how many. Can be run at any time."""
    return commands.lag_varsler()


# In this order: what is not sealed, is not notified.
commands.registrer_jobb("forsegl logg", forsegl, hvert=10)
commands.registrer_jobb("lag varsler", lag_varsler, hvert=10)
commands.registrer_jobb("rydd lager", rydd_lager, klokkeslett=dt.time(3, 0))
