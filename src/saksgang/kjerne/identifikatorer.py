"""Numbers that identify people, organisations and properties."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from stdnum.no import fodselsnummer, orgnr

from . import klokke

MASKE = "*****"
VEKTER_K1 = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
# From this date the tax authority also assigns numbers whose first check sum leaves 1, 2 or 3, and the individual
# number no longer tells the century.
NY_ORDNING = dt.date(2032, 1, 1)
# A space, a full stop, or one of the signs that look like a hyphen.
SKILLETEGN = r"[ \u00a0\u202f.\u2010-\u2015\u2212-]"
ELLEVE_SIFRE = re.compile(rf"(?<![0-9])[0-9]{{6}}{SKILLETEGN}{{0,3}}[0-9]{{5}}(?![0-9])")
SKILLE = re.compile(SKILLETEGN)


@dataclass(frozen=True, slots=True)
class Foedselsnummertreff:
    """Where in a text a fødselsnummer stands."""

    start: int
    slutt: int
    nummer: str


def orgnr_gyldig(nummer: str) -> bool:
    """Whether this is an organisation number: nine digits, the last a check digit. Spaces between are allowed."""
    return bool(orgnr.is_valid(nummer))


def fnr_gyldig(nummer: str, *, paa: dt.date | None = None, tenor: bool = False) -> bool:
    """Whether this is a fødselsnummer, D-number (day + 40) or H-number (month + 40), as of the date `paa` (today).

    `tenor` also accepts the synthetic numbers of Skatteetaten's test data (month + 80).
    """
    sifre = SKILLE.sub("", nummer)
    if not re.fullmatch(r"[0-9]{11}", sifre):
        return False
    paa = paa or klokke.idag()
    rest = sum(vekt * int(siffer) for vekt, siffer in zip(VEKTER_K1, sifre, strict=False)) % 11
    if rest > (3 if paa >= NY_ORDNING else 0) or fodselsnummer.calc_check_digit2(sifre) != sifre[10]:
        return False
    return any(dato <= paa for dato in _foedselsdatoer(sifre, ny=paa >= NY_ORDNING, tenor=tenor))


def _foedselsdatoer(sifre: str, *, ny: bool, tenor: bool) -> list[dt.date]:
    dag, maaned, aar, individ = int(sifre[:2]), int(sifre[2:4]), int(sifre[4:6]), int(sifre[6:9])
    if tenor and maaned > 80:
        maaned -= 80
    elif maaned > 40:
        maaned -= 40
    if dag > 40:
        dag -= 40
    aarhundrer = set()
    if individ < 500 or (individ >= 900 and aar >= 40):
        aarhundrer.add(1900)
    if 500 <= individ < 750 and aar >= 54:
        aarhundrer.add(1800)
    if individ >= 500 and aar < 40:
        aarhundrer.add(2000)
    if ny:
        aarhundrer |= {1900, 2000}
    datoer = []
    for aarhundre in aarhundrer:
        try:
            datoer.append(dt.date(aarhundre + aar, maaned, dag))
        except ValueError:
            continue
    return datoer


def finn_foedselsnumre(tekst: str, *, paa: dt.date | None = None, tenor: bool = True) -> list[Foedselsnummertreff]:
    """Return every valid number in a text, also when spaces, a hyphen or a full stop follow the date of birth."""
    return [
        Foedselsnummertreff(treff.start(), treff.end(), SKILLE.sub("", treff.group()))
        for treff in ELLEVE_SIFRE.finditer(tekst)
        if fnr_gyldig(treff.group(), paa=paa, tenor=tenor)
    ]


def masker_foedselsnumre(tekst: str, *, paa: dt.date | None = None, tenor: bool = True) -> str:
    """Return the text with «*****» in place of every valid fødselsnummer (offl. § 26 femte ledd)."""
    for treff in reversed(finn_foedselsnumre(tekst, paa=paa, tenor=tenor)):
        tekst = tekst[: treff.start] + MASKE + tekst[treff.slutt :]
    return tekst


def masker_fnr_for_liste(nummer: str) -> str:
    """Return what a list may show of a fødselsnummer: the date of birth (krav R-7.1.8). Anything else is hidden."""
    sifre = SKILLE.sub("", nummer)
    return f"{sifre[:6]} {MASKE}" if re.fullmatch(r"[0-9]{11}", sifre) else MASKE


@dataclass(frozen=True, slots=True, order=True)
class Matrikkelnummer:
    """A property: gårdsnummer, bruksnummer, and where they exist festenummer and seksjonsnummer (0 = none)."""

    gaardsnummer: int
    bruksnummer: int
    festenummer: int = 0
    seksjonsnummer: int = 0
    kommunenummer: str = ""

    def __str__(self) -> str:
        deler = [self.gaardsnummer, self.bruksnummer, self.festenummer, self.seksjonsnummer]
        while len(deler) > 2 and deler[-1] == 0:
            deler.pop()
        nummer = "/".join(map(str, deler))
        return f"{self.kommunenummer}-{nummer}" if self.kommunenummer else nummer


MATRIKKEL = re.compile(
    r"(?:(?P<knr>[0-9]{4})\s*-\s*)?(?P<gnr>[0-9]{1,5})\s*/\s*(?P<bnr>[0-9]{1,5})"
    r"(?:\s*/\s*(?P<fnr>[0-9]{1,5})(?:\s*/\s*(?P<snr>[0-9]{1,5}))?)?"
)
MATRIKKEL_I_ORD = re.compile(
    r"(?:(?P<knr>[0-9]{4})\s*[-,]?\s*)?gnr\.?\s*(?P<gnr>[0-9]{1,5})[\s,]*bnr\.?\s*(?P<bnr>[0-9]{1,5})"
    r"(?:[\s,]*fnr\.?\s*(?P<fnr>[0-9]{1,5}))?(?:[\s,]*snr\.?\s*(?P<snr>[0-9]{1,5}))?",
    re.IGNORECASE,
)


def les_matrikkel(tekst: str) -> Matrikkelnummer | None:
    """Read «12/34», «4601-12/34/0/5» or «gnr. 12 bnr. 34 fnr. 1 snr. 2»; None when the whole text is not that."""
    rent = re.sub(r"^gnr\.?\s*/\s*bnr\.?\s*", "", tekst.strip(), flags=re.IGNORECASE)
    treff = MATRIKKEL.fullmatch(rent) or MATRIKKEL_I_ORD.fullmatch(rent)
    if treff is None or int(treff["gnr"]) == 0:
        return None
    return Matrikkelnummer(
        int(treff["gnr"]), int(treff["bnr"]), int(treff["fnr"] or 0), int(treff["snr"] or 0), treff["knr"] or ""
    )
