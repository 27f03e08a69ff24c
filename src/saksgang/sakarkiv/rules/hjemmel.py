"""What a hjemmel may be used for, beyond the code that it belongs to (offl. §§ 14, 16, 23–26). Pure functions."""

from __future__ import annotations

import re
from collections.abc import Collection

from .journalpost import Journalposttype

_INTERN = ("14", "15-")
_KONTROLLORGAN = re.compile(r"(?i)kontrollutval|klagenemnd|\b(?:kommune|fylkes)?revisjon(?:en|a)?\b")
_EKSTERNE = (Journalposttype.INNGAAENDE, Journalposttype.UTGAAENDE)


def hjemmelstopp(
    noekkel: str, journalposttype: str, *, enkeltvedtak: bool = False, parter: Collection[str] = ()
) -> str:
    """Return why this hjemmel cannot be used on such a document, with the paragraph; empty when it can.

    parter: the names of those it is from or to.
    """
    if not noekkel.startswith(_INTERN):
        return ""
    if journalposttype == Journalposttype.SAKSPAPIR:
        return (
            "Offl. §§ 14 og 15 kan ikke brukes på saksframlegg og andre sakspapirer til et folkevalgt organ "
            "(offl. § 16 første ledd). Velg en annen hjemmel, eller la dokumentet være offentlig."
        )
    if kontroll := next((part for part in parter if _KONTROLLORGAN.search(part)), ""):
        return (
            "Offl. §§ 14 og 15 kan ikke brukes på dokumenter fra eller til kontrollutvalg, revisjon og klagenemnd "
            f"(offl. § 16 første ledd bokstav c), som «{kontroll}». Velg en annen hjemmel, eller la dokumentet være "
            "offentlig."
        )
    if enkeltvedtak and noekkel.startswith("14"):
        return (
            "Offl. § 14 kan ikke brukes på den endelige avgjørelsen i en sak (§ 14 andre ledd). Velg en annen hjemmel."
        )
    return ""


def hjemmelraad(
    noekkel: str, journalposttype: str, tittel: str, parter: Collection[str] = (), *, hendelse: str = ""
) -> list[str]:
    """Return what to think of before this hjemmel is used; nothing of it stops. hendelse: what it ends with."""
    raad = []
    if noekkel.startswith("13"):
        raad.append("Taushetsplikt: opplysningene skal unntas, men resten av dokumentet skal gis (offl. § 12).")
    if noekkel.startswith(_INTERN) and journalposttype in _EKSTERNE:
        raad.append("Offl. §§ 14 og 15 gjelder dokumenter til intern bruk. Dette er et brev til eller fra andre.")
    if noekkel == "14" and any(part.upper().endswith((" KF", " FKF")) for part in parter):
        raad.append("Kommunale foretak regnes som regel ikke som samme organ (offl. § 16 andre og tredje ledd).")
    if noekkel == "25-1" and "søkerliste" in tittel.casefold():
        raad.append("Søkerlister er offentlige (offl. § 25 andre ledd). Bare den som har bedt om det, kan utelates.")
    if hendelse:
        raad.append(f"Unntaket gjelder til {hendelse}. Vurder da graderingen på nytt.")
    if noekkel == "21":
        raad.append("Sikkerhetsgraderte dokumenter hører ikke hjemme her, bare en journalføring uten innhold.")
    return raad
