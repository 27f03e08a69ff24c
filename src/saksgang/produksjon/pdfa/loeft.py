"""PDF to PDF/A-2b: what may not stand there is taken out where nobody can see the difference; and PDFs put together."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import ImageCms

from . import KanIkke

MAKS_SIDER = 5000
XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">'
    "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
).encode()
"""All that an archive copy says of itself: who wrote it, with what and when stands in the archive, not in the file."""

_HARMLOEST_INFO = {"/Producer", "/CreationDate", "/ModDate", "/Trapped"}
_HARMLOEST_XMP = (
    "{http://www.aiim.org/pdfa/ns/id/}",
    "{http://ns.adobe.com/pdf/1.3/}Producer",
    "{http://ns.adobe.com/xap/1.0/}CreateDate",
    "{http://ns.adobe.com/xap/1.0/}ModifyDate",
    "{http://ns.adobe.com/xap/1.0/}MetadataDate",
    "{http://purl.org/dc/elements/1.1/}format",
)
"""What a PDF may say of itself and still be shown to anybody as it is: the machine that made it, and when."""

_TILLATTE_HANDLINGER = {"/GoTo", "/GoToR", "/GoToE", "/Thread", "/URI", "/Named"}
_INNHOLD_SOM_FORSVINNER = {"/Sound", "/Movie", "/Screen", "/3D", "/RichMedia", "/FileAttachment"}
_SKJULT, _SKRIVES_UT = 1 | 2 | 32 | 256, 4
"""Flags of an annotation: invisible, hidden, no view and toggle no view; printed."""


def loeft(innhold: bytes) -> bytes:
    """Return the PDF as PDF/A-2b as far as it can be without touching what is seen; the gate says whether it is.

    Refused (KanIkke) when it is locked, broken, too long, or holds what a PDF/A cannot: a form that is a program,
    sound, film, attached files.
    """
    with _aapne(innhold) as pdf:
        _krev_bare_sider(pdf)
        rot = pdf.Root
        rens_rot(rot)
        if "/AcroForm" in rot and "/NeedAppearances" in rot.AcroForm:
            del rot.AcroForm["/NeedAppearances"]
        _ordne_lag(rot)
        for side in pdf.pages:
            rens_side(side.obj)
        for objekt in pdf.objects:
            rens_objekt(objekt)
        return _lagre(pdf)


def forteller_ingenting(innhold: bytes) -> bool:
    """Whether the PDF says nothing of who wrote it, what it was called and how it came about."""
    with _aapne(innhold) as pdf, pdf.open_metadata() as xmp:
        return set(pdf.docinfo.keys()) <= _HARMLOEST_INFO and all(n.startswith(_HARMLOEST_XMP) for n in xmp)


def har_noe_gammelt(innhold: bytes) -> bool:
    """Whether the file holds more than what it shows: an earlier edition of itself, or what nothing points to."""
    if innhold.count(b"startxref") != 1 or not innhold.startswith(b"%PDF") or innhold.rpartition(b"%%EOF")[2].strip():
        return True
    with _aapne(innhold) as pdf:
        naadd = _naadd(pdf)
        return any(
            isinstance(o, Dictionary | Stream | Array) and o.objgen not in naadd and not _er_oppbygning(o)
            for o in pdf.objects
        )


def _naadd(pdf: Pdf) -> set[tuple[int, int]]:
    """Return the objects that something points to, from the trailer on."""
    naadd: set[tuple[int, int]] = set()
    igjen: list[Any] = [verdi for _, verdi in pdf.trailer.items()]
    while igjen:
        objekt = igjen.pop()
        if not isinstance(objekt, Dictionary | Stream | Array):
            continue
        if objekt.is_indirect:
            if objekt.objgen in naadd:
                continue
            naadd.add(objekt.objgen)
        if isinstance(objekt, Array):
            igjen += list(objekt)
        else:
            igjen += [v for _, v in (objekt.stream_dict if isinstance(objekt, Stream) else objekt).items()]
    return naadd


def _er_oppbygning(objekt: Any) -> bool:
    return isinstance(objekt, Stream) and objekt.get("/Type") in (Name.ObjStm, Name.XRef)


def rens(innhold: bytes) -> bytes:
    """Return a PDF/A that we have made, with no metadata but that it is PDF/A-2b."""
    with _aapne(innhold) as pdf:
        return _lagre(pdf)


def antall_sider(innhold: bytes) -> int:
    """Return the number of pages."""
    with _aapne(innhold) as pdf:
        return len(pdf.pages)


def slaa_sammen_pdf(filer: Sequence[bytes]) -> bytes:
    """Return the pages of all of them in order, as one PDF to print. Refused (KanIkke) for what is locked or broken."""
    with Pdf.new() as samlet:
        for fil in filer:
            with _aapne(fil) as pdf:
                samlet.pages.extend(pdf.pages)
        ut = io.BytesIO()
        samlet.save(ut, deterministic_id=True)
    return ut.getvalue()


def _aapne(innhold: bytes) -> Pdf:
    try:
        pdf = pikepdf.open(io.BytesIO(innhold), suppress_warnings=True)
        sider = len(pdf.pages)
    except pikepdf.PasswordError:
        raise KanIkke("PDF-en er låst med passord. Be om en uten, og last den opp som ny versjon.") from None
    except (pikepdf.PdfError, ValueError):
        raise KanIkke("PDF-en er skadet og kan ikke leses. Last opp en hel fil som ny versjon.") from None
    if not 0 < sider <= MAKS_SIDER:
        raise KanIkke(f"PDF-en har {sider} sider. Grensen er {MAKS_SIDER}." if sider else "PDF-en har ingen sider.")
    return pdf


def _krev_bare_sider(pdf: Pdf) -> None:
    rot = pdf.Root
    if "/AcroForm" in rot and "/XFA" in rot.AcroForm:
        raise KanIkke("PDF-en er et dynamisk skjema (XFA). Skriv det ut til PDF og last det opp som ny versjon.")
    if len(pdf.attachments) or "/AF" in rot:
        raise KanIkke("PDF-en har andre filer vedlagt i seg, og de ville blitt borte.")
    for side in pdf.pages:
        for merknad in merknader(side.obj):
            if str(merknad.get("/Subtype")) in _INNHOLD_SOM_FORSVINNER:
                raise KanIkke("PDF-en inneholder lyd, film eller vedlagte filer, og de ville blitt borte.")


def merknader(side: Any) -> list[Any]:
    """Return the annotations of a page."""
    return [m for m in side.get("/Annots", []) if isinstance(m, Dictionary)]


def _ordne_lag(rot: Any) -> None:
    """Give every configuration of layers the name that the standard asks for, and none that acts by itself."""
    if "/OCProperties" not in rot:
        return
    egenskaper = rot.OCProperties
    for nummer, oppsett in enumerate([egenskaper.get("/D"), *egenskaper.get("/Configs", [])]):
        if isinstance(oppsett, Dictionary):
            if "/AS" in oppsett:
                del oppsett["/AS"]
            if "/Name" not in oppsett:
                oppsett["/Name"] = pikepdf.String(f"Lag {nummer}")


def rens_rot(rot: Any) -> None:
    """Take out of a catalogue what acts by itself, and what tells of how the file came about."""
    for navn in ("/AA", "/OpenAction", "/PieceInfo", "/Perms", "/Requirements", "/SpiderInfo", "/Collection"):
        if navn in rot:
            del rot[navn]
    if "/Names" in rot and "/JavaScript" in rot.Names:
        del rot.Names["/JavaScript"]


def rens_side(side: Any) -> None:
    """Take out of a page what acts by itself, and the annotations that nobody sees."""
    for navn in ("/AA", "/PieceInfo", "/Thumb", "/Metadata"):
        if navn in side:
            del side[navn]
    if "/Annots" not in side:
        return
    beholdes = []
    for merknad in merknader(side):
        flagg = int(merknad.get("/F", 0))
        if flagg & _SKJULT:
            continue  # nobody sees it, and a PDF/A has nothing hidden
        merknad["/F"] = flagg | _SKRIVES_UT
        for navn in ("/AA", "/A") if merknad.get("/Subtype") == Name.Widget else ("/AA",):
            if navn in merknad:
                del merknad[navn]
        if "/A" in merknad and str(merknad.A.get("/S")) not in _TILLATTE_HANDLINGER:
            del merknad["/A"]
        beholdes.append(merknad)
    side["/Annots"] = Array(beholdes)


def rens_objekt(objekt: Any) -> None:
    """Take out what a reader never shows: metadata inside pictures and fonts, and hints to the printer."""
    if not isinstance(objekt, Dictionary | Stream):
        return
    if objekt.get("/Type") != Name.Catalog and "/Metadata" in objekt:
        del objekt["/Metadata"]
    if objekt.get("/Subtype") == Name.Image:
        if bool(objekt.get("/Interpolate", False)):
            objekt["/Interpolate"] = False
        for navn in ("/Alternates", "/OPI"):
            if navn in objekt:
                del objekt[navn]
    if objekt.get("/Type") == Name.ExtGState:
        for navn in ("/TR", "/HTP"):
            if navn in objekt:
                del objekt[navn]
    if objekt.get("/Subtype") == Name.Form:
        for navn in ("/OPI", "/PS", "/PieceInfo"):
            if navn in objekt:
                del objekt[navn]


def _lagre(pdf: Pdf) -> bytes:
    rot = pdf.Root
    rot["/Metadata"] = Stream(pdf, XMP, Type=Name.Metadata, Subtype=Name.XML)
    if "/OutputIntents" not in rot:
        profil = Stream(pdf, _srgb(), N=3)
        rot["/OutputIntents"] = Array(
            [
                pdf.make_indirect(
                    Dictionary(
                        Type=Name.OutputIntent,
                        S=Name.GTS_PDFA1,
                        OutputConditionIdentifier=pikepdf.String("sRGB"),
                        DestOutputProfile=profil,
                    )
                )
            ]
        )
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    ut = io.BytesIO()
    # Generalized decoding writes LZW, which PDF/A forbids, anew as Flate.
    pdf.save(
        ut,
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.preserve,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        deterministic_id=True,
    )
    return ut.getvalue()


@cache
def _srgb() -> bytes:
    return bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
