"""The case and its tabs, each with its own address."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.offentlighet.queries import partsinnsyn_i_sak
from saksgang.sakarkiv.commands.merknad import marker_merknader_lest
from saksgang.sakarkiv.queries import saker, saksside
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import kan
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import vis_side
from saksgang.web.adgang import ansatt
from saksgang.web.sak.historikk import Linje, dagvis, linje
from saksgang.web.sak.trykk import PDF_HOEYST, trykk_historikk

from .felles import hent, hode, url

SIDESTOERRELSE = 200
HISTORIKKSIDE = 200
VISNINGER = (("", "Alle", "alle"), ("ubesvarte", "Ubesvarte", "ubesvarte"), ("innogut", "Inn og ut", "inn_og_ut"),
             ("arbeid", "Under arbeid", "under_arbeid"))  # fmt: skip


def _heltall(tekst: str | None) -> int | None:
    return int(tekst) if tekst and tekst.isascii() and tekst.isdigit() and len(tekst) < 16 else None


def _side(request: HttpRequest, fane: str, **kontekst: Any) -> HttpResponse:
    return vis_side(request, "web/sak/side.html", f"web/sak/_{fane}.html", **kontekst)


@ansatt
def sak(request: HttpRequest, aar: int, sekvens: int) -> HttpResponse:
    """The journalposter of a case, newest first."""
    saken = hent(request, aar, sekvens)
    kontekst = hode(request, saken, "sak")
    vis = request.GET.get("vis", "")
    vis_utgaatte = request.GET.get("utgaatte") == "1"
    rader = list(
        saksside.journalpostrader(
            request.user, saken, vis=vis, vis_utgaatte=vis_utgaatte, under=_heltall(request.GET.get("under"))
        )[: SIDESTOERRELSE + 1]
    )
    neste = ""
    if len(rader) > SIDESTOERRELSE:
        rader = rader[:SIDESTOERRELSE]
        valg = {"vis": vis, "utgaatte": "1" if vis_utgaatte else "", "under": rader[-1].journalpostnummer}
        neste = f"?{urlencode({navn: verdi for navn, verdi in valg.items() if verdi})}"
    for rad in rader:
        rad.url = url("journalpost", saken, rad.journalpostnummer)  # type: ignore[attr-defined]
    return _side(
        request,
        "journalposter",
        rader=rader,
        neste=neste,
        vis=vis,
        vis_utgaatte=vis_utgaatte,
        relevante=saksside.relevante_dokumenter(request.user, saken),
        filtre=[(kode, navn, getattr(kontekst["antall"], tall)) for kode, navn, tall in VISNINGER],
        tittel=f"{saken.saksnummer} {saken.tittel}",
        **kontekst,
    )


@ansatt
@require_safe
def graderinger(request: HttpRequest, aar: int, sekvens: int) -> HttpResponse:
    """The documents of a case, each to be decided for itself: what follows the grading of the whole (krav R-7.1.7)."""
    saken = hent(request, aar, sekvens)
    krev(request.user, Handling.SKJERME_SAK, saken)
    rader = list(saksside.graderinger_i_sak(request.user, saken))
    for rad in rader:
        rad.kan_avgjoeres = kan(request.user, Handling.AVGJOERE_SKJERMING, rad)  # type: ignore[attr-defined]
    return _side(
        request,
        "graderinger",
        rader=rader,
        uten_kode=sum(rad.tilgangskode_id is None for rad in rader),
        tittel=f"Gradering av dokumentene · {saken.saksnummer}",
        **hode(request, saken, "sak"),
    )


@ansatt
def parter(request: HttpRequest, aar: int, sekvens: int) -> HttpResponse:
    """The parties to the case."""
    saken = hent(request, aar, sekvens)
    return _side(
        request,
        "parter",
        innsyn=list(partsinnsyn_i_sak(request.user, saken)),
        tittel=f"Parter · {saken.saksnummer}",
        **hode(request, saken, "sak-parter"),
    )


@ansatt
def merknader(request: HttpRequest, aar: int, sekvens: int) -> HttpResponse:
    """The remarks on the case; the reader has then seen them."""
    saken = hent(request, aar, sekvens)
    kontekst = hode(request, saken, "sak-merknader")
    if request.method == "GET":
        marker_merknader_lest(kontekst["merknader"], av=request.user)
    return _side(request, "merknader", tittel=f"Merknader · {saken.saksnummer}", **kontekst)


@ansatt
def obsdatoer(request: HttpRequest, aar: int, sekvens: int) -> HttpResponse:
    """The OBS dates of the case."""
    saken = hent(request, aar, sekvens)
    return _side(
        request, "obsdatoer", tittel=f"OBS-datoer · {saken.saksnummer}", **hode(request, saken, "sak-obsdatoer")
    )


@ansatt
def rettigheter(request: HttpRequest, aar: int, sekvens: int) -> HttpResponse:
    """Who has been granted what in the case, and who waits for an answer."""
    saken = hent(request, aar, sekvens)
    kontekst = hode(request, saken, "sak-rettigheter")
    egne = [o for o in saker.oensker_i_sak(saken) if o.bruker_id == request.user.pk]
    return _side(
        request,
        "rettigheter",
        rettigheter=saker.rettigheter_i_sak(saken, klokke.idag()),
        tidligere=saker.tidligere_rettigheter(saken, klokke.idag()),
        egne_oensker=egne,
        saksbehandlere=saker.saksbehandlere_i_sak(request.user, saken),
        tittel=f"Rettigheter · {saken.saksnummer}",
        **kontekst,
    )


def _utvalg(request: HttpRequest, numre: dict[int, int]) -> dict[str, Any]:
    """Return the filter of the history as arguments of the query."""
    vis = request.GET.get("vis", "")
    utvalg: dict[str, Any] = {"aktoer_id": _heltall(request.GET.get("person"))}
    if vis in ("endringer", "lesing"):
        utvalg["lesing"] = vis == "lesing"
    if (nummer := _heltall(request.GET.get("dokument"))) is not None:
        if nummer not in numre.values():
            raise IkkeFunnet
        utvalg["dokumentnummer"] = nummer
    return utvalg


def _linjer(
    request: HttpRequest, saken: Any, numre: dict[int, int], *, grense: int | None, foer: int | None = None
) -> list[Linje]:
    utvalg = _utvalg(request, numre)
    if (nummer := utvalg.pop("dokumentnummer", None)) is not None:
        utvalg["journalpost"] = saker.hent_journalpost(request.user, saken.aar, saken.sekvens, nummer)
    funnet = saker.historikk(request.user, saken, grense=grense, foer=foer, **utvalg)
    return [linje(h, saken.saksnummer, numre) for h in funnet]


@ansatt
def historikk(request: HttpRequest, aar: int, sekvens: int) -> HttpResponse:
    """One readable timeline of everything in the case that the reader may see (krav R-10.6.1.11)."""
    saken = hent(request, aar, sekvens)
    numre = saksside.journalpostnumre(request.user, saken)
    linjer = _linjer(request, saken, numre, grense=HISTORIKKSIDE + 1, foer=_heltall(request.GET.get("foer")))
    utvalg = {navn: request.GET[navn] for navn in ("vis", "person", "dokument") if request.GET.get(navn)}
    neste = ""
    if len(linjer) > HISTORIKKSIDE:
        linjer = linjer[:HISTORIKKSIDE]
        neste = f"?{urlencode(utvalg | {'foer': linjer[-1].nummer})}"
    return _side(
        request,
        "historikk",
        dager=dagvis(linjer),
        neste=neste,
        utvalg=utvalg,
        personer=saker.personer_i_historikken(request.user, saken),
        dokumentnumre=sorted(numre.values()),
        csv_url=f"{url('sak-historikk-csv', saken)}?{urlencode(utvalg)}".rstrip("?"),
        pdf_url=f"{url('sak-historikk-pdf', saken)}?{urlencode(utvalg)}".rstrip("?"),
        tittel=f"Historikk · {saken.saksnummer}",
        **hode(request, saken, "sak-historikk"),
    )


@ansatt
def historikk_pdf(request: HttpRequest, aar: int, sekvens: int) -> HttpResponse:
    """The timeline as a print, with the same filter; the newest where it is very long."""
    saken = hent(request, aar, sekvens)
    numre = saksside.journalpostnumre(request.user, saken)
    linjer = _linjer(request, saken, numre, grense=PDF_HOEYST + 1)
    pdf = trykk_historikk(
        saken, linjer[:PDF_HOEYST], av=request.user, avkortet=len(linjer) > PDF_HOEYST, filtrert=bool(request.GET)
    )
    svar = HttpResponse(pdf, content_type="application/pdf")
    svar["Content-Disposition"] = f'attachment; filename="historikk-{saken.aar}-{saken.sekvens}.pdf"'
    return svar


class _Ekko:
    def write(self, tekst: str) -> str:
        return tekst


def _celle(verdi: str) -> str:
    """Keep a spreadsheet from taking text for a formula."""
    return f"'{verdi}" if verdi[:1] in ("=", "+", "-", "@", "\t", "\r") else verdi


def _csv(linjer: list[Linje]) -> Iterator[str]:
    skriver = csv.writer(_Ekko(), delimiter=";")
    yield "\ufeff"
    yield skriver.writerow(["Nummer", "Tid", "Hvem", "På vegne av", "Hva", "Gjelder", "Endringer"])
    for en in linjer:
        tid = f"{timezone.localtime(en.tid):%d.%m.%Y %H.%M.%S}"
        rad = [str(en.nummer), tid, en.hvem, en.paa_vegne_av, en.hva, en.gjelder, en.endringstekst]
        yield skriver.writerow([_celle(verdi) for verdi in rad])


@ansatt
def historikk_csv(request: HttpRequest, aar: int, sekvens: int) -> StreamingHttpResponse:
    """The timeline as a file for a spreadsheet, with the same filter."""
    saken = hent(request, aar, sekvens)
    numre = saksside.journalpostnumre(request.user, saken)
    linjer = _linjer(request, saken, numre, grense=None)
    svar = StreamingHttpResponse(_csv(linjer), content_type="text/csv; charset=utf-8")
    svar["Content-Disposition"] = f'attachment; filename="historikk-{saken.aar}-{saken.sekvens}.csv"'
    return svar
