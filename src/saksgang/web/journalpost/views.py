"""The journalpost's page, its preview in the work lists, its history, and the suggestions of people and units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from saksgang.flyt.queries import flagg_paa
from saksgang.flyt.rules import Flaggtype
from saksgang.kjerne import klokke
from saksgang.offentlighet.queries import vurderinger
from saksgang.sakarkiv.commands.lesing import noter_lesing
from saksgang.sakarkiv.commands.merknad import marker_merknader_lest
from saksgang.sakarkiv.queries import saker
from saksgang.tilgang.queries import enheter, fravaerende, sok_brukere
from saksgang.ui.vis import omdiriger, vis, vis_side
from saksgang.web.adgang import ansatt
from saksgang.web.dokument.visning import vis_dokumenter

from .felles import sak_url, url_for
from .felter import skriv
from .historikk import linjer
from .oversikt import Oversikt

if TYPE_CHECKING:
    from saksgang.sakarkiv.models import Journalpost

SISTE, TELLES = 5, 50
SKJULTE_KONTROLLER = "skjulte_kontroller"


def _kontekst(request: HttpRequest, jp: Journalpost) -> dict[str, Any]:
    oversikt = Oversikt(jp, request.user)
    visning = vis_dokumenter(
        request.user, jp, nummer=request.GET.get("dok", ""), versjon=request.GET.get("versjon", "")
    )
    oversikt.har_dokumenter = bool(visning.faner)
    oversikt.vist_dokument = visning.dokument
    return {
        "jp": jp,
        "o": oversikt,
        "idag": klokke.idag(),
        "jp_url": url_for(jp),
        "sak_url": sak_url(jp.sak),
        "v": visning,
    }


@ansatt
@require_safe
def journalpost(request: HttpRequest, aar: int, sekvens: int, nummer: int) -> HttpResponse:
    """The page of one journalpost: facts, document, Meny, remarks, history. Opening a graded one is logged."""
    jp = saker.hent_journalpost(request.user, aar, sekvens, nummer)
    noter_lesing(jp, av=request.user)
    kontekst = _kontekst(request, jp)
    oversikt = kontekst["o"]
    hendelser = saker.historikk(request.user, jp.sak, journalpost=jp, grense=TELLES + 1)
    if 0 < len(hendelser) <= TELLES:
        oversikt.registrering = hendelser[-1]
    svar = vis_side(
        request,
        "web/journalpost/side.html",
        "web/journalpost/_side.html",
        **kontekst,
        flagg=[f for f in flagg_paa(jp, request.user) if f.type == Flaggtype.BESKJED],
        historikk=linjer(hendelser[:SISTE]),
        antall_hendelser=len(hendelser) if len(hendelser) <= TELLES else "",
        vis_kontroll=jp.pk not in request.session.get(SKJULTE_KONTROLLER, []),
    )
    marker_merknader_lest(oversikt.nye_merknader, av=request.user)
    return svar


@ansatt
@require_safe
def journalpost_id(request: HttpRequest, pk: int) -> HttpResponse:
    """Send on to the journalpost's page."""
    return omdiriger(request, url_for(saker.hent_journalpost_id(request.user, pk)))


@ansatt
@require_safe
def forhaand(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview beside a work list: head, primary act, Meny, new remarks, document."""
    jp = saker.hent_journalpost_id(request.user, pk)
    noter_lesing(jp, av=request.user)
    return vis(request, "web/journalpost/_forhaand.html", tittel=f"{jp} {jp.tittel}", **_kontekst(request, jp))


@ansatt
@require_safe
def historikk(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that happened to the journalpost, newest first, and the history of its grading."""
    jp = saker.hent_journalpost_id(request.user, pk)
    return vis(
        request,
        "web/journalpost/_historikk.html",
        tittel=f"Historikk for {jp}",
        jp=jp,
        historikk=linjer(saker.historikk(request.user, jp.sak, journalpost=jp)),
        vurderinger=list(vurderinger(jp)),
        tilbake=url_for(jp),
    )


@ansatt
@require_POST
def kontroll(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide the control checklist of this journalpost for the rest of the session."""
    jp = saker.hent_journalpost_id(request.user, pk)
    skjulte = [k for k in request.session.get(SKJULTE_KONTROLLER, []) if k != jp.pk]
    request.session[SKJULTE_KONTROLLER] = [*skjulte, jp.pk][-200:]
    if getattr(request, "htmx", None):
        return HttpResponse("")
    return omdiriger(request, url_for(jp))


@ansatt
@require_safe
def mottakerforslag(request: HttpRequest) -> JsonResponse:
    """People, and units unless slag=person, whose names begin with the words; who is away is said."""
    tekst = request.GET.get("q", "").strip()
    if not tekst:
        return JsonResponse({"forslag": []})
    idag = klokke.idag()
    personer = list(sok_brukere(tekst, idag)[:10])
    borte = fravaerende(idag, [p.pk for p in personer])
    forslag = [
        {
            "verdi": str(p.pk),
            "tekst": skriv(p),
            "under": " · ".join(
                filter(
                    None,
                    [
                        p.tittel,
                        p.enhet.navn if p.enhet else "",
                        f"borte til {borte[p.pk].til:%d.%m}" if p.pk in borte else "",
                    ],
                )
            ),
        }
        for p in personer
    ]
    if request.GET.get("slag") != "person":
        ord_ = tekst.casefold()
        funnet = [e for e in enheter() if e.navn.casefold().startswith(ord_) or e.kode.casefold().startswith(ord_)]
        forslag += [{"verdi": f"e{e.pk}", "tekst": skriv(e), "under": "Hele enheten"} for e in funnet[:5]]
    return JsonResponse({"forslag": forslag}, json_dumps_params={"ensure_ascii": False})
