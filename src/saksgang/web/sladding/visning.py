"""A redacted version as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from saksgang.kjerne import klokke
from saksgang.offentlighet.queries.sladding import gjelder_graderingen, sideformater
from saksgang.offentlighet.rules import Sladdetilstand
from saksgang.offentlighet.sladding.soek import MOENSTERNAVN, Moenster
from saksgang.tilgang.queries import hjemler_for, kan
from saksgang.tilgang.rules import Handling

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from saksgang.offentlighet.models import Sladding
    from saksgang.organisasjon.models import Bruker
    from saksgang.tilgang.models import Hjemmel

BREDDE = 1000


@dataclass(frozen=True)
class Merke:
    """One place that is marked: its page, its rectangles as parts of the page, and by what."""

    id: int
    side: int
    bokser: list[list[float]]
    hjemmel: str


@dataclass(frozen=True)
class Gruppe:
    """The places that one search gave, or those that are drawn."""

    soek_id: int | None
    navn: str
    merker: list[Merke]
    hele: bool = True


@dataclass(frozen=True)
class Sidevisning:
    """One page: its measures as whole numbers for the picture, whether it can be searched, and what is marked on it."""

    nummer: int
    bredde: int
    hoeyde: int
    har_tekst: bool
    merker: list[Merke]


def hjemler(sladding: Sladding) -> QuerySet[Hjemmel]:
    """Return the hjemler that a mark may have: those of the journalpost's code, else all."""
    return hjemler_for(sladding.dokument.journalpost.tilgangskode, klokke.idag())


def grupper(sladding: Sladding) -> list[Gruppe]:
    """Return the marks by what they came of, the drawn ones last."""
    navn = {h.pk: h.visning for h in hjemler(sladding)}
    merker: dict[int | None, list[Merke]] = {}
    for m in sorted(sladding.merker, key=lambda m: (m["side"], m["bokser"][0][1], m["bokser"][0][0])):
        merke = Merke(m["id"], m["side"] + 1, m["bokser"], navn.get(m["hjemmel"], ""))
        merker.setdefault(m["soek"], []).append(merke)
    ut = [
        Gruppe(
            s["id"], MOENSTERNAVN[Moenster(s["moenster"])] if s["moenster"] else s["ord"], merker[s["id"]], s["hele"]
        )
        for s in sladding.soek
        if s["id"] in merker
    ]
    return ut + ([Gruppe(None, "Tegnet", merker[None])] if None in merker else [])


def sider(sladding: Sladding) -> list[Sidevisning]:
    """Return the pages of the original with what is marked on each."""
    alle = [merke for gruppe in grupper(sladding) for merke in gruppe.merker]
    return [
        Sidevisning(
            nummer=nr,
            bredde=BREDDE,
            hoeyde=round(BREDDE * hoeyde / max(1.0, bredde)),
            har_tekst=har_tekst,
            merker=[m for m in alle if m.side == nr],
        )
        for nr, (bredde, hoeyde, har_tekst) in enumerate(sideformater(sladding.kilde), 1)
    ]


class Sladdeside:
    """What one reader sees of a redacted version, and may do with it."""

    def __init__(self, sladding: Sladding, leser: Bruker) -> None:
        self.sladding = sladding
        jp = sladding.dokument.journalpost
        self.kan_sladde = kan(leser, Handling.SLADDE, jp)
        self.kan_avgjoere = kan(leser, Handling.AVGJOERE_SLADDING, jp)
        self.sider = sider(sladding)
        self.grupper = grupper(sladding)

    @property
    def antall(self) -> int:
        return len(self.sladding.merker)

    @property
    def uten_tekst(self) -> list[int]:
        return [s.nummer for s in self.sider if not s.har_tekst]

    def er(self, *tilstander: Sladdetilstand) -> bool:
        return self.sladding.tilstand in tilstander

    @property
    def merkes(self) -> bool:
        """Whether this reader may mark it now."""
        return self.kan_sladde and self.er(Sladdetilstand.UTKAST)

    @property
    def lages(self) -> bool:
        return self.er(Sladdetilstand.LAGES)

    @property
    def til_godkjenning(self) -> bool:
        return self.er(Sladdetilstand.FORSLAG)

    @property
    def kan_svare(self) -> bool:
        return self.kan_avgjoere and self.til_godkjenning

    @property
    def ny_gradering(self) -> bool:
        """Whether the entry has got another grading than it was approved for."""
        return self.er(Sladdetilstand.GODKJENT) and not gjelder_graderingen(
            self.sladding, self.sladding.dokument.journalpost
        )

    @property
    def kan_trekkes(self) -> bool:
        return self.kan_avgjoere and self.er(Sladdetilstand.GODKJENT)

    @property
    def kan_endres(self) -> bool:
        return self.kan_sladde and self.er(Sladdetilstand.FEILET, Sladdetilstand.FORSLAG)

    @property
    def er_avsluttet(self) -> bool:
        """Whether nothing more comes of it."""
        return self.er(Sladdetilstand.AVVIST, Sladdetilstand.TRUKKET, Sladdetilstand.ERSTATTET)

    @property
    def kan_lage_ny(self) -> bool:
        return self.kan_sladde and (self.er_avsluttet or self.er(Sladdetilstand.GODKJENT))

    @property
    def sammenlignes(self) -> bool:
        """Whether there is a redacted file to show beside the original."""
        return self.sladding.fil_id is not None

    def kontekst(self) -> dict[str, Any]:
        jp = self.sladding.dokument.journalpost
        return {"s": self, "sladding": self.sladding, "jp": jp, "dokument": self.sladding.dokument}
