"""The rules for titles: shown to all, asked while one types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from saksgang.sakarkiv.commands.skriveregel import MAKS_BEGRUNNELSE
from saksgang.sakarkiv.queries.skriveregler import skriveregler
from saksgang.tilgang.queries import kan
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import vis
from saksgang.web.adgang import ansatt

from .felter import kontroll


@ansatt
@require_safe
def regler(request: HttpRequest) -> HttpResponse:
    """The rules in use, with their help."""
    return render(
        request,
        "web/skriveregler/regler.html",
        {
            "regler": list(skriveregler()),
            "kan_endre": kan(request.user, Handling.ADMINISTRERE_SKRIVEREGEL),
        },
    )


@ansatt
@require_safe
def tittelkontroll(request: HttpRequest) -> HttpResponse:
    """What the rules have against the title that is being typed; it is not stored."""
    hent = request.GET.get
    return vis(
        request,
        "web/skriveregler/_kontroll.html",
        tittel="Skriveregler",
        tittelbegrunnelse=hent("tittelbegrunnelse", "")[:MAKS_BEGRUNNELSE],
        **kontroll(hent("tittel", ""), kode=hent("tilgangskode", ""), avskjerming=hent("avskjermingskode", "")),
    )
