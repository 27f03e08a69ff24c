"""Keys: what a row carries and what a person holds (krav C.0). Pure functions."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models

_KIND = 100_000_000
KOMBINASJON, ARK, PERSON, SAK, UTVALG = range(1, 6)
_FORELAGT, _KODER = 1_000_000_000, 1_000


class Noekkelslag(enum.IntEnum):
    """What a key stands for."""

    KOMBINASJON = KOMBINASJON
    ARK = ARK
    PERSON = PERSON
    SAK = SAK
    UTVALG = UTVALG
    FORELAGT = _FORELAGT


class Klasse(models.TextChoices):
    """How wide a row is open, apart from the persons named on it."""

    AAPEN = "aapen", "Åpen for alle ansatte"
    KODET = "kodet", "Leder, arkiv og de autoriserte for koden"
    SNEVER = "snever", "Leder og arkiv alene"


def kombinasjon_noekkel(tilgang_id: int) -> int:
    """Key of a combination of class, code, group and unit."""
    return KOMBINASJON * _KIND + tilgang_id


def ark_noekkel(kode_id: int | None) -> int:
    """Key of the archive service for one code (none: uncoded)."""
    return ARK * _KIND + (kode_id or 0)


def person_noekkel(bruker_id: int) -> int:
    """Key of a person named on the row."""
    return PERSON * _KIND + bruker_id


def sak_noekkel(sak_id: int) -> int:
    """Key of those who hold a valid grant to read the graded documents of a case."""
    return SAK * _KIND + sak_id


def forelagt_noekkel(godkjenner_id: int, kode_id: int | None) -> int:
    """Key of those who stand in for the one a document lies before for approval, for one code (none: uncoded).

    Room for a million persons and a thousand codes, above every other kind.
    """
    return _FORELAGT + godkjenner_id * _KODER + (kode_id or 0)


def noekkelslag(noekkel: int) -> tuple[Noekkelslag, int, int | None]:
    """Return what a key stands for and whose it is; for what lies before somebody also the code (0: uncoded)."""
    if noekkel >= _FORELAGT:
        person, kode = divmod(noekkel - _FORELAGT, _KODER)
        return Noekkelslag.FORELAGT, person, kode
    slag, id_ = divmod(noekkel, _KIND)
    return Noekkelslag(slag), id_, None


@dataclass(frozen=True)
class Enhetsnode:
    id: int
    overordnet_id: int | None
    fagomraade: bool
    inkluder_underenheter: bool


class Enhetstre:
    """The unit tree as plain data."""

    def __init__(self, noder: Iterable[Enhetsnode]) -> None:
        self.noder: Mapping[int, Enhetsnode] = {n.id: n for n in noder}
        self._barn: dict[int, list[int]] = {}
        for node in self.noder.values():
            if node.overordnet_id is not None:
                self._barn.setdefault(node.overordnet_id, []).append(node.id)

    def lederkjede(self, enhet_id: int) -> frozenset[int]:
        """Units whose leader reads what belongs to this unit: itself and upwards to the nearest fagområde.

        Where no fagområde stands above, the unit alone: else the rådmann would read every pupil's file.
        """
        kjede, node = [enhet_id], self.noder.get(enhet_id)
        while node is not None and not node.fagomraade:
            overordnet = self.noder.get(node.overordnet_id) if node.overordnet_id else None
            if overordnet is None:
                return frozenset({enhet_id})
            if not overordnet.inkluder_underenheter:
                break
            kjede.append(overordnet.id)
            node = overordnet
        return frozenset(kjede)

    def ledet(self, enhet_id: int) -> frozenset[int]:
        """Units led through this one: itself and what lies below, as long as the setting holds (A-32)."""
        funnet, igjen = {enhet_id}, [enhet_id]
        while igjen:
            node = self.noder.get(igjen.pop())
            if node is None or not node.inkluder_underenheter:
                continue
            for barn in self._barn.get(node.id, ()):
                if barn not in funnet:
                    funnet.add(barn)
                    igjen.append(barn)
        return frozenset(funnet)

    def sti(self, enhet_id: int) -> list[int]:
        """The way from the root down to the unit, itself last."""
        funnet: list[int] = []
        neste: int | None = enhet_id
        while neste is not None and neste in self.noder and neste not in funnet:
            funnet.append(neste)
            neste = self.noder[neste].overordnet_id
        return funnet[::-1]

    def forfedre(self, enhet_id: int) -> frozenset[int]:
        """The unit and all units above it."""
        return frozenset(self.sti(enhet_id))


@dataclass(frozen=True)
class Stedfortrederrett:
    """One active deputyship: for whom, over which units, for which codes."""

    leder_id: int
    enheter: frozenset[int]
    koder: frozenset[int]


@dataclass(frozen=True)
class Autorisasjonsrett:
    kode_id: int
    enhet_id: int | None


@dataclass(frozen=True)
class Kombinasjon:
    id: int
    klasse: str
    kode_id: int | None
    gruppe_id: int | None
    enhet_id: int | None


def kan_lese(
    kombinasjon: Kombinasjon,
    *,
    tre: Enhetstre,
    ledet: frozenset[int],
    stedfortreder: Iterable[Stedfortrederrett],
    autorisasjoner: Iterable[Autorisasjonsrett],
    grupper: frozenset[int],
) -> bool:
    """Whether leadership, deputyship or an authorisation opens this combination (krav C.0).

    ledet: units that the person leads by position, before sub-units are added.
    """
    if kombinasjon.klasse == Klasse.AAPEN:
        return True
    if kombinasjon.enhet_id is None:
        return False
    kjede = tre.lederkjede(kombinasjon.enhet_id)
    if kjede & ledet:
        return True
    for rett in stedfortreder:
        if kjede & rett.enheter and (kombinasjon.kode_id is None or kombinasjon.kode_id in rett.koder):
            return True
    if kombinasjon.klasse != Klasse.KODET:
        return False
    if kombinasjon.gruppe_id is not None and kombinasjon.gruppe_id not in grupper:
        return False
    over = tre.forfedre(kombinasjon.enhet_id)
    return any(a.kode_id == kombinasjon.kode_id and (a.enhet_id is None or a.enhet_id in over) for a in autorisasjoner)
