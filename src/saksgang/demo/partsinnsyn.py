"""What parties are given: one package delivered, and one that waits for the leader (krav R-7.1.5)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from saksgang.offentlighet.commands import Unntak, lag_partsinnsyn, lever_partsinnsyn
from saksgang.offentlighet.queries import partsgrunnlag
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.commands import ferdigstill
from saksgang.sakarkiv.commands.journalpost import opprett_journalpost
from saksgang.sakarkiv.commands.part import legg_til_sakspart
from saksgang.sakarkiv.commands.relevans import merk_relevant
from saksgang.sakarkiv.models import Sak, Sakspart
from saksgang.sakarkiv.queries.saker import saksparter

from .grunnlag import tekstfil

if TYPE_CHECKING:
    from .kurver import Kurvfyller

HVEM = ("sb.kari", "sb.ola", "sb.per")
GRUNN = "Notatet gjengir det naboen fortalte om sin egen sykdom. Det har ingen betydning for søknaden."


def legg_inn_partsinnsyn(fyller: Kurvfyller) -> None:
    """Two cases where nothing is undecided, each with an internal note that is relevant to its treatment."""
    klare = (
        (sb, sak)
        for sb in map(fyller.p.__getitem__, HVEM)
        for sak in fyller.saker(sb.brukernavn)
        if not (g := partsgrunnlag(sb, sak)).uavklarte and g.dokumenter
    )
    for nr, (sb, sak) in enumerate(islice(klare, 2)):
        notat = opprett_journalpost(
            sak,
            "X",
            tittel="Notat fra befaring",
            interne_mottakere=[fyller.p["led.anne"]],
            dokumenter=[tekstfil("Befaring holdt sammen med naboen.\n", "notat.txt")],
            av=sb,
        )
        merk_relevant(ferdigstill(notat, offentlighet_vurdert=True, av=sb), av=sb)
        noekler = [d.noekkel for d in partsgrunnlag(sb, sak).dokumenter]
        unntatt = {noekler[-1]: Unntak("19-2a", GRUNN)} if nr else {}
        laget = lag_partsinnsyn(_part(fyller, sak, sb), dict.fromkeys(noekler) | unntatt, av=sb)
        if not nr:
            lever_partsinnsyn(laget, "H", laget.part.navn, av=sb)


def _part(fyller: Kurvfyller, sak: Sak, sb: Bruker) -> Sakspart:
    return saksparter(sak).first() or legg_til_sakspart(
        sak, type_="person", navn=fyller.f.folk.person().navn, rolle="Søker", av=sb
    )
