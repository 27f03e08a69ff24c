"""What a person may do is remembered from day to day, and no longer than it holds."""

import datetime as dt
import sys

import pytest

from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.commands.rettighet import gi_rettighet, trekk_rettighet
from saksgang.sakarkiv.queries.saker import hent_sak
from saksgang.tilgang.commands import (
    autoriser,
    gi_fullmakt,
    kombinasjon,
    legg_til_medlem,
    opprett_gruppe,
    registrer_stedfortreder,
    tildel_rolle,
)
from saksgang.tilgang.models import Tilgangskode
from saksgang.tilgang.queries import rettigheter, rettigheter_til
from saksgang.tilgang.rules import Funksjon, Klasse, Rolle

IDAG = dt.date(2026, 3, 2)
DAGER = [IDAG + dt.timedelta(days=n) for n in range(-3, 40)]
FOLK = ("sb.per", "sf.per", "pol.tor", "pers.mia")


def glem():
    sys.modules["saksgang.tilgang.queries.rettigheter"]._lagret.clear()


@pytest.fixture
def perioder(kommune_a):
    """Grants of every kind that begin and end on different days, some of them for one day alone."""
    k, adm = kommune_a, kommune_a["adm.root"]
    kode = Tilgangskode.objects.get(kode="P")

    def dag(n):
        return IDAG + dt.timedelta(days=n)

    tildel_rolle(k["sb.per"], Rolle.ARK, fra=dag(2), til=dag(4), tilgangskoder=[kode], av=adm)
    tildel_rolle(k["pol.tor"], Rolle.SB, enhet=k.enhet("TEK"), fra=dag(6), til=dag(6), av=adm)
    tildel_rolle(k["led.nils"], Rolle.LED, enhet=k.enhet("TEK"), fra=dag(11), til=dag(12), av=adm)
    gi_fullmakt(k["sb.per"], Funksjon.FORDELE, enhet=k.enhet("KULT"), fra=dag(8), til=dag(9), av=adm)
    registrer_stedfortreder(k["led.nils"], k["sf.per"], fra=dag(10), til=dag(14), koder=[kode], av=adm)
    autoriser(k["sb.per"], kode, enhet=k.enhet("KULT"), fra=dag(16), til=dag(20), av=adm)
    gruppe = opprett_gruppe("Kvalitetsgruppen", av=adm)
    legg_til_medlem(gruppe, k["sb.per"], fra=dag(18), til=dag(19), av=adm)
    legg_til_medlem(gruppe, k["pers.mia"], fra=dag(22), av=adm)
    for enhet in ("TEK", "KULT"):
        for gruppe_id in (None, gruppe.pk):
            kombinasjon(Klasse.KODET, kode_id=kode.pk, gruppe_id=gruppe_id, enhet_id=k.enhet(enhet).pk)
    gi_rettighet(k.sak(101), k["sb.per"], "lese", til=dag(24), av=k["sb.kari"])
    return k


@pytest.mark.parametrize("rekkefoelge", [1, -1])
def test_rettigheter_remembered_are_those_computed_anew(perioder, rekkefoelge):
    husket, beregnet = {}, {}
    glem()
    for dag in DAGER[::rekkefoelge]:
        for navn in FOLK:
            husket[navn, dag] = rettigheter(perioder[navn], dag)
    for dag in DAGER:
        for navn in FOLK:
            glem()
            beregnet[navn, dag] = rettigheter(perioder[navn], dag)
    assert husket == beregnet
    ulike = {navn: set() for navn in FOLK}
    for (navn, _), rett in beregnet.items():
        ulike[navn].add((rett.roller, str(rett.ledelse), rett.noekler))
    assert {navn: len(rett) for navn, rett in ulike.items()} == {"sb.per": 6, "sf.per": 3, "pol.tor": 2, "pers.mia": 2}


def test_rettigheter_of_the_next_day_cost_one_question(kommune_a, django_assert_num_queries):
    person = kommune_a["sb.kari"]
    i_dag = rettigheter(person, IDAG)
    with django_assert_num_queries(1):
        i_morgen = rettigheter(person, IDAG + dt.timedelta(days=1))
    assert (i_morgen.dato, i_morgen.noekler) == (IDAG + dt.timedelta(days=1), i_dag.noekler)


def test_trekk_rettighet_ends_what_is_remembered(kommune_a):
    k = kommune_a
    foer = rettigheter(k["sb.per"], IDAG).noekler
    rettighet = gi_rettighet(k.sak(101), k["sb.per"], "lese", av=k["sb.kari"])
    assert len(rettigheter(k["sb.per"], IDAG).noekler) == len(foer) + 1
    rettighet.sak = hent_sak(k["sb.kari"], 2026, 101)
    trekk_rettighet(rettighet, av=k["sb.kari"])
    assert rettigheter(k["sb.per"], IDAG).noekler == foer


def test_rettigheter_til_several_are_those_of_each_and_hold_as_long(perioder):
    folk, lagret = list(Bruker.objects.order_by("pk")), sys.modules["saksgang.tilgang.queries.rettigheter"]._lagret
    assert len(folk) > 20
    for dag in DAGER:
        glem()
        samlet = rettigheter_til(folk, dag), dict(lagret)
        glem()
        assert samlet == ({p.pk: rettigheter(p, dag) for p in folk}, dict(lagret))


def test_rettigheter_til_several_cost_what_one_costs(perioder, django_assert_max_num_queries):
    folk = list(Bruker.objects.order_by("pk"))
    glem()
    with django_assert_max_num_queries(9):
        rettigheter_til(folk)
    with django_assert_max_num_queries(1):
        rettigheter_til(folk)
