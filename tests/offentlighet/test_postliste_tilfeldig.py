"""Random sequences of acts: at every moment the net list has what C.11 gives, and nothing that it forbids."""

from __future__ import annotations

import dataclasses
import datetime as dt
import sys
from dataclasses import dataclass, field

import pytest
from django.conf import settings as innstillinger
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from saksgang.arkivstruktur.commands import endre_arkivdel
from saksgang.arkivstruktur.models import Arkivdel
from saksgang.demo.grunnlag import skjerming, tekstfil
from saksgang.flyt.commands import besvar_godkjenning, send_til_godkjenning
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import SaksgangFeil
from saksgang.offentlighet.commands import (
    avgjoer_skjerming,
    foreslaa_skjerming,
    kontroller_filer,
    registrer_i_arkivet,
    sett_skjerming,
    sperr_midlertidig,
)
from saksgang.offentlighet.querysets import offentlig_q
from saksgang.produksjon.commands import ferdigstill, gjenaapne
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.commands.journalfoering import avjournalfoer, journalfoer, utgaa
from saksgang.sakarkiv.commands.journalpost import Part, opprett_journalpost, rediger_journalpost, registrer_inngaaende
from saksgang.sakarkiv.commands.sak import avslutt_sak, gjenaapne_sak, opprett_sak, rediger_sak, skjerm_sak
from saksgang.sakarkiv.models import Journalpost, Sak, Sakstype
from saksgang.tilgang.commands import opprett_gruppe
from tests.bygg import KLOKKE, Kommune
from tests.mur.fasit import Fakta, Sakfakta, aapne_ord, paa_postlista
from tests.mur.terreng import ordene_i, ordet
from tests.tilstand import MOTTATT

KODER = st.sampled_from("UPES")
AVSKJERMING = st.sampled_from(("I", "T", "PA", "TP", "A"))
HVILKEN = st.integers(0, 7)
HELGEFRI = 5


@dataclass
class Post:
    """A journalpost as the acts have made it, known from the acts alone."""

    type: str
    slag: str
    status: str
    ord: dict[str, int]
    kode: str = ""
    avskjerming: str = ""
    gruppe: bool = False
    forslag: str = ""
    ute: dt.datetime | None = None


@dataclass
class Saken:
    """A case as the acts have made it."""

    pk: int
    ord: int
    kode: str = ""
    paa_nett: bool = True


@dataclass
class Bok:
    """What has been done in one sequence."""

    poster: dict[int, Post] = field(default_factory=dict)
    saker: dict[str, Saken] = field(default_factory=dict)
    neste: int = 0
    hendt: set[str] = field(default_factory=set)


def _ute_fra(dager: int) -> dt.datetime:
    """When it is out: at once, or that many days on without Saturdays and Sundays (March has no other free days)."""
    naa = klokke.naa()
    if not dager:
        return naa
    dag = naa.date()
    while dager:
        dag += dt.timedelta(days=1)
        dager -= dag.weekday() < HELGEFRI
    return dt.datetime.combine(dag, dt.time(0), tzinfo=dt.UTC) - dt.timedelta(hours=1)  # midnight in Oslo


class Postliste(RuleBasedStateMachine):
    """People at work on letters in two cases."""

    k: Kommune
    klokka: object
    gjort: set[str]

    def __init__(self) -> None:
        super().__init__()
        self.klokka.move_to(KLOKKE)
        innstillinger.PUBLISERINGSFORSINKELSE = 0
        # A rolled-back sequence gives its ids back, which no real database does.
        sys.modules["saksgang.tilgang.queries.rettigheter"]._lagret.clear()
        self.omslag = transaction.atomic()
        self.omslag.__enter__()
        self.bok = Bok()
        self.gruppe = opprett_gruppe("Prosjekt", medlemmer=[self.k["u.arne"]], av=self.k["sb.kari"])

    def teardown(self) -> None:
        try:
            self._se_alle_kanaler()
        finally:
            transaction.set_rollback(True)
            self.omslag.__exit__(None, None, None)

    # ── What everything is measured by ───────────────────

    def _fakta(self, post: Post) -> Fakta:
        utgaatt = post.status == "U"
        return Fakta(
            Sakfakta("TEK", "sb.kari", paa_nett=self.bok.saker[post.slag].paa_nett),
            post.type,
            post.status,
            utgaatt=utgaatt,
            kode=post.kode,
            avskjerming=post.avskjerming,
            forslag=post.forslag,
            publiseres=post.ute,
            naa=klokke.naa(),
        )

    def _ute(self) -> dict[int, Post]:
        return {pk: post for pk, post in self.bok.poster.items() if paa_postlista(self._fakta(post))}

    @invariant()
    def the_list_is_what_c11_says(self) -> None:
        pa_lista = Journalpost.objects.filter(offentlig_q(klokke.naa()), pk__in=self.bok.poster)
        assert set(pa_lista.values_list("pk", flat=True)) == set(self._ute())

    def _se_alle_kanaler(self) -> None:
        """Every public channel has the words of what is out, those that its code leaves, and no others ever written."""
        klient, ute = self.k.offentlig(), self._ute()

        def hent(vei: str) -> str:
            svar = klient.get(f"/innsyn/{vei}")
            return (b"".join(svar.streaming_content) if svar.streaming else svar.content).decode()

        lov = {
            (felt, post.ord[felt]) for post in ute.values() for felt in aapne_ord(self._fakta(post)) if felt in post.ord
        }
        saker = {
            ("c", sak.ord)
            for slag, sak in self.bok.saker.items()
            if not sak.kode and any(post.slag == slag for post in ute.values())
        }
        rader = {o for o in lov if o[0] in "tp"} | saker
        for vei, skal in [
            ("feed.json", rader | {o for o in lov if o[0] == "d"}),
            ("feed.csv", rader),
            ("feed.rss", {o for o in rader if o[0] == "t"}),
            ("sist-publisert/", rader),
        ]:
            sto = ordene_i(hent(vei))
            assert sto - lov - saker == set(), vei
            assert skal - sto == set(), vei
        kontroller_filer(Journalpost.objects.filter(pk__in=self.bok.poster).select_related("sak"))
        for pk, post in self.bok.poster.items():
            self._se_en(hent, Journalpost.objects.select_related("sak").get(pk=pk), post, lov)

    def _se_en(self, hent, jp: Journalpost, post: Post, lov: set) -> None:
        tittel, nummer = ("t", post.ord["t"]), f"{jp.sak.saksnummer}/{jp.journalpostnummer}"
        # The word itself is said back to the one who asks: so the number tells whether it was found.
        assert (nummer in hent(f"sok.json?q={ordet('t', post.ord['t'])}")) == (tittel in lov)
        assert (ordene_i(hent(f"sak/{nummer}/")) & {tittel} == {tittel}) == (tittel in lov)
        fil = ("f", post.ord["f"])
        assert ordene_i(hent(f"fil/{nummer}/1/")) == ({fil} if fil in lov else set())

    # ── The acts ─────────────────────────────────────────

    def _gjoer(self, handling: str, jp: Journalpost | None, funksjon) -> object:
        """Do it if it may be done; then see what status it came to."""
        try:
            with transaction.atomic():
                svar = funksjon()
        except SaksgangFeil:
            return None
        self.gjort.add(handling)
        for pk, post in self.bok.poster.items():
            status = Journalpost.objects.values_list("status", flat=True).get(pk=pk)
            if status == "J" and post.status != "J":
                post.ute = _ute_fra(innstillinger.PUBLISERINGSFORSINKELSE)
            elif status != "J":
                post.ute = None
            post.status = status
        return svar

    def _velg(self, hvilken: int) -> tuple[Journalpost, Post]:
        pk = sorted(self.bok.poster)[-1 - hvilken % len(self.bok.poster)]
        return Journalpost.objects.select_related("sak", "tilgangskode").get(pk=pk), self.bok.poster[pk]

    def _nytt_ord(self) -> int:
        self.bok.neste += 1
        return self.bok.neste

    def _sak(self, slag: str) -> Sak:
        return Sak.objects.get(pk=self.bok.saker[slag].pk)

    @initialize()
    def to_saker(self) -> None:
        for slag, kode in (("vanlig", "SAK"), ("bygg", "BYGG")):
            nr = self._nytt_ord()
            sak = opprett_sak(
                f"Sak {ordet('c', nr)}",
                arkivdel=Arkivdel.objects.get(kode=kode),
                enhet=self.k.enhet("TEK"),
                saksansvarlig=self.k["sb.kari"],
                fra_arkivet=True,
                av=self.k["ark.eva"],
            )
            self.bok.saker[slag] = Saken(sak.pk, nr)

    def _felter(self, nr: int) -> dict:
        fil = dataclasses.replace(tekstfil(f"{ordet('f', nr)}\n"), tittel=f"Dokument {ordet('d', nr)}")
        return {"tittel": f"Brev {ordet('t', nr)}", "dokumenter": [fil]}

    def _ny(self, jp: Journalpost | None, type_: str, slag: str, nr: int, **felter) -> None:
        if jp is None:
            return
        ord_ = dict.fromkeys("tdf", nr) | (dict.fromkeys("p", nr) if type_ in "IU" else {})
        post = self.bok.poster[jp.pk] = Post(type_, slag, jp.status, ord_, **felter)
        if jp.status == "J":
            post.ute = _ute_fra(innstillinger.PUBLISERINGSFORSINKELSE)

    @rule(
        slag=st.sampled_from(("vanlig", "bygg")),
        status=st.sampled_from("MJJ"),
        tvil=st.sampled_from(("", "", "XX", "P")),
    )
    def brev_kommer(self, slag, status, tvil):
        nr, k = self._nytt_ord(), self.k
        tvilen = {"XX": {"sperr": True}, "P": {"forslag": skjerming("P", "13-fvl1")}}.get(tvil, {})
        jp = self._gjoer(
            "brev",
            None,
            lambda: registrer_i_arkivet(
                self._sak(slag),
                status=status,
                avsendere=[Part(navn=ordet("p", nr))],
                dokumentdato=MOTTATT,
                mottatt_dato=MOTTATT,
                enhet=k.enhet("TEK"),
                saksbehandler=k["sb.kari"],
                av=k["ark.eva"],
                **self._felter(nr),
                **tvilen,
            ),
        )
        self._ny(jp, "I", slag, nr, kode="XX" if tvil == "XX" else "", forslag="P" if tvil == "P" else "")

    @rule(slag=st.sampled_from(("vanlig", "bygg")))
    def saksbehandler_registrerer(self, slag):
        nr, k = self._nytt_ord(), self.k
        jp = self._gjoer(
            "brev i S",
            None,
            lambda: registrer_inngaaende(
                self._sak(slag),
                status="S",
                avsendere=[Part(navn=ordet("p", nr))],
                dokumentdato=MOTTATT,
                mottatt_dato=MOTTATT,
                enhet=k.enhet("TEK"),
                saksbehandler=k["sb.kari"],
                av=k["sb.kari"],
                **self._felter(nr),
            ),
        )
        self._ny(jp, "I", slag, nr)

    @rule(slag=st.sampled_from(("vanlig", "bygg")), type_=st.sampled_from("UUNX"), helt=st.booleans())
    def eget_dokument(self, slag, type_, helt):
        nr, k = self._nytt_ord(), self.k
        til = {"mottakere": [Part(navn=ordet("p", nr))]} if type_ == "U" else {"interne_mottakere": [k["sb.per"]]}
        jp = self._gjoer(
            f"eget {type_}",
            None,
            lambda: opprett_journalpost(self._sak(slag), type_, av=k["sb.kari"], **self._felter(nr), **til),
        )
        sak = self.bok.saker[slag]
        kodet = jp is not None and bool(sak.kode)  # the case's code is proposed, and set unless taken away (R-7.1.1.a)
        self._ny(jp, type_, slag, nr)
        if kodet and jp.tilgangskode is not None:
            self.bok.poster[jp.pk].kode = jp.tilgangskode.kode
            self.bok.poster[jp.pk].avskjerming = jp.avskjermingskode.kode
        if helt and jp is not None:
            self.ferdig(0)
            self.journalfoer(0)

    @precondition(lambda self: self.bok.poster)
    @rule(hvilken=HVILKEN)
    def ferdig(self, hvilken):
        jp, _ = self._velg(hvilken)
        self._gjoer("ferdig", jp, lambda: ferdigstill(jp, offentlighet_vurdert=True, av=self.k["sb.kari"]))

    @precondition(lambda self: self.bok.poster)
    @rule(hvilken=HVILKEN)
    def gjenaapne(self, hvilken):
        jp, _ = self._velg(hvilken)
        self._gjoer("gjenåpnet", jp, lambda: gjenaapne(jp, "Rettes", av=self.k["sb.kari"]))

    @precondition(lambda self: self.bok.poster)
    @rule(hvilken=HVILKEN)
    def journalfoer(self, hvilken):
        jp, _ = self._velg(hvilken)
        self._gjoer("journalført", jp, lambda: journalfoer(jp, av=self.k["ark.eva"]))

    @precondition(lambda self: self.bok.poster)
    @rule(hvilken=HVILKEN)
    def avjournalfoer(self, hvilken):
        jp, _ = self._velg(hvilken)
        self._gjoer("avjournalført", jp, lambda: avjournalfoer(jp, "Feil", av=self.k["ark.eva"]))

    @precondition(lambda self: self.bok.poster)
    @rule(hvilken=HVILKEN, sikker=st.sampled_from((False, False, True)))
    def utgaa(self, hvilken, sikker):
        if sikker:
            jp, _ = self._velg(hvilken)
            self._gjoer("utgått", jp, lambda: utgaa(jp, "Feil", av=self.k["ark.eva"]))

    @precondition(lambda self: self.bok.poster)
    @rule(hvilken=HVILKEN, av=st.sampled_from(("ark.eva", "sb.kari")))
    def sperr(self, hvilken, av):
        jp, post = self._velg(hvilken)
        if self._gjoer("sperret", jp, lambda: sperr_midlertidig(jp, av=self.k[av])) is not None:
            post.kode, post.avskjerming, post.gruppe = "XX", "", False

    @precondition(lambda self: self.bok.poster)
    @rule(hvilken=HVILKEN, kode=st.sampled_from(("U", "P", "E", "")))
    def arkivet_foreslaar(self, hvilken, kode):
        jp, post = self._velg(hvilken)
        grad = skjerming(kode, "13-fvl1") if kode else Skjerming()
        if self._gjoer("foreslått", jp, lambda: foreslaa_skjerming(jp, grad, av=self.k["ark.eva"])) is not None:
            post.forslag = kode

    @precondition(lambda self: self.bok.poster)
    @rule(hvilken=HVILKEN, kode=st.one_of(st.just(""), KODER), avskjerming=AVSKJERMING, gruppe=st.booleans())
    def lederen_avgjoer(self, hvilken, kode, avskjerming, gruppe):
        jp, post = self._velg(hvilken)
        sto_i_veien = bool(post.forslag) or post.kode == "XX"
        grad = Skjerming()
        if kode:
            grad = dataclasses.replace(
                skjerming(kode, "13-fvl1", avskjerming), gruppe=self.gruppe if gruppe else None, offentlig_tittel=""
            )
        var_j = post.status == "J"
        if self._gjoer("avgjort", jp, lambda: avgjoer_skjerming(jp, grad, av=self.k["led.anne"])) is None:
            return
        post.kode, post.forslag, post.gruppe = kode, "", gruppe
        post.avskjerming = avskjerming if kode else ""
        if var_j and sto_i_veien:
            post.ute = _ute_fra(innstillinger.PUBLISERINGSFORSINKELSE)

    @precondition(lambda self: self.bok.poster)
    @rule(hvilken=HVILKEN, kode=st.one_of(st.just(""), KODER), avskjerming=AVSKJERMING)
    def saksbehandler_setter(self, hvilken, kode, avskjerming):
        """Raising is done at once; lowering only in an own draft that no leader has decided, else it is a proposal."""
        jp, post = self._velg(hvilken)
        grad = skjerming(kode, "13-fvl1", avskjerming) if kode else Skjerming()
        if self._gjoer("satt", jp, lambda: sett_skjerming(jp, grad, av=self.k["sb.kari"])) is None:
            return
        bredde = {"": 0, "I": 0, "T": 1, "PA": 1, "TP": 2, "A": 4}
        hevet = post.kode == "" and kode != ""
        hevet |= post.kode == kode != "" and bredde[avskjerming] >= bredde[post.avskjerming] and not post.gruppe
        utkast = post.status == "R" and post.kode != "XX" and not jp.besluttet_av_leder
        if hevet or utkast:
            post.kode, post.avskjerming, post.gruppe = kode, avskjerming if kode else "", False

    @precondition(lambda self: self.bok.poster)
    @rule(hvilken=HVILKEN, av=st.sampled_from(("ark.eva", "sb.kari")))
    def ny_tittel_og_part(self, hvilken, av):
        jp, post = self._velg(hvilken)
        nr = self._nytt_ord()
        nytt = {"tittel": f"Brev {ordet('t', nr)}"}
        if post.type in "IU":
            nytt["parter"] = [Part(navn=ordet("p", nr))]
        if self._gjoer("ny tittel", jp, lambda: rediger_journalpost(jp, av=self.k[av], **nytt)) is not None:
            post.ord |= {"t": nr} | ({"p": nr} if post.type in "IU" else {})

    @precondition(lambda self: self.bok.poster)
    @rule(hvilken=HVILKEN, svar=st.sampled_from("GI"))
    def til_godkjenning_og_svar(self, hvilken, svar):
        jp, _ = self._velg(hvilken)
        k = self.k
        if self._gjoer("til godkjenning", jp, lambda: send_til_godkjenning(jp, k["led.anne"], av=k["sb.kari"])):
            jp.refresh_from_db()
            self._gjoer(
                "besvart",
                jp,
                lambda: besvar_godkjenning(jp, svar, kommentar="Nei" if svar == "I" else "", av=k["led.anne"]),
            )

    @rule(slag=st.sampled_from(("vanlig", "bygg")), kode=st.sampled_from("UP"), gruppe=st.booleans())
    def saken_skjermes(self, slag, kode, gruppe):
        grad = dataclasses.replace(skjerming(kode, "13-fvl1"), gruppe=self.gruppe if gruppe else None)
        sak = self._sak(slag)
        if self._gjoer(
            "sak skjermet", None, lambda: skjerm_sak(sak, grad, misvisende="Ja", skade="Ja", av=self.k["led.anne"])
        ):
            self.bok.saker[slag].kode = kode

    @rule(slag=st.sampled_from(("vanlig", "bygg")))
    def saken_aapnes(self, slag):
        if self._gjoer("sak åpnet", None, lambda: skjerm_sak(self._sak(slag), Skjerming(), av=self.k["led.anne"])):
            self.bok.saker[slag].kode = ""

    @rule(slag=st.sampled_from(("vanlig", "bygg")))
    def ny_sakstittel(self, slag):
        nr = self._nytt_ord()
        if self._gjoer(
            "ny sakstittel",
            None,
            lambda: rediger_sak(self._sak(slag), tittel=f"Sak {ordet('c', nr)}", av=self.k["ark.eva"]),
        ):
            self.bok.saker[slag].ord = nr

    @rule(paa=st.booleans())
    def arkivdelen_paa_eller_av_nettet(self, paa):
        del_ = Arkivdel.objects.get(kode="BYGG")
        if self._gjoer("arkivdel", None, lambda: endre_arkivdel(del_, publiseres=paa, av=self.k["adm.root"])):
            self._bygg_paa_nett(arkivdel=paa)

    @rule(kode=st.sampled_from(("BARN", None)))
    def sakstypen_paa_eller_av_nettet(self, kode):
        type_ = Sakstype.objects.get(kode=kode) if kode else None
        if self._gjoer("sakstype", None, lambda: rediger_sak(self._sak("bygg"), sakstype=type_, av=self.k["ark.eva"])):
            self._bygg_paa_nett(sakstype=kode is None)

    def _bygg_paa_nett(self, **endret: bool) -> None:
        self._nett = getattr(self, "_nett", {"arkivdel": True, "sakstype": True}) | endret
        self.bok.saker["bygg"].paa_nett = all(self._nett.values())

    @rule(slag=st.sampled_from(("vanlig", "bygg")))
    def saken_avsluttes_og_gjenaapnes(self, slag):
        if self._gjoer("avsluttet", None, lambda: avslutt_sak(self._sak(slag), av=self.k["ark.eva"])):
            self._gjoer("sak gjenåpnet", None, lambda: gjenaapne_sak(self._sak(slag), "Mer", av=self.k["ark.eva"]))

    @rule(dager=st.sampled_from((0, 2)))
    def forsinkelsen_endres(self, dager):
        innstillinger.PUBLISERINGSFORSINKELSE = dager

    @precondition(lambda self: klokke.idag() < dt.date(2026, 3, 25))
    @rule(timer=st.sampled_from((1, 20, 49)))
    def tiden_gaar(self, timer):
        self.klokka.shift(dt.timedelta(hours=timer))
        self.gjort.add("tid")


@pytest.mark.krav("C.11", "R-7.1.1.d", "R-7.1.1.e", "R-9.2.1.5", "A-08")
def test_no_sequence_of_acts_makes_public_what_c11_forbids_or_hides_what_it_gives(kommune_a, klokka, settings, omfang):
    settings.PUBLISERINGSFORSINKELSE = 0
    gjort: set[str] = set()
    maskin = type("Maskin", (Postliste,), {"k": kommune_a, "klokka": klokka, "gjort": gjort})
    run_state_machine_as_test(maskin, settings=settings_for(omfang(100)))
    assert {"brev", "eget U", "journalført", "avgjort", "sperret", "foreslått", "ny tittel", "sak skjermet"} <= gjort


def settings_for(antall: int) -> settings:
    """A failure is made as short as it can be, which takes minutes; a success costs nothing more."""
    return settings(
        max_examples=antall,
        stateful_step_count=30,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
