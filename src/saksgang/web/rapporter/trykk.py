"""The offentlig journal as a print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from saksgang.kjerne import klokke
from saksgang.kjerne.trykk import trykk

if TYPE_CHECKING:
    from saksgang.offentlighet.queries import Postlisterad

MAL = Path(__file__).resolve().parent.parent / "trykk" / "journal.typ"


def trykk_journal(rader: Sequence[Postlisterad], fra: dt.date, til: dt.date) -> bytes:
    """Return the entries as a PDF, as the public may read them."""
    return trykk(
        MAL,
        {
            "tittel": f"Offentlig journal {fra:%d.%m.%Y}–{til:%d.%m.%Y}",
            "virksomhet": settings.KOMMUNE,
            "ingress": f"{len(rader)} journalposter. Det som er unntatt offentlighet, er skjermet med ***** og har "
            "hjemmelen ved siden av.",
            "bunn": f"{settings.KOMMUNE}. Laget {timezone.localtime(klokke.naa()):%d.%m.%Y kl. %H.%M}.",
            "rader": [_rad(rad) for rad in rader],
        },
    )


def _rad(rad: Postlisterad) -> dict[str, object]:
    parter = [("Fra", rad.fra), ("Til", rad.til), ("Kopi til", rad.kopi)]
    datoer = [("Journaldato", rad.journaldato), ("Dokumentdato", rad.dokumentdato)]
    linjer = [f"{ord_}: {', '.join(navn)}" for ord_, navn in parter if navn]
    linjer.append(f"Sak: {rad.sakstittel}")
    linjer.append(", ".join(f"{ord_} {dt.date.fromisoformat(dato):%d.%m.%Y}" for ord_, dato in datoer if dato))
    if rad.unntatt:
        linjer.append(f"Unntatt offentlighet: {rad.hjemmel}. Kontakt: {rad.kontakt}")
    return {
        "nummer": rad.dokumentnummer,
        "journalnummer": rad.journalnummer,
        "type": f"{rad.type} {rad.typenavn}",
        "tittel": rad.tittel,
        "linjer": linjer,
    }
