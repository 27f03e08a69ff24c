"""The parent's side: orders work on DOCX from a child process with limits, and refuses with what it answers.

Templates and documents are what others wrote. So they are opened only in a process that has no database, no secrets in
its environment, no file to write to, and a limit on time and memory; whatever happens there, the caller lives.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog

from saksgang.kjerne.errors import Avvist

from . import ramme

KILDE = Path(__file__).resolve().parents[3]
OPPSTART = (
    "import sys; sys.path.insert(0, sys.argv[1]); from saksgang.produksjon.docx import arbeider; arbeider.hovedloekke()"
)
SEKUNDER_MAL, SEKUNDER_TEKST, SEKUNDER_HVER = 10, 120, 5
MINNE = 1024**3
# The clock on the wall goes faster than the work on a busy machine.
VENTEFAKTOR = 4
FOR_LENGE = "Flettingen tok for lang tid og ble stoppet. Se etter gjentakelser i malen, og gjør dokumentet mindre."
FEILET = "Dokumentet kunne ikke flettes. Åpne malen i Word eller LibreOffice, lagre den på nytt, og prøv igjen."

logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Bestilling:
    """One merge: facts as plain data, and where the text comes from (HTML, a file, or else the template itself)."""

    fakta: Mapping[str, Any]
    egenskaper: Mapping[str, str]
    brodtekst: str | None = None
    fra_fil: bytes | None = None
    rike: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Resultat:
    """A merged document. starttekst: the template's own text as HTML, None when the browser cannot hold it."""

    fil: bytes
    starttekst: str | None = None


@dataclass(frozen=True)
class Malfunn:
    """What stands in a template: fields, those that nobody knows, and what else must be mended.

    uleselig: it cannot be opened, is dangerous, or never ends; then it is not to be kept.
    """

    felter: list[str]
    ukjente: list[str]
    feil: list[str]
    uleselig: bool = False


def undersoek(maler: Sequence[bytes], skjema: Mapping[str, Any], eksempel: Mapping[str, Any]) -> list[Malfunn]:
    """Return what stands in each template. What cannot be opened, or never ends, comes back as its error."""
    try:
        ordre = {"oppgave": "undersoek", "skjema": dict(skjema), "eksempel": dict(eksempel)}
        svar, _ = _be(ordre, maler, SEKUNDER_MAL + len(maler))
    except Avvist as feil:
        return [Malfunn([], [], feil.setninger, uleselig=True) for _ in maler]
    return [Malfunn(**funn) for funn in svar["svar"]]


def flett(mal: bytes, bestillinger: Sequence[Bestilling], *, sekunder: int = SEKUNDER_TEKST) -> list[Resultat]:
    """Merge a template once for each order, in one child. Refused (Avvist) with what is wrong with template or text."""
    innhold, ordrer = [mal], []
    for b in bestillinger:
        med = {}
        for navn, bit in [("fra_fil", b.fra_fil), *((f"rik:{navn}", bit) for navn, bit in b.rike.items())]:
            if bit is not None:
                med[navn] = len(innhold)
                innhold.append(bit)
        ordrer.append(
            {
                "fakta": dict(b.fakta),
                "egenskaper": dict(b.egenskaper),
                "brodtekst": b.brodtekst,
                "fra_fil": b.fra_fil is not None,
                "rike": list(b.rike),
                "innhold": med,
            }
        )
    ordre = {"oppgave": "flett", "bestillinger": ordrer}
    svar, filer = _be(ordre, innhold, sekunder + SEKUNDER_HVER * max(0, len(ordrer) - 1))
    return [Resultat(fil, om.get("starttekst")) for fil, om in zip(filer, svar["svar"], strict=True)]


def tekst_som_html(dokument: bytes) -> str:
    """Return the text between the marks as HTML. Refused when the marks are gone, or the browser cannot hold it."""
    svar, _ = _be({"oppgave": "html"}, [dokument], SEKUNDER_TEKST)
    return str(svar["svar"])


def standardmaler(maler: Sequence[tuple[str, str]]) -> list[bytes]:
    """Return the files of the templates that the product comes with, by kode and language."""
    return _be({"oppgave": "standardmaler", "maler": [list(m) for m in maler]}, [], SEKUNDER_TEKST)[1]


def _be(ordre: dict[str, Any], innhold: Sequence[bytes], sekunder: int) -> tuple[dict[str, Any], list[bytes]]:
    melding = ramme.pakk({**ordre, "sekunder": sekunder, "minne": MINNE}, innhold)
    try:
        svar = subprocess.run(
            [sys.executable, "-I", "-X", "utf8", "-c", OPPSTART, str(KILDE)],
            input=melding,
            capture_output=True,
            check=False,
            timeout=sekunder * VENTEFAKTOR,
            env={navn: os.environ[navn] for navn in ("PATH", "SYSTEMROOT", "TEMP") if navn in os.environ},
            cwd=KILDE,
        )
    except subprocess.TimeoutExpired:
        raise Avvist(FOR_LENGE) from None
    if svar.returncode != 0:
        # Killed by its limit on time, or by one on memory that it could not tell of itself.
        if svar.returncode < 0:
            raise Avvist(FOR_LENGE)
        logger.error("docx_barn_feilet", kode=svar.returncode, feil=svar.stderr.decode("utf-8", "replace")[-2000:])
        raise Avvist(FEILET)
    hode, filer = ramme.les(io.BytesIO(svar.stdout))
    if hode.get("feil"):
        raise Avvist(hode["feil"])
    return hode, filer
