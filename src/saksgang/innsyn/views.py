"""The public journal: nobody is asked who they are, and nothing is remembered about them."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.formats import date_format
from django.utils.http import quote_etag
from django.utils.text import capfirst

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet, UgyldigInndata
from saksgang.lager.queries import aapne
from saksgang.offentlighet import queries
from saksgang.offentlighet.queries import OffentligSak, Postlisterad
from saksgang.sakarkiv.rules import Journalposttype

from .formater import for_side, ordbok, sak_ordbok, som_csv, som_rss
from .forms import Soekeskjema
from .sider import offentlig, vis_side

FORSIDE = 20
FORMATER = ("rss", "json", "csv")


def _sidetall(request: HttpRequest) -> int:
    tall = request.GET.get("side", "1")
    if not (tall.isascii() and tall.isdigit() and len(tall) < 6):
        raise IkkeFunnet
    return int(tall)


def _adresse(navn: str, query: dict[str, Any] | None = None, **deler: Any) -> str:
    sti = reverse(navn, kwargs=deler)
    igjen = {felt: verdi for felt, verdi in (query or {}).items() if verdi}
    return f"{sti}?{urlencode(igjen)}" if igjen else sti


def _data(
    request: HttpRequest, format_: str, rader: list[Postlisterad], *, tittel: str, side: str, **mer: Any
) -> HttpResponse:
    """Answer with the rows as data; side: the address of the page for people."""
    rot = request.build_absolute_uri(reverse("innsyn"))
    egen = request.build_absolute_uri()
    if format_ == "csv":
        navn = request.path.removeprefix(reverse("innsyn")).replace("/", "-")
        return HttpResponse(
            som_csv(rader, rot),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{navn}"'},
        )
    tittel = f"{tittel} · {settings.KOMMUNE}"
    if format_ == "rss":
        return HttpResponse(
            som_rss(rader, rot, tittel=tittel, side=request.build_absolute_uri(side), feed=egen),
            content_type="application/rss+xml; charset=utf-8",
        )
    return JsonResponse(
        {
            "tittel": tittel,
            "adresse": egen,
            "side": request.build_absolute_uri(side),
            "antall": len(rader),
            **{navn: [sak_ordbok(s, rot) for s in saker] for navn, saker in mer.items()},
            "rader": [ordbok(rad, rot) for rad in rader],
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _sidevelger(side: int, sider: int, antall: int, adresse: Callable[[int], str]) -> dict[str, str]:
    fra, til = (side - 1) * queries.SIDE + 1, min(side * queries.SIDE, antall)
    return {
        "forrige": adresse(side - 1) if side > 1 else "",
        "neste": adresse(side + 1) if side < sider else "",
        "tekst": f"Viser {fra}–{til} av {antall}",
    }


def _kalender(maaned: dt.date, valgt: dt.date | None = None) -> dict[str, Any]:
    """Return a month with its days in weeks, each with its number of entries, and the months beside it."""
    foerste = maaned.replace(day=1)
    siste = foerste.replace(day=calendar.monthrange(foerste.year, foerste.month)[1])
    antall = queries.dager(foerste, siste)
    start, slutt = queries.periode()
    uker = [
        [
            {
                "dag": dag.day if dag.month == foerste.month else "",
                "url": reverse("innsyn-dag", kwargs={"dato": dag}) if dag in antall else "",
                "antall": antall.get(dag, 0),
                "valgt": dag == valgt,
            }
            for dag in uke
        ]
        for uke in calendar.Calendar().monthdatescalendar(foerste.year, foerste.month)
    ]
    foer, etter = foerste - dt.timedelta(days=1), siste + dt.timedelta(days=1)
    return {
        "tittel": capfirst(date_format(foerste, "F Y")),
        "uker": uker,
        "dager": [
            (capfirst(date_format(d, "l j. F")), reverse("innsyn-dag", kwargs={"dato": d}), n)
            for d, n in antall.items()
        ],
        "foer": _maaned(foer) if start is not None and start < foerste else None,
        "etter": _maaned(etter) if slutt is not None and slutt > siste else None,
    }


def _maaned(dato: dt.date) -> dict[str, str]:
    return {"navn": capfirst(date_format(dato, "F")), "url": reverse("innsyn-maaned", kwargs={"maaned": dato})}


def _dagnavn(dato: dt.date) -> str:
    return capfirst(date_format(dato, "l j. F Y"))


def _dagfeeder(dato: dt.date, type_: str = "") -> dict[str, str]:
    return {f: _adresse("innsyn-dag-format", {"type": type_}, dato=dato, format=f) for f in FORMATER}


def _feed() -> dict[str, str]:
    return {f: reverse("innsyn-feed", kwargs={"format": f}) for f in FORMATER}


@offentlig
def forside(request: HttpRequest) -> HttpResponse:
    """Today's entries, the last ones published, and the ways on."""
    idag = klokke.idag()
    dagens = queries.postliste_dag(idag, 1)
    forrige, _ = queries.nabodager(idag)
    i_dag = dagens.rader[:FORSIDE]
    siste = [rad for rad in queries.sist_publisert(2 * FORSIDE) if rad not in i_dag]
    return vis_side(
        request,
        "forside",
        tittel="Postliste",
        feeder=_feed(),
        skjema=Soekeskjema(),
        idag=idag,
        dagnavn=_dagnavn(idag),
        dagens=for_side(i_dag),
        antall_idag=dagens.antall,
        dag_url=reverse("innsyn-dag", kwargs={"dato": idag}),
        forrige={"navn": _dagnavn(forrige), "url": reverse("innsyn-dag", kwargs={"dato": forrige})}
        if forrige
        else None,
        siste=for_side(siste[:FORSIDE]),
        kalender=_kalender(idag, idag),
    )


@offentlig
def sist_publisert(request: HttpRequest, format: str = "") -> HttpResponse:
    """The last hundred by the moment they came, also those that were journalised earlier (krav R-9.2.1.5)."""
    rader = queries.sist_publisert()
    if format:
        return _data(request, format, rader, tittel="Sist publisert", side=reverse("innsyn-sist"))
    return vis_side(
        request,
        "sist",
        tittel="Sist publisert",
        feeder=_feed(),
        aktiv="innsyn-sist",
        poster=for_side(rader),
        vis_publisert=True,
    )


@offentlig
def maaned(request: HttpRequest, maaned: dt.date) -> HttpResponse:
    """A month: its days with entries, as a calendar and as a list."""
    kalender = _kalender(maaned)
    return vis_side(request, "maaned", tittel=kalender["tittel"], feeder=_feed(), kalender=kalender)


@offentlig
def dag(request: HttpRequest, dato: dt.date, format: str = "") -> HttpResponse:
    """The entries with this journaldato; ?type= keeps one type."""
    type_ = request.GET.get("type", "")
    if type_ not in Journalposttype.values:
        type_ = ""
    tittel = f"Postliste {date_format(dato, 'l j. F Y')}"
    if format:
        rader = queries.postliste_dag(dato, type_=type_).rader
        return _data(request, format, rader, tittel=tittel, side=_adresse("innsyn-dag", {"type": type_}, dato=dato))
    side = queries.postliste_dag(dato, _sidetall(request), type_=type_)
    oversikt = queries.dagsoversikt(dato)
    forrige, neste = queries.nabodager(dato)

    def adresse(nr: int = 0, t: str = type_) -> str:
        return _adresse("innsyn-dag", {"type": t, "side": nr if nr > 1 else 0}, dato=dato)

    return vis_side(
        request,
        "dag",
        tittel=tittel,
        feeder=_dagfeeder(dato, type_),
        skjema=Soekeskjema(),
        dagnavn=_dagnavn(dato),
        maaned=_maaned(dato) | {"aar": dato.year},
        poster=for_side(side.rader),
        oversikt=oversikt,
        typer=[
            {"navn": "Alle", "antall": oversikt.antall, "url": adresse(t=""), "aktiv": not type_},
            *(
                {"navn": queries.typenavn(t), "antall": n, "url": adresse(t=t), "aktiv": t == type_}
                for t, n in oversikt.typer.items()
            ),
        ],
        sidevelger=_sidevelger(side.side, side.sider, side.antall, adresse),
        forrige=_nabo(forrige),
        neste=_nabo(neste),
        kalender=_kalender(dato, dato),
    )


def _nabo(dato: dt.date | None) -> dict[str, str] | None:
    if dato is None:
        return None
    return {
        "navn": date_format(dato, "j. F"),
        "lang": _dagnavn(dato),
        "url": reverse("innsyn-dag", kwargs={"dato": dato}),
    }


@offentlig
def sak(request: HttpRequest, aar: int, sekvens: int, format: str = "") -> HttpResponse:
    """A case with its public entries."""
    sted = {"aar": aar, "sekvens": sekvens}
    funnet = queries.sak(aar, sekvens, None if format else _sidetall(request))
    tittel = f"Sak {funnet.saksnummer} {funnet.tittel}"
    if format:
        return _data(
            request, format, funnet.poster.rader, tittel=tittel, side=reverse("innsyn-sak", kwargs=sted), saker=[funnet]
        )
    return vis_side(
        request,
        "sak",
        tittel=tittel,
        feeder={f: reverse("innsyn-sak-format", kwargs=sted | {"format": f}) for f in FORMATER},
        sak=funnet,
        poster=for_side(funnet.poster.rader),
        uten_sak=True,
        sidevelger=_sidevelger(
            funnet.poster.side,
            funnet.poster.sider,
            funnet.poster.antall,
            lambda nr: _adresse("innsyn-sak", {"side": nr if nr > 1 else 0}, aar=aar, sekvens=sekvens),
        ),
    )


@offentlig
def oppfoering(request: HttpRequest, aar: int, sekvens: int, nummer: int, format: str = "") -> HttpResponse:
    """One entry with all that the public may know of it."""
    rad = queries.oppfoering(aar, sekvens, nummer)
    sted = {"aar": aar, "sekvens": sekvens, "nummer": nummer}
    tittel = f"{rad.dokumentnummer} {rad.tittel}"
    if format:
        return _data(request, format, [rad], tittel=tittel, side=reverse("innsyn-oppfoering", kwargs=sted))
    post = for_side([rad])[0]
    return vis_side(
        request,
        "oppfoering",
        tittel=tittel,
        feeder={f: reverse("innsyn-oppfoering-format", kwargs=sted | {"format": f}) for f in FORMATER},
        post=post,
        dagnavn=_dagnavn(post["journaldato"]),
        dag_url=reverse("innsyn-dag", kwargs={"dato": post["journaldato"]}),
    )


@offentlig
def sok(request: HttpRequest, format: str = "") -> HttpResponse:
    """Search in what the public may see."""
    skjema = Soekeskjema(request.GET or None)
    tekst = fra = til = None
    if skjema.is_valid():
        tekst, fra, til = (skjema.cleaned_data[felt] for felt in ("q", "fra", "til"))
    elif format and skjema.is_bound:
        raise UgyldigInndata({felt: " ".join(map(str, feil)) for felt, feil in skjema.errors.items()})
    query = {"q": tekst, "fra": fra, "til": til}
    treff = queries.sok(tekst or "", fra, til, side=None if format else _sidetall(request))
    tittel = f"Søk etter «{tekst}»" if tekst else "Søk"
    if format:
        return _data(request, format, treff.rader, tittel=tittel, side=_adresse("innsyn-sok", query), saker=treff.saker)
    saker: list[OffentligSak] = treff.saker
    return vis_side(
        request,
        "sok",
        tittel=tittel,
        feeder={f: _adresse("innsyn-sok-format", query, format=f) for f in FORMATER} if tekst else {},
        aktiv="innsyn-sok",
        skjema=skjema,
        tekst=tekst,
        antall=f"{treff.antall}{'+' if treff.flere else ''}",
        saker=[{"sak": s, "url": f"{reverse('innsyn')}sak/{s.saksnummer}/"} for s in saker],
        poster=for_side(treff.rader),
        sidevelger=_sidevelger(
            treff.side,
            treff.sider,
            treff.antall,
            lambda nr: _adresse("innsyn-sok", query | {"side": nr if nr > 1 else 0}),
        ),
    )


@offentlig
def fil(request: HttpRequest, aar: int, sekvens: int, nummer: int, dokumentnummer: int) -> HttpResponseBase:
    """The document itself, byte for byte, under a name made from its number."""
    funnet = queries.dokument(aar, sekvens, nummer, dokumentnummer)
    etag = quote_etag(funnet.sha256)
    if svar := get_conditional_response(request, etag=etag):
        return svar
    return FileResponse(
        aapne(funnet.fil),
        filename=funnet.navn,
        content_type=funnet.mimetype + ("; charset=utf-8" if funnet.mimetype == "text/plain" else ""),
        headers={"ETag": etag, "Content-Length": str(funnet.stoerrelse)},
    )
