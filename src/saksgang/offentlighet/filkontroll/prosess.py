"""The gateway to the check: contents in, findings and washed copies out. Whatever a file does, the caller lives."""

from __future__ import annotations

import datetime as dt
import json
import logging
import shutil
import sys
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

import saksgang
from saksgang.kjerne import klokke
from saksgang.produksjon.konvertering import for_stor
from saksgang.produksjon.pdfa import prosess

from . import Funn, Kontrollert, barn, tekst

MAKS_TEKST_HER = 8 * 1024**2
"""A plain text can do no harm, and is looked through where we are."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Innhold:
    """A file to check, and the words that may not stand in it."""

    innhold: bytes
    mimetype: str
    ord_: tuple[str, ...] = ()


def kontroller(filer: Sequence[Innhold]) -> list[Kontrollert]:
    """Check the files; return what came of each, in their order. Raises Avbrutt when the process is told to stop."""
    paa, kontoer = klokke.idag(), tuple(settings.EGNE_KONTONUMRE)
    resultater: dict[int, Kontrollert] = {}
    utenfor: list[int] = []
    for nr, fil in enumerate(filer):
        if for_stor(len(fil.innhold)):
            resultater[nr] = Kontrollert((Funn("uleselig"),))
        elif fil.mimetype == "text/plain" and len(fil.innhold) <= MAKS_TEKST_HER:
            resultater[nr] = barn.kontroller(fil.innhold, fil.mimetype, tekst.Leting(paa, fil.ord_, kontoer))
        else:
            utenfor.append(nr)
    if utenfor:
        with tempfile.TemporaryDirectory(prefix="saksgang-filkontroll-") as navn:
            _i_barn({nr: filer[nr] for nr in utenfor}, Path(navn), paa, kontoer)
            resultater |= {nr: _les(Path(navn) / f"{nr}") for nr in utenfor}
    return [resultater[nr] for nr in range(len(filer))]


def _i_barn(filer: dict[int, Innhold], mappe: Path, paa: dt.date, kontoer: Collection[str]) -> None:
    """Let the child check all of them, then alone each that it died of."""
    for nr, fil in filer.items():
        (mappe / f"{nr}.inn").write_bytes(fil.innhold)
    alle, program = list(filer), _tesseract()
    for sats in ([alle] if len(alle) > 1 else []) + [[nr] for nr in alle]:
        mangler = [nr for nr in sats if not (mappe / f"{nr}.json").is_file()]
        if not mangler:
            continue
        oppgaver = [
            {
                **{"mimetype": filer[nr].mimetype, "ord": filer[nr].ord_, "kontoer": list(kontoer)},
                "ocr": program,
                **{"inn": str(mappe / f"{nr}.inn"), "ut": str(mappe / f"{nr}"), "paa": paa.isoformat()},
            }
            for nr in mangler
        ]
        liste = mappe / "liste"
        liste.write_text(json.dumps(oppgaver), encoding="utf-8")
        utfall = prosess.kjoer(
            _kommando(liste),
            mappe=mappe,
            sekunder=settings.SAKSGANG_KONVERTERING_SEKUNDER * (len(mangler) if program else 1),
            minne=settings.SAKSGANG_KONVERTERING_MINNE * 1024**2,
        )
        if utfall.kode != 0:
            logger.warning("filkontrollen stoppet med %s: %s", utfall.kode, utfall.utdata[-1000:])


def _tesseract() -> str:
    """Return where tesseract is; empty where the machine has none."""
    return shutil.which(settings.SAKSGANG_TESSERACT or "tesseract") or ""


def _kommando(liste: Path) -> list[str]:
    kilde = str(Path(saksgang.__file__).resolve().parent.parent)
    program = f"import sys; sys.path.insert(0, {kilde!r}); from saksgang.offentlighet.filkontroll.barn import main; "
    return [sys.executable, "-c", f"{program}from pathlib import Path; main(Path({str(liste)!r}))"]


def _les(ut: Path) -> Kontrollert:
    svar = ut.with_suffix(".json")
    if not svar.is_file():  # it hangs, or kills whoever opens it
        return Kontrollert((Funn("uleselig"),))
    funn = tuple(Funn(regel, antall, tuple(sider)) for regel, antall, sider in json.loads(svar.read_text("utf-8")))
    return Kontrollert(funn, ut.read_bytes() if ut.is_file() else None)
