"""Files to be converted: made here, so that no binary lies in the repository."""

from __future__ import annotations

import io
import zipfile

import docx
import pikepdf
from docx.document import Document
from PIL import Image

FORFATTER = "Hemmelige Hansen"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _lagret(dokument: Document) -> bytes:
    ut = io.BytesIO()
    dokument.save(ut)
    return ut.getvalue()


def enklest() -> bytes:
    """The smallest Word document there is: three parts, and nothing that the text refers to."""
    type_ = "application/vnd.openxmlformats-"
    deler = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{type_}package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" '
        f'ContentType="{type_}officedocument.wordprocessingml.document.main+xml"/>'
        "</Types>",
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Target="word/document.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
        "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        "<w:p><w:r><w:t>Vi viser til søknaden din.</w:t></w:r></w:p></w:body></w:document>",
    }
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w") as pakke:
        for navn, innhold in deler.items():
            pakke.writestr(navn, f'<?xml version="1.0" encoding="UTF-8"?>{innhold}')
    return ut.getvalue()


def brev(tekst: str = "Vi viser til søknaden din.", *, sider: int = 1) -> bytes:
    """A Word letter with heading, table, picture, and an author who must not come out."""
    dokument = docx.Document()
    egenskaper = dokument.core_properties
    egenskaper.author = egenskaper.last_modified_by = egenskaper.title = egenskaper.comments = FORFATTER
    dokument.add_heading("Svar på søknad", 1)
    for side in range(sider):
        if side:
            dokument.add_page_break()
        dokument.add_paragraph(tekst)
    tabell = dokument.add_table(2, 2)
    tabell.cell(0, 0).text = "Gebyr"
    bilde = io.BytesIO()
    Image.new("RGBA", (40, 20), (200, 0, 0, 128)).save(bilde, "PNG")
    bilde.seek(0)
    dokument.add_picture(bilde)
    return _lagret(dokument)


def word_med(xml: str, *, uten: tuple[str, ...] = (), **deler: str) -> bytes:
    """A Word document whose body begins with this XML; deler replace or add parts, uten leaves some out."""
    kilde = zipfile.ZipFile(io.BytesIO(_lagret(docx.Document())))
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w") as pakke:
        for navn in kilde.namelist():
            innhold = kilde.read(navn).decode("latin-1") if navn not in deler else deler[navn]
            if navn == "word/document.xml":
                innhold = innhold.replace("<w:body>", f"<w:body>{xml}", 1)
            if navn in uten:
                continue
            for borte in uten:
                sti = borte.rpartition("/")[2]
                if navn.endswith((".rels", "[Content_Types].xml")):
                    innhold = "".join(
                        del_ for del_ in innhold.replace("><", ">\0<").split("\0") if f"{sti}" not in del_
                    )
            pakke.writestr(navn, innhold.encode("latin-1"))
    return ut.getvalue()


def odt_med(xml: str) -> bytes:
    """An OpenDocument text whose body is this XML."""
    navn = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
    }
    rom = " ".join(f'xmlns:{n}="{u}"' for n, u in navn.items())
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w") as pakke:
        pakke.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        pakke.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
            'manifest:version="1.2"><manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry '
            'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
        pakke.writestr(
            "content.xml",
            f'<office:document-content {rom} office:version="1.2"><office:body><office:text>{xml}</office:text>'
            "</office:body></office:document-content>",
        )
    return ut.getvalue()


def pdf(tekst: str = "Hei", *, skrift: bool = False) -> bytes:
    """An ordinary PDF with an author. With skrift its text is in a font that does not come along."""
    ut = io.BytesIO()
    with pikepdf.new() as dokument:
        side = dokument.add_blank_page(page_size=(595, 842))
        innhold = b"0 0 1 rg 100 700 50 50 re f"
        if skrift:
            side.Resources = pikepdf.Dictionary(
                Font=pikepdf.Dictionary(
                    F1=pikepdf.Dictionary(
                        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
                    )
                )
            )
            innhold += f" BT /F1 12 Tf 50 600 Td ({tekst}) Tj ET".encode("ascii")
        side.Contents = dokument.make_stream(innhold)
        dokument.docinfo["/Author"] = FORFATTER
        dokument.docinfo["/Title"] = tekst
        dokument.save(ut)
    return ut.getvalue()


def laast_pdf() -> bytes:
    """A PDF that nobody opens without the password."""
    ut = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as dokument:
        dokument.save(ut, encryption=pikepdf.Encryption(owner="x", user="y"))
    return ut.getvalue()


def bilde(slag: str, modus: str = "RGB", stoerrelse: tuple[int, int] = (60, 40), **valg) -> bytes:
    ut = io.BytesIO()
    Image.new(modus, stoerrelse).save(ut, slag, **valg)
    return ut.getvalue()


def epost(tekst: str = "Hei på deg!", *, html: bool = False) -> bytes:
    return (
        f"From: =?utf-8?q?Ola_=C3=85s?= <ola@example.no>\r\nTo: post@example.no\r\nSubject: Om gatelys\r\n"
        f"Date: Mon, 2 Mar 2026 08:00:00 +0100\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/{'html' if html else 'plain'}; charset=utf-8\r\n\r\n{tekst}\r\n"
    ).encode()


def ord_i(innhold: bytes) -> str:
    """The words on the pages of a PDF."""
    import pypdfium2  # noqa: PLC0415 - heavy, and few tests need it

    with pypdfium2.PdfDocument(innhold) as dokument:
        return "\n".join(side.get_textpage().get_text_bounded() for side in dokument)


def antall_sider(innhold: bytes) -> int:
    with pikepdf.open(io.BytesIO(innhold)) as dokument:
        return len(dokument.pages)


def skadet(tekst: str = "") -> bytes:
    """A Word document that the gate takes for one, and that nobody can open."""
    return word_med("", **{"word/document.xml": f"<w:document>{tekst}"})
