"""Making a text document ready: what its authors took out stays out, and what it says today it says tomorrow too."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from . import SKADET, KanIkke

MAKS_UTPAKKET = 1024**3
MAKS_DEL = 256 * 1024**2
FROSNE = re.compile(
    r"\s*(?:DATE|TIME|FILENAME|USERNAME|USERINITIALS|USERADDRESS|INCLUDETEXT|INCLUDEPICTURE|LINK|DDE|DDEAUTO|DATABASE)\b",
    re.IGNORECASE,
)
"""Fields that LibreOffice would compute anew or fetch from elsewhere; the text that the writer saw stands instead."""

_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_CT = "http://schemas.openxmlformats.org/package/2006/content-types"
_DOKREL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OOXML_DELER = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_LOESES_OPP = {
    f"{{{_TEXT}}}{navn}"
    for navn in "change change-start change-end date time file-name author-name author-initials sender-firstname "
    "sender-lastname modification-date modification-time print-date print-time creation-date creation-time "
    "editing-cycles".split()
}


def vask_docx(innhold: bytes) -> bytes:
    """Return the document with tracked changes taken as accepted and volatile fields as they were last shown."""
    deler = _pakk_ut(innhold)
    if "word/document.xml" not in deler:
        raise KanIkke(SKADET)
    _skjul_endringer(deler)
    for navn in deler:
        if _OOXML_DELER.fullmatch(navn):
            rot = _les(deler[navn])
            if _frys_felter(rot):
                deler[navn] = _skriv(rot)
    return _pakk(deler)


def vask_odt(innhold: bytes) -> bytes:
    """Return the document with tracked changes taken as accepted and volatile fields as they were last shown."""
    deler = _pakk_ut(innhold)
    if "content.xml" not in deler:
        raise KanIkke(SKADET)
    for navn in ("content.xml", "styles.xml"):
        if navn not in deler:
            continue
        rot = _les(deler[navn])
        for element in list(rot.iter(etree.Element)):
            if element.tag == f"{{{_TEXT}}}tracked-changes":
                element.getparent().remove(element)
            elif element.tag in _LOESES_OPP:
                _loes_opp(element)
        deler[navn] = _skriv(rot)
    return _pakk(deler)


def _pakk_ut(innhold: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(innhold)) as pakke:
            if sum(info.file_size for info in pakke.infolist()) > MAKS_UTPAKKET:
                raise KanIkke("Fila er unormalt stor når den pakkes ut, og blir ikke åpnet. Lagre den på nytt i Word.")
            deler = {}
            for info in pakke.infolist():
                with pakke.open(info) as del_:
                    deler[info.filename] = del_.read(MAKS_DEL + 1)  # what it says of its size need not be true
                if len(deler[info.filename]) > MAKS_DEL:
                    raise KanIkke(
                        "Fila er unormalt stor når den pakkes ut, og blir ikke åpnet. Lagre den på nytt i Word."
                    )
            return deler
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise KanIkke(SKADET) from None


def _pakk(deler: dict[str, bytes]) -> bytes:
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as pakke:
        for navn, innhold in deler.items():
            # An OpenDocument package begins with its mimetype, uncompressed.
            pakke.writestr(navn, innhold, zipfile.ZIP_STORED if navn == "mimetype" else zipfile.ZIP_DEFLATED)
    return ut.getvalue()


def _les(innhold: bytes) -> Any:
    try:
        return etree.fromstring(innhold, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        raise KanIkke(SKADET) from None


def _skriv(rot: Any) -> bytes:
    return bytes(etree.tostring(rot, xml_declaration=True, encoding="UTF-8", standalone=True))


def _skjul_endringer(deler: dict[str, bytes]) -> None:
    """Say in the document's settings that it is shown as it is when the tracked changes are accepted."""
    dokument = _les(deler["word/document.xml"])
    w = etree.QName(dokument).namespace
    if "word/settings.xml" in deler:
        innstillinger = _les(deler["word/settings.xml"])
    else:
        innstillinger = etree.Element(f"{{{w}}}settings", nsmap={"w": w})
        _registrer_innstillinger(deler)
    for gammel in innstillinger.findall(f"{{{w}}}revisionView"):
        innstillinger.remove(gammel)
    visning = etree.Element(f"{{{w}}}revisionView")
    for navn in ("markup", "comments", "insDel", "formatting"):
        visning.set(f"{{{w}}}{navn}", "0")
    innstillinger.insert(0, visning)
    deler["word/settings.xml"] = _skriv(innstillinger)


def _registrer_innstillinger(deler: dict[str, bytes]) -> None:
    relasjonsfil = "word/_rels/document.xml.rels"
    # Without the prefix: LibreOffice knows these parts by their plain names alone.
    tomme = etree.Element(f"{{{_REL}}}Relationships", nsmap={None: _REL})
    relasjoner = _les(deler[relasjonsfil]) if relasjonsfil in deler else tomme
    relasjon = etree.SubElement(relasjoner, f"{{{_REL}}}Relationship")
    relasjon.set("Id", "rIdSaksgangInnstillinger")
    relasjon.set("Type", f"{_DOKREL}/settings")
    relasjon.set("Target", "settings.xml")
    deler[relasjonsfil] = _skriv(relasjoner)
    typer = _les(deler["[Content_Types].xml"])
    type_ = etree.SubElement(typer, f"{{{_CT}}}Override")
    type_.set("PartName", "/word/settings.xml")
    type_.set("ContentType", "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml")
    deler["[Content_Types].xml"] = _skriv(typer)


def _frys_felter(rot: Any) -> bool:
    """Put the text that volatile fields last showed in their place; whether there were any."""
    w = f"{{{etree.QName(rot).namespace}}}"
    fjernes: list[Any] = []
    for felt in list(rot.iter(f"{w}fldSimple")):
        if FROSNE.match(felt.get(f"{w}instr", "")):
            fjernes.append(felt)
    aapne: list[tuple[list[Any], list[str], list[bool]]] = []
    for loep in rot.iter(f"{w}r"):
        for merke in _feltmerker(loep, w):
            if merke == "begin":
                aapne.append(([], [], []))
            if not aapne:
                continue
            loepene, instruks, i_resultat = aapne[-1]
            if merke == "separate":
                i_resultat.append(True)
            elif merke not in ("begin", "end"):
                instruks.append(merke)
            if merke in ("begin", "separate", "end") or not i_resultat:
                loepene.append(loep)
            if merke == "end":
                aapne.pop()
                if FROSNE.match("".join(instruks)):
                    fjernes += loepene
    for element in dict.fromkeys(fjernes):
        if element.tag == f"{w}fldSimple":
            _loes_opp(element)
        else:
            for del_ in list(element):
                if del_.tag in (f"{w}fldChar", f"{w}instrText"):
                    element.remove(del_)
    return bool(fjernes)


def _feltmerker(loep: Any, w: str) -> Iterator[str]:
    for del_ in loep:
        if del_.tag == f"{w}fldChar":
            yield del_.get(f"{w}fldCharType", "")
        elif del_.tag == f"{w}instrText":
            yield del_.text or ""


def _loes_opp(element: Any) -> None:
    """Let an element go, so that its text, its children and the text after it stand where it stood."""
    forelder = element.getparent()
    if forelder is None:
        return
    sted = forelder.index(element)
    barn = list(element)
    foer, etter = element.text or "", element.tail or ""
    if barn:
        barn[-1].tail = (barn[-1].tail or "") + etter
    else:
        foer += etter
    if sted:
        forelder[sted - 1].tail = (forelder[sted - 1].tail or "") + foer
    else:
        forelder.text = (forelder.text or "") + foer
    forelder.remove(element)
    for nr, del_ in enumerate(barn):
        forelder.insert(sted + nr, del_)
