"""Documents out and in again: checked out, checked in with a new file, given up, and taken back from who has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from saksgang.kjerne.errors import IkkeFunnet
from saksgang.produksjon.commands import angre_utsjekking, bryt_utsjekking, sjekk_inn, sjekk_ut
from saksgang.produksjon.commands.dav import lag_adresse
from saksgang.produksjon.queries.laas import laas_paa
from saksgang.produksjon.rules.laas import AAPNE_I
from saksgang.sakarkiv.queries import saker
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import omdiriger, vis
from saksgang.web.adgang import ansatt
from saksgang.web.journalpost.felles import data, utfoer

from .filer import med_fil

if TYPE_CHECKING:
    from saksgang.sakarkiv.models import Dokument


@ansatt
@require_POST
def redigering(request: HttpRequest, dokument_id: int) -> HttpResponse:
    """Make addresses for Word and LibreOffice, for this person and this document alone, and show them as links."""
    dokument = _hent(request, dokument_id, Handling.SJEKKE_UT)
    sti, microsoft, libreoffice = lag_adresse(dokument, av=request.user)
    adresse = request.build_absolute_uri(sti)
    svar = vis(
        request,
        "web/dokument/_redigering.html",
        tittel=f"Rediger «{dokument.tittel}»",
        dokument=dokument,
        jp=dokument.journalpost,
        aapne_i=AAPNE_I[microsoft],
        microsoft=f"{microsoft}:ofe|u|{adresse}",
        libreoffice=f"{libreoffice}:ofe|u|{adresse}",
        tilbake=reverse("journalpost-dokumenter", args=[dokument.journalpost_id]),
    )
    svar["Cache-Control"] = "no-store"
    return svar


class Innsjekking(forms.Form):
    fil = forms.FileField(label="Filen du har endret", allow_empty_file=True)


class Angring(forms.Form):
    """Only to be confirmed."""


class Brudd(forms.Form):
    begrunnelse = forms.CharField(label="Begrunnelse", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


def _hent(request: HttpRequest, dokument_id: int, handling: Handling) -> Dokument:
    dokument = saker.hent_dokument(request.user, dokument_id)
    if dokument.utgaatt_tid is not None:
        raise IkkeFunnet
    krev(request.user, handling, dokument.journalpost)
    return dokument


def _tilbake(request: HttpRequest, dokument: Dokument, melding: str) -> HttpResponse:
    """Back to the list of documents, where what comes next is to be found."""
    messages.success(request, melding)
    return omdiriger(request, reverse("journalpost-dokumenter", args=[dokument.journalpost_id]))


@ansatt
@require_POST
def utsjekking(request: HttpRequest, dokument_id: int) -> HttpResponse:
    """Check a document out."""
    dokument = _hent(request, dokument_id, Handling.SJEKKE_UT)
    sjekk_ut(dokument, av=request.user)
    return _tilbake(
        request, dokument, f"«{dokument.tittel}» er sjekket ut til deg. Last det ned, endre det, og sjekk det inn."
    )


@ansatt
def innsjekking(request: HttpRequest, dokument_id: int) -> HttpResponse:
    """Check it in again with the file that was changed."""
    dokument = _hent(request, dokument_id, Handling.SJEKKE_INN)
    return utfoer(
        request,
        dokument.journalpost,
        Innsjekking(data(request), request.FILES or None),
        lambda fil: med_fil(fil, sjekk_inn, dokument, av=request.user),
        tittel=f"Sjekk inn «{dokument.tittel}»",
        knapp="Sjekk inn",
        melding="Dokumentet er sjekket inn med ny versjon. De tidligere er beholdt.",
        med_fil=True,
        etter=lambda melding: _tilbake(request, dokument, melding),
    )


@ansatt
def angring(request: HttpRequest, dokument_id: int) -> HttpResponse:
    """Give up a document that is out with oneself."""
    dokument = _hent(request, dokument_id, Handling.ANGRE_UTSJEKKING)
    laas = laas_paa(dokument)
    i_program = laas is not None and laas.slag == "D"
    return utfoer(
        request,
        dokument.journalpost,
        Angring(data(request)),
        lambda: angre_utsjekking(dokument, av=request.user),
        tittel=f"Angre utsjekking av «{dokument.tittel}»",
        knapp="Angre utsjekking",
        melding="Utsjekkingen er angret. Dokumentet er som det var.",
        innledning=(
            "Det du ikke har lagret i Word eller LibreOffice, kan ikke lagres etterpå."
            if i_program
            else "Det du har endret i filen du lastet ned, blir ikke med. Andre kan skrive i dokumentet igjen."
        ),
        etter=lambda melding: _tilbake(request, dokument, melding),
    )


@ansatt
def brudd(request: HttpRequest, dokument_id: int) -> HttpResponse:
    """Take a document back from the one who has it, with the reason."""
    dokument = _hent(request, dokument_id, Handling.BRYTE_UTSJEKKING)
    laas = laas_paa(dokument)
    return utfoer(
        request,
        dokument.journalpost,
        Brudd(data(request)),
        lambda begrunnelse: bryt_utsjekking(dokument, begrunnelse, av=request.user),
        tittel=f"Bryt utsjekking av «{dokument.tittel}»",
        knapp="Bryt utsjekking",
        melding="Utsjekkingen er brutt. Den som hadde dokumentet, får varsel.",
        innledning=(
            f"Dokumentet er hos {laas.bruker.navn}. Endringer som ikke er sjekket inn eller lagret, blir ikke med."
            if laas is not None
            else ""
        ),
        etter=lambda melding: _tilbake(request, dokument, melding),
    )
