"""Context of every staff page. Lazy: nothing is asked unless a template shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from saksgang.tilgang.queries import rettigheter
from saksgang.web.adgang import Forespoersel
from saksgang.web.administrasjon.visning import brukermeny
from saksgang.web.kurver import meny, tall_for


def kurver(request: Forespoersel) -> dict[str, Callable[[], Any]]:
    """Give the left menu with its counts, how many notifications are unread, and the links of the user menu."""
    return {
        "kurver": lambda: meny(request),
        "antall_varsler": lambda: _antall_varsler(request),
        "brukermeny": lambda: brukermeny(request),
    }


def _antall_varsler(request: Forespoersel) -> int:
    if not request.user.is_authenticated or not rettigheter(request.user).ansatt:
        return 0
    return tall_for(request)["varsler"]
