"""Marks: by words, by the form of a number, by rectangles, and taken away again. All of it works without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from saksgang.offentlighet.commands import fjern_merker, merk_moenster, merk_omraader, merk_ord
from saksgang.ui.vis import omdiriger, proev
from saksgang.web.adgang import ansatt

from . import forms
from .views import hent, url, vis_sladding
from .visning import hjemler

if TYPE_CHECKING:
    from saksgang.offentlighet.models import Sladding

Skjema = forms.Ord | forms.Moenster | forms.Omraade


def _merk(request: HttpRequest, rad: Sladding, skjema: Skjema, navn: str, kjoer: Callable[..., str]) -> HttpResponse:
    """Mark, and show the page again; a refusal stands in the form with what was written."""
    melding, status = proev(skjema, lambda felter: kjoer(**felter))
    if melding is not None:
        return _igjen(request, rad, melding)
    return vis_sladding(request, rad, status=status, **{navn: skjema})


def _igjen(request: HttpRequest, rad: Sladding, melding: str) -> HttpResponse:
    if getattr(request, "htmx", None):
        svar = vis_sladding(request, hent(request, rad.pk))
        svar["HX-Trigger"] = "sladdemerker-endret"
        return svar
    messages.success(request, melding)
    return omdiriger(request, url(rad))


def _steder(antall: int) -> str:
    return "1 sted er merket." if antall == 1 else f"{antall} steder er merket."


@ansatt
@require_POST
def ord_(request: HttpRequest, sladding_id: int) -> HttpResponse:
    """Mark every place of some words."""
    rad = hent(request, sladding_id)

    def kjoer(ord: str, inne: bool, hjemmel: Any) -> str:
        return _steder(merk_ord(rad, ord, inne=inne, hjemmel=hjemmel, av=request.user))

    return _merk(request, rad, forms.Ord(request.POST, hjemler=hjemler(rad)), "ordskjema", kjoer)


@ansatt
@require_POST
def moenster(request: HttpRequest, sladding_id: int) -> HttpResponse:
    """Mark every number or address of a form."""
    rad = hent(request, sladding_id)

    def kjoer(moenster: str, hjemmel: Any) -> str:
        return _steder(merk_moenster(rad, moenster, hjemmel=hjemmel, av=request.user))

    return _merk(request, rad, forms.Moenster(request.POST, hjemler=hjemler(rad)), "moensterskjema", kjoer)


@ansatt
@require_POST
def omraader(request: HttpRequest, sladding_id: int) -> HttpResponse:
    """Mark a rectangle on a page: drawn by the script, or written in per cent."""
    rad = hent(request, sladding_id)

    def kjoer(side: int, x: float, y: float, b: float, h: float, hjemmel: Any) -> str:
        boks = (x / 100, y / 100, b / 100, h / 100)
        merk_omraader(rad, side, [boks], hjemmel=hjemmel, av=request.user)
        return f"Området på side {side} er merket."

    return _merk(request, rad, forms.Omraade(request.POST, hjemler=hjemler(rad)), "omraadeskjema", kjoer)


@ansatt
@require_POST
def fjerning(request: HttpRequest, sladding_id: int) -> HttpResponse:
    """Take marks away: «merke» names one, «soek» all of a search."""
    rad = hent(request, sladding_id)
    merker = [int(v) for v in request.POST.getlist("merke") if v.isdecimal()]
    soek = [int(v) for v in request.POST.getlist("soek") if v.isdecimal()]
    fjern_merker(rad, merker, soek_ider=soek, av=request.user)
    return _igjen(request, rad, "Merket er fjernet." if len(merker) == 1 and not soek else "Merkene er fjernet.")
