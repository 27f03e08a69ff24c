"""Which way a format becomes PDF, and which formats need an archive copy (riksarkivarens forskrift § 5-17)."""

from __future__ import annotations

from enum import StrEnum

from saksgang.lager.rules import FORMATER, er_arkivformat


class Vei(StrEnum):
    """How a format becomes PDF: through a part of LibreOffice, by our own pages, or not at all."""

    WRITER = "writer"
    CALC = "calc"
    IMPRESS = "impress"
    TEKST = "tekst"
    HTML = "html"
    EPOST = "epost"
    BILDE = "bilde"
    PDF = "pdf"
    INGEN = ""


PASSORDBESKYTTET = "fmt/494"
_KONTOR: dict[Vei, frozenset[str]] = {
    Vei.WRITER: frozenset({"fmt/412", "fmt/597", "fmt/136", "fmt/290", "fmt/291", "fmt/1756", "fmt/40", "fmt/45"}),
    Vei.CALC: frozenset({"fmt/214", "fmt/598", "fmt/137", "fmt/294", "fmt/295", "fmt/1755", "fmt/59", "fmt/61"}),
    Vei.IMPRESS: frozenset({"fmt/215", "fmt/629", "fmt/631", "fmt/138", "fmt/292", "fmt/293", "fmt/1754", "fmt/126"}),
}
_MIMETYPER: dict[str, Vei] = {
    "application/pdf": Vei.PDF,
    "message/rfc822": Vei.EPOST,
    "text/html": Vei.HTML,
    **dict.fromkeys(("image/jpeg", "image/png", "image/tiff", "image/gif", "image/bmp", "image/webp"), Vei.BILDE),
    **dict.fromkeys(("image/jp2",), Vei.BILDE),
    **dict.fromkeys(
        ("text/plain", "text/csv", "application/json", "application/xml", "text/calendar", "text/vcard"), Vei.TEKST
    ),
}
KONTORVEIER = frozenset(_KONTOR)


def vei_til_pdf(puid: str) -> Vei:
    """Return how a file in this format becomes PDF; INGEN where it cannot."""
    for vei, formater in _KONTOR.items():
        if puid in formater:
            return vei
    return _MIMETYPER.get(FORMATER[puid].mimetype, Vei.INGEN) if puid in FORMATER else Vei.INGEN


def trenger_arkivkopi(puid: str) -> bool:
    """Whether an archive copy is ordered for a file in this format.

    Also for a PDF that says it is PDF/A: that is first known when it has been checked.
    """
    return not er_arkivformat(puid) or vei_til_pdf(puid) is Vei.PDF


def trenger_forhaandsvisning(puid: str) -> bool:
    """Whether a browser cannot show the format but its PDF."""
    vei = vei_til_pdf(puid)
    return vei in KONTORVEIER or vei is Vei.EPOST or puid in VISES_SOM_PDF


VISES_SOM_PDF = frozenset({"fmt/353", "x-fmt/392", "fmt/116", "fmt/96"})
"""Pictures that not every browser shows, and HTML, which must not run."""
