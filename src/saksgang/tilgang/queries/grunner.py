"""Which of a person's rights open what: the keys that the person holds, each under the rule that gives it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from saksgang.kjerne import klokke
from saksgang.organisasjon.models import Bruker
from saksgang.tilgang.models import Tilgang, Tilgangskode
from saksgang.tilgang.rules import Klasse, ark_noekkel, kombinasjon_noekkel, noekkelslag, person_noekkel
from saksgang.tilgang.rules.innsyn import Kombinasjon, Noekkelslag

from .lesere import ARKIV, NEVNT, av_kombinasjoner, for_godkjenner, personregler
from .rettigheter import Rettigheter, rettigheter


@dataclass(frozen=True)
class Grunn:
    """One rule that lets a person see what is not open to every employee, and the keys of the rows that it opens."""

    regel: str
    kode: str
    noekler: frozenset[int]


def grunner(bruker: Bruker, dato: dt.date | None = None) -> list[Grunn]:
    """Return the person's rules on a date; together they open what the person sees beyond what all employees do.

    The archive's are given as the combinations that its codes are part of: the rows carry both, and these are fewer.
    """
    rett = rettigheter(bruker, dato or klokke.idag())
    if not rett.ansatt:
        return []
    funnet: dict[tuple[str, str], set[int]] = {}
    for regel, kode, noekkel in _alle(rett):
        funnet.setdefault((regel, kode), set()).add(noekkel)
    return [Grunn(regel, kode, frozenset(noekler)) for (regel, kode), noekler in funnet.items()]


def regler_for(grunner: Iterable[Grunn], noekler: Iterable[int]) -> list[str]:
    """Return which of the rules open a row that carries these keys."""
    raden = set(noekler)
    return list(dict.fromkeys(g.regel for g in grunner if not raden.isdisjoint(g.noekler)))


def ser_alt(rett: Rettigheter) -> bool:
    """Whether the person sees every case and journalpost: the archive service without a limit to some codes."""
    alle = {ark_noekkel(None), *(ark_noekkel(pk) for pk in Tilgangskode.objects.values_list("pk", flat=True))}
    return alle <= set(rett.noekler)


def _alle(rett: Rettigheter) -> Iterator[tuple[str, str, int]]:
    yield NEVNT, "", person_noekkel(rett.bruker_id)
    etter_slag: dict[Noekkelslag, list[tuple[int, int]]] = {}
    for noekkel in rett.noekler:
        slag, id_, _ = noekkelslag(noekkel)
        etter_slag.setdefault(slag, []).append((id_, noekkel))
    lukkede = [
        Kombinasjon(*rad)
        for rad in Tilgang.objects.exclude(klasse=Klasse.AAPEN)
        .order_by("pk")
        .values_list("pk", "klasse", "kode_id", "gruppe_id", "enhet_id")
    ]
    egne = {id_ for id_, _ in etter_slag.get(Noekkelslag.KOMBINASJON, [])}
    holdte = [k for k in lukkede if k.id in egne]
    for _, regel, kode, id_ in av_kombinasjoner(holdte, rett.dato, rett.bruker_id):
        yield regel, kode, kombinasjon_noekkel(id_)
    yield from _arkivets({id_ for id_, _ in etter_slag.get(Noekkelslag.ARK, [])}, lukkede)
    godkjennere = {id_ for id_, _ in etter_slag.get(Noekkelslag.FORELAGT, [])}
    navn = dict(Bruker.objects.filter(pk__in=godkjennere).values_list("pk", "navn"))
    for id_, noekkel in etter_slag.get(Noekkelslag.FORELAGT, []):
        yield for_godkjenner(navn[id_]), "", noekkel
    for slag, regel in personregler().items():
        for _, noekkel in etter_slag.get(slag, []):
            yield regel, "", noekkel


def _arkivets(koder: set[int], lukkede: list[Kombinasjon]) -> Iterator[tuple[str, str, int]]:
    if not koder:
        return
    navn = dict(Tilgangskode.objects.values_list("pk", "kode"))
    for kombinasjon in lukkede:
        if (kombinasjon.kode_id or 0) in koder:
            kode = navn[kombinasjon.kode_id] if kombinasjon.kode_id else ""
            yield ARKIV, kode, kombinasjon_noekkel(kombinasjon.id)
