"""What one reader may do with the documents of a journalpost, and where they have gone."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any

from saksgang.offentlighet.queries import aapne_stopp, publiseringer
from saksgang.produksjon.queries.ekspedering import ekspederinger
from saksgang.sakarkiv.rules import EGENPRODUSERTE, Journalposttype, Journalstatus
from saksgang.tilgang.rules import Handling

from .publisering import Stoppet, stoppede

if TYPE_CHECKING:
    from saksgang.organisasjon.models import Bruker
    from saksgang.sakarkiv.models import Dokument, Journalpost

H = Handling


class Dokumentoversikt:
    """The part of the overview that is about documents."""

    if TYPE_CHECKING:
        jp: Journalpost
        leser: Bruker
        tillatt: frozenset[Handling]
        felter: frozenset[str]
        aapen: bool
        vist_dokument: Dokument | None

    @cached_property
    def ekspederinger(self) -> list[Any]:
        """Where a letter has gone and is going."""
        if self.jp.journalposttype != Journalposttype.UTGAAENDE:
            return []
        return list(ekspederinger(self.jp))

    @cached_property
    def stoppede(self) -> list[Stoppet]:
        """The documents that are held back from the net, for those who may handle what was found in them."""
        if H.GODTA_FUNN not in self.tillatt or not aapne_stopp([self.jp]).exists():
            return []
        return stoppede(self.leser, self.jp, publiseringer(self.jp))

    @property
    def utsendinger(self) -> list[Any]:
        """The dispatches to more than one, newest first."""
        antall = Counter(e.utsending for e in self.ekspederinger)
        return sorted((u for u, n in antall.items() if n > 1), key=lambda u: -u.pk)

    @property
    def ekspedert_antall(self) -> int:
        return sum(e.ekspedert_dato is not None for e in self.ekspederinger)

    @property
    def ekspedert_paa(self) -> list[str]:
        """The ways by which it has gone, by name."""
        return sorted({e.kode.navn for e in self.ekspederinger if e.ekspedert_dato is not None})

    @property
    def kan_ekspedere(self) -> bool:
        return self.aapen and H.EKSPEDERE in self.tillatt

    @property
    def kan_lage_arkivkopi(self) -> bool:
        return self.aapen and H.BESTILLE_ARKIVKOPI in self.tillatt

    @property
    def kan_beholde_original(self) -> bool:
        return self.aapen and H.BEHOLDE_ORIGINAL in self.tillatt

    @cached_property
    def kan_legge_ved(self) -> bool:
        return self.aapen and "dokumenter" in self.felter and H.LEGGE_VED in self.tillatt

    @cached_property
    def kan_sjekke_ut(self) -> bool:
        """Whether the documents may be taken out to be written in: in R, by those whose they are now."""
        return self.kan_legge_ved and H.SJEKKE_UT in self.tillatt and self.jp.status == Journalstatus.RESERVERT

    @property
    def kan_sladde(self) -> bool:
        """Whether the document that is shown can be redacted: finished, and its own; also in a closed case."""
        dokument, ferdig = self.vist_dokument, self.jp.status not in (Journalstatus.RESERVERT, Journalstatus.UTGAAR)
        eget = dokument is not None and dokument.lenket_fra_id is None and dokument.kilde not in ("S", "P")
        return ferdig and eget and H.SLADDE in self.tillatt

    @property
    def kan_bryte_utsjekking(self) -> bool:
        return self.aapen and H.BRYTE_UTSJEKKING in self.tillatt

    @cached_property
    def kan_skrive_tekst(self) -> bool:
        """An own document in R is written in the page, or made from a template there."""
        reservert = self.jp.status == Journalstatus.RESERVERT and self.jp.journalposttype in EGENPRODUSERTE
        return self.aapen and reservert and "dokumenter" in self.felter and H.SKRIVE_TEKST in self.tillatt
