"""What runs by itself from this room: e-mails to requesters are kept going."""

from __future__ import annotations

from saksgang.flyt.commands import registrer_jobb

from .commands.epost import vekk_innsynsmeldinger

registrer_jobb("vekk innsynspost", vekk_innsynsmeldinger, hvert=30)
