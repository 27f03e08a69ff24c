"""What runs by itself from this room."""

from __future__ import annotations

import datetime as dt

from saksgang.flyt.commands import registrer_jobb

from .commands.filkontroll import vekk_filkontroll
from .commands.opphoert import foelg_opphoer
from .commands.partspakke import vekk_pakking
from .commands.sladdejobb import vekk_ventende

registrer_jobb("vekk sladding", vekk_ventende, hvert=60)
registrer_jobb("vekk partspakker", vekk_pakking, hvert=60)
registrer_jobb("vekk filkontroll", vekk_filkontroll, hvert=10)
registrer_jobb("følg graderinger som opphører", foelg_opphoer, klokkeslett=dt.time(6, 0))
