"""The child process: a list of files in, what was found in each out.

Run as a program with the path of a JSON list: {"mimetype", "inn", "ut", "ord", "kontoer", "paa", "ocr"}. It writes
ut + ".json", and ut where the file was washed.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

from saksgang.offentlighet.filkontroll import Funn, Kontrollert, bilde, pdf, tekst


def kontroller(innhold: bytes, mimetype: str, leting: tekst.Leting) -> Kontrollert:
    """Check one file of a format that is published."""
    if mimetype == "application/pdf":
        return pdf.kontroller(innhold, leting)
    if mimetype in bilde.VASK:
        vasket = bilde.vask(innhold, mimetype)
        if vasket is None:
            return Kontrollert((Funn("uleselig"),))
        teller = tekst.Teller(leting)
        bilde.les(innhold, mimetype, teller)
        return Kontrollert(teller.funn(), vasket if vasket != innhold else None)
    if mimetype == "text/plain":
        teller = tekst.Teller(leting)
        teller.les(tekst.dekod(innhold))
        return Kontrollert(teller.funn())
    return Kontrollert((Funn("uleselig"),))


def main(liste: Path) -> None:
    """Check the files one after the other; what came of one is on disk before the next begins."""
    for oppgave in json.loads(liste.read_text(encoding="utf-8")):
        ut = Path(oppgave["ut"])
        resultat = _kontroller(oppgave)
        if resultat.vasket is not None:
            ut.write_bytes(resultat.vasket)
        funn = [[f.regel, f.antall, list(f.sider)] for f in resultat.funn]
        halv = ut.with_suffix(".halv")
        halv.write_text(json.dumps(funn), encoding="utf-8")
        halv.replace(ut.with_suffix(".json"))


def _kontroller(oppgave: dict[str, Any]) -> Kontrollert:
    leting = tekst.Leting(dt.date.fromisoformat(oppgave["paa"]), oppgave["ord"], oppgave["kontoer"], oppgave["ocr"])
    try:
        return kontroller(Path(oppgave["inn"]).read_bytes(), oppgave["mimetype"], leting)
    except Exception as feil:  # whatever one file does, the others have their turn
        print(f"{oppgave['mimetype']}: {type(feil).__name__}: {feil}", file=sys.stderr)
        return Kontrollert((Funn("uleselig"),))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
