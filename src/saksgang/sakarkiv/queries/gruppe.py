"""What an access group narrows: named for those who see it, else a number (krav R-7.2.G)."""

from __future__ import annotations

from dataclasses import dataclass

from saksgang.kjerne.telling import tell
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Journalpost, Sak
from saksgang.tilgang.models import Tilgangsgruppe
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.querysets import synlig_q

TAK = 100


@dataclass(frozen=True)
class Innsnevret:
    """The newest cases and journalposter that the reader sees, and how many more there are; TAK + 1: more than TAK."""

    saker: list[Sak]
    journalposter: list[Journalpost]
    utenfor: int
    flere: bool


def innsnevret(leser: Bruker, gruppe: Tilgangsgruppe) -> Innsnevret:
    """Return what a group narrows, up to TAK of each kind; of what the reader does not see, how many alone."""
    ses = synlig_q(rettigheter(leser).noekler)
    saker = list(Sak.objects.filter(ses, tilgangsgruppe=gruppe).order_by("-pk")[: TAK + 1])
    poster = list(
        Journalpost.objects.filter(ses, tilgangsgruppe=gruppe)
        .select_related("sak", "tilgangskode")
        .order_by("-pk")[: TAK + 1]
    )
    skjult = tell(
        {
            "saker": Sak.objects.filter(tilgangsgruppe=gruppe).exclude(ses)[: TAK + 1],
            "poster": Journalpost.objects.filter(tilgangsgruppe=gruppe).exclude(ses)[: TAK + 1],
        }
    )
    return Innsnevret(saker[:TAK], poster[:TAK], sum(skjult.values()), max(len(saker), len(poster)) > TAK)
