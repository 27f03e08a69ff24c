"""Small words for the XML inside a DOCX."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

P, R, T, TBL, SECTPR = qn("w:p"), qn("w:r"), qn("w:t"), qn("w:tbl"), qn("w:sectPr")
PPR, RPR, PSTYLE, NUMPR = qn("w:pPr"), qn("w:rPr"), qn("w:pStyle"), qn("w:numPr")
VAL, ID, NAVN = qn("w:val"), qn("w:id"), qn("w:name")
MERKESTART, MERKESLUTT = qn("w:bookmarkStart"), qn("w:bookmarkEnd")


REKKEFOELGE_AVSNITT = tuple(
    qn(f"w:{navn}")
    for navn in "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd "
    "tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange".split()
)
REKKEFOELGE_TEGN = tuple(qn(f"w:{navn}") for navn in "rStyle rFonts b bCs i iCs".split())


def plasser(egenskaper: Any, nytt: Any) -> None:
    """Put a property of a paragraph or run where the schema wants it; Word refuses a file that has it elsewhere."""
    rekkefoelge = REKKEFOELGE_AVSNITT if egenskaper.tag == PPR else REKKEFOELGE_TEGN
    for gammelt in egenskaper.findall(nytt.tag):
        egenskaper.remove(gammelt)
    foran = rekkefoelge[: rekkefoelge.index(nytt.tag)]
    egenskaper.insert(sum(1 for e in egenskaper if e.tag in foran), nytt)


def element(navn: str, **attributter: str) -> Any:
    """Return a new element of the w namespace."""
    nytt = OxmlElement(f"w:{navn}")
    for attributt, verdi in attributter.items():
        nytt.set(qn(f"w:{attributt}"), verdi)
    return nytt


def tekst(blokk: Any) -> str:
    """Return the text that stands in an element, stripped."""
    return "".join(t.text or "" for t in blokk.iter(T)).strip()


def foran_innhold(avsnitt: Any) -> int:
    """Return the place right behind a paragraph's properties."""
    return 1 if len(avsnitt) and avsnitt[0].tag == PPR else 0


def blokker(kropp: Any) -> Iterator[Any]:
    """Yield what stands directly in the body, without its own section properties."""
    yield from (b for b in kropp if b.tag != SECTPR)


def stil(dokument: Any, *navn: str) -> str | None:
    """Return the id of the first of these paragraph styles that the document has."""
    finnes = {}
    for s in dokument.styles.element.iterchildren(qn("w:style")):
        merke = s.find(qn("w:name"))
        if merke is not None and s.get(qn("w:type")) == "paragraph":
            finnes[(merke.get(VAL) or "").lower()] = s.get(qn("w:styleId"))
    return next((finnes[n] for n in navn if n in finnes), None)


def stilnavn(dokument: Any) -> dict[str, str]:
    """Return the name of each style by its id, in lower case."""
    navn = {}
    for s in dokument.styles.element.iterchildren(qn("w:style")):
        merke = s.find(qn("w:name"))
        if merke is not None:
            navn[s.get(qn("w:styleId")) or ""] = (merke.get(VAL) or "").lower()
    return navn
