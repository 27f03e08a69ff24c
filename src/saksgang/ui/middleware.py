"""How a refusal is shown, in one place (design 4)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from saksgang.kjerne.errors import IkkeFunnet, SaksgangFeil, UgyldigInndata
from saksgang.ui.feilsider import IKKE_FUNNET, feilsvar

IKKE_TILGANG = "Du har ikke tilgang til dette. Spør lederen din eller arkivtjenesten om du trenger det."


class AvvistMiddleware:
    """Turn the product's errors into answers: 404 unseen, 403 forbidden, 422 unusable, 409 refused.

    A redirect that answers htmx becomes HX-Redirect, or the browser would put the whole next page into the target.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        svar = self.get_response(request)
        if getattr(request, "htmx", None) and svar.status_code in (301, 302, 303, 307, 308):
            return HttpResponse(status=204, headers={"HX-Redirect": self._maal(request, svar["Location"])})
        return svar

    @staticmethod
    def _maal(request: HttpRequest, url: str) -> str:
        # After a session that ran out, return to the page that stood there, not to the fragment.
        if urlsplit(url).path != resolve_url(settings.LOGIN_URL):
            return url
        side = request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]  # set by django-htmx
        return f"{urlsplit(url).path}?{urlencode({'next': side})}"

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; anything else goes on to Django."""
        if isinstance(exception, IkkeFunnet | Http404):
            return feilsvar(request, 404, [IKKE_FUNNET])
        if isinstance(exception, SaksgangFeil):
            felter = exception.felter if isinstance(exception, UgyldigInndata) else None
            return feilsvar(request, exception.status, exception.setninger, felter)
        if isinstance(exception, PermissionDenied):
            return feilsvar(request, 403, [IKKE_TILGANG])
        return None
