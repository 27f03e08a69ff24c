"""Which formats the product knows, under which names they may come, and which it never takes in."""

from __future__ import annotations

from dataclasses import dataclass

UKJENT = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Format:
    """A format in PRONOM, the register that Noark's `format` refers to, and the extensions its files may have."""

    puid: str
    navn: str
    mimetype: str
    endelser: frozenset[str]


def _tabell(*rader: tuple[str, str, str, str]) -> dict[str, Format]:
    return {puid: Format(puid, navn, mimetype, frozenset(endelser.split())) for puid, navn, mimetype, endelser in rader}


OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"
# Plain text says little about itself, so these names may stand on any of it.
TEKSTENDELSER = (
    "txt text csv tsv tab md log json geojson xml xsd gml svg html htm eml ics vcf sos sosi asc ini yaml yml"
)

FORMATER = _tabell(
    *((f"fmt/{14 + n}", f"PDF 1.{n}", "application/pdf", "pdf") for n in range(7)),
    ("fmt/276", "PDF 1.7", "application/pdf", "pdf"),
    ("fmt/1129", "PDF 2.0", "application/pdf", "pdf"),
    ("fmt/95", "PDF/A-1a", "application/pdf", "pdf"),
    ("fmt/354", "PDF/A-1b", "application/pdf", "pdf"),
    ("fmt/476", "PDF/A-2a", "application/pdf", "pdf"),
    ("fmt/477", "PDF/A-2b", "application/pdf", "pdf"),
    ("fmt/478", "PDF/A-2u", "application/pdf", "pdf"),
    ("fmt/479", "PDF/A-3a", "application/pdf", "pdf"),
    ("fmt/480", "PDF/A-3b", "application/pdf", "pdf"),
    ("fmt/481", "PDF/A-3u", "application/pdf", "pdf"),
    ("fmt/1910", "PDF/A-4", "application/pdf", "pdf"),
    ("fmt/1911", "PDF/A-4e", "application/pdf", "pdf"),
    ("fmt/1912", "PDF/A-4f", "application/pdf", "pdf"),
    ("fmt/412", "Word (DOCX)", f"{OOXML}.wordprocessingml.document", "docx"),
    ("fmt/597", "Word-mal (DOTX)", f"{OOXML}.wordprocessingml.template", "dotx"),
    ("fmt/214", "Excel (XLSX)", f"{OOXML}.spreadsheetml.sheet", "xlsx"),
    ("fmt/598", "Excel-mal (XLTX)", f"{OOXML}.spreadsheetml.template", "xltx"),
    ("fmt/215", "PowerPoint (PPTX)", f"{OOXML}.presentationml.presentation", "pptx"),
    ("fmt/629", "PowerPoint-framvisning (PPSX)", f"{OOXML}.presentationml.slideshow", "ppsx"),
    ("fmt/631", "PowerPoint-mal (POTX)", f"{OOXML}.presentationml.template", "potx"),
    ("fmt/136", "OpenDocument tekst 1.0", f"{ODF}.text", "odt ott"),
    ("fmt/290", "OpenDocument tekst 1.1", f"{ODF}.text", "odt ott"),
    ("fmt/291", "OpenDocument tekst 1.2", f"{ODF}.text", "odt ott"),
    ("fmt/1756", "OpenDocument tekst 1.3", f"{ODF}.text", "odt ott"),
    ("fmt/137", "OpenDocument regneark 1.0", f"{ODF}.spreadsheet", "ods ots"),
    ("fmt/294", "OpenDocument regneark 1.1", f"{ODF}.spreadsheet", "ods ots"),
    ("fmt/295", "OpenDocument regneark 1.2", f"{ODF}.spreadsheet", "ods ots"),
    ("fmt/1755", "OpenDocument regneark 1.3", f"{ODF}.spreadsheet", "ods ots"),
    ("fmt/138", "OpenDocument presentasjon 1.0", f"{ODF}.presentation", "odp otp"),
    ("fmt/292", "OpenDocument presentasjon 1.1", f"{ODF}.presentation", "odp otp"),
    ("fmt/293", "OpenDocument presentasjon 1.2", f"{ODF}.presentation", "odp otp"),
    ("fmt/1754", "OpenDocument presentasjon 1.3", f"{ODF}.presentation", "odp otp"),
    ("fmt/40", "Word 97–2003 (DOC)", "application/msword", "doc dot"),
    ("fmt/59", "Excel 5.0/95 (XLS)", "application/vnd.ms-excel", "xls xlt"),
    ("fmt/61", "Excel 97–2003 (XLS)", "application/vnd.ms-excel", "xls xlt"),
    ("fmt/126", "PowerPoint 97–2003 (PPT)", "application/vnd.ms-powerpoint", "ppt pps pot"),
    ("fmt/494", "Passordbeskyttet Office-dokument", "application/x-ole-storage", "docx xlsx pptx"),
    ("fmt/45", "RTF", "application/rtf", "rtf doc"),
    ("x-fmt/430", "E-post fra Outlook (MSG)", "application/vnd.ms-outlook", "msg oft"),
    ("fmt/278", "E-post (EML)", "message/rfc822", "eml mht mhtml txt"),
    ("x-fmt/111", "Ren tekst", "text/plain", TEKSTENDELSER),
    ("x-fmt/18", "CSV", "text/csv", TEKSTENDELSER),
    ("fmt/817", "JSON", "application/json", TEKSTENDELSER),
    ("fmt/101", "XML", "application/xml", f"{TEKSTENDELSER} xsl rdf kml rss"),
    ("fmt/96", "HTML", "text/html", TEKSTENDELSER),
    ("fmt/388", "Kalender (iCalendar)", "text/calendar", TEKSTENDELSER),
    ("fmt/395", "Visittkort (vCard)", "text/vcard", TEKSTENDELSER),
    ("fmt/92", "SVG", "image/svg+xml", "svg xml"),
    *((puid, "JPEG", "image/jpeg", "jpg jpeg jpe jfif") for puid in ("fmt/41", "fmt/42", "fmt/43", "fmt/44")),
    ("x-fmt/391", "JPEG (Exif)", "image/jpeg", "jpg jpeg jpe jfif"),
    *((f"fmt/{11 + n}", f"PNG 1.{n}", "image/png", "png") for n in range(3)),
    ("fmt/353", "TIFF", "image/tiff", "tif tiff"),
    ("fmt/3", "GIF 87a", "image/gif", "gif"),
    ("fmt/4", "GIF 89a", "image/gif", "gif"),
    ("fmt/116", "BMP", "image/bmp", "bmp dib"),
    ("fmt/566", "WebP", "image/webp", "webp"),
    ("fmt/567", "WebP", "image/webp", "webp"),
    ("fmt/568", "WebP", "image/webp", "webp"),
    ("fmt/1101", "HEIF", "image/heif", "heic heif"),
    ("x-fmt/392", "JPEG 2000", "image/jp2", "jp2"),
    ("fmt/134", "MP3", "audio/mpeg", "mp3"),
    ("fmt/6", "WAV", "audio/x-wav", "wav"),
    ("fmt/279", "FLAC", "audio/flac", "flac"),
    ("fmt/203", "Ogg Vorbis", "audio/ogg", "ogg oga"),
    ("fmt/944", "Ogg", "application/ogg", "ogg oga ogv opus"),
    ("fmt/199", "MPEG-4", "video/mp4", "mp4 m4v m4a mov"),
    ("x-fmt/384", "QuickTime", "video/quicktime", "mov qt mp4"),
    ("fmt/5", "AVI", "video/x-msvideo", "avi"),
    ("x-fmt/263", "ZIP", "application/zip", "zip"),
    ("fmt/484", "7-Zip", "application/x-7z-compressed", "7z"),
    ("x-fmt/266", "GZIP", "application/gzip", "gz tgz"),
    ("fmt/483", "EPUB", "application/epub+zip", "epub"),
)

PDF_VERSJONER = {f"1.{n}": f"fmt/{14 + n}" for n in range(7)} | {"1.7": "fmt/276", "2.0": "fmt/1129"}
PDF_A = {
    **{("1", "A"): "fmt/95", ("1", "B"): "fmt/354"},
    **{("2", "A"): "fmt/476", ("2", "B"): "fmt/477", ("2", "U"): "fmt/478"},
    **{("3", "A"): "fmt/479", ("3", "B"): "fmt/480", ("3", "U"): "fmt/481"},
    **{("4", ""): "fmt/1910", ("4", "E"): "fmt/1911", ("4", "F"): "fmt/1912"},
}
ODF_VERSJONER = {
    "text": {"1.0": "fmt/136", "1.1": "fmt/290", "1.2": "fmt/291", "1.3": "fmt/1756"},
    "spreadsheet": {"1.0": "fmt/137", "1.1": "fmt/294", "1.2": "fmt/295", "1.3": "fmt/1755"},
    "presentation": {"1.0": "fmt/138", "1.1": "fmt/292", "1.2": "fmt/293", "1.3": "fmt/1754"},
}

# An extension that the table knows promises a content; what stands on this list must keep the promise.
KJENTE_ENDELSER = frozenset().union(*(f.endelser for f in FORMATER.values()))

# Programs, scripts and documents that carry macros: opening one runs somebody else's code.
FORBUDTE_ENDELSER = frozenset(
    "exe com bat cmd msi msp mst msc msix appx scr pif cpl dll sys ocx drv js jse mjs vbs vbe wsf wsh wsc ps1 psm1 "
    "hta jar class apk ipa app deb rpm dmg pkg sh bash zsh ksh csh fish py pyc pyw pl rb php lnk scf inf reg gadget "
    "application chm xll docm dotm xlsm xltm xlam pptm potm ppsm ppam sldm".split()
)

# Content that libmagic calls by one of these names is a program or a script, whatever the file is called.
FORBUDTE_MIMETYPER = frozenset(
    f"application/{navn}"
    for navn in "x-dosexec vnd.microsoft.portable-executable x-executable x-pie-executable x-sharedlib x-object "
    "x-mach-binary x-ms-installer x-msi java-archive x-java-applet wasm "
    "vnd.android.package-archive vnd.debian.binary-package x-rpm x-ms-shortcut".split()
) | frozenset(
    f"text/{navn}" for navn in "x-shellscript x-msdos-batch x-perl x-python x-script.python x-ruby x-php".split()
)

# Riksarkivarens forskrift § 5-17, without those that need an agreement or a supplement in PDF/A.
ARKIVFORMATER = frozenset(
    "fmt/95 fmt/354 fmt/476 fmt/477 fmt/478"  # PDF/A-1 and -2
    " x-fmt/111 x-fmt/18 fmt/817 fmt/101"  # plain text, CSV, JSON, XML
    " fmt/41 fmt/42 fmt/43 fmt/44 x-fmt/391 fmt/11 fmt/12 fmt/13 fmt/353 x-fmt/392"  # JPEG, PNG, TIFF, JPEG 2000
    " fmt/134 fmt/6 fmt/279 fmt/199".split()  # MP3, WAV, FLAC, MPEG-4
)


def er_arkivformat(puid: str) -> bool:
    """Whether a file in this format can be kept for ever as it is; whether it is sound is another question."""
    return puid in ARKIVFORMATER


def formatnavn(puid: str) -> str:
    """Return the name that people know a format by."""
    return FORMATER[puid].navn if puid in FORMATER else "Ukjent format"


def endelse(filnavn: str) -> str:
    """Return the extension of a file name in lower case, without its point; empty when there is none."""
    stamme, punktum, siste = filnavn.strip(" .").rpartition(".")
    return siste.lower() if punktum and stamme and siste.isalnum() else ""


def navn_motsier_innhold(filnavn: str, puid: str, mimetype: str) -> bool:
    """Whether the extension promises one format while the content is another.

    Content outside the table passes when its MIME type is one that the extension may have, or is of the same kind of
    image, sound or film.
    """
    siste = endelse(filnavn)
    if siste not in KJENTE_ENDELSER:
        return False
    if puid in FORMATER:
        return siste not in FORMATER[puid].endelser
    lovet = {f.mimetype for f in FORMATER.values() if siste in f.endelser}
    slag = mimetype.partition("/")[0]
    return mimetype not in lovet and not (
        slag in {"image", "audio", "video"} and slag in {m.partition("/")[0] for m in lovet}
    )
