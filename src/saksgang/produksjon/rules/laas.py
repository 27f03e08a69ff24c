"""Which files Word and LibreOffice write in, and how it is said who has a document."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePath

LIBREOFFICE = "vnd.libreoffice.command"
PROGRAMMER = {
    "docx": "ms-word",
    "doc": "ms-word",
    "odt": "ms-word",
    "rtf": "ms-word",
    "xlsx": "ms-excel",
    "xls": "ms-excel",
    "ods": "ms-excel",
    "pptx": "ms-powerpoint",
    "ppt": "ms-powerpoint",
    "odp": "ms-powerpoint",
}
"""The extensions that can be opened, and the scheme by which Microsoft's program for them is called."""
PROGRAMNAVN = {"ms-word": "Word", "ms-excel": "Excel", "ms-powerpoint": "PowerPoint"}


def endelse(filnavn: str) -> str:
    """Return the extension in lower case, without its dot."""
    return PurePath(filnavn).suffix.lower().removeprefix(".")


def kan_redigeres(filnavn: str) -> bool:
    """Whether Word or LibreOffice opens such a file and saves it in the same format."""
    return endelse(filnavn) in PROGRAMMER


def opptatt(tittel: str, hvem: str, siden: dt.datetime, *, i_program: bool) -> str:
    """Say who has the document, since when, and what to do about it; siden is local time."""
    hvordan = "er åpent i Word eller LibreOffice hos" if i_program else "er sjekket ut av"
    raad = "lagre og lukke det" if i_program else "sjekke det inn eller angre utsjekkingen"
    return (
        f"«{tittel}» {hvordan} {hvem}, siden {siden:%d.%m.%Y} kl. {siden:%H.%M}. "
        f"Be {hvem} {raad}. Er det glemt, kan lederen eller arkivet bryte utsjekkingen."
    )
