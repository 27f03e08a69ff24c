"""The gateway to PDF/A: files in, PDF/A-2b out, or the reason why not. Whatever a file does, the caller lives.

The gate itself is pdfa.port.er_gyldig_pdfa, and PDFs are put together by pdfa.loeft.slaa_sammen_pdf: they load what the
web processes can do without.
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from pathlib import Path

from django.conf import settings

import saksgang
from saksgang.lager.rules import formatnavn
from saksgang.produksjon.pdfa import SKADET, libreoffice, prosess
from saksgang.produksjon.pdfa.prosess import Avbrutt, avbryt
from saksgang.produksjon.rules.formater import KONTORVEIER, PASSORDBESKYTTET, Vei, vei_til_pdf

__all__ = [
    "Aarsak",
    "Avbrutt",
    "Kilde",
    "Resultat",
    "avbryt",
    "for_stor",
    "konverter_til_pdfa",
    "mangler_program",
]

MAKS_BYTE = 500 * 1024**2
PER_FIL_TIL = 1 / 24
"""What each further file of a batch adds to the time limit of one."""
_ENDELSER = {
    **{"fmt/412": "docx", "fmt/597": "dotx", "fmt/40": "doc", "fmt/45": "rtf"},
    **{"fmt/214": "xlsx", "fmt/598": "xltx", "fmt/59": "xls", "fmt/61": "xls"},
    **{"fmt/215": "pptx", "fmt/629": "ppsx", "fmt/631": "potx", "fmt/126": "ppt"},
    **dict.fromkeys(("fmt/136", "fmt/290", "fmt/291", "fmt/1756"), "odt"),
    **dict.fromkeys(("fmt/137", "fmt/294", "fmt/295", "fmt/1755"), "ods"),
    **dict.fromkeys(("fmt/138", "fmt/292", "fmt/293", "fmt/1754"), "odp"),
}
_GAMLE = frozenset({"doc", "rtf"})
"""Formats whose tracked changes we cannot reach: they are made into ODT first."""
_VASKES = {"docx": "docx", "dotx": "docx", "odt": "odt", "doc": "odt", "rtf": "odt"}

logger = logging.getLogger(__name__)


class Aarsak(Enum):
    """Why there is no PDF/A: never will be, may be another time, or when a program has been installed."""

    VARIG = "varig"
    FORBIGAAENDE = "forbigående"
    MANGLER_PROGRAM = "mangler program"


@dataclass(frozen=True, slots=True)
class Kilde:
    """A file to be converted. format: its PRONOM id."""

    innhold: bytes
    format: str


@dataclass(frozen=True, slots=True)
class Resultat:
    """What came of one file: a PDF/A-2b, or why not. pdf may be there with feil: fit to look at, not to archive.

    uendret: the file that came was itself a valid PDF/A-1 or -2, and tells nothing of who wrote it.
    """

    pdf: bytes | None = None
    feil: str = ""
    aarsak: Aarsak | None = None
    avvik: tuple[str, ...] = ()
    uendret: bool = False

    @property
    def er_pdfa(self) -> bool:
        return self.pdf is not None and not self.feil


@dataclass
class _Jobb:
    """One file on its way through the folder of the batch."""

    nr: int
    vei: Vei
    endelse: str
    fil: Path
    resultat: Resultat | None = None
    logg: list[str] = field(default_factory=list)


def mangler_program(format_: str) -> str:
    """Return what the server lacks to convert a format, as a sentence that says what to install; empty when nothing."""
    vei = vei_til_pdf(format_)
    if vei not in KONTORVEIER:
        return ""
    program = libreoffice.finn(settings.SAKSGANG_LIBREOFFICE)
    if program is not None and vei in libreoffice.moduler(program):
        return ""
    hva = "LibreOffice" if program is None else f"LibreOffice {libreoffice.MODULER[vei]}"
    return (
        f"{hva} mangler på tjeneren, og {formatnavn(format_)} kan ikke gjøres om til PDF. "
        f"Be drift installere {libreoffice.PAKKER[vei]}; da lages kopien av seg selv."
    )


def for_stor(antall_byte: int) -> str:
    """Return why a file of this size is not converted; empty when it is."""
    if antall_byte <= MAKS_BYTE:
        return ""
    return f"Fila er større enn {MAKS_BYTE // 1024**2} MB og kan ikke gjøres om til PDF her."


def konverter_til_pdfa(kilder: Sequence[Kilde]) -> list[Resultat]:
    """Convert the files, office documents in one run of LibreOffice; return a result for each, in their order.

    A file that hangs, crashes or lies costs itself and nothing else. Raises Avbrutt when the process is told to stop.
    """
    with tempfile.TemporaryDirectory(prefix="saksgang-pdfa-") as navn:
        mappe = Path(navn)
        jobber = [_ny_jobb(nr, kilde, mappe) for nr, kilde in enumerate(kilder)]
        _kontor_til_pdf(jobber, mappe)
        _barn([j for j in jobber if j.resultat is None], _hva, mappe / "ferdig", ".pdf")
        for jobb in jobber:
            if jobb.resultat is None:
                jobb.resultat = _les_resultat(jobb, kilder[jobb.nr])
        return [j.resultat for j in jobber if j.resultat is not None]


def _ny_jobb(nr: int, kilde: Kilde, mappe: Path) -> _Jobb:
    vei = vei_til_pdf(kilde.format)
    jobb = _Jobb(nr, vei, _ENDELSER.get(kilde.format, vei.value or "fil"), mappe / f"{nr}")
    if kilde.format == PASSORDBESKYTTET:
        _avvis(jobb, "Dokumentet er låst med passord. Be om et uten, og last det opp som ny versjon.")
    elif vei is Vei.INGEN:
        _avvis(jobb, f"{formatnavn(kilde.format)} kan ikke gjøres om til PDF her.")
    elif feil := for_stor(len(kilde.innhold)):
        _avvis(jobb, feil)
    elif mangler := mangler_program(kilde.format):
        _avvis(jobb, mangler, Aarsak.MANGLER_PROGRAM)
    else:
        jobb.fil = mappe / f"{nr}.{jobb.endelse}"
        jobb.fil.write_bytes(kilde.innhold)
    return jobb


def _avvis(jobb: _Jobb, feil: str, aarsak: Aarsak = Aarsak.VARIG) -> None:
    jobb.resultat = Resultat(feil=feil, aarsak=aarsak)


def _hva(jobb: _Jobb) -> str:
    return "kontor" if jobb.vei in KONTORVEIER else jobb.vei.value


# --- LibreOffice -----------------------------------------------------------------------------------------------------


def _kontor_til_pdf(jobber: list[_Jobb], mappe: Path) -> None:
    kontor = [j for j in jobber if j.resultat is None and j.vei in KONTORVEIER]
    if not kontor:
        return
    program = libreoffice.finn(settings.SAKSGANG_LIBREOFFICE)
    if program is None:  # taken away in this very moment
        raise Avbrutt
    gamle = [j for j in kontor if j.endelse in _GAMLE]
    _kontor(gamle, mappe / "odt", ".odt", partial(libreoffice.til_odt, program))
    _barn([j for j in kontor if j.endelse in _VASKES], lambda j: _VASKES[j.endelse], mappe / "vask", None)
    for modul in libreoffice.MODULER:
        av_modulen = [j for j in kontor if j.vei == modul]
        _kontor(av_modulen, mappe / modul, ".pdf", partial(libreoffice.til_pdf, program, modul))


def _kontor(jobber: list[_Jobb], ut: Path, endelse: str, kommando: Callable[[Sequence[Path], Path], list[str]]) -> None:
    """Run LibreOffice on all of them, then alone on each that came to nothing."""
    igjen = [j for j in jobber if j.resultat is None]
    for sats in ([igjen] if len(igjen) > 1 else []) + [[j] for j in igjen]:
        mangler = [j for j in sats if j.resultat is None and not _finnes(ut, j, endelse)]
        if not mangler:
            continue
        ut.mkdir(exist_ok=True)
        utfall = _kjoer(kommando([j.fil for j in mangler], ut), ut, len(mangler))
        if utfall.tidsavbrudd:
            libreoffice.kast_profil()
            _kast_halvferdig(ut, endelse)
        if len(mangler) == 1 and not _finnes(ut, mangler[0], endelse):
            _forklar(mangler[0], utfall)
    for jobb in igjen:
        if jobb.resultat is None:
            jobb.fil = ut / f"{jobb.nr}{endelse}"


def _finnes(ut: Path, jobb: _Jobb, endelse: str) -> bool:
    return (ut / f"{jobb.nr}{endelse}").is_file()


def _kast_halvferdig(ut: Path, endelse: str) -> None:
    """Throw away the last file that was written before the time was up: nobody knows whether it is whole."""
    filer = sorted(ut.glob(f"*{endelse}"), key=lambda fil: fil.stat().st_mtime)
    if filer:
        filer[-1].unlink()


def _forklar(jobb: _Jobb, utfall: prosess.Utfall) -> None:
    if utfall.tidsavbrudd:
        _avvis(jobb, _for_lang_tid(), Aarsak.FORBIGAAENDE)
    elif "could not be loaded" in utfall.utdata or utfall.kode == 0:
        _avvis(jobb, SKADET)
    else:
        logger.warning("LibreOffice stoppet med %s: %s", utfall.kode, utfall.utdata[-1000:])
        _avvis(jobb, "LibreOffice stoppet uventet mens fila ble gjort om til PDF.", Aarsak.FORBIGAAENDE)


def _for_lang_tid() -> str:
    return f"Omgjøringen til PDF tok mer enn {settings.SAKSGANG_KONVERTERING_SEKUNDER} sekunder og ble stanset."


def _kjoer(kommando: Sequence[str], mappe: Path, antall: int) -> prosess.Utfall:
    return prosess.kjoer(
        kommando,
        mappe=mappe,
        sekunder=settings.SAKSGANG_KONVERTERING_SEKUNDER * (1 + PER_FIL_TIL * (antall - 1)),
        minne=settings.SAKSGANG_KONVERTERING_MINNE * 1024**2,
    )


# --- Our own child ---------------------------------------------------------------------------------------------------


def _barn(jobber: list[_Jobb], hva: Callable[[_Jobb], str], ut: Path, endelse: str | None) -> None:
    """Let the child process do the same to all of them, then alone to each that it died of."""
    igjen = [j for j in jobber if j.resultat is None]
    maal = {j.nr: ut / f"{j.nr}{endelse or j.fil.suffix}" for j in igjen}
    for sats in ([igjen] if len(igjen) > 1 else []) + [[j] for j in igjen]:
        mangler = [j for j in sats if not maal[j.nr].is_file() and not maal[j.nr].with_suffix(".feil").is_file()]
        if not mangler:
            continue
        ut.mkdir(exist_ok=True)
        liste = ut / "liste.json"
        oppgaver = [{"hva": hva(j), "inn": str(j.fil), "ut": str(maal[j.nr])} for j in mangler]
        liste.write_text(json.dumps(oppgaver), encoding="utf-8")
        utfall = _kjoer(_barnekommando(liste), ut, len(mangler))
        if utfall.kode:
            logger.warning("omgjøringen stoppet med %s: %s", utfall.kode, utfall.utdata[-1000:])
        if len(mangler) == 1 and not maal[mangler[0].nr].is_file():
            feil = maal[mangler[0].nr].with_suffix(".feil")
            if not feil.is_file():
                tekst = _for_lang_tid() if utfall.tidsavbrudd else "Omgjøringen til PDF stoppet uventet."
                _avvis(mangler[0], tekst, Aarsak.FORBIGAAENDE)
    for jobb in igjen:
        feil = maal[jobb.nr].with_suffix(".feil")
        if jobb.resultat is None and feil.is_file():
            _avvis(jobb, feil.read_text(encoding="utf-8"))
        jobb.fil = maal[jobb.nr]


def _barnekommando(liste: Path) -> list[str]:
    kilde = str(Path(saksgang.__file__).resolve().parent.parent)
    program = f"import sys; sys.path.insert(0, {kilde!r}); from saksgang.produksjon.pdfa.barn import main; "
    return [sys.executable, "-c", f"{program}from pathlib import Path; main(Path({str(liste)!r}))"]


def _les_resultat(jobb: _Jobb, kilde: Kilde) -> Resultat:
    pdf = jobb.fil.read_bytes()
    avvik = tuple(json.loads(jobb.fil.with_suffix(".avvik").read_text(encoding="utf-8")))
    if not avvik:
        return Resultat(pdf=pdf, uendret=pdf == kilde.innhold)
    return Resultat(pdf=pdf, feil=_hvorfor_ikke(avvik), aarsak=Aarsak.VARIG, avvik=avvik)


def _hvorfor_ikke(avvik: Sequence[str]) -> str:
    """Say in words for people what keeps a file from being PDF/A."""
    tekst = " ".join(avvik)
    for tegn, grunn in (
        ("FONT", "skriftene følger ikke med i fila, eller er ikke hele"),
        ("COLO", "fargene gjelder en bestemt skriver"),
        ("OUTPUT", "fargene gjelder en bestemt skriver"),
        ("ANNOT", "merknader eller skjemafelt har ikke noe fast utseende"),
        ("APPEARANCE", "merknader eller skjemafelt har ikke noe fast utseende"),
        ("TRANSPARENCY", "gjennomsiktige flater mangler farge å legges på"),
    ):
        if tegn in tekst:
            return f"Fila kan ikke bli PDF/A: {grunn}."
    return f"Fila kan ikke bli PDF/A: den bryter {len(avvik)} av reglene i standarden."
