"""«Hvem kan se dette?»: the persons, and the rule for each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.queries.lesere import hvem_kan_se
from saksgang.ui.vis import vis
from saksgang.web.adgang import ansatt
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


def _vis(request: HttpRequest, nummer: str, navn: str, objekt: object, tilbake: str) -> HttpResponse:
    return vis(
        request,
        "web/lesere/_lesere.html",
        tittel=f"Hvem kan se {nummer}?",
        navn=navn,
        objekt=objekt,
        lesere=hvem_kan_se(objekt),  # type: ignore[arg-type] # a case or a journalpost
        tilbake=tilbake,
    )
