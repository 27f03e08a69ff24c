"""What runs by itself from this room and those below."""

from __future__ import annotations

import datetime as dt

from saksgang.lager.tasks import rydd_lager
from saksgang.logg.tasks import forsegl
from saksgang.sakarkiv.commands.rettighet import minn_om_rettigheter

from . import commands
from .rules import Varselmaate


def lag_varsler() -> int:
    """Notify people of what the log has sealed since last; return how many. Can be run at any time."""
    return commands.lag_varsler()


def send_varsler_straks() -> int:
    """Send new notifications to those who want them at once; return how many letters went."""
    return commands.send_varsler(Varselmaate.STRAKS)


def send_samlede_varsler() -> int:
    """Send the day's letter to those who want one; return how many went."""
    return commands.send_varsler(Varselmaate.DAGLIG)


# In this order: what is not sealed, is not notified.
commands.registrer_jobb("forsegl logg", forsegl, hvert=10)
commands.registrer_jobb("lag varsler", lag_varsler, hvert=10)
commands.registrer_jobb("send varsler på e-post", send_varsler_straks, hvert=30)
commands.registrer_jobb("send samlede varsler", send_samlede_varsler, klokkeslett=dt.time(7, 0))
commands.registrer_jobb("minn om rettigheter", minn_om_rettigheter, klokkeslett=dt.time(6, 0))
commands.registrer_jobb("rydd lager", rydd_lager, klokkeslett=dt.time(3, 0))
