"""The history of a case as a print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from saksgang.kjerne import klokke
from saksgang.kjerne.trykk import trykk
from saksgang.web.sak.historikk import Linje, dagvis

if TYPE_CHECKING:
    from saksgang.organisasjon.models import Bruker
    from saksgang.sakarkiv.models import Sak

MAL = Path(__file__).resolve().parent.parent / "trykk" / "historikk.typ"
PDF_HOEYST = 1000


def trykk_historikk(sak: Sak, linjer: Sequence[Linje], *, av: Bruker, avkortet: bool, filtrert: bool) -> bytes:
    """Return the lines as a PDF, with who took it and when: it holds what that person may see."""
    hva = f"De {len(linjer)} siste hendelsene" if avkortet else f"{len(linjer)} hendelser"
    utvalg = " i utvalget" if filtrert else ""
    mer = " Resten er i CSV-fila." if avkortet else ""
    return trykk(
        MAL,
        {
            "tittel": f"Historikk for sak {sak.saksnummer}",
            "sakstittel": sak.tittel,
            "virksomhet": settings.KOMMUNE,
            "ingress": f"{hva}{utvalg}, nyeste først.{mer}",
            "bunn": f"Hentet {timezone.localtime(klokke.naa()):%d.%m.%Y kl. %H.%M} av {av.navn}. Viser det "
            "vedkommende har tilgang til.",
            "dager": [{"navn": navn, "linjer": [_linje(en) for en in rader]} for navn, rader in dagvis(linjer)],
        },
    )


def _linje(en: Linje) -> dict[str, object]:
    paa_vegne_av = f" på vegne av {en.paa_vegne_av}" if en.paa_vegne_av else ""
    return {
        "tid": f"{timezone.localtime(en.tid):%H.%M.%S}",
        "hvem": f"{en.hvem}{paa_vegne_av}",
        "hva": en.hva,
        "gjelder": en.gjelder,
        "endringer": en.endringslinjer,
    }
