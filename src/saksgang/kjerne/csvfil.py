"""Reading the CSV files that people bring: semicolon, comma or tab, with or without BOM, UTF-8 or Windows' own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .errors import UgyldigInndata

SKILLETEGN = (";", "\t", ",")
FORMLER = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula."""


@dataclass(frozen=True)
class Linjefeil:
    """A line that was not taken in: its number in the file, what is wrong and how to mend it."""

    linje: int
    tekst: str


@dataclass
class Importrapport:
    """What an import did, or would do in a dry run. Nothing of a line with an error is stored."""

    proeve: bool = False
    opprettet: list[str] = field(default_factory=list)
    oppdatert: list[str] = field(default_factory=list)
    uendret: list[str] = field(default_factory=list)
    feil: list[Linjefeil] = field(default_factory=list)

    def avvis(self, linje: int, tekst: str) -> None:
        self.feil.append(Linjefeil(linje, tekst))


@dataclass(frozen=True)
class Rad:
    """One line: its number in the file, and the value of every known column (empty where the file has none)."""

    linje: int
    verdier: dict[str, str]

    def __getitem__(self, kolonne: str) -> str:
        return self.verdier[kolonne]


def les_csv(fil: bytes | str, *, paakrevd: Sequence[str], valgfri: Sequence[str] = ()) -> list[Rad]:
    """Return the lines of a CSV file with a heading. Empty lines are passed over.

    Refused as a whole when it is not text, has no heading, or lacks a column that must be there.
    """
    tekst = dekod(fil)
    overskrift = next((linje for linje in tekst.splitlines() if linje.strip()), "")
    skilletegn = max(SKILLETEGN, key=overskrift.count)
    leser = csv.reader(io.StringIO(tekst, newline=""), delimiter=skilletegn)
    rader: list[Rad] = []
    kolonner: list[str] | None = None
    try:
        for felter in leser:
            if not any(felt.strip() for felt in felter):
                continue
            if kolonner is None:
                kolonner = [felt.strip().lower() for felt in felter]
                _krev_kolonner(kolonner, paakrevd)
                continue
            gitt = dict(zip(kolonner, (felt.strip() for felt in felter), strict=False))
            rader.append(Rad(leser.line_num, {kolonne: gitt.get(kolonne, "") for kolonne in (*paakrevd, *valgfri)}))
    except csv.Error as feil:
        raise UgyldigInndata({"fil": f"Linje {leser.line_num} kan ikke leses som CSV: {feil}."}) from feil
    if kolonner is None:
        raise UgyldigInndata({"fil": "Fila er tom. Første linje skal være kolonnenavnene."})
    return rader


def _krev_kolonner(kolonner: list[str], paakrevd: Sequence[str]) -> None:
    if mangler := [kolonne for kolonne in paakrevd if kolonne not in kolonner]:
        raise UgyldigInndata(
            {"fil": f"Fila mangler {', '.join(mangler)} i første linje. Den skal være {';'.join(paakrevd)}."}
        )


def dekod(fil: bytes | str) -> str:
    """Return the text of a file, UTF-8 or Windows' own, without BOM. Refused for what is not text."""
    if isinstance(fil, str):
        tekst = fil.removeprefix("\ufeff")
    else:
        try:
            tekst = fil.decode("utf-8-sig")
        except UnicodeDecodeError:
            tekst = fil.decode("cp1252", errors="replace")
    if "\0" in tekst:
        raise UgyldigInndata({"fil": "Dette er ikke en CSV-fil. Lagre regnearket som CSV og prøv igjen."})
    return tekst


def trygg_celle(tekst: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{tekst}" if tekst.startswith(FORMLER) else tekst


def csvlinje(celler: Iterable[object]) -> bytes:
    """Return one line of a CSV file for a spreadsheet: semicolon, CRLF, UTF-8."""
    ut = io.StringIO(newline="")
    csv.writer(ut, delimiter=";", lineterminator="\r\n").writerow(celler)
    return ut.getvalue().encode()
