"""What runs by itself from this room: the queue is kept awake and clean."""

from __future__ import annotations

import datetime as dt

from django.core.management import call_command

from saksgang.flyt.commands import registrer_jobb

from . import commands
from .commands.dav import rydd_noekler
from .commands.epost import vekk_ekspederinger
from .commands.mottakerbrev import vekk_mottakerbrev

BEHOLD_DAGER = 14


def vekk_konverteringer() -> int:
    """Give back what a dead worker held, and wake the queue; return how many were given back."""
    return commands.vekk_konverteringer()


def rydd_jobbkoe() -> None:
    """Forget alarms that rang long ago; what came of the work stands in the rows. Can be run at any time."""
    call_command("prune_db_task_results", min_age_days=BEHOLD_DAGER, verbosity=0)


registrer_jobb("vekk jobbkø", vekk_konverteringer, hvert=60)
registrer_jobb("rydd jobbkø", rydd_jobbkoe, klokkeslett=dt.time(3, 10))
registrer_jobb("vekk brevfletting", vekk_mottakerbrev, hvert=30)
registrer_jobb("vekk e-postkø", vekk_ekspederinger, hvert=30)
registrer_jobb("rydd nøkler", rydd_noekler, klokkeslett=dt.time(3, 20))
