"""The lists: who has what, in what order, at what cost."""

import datetime as dt

import pytest

from saksgang.demo.grunnlag import skjerming
from saksgang.flyt import queries
from saksgang.flyt.commands import behandle_flagg, send_flagg
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.offentlighet.commands import sett_skjerming
from saksgang.tilgang.queries import rettigheter


def _send(k, klokka, antall, **til):
    flagg = []
    for nummer in range(antall):
        flagg.append(send_flagg(k.jp(101, 1 + nummer % 3), av=k["sb.kari"], tekst=f"Nummer {nummer}", **til))
        klokka.shift(dt.timedelta(minutes=1))
    return flagg


def test_flagg_til_newest_first_and_koe_oldest_first(kommune_a, klokka):
    k = kommune_a
    til_ola = _send(k, klokka, 3, til=k["sb.ola"])
    til_arkiv = _send(k, klokka, 3, koe="ARK")
    assert list(queries.flagg_til(k["sb.ola"])) == til_ola[::-1]
    assert queries.antall_flagg(k["sb.ola"]) == 3
    assert list(queries.koe(k["ark.eva"])) == til_arkiv
    assert list(queries.flagg_sendt(k["sb.kari"])) == (til_ola + til_arkiv)[::-1]


def test_lists_have_a_total_order_when_the_time_is_the_same(kommune_a):
    k = kommune_a
    like = [send_flagg(k.jp(101, 1), av=k["sb.kari"], til=k["sb.ola"], tekst="Hei") for _ in range(3)]
    assert list(queries.flagg_til(k["sb.ola"])) == like[::-1]
    for flagg in like:
        behandle_flagg(flagg, av=k["sb.ola"])
    assert list(queries.flagg_behandlet(k["sb.ola"])) == like[::-1]


@pytest.mark.krav("R-C.2")
def test_flagg_behandlet_holds_what_one_handled_and_what_was_sent_to_one(kommune_a):
    k = kommune_a
    til_ola = send_flagg(k.jp(101, 1), av=k["sb.kari"], til=k["sb.ola"], tekst="Hei")
    til_arkiv = send_flagg(k.jp(101, 1), av=k["sb.kari"], koe="ARK", tekst="Hei")
    send_flagg(k.jp(101, 1), av=k["sb.kari"], til=k["sb.ola"], tekst="Fortsatt åpent")
    behandle_flagg(til_ola, av=k["sb.ola"])
    behandle_flagg(til_arkiv, av=k["ark.eva"])
    assert {
        b: list(queries.flagg_behandlet(k[b])) for b in ("sb.kari", "sb.ola", "ark.eva", "ark.tom", "led.anne")
    } == {
        "sb.kari": [],
        "sb.ola": [til_ola],
        "ark.eva": [til_arkiv],
        "ark.tom": [],
        "led.anne": [],
    }


@pytest.mark.krav("C.0")
def test_lists_hide_a_flag_whose_object_the_reader_may_no_longer_see(kommune_a):
    k = kommune_a
    aapent = send_flagg(k.jp(101, 1), av=k["sb.kari"], til=k["sb.per"], tekst="Hemmelig ord: kvintessens")
    behandlet = send_flagg(k.jp(101, 1), av=k["sb.kari"], til=k["sb.per"], tekst="kvintessens igjen")
    sendt = send_flagg(k.jp(101, 1), av=k["sb.per"], til=k["sb.kari"], tekst="kvintessens tilbake")
    behandle_flagg(behandlet, av=k["sb.per"])
    assert list(queries.flagg_til(k["sb.per"])) == [aapent]
    sett_skjerming(k.jp(101, 1), skjerming("P", "13-fvl1"), av=k["sb.kari"])
    per = k["sb.per"]
    assert [
        list(liste)
        for liste in (
            queries.flagg_til(per),
            queries.flagg_behandlet(per),
            queries.flagg_sendt(per),
            queries.flagg_paa(k.jp(101, 1), per),
        )
    ] == [[], [], [], []]
    assert queries.antall_flagg(per) == 0
    for flagg in (aapent, behandlet, sendt):
        with pytest.raises(IkkeFunnet):
            queries.hent_flagg(per, flagg.pk)
    assert list(queries.flagg_til(k["sb.kari"])) == [sendt]
    assert queries.hent_flagg(k["sb.kari"], aapent.pk) == aapent


def test_flagg_paa_keeps_the_case_and_its_journalposter_apart(kommune_a):
    k = kommune_a
    paa_sak = send_flagg(k.sak(101), av=k["sb.kari"], til=k["sb.ola"], tekst="Om saken")
    paa_jp = send_flagg(k.jp(101, 1), av=k["sb.kari"], til=k["sb.ola"], tekst="Om brevet")
    send_flagg(k.jp(101, 2), av=k["sb.kari"], til=k["sb.ola"], tekst="Om et annet")
    assert list(queries.flagg_paa(k.sak(101), k["les.gry"])) == [paa_sak]
    assert list(queries.flagg_paa(k.jp(101, 1), k["les.gry"])) == [paa_jp]
    assert list(queries.flagg_paa(k.jp(101, 1), k["pol.tor"])) == []


def test_hent_flagg_unknown_is_not_found(kommune_a):
    with pytest.raises(IkkeFunnet):
        queries.hent_flagg(kommune_a["sb.kari"], 4711)


@pytest.mark.parametrize("antall", [1, 3])
def test_lists_ask_once_whatever_their_length(kommune_a, klokka, antall, django_assert_num_queries):
    k = kommune_a
    _send(k, klokka, antall, til=k["sb.ola"])
    for flagg in _send(k, klokka, antall, til=k["sb.ola"]):
        behandle_flagg(flagg, av=k["sb.ola"])
    _send(k, klokka, antall, koe="ARK")
    kari, ola, eva, jp = k["sb.kari"], k["sb.ola"], k["ark.eva"], k.jp(101, 1)
    for bruker in (kari, ola, eva):
        rettigheter(bruker)
    for liste, lengde in [
        (queries.flagg_til(ola), antall),
        (queries.flagg_behandlet(ola), antall),
        (queries.flagg_sendt(kari), 3 * antall),
        (queries.koe(eva), antall),
        (queries.flagg_paa(jp, ola), 3),
    ]:
        with django_assert_num_queries(1):
            rader = [
                (f.fra.navn, f.til_bruker and f.til_bruker.navn, str(f.objekt), f.sak.saksnummer, f.maalsak)
                for f in liste
            ]
        assert len(rader) == lengde
    with django_assert_num_queries(1):
        assert queries.antall_flagg(ola) == antall
    with django_assert_num_queries(1):
        assert queries.antall_i_koe(eva) == {"meldinger": antall, "feilregistrert": 0, "flytting": 0}
