"""The text of a merged document stands between two marks, so that it can be taken out again and kept.

Two bookmarks of one name would be moved by the word processor; so there is one, which begins in the first paragraph of
the text and ends at the very beginning of the paragraph behind it. Text added at either end thus stays inside.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx.oxml.ns import qn

from .feil import Filfeil
from .ooxml import (
    ID,
    MERKESLUTT,
    MERKESTART,
    NAVN,
    NUMPR,
    PPR,
    PSTYLE,
    SECTPR,
    VAL,
    P,
    T,
    blokker,
    element,
    foran_innhold,
)

MERKE = "saksgang_tekst"
BORTE = (
    "Merkene rundt teksten er borte fra dokumentet, så teksten kan ikke skilles fra brevhodet. "
    "Rett opplysningene for hånd i Word eller LibreOffice, eller lag et nytt dokument fra malen og lim inn teksten."
)


def merk(kropp: Any, elementer: list[Any]) -> None:
    """Put the mark around elements that stand directly in the body."""
    for gammel in kropp.iter(MERKESTART):
        if gammel.get(NAVN) == MERKE:
            raise Filfeil(f"Dokumentet har allerede et bokmerke som heter {MERKE}. Gi det et annet navn.")
    numre = [int(e.get(ID)) for e in kropp.iter(MERKESTART) if (e.get(ID) or "").lstrip("-").isdigit()]
    nummer = str(max([0, *numre]) + 1)
    foerste = elementer[0]
    if foerste.tag != P:
        foerste = element("p")
        elementer[0].addprevious(foerste)
    foerste.insert(foran_innhold(foerste), element("bookmarkStart", id=nummer, name=MERKE))
    slutt = element("bookmarkEnd", id=nummer)
    neste = elementer[-1].getnext()
    if neste is not None and neste.tag == P:
        neste.insert(foran_innhold(neste), slutt)
        return
    if elementer[-1].tag != P:
        tomt = element("p")
        elementer[-1].addnext(tomt)
        tomt.append(slutt)
    else:
        elementer[-1].append(slutt)


def finn(kropp: Any) -> list[Any]:
    """Return the elements of the body that the text consists of. Filfeil when the mark is gone."""
    start = next((e for e in kropp.iter(MERKESTART) if e.get(NAVN) == MERKE), None)
    slutt = None
    if start is not None:
        slutt = next((e for e in kropp.iter(MERKESLUTT) if e.get(ID) == start.get(ID)), None)
    if start is None or slutt is None:
        raise Filfeil(BORTE)
    alle = list(blokker(kropp))
    fra, til = alle.index(_blokk(kropp, start)), alle.index(_blokk(kropp, slutt))
    if til < fra:
        raise Filfeil(BORTE)
    if alle[til].tag != P:
        # The mark itself stands in the body, between two blocks.
        return [e for e in alle[fra : til + 1] if e.tag not in (MERKESTART, MERKESLUTT)]
    if til > fra and not _tekst_foran(alle[til], slutt):
        til -= 1
    return [e for e in alle[fra : til + 1] if e.tag not in (MERKESTART, MERKESLUTT)]


def _blokk(kropp: Any, inni: Any) -> Any:
    while inni.getparent() is not kropp:
        inni = inni.getparent()
        if inni is None:
            raise Filfeil(BORTE)
    return inni


def _tekst_foran(avsnitt: Any, merke: Any) -> bool:
    for e in avsnitt.iter():
        if e is merke:
            return False
        if e.tag in (T, qn("w:drawing"), qn("w:br")) and (e.tag != T or e.text):
            return True
    return False


def behold_bare(dokument: Any, elementer: list[Any]) -> None:
    """Remove everything else from the body, and what cannot follow the text into another document."""
    kropp = dokument.element.body
    beholdes = {id(e) for e in elementer}
    for blokk in list(blokker(kropp)):
        if id(blokk) not in beholdes:
            kropp.remove(blokk)
    for navn in ("commentRangeStart", "commentRangeEnd", "commentReference", "proofErr"):
        for e in list(kropp.iter(qn(f"w:{navn}"))):
            e.getparent().remove(e)
    for e in list(kropp.iter(MERKESTART)):
        if e.get(NAVN) == MERKE:
            for slutt in [s for s in kropp.iter(MERKESLUTT) if s.get(ID) == e.get(ID)]:
                slutt.getparent().remove(slutt)
            e.getparent().remove(e)
    for sect in kropp.iter(SECTPR):
        for ref in [*sect.findall(qn("w:headerReference")), *sect.findall(qn("w:footerReference"))]:
            sect.remove(ref)
    _nummer_fra_stil(dokument)


def _nummer_fra_stil(dokument: Any) -> None:
    """Write the numbering that a paragraph has from its style on the paragraph itself: composing keeps only that."""
    nummer = {}
    for s in dokument.styles.element.iterchildren(qn("w:style")):
        funnet = s.find(f"{PPR}/{NUMPR}")
        if funnet is not None and funnet.find(qn("w:numId")) is not None:
            nummer[s.get(qn("w:styleId"))] = funnet
    for avsnitt in dokument.element.body.iter(P):
        egenskaper = avsnitt.find(PPR)
        stilmerke = egenskaper.find(PSTYLE) if egenskaper is not None else None
        if stilmerke is not None and egenskaper.find(NUMPR) is None and stilmerke.get(VAL) in nummer:
            stilmerke.addnext(deepcopy(nummer[stilmerke.get(VAL)]))
