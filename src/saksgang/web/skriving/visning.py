"""What the writing page shows: the letter that is answered, the text with its frame, and what will be written off."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist
from saksgang.produksjon.queries.dokumenttekst import UtenTekst, les_avsnitt
from saksgang.produksjon.queries.skriving import Skriveflate, skriveflate
from saksgang.sakarkiv.commands.dokument import krev_ulaast
from saksgang.sakarkiv.commands.lesing import noter_lesing
from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.rules import AVSKRIVBARE, Svarmaate, avskrivningskode
from saksgang.tilgang.rules import Handling
from saksgang.web.dokument.visning import Visning, vis_dokumenter
from saksgang.web.journalpost.felles import url_for
from saksgang.web.journalpost.godkjenningsoversikt import SVAR_PAA_GODKJENNING
from saksgang.web.journalpost.oversikt import Oversikt

if TYPE_CHECKING:
    import datetime as dt

    from saksgang.organisasjon.models import Bruker
    from saksgang.produksjon.queries.dokumenttekst import Avsnitt
    from saksgang.sakarkiv.models import Journalpost, Svarlenke
    from saksgang.sakarkiv.queries.svar import Besvarbar
    from saksgang.web.journalpost.punkter import Punkt

SVARKODER = {"BU": "BU besvart med utgående", "BE": "BE besvart med e-post", "NN": "NN besvart med notat"}
KNAPPER = ("Send til godkjenning", "Ferdigstill", "Ferdigstill og ekspeder")
"""What ends the writing, the primary one last."""


@dataclass(frozen=True)
class Besvart:
    """One letter or note that the document answers, and what happens to it when the document is finished."""

    lenke: Svarlenke
    ekspederingskoder: list[list[str]]

    @property
    def jp(self) -> Journalpost:
        return self.lenke.besvart

    @property
    def url(self) -> str:
        return url_for(self.jp)

    @property
    def frist(self) -> dt.date | None:
        """The deadline of the part that is answered, while it is open."""
        rad = self.lenke.mottaker
        if rad is None or rad.avskrivning_id is not None or self.jp.journalposttype not in AVSKRIVBARE:
            return None
        return rad.forfallsdato or self.jp.forfallsdato

    @property
    def foreloepig(self) -> bool:
        return self.lenke.maate == Svarmaate.FORELOEPIG

    @property
    def foelge(self) -> str:
        """What is said before it happens."""
        rad, maate = self.lenke.mottaker, self.lenke.maate
        if rad is not None and rad.avskrivning is not None:
            return f"er allerede avskrevet ({rad.avskrivning.maate.kode})"
        if maate == Svarmaate.FORELOEPIG:
            return "blir i Restanse, merket «Foreløpig svar sendt»"
        if maate == Svarmaate.UTEN:
            return "blir i Restanse"
        if self.jp.journalposttype not in AVSKRIVBARE:
            return "går ut av Innboks"
        return f"avskrives ({SVARKODER[avskrivningskode(maate, self.ekspederingskoder)]})"


@dataclass(frozen=True)
class Brev:
    """The letter beside the answer, as it is shown."""

    besvart: Besvart
    v: Visning
    avsnitt: list[Avsnitt]


class Skriving:
    """A document as one writer meets it."""

    def __init__(self, jp: Journalpost, leser: Bruker, *, dok: str = "", brev: str = "") -> None:
        self.jp, self.leser, self._dok, self._brev = jp, leser, dok, brev

    @cached_property
    def o(self) -> Oversikt:
        return Oversikt(self.jp, self.leser)

    @cached_property
    def flate(self) -> Skriveflate:
        return skriveflate(self.jp, self._dok)

    @property
    def url(self) -> str:
        her = reverse("journalpost-skriving", args=[self.jp.pk])
        return f"{her}?dok={self._dok}" if self._dok else her

    @cached_property
    def laast(self) -> str:
        """Why the text is not the reader's to write now; empty when it is."""
        if self.jp.hos_godkjenner_id is not None and "dokumenter" not in self.o.felter:
            return f"Dokumentet er til godkjenning hos {self.jp.godkjenner}. Teksten er låst for deg til du får svar."
        if "dokumenter" not in self.o.felter:
            return "Teksten er låst for deg."
        if self.flate.dokument is not None:
            try:
                krev_ulaast(self.flate.dokument, av=self.leser)
            except Avvist as feil:
                return str(feil)
        return ""

    @property
    def kan_skrive(self) -> bool:
        return not self.laast and self.flate.tekst is not None and not self.flate.i_fil

    @property
    def kan_endre_fakta(self) -> bool:
        return "parter" in self.o.felter and Handling.REDIGERE_JOURNALPOST in self.o.tillatt

    @property
    def kan_loeses(self) -> bool:
        return self.o.kan_loeses and not self.laast

    @property
    def mulige_besvarte(self) -> list[Besvarbar]:
        """Further letters that this may answer; adding one may add its sender, so not while the facts are locked."""
        return self.o.mulige_besvarte if self.kan_endre_fakta else []

    @property
    def brodtekst(self) -> SafeString:
        """The text as it stands: the store keeps it in the one form that the sanitiser lets through."""
        return mark_safe(self.flate.tekst.brodtekst if self.flate.tekst else "")  # noqa: S308 - sanitised when stored

    @cached_property
    def besvarte(self) -> list[Besvart]:
        koder = [part.ekspederingskoder or self.jp.ekspederingskoder for part in self.o.eksterne_mottakere]
        return [Besvart(lenke, koder) for lenke in self.o.besvarer]

    @cached_property
    def brev(self) -> Brev | None:
        """The letter beside the text; opening a graded one is logged as everywhere."""
        valgt = next((b for b in self.besvarte if str(b.jp.pk) == self._brev), None) or next(iter(self.besvarte), None)
        if valgt is None:
            return None
        jp = saker.hent_journalpost_id(self.leser, valgt.jp.pk)
        noter_lesing(jp, av=self.leser)
        v = vis_dokumenter(self.leser, jp)
        return Brev(valgt, v, _avsnitt(v))

    @cached_property
    def avslutninger(self) -> list[Punkt]:
        """The acts that end the writing, of those that are the reader's now; the primary one last."""
        punkter = {p.tekst: p for _, gruppe in self.o.handlinger.grupper for p in gruppe}
        knapper = KNAPPER if self.jp.hos_godkjenner_id is None else (SVAR_PAA_GODKJENNING,)
        return [punkter[navn] for navn in knapper if navn in punkter]

    def kontekst(self) -> dict[str, Any]:
        """Return what the templates read."""
        return {"s": self, "jp": self.jp, "o": self.o, "flate": self.flate, "idag": klokke.idag()}


def _avsnitt(v: Visning) -> list[Avsnitt]:
    """Return the words of an office file, which the browser cannot show."""
    if v.versjon is None or v.maate != "fakta":
        return []
    try:
        return les_avsnitt(v.versjon.fil)
    except UtenTekst:
        return []
