"""How a view answers: a fragment to htmx, a whole page to everybody else."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from saksgang.kjerne.errors import Avvist, SaksgangFeil, UgyldigInndata

T = TypeVar("T")


def vil_ha_fragment(request: HttpRequest) -> bool:
    """Whether htmx asked for a part of the page (not for a page restored from history, nor a boosted link)."""
    htmx = getattr(request, "htmx", None)
    if not htmx:
        return False
    return not htmx.history_restore_request and not htmx.boosted


def vis(request: HttpRequest, mal: str, *, status: int = 200, **kontekst: Any) -> HttpResponse:
    """Show one fragment: alone to htmx, framed by ui/side.html otherwise. tittel becomes the page title."""
    return _svar(request, "ui/side.html", mal, status, kontekst)


def vis_side(request: HttpRequest, mal: str, fragment: str, *, status: int = 200, **kontekst: Any) -> HttpResponse:
    """Show the fragment to htmx and the whole page mal otherwise; both get the same context."""
    return _svar(request, mal, fragment, status, kontekst)


def _svar(request: HttpRequest, side: str, fragment: str, status: int, kontekst: dict[str, Any]) -> HttpResponse:
    er_fragment = vil_ha_fragment(request)
    kontekst = {"fragment": fragment, "er_fragment": er_fragment} | kontekst
    svar = render(request, fragment if er_fragment else side, kontekst, status=status)
    patch_vary_headers(svar, ["HX-Request"])
    return svar


def omdiriger(request: HttpRequest, url: str) -> HttpResponse:
    """Send the reader on: 303 after a plain form, HX-Redirect to htmx."""
    if getattr(request, "htmx", None):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    svar = HttpResponseRedirect(url)
    svar.status_code = 303
    return svar


def oppdater(hendelse: str, melding: str = "", *, angre: str = "", lukk_dialog: bool = True) -> HttpResponse:
    """Answer htmx with events alone: lists that listen for hendelse fetch themselves, melding is shown as a toast.

    angre is the address that takes the act back; it gets a POST.
    """
    hendelser: dict[str, Any] = {hendelse: {}}
    if melding:
        hendelser["melding"] = {"tekst": melding, "angre": angre}
    if lukk_dialog:
        hendelser["lukk-dialog"] = {}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(hendelser)})


def innsendt(request: HttpRequest) -> Any:
    """Return what a form is bound to: nothing before it is sent."""
    return request.POST if request.method == "POST" else None


def proev(skjema: forms.BaseForm, kjoer: Callable[[dict[str, Any]], T]) -> tuple[T | None, int]:
    """Do what a sent form asks for; return what came of it, with 200.

    Where it is filled in wrong, or the act is refused, the form says why: return nothing, with the page's status.
    """
    if not skjema.is_valid():
        return None, 422
    try:
        return kjoer(skjema.cleaned_data), 200
    except (Avvist, UgyldigInndata) as feil:
        legg_feil(skjema, feil)
        return None, feil.status


def vis_pdf(innhold: bytes, navn: str) -> HttpResponse:
    """Show a PDF that is made for this reader alone, and that nothing on the way may keep."""
    svar = HttpResponse(innhold, content_type="application/pdf")
    svar["Content-Disposition"] = f'inline; filename="{navn}"'
    svar["Cache-Control"] = "private, no-store"
    svar["X-Content-Type-Options"] = "nosniff"
    return svar


def legg_feil(skjema: forms.BaseForm, feil: SaksgangFeil) -> None:
    """Put a refusal where it belongs in the form: at its field when the form has it, else above the form."""
    if isinstance(feil, UgyldigInndata):
        for navn, tekst in feil.felter.items():
            skjema.add_error(navn if navn in skjema.fields else None, tekst)
        return
    felt = feil.felt if isinstance(feil, Avvist) and feil.felt in skjema.fields else None
    for setning in feil.setninger:
        skjema.add_error(felt, setning)
