"""«Hvem kan se dette?»: the persons, and the rule for each; and «Kan N.N. se dette?» of one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.queries.lesere import hvem_kan_se, hvorfor_ikke, kan_se
from saksgang.ui.vis import vis
from saksgang.web.adgang import ansatt
from saksgang.web.administrasjon.felter import Brukerfelt
from saksgang.web.adresser import journalpost_url, sak_url


@ansatt
@require_safe
def journalpost(request: HttpRequest, pk: int) -> HttpResponse:
    """Who sees a journalpost that one sees oneself."""
    jp = saker.hent_journalpost_id(request.user, pk)
    return _vis(request, str(jp), jp.tittel, jp, journalpost_url(jp))


@ansatt
@require_safe
def sak(request: HttpRequest, aar: int, sekvens: int) -> HttpResponse:
    """Who sees a case that one sees oneself; its journalposter have codes of their own (A-36)."""
    saken = saker.hent_sak(request.user, aar, sekvens)
    return _vis(request, saken.saksnummer, saken.tittel, saken, sak_url(saken))


class Personvalg(forms.Form):
    """One person to ask about."""

    bruker = Brukerfelt(label="Kan en bestemt person se dette?")


def _vis(request: HttpRequest, nummer: str, navn: str, objekt: Any, tilbake: str) -> HttpResponse:
    lesere = hvem_kan_se(objekt)
    skjema = Personvalg(request.GET if "bruker" in request.GET else None)
    svar: dict[str, Any] = {}
    if skjema.is_valid():
        person = skjema.cleaned_data["bruker"]
        leser = kan_se(objekt, person, lesere)
        svar = {"person": person, "leser": leser, "hvorfor_ikke": "" if leser else hvorfor_ikke(objekt, person)}
    return vis(
        request,
        "web/lesere/_lesere.html",
        status=422 if skjema.errors else 200,
        tittel=f"Hvem kan se {nummer}?",
        navn=navn,
        objekt=objekt,
        lesere=lesere,
        tilbake=tilbake,
        skjema=skjema,
        her=request.path,
        **svar,
    )
