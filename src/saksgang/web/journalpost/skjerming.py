"""Grading: one page that says what will happen. SB raises, the leader decides, the archive proposes (A-09)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from saksgang.kjerne import klokke
from saksgang.kjerne.arbeidsdager import legg_til_arbeidsdager
from saksgang.kjerne.errors import IkkeTilgang
from saksgang.offentlighet.commands import (
    Forhaandsvisning,
    avgjoer_skjerming,
    foreslaa_skjerming,
    forhaandsvis,
    merk_inntruffet,
    sett_skjerming,
    sperr_midlertidig,
)
from saksgang.offentlighet.queries import er_foreslaatt, opphoer, opphoersforslag, vurderinger
from saksgang.offentlighet.rules import foreslaatte_ord, skjerm_ord, skjermede_ord
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.queries import saker
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import tillatte
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import vis
from saksgang.web.adgang import ansatt
from saksgang.web.sladding.views import begynn_etter_gradering

from . import skjemaer
from .felles import data, ferdig, utfoer

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
        meroffentlighet=felter.get("meroffentlighet", ""),
        delvis=bool(felter.get("delvis")),
        opphoerer=felter.get("opphoerer"),
        opphoer_hendelse=felter.get("opphoer_hendelse"),
    )


def _med_ord(jp: Any, felter: dict[str, Any]) -> Skjerming:
    """Return the grading with the public title that the marked words leave; no words: the whole title is hidden."""
    skjerming = av_skjema(felter)
    avskjerming = skjerming.avskjerming
    if not felter.get("ordvalg") or avskjerming is None or not avskjerming.skjermer_tittel:
        return skjerming
    ord_ = felter.get("skjermet_ord") or []
    return replace(skjerming, offentlig_tittel=skjerm_ord(jp.tittel, ord_) if ord_ else "")


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
        return kommando(jp, _med_ord(jp, felter), merknad, av=request.user)

    foreslaas = maate == FORESLAA
    skjema = skjemaer.Skjermingsvurdering(
        data(request), initial=_initial(jp, maate), tittel=jp.tittel, foreslaas=foreslaas
    )
    return utfoer(
        request,
        jp,
        skjema,
        kjoer,
        mal="web/journalpost/_skjerming.html",
        tittel=tittel,
        knapp=knapp,
        melding=melding,
        innledning=innledning,
        handling_url=reverse(navn, args=[jp.pk]),
        vurderinger=list(vurderinger(jp)[:5]),
        etter=lambda melding: _videre(request, jp, skjema, melding),
        maate=maate,
        alle_felter=not request.htmx,
        visning=_visning(jp, skjema),
    )


def _videre(request: HttpRequest, jp: Any, skjema: skjemaer.Skjermingsvurdering, melding: str) -> HttpResponse:
    """Go on to the redacting of the main document where the rest of it can be given, else back (krav R-7.1.1.f)."""
    kode = skjema.cleaned_data.get("tilgangskode")
    if not skjema.cleaned_data.get("delvis") or kode is None or kode.er_xx:
        return ferdig(request, jp, melding)
    return begynn_etter_gradering(request, jp, melding)


def _visning(jp: Any, skjema: skjemaer.Skjermingsvurdering) -> Forhaandsvisning:
    """Return what the choices in the form would leave, also before they are complete."""
    koder = {navn: _valgt(skjema, navn) for navn in ("tilgangskode", "avskjermingskode", "hjemmel", "tilgangsgruppe")}
    if koder["tilgangskode"] is None:
        koder = dict.fromkeys(koder)
    merket = {int(verdi) for verdi in skjema["skjermet_ord"].value() or () if str(verdi).isdigit()}
    offentlig_tittel = skjerm_ord(jp.tittel, merket) if merket else ""
    return forhaandsvis(jp, av_skjema(koder), offentlig_tittel=offentlig_tittel)


def _valgt(skjema: skjemaer.Skjermingsvurdering, navn: str) -> Any:
    verdi = skjema[navn].value()
    pk = str(getattr(verdi, "pk", verdi) or "")
    return skjema.fields[navn].queryset.filter(pk=pk).first() if pk.isdigit() else None


@ansatt
@require_safe
def skjermingsvisning(request: HttpRequest, pk: int) -> HttpResponse:
    """«Slik ser det ut for publikum», and who can read, for the choices as they stand in the form now."""
    jp = saker.hent_journalpost_id(request.user, pk)
    _maate(request, jp)
    skjema = skjemaer.Skjermingsvurdering(initial=_fra_get(request), tittel=jp.tittel)
    return vis(
        request,
        "web/journalpost/_skjermingsvisning.html",
        visning=_visning(jp, skjema),
        jp=jp,
        tittel="Slik ser det ut for publikum",
    )


@ansatt
@require_safe
def skjermingsvalg(request: HttpRequest, pk: int) -> HttpResponse:
    """The fields of the dialog again for the code and the avskjermingskode that are chosen now."""
    jp = saker.hent_journalpost_id(request.user, pk)
    maate = _maate(request, jp)
    felter = _fra_get(request)
    if not felter["ordvalg"]:
        felter["skjermet_ord"] = _merket(jp.tittel, jp.offentlig_tittel)
    felter |= _opphoer_av_hjemmel(jp, felter)
    skjema = skjemaer.Skjermingsvurdering(initial=felter, tittel=jp.tittel, foreslaas=maate == FORESLAA)
    svar = vis(request, "web/journalpost/_skjermingsfelter.html", skjema=skjema, jp=jp, tittel="Skjerming")
    svar["HX-Trigger-After-Settle"] = "skjerming-endret"
    return svar


def _opphoer_av_hjemmel(jp: Any, felter: dict[str, Any]) -> dict[str, Any]:
    """Return the end that the chosen hjemmel suggests, in place of what another one did; what is written stands."""
    valg = skjemaer.Skjermingsvurdering(initial=felter, tittel=jp.tittel)
    hjemmel = _valgt(valg, "hjemmel")
    dato, hendelse = opphoersforslag(hjemmel, jp.dokumentdato) if hjemmel is not None else (None, "")
    ny_dato, ny_hendelse = er_foreslaatt(
        jp.dokumentdato, str(felter.get("opphoerer") or ""), str(felter.get("opphoer_hendelse") or "")
    )
    ut: dict[str, Any] = {}
    if ny_dato:
        ut["opphoerer"] = dato.isoformat() if dato is not None else ""
    if ny_hendelse:
        ut["opphoer_hendelse"] = hendelse
    return ut


def _fra_get(request: HttpRequest) -> dict[str, Any]:
    return request.GET.dict() | {
        "skjermet_ord": request.GET.getlist("skjermet_ord"),
        "ordvalg": bool(request.GET.get("ordvalg")),
    }


def _merket(tittel: str, offentlig_tittel: str) -> list[int]:
    """Return the words that are marked from the start: those hidden now, else those that look like a name."""
    return sorted(skjermede_ord(tittel, offentlig_tittel) if offentlig_tittel else foreslaatte_ord(tittel))


def _initial(jp: Any, maate: str) -> dict[str, Any]:
    if maate == AVGJOER and jp.forslag_aapent:
        siste = next((v for v in vurderinger(jp) if v.art == "forslag"), None)
        if siste is not None:
            return {
                "tilgangskode": siste.kode_id,
                "avskjermingskode": siste.avskjermingskode_id,
                "hjemmel": siste.hjemmel_id,
                "tilgangsgruppe": siste.gruppe_id,
                "skjermet_ord": _merket(jp.tittel, siste.offentlig_tittel or jp.offentlig_tittel),
                "opphoerer": siste.opphoerer,
                "opphoer_hendelse": siste.opphoer_hendelse,
            }
    xx = jp.tilgangskode is not None and jp.tilgangskode.er_xx
    slutt = opphoer(jp)
    gjelder = slutt is not None and (slutt.ender is None or slutt.ender > klokke.idag())
    return {
        "tilgangskode": None if xx else jp.tilgangskode_id,
        "avskjermingskode": jp.avskjermingskode_id,
        "hjemmel": jp.hjemmel_id,
        "tilgangsgruppe": jp.tilgangsgruppe_id,
        "meroffentlighet_vurdert": bool(jp.meroffentlighet),
        "meroffentlighet": jp.meroffentlighet,
        "skjermet_ord": _merket(jp.tittel, jp.offentlig_tittel),
        "opphoerer": slutt.dato if gjelder else None,
        "opphoer_hendelse": slutt.hendelse if gjelder else "",
    }


@ansatt
@require_safe
def skjermingsfelter(request: HttpRequest) -> HttpResponse:
    """The fields again for the code that is chosen now: its hjemler, or none for «Offentlig» and XX."""
    arkiv = "med_xx" in request.GET
    skjema = skjemaer.Skjerming(initial=request.GET.dict(), med_xx=arkiv, foreslaas=arkiv)
    return vis(request, "web/journalpost/_skjermingsfelter.html", skjema=skjema, tittel="Skjerming")


@ansatt
def sperring(request: HttpRequest, pk: int) -> HttpResponse:
    """Block with XX while the grading is assessed."""
    jp = saker.hent_journalpost_id(request.user, pk)
    krev(request.user, H.MIDLERTIDIG_SPERRE, jp)
    frist = legg_til_arbeidsdager(klokke.idag(), settings.FRIST_XX)
    return utfoer(
        request,
        jp,
        skjemaer.Sperring(data(request)),
        lambda merknad: sperr_midlertidig(jp, merknad, av=request.user),
        tittel=f"Sperr {jp} midlertidig (XX)",
        knapp="Sperr",
        melding=f"{jp} er sperret med XX.",
        varsel="Bare saksbehandler, saksansvarlig, leder, stedfortreder og arkivet kan åpne den. Den er straks ute av "
        f"postlista. Lederens frist for å avgjøre graderingen er {frist:%d.%m.%Y}.",
    )


@ansatt
def opphoert(request: HttpRequest, pk: int) -> HttpResponse:
    """«Hendelsen har inntruffet»: lifting the grading is proposed to the leader."""
    jp = saker.hent_journalpost_id(request.user, pk)
    krev(request.user, H.MERKE_OPPHOER, jp)
    slutt = opphoer(jp)
    hendelse = slutt.hendelse if slutt is not None and slutt.hendelse else "en hendelse"
    return utfoer(
        request,
        jp,
        forms.Form(data(request)),
        lambda: merk_inntruffet(jp, av=request.user),
        tittel=f"Hendelsen har inntruffet: {jp}",
        knapp="Hendelsen har inntruffet",
        melding=f"Lederen er bedt om å avgjøre om graderingen av {jp} oppheves.",
        innledning=f"Graderingen gjelder til {hendelse}. Er det skjedd, foreslås det for lederen å oppheve den. "
        "Journalposten er skjermet til lederen har avgjort.",
    )
