"""The tables of docs/arkitektur.md that are printed from the code. tools/skriv_tabeller.py writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from saksgang.sakarkiv.rules import (
    EGENPRODUSERTE,
    OVERGANGER_JOURNALPOST,
    OVERGANGER_SAK,
    Journalposttype,
    Journalstatus,
    Saksstatus,
)
from saksgang.tilgang.queries import hindretabell
from saksgang.tilgang.rules import ROLLER, Funksjon, Handling, Regel

FIL = Path(__file__).resolve().parent.parent / "docs" / "arkitektur.md"


def _tabell(hode: Iterable[str], rader: Iterable[Iterable[str]]) -> str:
    kolonner = list(hode)
    linjer = [kolonner, ["---"] * len(kolonner), *rader]
    return "\n".join(f"| {' | '.join(celle.replace('|', '/') for celle in linje)} |" for linje in linjer)


def hindre() -> str:
    """HINDRE: what must hold before an object may take a status."""
    return _tabell(["Objekt", "Fra", "Til", "Det som må være på plass"], hindretabell())


def roller() -> str:
    """ROLLER: each act, its name in the log, and who may do it."""
    return _tabell(
        ["Handling", "Navn i loggen", "Hvem"], [[h.label, f"`{h.value}`", _hvem(ROLLER[h])] for h in Handling]
    )


def _hvem(regel: Regel) -> str:
    hvem = [rolle.label.lower() for rolle in sorted(regel.roller)]
    if regel.funksjon is not None:
        hvem.append("leder" if regel.funksjon == Funksjon.LEDE else f"leder ({regel.funksjon.label.lower()})")
    hvem += [relasjon.label.lower() for relasjon in sorted(regel.relasjoner)]
    return ", ".join(hvem)


def overganger() -> str:
    """Every transition of every type, with the act that makes it and who may do that."""
    egne = [t for t in Journalposttype if t in EGENPRODUSERTE]
    assert all(OVERGANGER_JOURNALPOST[t] == OVERGANGER_JOURNALPOST[egne[0]] for t in egne)
    tabeller: list[tuple[str, type, Mapping]] = [
        ("Sak", Saksstatus, OVERGANGER_SAK),
        ("I", Journalstatus, OVERGANGER_JOURNALPOST[Journalposttype.INNGAAENDE]),
        (", ".join(egne), Journalstatus, OVERGANGER_JOURNALPOST[egne[0]]),
    ]

    def navn(statuser, kode) -> str:
        return f"{kode} {statuser(kode).label}" if kode else "(ny)"

    return _tabell(
        ["Objekt", "Fra", "Til", "Handling", "Hvem"],
        [
            [objekt, navn(statuser, fra), navn(statuser, til), handling.label, _hvem(ROLLER[handling])]
            for objekt, statuser, tabell in tabeller
            for (fra, til), handling in tabell.items()
        ],
    )


TABELLER = {"overganger": overganger, "hindre": hindre, "roller": roller}


def _merket(navn: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- {navn} -->\n)(.*?)(<!-- /{navn} -->)", flags=re.DOTALL)


def les(navn: str) -> str:
    """Return the table as it stands in the document."""
    treff = _merket(navn).search(FIL.read_text(encoding="utf-8"))
    assert treff, f"docs/arkitektur.md lacks the markers of «{navn}»"
    return treff[2].removesuffix("\n")


def skriv() -> None:
    """Write every table into the document."""
    tekst = FIL.read_text(encoding="utf-8")
    for navn, lag in TABELLER.items():
        tabell = lag()
        tekst = _merket(navn).sub(lambda treff, tabell=tabell: f"{treff[1]}{tabell}\n{treff[3]}", tekst)
    FIL.write_text(tekst, encoding="utf-8")
