"""Which files Word and LibreOffice write in, for how long they hold them, and how it is said who has a document."""

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
AAPNE_I = {"ms-word": "Åpne i Word", "ms-excel": "Åpne i Excel", "ms-powerpoint": "Åpne i PowerPoint"}

DAV_ROT = "/dav"
"""Where the programs come in."""
NOEKKEL_UBRUKT = dt.timedelta(minutes=30)
NOEKKEL_I_BRUK = dt.timedelta(hours=4)
NOEKKEL_LENGST = dt.timedelta(hours=10)
"""How long an address opens: until it is used; from each time it is; and never longer than a working day."""
KORTESTE_LAAS, LENGSTE_LAAS = dt.timedelta(minutes=3), dt.timedelta(hours=1)
"""A program asks anew before the time is out; what it asks for is kept within these."""


def noekkel_til(opprettet: dt.datetime, naa: dt.datetime) -> dt.datetime:
    """Return how long an address that is used now opens from now on."""
    return min(opprettet + NOEKKEL_LENGST, naa + NOEKKEL_I_BRUK)


def laasetid(sekunder: float | None) -> dt.timedelta:
    """Return how long a program is given; None or a negative number asks for no end."""
    if sekunder is None or sekunder < 0 or sekunder > LENGSTE_LAAS.total_seconds():
        return LENGSTE_LAAS
    return max(KORTESTE_LAAS, dt.timedelta(seconds=sekunder))


def davnavn(journalpostnummer: str, dokument_id: int, filnavn: str) -> str:
    """Return the document's name in its address: numbers alone, since addresses are written in logs."""
    return f"{journalpostnummer.replace('/', '-')}_{dokument_id}.{endelse(filnavn)}"


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
