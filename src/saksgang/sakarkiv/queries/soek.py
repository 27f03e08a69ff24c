"""The plain search: by number, title, party and ordningsverdi, filtered by the reader before anything is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from saksgang.kjerne.identifikatorer import les_matrikkel
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Journalpost, Klassering, Kodeverdi, Sak
from saksgang.sakarkiv.rules import Journalstatus, Saksstatus
from saksgang.soek import queries as indeks
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.querysets import synlig_q

_NUMMER = re.compile(r"^\s*(\d{4})/(\d+)(?:-(\d+))?\s*$")
_GRENSE = 500
M = TypeVar("M", bound=Model)


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
        return _etter_nummer(leser, *treff.groups(), vis_utgaatte=vis_utgaatte)
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


def opphavskoder() -> QuerySet[Kodeverdi]:
    """Return every origin that a journalpost may have, those that are no longer chosen too."""
    return Kodeverdi.objects.filter(liste=Kodeverdi.Liste.OPPHAV).order_by("rekkefoelge", "pk")


def soek_med_opphav(
    leser: Bruker, opphav: Kodeverdi, tekst: str = "", *, vis_utgaatte: bool = False, antall: int = 50
) -> Soeketreff:
    """Find journalposter that came this way (krav R-4.2); where there is text, among the newest that it finds."""
    return _i_utvalget(leser, Q(opphav=opphav), tekst, vis_utgaatte=vis_utgaatte, antall=antall)


def ekspederingsmaater() -> QuerySet[Kodeverdi]:
    """Return every way that a letter may have gone, those that are no longer chosen too."""
    return Kodeverdi.objects.filter(liste=Kodeverdi.Liste.EKSPEDERING).order_by("rekkefoelge", "pk")


def soek_ekspedert(
    leser: Bruker, maate: Kodeverdi, tekst: str = "", *, vis_utgaatte: bool = False, antall: int = 50
) -> Soeketreff:
    """Find letters that go or went this way (krav R-10.4.3); where there is text, among the newest that it finds."""
    utvalg = Q(ekspederingskoder__contains=[maate.kode])
    return _i_utvalget(leser, utvalg, tekst, vis_utgaatte=vis_utgaatte, antall=antall)


def _i_utvalget(leser: Bruker, utvalg: Q, tekst: str, *, vis_utgaatte: bool, antall: int) -> Soeketreff:
    poster = _journalposter(leser).filter(utvalg)
    if not vis_utgaatte:
        poster = poster.exclude(status=Journalstatus.UTGAAR)
    med_ord: list[int] = []
    if treff := _NUMMER.match(tekst):
        aar, sekvens, nummer = treff.groups()
        poster = poster.filter(sak__aar=aar, sak__sekvens=sekvens)
        poster = poster.filter(journalpostnummer=nummer) if nummer else poster
    elif tekst:
        rader = indeks.sok(
            tekst, rettigheter(leser).noekler, objekt_type="journalpost", vis_utgaatte=vis_utgaatte
        ).values_list("objekt_id", flat=True)
        med_ord = list(rader[: 4 * _GRENSE + 1])
        poster = poster.filter(pk__in=med_ord)
    id_er = list(poster.order_by("-pk").values_list("pk", flat=True)[: _GRENSE + 1])
    funnet = _i_rekkefoelge(_journalposter(leser).filter(pk__in=id_er[:antall]), id_er)
    flere = len(id_er) > _GRENSE or len(med_ord) > 4 * _GRENSE
    return Soeketreff([], funnet, min(len(id_er), _GRENSE), flere)


def _etter_nummer(leser: Bruker, aar: str, sekvens: str, nummer: str | None, *, vis_utgaatte: bool) -> Soeketreff:
    saker, poster = _saker(leser), _journalposter(leser)
    if not vis_utgaatte:
        saker, poster = saker.exclude(status=Saksstatus.UTGAAR), poster.exclude(status=Journalstatus.UTGAAR)
    if nummer:
        funnet = list(poster.filter(sak__aar=aar, sak__sekvens=sekvens, journalpostnummer=nummer).order_by("pk"))
        return Soeketreff([], funnet, len(funnet), False)
    treff = list(saker.filter(aar=aar, sekvens=sekvens).order_by("pk"))
    return Soeketreff(treff, [], len(treff), False)


def saker_med_ordningsverdi(leser: Bruker, verdi: str, *, vis_utgaatte: bool = False) -> QuerySet[Sak]:
    """Cases classified by a value, those below it in the hierarchy, or by «U6*» (krav R-C.5).

    «41/7» and «gnr. 41 bnr. 7» find the property with its festetomter and seksjoner, not 41/70. Classes that name
    persons are never found this way.
    """
    if eiendom := les_matrikkel(verdi):
        nummer = str(eiendom)
        av_klasse = Q(klasse__klasse_id=nummer) | Q(klasse__klasse_id__startswith=f"{nummer}/")
    elif verdi.strip() and " " not in verdi.strip():
        av_klasse = Q(klasse__klasse_id__istartswith=verdi.strip().rstrip("*"))
    else:
        av_klasse = Q(pk__in=[])
    klassering = Klassering.objects.filter(
        av_klasse, sak=OuterRef("pk"), gyldig=True, klasse__klassifikasjonssystem__skjermet=False
    )
    rader = _saker(leser).filter(Exists(klassering))
    if not vis_utgaatte:
        rader = rader.exclude(status=Saksstatus.UTGAAR)
    return rader.order_by("-aar", "-sekvens", "-pk")


def mulige_dubletter(leser: Bruker, tekst: str, *, eiendom: str = "", antall: int = 5) -> list[Sak]:
    """Cases that a new one may double (krav R-10.3.1.1): on the same property, or with any two of the words typed.

    The words are looked for in the titles and parties of cases and of the journalposter that the reader may see.
    """
    noekler = rettigheter(leser).noekler
    funnet: dict[int, int] = {}
    ord_ = list(dict.fromkeys(o for o in re.findall(r"\w+", tekst) if len(o) >= 3))[:8]
    for o in ord_:
        for pk in set(indeks.sok(o, noekler).values_list("sak_id", flat=True)[:100]):
            funnet[pk] = funnet.get(pk, 0) + 1
    krav = min(2, len(ord_))
    funnet = {pk: n for pk, n in funnet.items() if n >= krav}
    if les_matrikkel(eiendom):
        for pk in saker_med_ordningsverdi(leser, eiendom).values_list("pk", flat=True)[:100]:
            funnet[pk] = funnet.get(pk, 0) + 10
    beste = sorted(funnet, key=lambda pk: (-funnet[pk], -pk))
    synlige = _saker(leser).exclude(status=Saksstatus.UTGAAR).filter(pk__in=beste[: antall * 4])
    return _i_rekkefoelge(synlige, beste)[:antall]


def _i_rekkefoelge(rader: QuerySet[M], id_er: list[int]) -> list[M]:
    funnet = {rad.pk: rad for rad in rader}
    return [funnet[pk] for pk in id_er if pk in funnet]
