"""The child: one order in, one answer out, within limits. `prosess` starts it and never imports it."""

from __future__ import annotations

import sys
import warnings
from typing import Any

from . import fletting, ramme, standard
from .feil import Filfeil

try:
    import resource
except ImportError:  # Windows has no such limits; there the parent's clock alone stops it
    resource = None  # type: ignore[assignment]

FOR_STORT = "Dokumentet krever for mye minne. Gjør det mindre, og prøv igjen."


def _grenser(sekunder: int, minne: int) -> None:
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (sekunder, sekunder + 1))
    resource.setrlimit(resource.RLIMIT_AS, (minne, minne))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def utfoer(ordre: dict[str, Any], innhold: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """Do one order: undersoek, flett (many times from one template), html or standardmaler."""
    if ordre["oppgave"] == "undersoek":
        return {"svar": [_en(fletting.undersoek, mal, ordre["skjema"], ordre["eksempel"]) for mal in innhold]}, []
    if ordre["oppgave"] == "standardmaler":
        return {"svar": []}, [standard.bygg(kode, spraak) for kode, spraak in ordre["maler"]]
    if ordre["oppgave"] == "html":
        return {"svar": fletting.tekst_som_html(innhold[0])}, []
    ut, svar = [], []
    for bestilling in ordre["bestillinger"]:
        med = {navn: innhold[nr] for navn, nr in bestilling["innhold"].items()}
        fil, om = fletting.flett(innhold[0], bestilling, med)
        ut.append(fil)
        svar.append(om)
    return {"svar": svar}, ut


def _en(funksjon: Any, *args: Any) -> dict[str, Any]:
    try:
        return funksjon(*args)
    except Filfeil as feil:
        return {"felter": [], "ukjente": [], "feil": feil.setninger, "uleselig": True}


def hovedloekke() -> None:
    """Read the order from standard input, answer on standard output."""
    inn, ut = sys.stdin.buffer, sys.stdout.buffer
    # What a library prints must not get into the answer.
    sys.stdout = sys.stderr
    warnings.simplefilter("ignore")
    ordre, innhold = ramme.les(inn)
    _grenser(ordre["sekunder"], ordre["minne"])
    try:
        svar, filer = utfoer(ordre, innhold)
        melding = ramme.pakk(svar, filer)
    except Filfeil as feil:
        melding = ramme.pakk({"feil": feil.setninger})
    except (MemoryError, RecursionError):
        melding = ramme.pakk({"feil": [FOR_STORT]})
    ut.write(melding)
    ut.flush()
