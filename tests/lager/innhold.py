"""Small true files of many kinds, made here so that no binary lies in the repository."""

import io
import struct
import zipfile

import docx
import openpyxl
import pikepdf
from PIL import Image


def pdf(versjon="1.4"):
    ut = io.BytesIO()
    with pikepdf.new() as dokument:
        dokument.add_blank_page()
        dokument.save(ut, force_version=versjon)
    return ut.getvalue()


def pdfa(del_="2", nivaa="B"):
    ut = io.BytesIO()
    with pikepdf.new() as dokument:
        dokument.add_blank_page()
        with dokument.open_metadata() as metadata:
            metadata["pdfaid:part"] = del_
            if nivaa:
                metadata["pdfaid:conformance"] = nivaa
        dokument.save(ut)
    return ut.getvalue()


def bilde(slag):
    ut = io.BytesIO()
    Image.new("RGB", (2, 2)).save(ut, slag)
    return ut.getvalue()


def word():
    ut = io.BytesIO()
    docx.Document().save(ut)
    return ut.getvalue()


def excel():
    ut = io.BytesIO()
    openpyxl.Workbook().save(ut)
    return ut.getvalue()


def zip_(**filer):
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as pakke:
        for navn, innhold in filer.items():
            pakke.writestr(navn, innhold)
    return ut.getvalue()


def med_i_zip(pakke, **filer):
    ut = io.BytesIO(pakke)
    with zipfile.ZipFile(ut, "a", zipfile.ZIP_DEFLATED) as apen:
        for navn, innhold in filer.items():
            apen.writestr(navn, innhold)
    return ut.getvalue()


def bytt_i_zip(pakke, navn, fra, til):
    """Return the archive with something replaced in one entry."""
    with zipfile.ZipFile(io.BytesIO(pakke)) as apen:
        return zip_(**{n: apen.read(n).replace(fra, til) if n == navn else apen.read(n) for n in apen.namelist()})


def odf(slag="text", versjon="1.3", **filer):
    mimetype = f"application/vnd.oasis.opendocument.{slag}"
    manifest = f'<manifest:manifest manifest:version="{versjon}"/>'
    return zip_(**{"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": "<x/>"} | filer)


def ole(*navn, klasse=bytes(16)):
    """Return an OLE file of three sectors, header, table and directory, with streams of these names."""
    hode = bytearray(512)
    hode[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", hode, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<II", hode, 44, 1, 1)
    struct.pack_into("<IIIII", hode, 56, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", hode, 76, 0, *[0xFFFFFFFF] * 108)
    tabell = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    katalog = b""
    for plass, ett in enumerate(("Root Entry", *navn)):
        post = bytearray(128)
        tekst = f"{ett}\0".encode("utf-16-le")
        post[: len(tekst)] = tekst
        struct.pack_into("<HB", post, 64, len(tekst), 2 if plass else 5)
        post[80:96] = bytes(16) if plass else klasse
        katalog += post
    return bytes(hode) + tabell + katalog.ljust(512, b"\0")


EPOST = (
    b"Received: from post.example.org\r\nFrom: per@example.org\r\nTo: post@example.org\r\nSubject: Klage\r\n"
    b"Date: Mon, 2 Mar 2026 09:00:00 +0100\r\nMIME-Version: 1.0\r\n\r\nHei\r\n"
)
WINDOWS_PROGRAM = b"MZ" + b"\0" * 62 + b"PE\0\0" + b"\0" * 100
EICAR_LIGNENDE = "Dette er en prøvefil med ordet VIRUS i.".encode()
