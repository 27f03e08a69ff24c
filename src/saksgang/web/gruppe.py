"""A tilgangsgruppe made where it is needed, from the journalpost or the case; then its own page, to add members."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from saksgang.offentlighet.commands import snevre_inn
from saksgang.sakarkiv.queries import saker
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import innsendt, omdiriger, proev, vis
from saksgang.web.adgang import ansatt
from saksgang.web.administrasjon.forms import NyGruppeHer
from saksgang.web.adresser import journalpost_url, sak_url


@ansatt
def journalpost(request: HttpRequest, pk: int) -> HttpResponse:
    """Narrow a coded journalpost to a new group of one's own."""
    jp = saker.hent_journalpost_id(request.user, pk)
    krev(request.user, Handling.SKJERME, jp)
    return _ny_gruppe(request, jp, str(jp), journalpost_url(jp))


@ansatt
def sak(request: HttpRequest, aar: int, sekvens: int) -> HttpResponse:
    """Narrow a coded case to a new group; by those who may screen it."""
    saken = saker.hent_sak(request.user, aar, sekvens)
    krev(request.user, Handling.SKJERME_SAK, saken)
    return _ny_gruppe(request, saken, saken.saksnummer, sak_url(saken))


def _ny_gruppe(request: HttpRequest, objekt: Any, nummer: str, tilbake: str) -> HttpResponse:
    skjema, status = NyGruppeHer(innsendt(request)), 200
    if request.method == "POST":
        gruppe, status = proev(
            skjema,
            lambda felter: snevre_inn(
                objekt, felter["navn"], medlemmer=skjema.medlemmer(), til=felter["til"], av=request.user
            ),
        )
        if gruppe is not None:
            messages.success(request, f"{nummer} er snevret inn til {gruppe}. Legg til flere medlemmer her.")
            return omdiriger(request, reverse("minside_gruppe", args=[gruppe.pk]))
    return vis(
        request,
        "web/lesere/_ny_gruppe.html",
        status=status,
        skjema=skjema,
        tittel=f"Ny tilgangsgruppe for {nummer}",
        objekt=objekt,
        tilbake=tilbake,
    )
