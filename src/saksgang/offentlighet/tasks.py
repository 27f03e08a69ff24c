"""What runs by itself from this room: the queue is kept awake for redacted files."""

from __future__ import annotations

from saksgang.flyt.commands import registrer_jobb

from .commands.sladdejobb import vekk_ventende

registrer_jobb("vekk sladding", vekk_ventende, hvert=60)
