"""The door of the staff's surface: logged in, active, and an employee (krav R-1.1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from saksgang.kjerne.errors import IkkeTilgang
from saksgang.tilgang.queries import rettigheter

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from saksgang.organisasjon.models import Bruker

Visning = Callable[..., HttpResponse]
METODER = ("GET", "HEAD", "OPTIONS", "POST")
"""Nothing is deleted or overwritten through an address (krav R-10.10.1)."""


class Forespoersel(HttpRequest):
    """A request that has passed the door, for the type checker."""

    user: Bruker
    htmx: HtmxDetails
    aktiv_kurv: str
    kurvtall: dict[str, int]


def ansatt(visning: Visning) -> Visning:
    """Let employees in. Without a session: the login page, or 401 for JSON. Others who are logged in: 403.

    No view answers DELETE, PUT or PATCH.
    """

    @wraps(visning)
    def vakt(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            if request.accepts("application/json") and not request.accepts("text/html"):
                return JsonResponse({"feil": ["Logg inn først."]}, status=401)
            return redirect_to_login(request.get_full_path())
        if not rettigheter(request.user).ansatt:
            raise IkkeTilgang("Du har ingen rolle som ansatt. Den offentlige journalen er åpen for alle.")
        if request.method not in METODER:
            return HttpResponseNotAllowed(METODER)
        return visning(request, *args, **kwargs)

    return vakt
