"""Files out, and the documents of a journalpost in: uploaded, replaced, ordered, named, taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from saksgang.kjerne.errors import Avvist, IkkeFunnet, UgyldigInndata
from saksgang.lager import queries as lager
from saksgang.sakarkiv.commands.dokument import (
    endre_dokumenttittel,
    fjern_dokument,
    legg_ved,
    ny_versjon,
    ordne_dokumenter,
)
from saksgang.sakarkiv.commands.lesing import noter_fillesing
from saksgang.sakarkiv.queries import saker
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling
from saksgang.ui.feilsider import vil_ha_json
from saksgang.ui.vis import omdiriger, vis_side
from saksgang.web.adgang import ansatt
from saksgang.web.journalpost.felles import data, url_for, utfoer
from saksgang.web.journalpost.oversikt import Oversikt

from .filer import med_fil
from .utlaan import med_laas
from .visning import I_NETTLESEREN, MAKS_TEKST, tegnsett

if TYPE_CHECKING:
    from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Journalpost

# The PDF viewer of Chromium does not start in a sandbox; a PDF gets no script, no network and no form instead.
CSP_PDF = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"
)
CSP_ANNET = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"


@ansatt
@require_safe
def fil(request: HttpRequest, versjon_id: int) -> HttpResponse:
    """Serve a version byte by byte as it came; ?last_ned downloads what the browser would else show."""
    versjon = saker.hent_versjon(request.user, versjon_id)
    noter_fillesing(versjon, av=request.user)
    merke = f'"{versjon.fil.sha256}"'
    svar = get_conditional_response(request, etag=merke)
    if svar is None:
        i_nettleseren = versjon.fil.mimetype in I_NETTLESEREN and "last_ned" not in request.GET
        svar = FileResponse(
            lager.aapne(versjon.fil),
            as_attachment=not i_nettleseren,
            filename=versjon.filnavn,
            content_type=_innholdstype(versjon),
        )
    svar["ETag"] = merke
    svar["Cache-Control"] = "private, no-cache"
    svar["X-Content-Type-Options"] = "nosniff"
    svar["Content-Security-Policy"] = CSP_PDF if versjon.fil.mimetype == "application/pdf" else CSP_ANNET
    return svar


def _innholdstype(versjon: Dokumentversjon) -> str:
    mimetype = versjon.fil.mimetype
    if not mimetype.startswith("text/"):
        return mimetype
    with lager.aapne(versjon.fil) as stroem:
        return f"{mimetype}; charset={tegnsett(stroem.read(MAKS_TEKST))}"


class Filfelt(forms.FileField):
    """One file; the store says what is wrong with it."""


class NyVersjon(forms.Form):
    fil = Filfelt(label="Ny versjon", allow_empty_file=True)


class Tittel(forms.Form):
    tittel = forms.CharField(label="Tittel", max_length=300)


class Avtak(forms.Form):
    begrunnelse = forms.CharField(label="Begrunnelse", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class Opplasting(forms.Form):
    """The page's plain upload; the files themselves are read from the request."""


@ansatt
def dokumenter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the documents to be ordered and named, and take in new ones: one or several at once."""
    jp = saker.hent_journalpost_id(request.user, pk)
    if request.method != "POST":
        krev(request.user, Handling.LEGGE_VED, jp)
        return _liste(request, jp)
    krev(request.user, Handling.LEGGE_VED, jp)
    filer = request.FILES.getlist("fil")
    feil: list[str] = []
    status = 200
    if not filer:
        feil, status = ["Velg en fil først."], 422
    for opplastet in filer:
        try:
            med_fil(opplastet, legg_ved, jp, av=request.user)
        except (Avvist, UgyldigInndata) as avvist:
            feil += avvist.setninger
            status = max(status, avvist.status)
    if vil_ha_json(request):
        if feil:
            return JsonResponse({"feil": feil}, status=status, json_dumps_params={"ensure_ascii": False})
        return JsonResponse({"antall": len(filer)}, status=201)
    if feil:
        return _liste(request, jp, feil=feil, status=status)
    antall = len(filer)
    messages.success(request, "Dokumentet er lagt til." if antall == 1 else f"{antall} dokumenter er lagt til.")
    return omdiriger(request, reverse("journalpost-dokumenter", args=[jp.pk]))


def _liste(request: HttpRequest, jp: Journalpost, *, feil: list[str] | None = None, status: int = 200) -> HttpResponse:
    return vis_side(
        request,
        "web/dokument/dokumenter.html",
        "web/dokument/_liste.html",
        status=status,
        jp=jp,
        o=Oversikt(jp, request.user),
        dokumenter=med_laas(jp, request.user),
        feil=feil or [],
        tilbake=url_for(jp),
    )


def _hent(request: HttpRequest, dokument_id: int) -> Dokument:
    dokument = saker.hent_dokument(request.user, dokument_id)
    if dokument.utgaatt_tid is not None:
        raise IkkeFunnet
    krev(request.user, Handling.ORDNE_DOKUMENTER, dokument.journalpost)
    return dokument


@ansatt
def versjon(request: HttpRequest, dokument_id: int) -> HttpResponse:
    """Add a new version; the earlier ones stay."""
    dokument = _hent(request, dokument_id)
    skjema = NyVersjon(data(request), request.FILES or None)
    return utfoer(
        request,
        dokument.journalpost,
        skjema,
        lambda fil: med_fil(fil, ny_versjon, dokument, av=request.user),
        tittel=f"Ny versjon av «{dokument.tittel}»",
        knapp="Last opp",
        melding="Ny versjon er lagt til. De tidligere er beholdt.",
        med_fil=True,
    )


@ansatt
def tittel(request: HttpRequest, dokument_id: int) -> HttpResponse:
    """Change a document's title."""
    dokument = _hent(request, dokument_id)
    return utfoer(
        request,
        dokument.journalpost,
        Tittel(data(request), initial={"tittel": dokument.tittel}),
        lambda tittel: endre_dokumenttittel(dokument, tittel, av=request.user),
        tittel="Endre tittel på dokument",
        knapp="Lagre",
        melding="Tittelen er endret.",
    )


@ansatt
def avtak(request: HttpRequest, dokument_id: int) -> HttpResponse:
    """Take a document off the journalpost, with the reason; nothing is deleted."""
    dokument = _hent(request, dokument_id)
    return utfoer(
        request,
        dokument.journalpost,
        Avtak(data(request)),
        lambda begrunnelse: fjern_dokument(dokument, begrunnelse, av=request.user),
        tittel=f"Ta av «{dokument.tittel}»",
        knapp="Ta av",
        melding="Dokumentet er tatt av journalposten.",
        innledning="Dokumentet vises ikke lenger på journalposten. Fila og historikken blir stående.",
    )


@ansatt
@require_POST
def rekkefoelge(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the documents in order: «opp» and «ned» move one, «rekkefoelge» names them all."""
    jp = saker.hent_journalpost_id(request.user, pk)
    krev(request.user, Handling.ORDNE_DOKUMENTER, jp)
    id_er = [d.pk for d in saker.dokumenter(request.user, jp)]
    if navngitt := [int(v) for v in request.POST.getlist("rekkefoelge") if v.isdigit()]:
        id_er = navngitt
    for knapp, steg in (("opp", -1), ("ned", 1)):
        if (verdi := request.POST.get(knapp, "")).isdigit() and int(verdi) in id_er:
            fra = id_er.index(int(verdi))
            til = max(0, min(len(id_er) - 1, fra + steg))
            id_er.insert(til, id_er.pop(fra))
    try:
        ordne_dokumenter(jp, id_er, av=request.user)
    except (Avvist, UgyldigInndata) as avvist:
        return _liste(request, jp, feil=avvist.setninger, status=avvist.status)
    if getattr(request, "htmx", None):
        return _liste(request, jp)
    return omdiriger(request, reverse("journalpost-dokumenter", args=[jp.pk]))
