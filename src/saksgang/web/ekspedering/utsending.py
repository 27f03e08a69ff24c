"""A dispatch to several: how far it has come, and the packages to print."""

from __future__ import annotations

import tempfile

from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from saksgang.kjerne.errors import Avvist, IkkeFunnet, SaksgangFeil
from saksgang.produksjon.commands import bestill_pdf, flett_igjen
from saksgang.produksjon.queries.ekspedering import brevets_filer
from saksgang.produksjon.queries.utsending import SIDE, fremdrift, hent_utsending, mottakerlinjer
from saksgang.produksjon.queries.utskrift import pakkeutskrift
from saksgang.sakarkiv.commands.lesing import noter_lesing
from saksgang.sakarkiv.queries.lenker import har_lenke_lukket_for
from saksgang.tilgang.queries import kan
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import omdiriger, vis_side
from saksgang.web.adgang import ansatt
from saksgang.web.journalpost.felles import url_for


@ansatt
@require_safe
def utsending(request: HttpRequest, utsending_id: int) -> HttpResponse:
    """Show how far a dispatch has come; the fragment renews itself while something is under way."""
    rad = hent_utsending(request.user, utsending_id)
    tall = fremdrift(rad)
    sider = max(1, -(-tall.mottakere // SIDE))
    side = min(sider, max(1, int(nr) if (nr := request.GET.get("side", "1")).isdigit() else 1))
    return vis_side(
        request,
        "web/ekspedering/utsending.html",
        "web/ekspedering/_utsending.html",
        utsending=rad,
        jp=rad.journalpost,
        tall=tall,
        linjer=mottakerlinjer(rad, side),
        side=side,
        sider=range(1, sider + 1) if sider > 1 else (),
        kan_ekspedere=kan(request.user, Handling.EKSPEDERE, rad.journalpost) and not rad.journalpost.sak.er_avsluttet,
        tilbake=url_for(rad.journalpost),
    )


@ansatt
@require_safe
def pakker(request: HttpRequest, utsending_id: int) -> HttpResponse:
    """One PDF with each recipient's package in order, or ?mottaker's alone; ?tosidig begins each on its own sheet."""
    rad = hent_utsending(request.user, utsending_id)
    jp = rad.journalpost
    if har_lenke_lukket_for(request.user, jp):
        raise Avvist("Et lenket vedlegg er skjermet for deg. Be en som kan lese det, om å skrive ut brevene.")
    mottaker = request.GET.get("mottaker", "")
    if mottaker and not mottaker.isdigit():
        raise IkkeFunnet
    filer = brevets_filer(jp)
    for brevfil in filer:
        if brevfil.fil is None and brevfil.versjon is not None and not brevfil.hinder:
            bestill_pdf(brevfil.versjon)
    ut = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response
    try:
        pakkeutskrift(rad, filer, ut, tosidig="tosidig" in request.GET, bare=int(mottaker) if mottaker else None)
    except SaksgangFeil:
        ut.close()
        raise
    ut.seek(0)
    noter_lesing(jp, av=request.user)
    navn = f"{jp.sak.aar}-{jp.sak.sekvens}-{jp.journalpostnummer}-pakker.pdf"
    svar = FileResponse(ut, content_type="application/pdf", filename=navn)
    svar["Cache-Control"] = "private, no-store"
    svar["X-Content-Type-Options"] = "nosniff"
    return svar


@ansatt
@require_POST
def fletting(request: HttpRequest, utsending_id: int) -> HttpResponse:
    """«Lag brevene på nytt»: merge and convert those that failed."""
    rad = hent_utsending(request.user, utsending_id)
    flett_igjen(rad, av=request.user)
    return omdiriger(request, f"/journalposter/utsendinger/{rad.pk}/")
