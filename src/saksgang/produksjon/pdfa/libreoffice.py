"""LibreOffice: where it is, what of it is installed, and how it is told to make PDF/A-2b of other people's files."""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

MODULER = {"writer": "Writer", "calc": "Calc", "impress": "Impress"}
PAKKER = {modul: f"libreoffice-{modul}-nogui" for modul in MODULER}
_BIBLIOTEK = {"writer": "swlo", "calc": "sclo", "impress": "sdlo"}

# PDFUACompliance must not stand beside SelectPdfVersion: in 7.4 the file is then no PDF/A any more.
VALG: dict[str, bool | int] = {
    "SelectPdfVersion": 2,
    "UseTaggedPDF": True,
    "EmbedStandardFonts": True,
    "ExportFormFields": False,
    "ExportNotes": False,
    "ExportNotesInMargin": False,
    "ExportNotesPages": False,
    "ExportHiddenSlides": False,
}

# No macro runs, and nothing is fetched for a document from the net or from this machine's disk.
_SIKKERHET = {"BlockUntrustedRefererLinks": "true", "DisableMacrosExecution": "true", "MacroSecurityLevel": "3"}
_INNSTILLINGER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        f'<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="{navn}" oor:op="fuse">'
        f"<value>{verdi}</value></prop></item>"
        for navn, verdi in _SIKKERHET.items()
    )
    + "</oor:items>\n"
)

_profil: Path | None = None


def finn(sti: str = "") -> str | None:
    """Return the program: the one that is configured, else soffice or libreoffice on the path; None without."""
    return shutil.which(sti) if sti else shutil.which("soffice") or shutil.which("libreoffice")


def moduler(program: str) -> frozenset[str]:
    """Return which of writer, calc and impress are installed; all of them where that cannot be told."""
    navn = {fil.name for fil in Path(program).resolve().parent.iterdir()}
    funnet = frozenset(m for m, bit in _BIBLIOTEK.items() if any(bit in n for n in navn))
    return funnet or frozenset(MODULER)


def til_pdf(program: str, modul: str, filer: Sequence[Path], ut: Path) -> list[str]:
    """Return the command that makes a PDF/A-2b, tagged, of each file, in one process."""
    valg = {
        navn: {"type": "boolean" if isinstance(v, bool) else "long", "value": json.dumps(v)} for navn, v in VALG.items()
    }
    return _kommando(program, f"pdf:{modul}_pdf_Export:{json.dumps(valg)}", filer, ut)


def til_odt(program: str, filer: Sequence[Path], ut: Path) -> list[str]:
    """Return the command that makes an ODT of each file: old formats are made ready in that form."""
    return _kommando(program, "odt:writer8", filer, ut)


def _kommando(program: str, filter_: str, filer: Sequence[Path], ut: Path) -> list[str]:
    return [
        program,
        f"-env:UserInstallation={_klar_profil().as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        *("--convert-to", filter_, "--outdir", str(ut)),
        *map(str, filer),
    ]


def _klar_profil() -> Path:
    """Return this process's own profile; kept from one run to the next, since a new one costs seconds."""
    global _profil
    if _profil is None:
        _profil = Path(tempfile.mkdtemp(prefix="saksgang-kontor-"))
        (_profil / "user").mkdir()
        (_profil / "user" / "registrymodifications.xcu").write_text(_INNSTILLINGER, encoding="utf-8")
    return _profil


def kast_profil() -> None:
    """Forget the profile: a process that was killed may have left it half written."""
    global _profil
    if _profil is not None:
        shutil.rmtree(_profil, ignore_errors=True)
        _profil = None


atexit.register(kast_profil)
