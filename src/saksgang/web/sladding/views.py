"""Redacting a document: begun from the journalpost, marked on its pages, sent, and answered by the leader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang
from saksgang.offentlighet import queries
from saksgang.offentlighet.commands import (
    avvis_sladding,
    endre_sladding,
    godkjenn_sladding,
    send_sladding,
    start_sladding,
    trekk_sladding,
)
from saksgang.offentlighet.queries.sladding import BREDDER, er_foreldet, sidebilde
from saksgang.produksjon.commands import bestill_pdf
from saksgang.produksjon.queries.arkivkopi import pdf_av
from saksgang.sakarkiv.commands.lesing import noter_fillesing
from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.queries.dokumenter import gjeldende_versjon
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import kan
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import omdiriger, vis_side
from saksgang.web.adgang import ansatt
from saksgang.web.adresser import liste_url
from saksgang.web.journalpost.felles import data, ferdig, url_for, utfoer

from . import forms
from .visning import Sladdeside, hjemler

if TYPE_CHECKING:
    from saksgang.lager.models import Fil
    from saksgang.offentlighet.models import Sladding
    from saksgang.sakarkiv.models import Journalpost

KURV = "sladding"


@ansatt
@require_POST
def start(request: HttpRequest, dokument_id: int) -> HttpResponse:
    """«Lag sladdet versjon»: go to the one that is being made, or begin on one; order the PDF where there is none."""
    dokument = saker.hent_dokument(request.user, dokument_id)
    if dokument.utgaatt_tid is not None:
        raise IkkeFunnet
    krev(request.user, Handling.SLADDE, dokument.journalpost)
    versjon = gjeldende_versjon(dokument)
    if versjon is not None and dokument.lenket_fra_id is None and pdf_av(versjon) is None:
        bestill_pdf(versjon)
        messages.info(request, "Dokumentet gjøres om til PDF først. Vent litt, og velg «Lag sladdet versjon» igjen.")
        return omdiriger(request, url_for(dokument.journalpost, dok=str(dokument.nummer)))
    return omdiriger(request, url(start_sladding(dokument, av=request.user)))


def begynn_etter_gradering(request: HttpRequest, jp: Journalpost, melding: str) -> HttpResponse:
    """Begin on the main document of a journalpost that was graded just now, or say why that must wait."""
    try:
        jp = saker.hent_journalpost_id(request.user, jp.pk)
        hoved = next(iter(saker.dokumenter(request.user, jp)), None)
        if hoved is None or not kan(request.user, Handling.SLADDE, jp):
            return ferdig(request, jp, melding)
        rad = start_sladding(hoved, av=request.user)
    except Avvist as avvist:
        return ferdig(request, jp, f"{melding} Sladdingen må vente: {avvist}")
    messages.success(request, melding)
    return omdiriger(request, url(rad))


def url(sladding: Sladding) -> str:
    """The page of a redacted version."""
    return reverse("sladding", args=[sladding.pk])


def hent(request: HttpRequest, sladding_id: int) -> Sladding:
    """Return what the reader may see, or refuse: what is not decided is for those who make or answer it (krav C.0)."""
    sladding = queries.hent_sladding(request.user, sladding_id)
    jp = sladding.dokument.journalpost
    if not (kan(request.user, Handling.SLADDE, jp) or kan(request.user, Handling.AVGJOERE_SLADDING, jp)):
        raise IkkeTilgang(
            f"Sladdede versjoner av {jp} lages av dem som skriver på den. Spør saksbehandler eller leder."
        )
    return sladding


@ansatt
@require_safe
def sladding(request: HttpRequest, sladding_id: int) -> HttpResponse:
    """The pages: to be marked, or the original beside the redacted version, for the leader to answer."""
    return vis_sladding(request, hent(request, sladding_id))


def vis_sladding(
    request: HttpRequest, rad: Sladding, *, status: int = 200, **skjemaer: forms.Ord | forms.Moenster | forms.Omraade
) -> HttpResponse:
    """Show the page of a redacted version; skjemaer: those that were sent and refused."""
    _noter(request, rad)
    side = Sladdeside(rad, request.user)
    gyldige = hjemler(rad)
    forvalgt = gyldige.filter(pk=rad.dokument.journalpost.hjemmel_id).first()
    valg = {"hjemler": gyldige, "initial": {"hjemmel": forvalgt, "side": 1}}
    if side.kan_svare:
        request.aktiv_kurv = KURV  # type: ignore[attr-defined]
    fragment = "web/sladding/_merking.html" if side.merkes else "web/sladding/_visning.html"
    return vis_side(
        request,
        "web/sladding/side.html",
        fragment,
        status=status,
        tittel=f"Sladdet versjon av «{rad.dokument.tittel}»",
        tilbake=url_for(rad.dokument.journalpost, dok=str(rad.dokument.nummer)),
        liste=liste_url(KURV),
        foreldet=er_foreldet(rad),
        forvalgt=forvalgt,
        ordskjema=skjemaer.get("ordskjema") or forms.Ord(**valg),
        moensterskjema=skjemaer.get("moensterskjema") or forms.Moenster(**valg),
        omraadeskjema=skjemaer.get("omraadeskjema") or forms.Omraade(**valg),
        **side.kontekst(),
    )


@ansatt
@require_safe
def stand(request: HttpRequest, sladding_id: int) -> HttpResponse:
    """Asked by the page while the file is being made: nothing yet, or the page again."""
    rad = hent(request, sladding_id)
    if rad.tilstand == "L":
        return vis_side(request, "web/sladding/stand.html", "web/sladding/_stand.html", sladding=rad, tittel="Lages")
    return omdiriger(request, url(rad))


def _noter(request: HttpRequest, rad: Sladding) -> None:
    """Log once in a session that the pages were opened, where the journalpost is coded (krav R-C.4)."""
    lest = request.session.setdefault("sladding_lest", [])
    if rad.pk not in lest:
        noter_fillesing(rad.original, av=request.user)
        request.session["sladding_lest"] = [*lest, rad.pk][-200:]


@ansatt
@require_safe
def original(request: HttpRequest, sladding_id: int, side: int) -> HttpResponse:
    """A page of the original as a picture, by the rule of its journalpost."""
    rad = hent(request, sladding_id)
    _noter(request, rad)
    return _bilde(request, rad.kilde, side)


@ansatt
@require_safe
def sladdet(request: HttpRequest, sladding_id: int, side: int) -> HttpResponse:
    """A page of the redacted version as a picture, by the same rule."""
    rad = hent(request, sladding_id)
    if rad.fil is None:
        raise IkkeFunnet
    return _bilde(request, rad.fil, side)


def _bilde(request: HttpRequest, fil: Fil, nummer: int) -> HttpResponse:
    bredde = int(request.GET.get("b", "1000")) if request.GET.get("b", "1000").isdecimal() else 0
    if bredde not in BREDDER:
        raise IkkeFunnet
    merke = f'"{fil.sha256}-{nummer}-{bredde}"'
    svar = get_conditional_response(request, etag=merke)
    if svar is None:
        svar = HttpResponse(sidebilde(fil, nummer, bredde), content_type="image/png")
    svar["ETag"] = merke
    svar["Cache-Control"] = "private, no-cache"
    svar["X-Content-Type-Options"] = "nosniff"
    return svar


# ── Acts ─────────────────────────────────────────────────


@ansatt
@require_POST
def sending(request: HttpRequest, sladding_id: int) -> HttpResponse:
    """Have the file made, and put before the leader."""
    rad = hent(request, sladding_id)
    send_sladding(rad, av=request.user)
    messages.success(request, "Den sladdede versjonen lages. Lederen får den til godkjenning når den er kontrollert.")
    return omdiriger(request, url(rad))


@ansatt
@require_POST
def endring(request: HttpRequest, sladding_id: int) -> HttpResponse:
    """Take it back to work on the marks."""
    rad = hent(request, sladding_id)
    endre_sladding(rad, av=request.user)
    return omdiriger(request, url(rad))


def _hent(request: HttpRequest, sladding_id: int, handling: Handling) -> Sladding:
    rad = hent(request, sladding_id)
    krev(request.user, handling, rad.dokument.journalpost)
    return rad


@ansatt
def godkjenning(request: HttpRequest, sladding_id: int) -> HttpResponse:
    """Approve."""
    rad = _hent(request, sladding_id, Handling.AVGJOERE_SLADDING)
    return _svar(
        request,
        rad,
        forms.Godkjenning(data(request)),
        lambda: godkjenn_sladding(rad, av=request.user),
        tittel="Godkjenn sladdet versjon",
        knapp="Godkjent",
        melding="Den sladdede versjonen er godkjent.",
        innledning="Den kan leses av alle på postlista når journalposten står der. Originalen blir som den er.",
    )


@ansatt
def avvisning(request: HttpRequest, sladding_id: int) -> HttpResponse:
    """Send it back with what must be changed."""
    rad = _hent(request, sladding_id, Handling.AVGJOERE_SLADDING)
    return _svar(
        request,
        rad,
        forms.Avvisning(data(request), gradert=rad.dokument.journalpost.tilgangskode_id is not None),
        lambda kommentar, original_fri=False: avvis_sladding(
            rad, kommentar, original_fri=original_fri, av=request.user
        ),
        tittel="Sladdet versjon er ikke godkjent",
        knapp="Ikke godkjent",
        melding="Den sladdede versjonen er sendt tilbake.",
    )


@ansatt
def tilbaketrekking(request: HttpRequest, sladding_id: int) -> HttpResponse:
    """Withdraw what is approved: off the net at once."""
    rad = _hent(request, sladding_id, Handling.TREKKE_SLADDING)
    return _svar(
        request,
        rad,
        forms.Tilbaketrekking(data(request), gradert=rad.dokument.journalpost.tilgangskode_id is not None),
        lambda begrunnelse, original_fri=False: trekk_sladding(
            rad, begrunnelse, original_fri=original_fri, av=request.user
        ),
        tittel="Trekk tilbake sladdet versjon",
        knapp="Trekk tilbake",
        melding="Den sladdede versjonen er trukket tilbake.",
        innledning="Publikum kan ikke åpne den mer. Fila og historikken blir stående.",
    )


def _svar(request: HttpRequest, rad: Sladding, skjema: forms.forms.Form, kjoer: object, **ord_: str) -> HttpResponse:
    def etter(melding: str) -> HttpResponse:
        messages.success(request, melding)
        return omdiriger(request, url(rad))

    return utfoer(request, rad.dokument.journalpost, skjema, kjoer, etter=etter, **ord_)  # type: ignore[arg-type]
