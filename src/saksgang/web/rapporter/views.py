"""Reports about the journal: the offentlig journal on request, and how complete the net list is."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from saksgang.kjerne import klokke
from saksgang.kjerne.csvfil import csvlinje, trygg_celle
from saksgang.kjerne.errors import Avvist, IkkeFunnet, UgyldigInndata
from saksgang.offentlighet.behandlingsprotokoll import behandlingsprotokoll
from saksgang.offentlighet.queries import (
    JOURNALSIDE,
    Postlisterad,
    fullstendighet,
    journalrader,
    journalstroem,
    offentlig_journal,
    trukket_fra_postlista,
)
from saksgang.produksjon.queries.ekspederingsrapport import ekspederingsrapport
from saksgang.tilgang.queries import kan
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import legg_feil
from saksgang.web.administrasjon.visning import Forespoersel, krever

from .forms import Ekspederingsperiode, Periode
from .trykk import trykk_journal

_KREVER = krever(Handling.SE_JOURNALRAPPORT)
PDF_HOEYST = 3000
KOLONNER = (
    "dokumentnummer", "journalnummer", "type", "tittel", "sakstittel", "fra", "til", "kopi", "hjemmel", "journaldato",
    "dokumentdato", "kontakt",
)  # fmt: skip


@_KREVER
@require_safe
def rapporter(request: Forespoersel) -> HttpResponse:
    """The reports that there are."""
    kontekst = {"tittel": "Rapporter", "ser_tilgang": kan(request.user, Handling.SE_TILGANGSENDRINGER)}
    return render(request, "web/rapporter/rapporter.html", kontekst)


def _periode(request: Forespoersel) -> tuple[Periode, Any, int]:
    """Return the form, the entries of the period when it is a good one (else none), and the status."""
    i_gaar = klokke.idag() - dt.timedelta(days=1)
    skjema = Periode(request.GET if "fra" in request.GET else None, initial={"fra": i_gaar, "til": i_gaar})
    if not skjema.is_bound:
        return skjema, None, 200
    if skjema.is_valid():
        try:
            return skjema, offentlig_journal(**skjema.cleaned_data), 200
        except UgyldigInndata as feil:
            legg_feil(skjema, feil)
    return skjema, None, 422


@_KREVER
@require_safe
def journal(request: Forespoersel) -> HttpResponse:
    """The offentlig journal for a period, as the public may read it (krav C.11, last paragraph)."""
    skjema, poster, status = _periode(request)
    kontekst: dict[str, Any] = {}
    if poster is not None:
        antall = poster.order_by().count()
        side = int(tekst) if (tekst := request.GET.get("side", "1")).isdigit() else 1
        sider = max(1, -(-antall // JOURNALSIDE))
        if not 1 <= side <= sider:
            raise IkkeFunnet
        valgt = {navn: verdi.isoformat() for navn, verdi in skjema.cleaned_data.items()}
        kontekst = {
            "antall": antall,
            "rader": [
                (rad, dt.date.fromisoformat(rad.journaldato))
                for rad in journalrader(poster[(side - 1) * JOURNALSIDE : side * JOURNALSIDE])
            ],
            "side": side,
            "sider": sider,
            "forrige": f"?{urlencode(valgt | {'side': side - 1})}" if side > 1 else "",
            "neste": f"?{urlencode(valgt | {'side': side + 1})}" if side < sider else "",
            "csv_url": f"{reverse('rapport-journal-csv')}?{urlencode(valgt)}",
            "pdf_url": f"{reverse('rapport-journal-pdf')}?{urlencode(valgt)}" if antall <= PDF_HOEYST else "",
            "pdf_hoeyst": PDF_HOEYST,
        }
    kontekst |= {"skjema": skjema, "tittel": "Offentlig journal"}
    return render(request, "web/rapporter/journal.html", kontekst, status=status)


def _krev_periode(request: Forespoersel) -> tuple[Any, dt.date, dt.date]:
    skjema, poster, _ = _periode(request)
    if poster is None:
        raise Avvist("Velg en periode på høyst ett år: fra og til, med til etter fra.")
    return poster, skjema.cleaned_data["fra"], skjema.cleaned_data["til"]


@_KREVER
@require_safe
def journal_csv(request: Forespoersel) -> StreamingHttpResponse:
    """The same for a spreadsheet."""
    poster, fra, til = _krev_periode(request)
    svar = StreamingHttpResponse(_csv(poster), content_type="text/csv; charset=utf-8")
    svar["Content-Disposition"] = f'attachment; filename="offentlig-journal-{fra}-{til}.csv"'
    return svar


def _csv(poster: Any) -> Iterator[bytes]:
    yield "\ufeff".encode()
    yield csvlinje(KOLONNER)
    for rad in journalstroem(poster):
        yield csvlinje([_celle(rad, kolonne) for kolonne in KOLONNER])


def _celle(rad: Postlisterad, kolonne: str) -> str:
    verdi = f"{rad.type} {rad.typenavn}" if kolonne == "type" else getattr(rad, kolonne)
    tekst = "; ".join(verdi) if isinstance(verdi, tuple) else str(verdi)
    return trygg_celle(tekst)


@_KREVER
@require_safe
def journal_pdf(request: Forespoersel) -> HttpResponse:
    """The same as a print; refused where it would be a book."""
    poster, fra, til = _krev_periode(request)
    if (antall := poster.order_by().count()) > PDF_HOEYST:
        raise Avvist(f"Perioden har {antall} journalposter. Velg en kortere periode, eller ta CSV-fila.")
    svar = HttpResponse(trykk_journal(journalrader(poster), fra, til), content_type="application/pdf")
    svar["Content-Disposition"] = f'attachment; filename="offentlig-journal-{fra}-{til}.pdf"'
    return svar


@_KREVER
@require_safe
def ekspedering(request: Forespoersel) -> HttpResponse:
    """How much went each way in a period, this year to begin with (krav R-10.4.3)."""
    idag = klokke.idag()
    valgt = {"fra": idag.replace(month=1, day=1).isoformat(), "til": idag.isoformat()}
    skjema, status, tall = Ekspederingsperiode(request.GET if "fra" in request.GET else valgt), 422, None
    if skjema.is_valid():
        try:
            tall, status = ekspederingsrapport(**skjema.cleaned_data), 200
        except UgyldigInndata as feil:
            legg_feil(skjema, feil)
    kontekst = {"skjema": skjema, "tittel": "Ekspedering", "tall": tall}
    return render(request, "web/rapporter/ekspedering.html", kontekst, status=status)


@_KREVER
@require_safe
def fullstendig(request: Forespoersel) -> HttpResponse:
    """How the net list stands to the journal in a month: per day, by hjemmel, numbers not shown, delay, withdrawn."""
    foerste = _maaned(request.GET.get("maaned", ""))
    siste = foerste.replace(day=calendar.monthrange(foerste.year, foerste.month)[1])
    forrige = (foerste - dt.timedelta(days=1)).replace(day=1)
    neste = siste + dt.timedelta(days=1)
    funnet = fullstendighet(foerste, siste)
    stoerst = max((antall for _, antall in funnet.forsinkelser), default=0) or 1
    kontekst = {
        "tittel": "Fullstendighet",
        "f": funnet,
        "trukket": trukket_fra_postlista(foerste, siste),
        "maaned": foerste,
        "forrige": f"?maaned={forrige:%Y-%m}",
        "neste": f"?maaned={neste:%Y-%m}" if neste <= klokke.idag() else "",
        "stolper": [_stolpe(nr, navn, antall, stoerst) for nr, (navn, antall) in enumerate(funnet.forsinkelser)],
    }
    return render(request, "web/rapporter/fullstendighet.html", kontekst)


def _stolpe(nr: int, navn: str, antall: int, stoerst: int) -> dict[str, Any]:
    """Return one bar of the picture, with where it stands in it."""
    bredde = round(320 * antall / stoerst)
    return {
        "navn": navn, "antall": antall, "bredde": bredde, "y": 28 * nr, "tekst": 28 * nr + 15, "tallx": 158 + bredde,
    }  # fmt: skip


@_KREVER
@require_safe
def protokoll(request: Forespoersel) -> HttpResponse:
    """The record of processing activities as a file (krav R-7.1.8, GDPR art. 30)."""
    innhold = "\ufeff".encode() + b"".join(csvlinje(rad) for rad in behandlingsprotokoll(settings.KOMMUNE))
    svar = HttpResponse(innhold, content_type="text/csv; charset=utf-8")
    svar["Content-Disposition"] = 'attachment; filename="behandlingsprotokoll.csv"'
    return svar


def _maaned(tekst: str) -> dt.date:
    """Return the first of the month written as 2026-03; this month when none is, or none comes before or after it."""
    try:
        maaned = dt.datetime.strptime(tekst, "%Y-%m").date()  # noqa: DTZ007 - a month has no time zone
    except ValueError:
        maaned = dt.date.max
    return maaned if dt.date.min.year < maaned.year < dt.date.max.year else klokke.idag().replace(day=1)
