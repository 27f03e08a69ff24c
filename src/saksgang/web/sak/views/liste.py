"""Lists of cases: one's own, and the unit's page by page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from saksgang.kjerne.sider import Orden, bla
from saksgang.sakarkiv.queries.kurver import mine_saker
from saksgang.sakarkiv.queries.saksside import saker_i_mine_enheter
from saksgang.ui.vis import vis_side
from saksgang.web.adgang import ansatt

SIST_ENDRET = Orden(("sist_endret",), synkende=True)
MINE_HOEYST = 200


@ansatt
def saker(request: HttpRequest) -> HttpResponse:
    """«Mine saker», and the cases of one's units, last changed first (krav R-10.3.2.2b)."""
    avsluttede = request.GET.get("avsluttede") == "1"
    etter, foer = request.GET.get("etter", ""), request.GET.get("foer", "")
    side = bla(
        saker_i_mine_enheter(request.user, vis_avsluttede=avsluttede), SIST_ENDRET, etter=etter, foer=foer, antall=50
    )
    felles = {"avsluttede": "1"} if avsluttede else {}

    def adresse(**merke: str) -> str:
        return f"?{urlencode(felles | merke)}#enhetens" if any(merke.values()) else ""

    return vis_side(
        request,
        "web/sak/saker.html",
        "web/sak/_saker.html",
        mine=[] if etter or foer else list(mine_saker(request.user, vis_avsluttede=avsluttede)[:MINE_HOEYST]),
        vis_mine=not (etter or foer),
        enhetens=side.rader,
        neste=adresse(etter=side.neste),
        forrige=adresse(foer=side.forrige),
        avsluttede=avsluttede,
        tittel="Saker",
    )
