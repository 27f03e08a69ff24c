"""What runs by itself from this room: the queue is kept awake for redacted files, and for packages for parties."""

from __future__ import annotations

from saksgang.flyt.commands import registrer_jobb

from .commands.partspakke import vekk_pakking
from .commands.sladdejobb import vekk_ventende

registrer_jobb("vekk sladding", vekk_ventende, hvert=60)
registrer_jobb("vekk partspakker", vekk_pakking, hvert=60)
