"""Blocks of text become paragraphs of a document, and back."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.parts.numbering import NumberingPart

from .brodtekst import AVSNITT, NUMMER, OVERSKRIFT, PUNKT, UNDEROVERSKRIFT, Blokk, Del
from .ooxml import NUMPR, PPR, PSTYLE, RPR, VAL, P, R, T, element, plasser, stil, stilnavn

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
INNRYKK = 357
TEGN = {PUNKT: ("•", "–", "▪"), NUMMER: ("%1.", "%2)", "%3.")}
TALLFORM = ("decimal", "lowerLetter", "lowerRoman")
TUNGT = tuple(
    f".//{qn(f'w:{navn}')}"
    for navn in "drawing pict object sdt ins del footnoteReference fldChar txbxContent sectPr".split()
)
STILER = {
    OVERSKRIFT: ("heading 2", "overskrift 2"),
    UNDEROVERSKRIFT: ("heading 3", "overskrift 3"),
    PUNKT: ("list bullet", "punktliste", "list paragraph"),
    NUMMER: ("list number", "nummerert liste", "list paragraph"),
}


class Setter:
    """Makes paragraphs in a document, in the look of the paragraph that the text stands in the place of."""

    def __init__(self, dokument: Any, moenster: Any) -> None:
        self.dokument = dokument
        self.egenskaper = moenster.find(PPR)
        loep = moenster.find(f"{R}/{RPR}")
        self.tegn = loep
        self._lister: dict[int, str] = {}
        self._former: dict[int, dict[int, str]] = {}

    def sett(self, blokker: list[Blokk]) -> list[Any]:
        """Return the paragraphs of the blocks; one empty paragraph where there is no text."""
        for b in blokker:
            if b.i_liste:
                self._former.setdefault(b.liste, {}).setdefault(b.nivaa, b.slag)
        return [self._avsnitt(b) for b in blokker or [Blokk(AVSNITT)]]

    def _avsnitt(self, blokk: Blokk) -> Any:
        avsnitt = element("p")
        egenskaper = deepcopy(self.egenskaper) if self.egenskaper is not None else element("pPr")
        overskrift = blokk.slag in (OVERSKRIFT, UNDEROVERSKRIFT)
        if overskrift:
            egenskaper = element("pPr")
        if blokk.slag in STILER:
            self._sett_stil(egenskaper, blokk)
        if blokk.i_liste:
            self._sett_nummer(egenskaper, blokk)
        if len(egenskaper):
            avsnitt.append(egenskaper)
        for del_ in blokk.deler:
            avsnitt.append(self._loep(del_, med_tegn=not overskrift))
        return avsnitt

    def _sett_stil(self, egenskaper: Any, blokk: Blokk) -> None:
        if (navn := stil(self.dokument, *STILER[blokk.slag])) is None:
            if blokk.i_liste:
                return
            navn = self._lag_overskrift(blokk.slag)
        plasser(egenskaper, element("pStyle", val=navn))

    def _lag_overskrift(self, slag: str) -> str:
        """Make the heading style that the template lacks, so that the archive copy is tagged (PDF/UA)."""
        nivaa = 2 if slag == OVERSKRIFT else 3
        merke = f"Saksgangoverskrift{nivaa}"
        self.dokument.styles.element.append(
            parse_xml(
                f'<w:style {W} w:type="paragraph" w:styleId="{merke}"><w:name w:val="heading {nivaa}"/>'
                f'<w:basedOn w:val="{stil(self.dokument, "normal") or "Normal"}"/><w:qFormat/>'
                f'<w:pPr><w:keepNext/><w:spacing w:before="{240 if nivaa == 2 else 160}" w:after="60"/>'
                f'<w:outlineLvl w:val="{nivaa - 1}"/></w:pPr>'
                f'<w:rPr><w:b/><w:sz w:val="{26 if nivaa == 2 else 22}"/></w:rPr></w:style>'
            )
        )
        return merke

    def _loep(self, del_: Del, *, med_tegn: bool) -> Any:
        loep = element("r")
        egenskaper = deepcopy(self.tegn) if self.tegn is not None and med_tegn else element("rPr")
        for navn, paa in (("i", del_.kursiv), ("b", del_.fet)):
            if paa and egenskaper.find(qn(f"w:{navn}")) is None:
                plasser(egenskaper, element(navn))
        if len(egenskaper):
            loep.append(egenskaper)
        for nr, linje in enumerate(del_.tekst.split("\n")):
            if nr:
                loep.append(element("br"))
            t = element("t")
            t.text = linje
            t.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            loep.append(t)
        return loep

    def _sett_nummer(self, egenskaper: Any, blokk: Blokk) -> None:
        nummer = element("numPr")
        nummer.append(element("ilvl", val=str(blokk.nivaa)))
        nummer.append(element("numId", val=self._liste(blokk)))
        for innrykk in egenskaper.findall(qn("w:ind")):
            egenskaper.remove(innrykk)
        plasser(egenskaper, nummer)

    def _liste(self, blokk: Blokk) -> str:
        if blokk.liste not in self._lister:
            self._lister[blokk.liste] = _ny_liste(self.dokument, self._former[blokk.liste])
        return self._lister[blokk.liste]


def _nummerering(dokument: Any) -> Any:
    try:
        return dokument.part.numbering_part.element
    except (KeyError, NotImplementedError):
        del_ = NumberingPart(
            PackURI("/word/numbering.xml"), CT.WML_NUMBERING, parse_xml(f"<w:numbering {W}/>"), dokument.part.package
        )
        dokument.part.relate_to(del_, RT.NUMBERING)
        return del_.element


def _ny_liste(dokument: Any, former: dict[int, str]) -> str:
    """Add a list definition of its own and return its number, so that every list starts at 1.

    former: bullets or numbers on each level that the list has.
    """
    slag = [former.get(n) or former[min(former)] for n in range(3)]
    rot = _nummerering(dokument)
    abstrakte = [int(a.get(qn("w:abstractNumId"))) for a in rot.findall(qn("w:abstractNum"))]
    lister = [int(n.get(qn("w:numId"))) for n in rot.findall(qn("w:num"))]
    ny_abstrakt, ny_liste = max(abstrakte, default=-1) + 1, max(lister, default=0) + 1
    nivaaer = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{"bullet" if slag[n] == PUNKT else TALLFORM[n]}"/>'
        f'<w:lvlText w:val="{TEGN[slag[n]][n]}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{INNRYKK * (n + 1)}" w:hanging="{INNRYKK}"/></w:pPr></w:lvl>'
        for n in range(3)
    )
    abstrakt = parse_xml(
        f'<w:abstractNum {W} w:abstractNumId="{ny_abstrakt}"><w:multiLevelType w:val="multilevel"/>'
        f"{nivaaer}</w:abstractNum>"
    )
    foerste = rot.find(qn("w:num"))
    if foerste is None:
        rot.append(abstrakt)
    else:
        foerste.addprevious(abstrakt)
    rot.append(parse_xml(f'<w:num {W} w:numId="{ny_liste}"><w:abstractNumId w:val="{ny_abstrakt}"/></w:num>'))
    return str(ny_liste)


class Uforenklet(Exception):
    """The text holds something that the browser's field cannot hold."""


def les_avsnitt(dokument: Any, elementer: list[Any]) -> list[Blokk]:
    """Return paragraphs as blocks; Uforenklet when tables, pictures or section breaks would be lost."""
    navn = stilnavn(dokument)
    slag_for = {n: slag for slag, stiler in STILER.items() for n in stiler if n != "list paragraph"}
    slag_for["heading 1"] = slag_for["overskrift 1"] = OVERSKRIFT
    blokker: list[Blokk] = []
    liste, forrige = 0, ""
    for avsnitt in elementer:
        if avsnitt.tag in (qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:proofErr")):
            continue
        if avsnitt.tag != P or any(avsnitt.find(sti) is not None for sti in TUNGT):
            raise Uforenklet
        stilmerke = avsnitt.find(f"{PPR}/{PSTYLE}")
        slag = slag_for.get(navn.get(stilmerke.get(VAL), ""), AVSNITT) if stilmerke is not None else AVSNITT
        nivaa, nummer = 0, avsnitt.find(f"{PPR}/{NUMPR}")
        noekkel = ""
        if nummer is not None and nummer.find(qn("w:numId")) is not None:
            noekkel = nummer.find(qn("w:numId")).get(VAL)
            ilvl = nummer.find(qn("w:ilvl"))
            nivaa = min(int(ilvl.get(VAL)), 2) if ilvl is not None else 0
            slag = _listeslag(dokument, noekkel, nivaa)
        if slag in (PUNKT, NUMMER):
            if (noekkel or slag) != forrige:
                liste += 1
            forrige = noekkel or slag
        else:
            forrige = ""
        blokker.append(Blokk(slag, _deler(avsnitt), nivaa, liste if slag in (PUNKT, NUMMER) else 0))
    return blokker


def _listeslag(dokument: Any, nummer: str, nivaa: int) -> str:
    rot = _nummerering(dokument)
    for num in rot.findall(qn("w:num")):
        if num.get(qn("w:numId")) == nummer:
            abstrakt = num.find(qn("w:abstractNumId")).get(VAL)
            form = rot.xpath(f'./w:abstractNum[@w:abstractNumId="{abstrakt}"]/w:lvl[@w:ilvl="{nivaa}"]/w:numFmt/@w:val')
            return PUNKT if form and form[0] == "bullet" else NUMMER
    return PUNKT


def _paa(loep: Any, navn: str) -> bool:
    funnet = loep.find(f"{RPR}/{qn(f'w:{navn}')}")
    return funnet is not None and funnet.get(VAL) not in ("0", "false", "none")


def _deler(avsnitt: Any) -> list[Del]:
    deler: list[Del] = []
    for loep in avsnitt.iter(R):
        tekst = ""
        for e in loep:
            if e.tag == T:
                tekst += e.text or ""
            elif e.tag == qn("w:tab"):
                tekst += " "
            elif e.tag in (qn("w:br"), qn("w:cr")):
                tekst += "\n"
        if tekst:
            deler.append(Del(tekst, _paa(loep, "b"), _paa(loep, "i")))
    return deler
