"""How dates and codes are written. Pure functions; the caller gives the day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from saksgang.sakarkiv.rules import ROED_TERSKEL, Fristnivaa, fristnivaa

DTYPER = {
    "I": "Inngående",
    "U": "Utgående",
    "N": "Notat med oppfølging",
    "X": "Notat",
    "S": "Sakspapir",
}


@dataclass(frozen=True)
class Frist:
    """A deadline as it is shown: level, words, and the words in two parts so that narrow lists can hide the first."""

    nivaa: str
    lang: str
    kort: str
    ikon: str

    @property
    def tekst(self) -> str:
        return self.lang + self.kort


def frist(dato: dt.date, idag: dt.date, terskel: int = ROED_TERSKEL) -> Frist:
    """Return how the deadline is shown on the given day; red when it is past or fewer than terskel days away."""
    dager = (dato - idag).days
    if fristnivaa(dato, idag, terskel) == Fristnivaa.GOD:
        return Frist("god", "", dag_og_maaned(dato) if dato.year == idag.year else dag(dato), "")
    if dager < -1:
        return Frist("forfalt", "", f"Forfalt {-dager} dager", "ExclamationmarkTriangle")
    if dager == -1:
        return Frist("forfalt", "", "Forfalt i går", "ExclamationmarkTriangle")
    if dager == 0:
        return Frist("snart", "Forfaller ", "i dag", "Clock")
    return Frist("snart", "Forfaller ", f"om {dager} dag{'' if dager == 1 else 'er'}", "Clock")


def dag(dato: dt.date) -> str:
    """Return dd.mm.yyyy."""
    return f"{dato:%d.%m.%Y}"


def dag_og_maaned(dato: dt.date) -> str:
    """Return dd.mm, for the current year."""
    return f"{dato:%d.%m}"


def initialer(navn: str) -> str:
    """Return the first letters of first and last name."""
    deler = navn.split()
    return (deler[0][:1] + (deler[-1][:1] if len(deler) > 1 else "")).upper() if deler else ""


def svarmerke(dato: dt.date | None, svar: tuple[str, ...]) -> str:
    """«Under besvarelse (2026/101-6)», or with a date «Foreløpig svar sendt 02.03.2026 (2026/101-6)»."""
    hvilke = f" ({', '.join(svar)})" if svar else ""
    return f"Foreløpig svar sendt {dag(dato)}{hvilke}" if dato else f"Under besvarelse{hvilke}"
