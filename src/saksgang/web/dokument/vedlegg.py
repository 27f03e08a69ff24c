"""Attachments that are no upload: linked from another journalpost, or made from a template (krav R-10.2.2.4a)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from saksgang.kjerne.errors import Avvist, IkkeFunnet, UgyldigInndata
from saksgang.produksjon.commands import lag_dokument
from saksgang.produksjon.queries.maler import hent_brukbar, maler_for
from saksgang.sakarkiv.commands.lenke import lenk_dokumenter
from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.queries.lenker import hent_lenkbare, lenkbare
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import omdiriger, vis_side
from saksgang.web.adgang import ansatt
from saksgang.web.journalpost.felles import data, url_for, utfoer

if TYPE_CHECKING:
    from saksgang.sakarkiv.models import Journalpost

MAKS_SOEK = 100


def _til_dokumentene(request: HttpRequest, jp: Journalpost, melding: str) -> HttpResponse:
    messages.success(request, melding)
    return omdiriger(request, reverse("journalpost-dokumenter", args=[jp.pk]))


@ansatt
def lenking(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose documents of other journalposter to be attachments of this one; ?q looks for them."""
    jp = saker.hent_journalpost_id(request.user, pk)
    krev(request.user, Handling.LEGGE_VED, jp)
    tekst = (request.POST.get("q") or request.GET.get("q", "")).strip()[:MAKS_SOEK]
    valgte = [int(v) for v in request.POST.getlist("dokument") if v.isdigit()]
    feil: list[str] = []
    status = 200
    if request.method == "POST":
        kilder = hent_lenkbare(request.user, valgte)
        if len(kilder) != len(set(valgte)):
            raise IkkeFunnet
        try:
            nye = lenk_dokumenter(jp, kilder, av=request.user)
        except (Avvist, UgyldigInndata) as avvist:
            feil, status = avvist.setninger, avvist.status
        else:
            melding = "Vedlegget er lenket." if len(nye) == 1 else f"{len(nye)} vedlegg er lenket."
            return _til_dokumentene(request, jp, melding)
    return vis_side(
        request,
        "web/dokument/lenking.html",
        "web/dokument/_lenking.html",
        status=status,
        jp=jp,
        q=tekst,
        valg=lenkbare(request.user, jp, tekst),
        valgte=valgte,
        feil=feil,
        tilbake=reverse("journalpost-dokumenter", args=[jp.pk]),
        jp_url=url_for(jp),
    )


class FraMal(forms.Form):
    """Which template, and what the attachment is called."""

    mal = forms.TypedChoiceField(label="Tekstmal", coerce=int)
    tittel = forms.CharField(label="Tittel", max_length=300, required=False, help_text="Tom: malens navn.")

    def __init__(self, *args: object, jp: Journalpost, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["mal"].choices = [  # type: ignore[attr-defined]
            (mal.pk, f"{mal.navn} ({mal.get_spraak_display()})") for mal in maler_for(jp.journalposttype)
        ]


@ansatt
def fra_mal(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the next document from a template, with the journalpost's facts in it."""
    jp = saker.hent_journalpost_id(request.user, pk)
    krev(request.user, Handling.LEGGE_VED, jp)
    return utfoer(
        request,
        jp,
        FraMal(data(request), jp=jp),
        lambda mal, tittel: lag_dokument(jp, hent_brukbar(mal, jp.journalposttype), tittel=tittel, av=request.user),
        tittel=f"Lag fra tekstmal på {jp}",
        knapp="Lag dokument",
        melding="Dokumentet er laget.",
        etter=lambda melding: _til_dokumentene(request, jp, melding),
        innledning="Dokumentet får opplysningene fra journalposten og legges bakerst.",
    )
