"""What one reader may know and do about the approval of a journalpost."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from saksgang.flyt.queries import kan_svare
from saksgang.sakarkiv.rules import EGENPRODUSERTE, Journalstatus
from saksgang.tilgang.rules import Handling
from saksgang.web.adresser import godkjenning_url
from saksgang.web.godkjenning.visning import Runde, runder_paa

from .punkter import Punkt

if TYPE_CHECKING:
    from saksgang.flyt.models import Godkjenning
    from saksgang.organisasjon.models import Bruker
    from saksgang.sakarkiv.models import Journalpost

H = Handling
SVAR_PAA_GODKJENNING = "Svar på godkjenning"


class Godkjenningsoversikt:
    """The part of the overview that is about approval."""

    if TYPE_CHECKING:
        jp: Journalpost
        leser: Bruker
        tillatt: frozenset[Handling]

        def _url(self, navn: str, *args: Any) -> str: ...

    @cached_property
    def runder(self) -> list[Runde]:
        """Every round, the newest first. Nothing is asked of what was never sent."""
        return runder_paa(self.leser, self.jp) if self.jp.forelagt_ider else []

    @cached_property
    def runde(self) -> Godkjenning | None:
        """The newest round that was not taken back."""
        return next((r.runde for r in self.runder if not r.trukket), None)

    @cached_property
    def skal_svare(self) -> bool:
        return self.jp.hos_godkjenner_id is not None and self.runde is not None and kan_svare(self.runde, self.leser)

    def _godkjenning(self) -> list[Punkt]:
        """«Send til godkjenning» in R (krav C.12); while it lies with somebody, to answer or to take it back."""
        if self.jp.hos_godkjenner_id is None:
            kan = H.SENDE_TIL_GODKJENNING in self.tillatt and self.jp.journalposttype in EGENPRODUSERTE
            if not kan or self.jp.status != Journalstatus.RESERVERT:
                return []
            return [Punkt("Send til godkjenning", self._url("godkjenning"), "SealCheckmark")]
        punkter = []
        if self.skal_svare and self.runde is not None:
            punkter.append(Punkt(SVAR_PAA_GODKJENNING, godkjenning_url(self.runde), "SealCheckmark", helside=True))
        if H.TREKKE_GODKJENNING in self.tillatt:
            punkter.append(Punkt("Trekk tilbake fra godkjenning", self._url("tilbaketrekking"), "ArrowUndo", post=True))
        return punkter
