"""The outer door: nothing but the public site and the log-in answers without a session (krav R-1.1)."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse

from saksgang.kjerne import klokke

AAPNE = ("/innsyn/", "/konto/", "/favicon.ico")


class InnloggingMiddleware:
    """Turn away who is not logged in, and log out who is no longer active, before any view runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith((*AAPNE, settings.STATIC_URL)):
            return self.get_response(request)
        if request.user.is_authenticated and not request.user.er_aktiv(klokke.idag()):
            logout(request)
        if request.user.is_authenticated:
            return self.get_response(request)
        if request.accepts("application/json") and not request.accepts("text/html"):
            return JsonResponse({"feil": ["Logg inn først."]}, status=401)
        return redirect_to_login(request.get_full_path())
