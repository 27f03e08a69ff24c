"""Asking for access without log-in, cookie or script, and the requester's own page behind a secret address."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from saksgang.innsynskrav import queries
from saksgang.innsynskrav.commands import be_om_begrunnelse, klag, krev_innsyn, noter_henting
from saksgang.innsynskrav.rules import FLEST_POSTER
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.lager.queries import aapne
from saksgang.offentlighet.queries import sok
from saksgang.ui.vis import legg_feil

from .formater import for_side
from .forms import Bestillingsskjema, Klageskjema
from .sider import bestillingsadresse, personlig, vis_side

TREFF = 20
FOR_MANGE = (
    "Det er sendt mange krav fra denne nettadressen. Vent en time, eller send kravet til kommunen på e-post eller "
    "telefon."
)


@personlig("GET", "POST")
def bestilling(request: HttpRequest) -> HttpResponse:
    """The basket, and the form that sends it (offl. § 28)."""
    sendt = request.method == "POST"
    referanser = queries.les_referanser((request.POST if sendt else request.GET).getlist("d"))
    skjema = Bestillingsskjema(request.POST if sendt else None)
    status = 200
    if sendt:
        status = 422
        if skjema.is_valid():
            verdier = {felt: skjema.cleaned_data[felt] for felt in ("navn", "epost", "tekst", "om_sak")}
            if not ratelimit.consume(request, action="innsynskrav"):
                skjema.add_error(None, FOR_MANGE)
                status = 429
            else:
                try:
                    krav = krev_innsyn(referanser, **verdier)
                except UgyldigInndata as feil:
                    legg_feil(skjema, feil)
                else:
                    return _videre(queries.noekkel_for(krav.system_id), ny=True)
    return vis_side(
        request,
        "bestilling",
        tittel="Bestill innsyn",
        aktiv="innsyn-bestilling",
        status=status,
        skjema=skjema,
        **_kurv(referanser),
        **_treff(request, referanser),
    )


def _kurv(referanser: list[tuple[int, int, int]]) -> dict[str, Any]:
    """Return the basket's rows, each with the address without it, and what is no longer on the list."""
    rader = queries.kurvrader(referanser)
    alle = ["-".join(map(str, ref)) for ref in referanser]
    poster = []
    for post in for_side(rader):
        egen = f"{post['rad'].aar}-{post['rad'].sekvens}-{post['rad'].nummer}"
        poster.append(post | {"ref": egen, "ut": bestillingsadresse([ref for ref in alle if ref != egen])})
    funnet = {post["ref"] for post in poster}
    return {
        "poster": poster,
        "valgte": alle,
        "borte": [ref for ref in alle if ref not in funnet],
        "uten_borte": bestillingsadresse([ref for ref in alle if ref in funnet]),
        "full": len(alle) >= FLEST_POSTER,
    }


def _treff(request: HttpRequest, referanser: list[tuple[int, int, int]]) -> dict[str, Any]:
    """Return what a search from the basket finds, each with the address that puts it in."""
    tekst = request.GET.get("q", "").strip()[:200]
    if not tekst:
        return {"q": "", "treff": []}
    alle = ["-".join(map(str, ref)) for ref in referanser]
    treff = []
    for post in for_side(sok(tekst, None, None, side=1).rader[:TREFF]):
        egen = f"{post['rad'].aar}-{post['rad'].sekvens}-{post['rad'].nummer}"
        treff.append(post | {"inn": "" if egen in alle else bestillingsadresse([*alle, egen])})
    return {"q": tekst, "treff": treff}


def _videre(noekkel: str, *, ny: bool = False) -> HttpResponse:
    url = reverse("innsyn-krav", kwargs={"hemmelighet": noekkel})
    svar = HttpResponseRedirect(f"{url}?ny=1" if ny else url)
    svar.status_code = 303
    return svar


@personlig("GET")
def krav(request: HttpRequest, hemmelighet: str) -> HttpResponse:
    """The requester's own page: where the request stands, the answer, and the way on."""
    return _vis_krav(request, hemmelighet, Klageskjema())


def _vis_krav(request: HttpRequest, noekkel: str, skjema: forms.Form, status: int = 200) -> HttpResponse:
    side = queries.kravside(noekkel)
    return vis_side(
        request,
        "krav",
        tittel=f"Krav om innsyn {side.krav}",
        aktiv="innsyn-bestilling",
        status=status,
        side=side,
        krav=side.krav,
        noekkel=noekkel,
        skjema=skjema,
        ny="ny" in request.GET,
        adresse=request.build_absolute_uri(reverse("innsyn-krav", kwargs={"hemmelighet": noekkel})),
    )


@personlig("POST")
def begrunnelse(request: HttpRequest, hemmelighet: str) -> HttpResponse:
    """Ask for nærmere begrunnelse (offl. § 31 second ledd)."""
    return _etter(request, hemmelighet, Klageskjema(), lambda: be_om_begrunnelse(queries.krav_for(hemmelighet)))


@personlig("POST")
def klage(request: HttpRequest, hemmelighet: str) -> HttpResponse:
    """Appeal (offl. § 32)."""
    skjema = Klageskjema(request.POST)
    krav_ = queries.krav_for(hemmelighet)
    if not skjema.is_valid():
        return _vis_krav(request, hemmelighet, skjema, status=422)
    return _etter(request, hemmelighet, skjema, lambda: klag(krav_, skjema.cleaned_data["tekst"]))


def _etter(request: HttpRequest, noekkel: str, skjema: forms.Form, gjoer: Any) -> HttpResponse:
    queries.krav_for(noekkel)
    if not ratelimit.consume(request, action="innsynskrav"):
        feil: Avvist | UgyldigInndata = Avvist(FOR_MANGE)
        status = 429
    else:
        try:
            gjoer()
        except (Avvist, UgyldigInndata) as avvist:
            feil, status = avvist, avvist.status
        else:
            return _videre(noekkel)
    if not skjema.is_bound:
        skjema = Klageskjema({})
    skjema.is_valid()
    legg_feil(skjema, feil)
    return _vis_krav(request, noekkel, skjema, status=status)


@personlig("GET")
def utlevert(request: HttpRequest, hemmelighet: str, fil_id: int) -> HttpResponseBase:
    """A file that the answer handed out."""
    funnet = queries.utlevert_fil(hemmelighet, fil_id)
    if request.method == "GET":
        noter_henting(funnet)
    return FileResponse(
        aapne(funnet.fil),
        filename=funnet.filnavn,
        content_type=funnet.fil.mimetype + ("; charset=utf-8" if funnet.fil.mimetype == "text/plain" else ""),
        headers={"Content-Length": str(funnet.fil.stoerrelse), "X-Content-Type-Options": "nosniff"},
    )


@personlig("GET")
def brev(request: HttpRequest, hemmelighet: str, svar_id: int) -> HttpResponseBase:
    """A letter of the answer, as PDF."""
    fil = queries.svarbrev(hemmelighet, svar_id)
    return FileResponse(
        aapne(fil), filename="svar.pdf", content_type=fil.mimetype, headers={"Content-Length": str(fil.stoerrelse)}
    )
