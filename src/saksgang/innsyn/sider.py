"""What every public page shares: its frame, its headers, and the basket, which travels in the address."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from saksgang.innsynskrav.queries import les_referanser
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.ui.feilsider import IKKE_FUNNET, feilsvar

MENY = (
    ("Postliste", "innsyn"),
    ("Sist publisert", "innsyn-sist"),
    ("Søk", "innsyn-sok"),
    ("Bestill innsyn", "innsyn-bestilling"),
)
_LENKE = re.compile(r'href="(/innsyn/(?!fil/|krav/)[^"?#]*)(?:\?([^"#]*))?(#[^"]*)?"')
_SKJEMA = "application/x-www-form-urlencoded"
Visning = Callable[..., HttpResponseBase]


def offentlig(view: Visning) -> Visning:
    """Wrap a public view: read only, kept out of search engines, and stored by caches that ask before each use.

    What was published may be withdrawn at any moment, so no cache may answer by itself.
    """

    @require_safe
    @wraps(view)
    def ytre(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            svar: HttpResponseBase = view(request, *args, **kwargs)
        except IkkeFunnet:
            svar = _finnes_ikke(request)
        if svar.status_code == 200:
            svar["Cache-Control"] = "public, no-cache"
            if isinstance(svar, HttpResponse):
                svar["ETag"] = quote_etag(hashlib.sha256(svar.content).hexdigest())
                svar = get_conditional_response(request, etag=svar["ETag"], response=svar) or svar
        else:
            svar["Cache-Control"] = "no-store"
        svar["X-Robots-Tag"] = "noindex"
        return svar

    return ytre


def personlig(*metoder: str) -> Callable[[Visning], Visning]:
    """Wrap a view of one person's request: stored nowhere, and the secret address is told to nobody.

    No cookie is asked for, so no token against forgery either: what is sent acts by what stands in it, and never by who
    is logged in. Only plain forms are read.
    """

    def pakk(view: Visning) -> Visning:
        @csrf_exempt
        @require_http_methods([*metoder, "HEAD"] if "GET" in metoder else list(metoder))
        @wraps(view)
        def ytre(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                if request.method == "POST" and request.content_type not in ("", _SKJEMA):
                    svar: HttpResponseBase = feilsvar(request, 422, ["Send skjemaet fra siden, uten filer."])
                else:
                    svar = view(request, *args, **kwargs)
            except IkkeFunnet:
                svar = _finnes_ikke(request)
            svar["Cache-Control"] = "no-store"
            svar["X-Robots-Tag"] = "noindex"
            svar["Referrer-Policy"] = "no-referrer"
            return svar

        return ytre

    return pakk


def _finnes_ikke(request: HttpRequest) -> HttpResponse:
    svar = feilsvar(request, 404, [IKKE_FUNNET])
    patch_vary_headers(svar, ["Accept", "HX-Request"])
    return svar


def i_kurven(request: HttpRequest) -> list[str]:
    """Return the entries in the basket as the address has them: «2026-101-5»."""
    data = request.POST if request.method == "POST" else request.GET
    return [f"{aar}-{sekvens}-{nummer}" for aar, sekvens, nummer in les_referanser(data.getlist("d"))]


def bestillingsadresse(kurv: Sequence[str]) -> str:
    """Return the address of a basket with these entries."""
    sti = reverse("innsyn-bestilling")
    return f"{sti}?{urlencode([('d', ref) for ref in kurv])}" if kurv else sti


def vis_side(
    request: HttpRequest,
    mal: str,
    *,
    tittel: str,
    feeder: dict[str, str] | None = None,
    status: int = 200,
    **kontekst: Any,
) -> HttpResponse:
    """Show a public page. Its links take the basket along, since nothing is remembered elsewhere."""
    aktiv = kontekst.pop("aktiv", "innsyn")
    kurv = i_kurven(request)
    feeder = feeder or {}
    side = render_to_string(
        f"innsyn/{mal}.html",
        {
            "tittel": tittel,
            "feeder": [{"navn": navn.upper(), "url": url} for navn, url in feeder.items()],
            "rss": feeder.get("rss", ""),
            "offentlig_meny": [{"navn": navn, "url": reverse(url), "aktiv": url == aktiv} for navn, url in MENY],
            "kurv": kurv,
            "kurv_url": bestillingsadresse(kurv),
            "er_bestilling": mal == "bestilling",
            **kontekst,
        },
        request,
    )
    # On its own page the basket's links say themselves what is in it after them.
    egen = reverse("innsyn-bestilling") if mal == "bestilling" else ""
    return HttpResponse(_med_kurv(side, kurv, egen) if kurv else side, status=status)


def _med_kurv(side: str, kurv: Sequence[str], egen: str) -> str:
    def bytt(treff: re.Match[str]) -> str:
        sti, query, anker = treff[1], treff[2] or "", treff[3] or ""
        if sti == egen or sti.endswith((".json", ".csv", ".rss")):
            return treff[0]
        deler = [del_ for del_ in query.replace("&amp;", "&").split("&") if del_]
        deler += [f"d={ref}" for ref in kurv if f"d={ref}" not in deler]
        return f'href="{sti}?{"&amp;".join(deler)}{anker}"'

    return _LENKE.sub(bytt, side)
