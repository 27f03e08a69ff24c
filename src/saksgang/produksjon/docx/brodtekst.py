"""The text that is written in the browser: paragraphs, headings and lists, with bold and italics. Nothing else.

Read from HTML, which the command has sanitised, and written back in one canonical form. Standard library alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

AVSNITT, OVERSKRIFT, UNDEROVERSKRIFT, PUNKT, NUMMER = "p", "h2", "h3", "ul", "ol"
FET, KURSIV = frozenset({"strong", "b"}), frozenset({"em", "i"})
OVERSKRIFTER = {"h1": OVERSKRIFT, "h2": OVERSKRIFT, "h3": UNDEROVERSKRIFT, "h4": UNDEROVERSKRIFT}
BRYTER = frozenset({"p", "div", *OVERSKRIFTER})
TAGGER = frozenset({*FET, *KURSIV, *BRYTER, "br", "ul", "ol", "li"})
DYPEST = 2
STYRETEGN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass
class Del:
    """A stretch of text in one type. A line break is «\\n»."""

    tekst: str
    fet: bool = False
    kursiv: bool = False


@dataclass
class Blokk:
    """A paragraph, heading or list item. liste: items of one list share it, so that numbers start anew with each."""

    slag: str
    deler: list[Del] = field(default_factory=list)
    nivaa: int = 0
    liste: int = 0

    @property
    def tekst(self) -> str:
        return "".join(d.tekst for d in self.deler)

    @property
    def i_liste(self) -> bool:
        return self.slag in (PUNKT, NUMMER)


class _Leser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blokker: list[Blokk] = []
        self._aapen: Blokk | None = None
        self._lister: list[tuple[str, int]] = []
        self._antall_lister = 0
        self._fet = self._kursiv = 0
        self._overskrift = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in FET:
            self._fet += 1
        elif tag in KURSIV:
            self._kursiv += 1
        elif tag == "br":
            self._legg_til("\n")
        elif tag in ("ul", "ol"):
            self._lukk()
            if not self._lister:
                self._antall_lister += 1
            self._lister.append((tag, self._antall_lister))
        elif tag == "li":
            self._lukk()
            self._ny()
        elif tag in BRYTER:
            if not (self._lister and self._aapen is not None and not self._aapen.deler):
                self._lukk()
            self._overskrift = OVERSKRIFTER.get(tag, "")
            if tag != "div" or self._lister:
                self._aapen = self._aapen or self._lag()

    def handle_endtag(self, tag: str) -> None:
        if tag in FET:
            self._fet = max(0, self._fet - 1)
        elif tag in KURSIV:
            self._kursiv = max(0, self._kursiv - 1)
        elif tag in ("ul", "ol"):
            self._lukk()
            if self._lister:
                self._lister.pop()
        elif tag in BRYTER or tag == "li":
            self._lukk()
            self._overskrift = ""

    def handle_data(self, data: str) -> None:
        tekst = re.sub(r"[ \t\r\n]+", " ", STYRETEGN.sub("", data))
        if tekst and (self._aapen is not None or tekst.strip()):
            self._legg_til(tekst)

    def _lag(self) -> Blokk:
        if self._lister:
            slag, liste = self._lister[-1]
            return Blokk(slag, nivaa=min(len(self._lister) - 1, DYPEST), liste=liste)
        return Blokk(self._overskrift or AVSNITT)

    def _ny(self) -> None:
        self._aapen = self._lag()

    def _legg_til(self, tekst: str) -> None:
        if self._aapen is None:
            self._ny()
        assert self._aapen is not None  # noqa: S101 - made above
        deler, fet, kursiv = self._aapen.deler, self._fet > 0, self._kursiv > 0
        if deler and (deler[-1].fet, deler[-1].kursiv) == (fet, kursiv):
            deler[-1].tekst += tekst
        else:
            deler.append(Del(tekst, fet, kursiv))

    def _lukk(self) -> None:
        blokk, self._aapen = self._aapen, None
        if blokk is not None:
            _trim(blokk)
            if blokk.deler or blokk.slag == AVSNITT:
                self.blokker.append(blokk)

    def close(self) -> None:
        super().close()
        self._lukk()


def _trim(blokk: Blokk) -> None:
    """Leave single spaces within the block and none at its ends; a break at the very end shows nothing."""
    foer = " "
    for del_ in blokk.deler:
        tekst = re.sub(r" ?\n ?", "\n", re.sub(r" +", " ", del_.tekst))
        if foer in (" ", "\n"):
            tekst = tekst.lstrip(" ")
        del_.tekst = tekst
        foer = tekst[-1:] or foer
    while blokk.deler and not blokk.deler[-1].tekst.rstrip():
        blokk.deler.pop()
    if blokk.deler:
        blokk.deler[-1].tekst = blokk.deler[-1].tekst.rstrip()
    blokk.deler = [d for d in blokk.deler if d.tekst]


def les_html(html: str) -> list[Blokk]:
    """Return the blocks of a text; empty paragraphs are kept inside it, not at its ends."""
    leser = _Leser()
    leser.feed(html)
    leser.close()
    blokker = leser.blokker
    while blokker and not blokker[0].deler:
        blokker.pop(0)
    while blokker and not blokker[-1].deler:
        blokker.pop()
    return blokker


def til_html(blokker: list[Blokk]) -> str:
    """Write blocks as HTML: one block a line, lists nested."""
    linjer: list[str] = []
    aapne: list[str] = []
    liste = 0
    for blokk in blokker:
        dybde = blokk.nivaa + 1 if blokk.i_liste else 0
        if not blokk.i_liste or blokk.liste != liste:
            _lukk_til(0, aapne, linjer)
        liste = blokk.liste if blokk.i_liste else 0
        _lukk_til(dybde, aapne, linjer)
        if not blokk.i_liste:
            linjer.append(f"<{blokk.slag}>{_deler(blokk)}</{blokk.slag}>")
            continue
        if len(aapne) == dybde:
            if aapne[-1] == blokk.slag:
                linjer.append("</li>")
            else:
                _lukk_til(dybde - 1, aapne, linjer)
        while len(aapne) < dybde:
            linjer.append(f"<{blokk.slag}>")
            aapne.append(blokk.slag)
            if len(aapne) < dybde:
                linjer.append("<li>")
        linjer.append(f"<li>{_deler(blokk)}")
    _lukk_til(0, aapne, linjer)
    return "\n".join(linjer).replace("\n</li>", "</li>")


def _lukk_til(dybde: int, aapne: list[str], linjer: list[str]) -> None:
    while len(aapne) > dybde:
        linjer.append(f"</li></{aapne.pop()}>")


def _deler(blokk: Blokk) -> str:
    ut = []
    for d in blokk.deler:
        tekst = escape(d.tekst, quote=False).replace("\n", "<br>")
        if d.kursiv:
            tekst = f"<em>{tekst}</em>"
        ut.append(f"<strong>{tekst}</strong>" if d.fet else tekst)
    return "".join(ut)
