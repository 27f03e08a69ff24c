"""The arbeidsbord: the baskets' lists, and one's own choices about the pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from saksgang.kjerne import klokke
from saksgang.kjerne.sider import bla
from saksgang.offentlighet.queries.udekket import udekket_for, udekket_i_alt
from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.rules import Fristnivaa, Saksstatus
from saksgang.tilgang.commands import velg_utseende
from saksgang.tilgang.queries import hent_bruker, hindringer
from saksgang.ui.feilsider import vil_ha_json
from saksgang.ui.vis import omdiriger, vis, vis_side
from saksgang.web.adgang import Forespoersel, ansatt
from saksgang.web.arbeidsbord.forms import Utseendeskjema
from saksgang.web.arbeidsbord.rader import GRUPPER, Rad
from saksgang.web.arbeidsbord.utfoer import kurv_med
from saksgang.web.kurver import FANER, Kurv, finn_kurv, kurver_for, tall_for

SIDE = 50
ROEDE = (GRUPPER[Fristnivaa.FORFALT], GRUPPER[Fristnivaa.SNART])


@ansatt
@require_safe
def arbeidsbord(request: Forespoersel) -> HttpResponse:
    """The first basket with something in it, or the first of all."""
    egne = kurver_for(request.user)
    antall = tall_for(request)
    foerst = sorted(egne, key=lambda kurv: kurv.gruppe != "arkiv")
    kurv = next((k for k in foerst if antall[k.noekkel]), egne[0])
    return vis_liste(request, kurv)


@ansatt
@require_safe
def liste(request: Forespoersel, noekkel: str) -> HttpResponse:
    """One work list (krav C.4), as page, fragment or JSON."""
    return vis_liste(request, finn_kurv(request.user, noekkel))


def vis_liste(request: Forespoersel, kurv: Kurv, *, faner: list[dict[str, Any]] | None = None) -> HttpResponse:
    """Show a page of a list in the three-pane arbeidsbord."""
    request.aktiv_kurv = "flagg" if kurv in FANER else kurv.noekkel
    orden_navn = request.GET.get("sortering", "")
    if orden_navn not in kurv.ordener:
        orden_navn = next(iter(kurv.ordener))
    sokt = request.GET.get("filter", "").strip()[:100]
    alle = kurv.liste(request.user)
    utvalg = kurv.med_ord(alle, sokt) if sokt else alle
    side = bla(
        kurv.felter.hent(utvalg) if kurv.felter else utvalg,
        kurv.ordener[orden_navn][1],
        etter=request.GET.get("etter", ""),
        foer=request.GET.get("foer", ""),
        antall=SIDE,
    )
    rader = kurv.rader(side.rader, request.user, klokke.idag())
    antall = tall_for(request)
    utenfor = {"sortering": request.GET.get("sortering", ""), "filter": sokt}

    def adresse(**bytt: str) -> str:
        valg = {navn: verdi for navn, verdi in {**utenfor, **bytt}.items() if verdi}
        return f"{kurv.url}?{urlencode(valg)}" if valg else kurv.url

    forrige = adresse(foer=side.forrige) if side.forrige else ""
    neste = adresse(etter=side.neste) if side.neste else ""
    i_kurven = antall.get(kurv.noekkel)
    if vil_ha_json(request):
        return JsonResponse(
            {
                "kurv": kurv.noekkel,
                "navn": kurv.navn,
                "antall": utvalg.count() if sokt or i_kurven is None else i_kurven,
                "ider": list(utvalg.values_list("pk", flat=True)),
                "rader": [rad.som_data() for rad in rader],
                "forrige": forrige,
                "neste": neste,
            },
            json_dumps_params={"ensure_ascii": False},
        )
    return vis_side(
        request,
        "web/arbeidsbord/side.html",
        "web/arbeidsbord/_liste.html",
        kurv=kurv,
        rader=_grupper(rader, kurv, antall, gruppert=orden_navn == "svarfrist" and not sokt),
        antall=i_kurven,
        velges=bool(kurv.knapper and rader),
        filtrert=sokt,
        udekket=_udekket(request, kurv),
        sortering=kurv.ordener[orden_navn][0],
        sorteringsverdi=utenfor["sortering"],
        ordener=[
            {"navn": tekst, "url": adresse(sortering=navn), "aktiv": navn == orden_navn}
            for navn, (tekst, _) in kurv.ordener.items()
        ],
        uten_filter=adresse(filter=""),
        forrige=forrige,
        neste=neste,
        faner=faner,
        her=request.get_full_path(),
        klarhet_url=f"{kurv.url}klarhet/?{request.GET.urlencode()}" if kurv.noekkel == "oenskes-avsluttet" else "",
        avsluttede_url=f"{reverse('saker')}?avsluttede=1" if kurv.noekkel == "mine-saker" else "",
        krav_url=reverse("innsynskrav") if kurv.noekkel in ("innsynskrav", "innsyn-til-vurdering") else "",
        nytt_krav_url=reverse("innsynskrav-ny") if kurv.noekkel == "innsynskrav" else "",
    )


def _udekket(request: Forespoersel, kurv: Kurv) -> int:
    """Return how many coded documents wait for a leader who is away, and no one present may see (krav C.0)."""
    if kurv.noekkel in ("til-fordeling", "midlertidig-sperret", "til-godkjenning"):
        return udekket_for(request.user)
    return udekket_i_alt() if kurv.noekkel in ("til-journalfoering", "xx-over-frist") else 0


def _grupper(rader: list[Rad], kurv: Kurv, antall: dict[str, int], *, gruppert: bool) -> list[dict[str, Any]]:
    """Return the rows in groups of urgency, where the list has them; else one group without a head."""
    if not gruppert or not any(rad.gruppe for rad in rader):
        return [{"navn": "", "rader": rader}]
    forfalt, roede = antall[f"{kurv.noekkel}.forfalt"], antall[f"{kurv.noekkel}.haster"]
    i_gruppen = dict(zip(GRUPPER.values(), (forfalt, roede - forfalt, antall[kurv.noekkel] - roede), strict=True))
    ut: list[dict[str, Any]] = []
    for rad in rader:
        if not ut or ut[-1]["navn"] != rad.gruppe:
            ikon = {ROEDE[0]: "ExclamationmarkTriangle", ROEDE[1]: "Clock"}.get(rad.gruppe, "")
            ut.append({"navn": rad.gruppe, "rader": [], "antall": i_gruppen[rad.gruppe], "ikon": ikon})
        ut[-1]["rader"].append(rad)
    return ut


@ansatt
@require_safe
def sak_forhaand(request: Forespoersel, sak_id: int) -> HttpResponse:
    """A case in the right pane: its facts and journalposter, and for a wish to close what stands in the way."""
    sak = saker.hent_sak_id(request.user, sak_id)
    oenske = saker.oenske_om_avslutning(sak)
    return vis(
        request,
        "web/arbeidsbord/_sak.html",
        sak=sak,
        tittel=f"{sak.saksnummer} {sak.tittel}",
        oenske=oenske,
        mangler=hindringer(sak, Saksstatus.AVSLUTTET, request.user) if oenske else [],
        journalposter=saker.journalposter_i_sak(request.user, sak)[:SIDE],
        obsdatoer=[obs for obs in saker.obsdatoer(sak) if obs.utfoert_tid is None],
    )


@ansatt
@require_safe
def klarhet(request: Forespoersel, noekkel: str) -> HttpResponse:
    """Whether each case on this page of «Ønskes avsluttet» is ready, and what it lacks (krav R-10.2.1.3b)."""
    kurv = kurv_med(request, noekkel, "avslutning")
    orden = kurv.ordener.get(request.GET.get("sortering", ""), next(iter(kurv.ordener.values())))[1]
    side = bla(
        kurv.liste(request.user), orden, etter=request.GET.get("etter", ""), foer=request.GET.get("foer", ""),
        antall=SIDE,
    )  # fmt: skip
    return vis_side(
        request,
        "web/arbeidsbord/klarhet.html",
        "web/arbeidsbord/_klarhet.html",
        tittel="Klare til avslutning",
        saker=[(sak, hindringer(sak, Saksstatus.AVSLUTTET, request.user)) for sak in side.rader],
        tilbake=kurv.url,
    )


@ansatt
@require_http_methods(["GET", "POST"])
def utseende(request: Forespoersel) -> HttpResponse:
    """Colour scheme, and single-letter keys on or off."""
    bruker = request.user
    foer = {"fargevalg": bruker.fargevalg, "hurtigtaster": bruker.hurtigtaster}
    skjema = Utseendeskjema(request.POST or None, initial=foer)
    if request.method == "POST" and skjema.is_valid():
        velg_utseende(hent_bruker(bruker.pk), av=bruker, **skjema.cleaned_data)
        messages.success(request, "Valgene er lagret.")
        return omdiriger(request, request.path)
    return vis(
        request, "web/arbeidsbord/_utseende.html", skjema=skjema, tittel="Utseende og hurtigtaster",
        status=422 if skjema.errors else 200,
    )  # fmt: skip
