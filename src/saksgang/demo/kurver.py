"""The last afternoon: every basket of every person gets something to show (krav C.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

from django.db.models import QuerySet

from saksgang.flyt.commands import send_flagg, spoer_leder
from saksgang.flyt.queries import flagg_til, koe
from saksgang.flyt.rules import KOEKURVER, Aarsak
from saksgang.kjerne import klokke
from saksgang.offentlighet.commands import foreslaa_skjerming, registrer_i_arkivet, sperr_midlertidig
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.commands import bestill_skanning, ferdigstill
from saksgang.produksjon.queries.skanning import til_skanning
from saksgang.sakarkiv.commands.journalpost import opprett_journalpost, registrer_inngaaende
from saksgang.sakarkiv.commands.kopi import send_kopi
from saksgang.sakarkiv.commands.merknad import oensk_avsluttet, sett_obs
from saksgang.sakarkiv.commands.rettighet import avslaa_rettighet, be_om_rettighet, gi_rettighet
from saksgang.sakarkiv.commands.sak import opprett_sak
from saksgang.sakarkiv.models import Journalpost, Sak
from saksgang.sakarkiv.queries import kurver as q
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.rules import Funksjon

from .arkivkopier import legg_inn_mislykkede
from .fortelling import LEDERE, MERKNADER, Fortelling
from .godkjenning import Godkjenninger
from .grunnlag import tekstfil
from .innsynskrav import legg_inn_til_vurdering
from .partsinnsyn import legg_inn_partsinnsyn
from .publisering import legg_inn_stoppede
from .sladding import legg_inn_sladdinger
from .svar import Svarskriver
from .tidslinje import tidspunkt
from .tilgang import legg_inn_tilgang

MINST = 3
AUTORISERTE = {"U": "u.arne", "P": "pers.mia", "E": "skole1.liv", "S": "skatt.siv"}
Kurv = Callable[[Bruker], QuerySet]


class Kurvfyller:
    """Adds what a basket lacks, by acts of the people who would do them."""

    def __init__(self, fortelling: Fortelling) -> None:
        self.f, self.t, self.p = fortelling, fortelling.t, fortelling.p

    def i_dag(self) -> AbstractContextManager[None]:
        """Ask as of the day on which the demo is looked at, a Sunday too: then the deputies are there."""
        return klokke.stillt(tidspunkt(max(self.f.g.idag, klokke.idag()), 12))

    def _mangler(self, kurv: Kurv, bruker: Bruker, ekstra: int = 2) -> range:
        return range(max(0, MINST + self.t.randint(0, ekstra) - kurv(bruker).count()))

    def saker(self, navn: str) -> list[Sak]:
        """Return the person's own open, uncoded cases in the ordinary archive."""
        return list(
            Sak.objects.filter(
                saksansvarlig=self.p[navn], status="B", tilgangskode__isnull=True, arkivdel__kode__in=("SAK", "BYGG")
            )
            .select_related("enhet", "saksansvarlig")
            .order_by("-pk")[:12]
        )

    def _journalposter(self, *, typer: str = "IU", antall: int = 120) -> list[Journalpost]:
        """Return recent open entries that nobody needs leave to read."""
        return list(
            Journalpost.objects.filter(
                status="J",
                journalposttype__in=list(typer),
                tilgangskode__isnull=True,
                forslag_aapent=False,
                sak__status="B",
                sak__tilgangskode__isnull=True,
                saksbehandler__isnull=False,
            )
            .select_related("sak", "tilgangskode", "enhet", "saksbehandler")
            .order_by("-pk")[:antall]
        )

    def fyll(self) -> None:
        """Fill the baskets of everybody. The clock stands at the last afternoon."""
        for navn in self.f.ansatte:
            self._egne(navn)
        # What is blocked here disappears from others, so their copies and flags come after.
        for kode, leder in LEDERE.items():
            self._lederens(kode, self.p[leder])
        self._skjermede()
        Godkjenninger(self).fyll()
        Svarskriver(self).fyll()
        for navn in self.f.ansatte:
            self._fra_andre(navn)
        self._arkivets()
        self._skanning()
        self._rettigheter()
        legg_inn_tilgang(self)
        legg_inn_mislykkede(self)
        legg_inn_partsinnsyn(self)
        with self.i_dag():
            graderer = [b for n in self.f.ansatte if rettigheter(b := self.p[n]).enheter(Funksjon.GRADERE)]
        legg_inn_sladdinger(self, graderer)
        legg_inn_til_vurdering(self, graderer)
        legg_inn_stoppede(self)

    def _egne(self, navn: str) -> None:
        bruker = self.p[navn]
        saker = self.saker(navn)
        for nr in self._mangler(q.under_arbeid, bruker):
            sak = saker[nr % len(saker)]
            type_, tittel = self.t.choice(
                (
                    ("U", "Svar på henvendelse"),
                    ("X", "Notat til saken"),
                    ("N", "Ber om uttalelse"),
                    ("U", "Utkast til vedtak"),
                )
            )
            opprett_journalpost(
                sak,
                type_,
                tittel=f"{tittel} – {sak.tittel}",
                dokumenter=[tekstfil(f"{tittel}\n\nUtkast.\n", "utkast.txt")] if self.t.random() < 0.7 else [],
                av=bruker,
            )
        for nr in self._mangler(q.obs_dato, bruker, 1):
            dato = klokke.idag() + dt.timedelta(days=(-6, 1, 4, 2)[nr % 4])
            sett_obs(saker[nr % len(saker)], dato, self.t.choice(MERKNADER), av=bruker)
        if self.t.random() < 0.8:
            sett_obs(saker[0], klokke.idag() + dt.timedelta(days=self.t.randint(20, 90)), "Ny gjennomgang", av=bruker)

    def _fra_andre(self, navn: str) -> None:
        bruker = self.p[navn]
        andre = [n for n in self.f.ansatte if n != navn]
        for _ in self._mangler(q.innboks, bruker):
            fra = self.t.choice(andre)
            sak = self.t.choice(self.saker(fra))
            jp = opprett_journalpost(
                sak,
                "X",
                tittel=f"Til orientering om {sak.tittel}",
                interne_mottakere=[bruker],
                dokumenter=[tekstfil(f"Til orientering.\n\n{self.t.choice(MERKNADER)}\n", "notat.txt")],
                av=self.p[fra],
            )
            ferdigstill(jp, offentlighet_vurdert=True, av=self.p[fra])
        poster = [jp for jp in self._journalposter() if jp.saksbehandler_id != bruker.pk]
        for jp in self.t.sample(poster, len(self._mangler(q.kopiboks, bruker))):
            send_kopi(jp, [bruker], kommentar="Til orientering.", av=self._avsender(jp))
        for jp in self.t.sample(poster, len(self._mangler(flagg_til, bruker))):
            send_flagg(jp, til=bruker, tekst=self.t.choice(MERKNADER), av=self._avsender(jp))

    def _avsender(self, jp: Journalpost) -> Bruker:
        assert jp.saksbehandler is not None  # noqa: S101 - asked for by the query
        return self.p[jp.saksbehandler.brukernavn]

    def _lederens(self, kode: str, leder: Bruker) -> None:
        enhet = self.f.g.enheter[kode]
        saker = [s for navn in self.f.ansatte for s in self.saker(navn)[:3] if s.enhet_id == enhet.pk]
        arkivar = self.f.arkivar()
        for nr in self._mangler(q.til_fordeling, leder, 3):
            sak = saker[nr % len(saker)]
            self.brev(sak, f"Spørsmål om {sak.tittel}", enhet=enhet)
        for nr in range(2):
            self.brev(saker[nr], f"Opplysninger fra lege – {saker[nr].tittel}", enhet=enhet, forslag=self.f.grad("U"))
        jp = opprett_journalpost(
            saker[-1],
            "N",
            tittel=f"Ber {enhet.navn.lower()} om vurdering – {saker[-1].tittel}",
            interne_mottakere=[enhet],
            dokumenter=[tekstfil("Avdelingen bes vurdere saken og peke ut en saksbehandler.\n", "notat.txt")],
            av=saker[-1].saksansvarlig,
        )
        ferdigstill(jp, offentlighet_vurdert=True, av=saker[-1].saksansvarlig)
        poster = [
            jp
            for jp in self._journalposter(typer="I", antall=400)
            if jp.enhet_id == enhet.pk and jp.pk not in self.f.liggende
        ]
        for jp in poster[:2]:
            sperr_midlertidig(jp, "Mulig taushetsplikt. Må vurderes.", av=arkivar)
        foreslaa_skjerming(poster[2], self.f.grader["U"], "Forretningshemmelighet?", av=arkivar)
        for jp in poster[3:5]:
            if jp.saksbehandler_id != leder.pk:
                spoer_leder(jp, tekst="Skal dette brevet unntas offentlighet?", av=self._avsender(jp))

    def _skjermede(self) -> None:
        """Those who are authorised for a code have written something under it."""
        for kode, navn in AUTORISERTE.items():
            bruker = self.p[navn]
            sak = self.saker(navn)[0]
            jp = opprett_journalpost(
                sak,
                "X",
                tittel=f"Vurdering med opplysninger om enkeltperson – {sak.tittel}"[:500],
                offentlig_tittel="Vurdering",
                interne_mottakere=[bruker],
                skjerming=self.f.grader[kode],
                dokumenter=[tekstfil("Opplysninger om personlige forhold.\n", "vurdering.txt")],
                av=bruker,
            )
            ferdigstill(jp, offentlighet_vurdert=True, av=bruker)

    def brev(self, sak: Sak, tittel: str, **felter) -> Journalpost:
        """Register a letter from somebody in the case, as the archive does."""
        part = self.f.folk.person()
        return registrer_i_arkivet(
            sak,
            status=felter.pop("status", "J"),
            tittel=tittel[:500],
            avsendere=[part],
            dokumentdato=klokke.idag() - dt.timedelta(days=2),
            mottatt_dato=klokke.idag(),
            dokumenter=felter.pop("dokumenter", [tekstfil(f"{tittel}\n\nMed hilsen\n{part.navn}\n")]),
            av=self.f.arkivar(),
            **felter,
        )

    def _arkivets(self) -> None:
        eva = self.p["ark.eva"]
        sbere = [n for n in ("sb.kari", "sb.ola", "sb.per", "led.nils", "ms.lise", "nes.ida") if self.saker(n)]
        for navn in sbere[:3]:
            self._registrert_av(navn)
        for nr in self._mangler(q.midlertidig, eva):
            sak = self.saker(sbere[nr % len(sbere)])[0]
            self.brev(sak, f"Brev uten vedlegg – {sak.tittel}", status="M", dokumenter=[])
        for nr in self._mangler(q.reserverte_saker, eva):
            sb = self.p[sbere[nr % len(sbere)]]
            tittel = ("Oppfølging av innspill om {}", "Ny sak om {}", "Spørsmål om {}")[nr % 3]
            opprett_sak(
                tittel.format(self.t.choice(("parkering", "støy", "tilskudd", "skilting", "lekeplass"))),
                arkivdel=self.f.g.arkivdeler["SAK"],
                av=sb,
            )
        ledige = [s for n in sbere for s in self.saker(n)[1:6]]
        for _, sak in zip(self._mangler(q.oenskes_avsluttet, eva, 4), ledige, strict=False):
            oensk_avsluttet(sak, tekst="Ingen gjenstående arbeid.", av=self.p[sak.saksansvarlig.brukernavn])
        poster = [jp for jp in self._journalposter() if jp.saksbehandler.brukernavn not in ("ark.eva", "ark.tom")]
        self.t.shuffle(poster)
        for aarsaker in KOEKURVER.values():
            for nr in self._mangler(lambda bruker, a=aarsaker: koe(bruker, *a), eva):
                self._til_koeen(poster.pop(), aarsaker[nr % 3] if len(aarsaker) > 1 else aarsaker[0])

    def _skanning(self) -> None:
        """Paper on its way to the archive, announced by those who have it."""
        hva = ("Tegninger levert i skranken", "Underskrevet avtale", "Håndskrevet brev med kart", "Protokoll på papir")
        for nr in self._mangler(til_skanning, self.p["ark.eva"]):
            sb = ("sb.kari", "sb.ola", "sb.per")[nr % 3]
            sak = self.saker(sb)[0]
            bestill_skanning(sak, hva[nr % len(hva)], av=self.p[sb])

    def _registrert_av(self, navn: str) -> None:
        """A letter straight to the case worker, who registered it: status S, for the archive to journalise."""
        sak, part = self.saker(navn)[0], self.f.folk.person()
        tittel = f"E-post om {sak.tittel}"
        registrer_inngaaende(
            sak,
            status="S",
            tittel=tittel[:500],
            avsendere=[part],
            dokumentdato=klokke.idag(),
            mottatt_dato=klokke.idag(),
            dokumenter=[tekstfil(f"{tittel}\n\nHei!\nViser til samtalen vår.\n\nMed hilsen\n{part.navn}\n")],
            av=self.p[navn],
        )

    def _til_koeen(self, jp: Journalpost, aarsak: Aarsak) -> None:
        av = self._avsender(jp)
        if aarsak == Aarsak.FLYTTING:
            maal = next(s for s in self.saker(av.brukernavn) if s.pk != jp.sak_id)
            send_flagg(jp, koe="ARK", aarsak=aarsak, tekst="Hører til den andre saken.", maalsak=maal, av=av)
            return
        aarsak, tekst, tittel = self.f.arkivmelding(jp, aarsak)
        send_flagg(jp, koe="ARK", aarsak=aarsak, tekst=tekst, foreslaatt_tittel=tittel, av=av)

    def _rettigheter(self) -> None:
        """Wishes for rights in cases: open, granted and refused."""
        for nr, (navn, eier) in enumerate(
            (
                ("sb.ola", "sb.kari"),
                ("sf.bente", "sb.kari"),
                ("les.gry", "sb.per"),
                ("u.arne", "sb.per"),
                ("nes.ida", "sb.ola"),
                ("ik.vera", "raad.jon"),
                ("pers.mia", "ms.lise"),
            )
        ):
            sak = self.saker(eier)[nr % 2]
            begrunnelse = "Jeg skal skrive uttalelsen fra vår avdeling."
            oenske = be_om_rettighet(sak, "skrive", begrunnelse, av=self.p[navn])
            if nr % 3 == 1:
                til = klokke.idag() + dt.timedelta(days=90)
                gi_rettighet(sak, self.p[navn], "skrive", til=til, av=self.p[eier])
            elif nr % 3 == 2 and nr < 5:
                avslaa_rettighet(oenske, av=self.p[eier])
