"""What one reader may know and do about the answers to a journalpost, and about what it answers."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from saksgang.sakarkiv.queries import svar as besvarelser
from saksgang.sakarkiv.rules import AVSKRIVBARE, EGENPRODUSERTE, SVARMAATER, Journalstatus, Svarmaate
from saksgang.tilgang.rules import Handling
from saksgang.ui import visning

from .punkter import Punkt

if TYPE_CHECKING:
    from saksgang.organisasjon.models import Bruker
    from saksgang.sakarkiv.models import InternMottaker, Journalpost, Svarlenke
    from saksgang.sakarkiv.queries.svar import Besvarbar

H = Handling
FORTSETT = "Fortsett på svaret"
SVARSLAG = {
    Svarmaate.ENDELIG: "endelig",
    Svarmaate.FORELOEPIG: "foreloepig",
    Svarmaate.UTEN: "uten",
    Svarmaate.NOTAT: "notat",
}
"""The last part of the address of each way to answer."""
SVARPUNKTER = {
    Svarmaate.ENDELIG: ("ArrowUndo", "Avskrives når svaret er ferdig", "b"),
    Svarmaate.FORELOEPIG: ("Clock", "Blir i Restanse, merket med dato", "f"),
    Svarmaate.UTEN: ("ArrowForward", "Blir i Restanse", ""),
    Svarmaate.NOTAT: ("ArrowUndo", "Avskrives når svaret er ferdig", "b"),
}


class Svaroversikt:
    """The part of the overview that is about answers."""

    if TYPE_CHECKING:
        jp: Journalpost
        leser: Bruker
        mottakere: list[InternMottaker]
        tillatt: frozenset[Handling]
        aapen: bool

        def _url(self, navn: str, *args: Any) -> str: ...

    @cached_property
    def besvarbare(self) -> list[InternMottaker]:
        """The parts that the reader may answer."""
        return besvarelser.besvarbare_rader(self.leser, self.jp, self.mottakere, self.tillatt)

    @cached_property
    def svarmaater(self) -> list[Svarmaate]:
        return besvarelser.valgbare_svarmaater(self.jp, self.besvarbare)

    @cached_property
    def _svarlenker(self) -> list[Svarlenke]:
        return besvarelser.svar_paa(self.jp) if SVARMAATER[self.jp.journalposttype] else []

    @cached_property
    def svarmerker(self) -> list[str]:
        """«Under besvarelse (…)», «Foreløpig svar sendt …»."""
        return [visning.svarmerke(m.dato, m.svar) for m in besvarelser.merker_av(self.leser, self._svarlenker)]

    @cached_property
    def svar(self) -> list[Svarlenke]:
        """What answers it, of what the reader may see."""
        return besvarelser.synlige(self.leser, self._svarlenker)

    @cached_property
    def besvarer(self) -> list[Svarlenke]:
        """What it answers, of what the reader may see."""
        return besvarelser.besvarte(self.leser, self.jp) if self.jp.journalposttype in EGENPRODUSERTE else []

    @cached_property
    def paabegynt(self) -> Svarlenke | None:
        """The reader's own unfinished answer."""
        egne = [x for x in self.svar if x.svar.status == Journalstatus.RESERVERT and x.svar.saksbehandler == self.leser]
        return egne[-1] if egne else None

    @cached_property
    def mulige_besvarte(self) -> list[Besvarbar]:
        """Open letters of the case that this one may be linked to as their answer."""
        if not self.aapen or H.KNYTTE_SVAR not in self.tillatt:
            return []
        return besvarelser.mulige_besvarte(self.leser, self.jp)

    @cached_property
    def tilbud_svar(self) -> list[Besvarbar]:
        """«Knytt som svar?»: those from the recipients of this letter, while it is written and answers nothing."""
        if self.jp.status != Journalstatus.RESERVERT or self.besvarer:
            return []
        return [b for b in self.mulige_besvarte if b.avsender][:3]

    @cached_property
    def kan_loeses(self) -> bool:
        return self.aapen and self.jp.status == Journalstatus.RESERVERT and H.LOESE_SVAR in self.tillatt

    def _svar(self) -> list[Punkt]:
        """The reply choices of the type, in the routine's words (krav R-10.2.2.2, C.12)."""
        punkter = []
        if self.paabegynt is not None:
            svar = self.paabegynt.svar
            url = reverse("journalpost-skriving", args=[svar.pk])
            punkter.append(Punkt(FORTSETT, url, "DocPencil", under=str(svar), helside=True))
        for maate in self.svarmaater:
            ikon, under, tast = SVARPUNKTER[maate]
            if maate == Svarmaate.NOTAT and self.jp.journalposttype not in AVSKRIVBARE:
                under = "Ut av Innboks når svaret er ferdig"
            url = self._url("besvarelse", SVARSLAG[maate])
            punkter.append(Punkt(maate.label, url, ikon, under=under, tast=tast, post=maate != Svarmaate.NOTAT))
        return punkter
