"""What waits for a leader who is away and no one present may see: a number on the leader's pages and the archive's."""

import datetime as dt
import sys

import pytest

from saksgang.flyt.commands import send_til_godkjenning
from saksgang.offentlighet.queries.udekket import udekket_for, udekket_i_alt
from saksgang.tilgang.commands import (
    autoriser,
    avslutt_stedfortreder,
    endre_stedfortreder,
    registrer_fravaer,
    tildel_rolle,
    trekk_fravaer,
)
from saksgang.tilgang.models import Stedfortreder, Tilgangskode
from saksgang.tilgang.rules import Kilde, Rolle
from tests.tilstand import egen, foreslaatt, inngaaende, kodet

IDAG, SEKSTE = dt.date(2026, 3, 2), dt.date(2026, 3, 6)


def tekst(svar) -> str:
    return " ".join(svar.content.decode().split())


@pytest.fixture
def venter(kommune_a):
    """In led.anne's baskets: two blocked, one coded to distribute and one coded for approval; others that are not."""
    k, sak = kommune_a, kommune_a.sak(101)
    kodet(k, inngaaende(k, sak, "J", tittel="Sperret zqudekketqz"), "XX")
    foreslaatt(k, inngaaende(k, sak, "M"), "P")
    kodet(k, inngaaende(k, sak, "J", saksbehandler=None, tittel="Ufordelt zqudekketqz"), "P")
    send_til_godkjenning(
        kodet(k, egen(k, sak, "U", "R", tittel="Svar zqudekketqz"), "P"), k["led.anne"], av=k["sb.kari"]
    )
    kodet(k, inngaaende(k, sak, "J"), "P")  # distributed and decided: nobody waits
    inngaaende(k, sak, "J", saksbehandler=None)  # open: every employee sees it
    send_til_godkjenning(egen(k, sak, "U", "R"), k["led.anne"], av=k["sb.kari"])  # without a code
    return k


@pytest.mark.krav("C.0", "A-53")
def test_number_is_what_the_deputys_ticked_codes_leave(venter):
    k = venter
    sf = Stedfortreder.objects.get(leder=k["led.anne"])
    assert (udekket_for(k["led.anne"]), udekket_for(k["sf.bente"]), udekket_i_alt()) == (2, 2, 2)
    p, xx = Tilgangskode.objects.get(kode="P"), Tilgangskode.objects.get(kode="XX")
    endre_stedfortreder(sf, koder=[xx, p], av=k["led.anne"])
    assert (udekket_for(k["led.anne"]), udekket_i_alt()) == (0, 0)
    endre_stedfortreder(sf, koder=[], av=k["led.anne"])
    assert (udekket_for(k["led.anne"]), udekket_i_alt()) == (4, 4)
    autoriser(k["sf.bente"], p, av=k["adm.root"])  # her own right counts, but not for a draft
    assert udekket_i_alt() == 3


@pytest.mark.krav("C.0")
def test_a_deputy_who_is_absent_or_whose_time_is_over_covers_nothing(venter):
    k = venter
    fravaer = registrer_fravaer(k["sf.bente"], fra=IDAG, til=SEKSTE, av=k["sf.bente"])
    assert udekket_i_alt() == 4
    trekk_fravaer(fravaer, av=k["sf.bente"])
    assert udekket_i_alt() == 2
    avslutt_stedfortreder(Stedfortreder.objects.get(leder=k["led.anne"]), til=dt.date(2026, 3, 1), av=k["led.anne"])
    assert (udekket_for(k["led.anne"]), udekket_for(k["sf.bente"]), udekket_i_alt()) == (0, 0, 0)  # she is there
    registrer_fravaer(k["led.anne"], fra=IDAG, til=SEKSTE, av=k["led.anne"])
    assert (udekket_for(k["led.anne"]), udekket_i_alt()) == (4, 4)
    tildel_rolle(k["sb.per"], Rolle.LED, enhet=k.enhet("TEK"), kilde=Kilde.NESTLEDER, av=k["adm.root"])
    assert udekket_i_alt() == 0  # the nestleder is there
    registrer_fravaer(k["sb.per"], fra=IDAG, til=IDAG, av=k["sb.per"])
    assert udekket_i_alt() == 4  # and each is counted once, though both are away


@pytest.mark.krav("C.0")
def test_number_stands_on_the_leaders_pages_and_in_the_archives_queue_and_nowhere_a_title(venter):
    k = venter
    setning = "2 dokumenter med tilgangskode venter på en leder som er borte"
    for hvem, veier in (
        ("led.anne", ("/lister/til-fordeling/", "/lister/midlertidig-sperret/", "/lister/til-godkjenning/",
                      "/min-side/stedfortreder/")),
        ("sf.bente", ("/lister/til-fordeling/", "/lister/midlertidig-sperret/")),
        ("ark.eva", ("/lister/til-journalfoering/", "/lister/xx-over-frist/")),
    ):  # fmt: skip
        for vei in veier:
            assert setning in tekst(k.klient(hvem).get(vei)), (hvem, vei)
    assert "zqudekketqz" not in tekst(k.klient("sf.bente").get("/lister/til-fordeling/"))
    for hvem, vei in (("nes.ida", "/lister/til-fordeling/"), ("led.nils", "/lister/til-fordeling/"),
                      ("led.anne", "/lister/innboks/")):  # fmt: skip
        assert "venter på en leder" not in tekst(k.klient(hvem).get(vei))


def test_number_costs_one_count_whatever_lies_in_the_baskets(venter, django_assert_max_num_queries):
    k = venter
    udekket_i_alt()
    with django_assert_max_num_queries(4):
        assert udekket_i_alt() == 2
    for _ in range(3):
        kodet(k, inngaaende(k, k.sak(101), "J"), "XX")
    with django_assert_max_num_queries(4):
        assert udekket_i_alt() == 2


def test_number_costs_as_much_for_many_leaders_who_are_away_as_for_one(venter, django_assert_max_num_queries):
    k, lagret = venter, sys.modules["saksgang.tilgang.queries.rettigheter"]._lagret
    for borte in ((), ("led.anne", "led.nils"), ("raad.jon", "raad.vikar")):
        for brukernavn in borte:
            registrer_fravaer(k[brukernavn], fra=IDAG, til=SEKSTE, av=k[brukernavn])
        lagret.clear()
        with django_assert_max_num_queries(12):
            udekket_i_alt()
