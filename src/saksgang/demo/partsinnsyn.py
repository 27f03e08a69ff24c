"""What parties are given: one package delivered, and one that waits for the leader (krav R-7.1.5)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from saksgang.offentlighet.commands import Unntak, lag_partsinnsyn, lever_partsinnsyn
from saksgang.offentlighet.queries import partsgrunnlag
from saksgang.produksjon.commands import ferdigstill
from saksgang.sakarkiv.commands.journalpost import opprett_journalpost
from saksgang.sakarkiv.commands.part import legg_til_sakspart
from saksgang.sakarkiv.commands.relevans import merk_relevant
from saksgang.sakarkiv.models import Sak
from saksgang.sakarkiv.queries.saker import saksparter

from .grunnlag import tekstfil

if TYPE_CHECKING:
    from .kurver import Kurvfyller

HVEM = "sb.kari"
GRUNN = "Notatet gjengir det naboen fortalte om sin egen sykdom. Det har ingen betydning for søknaden."


def legg_inn_partsinnsyn(fyller: Kurvfyller) -> None:
    """Two cases of one case worker, each with an internal note that is relevant to its treatment."""
    kari = fyller.p[HVEM]
    klare = (sak for sak in fyller.saker(HVEM) if not (g := partsgrunnlag(kari, sak)).uavklarte and g.dokumenter)
    for nr, sak in enumerate(islice(klare, 2)):
        notat = opprett_journalpost(
            sak,
            "X",
            tittel="Notat fra befaring",
            interne_mottakere=[fyller.p["sb.ola"]],
            dokumenter=[tekstfil("Befaring holdt sammen med naboen.\n", "notat.txt")],
            av=kari,
        )
        merk_relevant(ferdigstill(notat, offentlighet_vurdert=True, av=kari), av=kari)
        noekler = [d.noekkel for d in partsgrunnlag(kari, sak).dokumenter]
        unntatt = {noekler[-1]: Unntak("19-2a", GRUNN)} if nr else {}
        laget = lag_partsinnsyn(_part(fyller, sak), dict.fromkeys(noekler) | unntatt, av=kari)
        if not nr:
            lever_partsinnsyn(laget, "H", laget.part.navn, av=kari)


def _part(fyller: Kurvfyller, sak: Sak):
    return saksparter(sak).first() or legg_til_sakspart(
        sak, type_="person", navn=fyller.f.folk.person().navn, rolle="Søker", av=fyller.p[HVEM]
    )
