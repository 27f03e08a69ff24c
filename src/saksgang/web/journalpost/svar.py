"""Answering: the choices of Meny, and linking a letter as the answer to another (krav R-10.2.2.2)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from saksgang.kjerne.errors import Avvist, IkkeFunnet, UgyldigInndata
from saksgang.produksjon.commands import begynn_svar
from saksgang.sakarkiv.commands.besvarelse import knytt_svar, loes_svar
from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.queries.svar import besvarbare_rader, hent_svarlenke, mulige_besvarte, paabegynt_svar
from saksgang.sakarkiv.rules import Svarmaate
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import tillatte
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import legg_feil, omdiriger, vis
from saksgang.web.adgang import ansatt

from . import skjemaer
from .felles import data, skriving_url, url_for, utfoer
from .svaroversikt import SVARSLAG

MAATER = {slag: maate for maate, slag in SVARSLAG.items()}
FOELGER = {
    Svarmaate.ENDELIG: "{} avskrives når svaret er ferdigstilt. Til da står det «Under besvarelse».",
    Svarmaate.FORELOEPIG: "{} blir stående i Restanse. Når svaret er ferdigstilt, står datoen der.",
    Svarmaate.UTEN: "{} blir stående i Restanse, uten merke.",
    Svarmaate.NOTAT: "Svaret går til den som skrev {}.",
}


@ansatt
def besvarelse(request: HttpRequest, pk: int, maate: str) -> HttpResponse:
    """Make the answer in one of the ways of Meny, and open it. What one has begun is opened, not made again."""
    if maate not in MAATER:
        raise IkkeFunnet
    jp, valgt = saker.hent_journalpost_id(request.user, pk), MAATER[maate]
    rader = besvarbare_rader(request.user, jp, saker.mottakere(jp), tillatte(request.user, jp))
    if not rader:
        krev(request.user, Handling.BESVARE, jp)
    skjema = skjemaer.Besvarelse(data(request), maate=valgt, mottakere=rader)
    status = 200
    if request.method == "POST":
        status = 422
        if skjema.is_valid():
            if (paabegynt := paabegynt_svar(request.user, jp, valgt)) is not None:
                messages.info(request, f"Du har allerede begynt på svaret på {jp}.")
                return omdiriger(request, skriving_url(paabegynt))
            try:
                svar = begynn_svar(jp, valgt, av=request.user, **skjema.felter(rader))
            except (Avvist, UgyldigInndata) as feil:
                if not skjema.fields:
                    raise
                legg_feil(skjema, feil)
                status = feil.status
            else:
                messages.success(request, f"{svar} er opprettet. {FOELGER[valgt].format(jp)}")
                return omdiriger(request, skriving_url(svar))
    return vis(
        request,
        "web/journalpost/_handling.html",
        status=status,
        skjema=skjema,
        jp=jp,
        tittel=f"{valgt.label} – {jp}",
        knapp="Begynn på svaret",
        innledning=FOELGER[valgt].format(jp),
        tilbake=url_for(jp),
    )


@ansatt
def svarknytning(request: HttpRequest, pk: int) -> HttpResponse:
    """«Knytt som svar?»: choose which open letter of the case this one answers, and how."""
    jp = saker.hent_journalpost_id(request.user, pk)
    krev(request.user, Handling.KNYTTE_SVAR, jp)
    tilbud = {str(b.journalpost.pk): b for b in mulige_besvarte(request.user, jp)}
    if not tilbud:
        raise Avvist(f"{jp} kan ikke knyttes som svar: saken har ingen åpne brev du kan besvare.")
    skjema = skjemaer.Svarknytning(data(request), tilbud=tilbud.values())

    def kjoer(besvart: str, maate: str) -> Any:
        return knytt_svar(jp, tilbud[besvart].journalpost, maate=maate, av=request.user)

    return utfoer(
        request,
        jp,
        skjema,
        kjoer,
        tittel=f"Knytt {jp} som svar",
        knapp="Knytt som svar",
        melding=f"{jp} er knyttet som svar.",
        innledning="Avsenderen blir mottaker hvis den ikke er det.",
    )


@ansatt
def svarloesning(request: HttpRequest, lenke_id: int) -> HttpResponse:
    """Let a document no longer answer what it answers."""
    lenke = hent_svarlenke(request.user, lenke_id)
    krev(request.user, Handling.LOESE_SVAR, lenke.svar)
    return utfoer(
        request,
        lenke.svar,
        skjemaer.Bekreftelse(data(request)),
        lambda: loes_svar(lenke, av=request.user),
        tittel=f"Løs {lenke.svar} fra det den svarer på",
        knapp="Løs svaret",
        melding=f"{lenke.svar} er ikke lenger svar.",
        innledning="Dokumentet blir stående som et vanlig utkast. Ingenting avskrives når det ferdigstilles.",
    )
