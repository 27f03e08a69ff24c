"""Reading the seals: is the log still what it was when it was sealed?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, groupby
from typing import Any

from django.db import connection
from django.db.models import Max, Min

from . import rules
from .models import Hendelse, Segl, SegletHendelse

MAKS_BYTTER = 100
MAKS_HULL = 10_000
BUNKE = 2000

Dekning = list[tuple[int, str]]
Rader = dict[int, dict[str, Any]]


class Brudd(StrEnum):
    """In what way the log is not what it was."""

    ENDRET = "endret"
    FJERNET = "fjernet"
    LAGT_TIL = "lagt til"
    OMORDNET = "omordnet"
    KJEDE = "kjedebrudd"


@dataclass(frozen=True, slots=True)
class Funn:
    """One breach: its kind, the seal it is seen in, the events it concerns, and a Norwegian sentence."""

    art: Brudd
    segl: int | None
    hendelser: tuple[int, ...]
    tekst: str


def siste_segl() -> Segl | None:
    """Return the last seal; its hash can be published, and be asked for again in verifiser_logg."""
    return Segl.objects.order_by("-nummer").first()


def verifiser_logg(kjente: Iterable[str] = ()) -> list[Funn]:
    """Return every breach of the chain, in the order of the seals; an empty list when the log is whole.

    `kjente` are hashes published earlier: without them nobody can see that the chain's end was cut off.
    """
    funn: list[Funn] = []
    hasher: set[str] = set()
    forrige, forrige_nummer = rules.FOERSTE, None
    siste = siste_segl()
    for segl, dekket, rader in _med_rader(_segl_med_hendelser(siste.nummer if siste else 0)):
        if segl.forrige != forrige:
            hvor = f"segl {forrige_nummer}" if forrige_nummer else "begynnelsen"
            tekst = (
                f"Segl {segl.nummer} følger ikke etter {hvor}: ett eller flere segl er fjernet, endret eller byttet om."
            )
            funn.append(Funn(Brudd.KJEDE, segl.nummer, (), tekst))
        funn += _kontroller(segl, dekket, rader)
        forrige, forrige_nummer = segl.hash, segl.nummer
        hasher.add(segl.hash)
    funn += _uten_segl()
    for kjent in kjente:
        if kjent not in hasher:
            funn.append(Funn(Brudd.KJEDE, None, (), f"Seglet som ble kunngjort med kontrollsum {kjent}, finnes ikke."))
    return funn


def _segl_med_hendelser(til: int) -> Iterator[tuple[Segl, Dekning]]:
    """Yield each seal with the numbers and digests that it covers, without holding the log in memory.

    Stops at a seal that both queries are sure to see, for others may be made meanwhile.
    """
    dekninger = groupby(
        SegletHendelse.objects.filter(segl_id__lte=til)
        .order_by("segl_id", "hendelse_id")
        .values_list("segl_id", "hendelse_id", "hash")
        .iterator(chunk_size=5000),
        key=lambda rad: rad[0],
    )
    nummer, rader = next(dekninger, (None, iter(())))
    for segl in Segl.objects.filter(nummer__lte=til).order_by("nummer").iterator(chunk_size=1000):
        while nummer is not None and nummer < segl.nummer:
            nummer, rader = next(dekninger, (None, iter(())))
        yield segl, [(hendelse, hash_) for _, hendelse, hash_ in rader] if nummer == segl.nummer else []


def _med_rader(alle: Iterable[tuple[Segl, Dekning]]) -> Iterator[tuple[Segl, Dekning, Rader]]:
    """Add the events themselves, fetched for many small seals at a time."""
    felter = sorted(set().union(*rules.FELTER.values()))
    bunke: list[tuple[Segl, Dekning]] = []
    antall = 0
    for par in chain(alle, (None,)):
        if par is not None:
            bunke.append(par)
            antall += 1 + len(par[1])
            if antall < BUNKE:
                continue
        numre = [nummer for _, dekket in bunke for nummer, _ in dekket]
        hentet = Hendelse.objects.filter(nummer__in=numre).order_by("nummer").values(*felter)
        rader: Rader = {rad["nummer"]: rad for rad in hentet}
        for segl, dekket in bunke:
            yield segl, dekket, {nummer: rader[nummer] for nummer, _ in dekket if nummer in rader}
        bunke, antall = [], 0


def _uten_segl() -> list[Funn]:
    with connection.cursor() as markoer:
        markoer.execute(
            "SELECT s.segl_id, array_agg(s.hendelse_id ORDER BY s.hendelse_id) FROM logg_seglethendelse s"
            " WHERE NOT EXISTS (SELECT 1 FROM logg_segl WHERE nummer = s.segl_id) GROUP BY s.segl_id ORDER BY s.segl_id"
        )
        return [
            Funn(Brudd.KJEDE, nummer, tuple(numre), f"Segl {nummer} er fjernet; det dekket {_numre(numre)}.")
            for nummer, numre in markoer.fetchall()
        ]


def _kontroller(segl: Segl, dekket: Dekning, rader: Rader) -> list[Funn]:
    borte = tuple(nummer for nummer, _ in dekket if nummer not in rader)
    avvik = {
        nummer: hash_
        for nummer, hash_ in dekket
        if nummer in rader and rules.hendelse_hash(rader[nummer], segl.versjon) != hash_
    }
    funn = []
    if borte:
        funn.append(Funn(Brudd.FJERNET, segl.nummer, borte, f"{_stor(borte)} er fjernet etter segl {segl.nummer}."))
    omordnet = _ombyttet(rader, avvik, segl.versjon)
    if omordnet:
        tekst = f"{_stor(omordnet)} har byttet plass etter segl {segl.nummer}."
        funn.append(Funn(Brudd.OMORDNET, segl.nummer, omordnet, tekst))
    if endret := tuple(nummer for nummer in avvik if nummer not in omordnet):
        funn.append(Funn(Brudd.ENDRET, segl.nummer, endret, f"{_stor(endret)} er endret etter segl {segl.nummer}."))
    if rules.segl_hash(segl.forrige, segl.tidspunkt, (h for _, h in dekket), segl.versjon) != segl.hash:
        funn += _forklar_segl(segl, dekket)
    elif segl.antall != len(dekket):
        funn.append(Funn(Brudd.ENDRET, segl.nummer, (), f"Antallet i segl {segl.nummer} er endret."))
    return funn


def _ombyttet(rader: Rader, avvik: Mapping[int, str], versjon: int) -> tuple[int, ...]:
    """Return the events whose content now stands under another of the numbers that disagree."""
    if len(avvik) > MAKS_BYTTER:
        return ()
    opprinnelig = {hash_: nummer for nummer, hash_ in avvik.items()}
    flyttet = [
        nummer
        for nummer in avvik
        if any(
            opprinnelig.get(rules.hendelse_hash({**rader[nummer], "nummer": annet}, versjon)) == annet
            for annet in avvik
            if annet != nummer
        )
    ]
    return tuple(flyttet)


def _forklar_segl(segl: Segl, dekket: Dekning) -> list[Funn]:
    """Say what is wrong when a seal does not agree with the digests that stand under it."""
    numre = tuple(nummer for nummer, _ in dekket)
    if len(dekket) == segl.antall + 1:
        for plass, nummer in enumerate(numre):
            resten = [h for n, (_, h) in enumerate(dekket) if n != plass]
            if rules.segl_hash(segl.forrige, segl.tidspunkt, resten, segl.versjon) == segl.hash:
                tekst = f"Hendelse {nummer} er lagt til etter segl {segl.nummer}."
                return [Funn(Brudd.LAGT_TIL, segl.nummer, (nummer,), tekst)]
    if len(dekket) > segl.antall:
        tekst = f"Segl {segl.nummer} dekket {segl.antall} hendelser; nå står {_numre(numre)} der: noe er lagt til."
        return [Funn(Brudd.LAGT_TIL, segl.nummer, numre, tekst)]
    if len(dekket) < segl.antall:
        hull = _hull(segl, numre)
        hva = f"trolig {_numre(hull)}" if hull else "numrene er ikke lenger kjent"
        tekst = f"{segl.antall - len(dekket)} av {segl.antall} hendelser er fjernet fra segl {segl.nummer}: {hva}."
        return [Funn(Brudd.FJERNET, segl.nummer, hull, tekst)]
    return [
        Funn(
            Brudd.ENDRET,
            segl.nummer,
            numre,
            f"Segl {segl.nummer} stemmer ikke med hendelsene det dekker ({_numre(numre)}): seglet er endret, eller"
            " hendelser er byttet ut.",
        )
    ]


def _hull(segl: Segl, numre: tuple[int, ...]) -> tuple[int, ...]:
    """Return the numbers between the seal before and the seal after that no seal covers any more."""
    dekning = SegletHendelse.objects.order_by()
    foer = dekning.filter(segl__nummer__lt=segl.nummer).aggregate(siste=Max("hendelse_id"))["siste"]
    etter = dekning.filter(segl__nummer__gt=segl.nummer).aggregate(foerste=Min("hendelse_id"))["foerste"]
    siste = etter - 1 if etter else Hendelse.objects.aggregate(siste=Max("nummer"))["siste"] or 0
    fra, til = min([(foer or 0) + 1, *numre]), max([siste, *numre])
    kjent = set(dekning.filter(hendelse_id__gte=fra, hendelse_id__lte=til).values_list("hendelse_id", flat=True))
    return tuple(nummer for nummer in range(fra, min(til, fra + MAKS_HULL) + 1) if nummer not in kjent)


def _numre(numre: Iterable[int]) -> str:
    alle = list(numre)
    if len(alle) == 1:
        return f"hendelse {alle[0]}"
    if len(alle) > 10:
        return f"{len(alle)} hendelser mellom {min(alle)} og {max(alle)}"
    return f"hendelse {', '.join(map(str, alle[:-1]))} og {alle[-1]}"


def _stor(numre: Iterable[int]) -> str:
    tekst = _numre(numre)
    return tekst[0].upper() + tekst[1:]
