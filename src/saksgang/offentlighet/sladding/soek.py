"""Finding words and numbers on a page, also where they are broken over lines, and the rectangles that cover them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from stdnum.no import kontonr

from saksgang.kjerne.identifikatorer import fnr_gyldig

from .tekst import DELT, Boks, Side, Tegn

_STREKER = frozenset("-\u2010\u2011\u2012\u2013\u2212\u00ad" + DELT)
_TOMME = frozenset("\u200b\u200c\u200d\u2060\ufeff")
_MINST_SPERRET = 4
"""The shortest word that is also looked for where its letters stand apart."""
_MINST_BIT, _MINST_ALENE = 3, 5
"""The shortest beginning of a broken word that is looked at; and that is covered also where its end is not found."""


class Moenster(StrEnum):
    """Numbers and addresses that are found by their form."""

    FOEDSELSNUMMER = "foedselsnummer"
    KONTONUMMER = "kontonummer"
    TELEFON = "telefon"
    EPOST = "epost"


MOENSTERNAVN = {
    Moenster.FOEDSELSNUMMER: "Fødselsnummer",
    Moenster.KONTONUMMER: "Kontonummer",
    Moenster.TELEFON: "Telefonnummer",
    Moenster.EPOST: "E-postadresser",
}

_ELLEVE = r"[0-9](?:[ .\u00a0\u202f-]?[0-9]){10}"
_FIRE_PAR = r"[2-9][0-9](?:[ -]?[0-9]{2}){3}"
_TRE_TO_TRE = r"[2-9][0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{3}"
_UTTRYKK = {
    Moenster.FOEDSELSNUMMER: re.compile(rf"(?<![0-9])(?=({_ELLEVE})(?![0-9]))"),
    Moenster.KONTONUMMER: re.compile(r"(?<![0-9])(?=([0-9]{4}[ .-]?[0-9]{2}[ .-]?[0-9]{5})(?![0-9]))"),
    Moenster.TELEFON: re.compile(rf"(?<![0-9])(?=((?:(?:\+|00)47[ -]?)?(?:{_FIRE_PAR}|{_TRE_TO_TRE}))(?![0-9]))"),
    Moenster.EPOST: re.compile(r"(?i)(?<![\w.+-])(?=([\w.+-]+@[\w-]+(?:\.[\w-]+)+))"),
}


def _sifre(tekst: str) -> str:
    return re.sub(r"[^0-9]", "", tekst)


_GYLDIG: dict[Moenster, Callable[[str], bool]] = {
    Moenster.FOEDSELSNUMMER: lambda tekst: fnr_gyldig(_sifre(tekst), tenor=True),
    Moenster.KONTONUMMER: lambda tekst: bool(kontonr.is_valid(_sifre(tekst))),
}


@dataclass(frozen=True, slots=True)
class Soek:
    """What is looked for: words in their order, or a pattern. inne: also inside other words."""

    ord: str = ""
    moenster: Moenster | None = None
    inne: bool = False

    @property
    def navn(self) -> str:
        return MOENSTERNAVN[self.moenster] if self.moenster else self.ord


@dataclass(frozen=True, slots=True)
class _Stroem:
    """Text made ready to be searched, and which character of the page each of its own comes from."""

    tekst: str
    fra: tuple[int, ...]


def finn(side: Side, soek: Soek) -> list[list[Boks]]:
    """Return for each place where it stands the rectangles that cover it: one for each line."""
    spenn = set(_moenster(side, soek.moenster) if soek.moenster else _ord(side, soek))
    alene = [s for s in spenn if not any(a[0] <= s[0] and s[1] <= a[1] and a != s for a in spenn)]
    return [bokser for start, slutt in sorted(alene) if (bokser := dekk(side.tegn[start : slutt + 1]))]


def dekk(tegn: Sequence[Tegn]) -> list[Boks]:
    """Return the rectangles that cover these characters, one for each line they stand on."""
    linjer: list[Boks] = []
    forrige: Boks | None = None
    samme_ord = False
    for t in tegn:
        boks = t.rom.sammen(t.boks) if t.boks.areal else t.rom
        if t.tegn.isspace() or not boks.areal:
            samme_ord = False
            continue
        if forrige is not None and _samme_linje(forrige, boks, samme_ord=samme_ord):
            linjer[-1] = linjer[-1].sammen(boks)
        else:
            linjer.append(boks)
        forrige, samme_ord = boks, t.tegn != DELT
    return linjer


def _samme_linje(a: Boks, b: Boks, *, samme_ord: bool) -> bool:
    """Whether b goes on where a stood: behind it, or in a word that is turned, above or below it."""
    felles = min(a.y + a.h, b.y + b.h) - max(a.y, b.y)
    if felles > 0.5 * min(a.h, b.h):
        bredest = max(a.b, b.b)
        return -2 * bredest < b.x - (a.x + a.b) < 4 * bredest  # the letters of a ligature have one place
    return samme_ord and -felles < min(a.h, b.h) and a.x < b.x + b.b and b.x < a.x + a.b


# --- Words -----------------------------------------------------------------------------------------------------------


def _ord(side: Side, soek: Soek) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of every place: at the beginning of a word, to the end of the one it ends in."""
    naal = strekloes(soek.ord)
    if not naal:
        return
    tett = naal.replace(" ", "")
    funnet = list(_treff(side, _stroem(side), naal, soek.inne))
    if len(tett) >= _MINST_SPERRET:
        funnet += _treff(side, _stroem(side, tett=True), tett, inne=False, hele=True)
    yield from funnet
    dekket = {nr for start, slutt in funnet for nr in range(start, slutt + 1)}
    for ordet in naal.split():
        yield from _delt(side, ordet, dekket)


def _delt(side: Side, ordet: str, dekket: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a word that is broken over lines which do not follow each other in the file.

    A piece at the end of a line that the word begins with, and the next one on the page that goes on with it.
    """
    biter = list(_biter(side))
    for nr, (start, slutt, tekst, brutt) in enumerate(biter):
        if not brutt or start in dekket or not _MINST_BIT <= len(tekst) < len(ordet) or not ordet.startswith(tekst):
            continue
        spenn, rest = [(start, slutt)], ordet[len(tekst) :]
        for neste_start, neste_slutt, neste, neste_brutt in biter[nr + 1 :]:
            if neste.startswith(rest) or (neste_brutt and neste and rest.startswith(neste)):
                spenn.append((neste_start, neste_slutt))
                rest = rest[len(neste) :]
                if not rest:
                    break
        if not rest or len(tekst) >= _MINST_ALENE:
            yield from spenn


def _biter(side: Side) -> Iterator[tuple[int, int, str, bool]]:
    """Yield the letters between spaces: first, last, as they are compared, and whether the line may end there."""
    start: int | None = None
    for nr, t in enumerate((*side.tegn, Tegn("\n", Boks(0, 0, 0, 0), Boks(0, 0, 0, 0)))):
        if not t.tegn.isspace() and t.tegn != DELT:
            start = nr if start is None else start
            continue
        if start is not None:
            ordet = "".join(side.tegn[i].tegn for i in range(start, nr))
            brutt = t.tegn in f"\r\n{DELT}" or ordet[-1] in _STREKER
            yield start, nr - 1, strekloes(ordet.strip("«»\"'().,:;")), brutt
        start = None


def strekloes(tekst: str) -> str:
    """Return words as they are compared: small letters, without hyphens, with single spaces."""
    brettet = "".join(t for t in unicodedata.normalize("NFKC", tekst).casefold() if t not in _STREKER | _TOMME)
    return " ".join(unicodedata.normalize("NFC", brettet).split())


def _treff(side: Side, stroem: _Stroem, naal: str, inne: bool, *, hele: bool = False) -> Iterator[tuple[int, int]]:
    tegn, sted = side.tegn, stroem.tekst.find(naal)
    while sted >= 0:
        foerste, siste = stroem.fra[sted], stroem.fra[sted + len(naal) - 1]
        ved_start = foerste == 0 or not tegn[foerste - 1].tegn.isalnum() or not naal[0].isalnum()
        ved_slutt = siste + 1 >= len(tegn) or not tegn[siste + 1].tegn.isalnum()
        if (inne or ved_start) and (not hele or ved_slutt):
            yield _hele_ordet(tegn, foerste, siste)
        sted = stroem.tekst.find(naal, sted + 1)


def _hele_ordet(tegn: Sequence[Tegn], foerste: int, siste: int) -> tuple[int, int]:
    while foerste > 0 and tegn[foerste].tegn.isalnum() and tegn[foerste - 1].tegn.isalnum():
        foerste -= 1
    while siste + 1 < len(tegn) and tegn[siste].tegn.isalnum() and tegn[siste + 1].tegn.isalnum():
        siste += 1
    if siste + 2 < len(tegn) and tegn[siste + 1].tegn == DELT and tegn[siste + 2].tegn.isalnum():
        siste += 2  # the rest of the word stands on the next line
        while siste + 1 < len(tegn) and tegn[siste + 1].tegn.isalnum():
            siste += 1
    return foerste, siste


def _stroem(side: Side, *, tett: bool = False, streker: bool = False) -> _Stroem:
    """Return the page's text to be searched. streker: hyphens stay; tett: no spaces at all."""
    ut: list[str] = []
    fra: list[int] = []
    etter_strek = linjeslutt = False
    for nr, t in enumerate(side.tegn):
        if t.tegn in _TOMME:
            continue
        if t.tegn in _STREKER:
            etter_strek = True
            if linjeslutt and t.tegn == "\u00ad" and ut and ut[-1] == " ":
                ut.pop()  # the hyphen of the line above, which PDFium has put on the next
                fra.pop()
            if streker and t.tegn != "\u00ad":
                ut.append("-")
                fra.append(nr)
            continue
        if t.tegn.isspace():
            linjeskift = t.tegn in "\r\n" or linjeslutt
            if not (tett or (etter_strek and linjeskift)) and ut and ut[-1] != " ":
                ut.append(" ")
                fra.append(nr)
            linjeslutt = linjeskift
            continue
        etter_strek = linjeslutt = False
        if unicodedata.combining(t.tegn) and ut:
            ut[-1] = unicodedata.normalize("NFC", ut[-1] + t.tegn)[:1]
            continue
        for tegn in unicodedata.normalize("NFKC", t.tegn).casefold():
            ut.append(tegn)
            fra.append(nr)
    return _Stroem("".join(ut), tuple(fra))


# --- Patterns --------------------------------------------------------------------------------------------------------


def _moenster(side: Side, moenster: Moenster) -> Iterator[tuple[int, int]]:
    gyldig = _GYLDIG.get(moenster, lambda _tekst: True)
    for stroem in (_stroem(side, streker=True), _stroem(side)):
        for treff in _UTTRYKK[moenster].finditer(stroem.tekst):
            if treff[1] and gyldig(treff[1]):
                yield stroem.fra[treff.start(1)], stroem.fra[treff.end(1) - 1]
