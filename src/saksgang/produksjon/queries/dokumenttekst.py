"""The text of a file as paragraphs: Word, LibreOffice, plain text, PDF. Read with suspicion, and only to be shown."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator

from lxml import etree

from saksgang.kjerne.pdfium import aapnet
from saksgang.lager import queries as lager
from saksgang.lager.models import Fil
from saksgang.lager.rules import ODF, OOXML
from saksgang.produksjon.rules.sammenligning import Avsnitt, Slag

MAKS_FIL, MAKS_XML = 60 * 1024**2, 30 * 1024**2
MAKS_TEGN, MAKS_SIDER = 1_000_000, 300

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC_RESERVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT, _TABLE = (f"{{urn:oasis:names:tc:opendocument:xmlns:{navn}:1.0}}" for navn in ("text", "table"))
_IKKE_TEKST = {f"{_W}{navn}" for navn in ("del", "moveFrom", "txbxContent", "sectPr", "pPr", "rPr")} | {_MC_RESERVE}
_OVERSKRIFT = re.compile(r"heading|overskrift|title|tittel", re.IGNORECASE)
_RANDTEKST = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml")


class UtenTekst(Exception):
    """There is no text to take out; says why, to the reader."""


def les_avsnitt(fil: Fil) -> list[Avsnitt]:
    """Return the paragraphs that have text. Raises UtenTekst for what is no text, too large, or broken."""
    leser = _LESERE.get(fil.mimetype)
    if leser is None:
        raise UtenTekst("Filen er ikke et tekstdokument.")
    if fil.stoerrelse > MAKS_FIL:
        raise UtenTekst("Filen er for stor til å vises som tekst.")
    try:
        avsnitt = [Avsnitt(rent, p.slag) for p in leser(lager.innhold(fil)) if (rent := _rens(p.tekst))]
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError) as feil:
        raise UtenTekst("Filen er skadet, eller beskyttet med passord.") from feil
    except etree.LxmlError as feil:
        raise UtenTekst("Filen er skadet.") from feil
    if sum(len(p.tekst) for p in avsnitt) > MAKS_TEGN:
        raise UtenTekst("Dokumentet er for langt til å vises som tekst.")
    if not avsnitt:
        raise UtenTekst("Dokumentet har ingen tekst.")
    return avsnitt


def _rens(tekst: str) -> str:
    """Return the text with single spaces; a line break in the paragraph stays one."""
    linjer = (re.sub(r"[^\S\n]+", " ", linje).strip() for linje in tekst.split("\n"))
    return "\n".join(linjer).strip()


def _xml(arkiv: zipfile.ZipFile, navn: str) -> etree._Element:
    with arkiv.open(navn) as del_:
        innhold = del_.read(MAKS_XML + 1)
    if len(innhold) > MAKS_XML:
        raise UtenTekst("Dokumentet er for stort når det pakkes ut.")
    return etree.fromstring(innhold, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _rad(celler: list[list[Avsnitt]], slag: Slag) -> Iterator[Avsnitt]:
    """A row of a table as one paragraph; where a cell has several lines the table is there for the layout alone."""
    fylte = [[p for p in celle if _rens(p.tekst)] for celle in celler]
    if any(len(celle) > 1 or "\n" in _rens(p.tekst) for celle in fylte for p in celle):
        yield from (p for celle in fylte for p in celle)
    else:
        yield Avsnitt(" | ".join(_rens(p.tekst) for celle in fylte for p in celle), slag)


# ── Word ─────────────────────────────────────────────────


def _docx(innhold: bytes) -> Iterator[Avsnitt]:
    with zipfile.ZipFile(io.BytesIO(innhold)) as arkiv:
        yield from _w_blokker(_xml(arkiv, "word/document.xml"), Slag.AVSNITT)
        for navn in sorted(n for n in arkiv.namelist() if _RANDTEKST.fullmatch(n)):
            yield from _w_blokker(_xml(arkiv, navn), Slag.RANDTEKST)


def _w_blokker(node: etree._Element, slag: Slag) -> Iterator[Avsnitt]:
    """Paragraphs and rows in order, also those inside content controls, insertions and text boxes."""
    for barn in node:
        if barn.tag == f"{_W}p":
            yield Avsnitt("".join(_w_tekst(barn)), _w_slag(barn) if slag == Slag.AVSNITT else slag)
            for ramme in barn.iter(f"{_W}txbxContent"):
                if not any(over.tag == _MC_RESERVE for over in ramme.iterancestors()):
                    yield from _w_blokker(ramme, slag)
        elif barn.tag == f"{_W}tr":
            celler = [list(_w_blokker(c, slag)) for c in barn.iterchildren(f"{_W}tc", f"{_W}sdt")]
            yield from _rad(celler, Slag.RAD if slag == Slag.AVSNITT else slag)
        elif barn.tag not in _IKKE_TEKST:
            yield from _w_blokker(barn, slag)


def _w_slag(avsnitt: etree._Element) -> Slag:
    stil = avsnitt.find(f"{_W}pPr/{_W}pStyle")
    navn = stil.get(f"{_W}val", "") if stil is not None else ""
    if _OVERSKRIFT.search(navn):
        return Slag.OVERSKRIFT
    punkt = avsnitt.find(f"{_W}pPr/{_W}numPr") is not None or navn.lower().startswith("list")
    return Slag.PUNKT if punkt else Slag.AVSNITT


def _w_tekst(node: etree._Element) -> Iterator[str]:
    for barn in node:
        if barn.tag == f"{_W}t":
            yield barn.text or ""
        elif barn.tag == f"{_W}tab":
            yield " "
        elif barn.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif barn.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif barn.tag not in _IKKE_TEKST:
            yield from _w_tekst(barn)


# ── LibreOffice ──────────────────────────────────────────


def _odt(innhold: bytes) -> Iterator[Avsnitt]:
    with zipfile.ZipFile(io.BytesIO(innhold)) as arkiv:
        yield from _o_blokker(_xml(arkiv, "content.xml"), i_liste=False)


def _o_blokker(node: etree._Element, *, i_liste: bool) -> Iterator[Avsnitt]:
    for barn in node:
        if barn.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            slag = Slag.OVERSKRIFT if barn.tag == f"{_TEXT}h" else Slag.PUNKT if i_liste else Slag.AVSNITT
            yield Avsnitt("".join(_o_tekst(barn)), slag)
        elif barn.tag == f"{_TABLE}table-row":
            yield from _rad([list(_o_blokker(celle, i_liste=False)) for celle in barn], Slag.RAD)
        elif barn.tag != f"{_TEXT}tracked-changes":
            yield from _o_blokker(barn, i_liste=i_liste or barn.tag == f"{_TEXT}list")


def _o_tekst(node: etree._Element) -> Iterator[str]:
    yield node.text or ""
    for barn in node:
        if barn.tag == f"{_TEXT}line-break":
            yield "\n"
        elif barn.tag in (f"{_TEXT}tab", f"{_TEXT}s"):
            yield " "
        elif isinstance(barn.tag, str):
            yield from _o_tekst(barn)
        yield barn.tail or ""


# ── Plain text and PDF ───────────────────────────────────


def _ren_tekst(innhold: bytes) -> Iterator[Avsnitt]:
    for tegnsett in ("utf-16",) if innhold[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "windows-1252"):
        try:
            tekst = innhold.decode(tegnsett)
        except UnicodeDecodeError:
            continue
        break
    else:
        tekst = innhold.decode("utf-8", errors="replace")
    yield from (Avsnitt(linje) for linje in tekst.splitlines())


def _fra_pdf(innhold: bytes) -> Iterator[Avsnitt]:
    """The text layer, with lines put together to paragraphs where the line before is full and ends no sentence."""
    with aapnet(innhold) as dokument:
        if len(dokument) > MAKS_SIDER:
            raise UtenTekst("Dokumentet har for mange sider til å vises som tekst.")
        sider = []
        for side in dokument:
            lag = side.get_textpage()
            sider.append(lag.get_text_bounded())
            lag.close()
            side.close()
    linjer = [linje.strip() for tekst in sider for linje in tekst.splitlines()]
    bredde = max(map(len, linjer), default=0)
    avsnitt = ""
    for linje in linjer:
        avsnitt = f"{avsnitt} {linje}".strip()
        if len(linje) < 0.7 * bredde or linje.endswith((".", ":", "?", "!")):
            yield Avsnitt(avsnitt)
            avsnitt = ""
    yield Avsnitt(avsnitt)


_LESERE: dict[str, Callable[[bytes], Iterator[Avsnitt]]] = {
    f"{OOXML}.wordprocessingml.document": _docx,
    f"{OOXML}.wordprocessingml.template": _docx,
    f"{ODF}.text": _odt,
    "text/plain": _ren_tekst,
    "text/csv": _ren_tekst,
    "application/pdf": _fra_pdf,
}
"""Plain text is read line by line."""
