"""Notifications, made from the log and from nothing else."""

import threading

import pytest
from django.db import connection, transaction

from saksgang.demo.grunnlag import skjerming
from saksgang.flyt import queries
from saksgang.flyt.commands import (
    behandle_flagg,
    besvar_flagg,
    bruk_foreslaatt_tittel,
    lag_varsler,
    les_alle_varsler,
    les_varsel,
    send_flagg,
)
from saksgang.flyt.models import Leseposisjon, Varsel
from saksgang.kjerne.errors import IkkeFunnet, IkkeTilgang
from saksgang.logg.commands import forsegl_logg
from saksgang.offentlighet.commands import avgjoer_skjerming, sett_skjerming
from saksgang.produksjon.commands import gjenaapne
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.commands.fordeling import fordel
from saksgang.sakarkiv.commands.kopi import send_kopi
from saksgang.sakarkiv.commands.rettighet import avslaa_rettighet, be_om_rettighet, gi_rettighet
from saksgang.tilgang.queries import rettigheter
from tests.tilstand import egen

pytestmark = pytest.mark.django_db(transaction=True)


def _kjoer() -> int:
    forsegl_logg()
    return lag_varsler()


def _varsler() -> list[tuple[str, str]]:
    return list(Varsel.objects.order_by("hendelse", "bruker__brukernavn").values_list("bruker__brukernavn", "tekst"))


@pytest.mark.krav("R-9.1.2")
def test_varsel_to_those_who_are_given_the_letter_and_the_case(kommune_a):
    k = kommune_a
    assert _kjoer() == 0
    fordel(k.mottaker(k.jp(104, 1)), k["sb.ola"], saksansvarlig=k["sb.kari"], av=k["led.anne"])
    fordel(k.mottaker(k.jp(101, 1)), k["sb.ola"], av=k["ark.eva"])
    assert _kjoer() == 4
    assert _varsler() == [
        ("sb.ola", "2026/104-1: fordelt til deg av Anne Hauge"),
        ("sb.kari", "2026/104: saksansvaret er gitt til deg av Anne Hauge"),
        ("sb.kari", "2026/101-1: fordelt videre av Eva Strand"),
        ("sb.ola", "2026/101-1: fordelt til deg av Eva Strand"),
    ]
    assert list(queries.varsler(k["led.anne"])) == []
    foerste = queries.varsler(k["sb.ola"]).last()
    assert (foerste.journalpost, foerste.sak, foerste.grunn) == (k.jp(104, 1), k.sak(104), "Du er saksbehandler.")


def test_lag_varsler_twice_makes_nothing_new(kommune_a):
    k = kommune_a
    fordel(k.mottaker(k.jp(104, 1)), k["sb.ola"], av=k["led.anne"])
    assert (_kjoer(), _kjoer()) == (1, 0)
    Leseposisjon.objects.update(segl=0)
    lag_varsler()
    assert _varsler() == [("sb.ola", "2026/104-1: fordelt til deg av Anne Hauge")]


def test_lag_varsler_waits_for_the_act_to_be_sealed(kommune_a):
    k = kommune_a
    fordel(k.mottaker(k.jp(104, 1)), k["sb.ola"], av=k["led.anne"])
    assert lag_varsler() == 0
    assert _kjoer() == 1


def test_lag_varsler_takes_also_an_act_that_ends_late(kommune_a):
    k = kommune_a
    skrevet, slipp = threading.Event(), threading.Event()

    def treg() -> None:
        try:
            with transaction.atomic():
                send_flagg(k.jp(101, 1), av=k["sb.kari"], til=k["sb.ola"], tekst="Begynte først")
                skrevet.set()
                slipp.wait(30)
        finally:
            connection.close()

    traad = threading.Thread(target=treg)
    traad.start()
    assert skrevet.wait(30)
    send_flagg(k.jp(101, 1), av=k["sb.kari"], til=k["sb.per"], tekst="Ble ferdig først")
    _kjoer()
    assert [b for b, _ in _varsler()] in ([], ["sb.per"])
    slipp.set()
    traad.join(30)
    _kjoer()
    assert [b for b, _ in _varsler()] == ["sb.ola", "sb.per"]


@pytest.mark.krav("R-10.1.2b", "R-10.10.2", "R-10.1.5b")
def test_varsel_follows_a_flag_there_and_back(kommune_a):
    k = kommune_a
    til_arkiv = send_flagg(k.jp(101, 1), av=k["sb.kari"], koe="ARK", aarsak="feilregistrert", tekst="Dobbelt")
    behandle_flagg(til_arkiv, av=k["ark.eva"])
    til_anne = send_flagg(k.jp(101, 2), av=k["sb.kari"], til=k["led.anne"], aarsak="gradering", tekst="Skjermes?")
    besvar_flagg(til_anne, "Ja", av=k["led.anne"])
    forslag = send_flagg(
        k.jp(101, 3), av=k["sb.ola"], koe="ARK", aarsak="tittel", foreslaatt_tittel="Ny tittel", tekst="Kortere"
    )
    bruk_foreslaatt_tittel(forslag, av=k["ark.tom"])
    egen = send_flagg(k.jp(101, 1), av=k["ark.eva"], koe="ARK", tekst="Til oss selv")
    behandle_flagg(egen, av=k["ark.eva"])
    _kjoer()
    assert _varsler() == [
        ("sb.kari", "2026/101-1: Eva Strand har behandlet flagget ditt"),
        ("led.anne", "2026/101-2: flagg fra Kari Lunde (spørsmål om gradering)"),
        ("sb.kari", "2026/101-2: Anne Hauge har svart på flagget ditt"),
        ("sb.ola", "2026/101-3: Tom Bakke har brukt tittelen du foreslo"),
    ]


@pytest.mark.krav("R-10.3.2.3")
def test_varsel_about_rights_in_the_case(kommune_a):
    k = kommune_a
    be_om_rettighet(k.sak(101), "skrive", av=k["sb.ola"])
    gi_rettighet(k.sak(101), k["sb.ola"], "skrive", av=k["sb.kari"])
    oenske = be_om_rettighet(k.sak(101), "skrive", av=k["sb.per"])
    avslaa_rettighet(oenske, av=k["led.anne"])
    _kjoer()
    assert _varsler() == [
        ("sb.kari", "2026/101: Ola Vik ber om rettigheter i saken"),
        ("sb.ola", "2026/101: Kari Lunde har gitt deg rettigheter i saken"),
        ("sb.kari", "2026/101: Per Dahl ber om rettigheter i saken"),
        ("sb.per", "2026/101: Anne Hauge har avslått ønsket ditt om rettigheter"),
    ]


def test_varsel_to_copy_receivers_and_to_the_leader_of_a_grading(kommune_a):
    k = kommune_a
    send_kopi(k.jp(101, 1), [k["sb.per"], k["les.gry"]], av=k["sb.kari"])
    sett_skjerming(k.jp(101, 2), skjerming("P", "13-fvl1"), av=k["sb.kari"])
    avgjoer_skjerming(k.jp(101, 2), Skjerming(), av=k["led.anne"])
    _kjoer()
    assert _varsler() == [
        ("les.gry", "2026/101-1: kopi fra Kari Lunde"),
        ("sb.per", "2026/101-1: kopi fra Kari Lunde"),
        ("led.anne", "2026/101-2: Kari Lunde har endret skjermingen"),
    ]


@pytest.mark.krav("C.2")
def test_varsel_to_recipients_of_a_note_that_is_opened_again_without_its_words(kommune_a):
    k = kommune_a
    folk = [k["sb.per"], k["sb.ola"], k.enhet("KULT")]
    notat = egen(k, k.sak(101), "N", "F", tittel="Hemmelig utkast", interne_mottakere=folk)
    gjenaapne(egen(k, k.sak(101), "U", "F"), "Skrivefeil", av=k["sb.kari"])
    gjenaapne(notat, "Feil mottaker", av=k["sb.kari"])
    lukket = egen(k, k.sak(103), "X", "F", interne_mottakere=[k["sb.ola"], k["pers.mia"]], av=k["raad.jon"])
    gjenaapne(lukket, "Feil mottaker", av=k["raad.jon"])
    assert _kjoer() == 3
    tekst = f"{notat}: tatt tilbake for retting av Kari Lunde"
    assert _varsler() == [
        ("sb.ola", tekst),
        ("sb.per", tekst),
        ("pers.mia", f"{lukket}: tatt tilbake for retting av Jon Sæther"),
    ]
    (varsel,) = queries.varsler(k["sb.per"])
    assert (varsel.sak, varsel.journalpost) == (k.sak(101), None)


def test_varsel_names_the_leader_for_whom_the_deputy_acts(kommune_a):
    k = kommune_a
    fordel(k.mottaker(k.jp(104, 1)), k["sb.ola"], av=k["sf.bente"])
    _kjoer()
    assert _varsler() == [("sb.ola", "2026/104-1: fordelt til deg av Bente Moen på vegne av Anne Hauge")]


@pytest.mark.krav("C.0")
def test_varsel_is_made_and_shown_only_to_one_who_sees_the_object(kommune_a):
    k = kommune_a
    send_kopi(k.jp(101, 1), [k["sb.per"]], av=k["sb.kari"])
    send_kopi(k.jp(101, 2), [k["sb.per"]], av=k["sb.kari"])
    sett_skjerming(k.jp(101, 1), skjerming("P", "13-fvl1"), av=k["sb.kari"])
    _kjoer()
    (varsel,) = Varsel.objects.filter(bruker=k["sb.per"])
    assert varsel.journalpost == k.jp(101, 2)
    assert queries.antall_uleste_varsler(k["sb.per"]) == 1
    sett_skjerming(k.jp(101, 2), skjerming("P", "13-fvl1"), av=k["sb.kari"])
    assert list(queries.varsler(k["sb.per"])) == []
    assert queries.antall_uleste_varsler(k["sb.per"]) == 0
    with pytest.raises(IkkeFunnet):
        queries.hent_varsel(k["sb.per"], varsel.pk)


@pytest.mark.krav("C.0")
def test_varsel_carries_no_title_and_no_text_from_people(kommune_a):
    k = kommune_a
    be_om_rettighet(k.sak(101), "skrive", "kvintessens", av=k["sb.ola"])
    send_flagg(k.jp(101, 1), av=k["sb.kari"], til=k["sb.ola"], tekst="kvintessens")
    send_kopi(k.jp(101, 1), [k["sb.ola"]], kommentar="kvintessens", av=k["sb.kari"])
    _kjoer()
    tekster = " ".join(tekst + varsel_grunn for tekst, varsel_grunn in Varsel.objects.values_list("tekst", "grunn"))
    assert Varsel.objects.count() == 3
    assert [ord for ord in ("kvintessens", "kjenkebevilling", "Kroa") if ord in tekster] == []


def test_les_varsel_is_for_its_own_person(kommune_a):
    k = kommune_a
    send_kopi(k.jp(101, 1), [k["sb.per"]], av=k["sb.kari"])
    send_kopi(k.jp(101, 2), [k["sb.per"], k["sb.ola"]], av=k["sb.kari"])
    _kjoer()
    per = k["sb.per"]
    varsel = queries.varsler(per).first()
    with pytest.raises(IkkeTilgang):
        les_varsel(varsel, av=k["sb.ola"])
    with pytest.raises(IkkeFunnet):
        queries.hent_varsel(k["sb.ola"], varsel.pk)
    les_varsel(varsel, av=per)
    assert queries.antall_uleste_varsler(per) == 1
    assert les_alle_varsler(av=per) == 1
    assert (queries.antall_uleste_varsler(per), queries.antall_uleste_varsler(k["sb.ola"])) == (0, 1)


@pytest.mark.parametrize("antall", [1, 3])
def test_varsler_asks_once_whatever_its_length(kommune_a, antall, django_assert_num_queries):
    k = kommune_a
    for nummer in range(antall):
        send_kopi(k.jp(101, 1 + nummer), [k["sb.per"]], av=k["sb.kari"])
    _kjoer()
    per = k["sb.per"]
    rettigheter(per)
    with django_assert_num_queries(1):
        tekster = [(v.tekst, v.grunn, v.sak_id, v.journalpost_id) for v in queries.varsler(per)]
    assert [t[0] for t in tekster] == [f"2026/101-{n}: kopi fra Kari Lunde" for n in range(antall, 0, -1)]
    with django_assert_num_queries(1):
        assert queries.antall_uleste_varsler(per) == antall
