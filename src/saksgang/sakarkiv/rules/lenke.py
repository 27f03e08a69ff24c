"""When a document may be an attachment of another journalpost without a copy, and why not (krav R-10.2.2.4a, C.0)."""

from __future__ import annotations

from dataclasses import dataclass

from .journalpost import Journalstatus

UFERDIG = frozenset({Journalstatus.RESERVERT, Journalstatus.MIDLERTIDIG})
SKJERMET_VEDLEGG = "Skjermet vedlegg"
"""What a linked document is called where its own journalpost is closed to the reader."""


@dataclass(frozen=True)
class Lenkeside:
    """One end of a link: the journalpost's name, status and grading. enheter: its unit and those above it."""

    navn: str
    status: str
    kode: str = ""
    kodenavn: str = ""
    gruppe_id: int | None = None
    enheter: frozenset[int] = frozenset()
    enhet_id: int | None = None
    avventer: bool = False


def hvorfor_ikke_lenkes(fra: Lenkeside, til: Lenkeside) -> str:
    """Return why a document of fra may not be an attachment of til, and what to do; empty where it may.

    Everyone who may read til reads its attachments, so til is graded as fra is: same code and group, in the same unit
    or one above it, whose authorised people are among those of fra.
    """
    if fra.status in UFERDIG:
        return f"{fra.navn} er ikke ferdig. Vent til den er det, eller last opp filen."
    if fra.status == Journalstatus.UTGAAR:
        return f"{fra.navn} er utgått. Lenk fra journalposten som erstatter den, eller last opp filen."
    if fra.avventer:
        return f"Gradering av {fra.navn} er ikke besluttet. Vent til lederen har avgjort den."
    if not fra.kode:
        return ""
    if til.kode != fra.kode:
        return (
            f"{fra.navn} har tilgangskode {fra.kodenavn}, og alle som får lese {til.navn}, "
            f"ville fått lese vedlegget. Gi {til.navn} samme tilgangskode med «Gradering» i Meny, og lenk igjen."
        )
    if fra.gruppe_id is not None and til.gruppe_id != fra.gruppe_id:
        return (
            f"{fra.navn} er bare for en tilgangsgruppe. "
            f"Gi {til.navn} samme gruppe med «Gradering» i Meny, og lenk igjen."
        )
    if til.enhet_id not in fra.enheter:
        return (
            f"{fra.navn} har tilgangskode {fra.kodenavn} i en annen enhet enn {til.navn}, "
            "og andre ville fått lese den. Be enheten sende dokumentet til dem som skal ha det."
        )
    return ""
