"""Fjordvik with a year behind it, built through the commands and nothing else."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection, connections, transaction
from django.utils import timezone

from saksgang.flyt.commands import lag_varsler, les_varsel
from saksgang.flyt.models import Varsel
from saksgang.kjerne import klokke
from saksgang.kjerne.arbeidsdager import er_arbeidsdag, legg_til_arbeidsdager
from saksgang.lager.store import samlet
from saksgang.logg.commands import forsegl_logg
from saksgang.offentlighet.commands import avgjoer_skjerming, sperr_midlertidig
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.commands import ferdigstill, gjenaapne
from saksgang.sakarkiv.commands.avskrivning import opphev_avskrivning
from saksgang.sakarkiv.commands.fordeling import sett_fordelingsregel
from saksgang.sakarkiv.commands.journalfoering import avjournalfoer, journalfoer, utgaa
from saksgang.sakarkiv.commands.sak import opprett_sak, skjerm_sak, unnta_sak, utgaa_sak
from saksgang.sakarkiv.models import Avskrivning, Journalpost, Sak
from saksgang.tilgang.commands import opprett_gruppe, registrer_fravaer, registrer_stedfortreder, sett_passord

from . import kravsaker
from .filer import Brevpresse
from .fortelling import LEDERE, Fortelling
from .grunnlag import PASSORD, PERSONER, bygg_organisasjon
from .innsynskrav import Innsynskravene
from .kurver import Kurvfyller
from .temaer import Brev, Tema, temaer
from .tidslinje import Tidslinje, tidspunkt

ADM = "adm.root"
FROE = 1814
ANDEL = 0.74
"""How many of the cases in the table are made, so that there are some 400 in all."""
HISTORIE_DAGER = 305

Si = Callable[[str], None]


def er_bygget() -> bool:
    """Whether the demo is there and everybody in it can log in."""
    return _er_paabegynt() and not _uten_passord()


def _er_paabegynt() -> bool:
    return Bruker.objects.filter(brukernavn=ADM).exists()


def _uten_passord() -> list[Bruker]:
    folk = Bruker.objects.filter(brukernavn__in=[navn for navn, *_ in PERSONER])
    return list(folk.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX).order_by("pk"))


def bygg_demo(*, omfang: float = 1.0, si: Si = lambda _tekst: None) -> list[str]:
    """Build Fjordvik up to now; return what was refused on the way.

    The municipality is made in one transaction, so that it is there or not; what follows is taken up again where it
    was interrupted. omfang scales the number of ordinary cases.
    """
    naa = timezone.localtime(klokke.naa())
    avvist: list[str] = []
    if not _er_paabegynt():
        with transaction.atomic(), samlet():
            with connection.cursor() as markoer:
                markoer.execute("SET LOCAL synchronous_commit = off")
            avvist = _Bygging(naa, omfang, si).bygg()
    si("Setter passord, forsegler loggen og lager varsler …")
    with ThreadPoolExecutor(max_workers=2) as arbeidere:
        passord = [arbeidere.submit(_sett_passord, bruker) for bruker in _uten_passord()]
        forsegl_logg()
        lag_varsler()
        _les_gamle_varsler(naa - dt.timedelta(days=4))
        for svar in passord:
            svar.result()
    forsegl_logg()
    lag_varsler()
    return avvist


def _sett_passord(bruker: Bruker) -> None:
    """Let the administrator give a person the password; in a thread, for most of it is computing."""
    try:
        sett_passord(bruker, PASSORD, av=Bruker.objects.get(brukernavn=ADM))
    finally:
        connections.close_all()


def _les_gamle_varsler(grense: dt.datetime) -> None:
    """Let everybody have read what is older than some days."""
    with transaction.atomic():
        for varsel in (
            Varsel.objects.filter(tid__lt=grense, lest_tid__isnull=True).select_related("bruker").order_by("pk")
        ):
            les_varsel(varsel, av=varsel.bruker)


class _Bygging:
    def __init__(self, naa: dt.datetime, omfang: float, si: Si) -> None:
        self.naa, self.idag, self.omfang, self.si = naa, naa.date(), omfang, si
        self.t = random.Random(FROE)  # noqa: S311 - the demo is the same each time
        self.til = self._siste_arbeidstid()
        fra = min(self.idag - dt.timedelta(days=HISTORIE_DAGER), dt.date(self.idag.year - 1, 11, 1))
        self.fra = tidspunkt(legg_til_arbeidsdager(fra, 1), 8)

    def _siste_arbeidstid(self) -> dt.datetime:
        """Return the last moment somebody was at work: now, or the afternoon of the last working day."""
        dag = self.idag if self.naa.hour >= 9 else self.idag - dt.timedelta(days=1)
        while not er_arbeidsdag(dag):
            dag -= dt.timedelta(days=1)
        siste = min(self.naa, tidspunkt(dag, 15, 30))
        return siste if siste.year == self.idag.year else self.naa

    def bygg(self) -> list[str]:
        """Build it all; return what was refused."""
        with klokke.stillt(self.fra):
            self.g = bygg_organisasjon(self.idag, passord=None)
        with Brevpresse() as presse:
            self.linje = Tidslinje(self.fra, self.til - dt.timedelta(minutes=30), self.t)
            self.f = Fortelling(self.g, self.linje, presse, self.t)
            self._legg_inn_rammer()
            self._legg_inn_saker()
            self._legg_inn_uvanlig()
            self.linje.kjoer(self._ny_dag)
            self._avslutt()
        return self.linje.avvist

    def _ny_dag(self, dag: dt.date) -> None:
        if self._maaned != dag.month:
            self._maaned = dag.month
            self.si(f"Bygger {dag:%m.%Y} …")
            with connection.cursor() as markoer:
                # The tables grow from nothing, and no autovacuum sees them before the end.
                markoer.execute("ANALYZE")

    _maaned = 0

    # --- What surrounds the cases -------------------------------------------------------------------------------------

    def _legg_inn_rammer(self) -> None:
        g, p, linje = self.g, self.g.personer, self.linje
        foerste = legg_til_arbeidsdager(dt.date(self.idag.year, 1, 1), 1)
        nyttaar = min(tidspunkt(foerste, 7, 50), linje.til - dt.timedelta(minutes=10))
        self.nyttaar = nyttaar
        kravsaker.legg_inn(g, linje, nyttaar)
        linje.legg_til(self.fra + dt.timedelta(minutes=20), self._rammer)
        for navn, fra, til, aarsak in (
            ("sb.per", -2, 3, "Ferie"),
            ("nes.ida", 0, 0, "Kurs"),
            ("sb.ola", -40, -33, "Ferie"),
            ("led.nils", 14, 21, "Ferie"),
            ("led.nils", -1, 1, "Konferanse"),
            ("les.gry", -80, -60, "Permisjon"),
        ):
            dager = [self.idag + dt.timedelta(days=d) for d in (fra, til)]
            tid = min(linje.til, linje.paa_dag(dager[0] - dt.timedelta(days=12)))
            linje.legg_til(
                tid,
                lambda n=navn, d=dager, a=aarsak: registrer_fravaer(p[n], fra=d[0], til=d[1], aarsak=a, av=p[n]),
            )
        linje.legg_til(
            linje.paa_dag(self.idag - dt.timedelta(days=150)),
            lambda: registrer_stedfortreder(
                p["led.anne"], p["sf.bente"], fra=klokke.idag(), til=klokke.idag() + dt.timedelta(days=20), av=g.adm
            ),
        )
        linje.legg_til(
            linje.til,
            lambda: registrer_stedfortreder(
                p["led.nils"],
                p["sf.per"],
                fra=self.idag + dt.timedelta(days=14),
                til=self.idag + dt.timedelta(days=21),
                av=p["led.nils"],
            ),
        )

    def _rammer(self) -> None:
        g, p = self.g, self.g.personer
        opprett_gruppe("Ansettelsesutvalg skole", medlemmer=[p["pers.mia"], p["u.arne"]], av=g.adm)
        opprett_gruppe("Varslingsmottak", medlemmer=[p["pers.mia"], p["ik.vera"]], av=g.adm)
        for enhet, klasse, navn in (
            ("KULT", "C03", "sb.per"),
            ("KULT", None, None),
            ("RÅD", "400", "pers.mia"),
            ("RÅD", None, None),
        ):
            sett_fordelingsregel(
                g.enheter[enhet], g.klasser[klasse] if klasse else None, p[navn] if navn else None, av=g.adm
            )

    # --- The cases ----------------------------------------------------------------------------------------------------

    def _legg_inn_saker(self) -> None:
        dager = (self.til.date() - self.fra.date()).days
        with klokke.stillt(self.fra):
            for tema in temaer():
                for nr in range(max(1, round(tema.antall * ANDEL * self.omfang))):
                    gammel = self.t.random() * (dager - 4)
                    f = self.f.nytt(tema, tema.ansvarlige[nr % len(tema.ansvarlige)], lukkes=self.t.random() < 0.6)
                    self.f.begynn(f, self._ledig(self.fra.date() + dt.timedelta(days=int(gammel))))
            for navn in self.f.ansatte:
                self._liggende(navn)

    def _ledig(self, dato: dt.date) -> dt.datetime:
        tid = self.linje.paa_dag(dato)
        return max(tid, self.nyttaar + dt.timedelta(minutes=8)) if tid.date() == self.nyttaar.date() else tid

    def _liggende(self, navn: str) -> None:
        """Three open cases for each person, with letters that are overdue, due soon and due later (krav A-06)."""
        temaer_for = [t for t in temaer() if navn in t.ansvarlige and not t.kode]
        for nr, dager in enumerate((58, 37, 15)):
            tema = temaer_for[nr % len(temaer_for)]
            f = self.f.nytt(tema, navn, lukkes=False)
            dag = self.idag - dt.timedelta(days=dager)
            self.f.begynn(f, self._ledig(dag))
            for siden, frist in (
                ((41, None), (22, 2), (8, None)) if nr == 0 else ((20, 4),) if nr == 1 else ((5, None),)
            ):
                svarfrist = self.idag + dt.timedelta(days=frist) if frist is not None else None
                self.linje.legg_til(
                    min(self.linje.til, self.linje.paa_dag(self.idag - dt.timedelta(days=siden))),
                    lambda f=f, s=svarfrist: (
                        self.f.motta(f, _vanlig_brev(f.tema), frist=s, liggende=True) if f.sak else None
                    ),
                )

    # --- What happens now and then ------------------------------------------------------------------------------------

    def _legg_inn_uvanlig(self) -> None:
        dager = (self.til.date() - self.fra.date()).days
        for akt, antall in (
            (self._utgaa, 22),
            (self._avjournalfoer, 16),
            (self._gjenaapne, 12),
            (self._opphev, 8),
            (self._unnta_sak, 5),
            (self._utgaa_sak, 3),
            (self._skjerm_sak, 2),
        ):
            for _ in range(max(2, round(antall * self.omfang))):
                dag = self.fra.date() + dt.timedelta(days=self.t.randint(40, dager - 2))
                self.linje.legg_til(self.linje.paa_dag(dag), akt)
        over_frist = legg_til_arbeidsdager(min(self.idag, self.til.date()), -5)
        self.linje.legg_til(self.linje.paa_dag(over_frist), self._sperr_for_lenge)
        Innsynskravene(self.g.personer, self.linje, min(self.idag, self.til.date())).legg_inn()
        foer_kravene = legg_til_arbeidsdager(min(self.idag, self.til.date()), -15)
        self.linje.legg_til(self.linje.paa_dag(foer_kravene), self._grader_til_et_tidspunkt)

    def _poster(self, **soek: object) -> list[Journalpost]:
        """Return recent entries in open cases that nobody needs leave to read, in a drawn order."""
        rader = list(
            Journalpost.objects.filter(
                tilgangskode__isnull=True, forslag_aapent=False, sak__status="B", sak__tilgangskode__isnull=True, **soek
            )
            .exclude(pk__in=self.f.liggende)
            .select_related("sak", "tilgangskode", "enhet", "saksbehandler")
            .order_by("-pk")[:80]
        )
        self.t.shuffle(rader)
        return rader

    def _utgaa(self) -> None:
        for jp in self._poster(status="J", journalposttype__in=["I", "X"])[:1]:
            grunn = self.t.choice(
                ("Registrert to ganger.", "Feil sak. Registrert på nytt.", "Reklame, ikke saksdokument.")
            )
            utgaa(jp, grunn, av=self.f.arkivar())

    def _avjournalfoer(self) -> None:
        for jp in self._poster(status="J")[:1]:
            avjournalfoer(jp, self.t.choice(("Feil avsender.", "Feil dokument skannet.")), av=self.f.arkivar())
            if self.t.random() < 0.8:
                self.linje.om(1, partial(self._journalfoer_igjen, jp.pk))

    def _journalfoer_igjen(self, pk: int) -> None:
        jp = Journalpost.objects.select_related("sak", "tilgangskode").get(pk=pk)
        if jp.status in ("M", "F") and not jp.sak.er_avsluttet:
            journalfoer(jp, av=self.f.arkivar())

    def _gjenaapne(self) -> None:
        for jp in self._poster(status="F", journalposttype__in=["U", "X"], utsendinger=None)[:1]:
            sb = self.g.personer[jp.saksbehandler.brukernavn]
            gjenaapne(jp, "Feil i teksten.", av=sb)
            self.linje.om(0, partial(self._ferdig_igjen, jp.pk, sb))
            self.linje.om(1, partial(self._journalfoer_igjen, jp.pk))

    def _ferdig_igjen(self, pk: int, sb: Bruker) -> None:
        jp = Journalpost.objects.select_related("sak").get(pk=pk)
        if jp.status == "R":
            ferdigstill(jp, av=sb)

    def _opphev(self) -> None:
        avskrivning = (
            Avskrivning.objects.filter(
                opphevet_tid__isnull=True,
                mottaker__bruker__isnull=False,
                mottaker__journalpost__tilgangskode__isnull=True,
                mottaker__journalpost__sak__status="B",
            )
            .select_related("mottaker__bruker", "mottaker__journalpost__sak", "maate")
            .order_by("-pk")
            .first()
        )
        if avskrivning is not None:
            opphev_avskrivning(avskrivning, av=self.g.personer[avskrivning.mottaker.bruker.brukernavn])

    def _unnta_sak(self) -> None:
        for jp in self._poster(status="J", sak__saksansvarlig__brukernavn__in=["raad.jon", "ms.lise", "led.nils"])[:1]:
            unnta_sak(jp.sak, "Samlesak uten prosess.", av=self.f.arkivar())

    def _utgaa_sak(self) -> None:
        sb = self.g.personer[self.t.choice(("sb.kari", "sb.per", "sb.ola"))]
        sak = opprett_sak("Registrert ved en feil", arkivdel=self.g.arkivdeler["SAK"], av=sb)
        self.linje.om(1, lambda: utgaa_sak(sak, "Saken finnes fra før.", av=self.f.arkivar()))

    def _skjerm_sak(self) -> None:
        sak = (
            Sak.objects.filter(
                enhet__kode="KULT",
                status="B",
                tilgangskode__isnull=True,
                journalposter__tilgangskode__kode="U",
                journalposter__besluttet_av_leder=True,
            )
            .order_by("-pk")
            .first()
        )
        if sak is not None:
            skjerm_sak(
                sak,
                self.f.grader["U"],
                misvisende="Resten av dokumentene viser bare den ene partens syn.",
                skade="Kommunens stilling i tvisten kan bli svekket.",
                av=self.g.personer["led.nils"],
            )

    def _sperr_for_lenge(self) -> None:
        """XX that nobody decides in time (krav R-9.2.1.3e)."""
        for kode in LEDERE:
            for jp in self._poster(status="J", journalposttype="I", enhet__kode=kode)[:2]:
                sperr_midlertidig(jp, "Kan inneholde opplysninger om helse.", av=self.f.arkivar())

    def _grader_til_et_tidspunkt(self) -> None:
        """Gradings of one case worker's that end: one that has, two that soon do, and one with an event."""
        dag = min(self.idag, self.til.date())
        poster = self._poster(status="J", journalposttype="I", enhet__kode="TEK", saksbehandler__isnull=False)
        flest = [pk for pk, _ in Counter(jp.saksbehandler_id for jp in poster).most_common(1)]
        for jp, slutt in zip(
            [jp for jp in poster if jp.saksbehandler_id in flest],
            (
                {"opphoerer": dag - dt.timedelta(days=4)},
                {"opphoerer": dag + dt.timedelta(days=4)},
                {"opphoerer": dag + dt.timedelta(days=8)},
                {"opphoer_hendelse": "leverandør er valgt"},
            ),
            strict=False,
        ):
            grad = replace(self.f.grader["U"], **slutt)
            avgjoer_skjerming(jp, grad, "Gjelder en tid.", av=self.g.personer[LEDERE["TEK"]])

    # --- The end ------------------------------------------------------------------------------------------------------

    def _avslutt(self) -> None:
        self.si("Fyller arbeidslistene …")
        with klokke.stillt(self.til):
            self.linje.utfoer(Kurvfyller(self.f).fyll)


def _vanlig_brev(tema: Tema) -> Brev:
    """Return an uncoded incoming letter of this kind of case."""
    for brev in tema.brev:
        if brev.type == "I" and not brev.kode:
            return brev
    return Brev("I", "person", "melding", 0, 100, "Spørsmål om framdrift", frozenset())
