"""Acts as the page shows them: the primary one, buttons, lines of Meny, steps of the checklist."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Punkt:
    """One act as a button or a line of Meny."""

    tekst: str
    url: str
    ikon: str
    under: str = ""
    tast: str = ""
    post: bool = False
    helside: bool = False

    @property
    def maal(self) -> str:
        return "#varsler" if self.post else "#dialog"


@dataclass(frozen=True)
class Kontrollpunkt:
    """One step of the control checklist; links to its field."""

    navn: str
    anker: str
    ok: bool
    tillegg: str = ""


@dataclass
class Handlinger:
    """The one primary act, and Meny in groups."""

    primaer: Punkt | None = None
    sekundaere: list[Punkt] = field(default_factory=list)
    grupper: list[tuple[str, list[Punkt]]] = field(default_factory=list)
