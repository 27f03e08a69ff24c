"""Running what is due, one job after the other, in one worker at a time."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass

from saksgang.flyt.models import Tidsplan
from saksgang.flyt.rules import neste_kjoering
from saksgang.kjerne import klokke
from saksgang.kjerne.raadlaas import raadlaas

LAAS = 0x5347_5450

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Jobb:
    """A job that can be run at any time, and how often it is."""

    navn: str
    kjoer: Callable[[], object]
    hvert: int | None
    klokkeslett: dt.time | None


@dataclass(frozen=True)
class Kjoering:
    """What came of one run."""

    navn: str
    resultat: str = ""
    feil: str = ""


_jobber: dict[str, Jobb] = {}


def registrer_jobb(
    navn: str, kjoer: Callable[[], object], *, hvert: int | None = None, klokkeslett: dt.time | None = None
) -> None:
    """Put a job on the timetable: every so many seconds, or daily at a time. Called when the rooms are made ready."""
    if (hvert is None) == (klokkeslett is None):
        raise ValueError("A job has an interval or a time of day.")
    _jobber[navn] = Jobb(navn, kjoer, hvert, klokkeslett)


def kjoer_forfalte() -> list[Kjoering] | None:
    """Run every job that is due and note how it went; None when another worker is at it.

    A job that fails is noted with its reason and comes again when it is next due; the others run all the same.
    """
    with raadlaas(LAAS) as alene:
        if not alene:
            return None
        return [_kjoer(rad, _jobber[rad.navn]) for rad in _rader() if rad.neste <= klokke.naa()]


def _rader() -> list[Tidsplan]:
    """Return the timetable's rows in the order of the jobs; a changed timetable counts from now."""
    finnes = {rad.navn: rad for rad in Tidsplan.objects.filter(navn__in=_jobber).order_by("pk")}
    rader = []
    for jobb in _jobber.values():
        rad = finnes.get(jobb.navn)
        if rad is None:
            naa = klokke.naa()
            neste = naa if jobb.hvert is not None else neste_kjoering(naa, hvert=None, klokkeslett=jobb.klokkeslett)
            rad = Tidsplan.objects.create(
                navn=jobb.navn, intervall_sekunder=jobb.hvert, klokkeslett=jobb.klokkeslett, neste=neste
            )
        elif (rad.intervall_sekunder, rad.klokkeslett) != (jobb.hvert, jobb.klokkeslett):
            rad.intervall_sekunder, rad.klokkeslett = jobb.hvert, jobb.klokkeslett
            rad.neste = neste_kjoering(klokke.naa(), hvert=jobb.hvert, klokkeslett=jobb.klokkeslett)
            rad.save(update_fields=["intervall_sekunder", "klokkeslett", "neste"])
        rader.append(rad)
    return rader


def _kjoer(rad: Tidsplan, jobb: Jobb) -> Kjoering:
    rad.siste_start = klokke.naa()
    rad.neste = neste_kjoering(rad.siste_start, hvert=jobb.hvert, klokkeslett=jobb.klokkeslett)
    rad.save(update_fields=["siste_start", "neste"])
    try:
        resultat = jobb.kjoer()
        kjoering = Kjoering(jobb.navn, resultat="" if resultat is None else str(resultat)[:200])
    except Exception as feil:  # whatever a job dies of, the worker lives
        logger.exception("jobben «%s» feilet", jobb.navn)
        kjoering = Kjoering(jobb.navn, feil=f"{type(feil).__name__}: {feil}"[:2000])
    rad.siste_slutt, rad.siste_feil = klokke.naa(), kjoering.feil
    if not kjoering.feil:
        rad.siste_resultat = kjoering.resultat
    rad.save(update_fields=["siste_slutt", "siste_resultat", "siste_feil"])
    return kjoering
