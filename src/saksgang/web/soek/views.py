"""Search: cases and journalposter by number, title, party, ordningsverdi; journalposter by origin and by dispatch."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from saksgang.sakarkiv.queries.saker import ser_saken
from saksgang.sakarkiv.queries.soek import ekspederingsmaater, opphavskoder, soek_ekspedert, soek_med_opphav
from saksgang.sakarkiv.queries.soek import soek as finn
from saksgang.ui.vis import vis_side
from saksgang.web.adgang import ansatt

ANTALL, HOEYST = 50, 500


@ansatt
def soek(request: HttpRequest) -> HttpResponse:
    """Show what the reader may see of it, newest first; counts stop at 500 (krav R-10.3.1.1, R-C.5, R-4.2)."""
    tekst = request.GET.get("q", "").strip()[:200]
    utgaatte = request.GET.get("utgaatte") == "1"
    alle = request.GET.get("alle") == "1"
    antall = HOEYST if alle else ANTALL
    koder = list(opphavskoder())
    opphav = next((k for k in koder if k.kode == request.GET.get("opphav")), None)
    maater = list(ekspederingsmaater())
    maate = next((k for k in maater if k.kode == request.GET.get("ekspedering")), None)
    treff = None
    if maate is not None:
        opphav = None  # what one has sent came from nobody
        treff = soek_ekspedert(request.user, maate, tekst, vis_utgaatte=utgaatte, antall=antall)
    elif opphav is not None:
        treff = soek_med_opphav(request.user, opphav, tekst, vis_utgaatte=utgaatte, antall=antall)
    elif tekst:
        treff = finn(request.user, tekst, vis_utgaatte=utgaatte, antall=antall)
    valg = {
        "q": tekst,
        "opphav": opphav.kode if opphav else "",
        "ekspedering": maate.kode if maate else "",
        "utgaatte": "1" if utgaatte else "",
    }
    valg = {navn: verdi for navn, verdi in valg.items() if verdi}
    flere = ""
    if treff and not alle and (len(treff.saker) == ANTALL or len(treff.journalposter) == ANTALL):
        flere = f"?{urlencode(valg | {'alle': '1'})}"
    return vis_side(
        request,
        "web/soek/side.html",
        "web/soek/_treff.html",
        treff=treff,
        antall=f"{treff.antall}+" if treff and treff.flere else str(treff.antall) if treff else "",
        journalposter=[(jp, ser_saken(request.user, jp.sak)) for jp in treff.journalposter] if treff else [],
        flere=flere,
        med_utgaatte=f"?{urlencode(valg | {'utgaatte': '1'})}",
        koder=koder,
        opphav=opphav,
        maater=maater,
        maate=maate,
        soeketekst=tekst,
        utgaatte=utgaatte,
        tittel=f"Søk: {navn}" if (navn := tekst or getattr(maate or opphav, "navn", "")) else "Søk",
    )
