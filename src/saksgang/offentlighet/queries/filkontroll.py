"""Whether a file holds what may never be on the net (offentlegforskrifta § 7 andre ledd bokstav d)."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock
from typing import BinaryIO

import pypdfium2

from saksgang.kjerne.identifikatorer import finn_foedselsnumre
from saksgang.lager.models import Fil
from saksgang.lager.store import lager

BIT = 1024 * 1024
OVERLAPP = 32
_pdfium = Lock()  # the library is not safe in threads


def har_foedselsnummer(fil: Fil) -> bool:
    """Whether the text of a plain text or PDF file has a fødselsnummer in it. A picture of text is not read."""
    return _har_foedselsnummer(fil.sha256, fil.mimetype)


@lru_cache(maxsize=4096)
def _har_foedselsnummer(sha256: str, mimetype: str) -> bool:
    with lager().aapne(sha256) as stroem:
        if mimetype == "text/plain":
            return any(finn_foedselsnumre(bit) for bit in _tekst(stroem))
        if mimetype == "application/pdf":
            with _pdfium:
                return any(finn_foedselsnumre(bit) for bit in _sider(stroem))
    return False


def _tekst(stroem: BinaryIO) -> Iterator[str]:
    """Return a text in pieces that overlap, so that no number falls between two of them."""
    utf16 = stroem.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    stroem.seek(0)
    dekoder = codecs.getincrementaldecoder("utf-16" if utf16 else "utf-8")(errors="replace")
    forrige = ""
    while bit := stroem.read(BIT):
        tekst = forrige + dekoder.decode(bit)
        yield tekst
        forrige = tekst[-OVERLAPP:]


def _sider(stroem: BinaryIO) -> Iterator[str]:
    try:
        pdf = pypdfium2.PdfDocument(stroem)
    except pypdfium2.PdfiumError:
        return  # nothing that the browser's reader could show either
    try:
        yield " ".join(map(str, pdf.get_metadata_dict().values()))
        for nr in range(len(pdf)):
            side = pdf[nr]
            tekst = side.get_textpage()
            try:
                yield tekst.get_text_bounded()
            finally:
                tekst.close()
                side.close()
    finally:
        pdf.close()
