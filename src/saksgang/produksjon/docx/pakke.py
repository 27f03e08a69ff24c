"""The package of a DOCX, read with suspicion: no macro, no program, nothing that is fetched from elsewhere."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from docx import Document
from lxml import etree

from .feil import Filfeil

MAKS_UTPAKKET = 300 * 1024**2
MAKS_FILER = 5000
KORRUPT = "Filen lar seg ikke åpne som Word-dokument. Åpne den i Word eller LibreOffice, lagre som DOCX, og prøv igjen."
FORBUDTE_DELER = (
    (re.compile(r"vbaProject|vbaData", re.I), "Dokumentet har makroer. Lagre det som vanlig Word-dokument (.docx)."),
    (
        re.compile(r"(^|/)(activeX|embeddings)/|\.bin$", re.I),
        "Dokumentet har innebygde objekter. Sett dem inn som bilde eller tabell i stedet.",
    ),
)
# A template that Word remembers the document was made from; nothing is fetched, and it is taken out when we merge.
TAALT_EKSTERNT = ("/hyperlink", "/attachedTemplate")
LENKE = re.compile(r"^(https?|mailto|tel):", re.I)
# Field codes that fetch a file or start a program when the document is opened.
HENTER = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|RD)\b")


def aapne(innhold: bytes) -> Any:
    """Return the document, or refuse with every reason (Filfeil)."""
    kontroller(innhold)
    try:
        dokument = Document(io.BytesIO(innhold))
        if dokument.element.body is None:
            raise Filfeil(KORRUPT)
    except Filfeil:
        raise
    except MemoryError:
        raise
    except Exception as feil:
        raise Filfeil(KORRUPT) from feil
    return dokument


def kontroller(innhold: bytes) -> None:
    """Refuse what may do harm, with every reason at once."""
    try:
        with zipfile.ZipFile(io.BytesIO(innhold)) as arkiv:
            deler = arkiv.infolist()
            if len(deler) > MAKS_FILER or sum(d.file_size for d in deler) > MAKS_UTPAKKET:
                raise Filfeil("Filen er for stor når den pakkes ut. Gjør bildene mindre, og prøv igjen.")
            navn = [d.filename for d in deler]
            if "[Content_Types].xml" not in navn:
                raise Filfeil(KORRUPT)
            funn = [setning for moenster, setning in FORBUDTE_DELER if any(moenster.search(n) for n in navn)]
            if b"macroEnabled" in arkiv.read("[Content_Types].xml"):
                funn.append(FORBUDTE_DELER[0][1])
            for n in navn:
                if n.endswith(".rels"):
                    funn += _eksterne(arkiv.read(n))
                elif n.startswith("word/") and n.endswith(".xml"):
                    funn += _feltkoder(arkiv.read(n))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as feil:
        raise Filfeil(KORRUPT) from feil
    except etree.XMLSyntaxError as feil:
        raise Filfeil(KORRUPT) from feil
    except ValueError as feil:
        raise Filfeil(KORRUPT) from feil
    if funn:
        raise Filfeil(list(dict.fromkeys(funn)))


def _xml(innhold: bytes) -> etree._Element:
    tolk = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    rot = etree.fromstring(innhold, tolk)
    if rot.getroottree().docinfo.doctype:
        raise Filfeil(KORRUPT)
    return rot


def _eksterne(innhold: bytes) -> list[str]:
    funn = []
    for rel in _xml(innhold).iter("{*}Relationship"):
        if rel.get("TargetMode") != "External":
            continue
        type_, maal = rel.get("Type") or "", rel.get("Target") or ""
        if not type_.endswith(TAALT_EKSTERNT) or (type_.endswith("/hyperlink") and not LENKE.match(maal)):
            funn.append(
                "Dokumentet henter innhold fra en annen fil eller et nettsted. "
                "Sett innholdet inn i dokumentet i stedet."
            )
    return funn


def _feltkoder(innhold: bytes) -> list[str]:
    rot = _xml(innhold)
    koder = [e.text or "" for e in rot.iter("{*}instrText")]
    koder += [verdi for e in rot.iter("{*}fldSimple") for navn, verdi in e.items() if navn.endswith("}instr")]
    if HENTER.search(" ".join(koder).upper()):
        return ["Dokumentet har et felt som henter fra andre filer. Fjern feltet, og sett teksten inn i stedet."]
    if rot.find(".//{*}altChunk") is not None:
        return ["Dokumentet har innhold som ikke er flettet inn. Åpne det i Word, lagre det på nytt, og prøv igjen."]
    return []
