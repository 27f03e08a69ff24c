"""Writing a document in the page: the letter beside it, the text, the facts, and what follows when it is finished."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.produksjon.commands import (
    bytt_mal,
    flett_paa_nytt,
    gi_tittel,
    lag_dokument,
    skriv_ren_tekst,
    skriv_tekst,
)
from saksgang.produksjon.queries.fletting import utkast as lag_utkast
from saksgang.produksjon.queries.maler import hent_brukbar
from saksgang.sakarkiv.commands.besvarelse import knytt_svar, loes_svar, sett_ny_svarfrist
from saksgang.sakarkiv.commands.lesing import noter_lesing
from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.queries.svar import hent_svarlenke
from saksgang.sakarkiv.rules import EGENPRODUSERTE, Journalstatus
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling
from saksgang.ui.feilsider import vil_ha_json
from saksgang.ui.templatetags.saksgang import klokkeslett
from saksgang.ui.vis import legg_feil, omdiriger, vis, vis_side
from saksgang.web.adgang import Forespoersel, ansatt
from saksgang.web.journalpost.felles import url_for

from . import forms
from .visning import Skriving

if TYPE_CHECKING:
    from saksgang.organisasjon.models import Bruker
    from saksgang.sakarkiv.models import Dokument, Journalpost

H = Handling
GET_OG_POST = require_http_methods(["GET", "HEAD", "POST"])


def _hent(request: Forespoersel, pk: int) -> Journalpost:
    """The own document that is to be written. Refused for what is received."""
    jp = saker.hent_journalpost_id(request.user, pk)
    krev(request.user, H.SKRIVE_TEKST, jp)
    if jp.journalposttype not in EGENPRODUSERTE:
        raise Avvist(f"{jp} er mottatt og skrives ikke her. Velg en svarmåte i Meny.")
    return jp


def _skriving(request: Forespoersel, jp: Journalpost) -> Skriving:
    return Skriving(jp, request.user, dok=request.GET.get("dok", ""), brev=request.GET.get("brev", ""))


def _side(request: Forespoersel, skriving: Skriving, *, status: int = 200, **kontekst: Any) -> HttpResponse:
    jp = skriving.jp
    felter = {"tittel": jp.tittel, "tilgangskode": jp.tilgangskode_id, "avskjermingskode": jp.avskjermingskode_id}
    return vis_side(
        request,
        "web/skriving/side.html",
        "web/skriving/_side.html",
        status=status,
        skjema=forms.Tittel(initial=felter),
        **skriving.kontekst(),
        **kontekst,
    )


@ansatt
@GET_OG_POST
def skriving(request: Forespoersel, pk: int) -> HttpResponse:
    """The writing page; POST chooses the template that the document is made from."""
    jp = _hent(request, pk)
    noter_lesing(jp, av=request.user)
    side = _skriving(request, jp)
    if request.method == "POST":
        valgt = request.POST.get("mal", "")
        if not valgt.isdigit():
            raise UgyldigInndata({"mal": "Velg en mal."})
        mal = hent_brukbar(int(valgt), jp.journalposttype)
        if side.flate.dokument is None:
            lag_dokument(jp, mal, av=request.user)
        else:
            bytt_mal(side.flate.dokument, mal, av=request.user)
            messages.success(request, f"Malen er byttet til {mal}.")
        return omdiriger(request, side.url)
    if jp.status != Journalstatus.RESERVERT:
        messages.info(request, f"{jp} er ferdigstilt. Åpne det igjen for å skrive i det.")
        return omdiriger(request, url_for(jp))
    return _side(request, side)


@ansatt
@GET_OG_POST
def tittel(request: Forespoersel, pk: int) -> HttpResponse:
    """Give the document another title."""
    jp = _hent(request, pk)
    felter = {"tilgangskode": jp.tilgangskode_id, "avskjermingskode": jp.avskjermingskode_id}
    skjema = forms.Tittel(request.POST if request.method == "POST" else None, initial={"tittel": jp.tittel, **felter})
    status = 200
    lagret = False
    if request.method == "POST":
        status = 422
        if skjema.is_valid():
            try:
                jp = gi_tittel(
                    jp, skjema.cleaned_data["tittel"], tittelbegrunnelse=skjema.tittelbegrunnelse, av=request.user
                )
            except (Avvist, UgyldigInndata) as feil:
                legg_feil(skjema, feil)
                status = feil.status
            else:
                if not getattr(request, "htmx", None):
                    messages.success(request, "Tittelen er lagret.")
                    return omdiriger(request, Skriving(jp, request.user).url)
                status, lagret = 200, True
                skjema = forms.Tittel(initial={"tittel": jp.tittel, **felter})
    side = _skriving(request, jp)
    return vis(
        request, "web/skriving/_tittel.html", status=status, jp=jp, skjema=skjema, lagret=lagret,
        tittel=f"Tittel på {jp}", tilbake=side.url, flate=side.flate if lagret else None,
    )  # fmt: skip


def _dokument(request: Forespoersel, dokument_id: int) -> Dokument:
    dokument = saker.hent_dokument(request.user, dokument_id)
    krev(request.user, H.SKRIVE_TEKST, dokument.journalpost)
    return dokument


def _dokument_url(dokument: Dokument, leser: Bruker) -> str:
    return Skriving(dokument.journalpost, leser, dok=str(dokument.nummer)).url


@ansatt
@require_POST
def tekst(request: Forespoersel, dokument_id: int) -> HttpResponse:
    """Keep the draft: from the editor as HTML, with JSON for an answer; from the plain field as it is typed there."""
    dokument = _dokument(request, dokument_id)
    utgave = request.POST.get("utgave", "")
    if not utgave.isdigit():
        raise UgyldigInndata({"utgave": "Siden er ufullstendig. Kopier teksten din, og last siden på nytt."})
    ren = request.POST.get("ren_tekst")
    try:
        if ren is not None:
            lagret = skriv_ren_tekst(dokument, ren, utgave=int(utgave), av=request.user)
        else:
            lagret = skriv_tekst(dokument, request.POST.get("brodtekst", ""), utgave=int(utgave), av=request.user)
    except (Avvist, UgyldigInndata) as feil:
        if vil_ha_json(request):
            raise
        # What was typed is never lost: it stands in the field again, with the reason.
        jp = saker.hent_journalpost_id(request.user, dokument.journalpost_id)
        side = Skriving(jp, request.user, dok=str(dokument.nummer))
        return _side(request, side, status=feil.status, feil=feil.setninger, skrevet=ren or "", skrevet_utgave=utgave)
    if vil_ha_json(request):
        return JsonResponse({"utgave": lagret.utgave, "lagret": klokkeslett(lagret.endret_tid)})
    messages.success(request, f"Lagret {klokkeslett(lagret.endret_tid)}.")
    return omdiriger(request, _dokument_url(dokument, request.user))


@ansatt
@require_POST
def fletting(request: Forespoersel, dokument_id: int) -> HttpResponse:
    """«Flett på nytt»: today's facts and template around the text, which is kept."""
    dokument = _dokument(request, dokument_id)
    flett_paa_nytt(dokument, av=request.user)
    messages.success(request, f"«{dokument.tittel}» er flettet på nytt.")
    if "dokumenter" in request.GET:
        return omdiriger(request, reverse("journalpost-dokumenter", args=[dokument.journalpost_id]))
    return omdiriger(request, _dokument_url(dokument, request.user))


@ansatt
@require_safe
def utkast(request: Forespoersel, dokument_id: int) -> HttpResponse:
    """The document as it would be if it were finished now, to open in Word or LibreOffice; nothing is stored."""
    dokument = _dokument(request, dokument_id)
    innhold = lag_utkast(dokument)
    noter_lesing(dokument.journalpost, av=request.user)
    svar = FileResponse(io.BytesIO(innhold), as_attachment=True, filename=f"{dokument.tittel[:80]}.docx")
    svar["Cache-Control"] = "private, no-store"
    svar["X-Content-Type-Options"] = "nosniff"
    return svar


# ── What will be written off ─────────────────────────────


def _etter_valg(request: Forespoersel, pk: int) -> HttpResponse:
    jp = saker.hent_journalpost_id(request.user, pk)
    side = _skriving(request, jp)
    if not getattr(request, "htmx", None):
        return omdiriger(request, side.url)
    return vis(request, "web/skriving/_ved_siden.html", tittel=str(jp), oppdatert=True, **side.kontekst())


@ansatt
@require_POST
def svarvalg(request: Forespoersel, pk: int) -> HttpResponse:
    """Let the document answer one more letter of the case, or one fewer."""
    jp = _hent(request, pk)
    valgt = request.POST.get("besvart", "")
    if not valgt.isdigit():
        raise UgyldigInndata({"besvart": "Velg hvilket brev det svares på."})
    besvart = saker.hent_journalpost_id(request.user, int(valgt))
    lenke = next((b.lenke for b in _skriving(request, jp).besvarte if b.jp.pk == besvart.pk), None)
    if lenke is not None:
        loes_svar(lenke, av=request.user)
    else:
        knytt_svar(jp, besvart, av=request.user)
    return _etter_valg(request, pk)


@ansatt
@require_POST
def ny_svarfrist(request: Forespoersel, lenke_id: int) -> HttpResponse:
    """A new svarfrist for the letter, with the preliminary answer to it (A-14)."""
    lenke = hent_svarlenke(request.user, lenke_id)
    krev(request.user, H.KNYTTE_SVAR, lenke.svar)
    skjema = forms.NySvarfrist(request.POST)
    if not skjema.is_valid():
        raise UgyldigInndata({"ny_svarfrist": "Skriv datoen som dag, måned og år."})
    sett_ny_svarfrist(lenke, skjema.cleaned_data["ny_svarfrist"], av=request.user)
    return _etter_valg(request, lenke.svar_id)
