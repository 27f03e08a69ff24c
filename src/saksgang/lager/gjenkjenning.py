"""What a file is, read from its content; the name only chooses between kinds of plain text.

Our own table goes first, so that the answer is the same on every machine; libmagic names what it does not know.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from . import rules

try:
    import magic
except ImportError:  # libmagic is a system library that a developer's machine may lack
    magic = None  # type: ignore[assignment]

HODE = 64 * 1024
BIT = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Gjenkjent:
    """A format, and when the content is a program, script or macro: what to call it."""

    puid: str
    mimetype: str
    farlig: str = ""


def gjenkjenn(fil: BinaryIO, filnavn: str) -> Gjenkjent:
    """Return what the content is. Reads a little of the file, and all of it only for PDF and plain text."""
    fil.seek(0)
    hode = fil.read(HODE)
    if farlig := _program(hode):
        return Gjenkjent(rules.UKJENT, "application/octet-stream", farlig)
    for kjenn in KJENNERE:
        if svar := kjenn(fil, hode, filnavn):
            return svar if isinstance(svar, Gjenkjent) else Gjenkjent(svar, rules.FORMATER[svar].mimetype)
    mimetype = str(magic.from_buffer(hode, mime=True)) if magic else "application/octet-stream"
    farlig = "et program eller skript" if mimetype in rules.FORBUDTE_MIMETYPER else ""
    return Gjenkjent(rules.UKJENT, mimetype[:127], farlig)


def _program(hode: bytes) -> str:
    if hode.startswith(b"MZ") and (b"PE\0\0" in hode or not _er_tekst(hode)):
        return "et Windows-program"
    if hode.startswith((b"\x7fELF", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")):
        return "et program"
    if hode.startswith((b"\0asm", b"dex\n", b"!<arch>\ndebian", b"\xed\xab\xee\xdb")):
        return "et program"
    if hode.startswith(b"L\0\0\0\x01\x14\x02\0"):
        return "en snarvei"
    start = hode.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if start.startswith((b"#!", b"@echo off", b"<?php", b"<hta:")) or b"<hta:application" in hode.lower():
        return "et skript"
    return ""


# --- Fixed signatures ------------------------------------------------------------------------------------------------


def _bilde(_fil: BinaryIO, hode: bytes, _filnavn: str) -> str:
    if hode.startswith(b"\xff\xd8\xff"):
        if hode[6:11] == b"JFIF\0":
            return {0: "fmt/42", 1: "fmt/43"}.get(hode[12], "fmt/44")
        return "x-fmt/391" if hode[6:10] == b"Exif" else "fmt/41"
    if hode.startswith(b"\x89PNG\r\n\x1a\n"):
        foer_bildet = hode.partition(b"IDAT")[0]
        if b"iTXt" in foer_bildet:
            return "fmt/13"
        return "fmt/12" if any(del_ in foer_bildet for del_ in (b"sRGB", b"iCCP", b"sPLT")) else "fmt/11"
    if hode.startswith((b"II*\0", b"MM\0*")):
        return "fmt/353"
    if hode.startswith((b"GIF87a", b"GIF89a")):
        return "fmt/3" if hode[4:5] == b"7" else "fmt/4"
    if hode.startswith(b"BM") and hode[6:10] == b"\0\0\0\0":
        return "fmt/116"
    if hode.startswith(b"\0\0\0\x0cjP  \r\n\x87\n"):
        return "x-fmt/392"
    return ""


def _lyd_og_film(_fil: BinaryIO, hode: bytes, _filnavn: str) -> str:
    if hode.startswith(b"RIFF"):
        if hode[8:12] == b"WEBP":
            return {b"VP8 ": "fmt/566", b"VP8L": "fmt/567"}.get(hode[12:16], "fmt/568")
        return {b"WAVE": "fmt/6", b"AVI ": "fmt/5"}.get(hode[8:12], "")
    if hode[4:8] == b"ftyp":
        merke = hode[8:12]
        if merke == b"qt  ":
            return "x-fmt/384"
        return "fmt/1101" if merke in {b"heic", b"heix", b"mif1", b"msf1", b"hevc"} else "fmt/199"
    if hode.startswith(b"OggS"):
        return "fmt/203" if b"\x01vorbis" in hode[:64] else "fmt/944"
    if hode.startswith(b"fLaC"):
        return "fmt/279"
    if (hode.startswith(b"ID3") and hode[3] < 16) or (
        hode[:1] == b"\xff" and hode[1:2] in {b"\xfb", b"\xf3", b"\xf2", b"\xfa"}
    ):
        return "fmt/134"
    return ""


def _pakke(_fil: BinaryIO, hode: bytes, _filnavn: str) -> str:
    if hode.startswith(b"7z\xbc\xaf\x27\x1c"):
        return "fmt/484"
    if hode.startswith(b"\x1f\x8b\x08"):
        return "x-fmt/266"
    return "fmt/45" if hode.startswith(b"{\\rtf") else ""


# --- PDF -------------------------------------------------------------------------------------------------------------

PDFA_DEL = re.compile(rb"pdfaid:part(?:\s*=\s*[\"']|[^>]{0,200}>)\s*([1-4])")
PDFA_NIVAA = re.compile(rb"pdfaid:conformance(?:\s*=\s*[\"']|[^>]{0,200}>)\s*([A-Za-z])")


def _pdf(fil: BinaryIO, hode: bytes, _filnavn: str) -> str:
    treff = re.search(rb"%PDF-(\d\.\d)", hode[:1024])
    if treff is None or (hode[: treff.start()].strip(b"\xef\xbb\xbf\r\n ") and b"%%EOF" not in _hale(fil)):
        return ""
    for vindu in _vinduer(fil):
        if pdfa := PDFA_DEL.search(vindu):
            naer = vindu[max(0, pdfa.start() - 1000) : pdfa.end() + 1000]
            nivaa = PDFA_NIVAA.search(naer)
            noekkel = (pdfa[1].decode(), nivaa[1].decode().upper() if nivaa else "")
            if noekkel in rules.PDF_A:
                return rules.PDF_A[noekkel]
    return rules.PDF_VERSJONER.get(treff[1].decode(), "fmt/276")


def _hale(fil: BinaryIO) -> bytes:
    fil.seek(max(0, fil.seek(0, io.SEEK_END) - 2048))
    return fil.read()


def _vinduer(fil: BinaryIO, overlapp: int = 4096) -> Iterator[bytes]:
    fil.seek(0)
    rest = b""
    while bit := fil.read(BIT):
        yield rest + bit
        rest = bit[-overlapp:] if overlapp else b""


# --- ZIP: Office Open XML, OpenDocument, and plain archives ----------------------------------------------------------

OOXML_HOVEDDEL = re.compile(
    r"application/vnd\.openxmlformats-officedocument\.(\w+\.(?:document|template|sheet|presentation|slideshow))\.main\+xml"
)
STOERSTE_KATALOG = 20_000


def _zip(fil: BinaryIO, hode: bytes, _filnavn: str) -> str | Gjenkjent:
    if not hode.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return ""
    if _antall_i_zip(fil) > STOERSTE_KATALOG:
        return "x-fmt/263"
    try:
        with zipfile.ZipFile(fil) as pakke:
            return _zip_innhold(pakke)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, struct.error):
        return Gjenkjent(rules.UKJENT, "application/zip")


def _antall_i_zip(fil: BinaryIO) -> int:
    """Return the number of entries from the end of the file: the catalogue of a huge archive is never loaded."""
    slutt = fil.seek(0, io.SEEK_END)
    fil.seek(max(0, slutt - 66_000))
    hale = fil.read()
    sted = hale.rfind(b"PK\x05\x06")
    return int(struct.unpack_from("<H", hale, sted + 10)[0]) if 0 <= sted <= len(hale) - 22 else 0


def _zip_innhold(pakke: zipfile.ZipFile) -> str | Gjenkjent:
    navn = {info.filename for info in pakke.infolist()}
    if any(n.lower().endswith(("vbaproject.bin", "vbadata.xml")) for n in navn):
        return Gjenkjent(rules.UKJENT, "application/zip", "et dokument med makroer")
    if "META-INF/MANIFEST.MF" in navn and any(n.endswith((".class", ".dex")) for n in navn):
        return Gjenkjent(rules.UKJENT, "application/java-archive", "et program")
    if "[Content_Types].xml" in navn:
        typer = _les(pakke, "[Content_Types].xml", BIT).decode("utf-8", "replace")
        if "macroEnabled" in typer:
            return Gjenkjent(rules.UKJENT, "application/zip", "et dokument med makroer")
        if treff := OOXML_HOVEDDEL.search(typer):
            mimetype = f"application/vnd.openxmlformats-officedocument.{treff[1]}"
            return next((f.puid for f in rules.FORMATER.values() if f.mimetype == mimetype), "x-fmt/263")
    if "mimetype" in navn:
        mimetype = _les(pakke, "mimetype", 200).decode("ascii", "replace").strip()
        if mimetype == "application/epub+zip":
            return "fmt/483"
        if mimetype.startswith(f"{rules.ODF}."):
            return _odf(pakke, navn, mimetype)
    return "x-fmt/263"


def _odf(pakke: zipfile.ZipFile, navn: set[str], mimetype: str) -> str | Gjenkjent:
    basic = any(re.fullmatch(r"Basic/[^/]+/[^/]+\.xml", n) and not n.endswith("/script-lb.xml") for n in navn)
    if basic or any(n.startswith("Scripts/") and not n.endswith("/") for n in navn):
        return Gjenkjent(rules.UKJENT, mimetype, "et dokument med makroer")
    slag = mimetype.removeprefix(f"{rules.ODF}.").removesuffix("-template")
    if slag not in rules.ODF_VERSJONER:
        return Gjenkjent(rules.UKJENT, mimetype)
    manifest = _les(pakke, "META-INF/manifest.xml", 64 * 1024).decode("utf-8", "replace")
    versjon = re.search(r'manifest:version="(1\.\d)"', manifest)
    versjoner = rules.ODF_VERSJONER[slag]
    return versjoner.get(versjon[1] if versjon else "1.0", versjoner["1.3"])


def _les(pakke: zipfile.ZipFile, navn: str, maks: int) -> bytes:
    """Read the beginning of an entry: a small archive can hold an endless file."""
    try:
        with pakke.open(navn) as del_:
            return del_.read(maks)
    except KeyError:
        return b""


# --- OLE: the old Office formats and Outlook's mail ------------------------------------------------------------------

SEKTOR_SLUTT = 0xFFFFFFFA
STOERSTE_MAPPE = 4096
OLE_STROEMMER = (
    ("PowerPoint Document", "fmt/126"),
    ("WordDocument", "fmt/40"),
    ("Workbook", "fmt/61"),
    ("Book", "fmt/59"),
)
MSI = bytes.fromhex("84100c0000000000c000000000000046")


def _ole(fil: BinaryIO, hode: bytes, _filnavn: str) -> str | Gjenkjent:
    if not hode.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return ""
    ukjent = Gjenkjent(rules.UKJENT, "application/x-ole-storage")
    try:
        navn, klasse = _ole_mappe(fil, hode)
    except (struct.error, IndexError):
        return ukjent
    if klasse == MSI:
        return Gjenkjent(rules.UKJENT, "application/x-msi", "et installasjonsprogram")
    if "__properties_version1.0" in navn:
        return "x-fmt/430"
    if navn & {"_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA"}:
        return Gjenkjent(rules.UKJENT, "application/x-ole-storage", "et dokument med makroer")
    if "EncryptedPackage" in navn:
        return "fmt/494"
    return next((puid for stroem, puid in OLE_STROEMMER if stroem in navn), ukjent)


def _ole_mappe(fil: BinaryIO, hode: bytes) -> tuple[set[str], bytes]:
    """Return the names in an OLE file's directory, and the class of its root."""
    sektor = 1 << struct.unpack_from("<H", hode, 30)[0]
    if sektor not in {512, 4096}:
        raise IndexError("sector size")
    per_sektor = sektor // 4

    def les(nummer: int) -> bytes:
        fil.seek((nummer + 1) * sektor)
        return fil.read(sektor)

    fat_sektorer = list(struct.unpack_from("<109I", hode, 76))
    neste, antall = struct.unpack_from("<II", hode, 68)
    for _ in range(min(antall, STOERSTE_MAPPE)):
        del_ = struct.unpack(f"<{per_sektor}I", les(neste))
        fat_sektorer += del_[:-1]
        neste = del_[-1]
    navn: set[str] = set()
    klasse = b""
    nummer = struct.unpack_from("<I", hode, 48)[0]
    for _ in range(STOERSTE_MAPPE):
        if nummer >= SEKTOR_SLUTT:
            break
        innhold = les(nummer)
        for start in range(0, len(innhold) - 127, 128):
            lengde, slag = struct.unpack_from("<HB", innhold, start + 64)
            if slag in {1, 2, 5} and 2 <= lengde <= 64:
                navn.add(innhold[start : start + lengde - 2].decode("utf-16-le", "replace"))
            if slag == 5:
                klasse = innhold[start + 80 : start + 96]
        nummer = struct.unpack_from("<I", les(fat_sektorer[nummer // per_sektor]), nummer % per_sektor * 4)[0]
    return navn, klasse


# --- Text ------------------------------------------------------------------------------------------------------------

BRYTER_TEKST = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
UTF16 = (b"\xff\xfe", b"\xfe\xff")
POSTHODE = re.compile(
    rb"^(?:received|from|to|subject|date|message-id|mime-version|return-path|delivered-to|reply-to|x-mailer"
    rb"|dkim-signature|content-type):",
    re.IGNORECASE | re.MULTILINE,
)
UTEN_ERKLAERING = {"xml", "xsd", "xsl", "gml", "kml"}  # an XML file may leave its first line out
AV_NAVNET = {"csv": "x-fmt/18", "tsv": "x-fmt/18", "json": "fmt/817", "geojson": "fmt/817"}


def _er_tekst(bit: bytes) -> bool:
    return bit.startswith(UTF16) or not BRYTER_TEKST.search(bit)


def _tekst(fil: BinaryIO, hode: bytes, filnavn: str) -> str:
    utf16 = hode.startswith(UTF16)
    if not utf16 and any(BRYTER_TEKST.search(vindu) for vindu in _vinduer(fil, 0)):
        return ""
    tekst = hode.decode("utf-16" if utf16 else "utf-8-sig", "replace").lstrip()
    start = tekst[:2000].lower()
    if start.startswith("<?xml") or start.startswith("<svg"):
        return "fmt/92" if "<svg" in start else "fmt/96" if "<html" in start else "fmt/101"
    if start.startswith(("<!doctype html", "<html")) or "<html" in start[:500]:
        return "fmt/96"
    if rules.endelse(filnavn) in UTEN_ERKLAERING and re.match(r"<[a-z_]", start):
        return "fmt/101"
    if tekst.startswith("BEGIN:VCALENDAR"):
        return "fmt/388"
    if tekst.startswith("BEGIN:VCARD"):
        return "fmt/395"
    posthode = re.split(rb"\r?\n\r?\n", hode.removeprefix(b"\xef\xbb\xbf"), maxsplit=1)[0]
    if POSTHODE.match(posthode) or re.match(rb"[A-Za-z][A-Za-z0-9-]*: ", posthode):
        linjer = {treff.lower() for treff in POSTHODE.findall(posthode)}
        navngitt_epost = rules.endelse(filnavn) in {"eml", "mht", "mhtml"}
        if linjer & {b"mime-version:", b"message-id:", b"received:"} or (navngitt_epost and linjer):
            return "fmt/278"
    return AV_NAVNET.get(rules.endelse(filnavn), "x-fmt/111")


KJENNERE: tuple[Callable[[BinaryIO, bytes, str], str | Gjenkjent], ...] = (
    _bilde,
    _lyd_og_film,
    _pakke,
    _pdf,
    _zip,
    _ole,
    _tekst,
)
