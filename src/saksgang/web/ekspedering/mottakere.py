"""The recipients of a letter to many: chosen among the parties of the case, read from a list, taken away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from saksgang.kjerne.csvfil import Importrapport
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.produksjon.queries.ekspedering import mottakere as mottakere_av
from saksgang.sakarkiv.commands.felter import felter_for
from saksgang.sakarkiv.commands.mottakere import (
    KOLONNER,
    MAKS,
    VALGFRIE,
    fjern_mottakere,
    importer_mottakere_csv,
    legg_til_saksparter,
)
from saksgang.sakarkiv.queries import saker
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import legg_feil, omdiriger, vis_side
from saksgang.web.adgang import ansatt
from saksgang.web.journalpost.felles import url_for

if TYPE_CHECKING:
    from saksgang.sakarkiv.models import Journalpost

MAKS_FIL = 2 * 1024**2


class Liste(forms.Form):
    """A file of recipients."""

    fil = forms.FileField(label="CSV-fil med mottakere", allow_empty_file=True)

    def clean_fil(self) -> bytes:
        fil = self.cleaned_data["fil"]
        if fil.size > MAKS_FIL:
            raise forms.ValidationError("Fila er større enn 2 MB. Lagre bare lista over mottakere som CSV.")
        return bytes(fil.read())


def _hent(request: HttpRequest, pk: int) -> Journalpost:
    jp = saker.hent_journalpost_id(request.user, pk)
    krev(request.user, Handling.REDIGERE_JOURNALPOST, jp)
    return jp


def _ser_saken(request: HttpRequest, jp: Journalpost) -> bool:
    """Whether the parties of the case are the reader's to see (krav C.0)."""
    return saker.ser_saken(request.user, jp.sak)


def _valgte(request: HttpRequest, navn: str) -> list[int]:
    return [int(verdi) for verdi in request.POST.getlist(navn) if verdi.isdigit()]


def _vis(
    request: HttpRequest,
    jp: Journalpost,
    *,
    skjema: forms.Form | None = None,
    rapport: Importrapport | None = None,
    feil: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    return vis_side(
        request,
        "web/ekspedering/mottakere.html",
        "web/ekspedering/_mottakere.html",
        status=status,
        jp=jp,
        mottakere=mottakere_av(jp),
        saksparter=list(saker.saksparter(jp.sak)) if _ser_saken(request, jp) else [],
        kan_endre=jp.journalposttype == "U" and "parter" in felter_for(jp, request.user),
        kolonnelinje=";".join((*KOLONNER, *VALGFRIE)),
        maks=MAKS,
        skjema=skjema or Liste(),
        rapport=rapport,
        feil=feil or [],
        tilbake=url_for(jp),
    )


def _ferdig(request: HttpRequest, jp: Journalpost, melding: str) -> HttpResponse:
    messages.success(request, melding)
    return omdiriger(request, reverse("journalpost-mottakere", args=[jp.pk]))


def _antall(antall: int) -> str:
    return "1 mottaker" if antall == 1 else f"{antall} mottakere"


@ansatt
def mottakere(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the recipients; POST takes the ticked ones away."""
    jp = _hent(request, pk)
    if request.method != "POST":
        return _vis(request, jp)
    return _endre(request, jp, lambda: fjern_mottakere(jp, _valgte(request, "mottaker"), av=request.user), "er fjernet")


def _endre(request: HttpRequest, jp: Journalpost, kjoer: Callable[[], int], hva: str) -> HttpResponse:
    """Do it, and say how many; a refusal stands on the page."""
    try:
        antall = kjoer()
    except (Avvist, UgyldigInndata) as avvist:
        return _vis(request, jp, feil=avvist.setninger, status=avvist.status)
    return _ferdig(request, jp, f"{_antall(antall)} {hva}.")


@ansatt
@require_POST
def fra_saksparter(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the ticked parties of the case recipients."""
    jp = _hent(request, pk)
    valgte = set(_valgte(request, "sakspart"))
    alle = "alle" in request.POST
    parter = [part for part in saker.saksparter(jp.sak) if alle or part.pk in valgte] if _ser_saken(request, jp) else []
    return _endre(request, jp, lambda: legg_til_saksparter(jp, parter, av=request.user), "er lagt til")


@ansatt
@require_POST
def fra_fil(request: HttpRequest, pk: int) -> HttpResponse:
    """Read recipients from a CSV file: «Prøv» says what would come, «Legg til» takes all of them or none."""
    jp = _hent(request, pk)
    skjema = Liste(request.POST, request.FILES)
    if not skjema.is_valid():
        return _vis(request, jp, skjema=skjema, status=422)
    proeve = "proeve" in request.POST
    rapport: Importrapport | None = None
    status = 200
    try:
        rapport = importer_mottakere_csv(jp, skjema.cleaned_data["fil"], proeve=proeve, av=request.user)
    except (Avvist, UgyldigInndata) as avvist:
        legg_feil(skjema, avvist)
        status = avvist.status
    else:
        if not proeve and not rapport.feil:
            return _ferdig(request, jp, _sagt(rapport))
        status = 422 if rapport.feil else 200
    return _vis(request, jp, skjema=skjema, rapport=rapport, status=status)


def _sagt(rapport: Importrapport) -> str:
    staar = len(rapport.uendret)
    fra_foer = f" {_antall(staar)} sto der fra før." if staar else ""
    return f"{_antall(len(rapport.opprettet))} er lagt til.{fra_foer}"
