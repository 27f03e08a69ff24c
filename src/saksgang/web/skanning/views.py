"""Scanning orders in the page: ordered on a journalpost or a case, carried out by the archive, or called off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from saksgang.kjerne.errors import Avvist, IkkeFunnet, UgyldigInndata
from saksgang.produksjon.commands import avbryt_skanning, bestill_skanning, sett_paa_papir, utfoer_skanning
from saksgang.produksjon.queries.skanning import er_aapen, hent_ordre
from saksgang.sakarkiv.queries import saker
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import kan, rettigheter
from saksgang.tilgang.rules import Handling, Rolle
from saksgang.ui.vis import legg_feil, omdiriger, vis_pdf, vis_side
from saksgang.web import adresser
from saksgang.web.adgang import ansatt
from saksgang.web.dokument.filer import med_fil
from saksgang.web.journalpost.felles import data, sak_url, url_for, utfoer
from saksgang.web.sak.views.felles import handling, hent

from .trykk import trykk_forside

if TYPE_CHECKING:
    from saksgang.produksjon.models import Skanneordre
    from saksgang.sakarkiv.models import Journalpost

H = Handling


class Bestilling(forms.Form):
    beskrivelse = forms.CharField(
        label="Hva er det?", max_length=500, help_text="Slik at arkivet kjenner papiret igjen. Skriv ikke navn."
    )


class Skannet(forms.Form):
    nummer = forms.IntegerField(
        label="Registrert som dokument nr.", min_value=1, help_text="Nummeret på journalposten i saken."
    )
    fil = forms.FileField(label="Skannet fil", allow_empty_file=True)


class Avbestilling(forms.Form):
    begrunnelse = forms.CharField(label="Begrunnelse", max_length=500)


@ansatt
def til_skanning(request: HttpRequest, pk: int) -> HttpResponse:
    """«Til skanning» on a journalpost: a place among its documents that the archive fills."""
    jp = saker.hent_journalpost_id(request.user, pk)
    krev(request.user, H.LEGGE_VED, jp)
    return utfoer(
        request,
        jp,
        Bestilling(data(request)),
        lambda beskrivelse: bestill_skanning(jp, beskrivelse, av=request.user),
        tittel=f"Til skanning på {jp}",
        knapp="Bestill skanning",
        melding="Skanning er bestilt. Skriv ut forsiden fra dokumentlista, og send papiret til arkivet.",
        innledning="Vedlegget får plass på journalposten nå. Den kan ferdigstilles når arkivet har skannet.",
    )


@ansatt
def til_skanning_sak(request: HttpRequest, aar: int, sekvens: int) -> HttpResponse:
    """«Meld papir til skanning» on a case: the archive registers it."""
    sak = hent(request, aar, sekvens)
    return handling(
        request,
        sak,
        H.BESTILLE_SKANNING,
        lambda verdier: bestill_skanning(sak, verdier["beskrivelse"], av=request.user),
        skjema=Bestilling,
        tittel="Meld papir til skanning",
        knapp="Bestill skanning",
        melding="Skanning er bestilt. Arkivet registrerer papiret i saken, og du får varsel.",
        innledning="Send papiret til arkivet.",
    )


@ansatt
def ordre(request: HttpRequest, ordre_id: int) -> HttpResponse:
    """One order: what it is, and for the archive the scan to be put in."""
    funnet = hent_ordre(request.user, ordre_id)
    if request.method != "POST":
        return _vis(request, funnet, _skjema(request, funnet))
    krev(request.user, H.UTFOERE_SKANNING, funnet.objekt)
    skjema = _skjema(request, funnet)
    if not skjema.is_valid():
        return _vis(request, funnet, skjema, status=422)
    try:
        jp = _registrert(request, funnet, skjema.cleaned_data.get("nummer"))
        med_fil(skjema.cleaned_data["fil"], utfoer_skanning, funnet, journalpost=jp, av=request.user)
    except (Avvist, UgyldigInndata) as feil:
        legg_feil(skjema, feil)
        return _vis(request, funnet, skjema, status=feil.status)
    messages.success(request, "Skanningen er lagt inn, og den som bestilte, får varsel.")
    return omdiriger(request, adresser.liste_url("skanning"))


def _registrert(request: HttpRequest, funnet: Skanneordre, nummer: int | None) -> Journalpost | None:
    if nummer is None:
        return None
    try:
        return saker.hent_journalpost(request.user, funnet.sak.aar, funnet.sak.sekvens, nummer)
    except IkkeFunnet:
        raise UgyldigInndata({"nummer": f"{funnet.sak} har ikke dokument {nummer}. Registrer det først."}) from None


def _skjema(request: HttpRequest, funnet: Skanneordre) -> Skannet:
    skjema = Skannet(data(request), request.FILES or None if request.method == "POST" else None)
    if funnet.dokument_id is not None:
        del skjema.fields["nummer"]
    return skjema


def _vis(
    request: HttpRequest,
    funnet: Skanneordre,
    skjema: forms.Form,
    *,
    avbestilling: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    bruker, jp = request.user, funnet.journalpost
    aapen = er_aapen(funnet)
    egen = jp is not None and kan(bruker, H.LEGGE_VED, jp)
    return vis_side(
        request,
        "web/skanning/side.html",
        "web/skanning/_ordre.html",
        status=status,
        ordre=funnet,
        aapen=aapen,
        skjema=skjema,
        avbestilling=avbestilling or Avbestilling(),
        kan_skanne=aapen and kan(bruker, H.UTFOERE_SKANNING, funnet.objekt),
        paa_papir=aapen and egen,
        kan_avbestille=aapen and (egen or (jp is None and funnet.bestilt_av_id == bruker.pk)),
        objekt_url=url_for(jp) if jp is not None else sak_url(funnet.sak),
        tilbake=adresser.liste_url("skanning") if rettigheter(bruker).har(Rolle.ARK) else "/",
    )


def _ferdig(request: HttpRequest, funnet: Skanneordre, melding: str) -> HttpResponse:
    messages.success(request, melding)
    jp = funnet.journalpost
    hjem = reverse("journalpost-dokumenter", args=[jp.pk]) if jp is not None else sak_url(funnet.sak)
    return omdiriger(request, hjem)


@ansatt
@require_POST
def papir(request: HttpRequest, ordre_id: int) -> HttpResponse:
    """«Sendes på papir»: the letter waits no longer."""
    funnet = hent_ordre(request.user, ordre_id)
    sett_paa_papir(funnet, av=request.user)
    return _ferdig(request, funnet, "Vedlegget sendes på papir.")


@ansatt
@require_POST
def avbestilling(request: HttpRequest, ordre_id: int) -> HttpResponse:
    """Call the order off, with the reason."""
    funnet = hent_ordre(request.user, ordre_id)
    skjema = Avbestilling(request.POST)
    try:
        avbryt_skanning(funnet, request.POST.get("begrunnelse", ""), av=request.user)
    except UgyldigInndata as feil:
        skjema.is_valid()
        return _vis(request, funnet, _skjema_uten_data(funnet), avbestilling=skjema, status=feil.status)
    return _ferdig(request, funnet, "Skanningen er avbestilt.")


def _skjema_uten_data(funnet: Skanneordre) -> Skannet:
    skjema = Skannet()
    if funnet.dokument_id is not None:
        del skjema.fields["nummer"]
    return skjema


@ansatt
@require_safe
def forside(request: HttpRequest, ordre_id: int) -> HttpResponse:
    """The cover sheet as PDF."""
    funnet = hent_ordre(request.user, ordre_id)
    return vis_pdf(trykk_forside(funnet), f"forside-{funnet.pk}.pdf")
