"""«Se som»: what a person may see, and by which rules; for the administrator and the archive, each look logged."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from saksgang.kjerne import klokke
from saksgang.kjerne.sider import Orden, bla
from saksgang.sakarkiv.queries.sesom import (
    TAK,
    felles_journalposter,
    felles_saker,
    fordi,
    personens_regler,
    regeltall,
)
from saksgang.tilgang.commands import noter_se_som
from saksgang.tilgang.queries import Grunn, brukere, hent_bruker, rettigheter
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import vis_side
from saksgang.web.administrasjon.visning import Forespoersel, Lenke, Rad, del_opp, krever, liste, sidemeny

NYESTE = Orden((), synkende=True)
SIDE = 50


@krever(Handling.SE_SOM)
@require_safe
def personer(request: Forespoersel) -> HttpResponse:
    """The people, to choose whom to look as."""
    tekst, idag = request.GET.get("q", ""), klokke.idag()
    side = del_opp(request, brukere(tekst=tekst))
    return liste(
        request,
        tittel="Se som",
        ingress="Velg hvem du vil kontrollere. Du ser det personen kan se, men aldri mer enn du selv kan se. "
        "Det står i loggen at du har sett.",
        kolonner=["Navn", "Brukernavn", "Enhet"],
        rader=[
            Rad(
                [rad.navn, rad.brukernavn, rad.enhet.kode if rad.enhet else ""],
                url=reverse("kontroll_se_som_person", args=[rad.pk]),
                dempet=not rad.er_aktiv(idag),
            )
            for rad in side.rader
        ],
        soek=tekst,
        soekehjelp="Navn, initialer eller brukernavn",
        side=side,
        tom="Ingen brukere passer til søket.",
    )


@krever(Handling.SE_SOM)
@require_safe
def person(request: Forespoersel, pk: int) -> HttpResponse:
    """What one person may see of what the reader sees, by rule, and the number of the rest."""
    rad = hent_bruker(pk)
    noter_se_som(rad, av=request.user)
    regler = personens_regler(rad)
    valg = {navn: request.GET[navn].strip()[:100] for navn in ("vis", "omfang", "regel", "q") if request.GET.get(navn)}
    saker = valg.get("vis") == "saker"
    valgt = _valgt(regler, valg.get("regel", ""))
    utvalg = [valgt] if valgt else None if valg.get("omfang") == "alt" else regler
    finn: Any = felles_saker if saker else felles_journalposter
    funnet: Any = bla(
        finn(rad, request.user, grunner=utvalg, tekst=valg.get("q", "")),
        NYESTE,
        etter=request.GET.get("etter", ""),
        foer=request.GET.get("foer", ""),
        antall=SIDE,
    )

    def adresse(**bytt: str) -> str:
        return f"?{urlencode({navn: verdi for navn, verdi in (valg | bytt).items() if verdi})}"

    return vis_side(
        request,
        "web/administrasjon/sesom.html",
        "web/administrasjon/_sesom.html",
        tittel=f"Se som {rad.navn}",
        smuler=[
            {"navn": "Se som", "url": reverse("kontroll_se_som")},
            {"navn": rad.navn, "url": ""},
        ],
        person=rad,
        ansatt=rettigheter(rad).ansatt,
        inaktiv=not rad.er_aktiv(klokke.idag()),
        regler=[
            {"tall": tall, "url": adresse(regel=str(nr), omfang=""), "aktiv": tall.grunn == valgt}
            for nr, tall in enumerate(regeltall(rad, request.user, regler), start=1)
        ],
        tak=TAK,
        rader=[(objekt, fordi(regler, objekt)) for objekt in funnet.rader],
        saker=saker,
        valg=valg,
        valgt=valgt,
        faner=[
            {"navn": "Journalposter", "url": adresse(vis=""), "aktiv": not saker},
            {"navn": "Saker", "url": adresse(vis="saker"), "aktiv": saker},
        ],
        omfang=[
            Lenke("Det skjermede", adresse(omfang="", regel="")),
            Lenke("Alt", adresse(omfang="alt", regel="")),
        ],
        alt=utvalg is None,
        forrige=adresse(foer=funnet.forrige) if funnet.forrige else "",
        neste=adresse(etter=funnet.neste) if funnet.neste else "",
        kurver=sidemeny(request),
    )


def _valgt(regler: list[Grunn], tekst: str) -> Grunn | None:
    return regler[int(tekst) - 1] if tekst.isdecimal() and 0 < int(tekst) <= len(regler) else None
