"""«Se som»: what a person may see, for one who is to check it; never more than the one who checks sees (krav C.0)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q, QuerySet

from saksgang.kjerne.telling import tell
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Journalpost, Sak
from saksgang.soek.queries import sok
from saksgang.tilgang.queries import Grunn, grunner, regler_for, rettigheter, ser_alt
from saksgang.tilgang.querysets import synlig_q

M = TypeVar("M", Sak, Journalpost)
TAK = 500
"""No list is counted further than this: the cost does not grow with the archive."""
_NUMMER = re.compile(r"\s*(\d{4})/(\d+)(?:-(\d+))?\s*")
AAPEN = "Åpen for alle ansatte"


@dataclass(frozen=True)
class Regeltall:
    """One rule: how many cases and journalposter both see by it, and how many the person alone sees."""

    grunn: Grunn
    saker: int
    journalposter: int
    utenfor: int


def felles_saker(
    person: Bruker, leser: Bruker, *, grunner: Iterable[Grunn] | None = None, tekst: str = ""
) -> QuerySet[Sak]:
    """Return the cases that person and reader both see; grunner: only what these rules of the person's open."""
    rader = _felles(Sak.objects.all(), person, leser, grunner).select_related("tilgangskode", "enhet", "saksansvarlig")
    return _med_ord(rader, person, leser, tekst, "sak", "")


def felles_journalposter(
    person: Bruker, leser: Bruker, *, grunner: Iterable[Grunn] | None = None, tekst: str = ""
) -> QuerySet[Journalpost]:
    """Return the journalposter that person and reader both see; grunner: only what these rules open."""
    rader = _felles(Journalpost.objects.all(), person, leser, grunner)
    rader = rader.select_related("sak", "tilgangskode", "enhet", "saksbehandler")
    return _med_ord(rader, person, leser, tekst, "journalpost", "sak__")


def regeltall(person: Bruker, leser: Bruker, regler: list[Grunn]) -> list[Regeltall]:
    """Return for each rule how much both see by it, and how much the person sees and the reader does not.

    Of the latter nothing but the number is known. Each is counted to TAK and no further, in one statement.
    """
    noekler, alt = rettigheter(leser).noekler, ser_alt(rettigheter(leser))
    lister: dict[str, QuerySet[Sak] | QuerySet[Journalpost]] = {}
    for nr, grunn in enumerate(regler):
        lister[f"{nr}.sak"] = felles_saker(person, leser, grunner=[grunn])[: TAK + 1]
        lister[f"{nr}.jp"] = felles_journalposter(person, leser, grunner=[grunn])[: TAK + 1]
        if not alt:
            aapnet = synlig_q(grunn.noekler)
            lister[f"{nr}.sak.utenfor"] = Sak.objects.filter(aapnet).exclude(synlig_q(noekler))[: TAK + 1]
            lister[f"{nr}.jp.utenfor"] = Journalpost.objects.filter(aapnet).exclude(synlig_q(noekler))[: TAK + 1]
    tall = tell(lister)
    return [
        Regeltall(
            grunn,
            tall[f"{nr}.sak"],
            tall[f"{nr}.jp"],
            tall.get(f"{nr}.sak.utenfor", 0) + tall.get(f"{nr}.jp.utenfor", 0),
        )
        for nr, grunn in enumerate(regler)
    ]


def fordi(regler: list[Grunn], rad: Sak | Journalpost) -> list[str]:
    """Return the person's rules that open the row; a row that none of them opens is open to all employees."""
    return regler_for(regler, rad.noekler) or [AAPEN]


def personens_regler(person: Bruker) -> list[Grunn]:
    """Return the rules by which the person sees more than every employee does."""
    return grunner(person)


def _felles(rader: QuerySet[M], person: Bruker, leser: Bruker, regler: Iterable[Grunn] | None) -> QuerySet[M]:
    personens: Iterable[int] = rettigheter(person).noekler
    if regler is not None:
        personens = sorted(frozenset().union(*(grunn.noekler for grunn in regler)))
    return rader.filter(synlig_q(personens)).filter(synlig_q(rettigheter(leser).noekler)).order_by("-pk")


def _med_ord(rader: QuerySet[M], person: Bruker, leser: Bruker, tekst: str, type_: str, til_saken: str) -> QuerySet[M]:
    if not tekst.strip():
        return rader
    if treff := _NUMMER.fullmatch(tekst):
        aar, sekvens, nummer = treff.groups()
        rader = rader.filter(**{f"{til_saken}aar": aar, f"{til_saken}sekvens": sekvens})
        return rader.filter(Q(journalpostnummer=nummer)) if nummer and til_saken else rader
    funnet = sok(tekst, rettigheter(person).noekler, objekt_type=type_, vis_utgaatte=True)
    funnet = funnet.filter(synlig_q(rettigheter(leser).noekler))
    return rader.filter(pk__in=list(funnet.values_list("objekt_id", flat=True)[:TAK]))
