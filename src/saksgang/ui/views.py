"""Django's own error handlers, in the product's words, and the icon. Named in config.urls and CSRF_FAILURE_VIEW."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static

from saksgang.ui.feilsider import IKKE_FUNNET, feilsvar
from saksgang.ui.middleware import IKKE_TILGANG


def feil400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself cannot be read."""
    return feilsvar(request, 400, ["Forespørselen kan ikke leses. Gå tilbake og prøv en gang til."])


def feil403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: seen, but forbidden."""
    return feilsvar(request, 403, [IKKE_TILGANG])


def feil404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same for what never was and for what the reader may not see."""
    return feilsvar(request, 404, [IKKE_FUNNET])


def feil500(request: HttpRequest) -> HttpResponse:
    """500: our fault; says so, and that nothing was changed."""
    return feilsvar(request, 500, ["Handlingen ble ikke utført, og ingenting er endret. Feilen er logget."])


def csrf_feil(request: HttpRequest, reason: str = "", **kwargs: Any) -> HttpResponse:
    """403 for a form that lay open past the session, or came from another site."""
    return feilsvar(
        request, 403, ["Skjemaet er for gammelt eller kom fra et annet sted. Last siden på nytt og send det igjen."]
    )


def ikon(request: HttpRequest) -> HttpResponse:
    """Send a browser that shows a file or a feed of the public site on to the icon, past the log-in and its cookie."""
    return redirect(static("ui/favicon.svg"))
