"""What is looked for in a file before it is on the net, what it means, and who may let it pass (krav C.11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from saksgang.tilgang.rules import Handling


@dataclass(frozen=True)
class Regel:
    """One rule: what it is called, what is said of a finding, what can be done, and who may let it pass."""

    kode: str
    navn: str
    raad: str
    godtas: Handling | None


_SLADD = "Lag en sladdet versjon, eller gradér journalposten."

REGLER: dict[str, Regel] = {
    r.kode: r
    for r in (
        Regel("foedselsnummer", "fødselsnummer", _SLADD, None),
        Regel(
            "kontonummer",
            "kontonummer",
            "Er det kommunens eget eller et firmas, kan det godtas. Ellers: lag en sladdet versjon.",
            Handling.GODTA_FUNN,
        ),
        Regel("skjermet_ord", "navn eller ord som er skjermet på postlista", _SLADD, Handling.AVGJOERE_SKJERMING),
        Regel(
            "skjult_tekst",
            "tekst som ikke synes",
            "Noe kan være dekket til i stedet for tatt bort. Lag en sladdet versjon, eller last opp en ny versjon.",
            Handling.GODTA_SKJULT,
        ),
        Regel(
            "kommentar",
            "merknader i margen",
            "Last opp en ny versjon uten merknader, eller lag en sladdet versjon.",
            Handling.GODTA_SKJULT,
        ),
        Regel(
            "bilde",
            "bilder av tekst som ikke kan leses maskinelt",
            "Se gjennom dem. Er det ikke fødselsnumre eller annet der som ikke kan ligge på nettet, kan det godtas. "
            "Ellers: lag en sladdet versjon.",
            Handling.GODTA_FUNN,
        ),
        Regel(
            "vedlagt_fil",
            "en fil inni fila",
            "Last opp en ny versjon uten, og legg fila ved som eget vedlegg.",
            None,
        ),
        Regel(
            "skjema",
            "et dynamisk skjema",
            "Skriv skjemaet ut til PDF, og last det opp som ny versjon.",
            None,
        ),
        Regel(
            "uleselig",
            "innhold som ikke lar seg kontrollere",
            "Last opp en hel fil uten passord som ny versjon, eller lag en sladdet versjon.",
            None,
        ),
    )
}
"""What else tells of people and machines (author, EXIF, XMP, scripts, form fields) is washed out of a copy."""


def funntekst(koder: Iterable[str]) -> str:
    """Return findings as people read them: «fødselsnummer og merknader i margen»."""
    navn = [REGLER[kode].navn for kode in koder]
    return " og ".join([", ".join(navn[:-1]), navn[-1]] if len(navn) > 1 else navn)
