"""One case under way in the demo."""

from __future__ import annotations

from dataclasses import dataclass, field

from saksgang.sakarkiv.commands.journalpost import Part
from saksgang.sakarkiv.models import Sak

from .temaer import Brev, Tema


@dataclass
class Forloep:
    """One case under way."""

    tema: Tema
    ansvarlig: str
    verdier: dict[str, str]
    part: Part | None
    lukkes: bool
    brev: list[Brev]
    sak: Sak | None = None
    siste_avsender: Part | None = None
    venter: list[int] = field(default_factory=list)
    """Incoming journalposter that await an answer."""

    @property
    def aapen_sak(self) -> Sak:
        assert self.sak is not None  # noqa: S101 - the case comes before its letters
        return self.sak

    def tekst(self, moenster: str) -> str:
        return moenster.format_map(self.verdier)
