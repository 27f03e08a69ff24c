"""Who has a document, as one reader meets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from saksgang.produksjon.queries.laas import egen_utsjekking, laaser_etter_dokument
from saksgang.produksjon.rules.laas import kan_redigeres
from saksgang.sakarkiv.queries import saker

if TYPE_CHECKING:
    from saksgang.organisasjon.models import Bruker
    from saksgang.produksjon.models import Dokumentlaas
    from saksgang.sakarkiv.models import Dokument, Journalpost


@dataclass(frozen=True)
class Utlaan:
    """Who has a document, as one reader meets it."""

    laas: Dokumentlaas
    eget: bool
    kan_sjekkes_inn: bool

    @property
    def tekst(self) -> str:
        hvordan = "Åpent i Word eller LibreOffice hos" if self.laas.slag == "D" else "Sjekket ut av"
        return f"{hvordan} {'deg' if self.eget else self.laas.bruker.navn}"


def utlaan(laas: Dokumentlaas | None, leser: Bruker) -> Utlaan | None:
    """Return the lock as the reader meets it."""
    if laas is None:
        return None
    return Utlaan(laas, laas.bruker_id == leser.pk, egen_utsjekking(laas, leser))


def med_laas(jp: Journalpost, leser: Bruker) -> list[Dokument]:
    """The documents in order, each with `utlaan`: who has it, or None; and whether Word or LibreOffice writes it."""
    dokumenter = saker.dokumenter(leser, jp)
    laaser = laaser_etter_dokument(jp)
    for dokument in dokumenter:
        dokument.utlaan = utlaan(laaser.get(dokument.pk), leser)
        versjoner = dokument.alle_versjoner
        dokument.kan_redigeres = bool(versjoner) and kan_redigeres(versjoner[0].filnavn)
    return dokumenter
