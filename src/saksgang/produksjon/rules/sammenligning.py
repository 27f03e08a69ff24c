"""What differs between two texts: paragraphs, and in a changed paragraph the words. Pure functions (krav R-8.5)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_ORD = re.compile(r"\w+|\s+|[^\w\s]")
_LIKHET = 0.4
_MAKS_BLOKK, _MAKS_ORD = 60, 2_000


class Slag(StrEnum):
    """What a paragraph is in its document."""

    AVSNITT = "avsnitt"
    OVERSKRIFT = "overskrift"
    PUNKT = "punkt"
    RAD = "rad"
    RANDTEKST = "randtekst"
    """Header, footer or footnote."""


class Art(StrEnum):
    LIK = "lik"
    BORTE = "borte"
    NY = "ny"


@dataclass(frozen=True)
class Avsnitt:
    """A paragraph as it stands in a document."""

    tekst: str
    slag: Slag = Slag.AVSNITT


@dataclass(frozen=True)
class Bit:
    """Some words that are in both texts, or in one of them."""

    art: Art
    tekst: str


@dataclass(frozen=True)
class Linje:
    """A paragraph of the two texts together."""

    slag: Slag
    biter: tuple[Bit, ...]

    @property
    def endret(self) -> bool:
        return any(bit.art != Art.LIK for bit in self.biter)

    @property
    def steder(self) -> int:
        """How many places are changed: what is taken out and what is put in for it is one."""
        merker = "".join("x" if bit.art != Art.LIK else " " for bit in self.biter)
        return len(merker.split())


def sammenlign(foer: Sequence[Avsnitt], etter: Sequence[Avsnitt]) -> list[Linje]:
    """Return the two texts as one, with what was taken out and what was put in."""
    a, b = [p.tekst for p in foer], [p.tekst for p in etter]
    ut: list[Linje] = []
    for merke, i1, i2, j1, j2 in SequenceMatcher(None, a, b).get_opcodes():
        if merke == "equal":
            ut += [Linje(p.slag, (Bit(Art.LIK, p.tekst),)) for p in etter[j1:j2]]
        else:
            ut += _byttet(foer[i1:i2], etter[j1:j2])
    return ut


def antall_steder(linjer: Sequence[Linje]) -> int:
    """Return how many places differ."""
    return sum(linje.steder for linje in linjer)


def _byttet(foer: Sequence[Avsnitt], etter: Sequence[Avsnitt]) -> Iterator[Linje]:
    """A run of paragraphs that became another: those that resemble each other are shown as one, word by word."""
    i = j = 0
    for foer_nr, etter_nr in [*_par(foer, etter), (len(foer), len(etter))]:
        yield from (Linje(p.slag, (Bit(Art.BORTE, p.tekst),)) for p in foer[i:foer_nr])
        yield from (Linje(p.slag, (Bit(Art.NY, p.tekst),)) for p in etter[j:etter_nr])
        if foer_nr < len(foer) and etter_nr < len(etter):
            yield Linje(etter[etter_nr].slag, tuple(_ord(foer[foer_nr].tekst, etter[etter_nr].tekst)))
        i, j = foer_nr + 1, etter_nr + 1


def _par(foer: Sequence[Avsnitt], etter: Sequence[Avsnitt]) -> list[tuple[int, int]]:
    """Pair the paragraphs that resemble each other, in order, so that the likenesses together are greatest."""
    if len(foer) > _MAKS_BLOKK or len(etter) > _MAKS_BLOKK:
        return []
    a, b = [_tell(p.tekst) for p in foer], [_tell(p.tekst) for p in etter]
    verdi = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            lik = _likhet(a[i], b[j])
            med = lik + verdi[i + 1][j + 1] if lik >= _LIKHET else 0.0
            verdi[i][j] = max(med, verdi[i + 1][j], verdi[i][j + 1])
    par, i, j = [], 0, 0
    while i < len(a) and j < len(b):
        if verdi[i][j] == verdi[i + 1][j]:
            i += 1
        elif verdi[i][j] == verdi[i][j + 1]:
            j += 1
        else:
            par.append((i, j))
            i, j = i + 1, j + 1
    return par


def _tell(tekst: str) -> Counter[str]:
    return Counter(ord_.casefold() for ord_ in _ORD.findall(tekst) if ord_[0].isalnum())


def _likhet(a: Counter[str], b: Counter[str]) -> float:
    """How much of the words are the same; a sentence that has grown is itself as long as most of its words stand."""
    felles, minst = (a & b).total(), min(a.total(), b.total())
    if not minst:
        return 0.0
    alt = 2 * felles / (a.total() + b.total())
    return max(alt, _LIKHET) if felles >= 3 and felles / minst >= 0.6 else alt


def _ord(foer: str, etter: str) -> list[Bit]:
    """Word by word. What stands between two changes and is but a space or a mark goes with them: «17. mars 2026»."""
    a, b = _ORD.findall(foer), _ORD.findall(etter)
    if len(a) > _MAKS_ORD or len(b) > _MAKS_ORD:
        return [Bit(Art.BORTE, foer), Bit(Art.NY, etter)]
    koder = [
        (merke == "equal", "".join(a[i1:i2]), "".join(b[j1:j2]))
        for merke, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    ]
    ut: list[Bit] = []
    borte = ny = ""
    for nr, (lik, gammel, nytt) in enumerate(koder):
        mellom = 0 < nr < len(koder) - 1 and not any(tegn.isalnum() for tegn in gammel)
        if lik and not mellom:
            ut += _skift(borte, ny)
            borte = ny = ""
            ut.append(Bit(Art.LIK, gammel))
        else:
            borte, ny = borte + gammel, ny + nytt
    return ut + _skift(borte, ny)


def _skift(borte: str, ny: str) -> list[Bit]:
    """What was taken out and what was put in; the words and marks that both begin or end with are left outside."""
    a, b = _ORD.findall(borte), _ORD.findall(ny)
    foran = _felles(a, b)
    bak = _felles(a[foran:][::-1], b[foran:][::-1])
    biter = [
        (Art.LIK, a[:foran]),
        (Art.BORTE, a[foran : len(a) - bak]),
        (Art.NY, b[foran : len(b) - bak]),
        (Art.LIK, a[len(a) - bak :]),
    ]
    return [Bit(art, "".join(ord_)) for art, ord_ in biter if ord_]


def _felles(a: list[str], b: list[str]) -> int:
    """Return how many the two have in common from the start."""
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
