"""Flags, and the notifications behind the bell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saksgang.flyt.commands import (
    behandle_flagg,
    besvar_flagg,
    bruk_foreslaatt_tittel,
    fordel_paa_nytt,
    les_alle_varsler,
    les_flagg,
    les_varsel,
)
from saksgang.flyt.queries import er_mottaker, hent_flagg, hent_varsel, kan_svare, runde_for_flagg, varsler
from saksgang.flyt.rules import KOEKURVER, Aarsak, Flaggtype
from saksgang.kjerne.errors import Avvist, IkkeFunnet
from saksgang.kjerne.sider import Orden, bla
from saksgang.sakarkiv.queries import saker
from saksgang.tilgang.queries import kan
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import innsendt, omdiriger, oppdater, proev, vis, vis_side
from saksgang.web import adresser
from saksgang.web.adgang import Forespoersel, ansatt
from saksgang.web.arbeidsbord.views import vis_liste
from saksgang.web.flagg.forms import Behandlingsskjema, Omfordelingsskjema, Svarskjema
from saksgang.web.kurver import FANER, finn_kurv, tall_for

if TYPE_CHECKING:
    from saksgang.flyt.models import Flagg

GET_OG_POST = require_http_methods(["GET", "POST"])
SIDE = 50


def _faner(request: Forespoersel, aktiv: str) -> list[dict[str, Any]]:
    aapne = {"navn": "Åpne", "url": "/flagg/", "antall": tall_for(request)["flagg"], "aktiv": aktiv == "flagg"}
    return [aapne, *({"navn": k.navn, "url": k.url, "antall": None, "aktiv": k.noekkel == aktiv} for k in FANER)]


@ansatt
@require_safe
def flagg(request: Forespoersel) -> HttpResponse:
    """The basket «Flagg»: open messages to me (krav C.4)."""
    return vis_liste(request, finn_kurv(request.user, "flagg"), faner=_faner(request, "flagg"))


@ansatt
@require_safe
def behandlet(request: Forespoersel) -> HttpResponse:
    """Handled flags: never deleted (krav R-C.2)."""
    return vis_liste(request, FANER[0], faner=_faner(request, "behandlet"))


@ansatt
@require_safe
def sendt(request: Forespoersel) -> HttpResponse:
    """What I have sent, with what became of it."""
    return vis_liste(request, FANER[1], faner=_faner(request, "sendt"))


@ansatt
@require_safe
def ett_flagg(request: Forespoersel, flagg_id: int) -> HttpResponse:
    """One flag: text, what it is about, and its receiver's acts. Opening it marks it read."""
    funnet = les_flagg(hent_flagg(request.user, flagg_id), av=request.user)
    return vis_side(
        request,
        "web/flagg/flagg.html",
        "web/flagg/_flagg.html",
        tilbake=_hjem(funnet),
        **_om(request, hent_flagg(request.user, funnet.pk)),
    )


def _om(request: Forespoersel, funnet: Flagg) -> dict[str, Any]:
    jp = funnet.journalpost
    mine = funnet.er_aapent and er_mottaker(funnet, request.user) and funnet.type != Flaggtype.TIL_GODKJENNING
    runde = runde_for_flagg(funnet) if funnet.type != Flaggtype.BESKJED else None
    return {
        "flagg": funnet,
        "runde_url": adresser.godkjenning_url(runde) if runde else "",
        "kan_svare": runde is not None and kan_svare(runde, request.user),
        "tittel": f"Flagg om {funnet.objekt}",
        "objekt_url": adresser.journalpost_url(jp) if jp else adresser.sak_url(funnet.sak),
        "objekttittel": funnet.objekt.tittel,
        "ser_maalsak": funnet.maalsak is not None and kan(request.user, Handling.LESE_SAK, funnet.maalsak),
        "kan_behandle": mine,
        "kan_besvare": mine and funnet.fra_id != request.user.pk,
        "kan_bruke_tittel": mine
        and funnet.aarsak == Aarsak.TITTEL
        and kan(request.user, Handling.BRUKE_TITTELFORSLAG, funnet),
        "kan_fordele": mine
        and funnet.aarsak == Aarsak.FEILDISTRIBUERT
        and jp is not None
        and kan(request.user, Handling.FORDELE, jp),
    }


def _hjem(funnet: Flagg) -> str:
    if funnet.til_bruker_id is not None:
        return "/flagg/"
    return next((adresser.liste_url(navn) for navn, aarsaker in KOEKURVER.items() if funnet.aarsak in aarsaker), "/")


def _ferdig(request: Forespoersel, funnet: Flagg, melding: str) -> HttpResponse:
    """Back to the list: the row leaves it, and the counts follow."""
    hvor = request.htmx.current_url_abs_path or "" if getattr(request, "htmx", None) else ""
    if hvor and not hvor.startswith(adresser.flagg_url(funnet)):
        return oppdater("liste-endret", melding)
    messages.success(request, melding)
    return omdiriger(request, _hjem(funnet))


def _med_skjema(
    request: Forespoersel, funnet: Flagg, skjema: forms.Form, kjoer: Callable[..., Any], melding: str, **kontekst: Any
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        _, status = proev(skjema, lambda felter: kjoer(**felter))
        if status == 200:
            return _ferdig(request, funnet, melding)
    return vis(
        request, "web/flagg/_handling.html", status=status, skjema=skjema, flagg=funnet,
        tilbake=adresser.flagg_url(funnet), **kontekst,
    )  # fmt: skip


@ansatt
@GET_OG_POST
def svar(request: Forespoersel, flagg_id: int) -> HttpResponse:
    """Answer: a flag back to the sender; the first is handled."""
    funnet = hent_flagg(request.user, flagg_id)
    return _med_skjema(
        request, funnet, Svarskjema(innsendt(request)), lambda tekst: besvar_flagg(funnet, tekst, av=request.user),
        f"Svaret er sendt til {funnet.fra.navn}.", tittel=f"Svar {funnet.fra.navn}", knapp="Send svar",
    )  # fmt: skip


@ansatt
@GET_OG_POST
def behandling(request: Forespoersel, flagg_id: int) -> HttpResponse:
    """Mark as handled, with a remark if wanted."""
    funnet = hent_flagg(request.user, flagg_id)
    return _med_skjema(
        request, funnet, Behandlingsskjema(innsendt(request)),
        lambda tekst: behandle_flagg(funnet, tekst=tekst, av=request.user),
        f"Flagget om {funnet.objekt} er behandlet.", tittel="Marker som behandlet", knapp="Marker som behandlet",
    )  # fmt: skip


@ansatt
@require_POST
def tittel(request: Forespoersel, flagg_id: int) -> HttpResponse:
    """«Bruk»: give the object the proposed title (krav R-10.1.4b)."""
    funnet = hent_flagg(request.user, flagg_id)
    bruk_foreslaatt_tittel(funnet, av=request.user)
    return _ferdig(request, funnet, f"{funnet.objekt} har fått ny tittel.")


@ansatt
@GET_OG_POST
def fordeling(request: Forespoersel, flagg_id: int) -> HttpResponse:
    """Give a misdistributed letter to somebody else and handle the flag, in one act (krav R-10.1.2b)."""
    funnet = hent_flagg(request.user, flagg_id)
    if funnet.journalpost is None:
        raise IkkeFunnet
    mottakere = [m for m in saker.mottakere(funnet.journalpost) if m.avskrivning_id is None]
    if not mottakere:
        raise Avvist(f"{funnet.journalpost} er avskrevet og kan ikke fordeles på nytt.")

    def kjoer(mottaker: Any, saksbehandler: Any) -> None:
        fordel_paa_nytt(funnet, mottaker, saksbehandler, av=request.user)

    return _med_skjema(
        request, funnet, Omfordelingsskjema(innsendt(request), mottakere=mottakere), kjoer,
        f"{funnet.objekt} er fordelt på nytt.", tittel=f"Fordel {funnet.objekt} på nytt", knapp="Fordel",
    )  # fmt: skip


@ansatt
@require_safe
def varsler_(request: Forespoersel) -> HttpResponse:
    """What has happened to things that concern me, the newest first."""
    side = bla(
        varsler(request.user),
        Orden(("tid",), synkende=True),
        etter=request.GET.get("etter", ""),
        foer=request.GET.get("foer", ""),
        antall=SIDE,
    )
    return vis_side(
        request,
        "web/flagg/varsler.html",
        "web/flagg/_varsler.html",
        varsler=side.rader,
        forrige=f"/varsler/?foer={side.forrige}" if side.forrige else "",
        neste=f"/varsler/?etter={side.neste}" if side.neste else "",
    )


@ansatt
@require_POST
def varsel_lest(request: Forespoersel, varsel_id: int) -> HttpResponse:
    """Mark one as read, and go to what it is about."""
    varsel = les_varsel(hent_varsel(request.user, varsel_id), av=request.user)
    if varsel.journalpost_id is not None:
        jp = saker.hent_journalpost_id(request.user, varsel.journalpost_id)
        return omdiriger(request, adresser.journalpost_url(jp))
    return omdiriger(request, adresser.sak_url(saker.hent_sak_id(request.user, varsel.sak_id)))


@ansatt
@require_POST
def varsler_lest(request: Forespoersel) -> HttpResponse:
    """Mark all as read."""
    les_alle_varsler(av=request.user)
    messages.success(request, "Alle varsler er merket som lest.")
    return omdiriger(request, "/varsler/")
