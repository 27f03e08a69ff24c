"""How titles are written: what each kind of rule looks for, and the clean-up it proposes (krav R-10.3.1.2c)."""

from __future__ import annotations

import fnmatch
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from saksgang.kjerne.identifikatorer import finn_foedselsnumre

from .fornavn import FORNAVN

FEIL, ADVARSEL = "F", "A"


class Regel(Protocol):
    """A rule as it is kept."""

    kode: str
    slag: str
    parameter: str
    alvor: str
    hjelp: str


@dataclass(frozen=True)
class Funn:
    """One thing that a rule has against a title."""

    kode: str
    alvor: str
    tekst: str
    hjelp: str

    @property
    def stopper(self) -> bool:
        return self.alvor == FEIL


def _liste(parameter: str) -> list[str]:
    return [bit.strip() for bit in parameter.split(",") if bit.strip()]


def _antall(parameter: str, standard: int) -> int:
    return int(parameter) if parameter.strip().isdigit() else standard


def _lengde(tittel: str, parameter: str) -> str:
    minst = _antall(parameter, 5)
    return f"Tittelen er kortere enn {minst} tegn." if len(tittel) < minst else ""


def _ord(tittel: str, parameter: str) -> str:
    minst = _antall(parameter, 2)
    antall = len(re.findall(r"\w+", tittel))
    return f"Tittelen har bare {antall} ord." if antall < minst else ""


def _prefiksmoenster(parameter: str) -> re.Pattern[str]:
    deler = []
    for ord_ in _liste(parameter):
        kolon = r"\s*" if ord_.startswith("[") else r"\s*:\s*"
        deler.append(re.escape(ord_) + kolon)
    return re.compile(rf"^\s*(?:{'|'.join(deler)})", re.IGNORECASE) if deler else re.compile(r"(?!)")


def _prefiks(tittel: str, parameter: str) -> str:
    treff = _prefiksmoenster(parameter).match(tittel)
    return f"Tittelen begynner med «{treff.group().strip()}» fra en e-post." if treff else ""


def _uten_prefiks(tittel: str, parameter: str) -> str:
    moenster = _prefiksmoenster(parameter)
    while treff := moenster.match(tittel):
        tittel = tittel[treff.end() :]
    return tittel.strip()


def _endelsesmoenster(parameter: str) -> re.Pattern[str]:
    return re.compile(rf"\s*\.(?:{'|'.join(map(re.escape, _liste(parameter))) or '(?!)'})\s*$", re.IGNORECASE)


def _endelse(tittel: str, parameter: str) -> str:
    treff = _endelsesmoenster(parameter).search(tittel)
    return f"Tittelen slutter med «{treff.group().strip()}», som et filnavn." if treff else ""


def _uten_endelse(tittel: str, parameter: str) -> str:
    uten = _endelsesmoenster(parameter).sub("", tittel)
    return uten.replace("_", " ") if uten != tittel else tittel


def _fnr(tittel: str, parameter: str) -> str:
    synlig = "".join(t for t in tittel if t.isspace() or unicodedata.category(t)[0] != "C")
    return "Det står et fødselsnummer i tittelen." if finn_foedselsnumre(synlig) else ""


_NAVN = re.compile(r"\b([A-ZÆØÅ][a-zæøåéèüöä]+(?:-[A-ZÆØÅ][a-zæøå]+)?)((?: [A-ZÆØÅ][\w'’-]*)+)(?= (\w+))?")
_STED = frozenset("vei veg vegen veien gate gata plass skole bru stiftelse legat minnefond".split())


def personnavn_i(tekst: str) -> list[str]:
    """Return what looks like names of persons: a common Norwegian first name, and a capitalised word behind it."""
    funnet = []
    for treff in _NAVN.finditer(tekst):
        fornavn = treff[1].split("-")[0].casefold()
        etternavn = treff[2].split()
        if fornavn not in FORNAVN or (treff[3] or "").casefold() in _STED or etternavn[-1].casefold() in _STED:
            continue
        if all(bit.isupper() and len(bit) <= 3 for bit in etternavn):  # «Anna AS» is a firm
            continue
        funnet.append(f"{treff[1]}{treff[2]}")
    return funnet


def _personnavn(tittel: str, parameter: str) -> str:
    navn = personnavn_i(tittel)
    return f"«{navn[0]}» ser ut som et personnavn." if navn else ""


def _ordliste(tittel: str, parameter: str) -> str:
    for ord_ in _liste(parameter):
        if re.search(rf"(?<!\w){re.escape(ord_)}(?!\w)", tittel, re.IGNORECASE):
            return f"«{ord_}» bør skrives på en annen måte."
    return ""


def _versaler(tittel: str, parameter: str) -> str:
    bokstaver = [t for t in tittel if t.isalpha()]
    lange = [o for o in re.findall(r"[^\W\d_]+", tittel) if len(o) >= 4]
    if len(lange) >= 2 and sum(t.isupper() for t in bokstaver) > 0.7 * len(bokstaver):
        return "Tittelen er skrevet med bare store bokstaver."
    return ""


def _uten_versaler(tittel: str, parameter: str) -> str:
    return tittel[:1].upper() + tittel[1:].lower() if _versaler(tittel, parameter) else tittel


def _moenster(tittel: str, parameter: str) -> str:
    treff = bool(parameter.strip()) and fnmatch.fnmatchcase(tittel.casefold(), parameter.strip().casefold())
    return f"Tittelen er som mønsteret «{parameter.strip()}»." if treff else ""


@dataclass(frozen=True)
class Regelslag:
    """A kind of rule: its name, the question, the clean-up where there is one, and what its parameter is."""

    navn: str
    finn: Callable[[str, str], str]
    rydd: Callable[[str, str], str] | None = None
    parameter: str = ""
    tall: bool = False


SLAG: dict[str, Regelslag] = {
    "lengde": Regelslag("Færre tegn enn", _lengde, parameter="Antall tegn", tall=True),
    "ord": Regelslag("Færre ord enn", _ord, parameter="Antall ord", tall=True),
    "prefiks": Regelslag("Begynner som en e-post", _prefiks, _uten_prefiks, "Begynnelser, med komma mellom"),
    "endelse": Regelslag("Slutter som et filnavn", _endelse, _uten_endelse, "Filendelser, med komma mellom"),
    "fnr": Regelslag("Fødselsnummer", _fnr),
    "personnavn": Regelslag("Personnavn i en tittel som alle ser", _personnavn),
    "ordliste": Regelslag("Ord og forkortelser", _ordliste, parameter="Ord, med komma mellom"),
    "versaler": Regelslag("Bare store bokstaver", _versaler, _uten_versaler),
    "moenster": Regelslag("Mønster", _moenster, parameter="Mønster for hele tittelen, med * og ?"),
}


def kontroller(tittel: str, regler: Iterable[Regel], *, skjermet: bool = False) -> list[Funn]:
    """Return what the rules have against a title, the stopping ones first.

    skjermet: the public does not see the title, so names of persons may stand in it.
    """
    funnet = []
    for regel in regler:
        slag = SLAG.get(regel.slag)
        if slag is None or (skjermet and regel.slag == "personnavn"):
            continue
        if tekst := slag.finn(tittel, regel.parameter):
            funnet.append(Funn(regel.kode, regel.alvor, tekst, regel.hjelp))
    return sorted(funnet, key=lambda f: not f.stopper)


def rydd(tittel: str, regler: Iterable[Regel]) -> str:
    """Return the title cleaned up as far as a rule knows how; the same title when none does."""
    regler = list(regler)
    while True:
        ren = tittel
        for regel in regler:
            slag = SLAG.get(regel.slag)
            if slag is not None and slag.rydd is not None:
                ren = slag.rydd(ren, regel.parameter)
        ren = re.sub(r"\s+", " ", ren).strip()
        if ren == tittel:
            return ren
        tittel = ren
