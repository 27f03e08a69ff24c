"""The child process: one PDF and its marks in, a redacted PDF or a reason out.

Run as a program with the path of a JSON file: {"inn", "ut", "merker", "soek"}. It writes ut + ".json", and ut.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from saksgang.produksjon.pdfa import KanIkke

from .bygg import Merke, sladd
from .soek import Moenster, Soek
from .tekst import Boks, KanIkkeSladdes


def les_merke(merke: dict[str, Any]) -> Merke:
    """Return a mark out of its stored form."""
    return Merke(int(merke["side"]), Boks(*(float(merke[felt]) for felt in ("x", "y", "b", "h"))))


def les_soek(soek: dict[str, Any]) -> Soek:
    """Return what was looked for out of its stored form."""
    return Soek(soek["ord"], Moenster(soek["moenster"]) if soek["moenster"] else None, bool(soek["inne"]))


def main(bestilling: Path) -> None:
    """Do what the file says."""
    hva = json.loads(bestilling.read_text(encoding="utf-8"))
    ut = Path(hva["ut"])
    svar: dict[str, Any]
    try:
        resultat = sladd(
            Path(hva["inn"]).read_bytes(), [les_merke(m) for m in hva["merker"]], [les_soek(s) for s in hva["soek"]]
        )
    except (KanIkkeSladdes, KanIkke) as feil:
        svar = {"feil": str(feil)}
    except MemoryError:
        svar = {"feil": "Fila er for stor til å sladdes her."}
    else:
        ut.write_bytes(resultat.pdf)
        svar = {"feil": resultat.feil, "avvik": resultat.avvik}
        svar |= {"uten_tekst": resultat.uten_tekst, "rester": resultat.rester}
    halv = ut.with_suffix(".halv")
    halv.write_text(json.dumps(svar), encoding="utf-8")
    halv.replace(ut.with_suffix(".json"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
