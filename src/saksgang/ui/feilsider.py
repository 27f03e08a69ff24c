"""Refusals as answers: JSON, a fragment for htmx, or a page with a way back. Never touches session or database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

TITLER = {
    400: "Forespørselen kan ikke leses",
    403: "Du har ikke tilgang til dette",
    404: "Siden finnes ikke",
    409: "Dette kan ikke gjøres nå",
    422: "Opplysningene kan ikke brukes",
    500: "Noe gikk galt hos oss",
}
# One answer for what never was and for what the reader may not see (krav C.0).
IKKE_FUNNET = "Siden finnes ikke, eller du har ikke tilgang til den."


def vil_ha_json(request: HttpRequest) -> bool:
    """Whether the client prefers JSON to a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def feilsvar(
    request: HttpRequest, status: int, setninger: Sequence[str], felter: Mapping[str, str] | None = None
) -> HttpResponse:
    """Return the refusal in the form that the client can show, with its right status."""
    if vil_ha_json(request):
        return JsonResponse(
            {"status": status, "tittel": TITLER[status], "feil": list(setninger)}
            | ({"felter": dict(felter)} if felter else {}),
            status=status,
            json_dumps_params={"ensure_ascii": False},
        )
    kontekst = {
        "status": status,
        "tittel": TITLER[status],
        "setninger": setninger,
        "kommunenavn": settings.KOMMUNE,
        "hjem": "/innsyn/" if request.path.startswith("/innsyn/") else "/",
        "tilbake": _tilbake(request),
    }
    if getattr(request, "htmx", None):
        return HttpResponse(
            render_to_string("ui/_avvist.html", kontekst),
            status=status,
            headers={"HX-Retarget": "#varsler", "HX-Reswap": "innerHTML", "HX-Push-Url": "false"},
        )
    return HttpResponse(render_to_string(f"ui/feil/{status}.html", kontekst), status=status)


def _tilbake(request: HttpRequest) -> str:
    """Return the path of the page the reader came from, when it is one of ours."""
    fra = request.headers.get("Referer", "")
    try:
        vert = request.get_host()
    except DisallowedHost:
        return ""
    if not url_has_allowed_host_and_scheme(fra, {vert}):
        return ""
    deler = urlsplit(fra)
    return deler.path + (f"?{deler.query}" if deler.query else "")
