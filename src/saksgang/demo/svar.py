"""Answers made from templates: sent, begun and preliminary, a note answered, own letters registered (krav R-10.2.2)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from saksgang.kjerne import klokke
from saksgang.offentlighet.commands import registrer_i_arkivet
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.commands import (
    begynn_svar,
    ferdigstill,
    ferdigstill_og_ekspeder,
    opprett_fra_mal,
    skriv_ren_tekst,
)
from saksgang.produksjon.queries.maler import maler_for
from saksgang.produksjon.queries.skriving import skriveflate
from saksgang.sakarkiv.commands.besvarelse import sett_ny_svarfrist
from saksgang.sakarkiv.commands.journalfoering import journalfoer
from saksgang.sakarkiv.commands.journalpost import opprett_journalpost
from saksgang.sakarkiv.models import Journalpost, Sak
from saksgang.sakarkiv.queries.kurver import restanse
from saksgang.sakarkiv.rules import Svarmaate

from .grunnlag import tekstfil

if TYPE_CHECKING:
    from .kurver import Kurvfyller

HVORFOR = "Slik heter saken"
"""Why a title stands that a rule warns of."""
ENDELIGE = (
    (
        "sb.kari",
        "Spørsmål om framdrift",
        "Takk for henvendelsen. Saken er nå klar til behandling.\n\nFør vi kan avgjøre den, må vi ha\n\n"
        "- bekreftelse på at naboene er varslet\n- målsatt plantegning\n\n"
        "Du får vedtaket **senest fire uker** etter at vi har fått dette.",
    ),
    (
        "sb.per",
        "Spørsmål om tilskudd",
        "Takk for henvendelsen.\n\n# Hvem som kan få tilskudd\n\nLag og foreninger med aktivitet i kommunen kan søke. "
        "Fristen er *1. april* hvert år.\n\n# Slik søker du\n\n1. Fyll ut skjemaet på kommunens nettsider.\n"
        "2. Legg ved årsmelding og regnskap.\n3. Oppgi kontonummer.",
    ),
    (
        "sb.ola",
        "Melding om feil ved vei",
        "Takk for at du sa fra.\n\nVi har vært på stedet. Feilen blir rettet i løpet av neste uke, og veien kan brukes "
        "som vanlig så lenge.",
    ),
    (
        "led.nils",
        "Ønske om møte",
        "Takk for brevet. Vi møter dere gjerne.\n\nVi foreslår **tirsdag kl. 10.00** på rådhuset, møterom Fjorden. Gi "
        "beskjed til saksbehandleren om tiden ikke passer.",
    ),
)
"""Letters that were answered the same day: by whom, what about, and the answer."""
FORELOEPIGE = ("sb.kari", "ms.lise")
BEGYNTE = (
    ("sb.kari", "Vi viser til brevet ditt.\n\nKommunen vurderer saken slik:\n\n- "),
    ("sb.ola", "Vi viser til brevet ditt.\n\nVi har bedt om en uttalelse og"),
    ("sb.per", ""),
)
"""Answers under way to what lies in Restanse, and how far they have come."""
NOTATSVAR = "Vi har ingen merknader til saken, men ber om kopi av vedtaket."


class Svarskriver:
    """Answers letters and notes as case workers do, in the page."""

    def __init__(self, fyller: Kurvfyller) -> None:
        self.fyller, self.f, self.p = fyller, fyller.f, fyller.p

    def fyll(self) -> None:
        for nr, (navn, hva, tekst) in enumerate(ENDELIGE):
            self._endelig(self.p[navn], self._sak(navn, nr), hva, tekst, journalfoert=nr % 2 == 0)
        for navn in FORELOEPIGE:
            self._foreloepig(self.p[navn], self._sak(navn, 1))
        for navn, tekst in BEGYNTE:
            self._begynn(self.p[navn], tekst)
        self._notat(self.p["sb.per"], self.p["sb.kari"])
        self._nytt_brev(self.p["sb.ola"])

    def _sak(self, navn: str, nr: int) -> Sak:
        saker = self.fyller.saker(navn)
        return saker[nr % len(saker)]

    def _mottatt(self, bruker: Bruker, sak: Sak, hva: str) -> Journalpost:
        part = self.f.folk.person()
        tittel = f"{hva} – {sak.tittel}"[:500]
        return registrer_i_arkivet(
            sak,
            status="J",
            tittel=tittel,
            avsendere=[part],
            dokumentdato=klokke.idag() - dt.timedelta(days=2),
            mottatt_dato=klokke.idag(),
            enhet=bruker.enhet,
            saksbehandler=bruker,
            dokumenter=[tekstfil(f"{tittel}\n\nVi ber om svar fra kommunen.\n\nMed hilsen\n{part.navn}\n", "brev.txt")],
            tittelbegrunnelse=HVORFOR,
            av=self.f.arkivar(),
        )

    def _skriv(self, svar: Journalpost, tekst: str, av: Bruker) -> None:
        flate = skriveflate(svar)
        assert flate.dokument is not None and flate.tekst is not None  # noqa: S101, PT018 - made with the answer
        skriv_ren_tekst(flate.dokument, tekst, utgave=flate.tekst.utgave, av=av)

    def _send(self, svar: Journalpost, av: Bruker) -> None:
        veier = {part.pk: ["P"] for part in svar.parter.filter(gyldig=True, type="EM")}
        ferdigstill_og_ekspeder(svar, valg=veier, offentlighet_vurdert=True, av=av)

    def _endelig(self, bruker: Bruker, sak: Sak, hva: str, tekst: str, *, journalfoert: bool) -> None:
        svar = begynn_svar(self._mottatt(bruker, sak, hva), Svarmaate.ENDELIG, av=bruker)
        self._skriv(svar, tekst, bruker)
        self._send(svar, bruker)
        if journalfoert:
            journalfoer(svar, av=self.f.arkivar())

    def _foreloepig(self, bruker: Bruker, sak: Sak) -> None:
        """A preliminary answer with a new svarfrist; the letter stays in Restanse."""
        svar = begynn_svar(self._mottatt(bruker, sak, "Klage på saksbehandlingstid"), Svarmaate.FORELOEPIG, av=bruker)
        sett_ny_svarfrist(svar.svarer_paa.get(), klokke.idag() + dt.timedelta(days=42), av=bruker)
        self._send(svar, bruker)

    def _begynn(self, bruker: Bruker, tekst: str) -> None:
        """An answer under way to the letter that has waited longest, of those that nobody need leave to read."""
        for rad in restanse(bruker):
            jp = rad.journalpost
            aapent = jp.tilgangskode_id is None and not jp.avventer_gradering and jp.sak.tilgangskode_id is None
            if aapent and jp.journalposttype == "I" and not jp.besvart_med.exists():
                svar = begynn_svar(jp, Svarmaate.ENDELIG, av=bruker)
                if tekst:
                    self._skriv(svar, tekst, bruker)
                return

    def _notat(self, fra: Bruker, til: Bruker) -> None:
        sak = self._sak(fra.brukernavn, 2)
        notat = opprett_journalpost(
            sak,
            "N",
            tittel=f"Ber om uttalelse – {sak.tittel}"[:500],
            interne_mottakere=[til],
            dokumenter=[tekstfil("Vi ber om uttalelse før saken avgjøres.\n", "notat.txt")],
            tittelbegrunnelse=HVORFOR,
            av=fra,
        )
        ferdigstill(notat, offentlighet_vurdert=True, av=fra)
        svar = begynn_svar(notat, Svarmaate.NOTAT, journalposttype="X", av=til)
        self._skriv(svar, NOTATSVAR, til)
        ferdigstill(svar, offentlighet_vurdert=True, av=til)

    def _nytt_brev(self, bruker: Bruker) -> None:
        """A letter of one's own, registered with its template and not yet written."""
        sak = self._sak(bruker.brukernavn, 3)
        opprett_fra_mal(
            sak,
            "U",
            mal=maler_for("U")[0],
            tittel=f"Varsel om befaring – {sak.tittel}"[:500],
            mottakere=[self.f.folk.person()],
            tittelbegrunnelse=HVORFOR,
            av=bruker,
        )
