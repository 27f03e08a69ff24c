"""The plain search: by number, title, party and ordningsverdi, filtered by the reader before anything is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from saksgang.arkivstruktur.queries import finn_klasser
from saksgang.organisasjon.models import Bruker
from saksgang.soek import queries as indeks
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.querysets import synlig_q

from ..models import Journalpost, Klassering, Sak
from ..rules import Saksstatus

_NUMMER = re.compile(r"^\s*(\d{4})/(\d+)(?:-(\d+))?\s*$")
_GRENSE = 500


@dataclass(frozen=True)
class Soeketreff:
    """What was found, and how many there are up to a cap."""

    saker: list[Sak]
    journalposter: list[Journalpost]
    antall: int
    flere: bool


def _saker(leser: Bruker) -> QuerySet[Sak]:
    return Sak.objects.filter(synlig_q(rettigheter(leser).noekler)).select_related("saksansvarlig", "enhet")


def _journalposter(leser: Bruker) -> QuerySet[Journalpost]:
    return Journalpost.objects.filter(synlig_q(rettigheter(leser).noekler)).select_related(
        "sak", "tilgangskode", "saksbehandler"
    )


def soek(leser: Bruker, tekst: str, *, vis_utgaatte: bool = False, antall: int = 50) -> Soeketreff:
    """Find cases and journalposter. «2026/101», «2026/101-4», words of title and party, or «U6*»."""
    if treff := _NUMMER.match(tekst):
        aar, sekvens, nummer = treff.groups()
        if nummer:
            poster = list(
                _journalposter(leser)
                .filter(sak__aar=aar, sak__sekvens=sekvens, journalpostnummer=nummer)
                .order_by("pk")
            )
            return Soeketreff([], poster, len(poster), False)
        saker = list(_saker(leser).filter(aar=aar, sekvens=sekvens).order_by("pk"))
        return Soeketreff(saker, [], len(saker), False)
    rader = list(
        indeks.sok(tekst, rettigheter(leser).noekler, vis_utgaatte=vis_utgaatte).values_list(
            "objekt_type", "objekt_id"
        )[: _GRENSE + 1]
    )
    sak_id = [pk for type_, pk in rader if type_ == "sak"]
    jp_id = [pk for type_, pk in rader if type_ == "journalpost"]
    med_verdi = [s.pk for s in saker_med_ordningsverdi(leser, tekst, vis_utgaatte=vis_utgaatte)[:_GRENSE]]
    alle_saker = list(dict.fromkeys([*sak_id, *med_verdi]))
    totalt = len(alle_saker) + len(jp_id)
    saker = _i_rekkefoelge(_saker(leser).filter(pk__in=alle_saker[:antall]), alle_saker)
    poster = _i_rekkefoelge(_journalposter(leser).filter(pk__in=jp_id[:antall]), jp_id)
    return Soeketreff(saker, poster, min(totalt, _GRENSE), totalt > _GRENSE)


def saker_med_ordningsverdi(leser: Bruker, verdi: str, *, vis_utgaatte: bool = False) -> QuerySet[Sak]:
    """Cases classified by a value, those below it in the hierarchy, or by «U6*» (krav R-C.5)."""
    klasser = list(finn_klasser(verdi).values_list("pk", flat=True)[:200]) if verdi.strip() else []
    klassering = Klassering.objects.filter(sak=OuterRef("pk"), klasse_id__in=klasser, gyldig=True)
    rader = _saker(leser).filter(Exists(klassering))
    if not vis_utgaatte:
        rader = rader.exclude(status=Saksstatus.UTGAAR)
    return rader.order_by("-aar", "-sekvens", "-pk")


def mulige_dubletter(leser: Bruker, tekst: str, *, antall: int = 5) -> list[Sak]:
    """Cases that a new one may double: any two of the words typed, in a title or party (krav R-10.3.1.1)."""
    ord_ = [o for o in re.findall(r"\w+", tekst) if len(o) >= 3]
    if not ord_:
        return []
    funnet: dict[int, int] = {}
    for o in dict.fromkeys(ord_[:8]):
        for pk in indeks.sok(o, rettigheter(leser).noekler, objekt_type="sak").values_list("objekt_id", flat=True)[:50]:
            funnet[pk] = funnet.get(pk, 0) + 1
    krav = min(2, len(ord_))
    beste = sorted((pk for pk, n in funnet.items() if n >= krav), key=lambda pk: (-funnet[pk], -pk))[:antall]
    return _i_rekkefoelge(_saker(leser).filter(pk__in=beste), beste)


def _i_rekkefoelge(rader: QuerySet, id_er: list[int]) -> list:
    funnet = {rad.pk: rad for rad in rader}
    return [funnet[pk] for pk in id_er if pk in funnet]
