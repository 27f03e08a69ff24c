"""The making of redacted files, by the queue and in a child process (ADR 0010)."""

from __future__ import annotations

import json
import logging
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import F
from django_tasks import task
from django_tasks_db.models import DBTaskResult

import saksgang
from saksgang.kjerne.errors import Avvist
from saksgang.kjerne.raadlaas import raadlaas
from saksgang.lager.commands import lagre_fil
from saksgang.lager.queries import innhold
from saksgang.logg.commands import kommando, logg
from saksgang.offentlighet.models import Sladding
from saksgang.offentlighet.rules import Sladdetilstand
from saksgang.produksjon.pdfa import prosess
from saksgang.tilgang.rules import Handling

LAAS = 0x5347_534C
MAKS_FORSOEK = 3

logger = logging.getLogger(__name__)


@task()
def lag_sladdinger() -> int:
    """The queue's alarm clock: which files are to be made stands in the rows (ADR 0010)."""
    try:
        return lag_ventende()
    except prosess.Avbrutt:  # the worker is told to stop; the rows still wait
        return 0


def vekk_sladding() -> None:
    """Wake the queue, in the transaction of the act that has a file to be made."""
    lag_sladdinger.using(priority=10).enqueue()


def vekk_ventende() -> int:
    """Wake the queue for redacted files that wait; return how many do. Can be run at any time."""
    venter = Sladding.objects.filter(tilstand=Sladdetilstand.LAGES).count()
    if venter and not DBTaskResult.objects.ready().filter(task_path=lag_sladdinger.module_path).exists():
        vekk_sladding()
    return venter


def lag_ventende() -> int:
    """Make every redacted file that waits; return how many. Run by the queue, outside any transaction."""
    antall = 0
    for pk in Sladding.objects.filter(tilstand=Sladdetilstand.LAGES).order_by("pk").values_list("pk", flat=True):
        with raadlaas(LAAS, pk) as fikk:
            antall += fikk and _lag(pk)
    return antall


def _lag(pk: int) -> bool:
    """Make one file. What kills the process counts as an attempt, so that it kills no more than a few."""
    if not Sladding.objects.filter(pk=pk, tilstand=Sladdetilstand.LAGES).update(forsoek=F("forsoek") + 1):
        return False
    sladding = Sladding.objects.select_related("kilde").get(pk=pk)
    if sladding.forsoek > MAKS_FORSOEK:
        noter_sladding(pk, None, {"feil": "Den sladdede fila kunne ikke lages: arbeideren på tjeneren stoppet."})
        return True
    pdf, svar = _kjoer(sladding)
    noter_sladding(pk, pdf, svar)
    return True


def _kjoer(sladding: Sladding) -> tuple[bytes | None, dict[str, Any]]:
    """Let the child process make it; return the file, or why there is none."""
    with tempfile.TemporaryDirectory(prefix="saksgang-sladd-") as navn:
        mappe = Path(navn)
        inn, ut, bestilling = mappe / "inn.pdf", mappe / "ut.pdf", mappe / "bestilling.json"
        inn.write_bytes(innhold(sladding.kilde))
        merker = [
            {"side": m["side"], **dict(zip("xybh", boks, strict=True))} for m in sladding.merker for boks in m["bokser"]
        ]
        soek = [s for s in sladding.soek if s["hele"]]
        bestilling.write_text(
            json.dumps({"inn": str(inn), "ut": str(ut), "merker": merker, "soek": soek}), encoding="utf-8"
        )
        utfall = prosess.kjoer(
            _kommando(bestilling),
            mappe=mappe,
            sekunder=settings.SAKSGANG_KONVERTERING_SEKUNDER * 5,
            minne=settings.SAKSGANG_KONVERTERING_MINNE * 1024**2,
        )
        svarfil = ut.with_suffix(".json")
        if not svarfil.is_file():
            logger.warning("sladdingen stoppet med %s: %s", utfall.kode, utfall.utdata[-1000:])
            hvorfor = "tok for lang tid" if utfall.tidsavbrudd else "stoppet uventet"
            return None, {"feil": f"Arbeidet med den sladdede fila {hvorfor}. Prøv igjen, eller kontakt drift."}
        return (ut.read_bytes() if ut.is_file() else None), json.loads(svarfil.read_text(encoding="utf-8"))


def _kommando(bestilling: Path) -> list[str]:
    kilde = str(Path(saksgang.__file__).resolve().parent.parent)
    program = f"import sys; sys.path.insert(0, {kilde!r}); from saksgang.offentlighet.sladding.barn import main; "
    return [sys.executable, "-c", f"{program}from pathlib import Path; main(Path({str(bestilling)!r}))"]


@kommando
def noter_sladding(pk: int, pdf: bytes | None, svar: dict[str, Any]) -> None:
    """Write down what came of one: put before the leader, or why it cannot be used."""
    sladding = (
        Sladding.objects.select_for_update(of=("self",))
        .select_related("dokument__journalpost__sak", "original")
        .get(pk=pk)
    )
    if sladding.tilstand != Sladdetilstand.LAGES:
        return  # done by another in the meantime
    feil = str(svar["feil"])
    if pdf is not None and not feil:
        try:
            sladding.fil = lagre_fil(pdf, filnavn="sladdet.pdf")
        except Avvist as avvist:  # the virus scanner is away, or stops it
            feil = str(avvist)
    sladding.tilstand = Sladdetilstand.FORSLAG if sladding.fil is not None and not feil else Sladdetilstand.FEILET
    sladding.feil, sladding.rester = feil[:500], svar.get("rester", [])
    sladding.save(update_fields=["tilstand", "fil", "feil", "rester"])
    detaljer: dict[str, Any] = {"dokument": sladding.dokument.nummer, "versjon": sladding.original.versjonsnummer}
    if sladding.fil is not None:
        detaljer |= {"sha256": sladding.fil.sha256, "pdfa": not svar.get("avvik")}
    else:
        detaljer |= {"kan ikke brukes": True, "varsles_id": sladding.sendt_av_id}
    logg(sladding.dokument.journalpost, Handling.LAGE_SLADDING, av=None, detaljer=detaljer)
