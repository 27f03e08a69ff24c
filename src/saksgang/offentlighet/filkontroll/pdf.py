"""A PDF on its way to the net: what tells of people and machines is washed out, then the rest is looked through."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from pypdfium2 import PdfiumError, PdfPage

from saksgang.kjerne.pdfium import aapnet
from saksgang.produksjon.pdfa import loeft
from saksgang.produksjon.pdfa.port import paastaatt_del

from . import Funn, Kontrollert, ocr
from .bilde import vask_jpeg
from .synlighet import antall_skjulte, antall_tildekket, mest_bilde
from .tekst import Leting, Teller

_INGEN_MERKNAD = {"/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet", "/Watermark"}
_FIL_I_FILA = {"/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D"}
_TRYGGE_HANDLINGER = {"/GoTo", "/URI", "/Named", "/Thread"}
_NAVNELISTER = {"/Names", "/Limits"}
"""Lists of texts. Others are numbers and colours, which may look like anything."""


def kontroller(innhold: bytes, leting: Leting) -> Kontrollert:
    """Return what a PDF holds that may not be on the net, and the copy without traces where it had any."""
    try:
        pdf = pikepdf.open(io.BytesIO(innhold), suppress_warnings=True)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError):
        return Kontrollert((Funn("uleselig"),))
    with pdf:
        teller = Teller(leting)
        _se_paa_oppbygning(pdf, teller)
        vasket = _vask(pdf, innhold) if _har_spor(pdf, innhold) else None
    if vasket is not None:
        with pikepdf.open(io.BytesIO(vasket)) as ferdig:
            _les_utenom(ferdig, teller)
    else:
        with pikepdf.open(io.BytesIO(innhold), suppress_warnings=True) as ferdig:
            _les_utenom(ferdig, teller)
    if not _les_sider(vasket or innhold, teller):
        return Kontrollert((Funn("uleselig"),))
    return Kontrollert(teller.funn(), vasket)


def _se_paa_oppbygning(pdf: Pdf, teller: Teller) -> None:
    rot = pdf.Root
    if len(pdf.attachments) or "/AF" in rot:
        teller.meld("vedlagt_fil", antall=max(len(pdf.attachments), 1))
    if "/AcroForm" in rot and "/XFA" in rot.AcroForm:
        teller.meld("skjema")
    for nr, side in enumerate(pdf.pages, start=1):
        for merknad in loeft.merknader(side.obj):
            slag = str(merknad.get("/Subtype"))
            if slag in _FIL_I_FILA:
                teller.meld("vedlagt_fil", nr)
            elif slag not in _INGEN_MERKNAD:
                teller.meld("kommentar", nr)


def _har_spor(pdf: Pdf, innhold: bytes) -> bool:
    """Whether there is anything to wash out."""
    rot = pdf.Root
    if not loeft.forteller_ingenting(innhold) or "/AcroForm" in rot or loeft.har_noe_gammelt(innhold):
        return True
    if any(navn in rot for navn in ("/AA", "/OpenAction", "/PieceInfo", "/SpiderInfo")):
        return True
    if "/Names" in rot and "/JavaScript" in rot.Names:
        return True
    return any(_objekt_har_spor(objekt) for objekt in _alle(pdf))


def _alle(pdf: Pdf) -> Iterator[Any]:
    """Yield every dictionary and stream, also those that stand inside another."""
    for objekt in pdf.objects:
        yield from _i(objekt)


def _i(objekt: Any) -> Iterator[Any]:
    if isinstance(objekt, Dictionary | Stream):
        yield objekt
        verdier = [verdi for _, verdi in (objekt.stream_dict if isinstance(objekt, Stream) else objekt).items()]
    elif isinstance(objekt, Array):
        verdier = list(objekt)
    else:
        return
    for verdi in verdier:
        if isinstance(verdi, Dictionary | Array) and not verdi.is_indirect:
            yield from _i(verdi)


def _objekt_har_spor(objekt: Any) -> bool:
    if objekt.get("/Type") != Name.Catalog and any(n in objekt for n in ("/Metadata", "/PieceInfo", "/AA", "/Thumb")):
        return True
    if "/A" in objekt and isinstance(objekt.A, Dictionary) and str(objekt.A.get("/S")) not in _TRYGGE_HANDLINGER:
        return True
    return _er_jpeg(objekt) and _uten_spor(objekt) is not None


def _er_jpeg(objekt: Any) -> bool:
    if not isinstance(objekt, Stream) or objekt.get("/Subtype") != Name.Image:
        return False
    filter_ = objekt.get("/Filter")
    return filter_ == Name.DCTDecode or (isinstance(filter_, Array) and list(filter_) == [Name.DCTDecode])


def _uten_spor(bilde: Any) -> bytes | None:
    raa = bilde.read_raw_bytes()
    vasket = vask_jpeg(raa, behold_retning=False)
    return vasket if vasket != raa else None


def _vask(pdf: Pdf, innhold: bytes) -> bytes:
    """Return a copy that looks the same and tells nothing: forms become part of their pages, scripts and traces go."""
    rot = pdf.Root
    if "/AcroForm" in rot:
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("screen")
        if "/AcroForm" in rot:
            del rot["/AcroForm"]
    loeft.rens_rot(rot)
    for side in pdf.pages:
        loeft.rens_side(side.obj)
        for merknad in loeft.merknader(side.obj):
            handling = merknad.get("/A")
            if isinstance(handling, Dictionary) and str(handling.get("/S")) not in _TRYGGE_HANDLINGER:
                del merknad["/A"]
    for objekt in pdf.objects:
        loeft.rens_objekt(objekt)
        if _er_jpeg(objekt) and (bytes_ := _uten_spor(objekt)) is not None:
            objekt.write(bytes_, filter=Name.DCTDecode)
    del_ = paastaatt_del(innhold)
    if del_ is not None:
        xmp = loeft.XMP.replace(b"<pdfaid:part>2<", f"<pdfaid:part>{del_}<".encode())
        rot["/Metadata"] = Stream(pdf, xmp, Type=Name.Metadata, Subtype=Name.XML)
    elif "/Metadata" in rot:
        del rot["/Metadata"]
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    ut = io.BytesIO()
    pdf.save(ut, fix_metadata_version=False, deterministic_id=True)
    return ut.getvalue()


def _les_utenom(pdf: Pdf, teller: Teller) -> None:
    """Look through what is on no page: bookmarks, texts that are read aloud, notes, names of layers and files."""
    for objekt in _alle(pdf):
        for tekst in _tekster(objekt):
            teller.les(tekst)


def _tekster(objekt: Any) -> Iterator[str]:
    ordbok = objekt.stream_dict if isinstance(objekt, Stream) else objekt
    for navn, verdi in ordbok.items():
        if isinstance(verdi, String):
            yield str(verdi)
        elif navn in _NAVNELISTER and isinstance(verdi, Array):
            yield from (str(v) for v in verdi if isinstance(v, String))


def _les_bilde(side: PdfPage, nummer: int, leser: ocr.Leser, teller: Teller) -> None:
    """Look through a page that is a picture of a text, as far as the machine can read it."""
    bredde, hoeyde = side.get_size()
    bilde = side.render(scale=min(300 / 72, 4000 / max(bredde, hoeyde, 1)), grayscale=True).to_pil()
    if ocr.er_blankt(bilde):
        return
    lest = leser.les(bilde)
    teller.les(lest, nummer)
    if not ocr.er_lest(lest):
        teller.meld("bilde", nummer)


def _les_sider(innhold: bytes, teller: Teller) -> bool:
    """Look through the text of every page, and for text that is not seen; whether the file could be read."""
    leser = ocr.Leser(teller.leting.ocr)
    try:
        with aapnet(innhold) as pdf:
            for nr in range(len(pdf)):
                side = pdf[nr]
                tekst = side.get_textpage()
                try:
                    if mest_bilde(side, tekst):
                        if antall := antall_tildekket(side):
                            teller.meld("skjult_tekst", nr + 1, antall)
                        _les_bilde(side, nr + 1, leser, teller)
                    innholdet = tekst.get_text_range()
                    teller.les(innholdet, nr + 1)
                    if innholdet.strip() and (antall := antall_skjulte(side, tekst)):
                        teller.meld("skjult_tekst", nr + 1, antall)
                finally:
                    tekst.close()
                    side.close()
    except PdfiumError:
        return False
    return True
