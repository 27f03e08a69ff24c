"""Words and numbers in a text: fødselsnummer, account numbers, and the words that an entry screens."""

from __future__ import annotations

import codecs
import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from saksgang.kjerne.identifikatorer import finn_foedselsnumre

from . import Funn

_ANDRE_FORMER = re.compile(
    r"(?<![0-9])(?:(?:[0-9] ){10}[0-9]|[0-9]{2}([ .])[0-9]{2}\1[0-9]{2}[ -]{1,3}[0-9]{5}|[0-9]{6} [0-9]{3} [0-9]{2})"
    r"(?![0-9])"
)
"""A number with one digit in each box of a form, with its date of birth as a date, or in groups."""
_STREKER = re.compile("[\u2010-\u2015\u2212]")
_DELT = re.compile("[\x02\u00ad]\\s*|(?<=\\w)-[ \\t]*[\\r\\n]+\\s*(?=\\w)")
"""Where a word or a number is broken over two lines; PDFium has a sign of its own for it."""
_KONTO = re.compile(r"(?<![0-9])([0-9]{4})([ .-])([0-9]{2})\2([0-9]{5})(?![0-9])")
_BAR_KONTO = re.compile(r"(?i)kont(?:o|i)\w*[^0-9]{0,30}([0-9]{11})(?![0-9])")
"""Eleven digits alone are many things; an account where the text says so."""
_VEKTER = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


@dataclass(frozen=True)
class Leting:
    """What to look for: the words, and the accounts that are the municipality's own. paa: today. ocr: tesseract."""

    paa: dt.date
    ord_: Collection[str] = ()
    egne_kontoer: Collection[str] = ()
    ocr: str = ""


@dataclass
class Teller:
    """Counts what is found, page by page. Page 0 is what stands beside the pages: bookmarks, names, alternatives."""

    leting: Leting
    _antall: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _sider: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def meld(self, regel: str, side: int = 0, antall: int = 1) -> None:
        """Note a finding."""
        self._antall[regel] += antall
        if side:
            self._sider[regel].add(side)

    def les(self, tekst: str, side: int = 0) -> None:
        """Look through a piece of text."""
        # «Hansen-» at the end of a line may be the whole name, and «Han-» the beginning of it.
        funnet = [self._tell(ett) for ett in dict.fromkeys((lesbar(tekst), lesbar(tekst, samle=False)))]
        for regel in ("foedselsnummer", "kontonummer", "skjermet_ord"):
            if antall := max(f[regel] for f in funnet):
                self.meld(regel, side, antall)

    def _tell(self, tekst: str) -> dict[str, int]:
        med_fnr = _ANDRE_FORMER.sub(lambda treff: re.sub("[^0-9]", "", treff.group()), tekst)
        return {
            "foedselsnummer": len(finn_foedselsnumre(med_fnr, paa=self.leting.paa)),
            "kontonummer": sum(konto not in self.leting.egne_kontoer for konto in kontonumre(tekst)),
            "skjermet_ord": antall_ord(tekst, self.leting.ord_),
        }

    def funn(self) -> tuple[Funn, ...]:
        """Return what was found, in the order of the rules' names."""
        return tuple(Funn(regel, n, tuple(sorted(self._sider[regel]))) for regel, n in sorted(self._antall.items()))


def lesbar(tekst: str, *, samle: bool = True) -> str:
    """Return a text as people read it: one kind of hyphen and space, nothing invisible.

    samle: what is broken over two lines is put together; else it is two words.
    """
    tekst = _STREKER.sub("-", unicodedata.normalize("NFKC", tekst))
    tekst = _DELT.sub("" if samle else " ", tekst)
    return " ".join("".join(t for t in tekst if t.isspace() or unicodedata.category(t) != "Cf").split())


def kontonumre(tekst: str) -> list[str]:
    """Return the account numbers of a text: written as such, or said to be one, and with a right check digit."""
    funnet = [a + b + c for a, _, b, c in _KONTO.findall(tekst)] + _BAR_KONTO.findall(tekst)
    return [konto for konto in funnet if kontonummer_gyldig(konto)]


def kontonummer_gyldig(sifre: str) -> bool:
    """Whether the last of eleven digits is the check digit of an account number (mod 11)."""
    rest = sum(vekt * int(siffer) for vekt, siffer in zip(_VEKTER, sifre, strict=False)) % 11
    return rest != 1 and int(sifre[10]) == (11 - rest) % 11


def antall_ord(tekst: str, ord_: Iterable[str]) -> int:
    """Return how many times one of the words stands in a text, as a word of its own or owning something."""
    moenster = "|".join(re.escape(lesbar(o).casefold()) for o in ord_)
    return len(re.findall(rf"(?<!\w)(?:{moenster})(?:['’]?s|['’])?(?!\w)", tekst.casefold())) if moenster else 0


def dekod(innhold: bytes) -> str:
    """Return a plain text as it is read."""
    utf16 = innhold[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return innhold.decode("utf-16" if utf16 else "utf-8", errors="replace")
