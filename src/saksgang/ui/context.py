"""Context for every page: name of the municipality, main menu, the reader's choice of colours and keys."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

HOVEDMENY = (
    ("Arbeidsbord", "/", ("/kurv/", "/arbeidsbord/")),
    ("Saker", "/saker/", ("/saker/", "/journalposter/", "/sak/")),
    ("Rapporter", "/rapporter/", ("/rapporter/",)),
    ("Kontroll", "/kontroll/", ("/kontroll/",)),
)


def felles(request: HttpRequest) -> dict[str, Any]:
    """Return what base templates need. What asks the user is lazy, so that a public page never opens a session."""

    def av_bruker(felt: str, ellers: Any) -> Any:
        return lambda: getattr(getattr(request, "user", None), felt, ellers)

    return {
        "kommunenavn": settings.KOMMUNE,
        "fargevalg": av_bruker("fargevalg", "auto"),
        "hurtigtaster": av_bruker("hurtigtaster", True),
        "soek_url": "/soek/",
        "ny_sak_url": "/saker/ny/",
        "hovedmeny": [
            {"navn": navn, "url": url, "aktiv": request.path == url or request.path.startswith(under)}
            for navn, url, under in HOVEDMENY
        ],
    }
