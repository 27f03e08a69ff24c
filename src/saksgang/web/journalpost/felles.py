"""What the acts on a journalpost share: the answer when it is done, and the form when it is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from saksgang.kjerne.errors import IkkeFunnet
from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.rules import Journalstatus
from saksgang.ui.vis import innsendt, omdiriger, oppdater, proev, vis

if TYPE_CHECKING:
    from saksgang.sakarkiv.models import Journalpost, Sak


def url_for(journalpost: Journalpost, **soek: str) -> str:
    """The journalpost's own page: case number and document number."""
    sak = journalpost.sak
    url = reverse("journalpost", args=[sak.aar, sak.sekvens, journalpost.journalpostnummer])
    return f"{url}?{'&'.join(f'{n}={v}' for n, v in soek.items())}" if soek else url


def sak_url(sak: Sak) -> str:
    """The case's own page."""
    return reverse("sak", args=[sak.aar, sak.sekvens])


def skriving_url(journalpost: Journalpost) -> str:
    """The page where an own document is written."""
    return reverse("journalpost-skriving", args=[journalpost.pk])


def ferdig(request: HttpRequest, journalpost: Journalpost, melding: str, *, angre: str = "") -> HttpResponse:
    """Answer an act that is done: back to the page, or for a work list with the preview only word that it changed.

    Whoever is writing goes on writing, until the document is finished.
    """
    hvor = request.htmx.current_url_abs_path or "" if getattr(request, "htmx", None) else ""
    sti, _, soek = hvor.partition("?")
    if hvor and not sti.startswith(("/saker/", "/journalposter/")):
        return oppdater("liste-endret", melding, angre=angre)
    messages.success(request, melding)
    try:
        journalpost = saker.hent_journalpost_id(request.user, journalpost.pk)
    except IkkeFunnet:  # what one has just given away may be closed to oneself
        return omdiriger(request, "/")
    if journalpost.status == Journalstatus.RESERVERT:
        skriving = skriving_url(journalpost)
        if sti == skriving:
            return omdiriger(request, hvor)
        if "fra=skriving" in soek.split("&"):
            return omdiriger(request, skriving)
    return omdiriger(request, url_for(journalpost))


def utfoer(
    request: HttpRequest,
    journalpost: Journalpost,
    skjema: forms.Form,
    kjoer: Callable[..., Any],
    *,
    tittel: str,
    knapp: str,
    melding: str,
    angre: Callable[[Any], str] | None = None,
    etter: Callable[[str], HttpResponse] | None = None,
    mal: str = "web/journalpost/_handling.html",
    **kontekst: Any,
) -> HttpResponse:
    """Show the act's form, or do it; a refusal stands in the form with what was typed.

    etter: where to go when it is done, instead of back to the journalpost.
    """
    status = 200
    if request.method == "POST":
        resultat, status = proev(skjema, lambda felter: kjoer(**felter))
        if status == 200:
            if etter is not None:
                return etter(melding)
            return ferdig(request, journalpost, melding, angre=angre(resultat) if angre else "")
    return vis(
        request,
        mal,
        status=status,
        skjema=skjema,
        jp=journalpost,
        tittel=tittel,
        knapp=knapp,
        tilbake=url_for(journalpost),
        **kontekst,
    )


def data(request: HttpRequest) -> Any:
    """What a form is bound to: nothing before it is sent."""
    return innsendt(request)
