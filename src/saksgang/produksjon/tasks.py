"""What runs by itself from this room."""

from __future__ import annotations

from saksgang.flyt.commands import registrer_jobb

from .commands.epost import vekk_ekspederinger

registrer_jobb("vekk e-postkø", vekk_ekspederinger, hvert=30)
