"""The child process: a list of tasks in, a file or a reason out for each, so that what it dies of kills nobody else.

Run as a program with the path of a JSON list: {"hva", "inn", "ut"}. It writes ut, or ut + ".feil".
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from saksgang.produksjon.pdfa import KanIkke, loeft, port, sider, vask

VASK: dict[str, Callable[[bytes], bytes]] = {"docx": vask.vask_docx, "odt": vask.vask_odt}
TIL_PDF: dict[str, Callable[[bytes], bytes]] = {
    "kontor": lambda innhold: innhold,
    "tekst": sider.tekst_til_pdf,
    "html": sider.html_til_pdf,
    "epost": sider.epost_til_pdf,
    "bilde": sider.bilde_til_pdf,
}

KAN_BEHOLDES = (1, 2)
"""Part 3 may carry any file inside it, and is an archive format by special leave alone."""


def gjoer(hva: str, innhold: bytes) -> tuple[bytes, list[str]]:
    """Do one task; return what came of it, and what keeps it from being PDF/A."""
    if hva in VASK:
        return VASK[hva](innhold), []
    if hva == "pdf":
        er_klar = (
            port.paastaatt_del(innhold) in KAN_BEHOLDES
            and loeft.forteller_ingenting(innhold)
            and not loeft.har_noe_gammelt(innhold)
        )
        if er_klar and not port.er_gyldig_pdfa(innhold):
            return innhold, []
        pdf = loeft.loeft(innhold)
    else:
        pdf = loeft.rens(TIL_PDF[hva](innhold))
    return pdf, port.er_gyldig_pdfa(pdf)


def main(liste: Path) -> None:
    """Do the tasks one after the other; a finished one is on disk before the next begins."""
    for oppgave in json.loads(liste.read_text(encoding="utf-8")):
        ut = Path(oppgave["ut"])
        try:
            resultat, avvik = gjoer(oppgave["hva"], Path(oppgave["inn"]).read_bytes())
        except KanIkke as feil:
            ut.with_suffix(".feil").write_text(str(feil), encoding="utf-8")
        except MemoryError:
            ut.with_suffix(".feil").write_text("Fila er for stor til å gjøres om til PDF her.", encoding="utf-8")
        except Exception as feil:  # whatever one file does, the others have their turn
            ut.with_suffix(".feil").write_text("Fila kan ikke gjøres om til PDF.", encoding="utf-8")
            print(f"{oppgave['hva']}: {type(feil).__name__}: {feil}", file=sys.stderr)
        else:
            ut.with_suffix(".avvik").write_text(json.dumps(avvik), encoding="utf-8")
            ut.with_suffix(".halv").write_bytes(resultat)
            ut.with_suffix(".halv").replace(ut)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
