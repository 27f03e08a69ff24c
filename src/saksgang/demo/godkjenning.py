"""Rounds of approval: something before every leader, and answers for every case worker (krav C.6)."""

from __future__ import annotations

import datetime as dt
from itertools import cycle, islice
from typing import TYPE_CHECKING

from saksgang.flyt.commands import besvar_godkjenning, send_til_godkjenning
from saksgang.flyt.queries import foreslaatt_godkjenner, til_godkjenning, valgbare_godkjennere
from saksgang.flyt.rules import Godkjenningssvar
from saksgang.kjerne import klokke
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.commands.dokument import ny_versjon
from saksgang.sakarkiv.commands.journalpost import opprett_journalpost
from saksgang.sakarkiv.models import Journalpost, Sak
from saksgang.tilgang.queries import stedfortredere

from .fortelling import LEDERE
from .grunnlag import tekstfil

if TYPE_CHECKING:
    from .kurver import Kurvfyller

MINST, FORSOEK = 3, 60
FRISTER = (1, 3, 10, None)
SPOERSMAAL = (
    "Kan du se på denne før jeg sender den?",
    "Er begrunnelsen god nok?",
    "Haster litt. Søkeren venter på svar.",
    "Samme vurdering som i forrige sak.",
)
AVSLAG = ("Mangler hjemmel.", "Skriv når vedtaket kommer.", "Språket er for tungt. Del opp setningene.")
UTKAST = "Vi viser til henvendelsen din.\n\nSaken blir behandlet før påske.\n\nVi beklager at det tar tid.\n\n"
RETTET = "Vi viser til henvendelsen din.\n\nSaken blir behandlet innen fire uker. Du får brev om vedtaket.\n\n"


class Godkjenninger:
    """Sends drafts to approval, and lets some of them be answered."""

    def __init__(self, fyller: Kurvfyller) -> None:
        self.fyller, self.f, self.t, self.p = fyller, fyller.f, fyller.t, fyller.p
        self._frister = cycle(FRISTER)

    def fyll(self) -> None:
        """Answered rounds for everybody who writes, and open ones before every leader and the deputy of the day."""
        for nr, navn in enumerate(self.f.ansatte):
            self._besvarte(navn, nr)
        for kode, leder in LEDERE.items():
            self._aapne(kode, self.p[leder])

    def _brev(self, bruker: Bruker, sak: Sak, hva: str) -> Journalpost:
        tekst = f"{hva}\n\n{UTKAST}Med hilsen\n{bruker.navn}\n"
        return opprett_journalpost(
            sak,
            "U",
            tittel=f"{hva} – {sak.tittel}"[:500],
            mottakere=[self.f.folk.person()],
            dokumenter=[tekstfil(tekst, "brev.txt")],
            tittelbegrunnelse="Slik heter saken",
            av=bruker,
        )

    def _rett(self, jp: Journalpost, av: Bruker) -> None:
        fil = tekstfil(f"Svar\n\n{RETTET}Med hilsen\n{jp.saksbehandler}\n", "brev.txt")
        ny_versjon(jp.dokumenter.get(), fil.fil, filnavn=fil.filnavn, av=av)

    def _send(self, jp: Journalpost, av: Bruker, *, til: Bruker | None = None) -> Bruker | None:
        """Send to this one, or to the one who is proposed; return to whom, none where nobody may approve it."""
        if til is None:
            foreslaatt = foreslaatt_godkjenner(valgbare_godkjennere(jp, av), klokke.idag())
            if foreslaatt is None:
                return None
            til = foreslaatt.bruker
        dager = next(self._frister)
        frist = klokke.idag() + dt.timedelta(days=dager) if dager is not None else None
        send_til_godkjenning(jp, til, frist=frist, kommentar=self.t.choice(SPOERSMAAL), av=av)
        return til

    def _besvarte(self, navn: str, nr: int) -> None:
        """One approved, one refused; every other of the approved is changed afterwards, or by the approver before."""
        bruker, saker = self.p[navn], self.fyller.saker(navn)
        if not saker:
            return
        jp = self._brev(bruker, saker[0], "Svar på søknad")
        if (godkjenner := self._send(jp, bruker)) is None:
            return
        if nr % 2:
            self._rett(jp, godkjenner)
        besvar_godkjenning(jp, Godkjenningssvar.GODKJENT, kommentar="Fint. Kan sendes.", av=godkjenner)
        if nr % 3 == 0:
            self._rett(jp, bruker)
        jp = self._brev(bruker, saker[-1], "Utkast til vedtak")
        if (godkjenner := self._send(jp, bruker)) is not None:
            besvar_godkjenning(
                jp, Godkjenningssvar.IKKE_GODKJENT, kommentar=AVSLAG[nr % len(AVSLAG)], av=godkjenner
            )  # fmt: skip

    def _aapne(self, kode: str, leder: Bruker) -> None:
        idag = klokke.idag()
        vikarer = [s.vikar for s in stedfortredere(leder=leder) if s.fra <= idag and (s.til is None or s.til >= idag)]
        egne = {leder.pk, *(v.pk for v in vikarer)}
        enhet = self.f.g.enheter[kode]
        senderne = [
            navn
            for navn in self.f.ansatte
            if self.p[navn].pk not in egne and self.p[navn].enhet_id == enhet.pk and self.fyller.saker(navn)
        ]
        for nr, navn in enumerate(islice(cycle(senderne), FORSOEK)):
            if all(til_godkjenning(bruker).count() >= MINST + 1 for bruker in (leder, *vikarer)):
                return
            bruker, saker = self.p[navn], self.fyller.saker(navn)
            jp = self._brev(bruker, saker[nr % len(saker)], ("Svar på henvendelse", "Foreløpig svar")[nr % 2])
            self._send(jp, bruker, til=leder)
            if nr == 0:  # one that comes back
                besvar_godkjenning(jp, Godkjenningssvar.IKKE_GODKJENT, kommentar="Skriv datoen.", av=leder)
                self._rett(jp, bruker)
                self._send(jp, bruker, til=leder)
