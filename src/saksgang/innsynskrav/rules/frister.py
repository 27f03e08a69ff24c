"""When a request is due, and how that is reckoned (offl. §§ 29, 31, 32). Pure functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.utils.formats import date_format

from saksgang.kjerne import arbeidsdager

MAAL, VARSLE, AVSLAG_ETTER, BEGRUNNELSE = 1, 3, 5, 10
KLAGE_UKER = BEGRUNNELSE_UKER = 3
EN_DAG = dt.timedelta(days=1)
LOVENS: frozenset[dt.date] = frozenset()
"""No closed days: those that a municipality sets for itself do not lengthen what the law gives the one who asks."""
er_arbeidsdag = partial(arbeidsdager.er_arbeidsdag, lukket=LOVENS)
legg_til_arbeidsdager = partial(arbeidsdager.legg_til_arbeidsdager, lukket=LOVENS)
arbeidsdager_mellom = partial(arbeidsdager.arbeidsdager_mellom, lukket=LOVENS)

Pause = tuple[dt.date, dt.date | None]
"""From the day the question was sent, to the day it was answered; none while it is open."""


@dataclass(frozen=True)
class Frist:
    """A deadline with its paragraph and its arithmetic. nivaa: god, snart or forfalt, as deadlines are shown."""

    navn: str
    dato: dt.date
    regnestykke: str
    nivaa: str
    merknad: str = ""


def dag(dato: dt.date) -> str:
    """«tirsdag 10. mars»."""
    return date_format(dato, "l j. F")


def pausedager(mottatt: dt.date, pauser: Iterable[Pause], idag: dt.date) -> int:
    """Return the working days on which the consent of somebody was waited for; days of two questions count once."""
    dager = set()
    for fra, til in pauser:
        dato, slutt = max(fra, mottatt) + EN_DAG, min(til or idag, idag)
        while dato <= slutt:
            if er_arbeidsdag(dato):
                dager.add(dato)
            dato += EN_DAG
    return len(dager)


def svarfrist(mottatt: dt.date, pauser: Iterable[Pause], idag: dt.date) -> dt.date:
    """Return the day after which no answer counts as a refusal: five working days (offl. § 32 second ledd)."""
    return legg_til_arbeidsdager(mottatt, AVSLAG_ETTER + pausedager(mottatt, pauser, idag))


def brukte_arbeidsdager(mottatt: dt.date, pauser: Iterable[Pause], idag: dt.date) -> int:
    """Return how many working days the request has taken, without those on which consent was waited for."""
    return max(0, arbeidsdager_mellom(mottatt, idag) - pausedager(mottatt, pauser, idag))


def frist_for_svar(mottatt: dt.date, pauser: Iterable[Pause], idag: dt.date, *, hendelse: str = "mottatt") -> Frist:
    """Return the answer's deadline: a warning from the third working day, red on the fifth, a refusal after it.

    hendelse: what happened on the day it is reckoned from.
    """
    pauser = list(pauser)
    pause = pausedager(mottatt, pauser, idag)
    dato, brukt = svarfrist(mottatt, pauser, idag), brukte_arbeidsdager(mottatt, pauser, idag)
    venter = any(til is None for _, til in pauser)
    stykke = f"{hendelse} {dag(mottatt)} + {_dager(AVSLAG_ETTER)}"
    if pause:
        stykke += f" + {_dager(pause)} mens samtykke ble hentet (offl. § 13 tredje ledd)"
    stykke += f" = {dag(dato)} (offl. § 32 andre ledd)"
    if idag > dato and not venter:
        return Frist("Svar", dato, stykke, "forfalt", "Regnes som avslag og kan påklages (offl. § 32 andre ledd).")
    if venter:
        return Frist("Svar", dato, stykke, "god", "Fristen står stille til spørsmålet om samtykke er besvart.")
    nivaa = "forfalt" if brukt >= AVSLAG_ETTER else "snart" if brukt >= VARSLE else "god"
    return Frist("Svar", dato, stykke, nivaa, f"Mål: {_dager(MAAL)}. Brukt: {_dager(brukt)} (offl. § 29 første ledd).")


def frist_for_begrunnelse(bedt: dt.date, idag: dt.date) -> Frist:
    """Return when the nærmere begrunnelse is due: ten working days after it was asked for (offl. § 31 second ledd)."""
    dato = legg_til_arbeidsdager(bedt, BEGRUNNELSE)
    stykke = f"bedt om {dag(bedt)} + {_dager(BEGRUNNELSE)} = {dag(dato)} (offl. § 31 andre ledd)"
    nivaa = "forfalt" if idag >= dato else "snart" if arbeidsdager_mellom(idag, dato) <= VARSLE else "god"
    return Frist("Nærmere begrunnelse", dato, stykke, nivaa)


def siste_klagedag(svart: dt.date) -> dt.date:
    """Return the last day to appeal or to ask for reasons: three weeks, moved past holidays (fvl. §§ 29 and 30)."""
    dato = svart + dt.timedelta(weeks=KLAGE_UKER)
    return dato if er_arbeidsdag(dato) else legg_til_arbeidsdager(dato, 1)


def frist_for_klage(svart: dt.date, idag: dt.date) -> Frist:
    """Return until when a refusal may be appealed (offl. § 32 first ledd, fvl. § 29)."""
    dato = siste_klagedag(svart)
    flyttet = " flyttet til neste virkedag" if dato != svart + dt.timedelta(weeks=KLAGE_UKER) else ""
    stykke = f"svar {dag(svart)} + {KLAGE_UKER} uker{flyttet} = {dag(dato)} (offl. § 32, jf. fvl. §§ 29 og 30)"
    return Frist("Klage", dato, stykke, "god", "Klagefristen er ute." if idag > dato else "")


def frist_for_oversendelse(svart: dt.date, klaget: dt.date) -> Frist:
    """Return whether an appeal came in time; that it then goes on without delay (fvl. §§ 29, 31, 33)."""
    frist = frist_for_klage(svart, klaget)
    i_tide = klaget <= frist.dato
    merknad = f"Klagen kom {dag(klaget)}, {'innen fristen' if i_tide else 'etter fristen (fvl. § 31)'}. "
    return Frist(
        "Siste dag for klage",
        frist.dato,
        frist.regnestykke,
        "god" if i_tide else "snart",
        f"{merknad}Gjør om avslaget, eller oversend klagen så snart saken er tilrettelagt (fvl. § 33).",
    )


def _dager(antall: int) -> str:
    return f"{antall} arbeidsdag{'' if antall == 1 else 'er'}"
