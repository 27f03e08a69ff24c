"""«Endringer i tilgang»: who got, kept and lost what, in a period; page and CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from saksgang.kjerne import klokke
from saksgang.kjerne.csvfil import csvlinje, trygg_celle
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.kjerne.sider import Orden, bla
from saksgang.sakarkiv.queries.tilgangsendringer import antall_skjulte, endringer_i_tilgang, i_ord
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import legg_feil
from saksgang.web.administrasjon.visning import Forespoersel, krever
from saksgang.web.sak.historikk import Linje, linje

from .forms import Endringsperiode

_KREVER = krever(Handling.SE_TILGANGSENDRINGER)
SIDE = 50
BUNKE = 1000
KOLONNER = ("tid", "hvem", "på vegne av", "hva", "gjelder", "endring")
NYESTE = Orden((), synkende=True)


def _periode(request: Forespoersel) -> tuple[Endringsperiode, Any, int]:
    """Return the form, the events of the period when it is a good one (else none), and the status."""
    idag = klokke.idag()
    valgt = {"fra": idag.replace(day=1).isoformat(), "til": idag.isoformat()}
    skjema = Endringsperiode(request.GET if "fra" in request.GET else valgt)
    if skjema.is_valid():
        try:
            return skjema, endringer_i_tilgang(request.user, **skjema.cleaned_data), 200
        except UgyldigInndata as feil:
            legg_feil(skjema, feil)
    return skjema, None, 422


@_KREVER
@require_safe
def endringer(request: Forespoersel) -> HttpResponse:
    """The changes of a period, newest first; this month to begin with."""
    skjema, hendelser, status = _periode(request)
    kontekst: dict[str, Any] = {}
    if hendelser is not None:
        side: Any = bla(
            hendelser, NYESTE, etter=request.GET.get("etter", ""), foer=request.GET.get("foer", ""), antall=SIDE
        )
        valgt = {navn: verdi.isoformat() for navn, verdi in skjema.cleaned_data.items()}
        kontekst = {
            "linjer": _linjer(side.rader),
            "skjulte": antall_skjulte(request.user, **skjema.cleaned_data),
            "forrige": f"?{urlencode(valgt | {'foer': side.forrige})}" if side.forrige else "",
            "neste": f"?{urlencode(valgt | {'etter': side.neste})}" if side.neste else "",
            "csv_url": f"{reverse('rapport-tilgang-csv')}?{urlencode(valgt)}",
        }
    kontekst |= {"skjema": skjema, "tittel": "Endringer i tilgang"}
    return render(request, "web/rapporter/tilgang.html", kontekst, status=status)


@_KREVER
@require_safe
def endringer_csv(request: Forespoersel) -> StreamingHttpResponse:
    """The same for a spreadsheet."""
    skjema, hendelser, _ = _periode(request)
    if hendelser is None:
        raise Avvist("Velg en periode på høyst ett år: fra og til, med til etter fra.")
    fra, til = skjema.cleaned_data["fra"], skjema.cleaned_data["til"]
    svar = StreamingHttpResponse(
        _csv(hendelser, antall_skjulte(request.user, fra, til)), content_type="text/csv; charset=utf-8"
    )
    svar["Content-Disposition"] = f'attachment; filename="endringer-i-tilgang-{fra}-{til}.csv"'
    return svar


def _csv(hendelser: Any, skjulte: int) -> Iterator[bytes]:
    yield "\ufeff".encode()
    yield csvlinje(KOLONNER)
    merke, flere = "", True
    while flere:
        side: Any = bla(hendelser, NYESTE, etter=merke, antall=BUNKE)
        for en in _linjer(side.rader):
            tid = timezone.localtime(en.tid).isoformat(sep=" ", timespec="seconds")
            felter = (tid, en.hvem, en.paa_vegne_av, en.hva, en.gjelder, en.endringstekst)
            yield csvlinje([trygg_celle(felt) for felt in felter])
        merke, flere = side.neste, bool(side.neste)
    if skjulte:
        yield csvlinje(["", "", "", "", "", skjulte_i_ord(skjulte)])


def skjulte_i_ord(antall: int) -> str:
    """Say how many changes are about cases that the reader may not see."""
    return f"{antall} endring{'' if antall == 1 else 'er'} av rettigheter i saker du ikke kan se"


def _linjer(hendelser: list[Any]) -> list[Linje]:
    return [linje(rad.hendelse, rad.gjelder, {}) for rad in i_ord(hendelser)]
