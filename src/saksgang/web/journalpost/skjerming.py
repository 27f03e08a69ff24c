"""Grading: one page that says what will happen. SB raises, the leader decides, the archive proposes (A-09)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from saksgang.kjerne.errors import IkkeTilgang
from saksgang.offentlighet.commands import (
    avgjoer_skjerming,
    foreslaa_skjerming,
    sett_skjerming,
    sperr_midlertidig,
)
from saksgang.offentlighet.queries import vurderinger
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.queries import saker
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import tillatte
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import vis
from saksgang.web.adgang import ansatt

from . import skjemaer
from .felles import data, utfoer

H = Handling
AVGJOER, SETT, FORESLAA = "avgjoerelse", "", "forslag"

_ORD = {
    AVGJOER: (
        "Avgjør gradering av {jp}",
        "Avgjør",
        "Graderingen av {jp} er avgjort.",
        "Du avgjør graderingen som leder. Den gjelder straks. En sperring (XX) eller et forslag er dermed besvart, og "
        "journalposten kan komme på postlista.",
    ),
    SETT: (
        "Gradering av {jp}",
        "Lagre",
        "Graderingen av {jp} er behandlet.",
        "Setter eller hever du skjermingen, gjelder den straks, og lederen får beskjed. Senker du den, blir det et "
        "forslag som lederen avgjør.",
    ),
    FORESLAA: (
        "Foreslå gradering av {jp}",
        "Send forslag",
        "Forslaget til gradering av {jp} er sendt til lederen.",
        "Forslaget går til lederen. Til det er avgjort, er journalposten ikke på postlista.",
    ),
}


def av_skjema(felter: dict[str, Any]) -> Skjerming:
    """Return the code with what belongs to it, out of a form's cleaned data."""
    return Skjerming(
        kode=felter.get("tilgangskode"),
        avskjerming=felter.get("avskjermingskode"),
        hjemmel=felter.get("hjemmel"),
        gruppe=felter.get("tilgangsgruppe"),
    )


def _maate(request: HttpRequest, jp: Any) -> str:
    tillatt = tillatte(request.user, jp)
    if H.AVGJOERE_SKJERMING in tillatt:
        return AVGJOER
    if H.SKJERME in tillatt:
        return SETT
    if H.FORESLAA_SKJERMING in tillatt:
        return FORESLAA
    raise IkkeTilgang(f"Du kan ikke endre graderingen av {jp}. Spør saksbehandler eller leder.")


@ansatt
def skjerming(request: HttpRequest, pk: int, maate: str | None = None) -> HttpResponse:
    """Grade; the address of the decision refuses everybody but the leader and deputy (krav R-7.1.1.c)."""
    jp = saker.hent_journalpost_id(request.user, pk)
    if maate is None:
        maate = _maate(request, jp) if request.method != "POST" else SETT
    handling, kommando = {
        AVGJOER: (H.AVGJOERE_SKJERMING, avgjoer_skjerming),
        SETT: (H.SKJERME, sett_skjerming),
        FORESLAA: (H.FORESLAA_SKJERMING, foreslaa_skjerming),
    }[maate]
    krev(request.user, handling, jp)
    tittel, knapp, melding, innledning = (tekst.format(jp=jp) for tekst in _ORD[maate])
    navn = f"journalpost-skjerming-{maate}" if maate else "journalpost-skjerming"

    def kjoer(merknad: str, **felter: Any) -> Any:
        return kommando(jp, av_skjema(felter), merknad, av=request.user)

    return utfoer(
        request,
        jp,
        skjemaer.Skjermingsvurdering(data(request), initial=_initial(jp, maate)),
        kjoer,
        mal="web/journalpost/_skjerming.html",
        tittel=tittel,
        knapp=knapp,
        melding=melding,
        innledning=innledning,
        handling_url=reverse(navn, args=[jp.pk]),
        vurderinger=list(vurderinger(jp)[:5]),
        maate=maate,
    )


def _initial(jp: Any, maate: str) -> dict[str, Any]:
    if maate == AVGJOER and jp.forslag_aapent:
        siste = next((v for v in vurderinger(jp) if v.art == "forslag"), None)
        if siste is not None:
            return {
                "tilgangskode": siste.kode_id,
                "avskjermingskode": siste.avskjermingskode_id,
                "hjemmel": siste.hjemmel_id,
                "tilgangsgruppe": siste.gruppe_id,
            }
    xx = jp.tilgangskode is not None and jp.tilgangskode.er_xx
    return {
        "tilgangskode": None if xx else jp.tilgangskode_id,
        "avskjermingskode": jp.avskjermingskode_id,
        "hjemmel": jp.hjemmel_id,
        "tilgangsgruppe": jp.tilgangsgruppe_id,
    }


@ansatt
@require_safe
def skjermingsfelter(request: HttpRequest) -> HttpResponse:
    """The fields again for the code that is chosen now: its hjemler, or none for «Offentlig» and XX."""
    skjema = skjemaer.Skjerming(initial=request.GET.dict(), med_xx="med_xx" in request.GET)
    return vis(request, "web/journalpost/_skjermingsfelter.html", skjema=skjema, tittel="Skjerming")


@ansatt
def sperring(request: HttpRequest, pk: int) -> HttpResponse:
    """Block with XX while the grading is assessed."""
    jp = saker.hent_journalpost_id(request.user, pk)
    krev(request.user, H.MIDLERTIDIG_SPERRE, jp)
    return utfoer(
        request,
        jp,
        skjemaer.Sperring(data(request)),
        lambda merknad: sperr_midlertidig(jp, merknad, av=request.user),
        tittel=f"Sperr {jp} midlertidig (XX)",
        knapp="Sperr",
        melding=f"{jp} er sperret med XX.",
        varsel="Bare saksbehandler, saksansvarlig, leder, stedfortreder og arkivet kan åpne den. Den er straks ute av "
        "postlista, og lederen har tre virkedager på å avgjøre graderingen.",
    )
