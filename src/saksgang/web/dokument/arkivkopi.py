"""The PDF to look at in place of an office file, and what is done with an archive copy that does not come."""

from __future__ import annotations

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from saksgang.kjerne.errors import IkkeFunnet
from saksgang.lager import queries as lager
from saksgang.produksjon.commands import behold_original, bestill_forhaandsvisning, proev_igjen
from saksgang.produksjon.queries.arkivkopi import forhaandsvisning
from saksgang.sakarkiv.commands.lesing import noter_fillesing
from saksgang.sakarkiv.queries import saker
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import omdiriger, vis
from saksgang.web.adgang import ansatt
from saksgang.web.journalpost.felles import data, ferdig, url_for, utfoer

from .views import CSP_PDF


@ansatt
def forhaandsvis(request: HttpRequest, versjon_id: int) -> HttpResponse:
    """How far the PDF of a version has come; POST orders it. The fragment renews itself until it is there."""
    versjon = saker.hent_versjon(request.user, versjon_id)
    if request.method == "POST":
        bestill_forhaandsvisning(versjon)
        if not getattr(request, "htmx", None):
            return omdiriger(request, url_for(versjon.dokument.journalpost, dok=str(versjon.dokument.nummer)))
    visning = forhaandsvisning(versjon)
    if visning is None:
        raise IkkeFunnet
    return vis(
        request,
        "web/dokument/_forhaandsvisning.html",
        tittel=f"Forhåndsvisning av {versjon.filnavn}",
        versjon=versjon,
        visning=visning,
    )


@ansatt
@require_safe
def pdf(request: HttpRequest, versjon_id: int) -> HttpResponse:
    """Serve the PDF of a version that the browser cannot show by itself."""
    versjon = saker.hent_versjon(request.user, versjon_id)
    visning = forhaandsvisning(versjon)
    if visning is None or visning.fil is None:
        raise IkkeFunnet
    noter_fillesing(versjon, av=request.user)
    svar = FileResponse(lager.aapne(visning.fil), filename=f"{versjon.dokument_id}.pdf", content_type="application/pdf")
    svar["Cache-Control"] = "private, no-cache"
    svar["X-Content-Type-Options"] = "nosniff"
    svar["Content-Security-Policy"] = CSP_PDF
    return svar


@ansatt
@require_POST
def igjen(request: HttpRequest, versjon_id: int) -> HttpResponse:
    """Convert anew, now."""
    versjon = saker.hent_versjon(request.user, versjon_id)
    proev_igjen(versjon, av=request.user)
    return ferdig(request, versjon.dokument.journalpost, "Kopien lages på nytt.")


class Original(forms.Form):
    begrunnelse = forms.CharField(label="Begrunnelse", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


@ansatt
def original(request: HttpRequest, versjon_id: int) -> HttpResponse:
    """Keep a version as it is, without archive copy, by the archive's decision."""
    versjon = saker.hent_versjon(request.user, versjon_id)
    jp = versjon.dokument.journalpost
    krev(request.user, Handling.BEHOLDE_ORIGINAL, jp)
    return utfoer(
        request,
        jp,
        Original(data(request)),
        lambda begrunnelse: behold_original(versjon, begrunnelse, av=request.user),
        tittel="Behold originalen",
        knapp="Behold originalen",
        melding="Originalen beholdes uten arkivkopi.",
        innledning="Dokumentet arkiveres i formatet det kom i. Saken kan avsluttes uten arkivkopi av det.",
    )
