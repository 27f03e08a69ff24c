"""How the pages look to one person."""

from __future__ import annotations

from saksgang.kjerne.errors import UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.organisasjon.rules import Fargevalg
from saksgang.tilgang.rules import Handling

from .krev import krev
from .loggobjekt import loggobjekt, sett_felter


@kommando
def velg_utseende(bruker: Bruker, *, fargevalg: str, hurtigtaster: bool, av: Bruker) -> Bruker:
    """Choose light, dark or the machine's own colours, and whether single letters act (WCAG 2.1.4).

    Refused for others than oneself, and for a colour scheme that does not exist.
    """
    krev(av, Handling.VELGE_UTSEENDE, bruker)
    if fargevalg not in set(Fargevalg):
        raise UgyldigInndata({"fargevalg": "Velg en av fargene i listen."})
    bruker = Bruker.objects.select_for_update(of=("self",)).get(pk=bruker.pk)
    endringer = sett_felter(bruker, {"fargevalg": fargevalg, "hurtigtaster": hurtigtaster})
    if endringer:
        logg(loggobjekt(bruker), Handling.VELGE_UTSEENDE, av=av, endringer=endringer)
    return bruker
