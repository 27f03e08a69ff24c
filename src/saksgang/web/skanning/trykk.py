"""The cover sheet of a scanning order: what the paper is, where it belongs, and a code that a scanner reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import segno
from django.conf import settings
from django.utils import timezone

from saksgang.kjerne.trykk import trykk

if TYPE_CHECKING:
    from saksgang.produksjon.models import Skanneordre

MAL = Path(__file__).resolve().parent.parent / "trykk" / "forside.typ"


def trykk_forside(ordre: Skanneordre) -> bytes:
    """Return the sheet as a PDF. It bears the number and the orderer's own words, never a title: it lies about."""
    return trykk(
        MAL,
        {
            "tittel": "Til skanning",
            "virksomhet": settings.KOMMUNE,
            "nummer": str(ordre.objekt),
            "beskrivelse": ordre.beskrivelse,
            "bestilt": f"{ordre.bestilt_av.navn}, {timezone.localtime(ordre.bestilt_tid):%d.%m.%Y}",
            "id": str(ordre.system_id),
            "kode": segno.make(str(ordre.system_id), error="m", micro=False).svg_inline(scale=4),
        },
    )
