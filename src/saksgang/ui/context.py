"""Context for every page: name of the municipality, main menu, the reader's choice of colours and keys."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from saksgang.tilgang.queries import kan
from saksgang.tilgang.rules import Handling

HOVEDMENY: tuple[tuple[str, str, tuple[str, ...], Handling | None], ...] = (
    ("Arbeidsbord", "/", ("/lister/", "/flagg/", "/varsler/"), None),
    ("Saker", "/saker/", ("/saker/", "/journalposter/", "/sak/"), None),
    ("Rapporter", "/rapporter/", ("/rapporter/",), Handling.SE_JOURNALRAPPORT),
    ("Kontroll", "/kontroll/", ("/kontroll/",), Handling.SE_KONTROLL),
)
"""Name, address, what lies under it, and the act that gives it; without an act it is everybody's."""


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
        "hovedmeny": lambda: _hovedmeny(request),
    }


def _hovedmeny(request: HttpRequest) -> list[dict[str, Any]]:
    bruker = getattr(request, "user", None)
    return [
        {"navn": navn, "url": url, "aktiv": request.path == url or request.path.startswith(under)}
        for navn, url, under, handling in HOVEDMENY
        if handling is None or (bruker is not None and bruker.is_authenticated and kan(bruker, handling))
    ]
