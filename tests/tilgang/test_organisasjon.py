"""Units, people, passwords, absence."""

import datetime as dt

import pytest

from saksgang.kjerne.errors import Avvist, IkkeTilgang, UgyldigInndata
from saksgang.logg.models import Hendelse
from saksgang.organisasjon.models import Bruker, Enhet, Fravaer
from saksgang.tilgang.commands import (
    deaktiver_bruker,
    endre_bruker,
    endre_enhet,
    endre_fravaer,
    gjenaapne_bruker,
    legg_ned_enhet,
    opprett_bruker,
    opprett_enhet,
    opprett_foerste_administrator,
    registrer_fravaer,
    registrer_stedfortreder,
    sett_passord,
    tildel_rolle,
    trekk_fravaer,
)
from saksgang.tilgang.commands import organisasjon as kommandoer
from saksgang.tilgang.queries import brukere, enheter, fravaerende, rettigheter, sok_brukere
from saksgang.tilgang.rules import Rolle

pytest_plugins = ["tests.tilgang.kommune"]
IDAG = dt.date(2026, 3, 2)
IGAAR = dt.date(2026, 3, 1)
PASSORD = "fjord og fjell 1814"


def siste_hendelse():
    return Hendelse.objects.order_by("-nummer").first()


def test_opprett_foerste_administrator_is_logged_without_an_actor(adm):
    hendelser = Hendelse.objects.order_by("nummer").values_list("objekt_type", "aktoer_id", "handling")
    assert list(hendelser) == [
        ("bruker", None, "organisasjon.administrere"),
        ("rolletildeling", None, "organisasjon.administrere"),
    ]
    assert len({h.akt for h in Hendelse.objects.order_by("pk")}) == 1
    assert rettigheter(adm).har(Rolle.ADM)
    assert adm.initialer == "rr"


def test_opprett_foerste_administrator_refused_when_there_is_one(adm):
    with pytest.raises(Avvist):
        opprett_foerste_administrator("adm.to", "To Toesen", PASSORD)
    assert list(Bruker.objects.order_by("pk").values_list("brukernavn", flat=True)) == ["adm.root"]


def test_opprett_enhet_keeps_the_way_from_the_root(kommune):
    assert kommune.var.forfedre == [kommune.tek.pk, kommune.var.pk]
    assert [e.kode for e in enheter()] == ["KULT", "TEK", "VAR"]


def test_opprett_enhet_refused_for_an_employee(kommune):
    with pytest.raises(IkkeTilgang):
        opprett_enhet(kode="NY", navn="Ny", av=kommune.kari)
    assert not Enhet.objects.filter(kode="NY").exists()


@pytest.mark.parametrize(("kode", "navn", "felt"), [("tek", "X", "kode"), ("", "X", "kode"), ("X", " ", "navn")])
def test_opprett_enhet_refused_without_a_name_and_a_code_of_its_own(kommune, kode, navn, felt):
    with pytest.raises(UgyldigInndata) as feil:
        opprett_enhet(kode=kode, navn=navn, av=kommune.adm)
    assert list(feil.value.felter) == [felt]


def test_endre_enhet_moves_all_below_and_tells_the_followers(kommune, monkeypatch):
    vann = opprett_enhet(kode="VANN", navn="Vann", overordnet=kommune.var, av=kommune.adm)
    kalt = []
    monkeypatch.setattr(kommandoer, "_foelgere", [kalt.append])
    endre_enhet(kommune.var, overordnet=kommune.kult, av=kommune.adm)
    vann.refresh_from_db()
    assert vann.forfedre == [kommune.kult.pk, kommune.var.pk, vann.pk]
    assert kalt == [[kommune.var.pk, vann.pk]]
    assert siste_hendelse().endringer == {"overordnet": ["TEK Teknisk", "KULT Kultur"]}


def test_endre_enhet_name_alone_tells_nobody(kommune, monkeypatch):
    kalt = []
    monkeypatch.setattr(kommandoer, "_foelgere", [kalt.append])
    endre_enhet(kommune.var, navn="VA", av=kommune.adm)
    assert kalt == []


def test_endre_enhet_refused_under_itself(kommune):
    with pytest.raises(UgyldigInndata) as feil:
        endre_enhet(kommune.tek, overordnet=kommune.var, av=kommune.adm)
    assert list(feil.value.felter) == ["overordnet"]
    kommune.tek.refresh_from_db()
    assert kommune.tek.overordnet is None


@pytest.mark.krav("R-3.1.8")
def test_endre_enhet_setting_takes_effect_at_once(kommune):
    assert rettigheter(kommune.anne).enheter("lede") == {kommune.tek.pk, kommune.var.pk}
    endre_enhet(kommune.tek, inkluder_underenheter=False, av=kommune.adm)
    assert rettigheter(kommune.anne).enheter("lede") == {kommune.tek.pk}


def test_legg_ned_enhet_refused_while_in_use_with_all_reasons(kommune):
    with pytest.raises(Avvist) as feil:
        legg_ned_enhet(kommune.tek, av=kommune.adm)
    assert feil.value.hindre == [
        "Underenheten VAR Vann og avløp er aktiv. Flytt eller legg den ned først.",
        "2 aktive brukere hører til enheten. Flytt dem først.",
    ]


def test_legg_ned_enhet_leaves_the_choices(kommune):
    legg_ned_enhet(kommune.var, av=kommune.adm)
    assert [e.kode for e in enheter()] == ["KULT", "TEK"]
    assert [e.kode for e in enheter(med_nedlagte=True)] == ["KULT", "TEK", "VAR"]


@pytest.mark.krav("R-1.1")
def test_opprett_bruker_has_no_right_before_a_role(kommune):
    ny = opprett_bruker(
        brukernavn="SB.Ny", navn="Ny Nilsen", initialer="nyn", enhet=kommune.tek, passord=PASSORD, av=kommune.adm
    )
    assert ny.brukernavn == "sb.ny"
    assert ny.check_password(PASSORD)
    assert not rettigheter(ny).ansatt
    tildel_rolle(ny, Rolle.SB, enhet=kommune.tek, av=kommune.adm)
    assert rettigheter(ny).ansatt


def test_opprett_bruker_password_never_reaches_the_log(kommune):
    ny = opprett_bruker(
        brukernavn="sb.ny", navn="Ny", initialer="n", enhet=kommune.tek, passord=PASSORD, av=kommune.adm
    )
    sett_passord(ny, "nytt langt passord", av=kommune.adm)
    logg = [f"{h.endringer}{h.detaljer}" for h in Hendelse.objects.order_by("pk")]
    assert not [rad for rad in logg if "fjord og fjell" in rad or "nytt langt" in rad or ny.password in rad]


@pytest.mark.parametrize(
    ("felter", "feil_i"),
    [
        ({"brukernavn": "SB.KARI"}, ["brukernavn"]),
        ({"brukernavn": "to ord"}, ["brukernavn"]),
        ({"navn": " ", "initialer": ""}, ["navn", "initialer"]),
        ({"epost": "ikke en adresse"}, ["epost"]),
        ({"passord": "kort"}, ["passord"]),
    ],
)
def test_opprett_bruker_refused_with_bad_fields(kommune, felter, feil_i):
    gyldige = {"brukernavn": "sb.ny", "navn": "Ny", "initialer": "n", "enhet": kommune.tek}
    with pytest.raises(UgyldigInndata) as feil:
        opprett_bruker(**(gyldige | felter), av=kommune.adm)
    assert list(feil.value.felter) == feil_i


def test_endre_bruker_logs_what_changed_alone(kommune):
    endre_bruker(kommune.kari, navn="Kari Lunde Vik", enhet=kommune.kult, telefon="", av=kommune.adm)
    hendelse = siste_hendelse()
    assert (hendelse.objekt_type, hendelse.objekt_id) == ("bruker", kommune.kari.pk)
    assert hendelse.endringer == {"navn": ["Kari Lunde", "Kari Lunde Vik"], "enhet": ["TEK Teknisk", "KULT Kultur"]}


@pytest.mark.krav("R-1.1")
def test_deaktiver_bruker_ends_every_right(kommune):
    endre_bruker(kommune.kari, aktiv_fra=dt.date(2026, 1, 1), av=kommune.adm)
    kari = deaktiver_bruker(kommune.kari, til=IGAAR, av=kommune.adm)
    assert not kari.er_aktiv(IDAG)
    assert not rettigheter(kari).ansatt
    assert kari not in sok_brukere("kari", IDAG)
    assert rettigheter(gjenaapne_bruker(kari, av=kommune.adm)).ansatt


def test_deaktiver_bruker_refused_for_the_last_administrator(kommune):
    with pytest.raises(Avvist):
        deaktiver_bruker(kommune.adm, til=IDAG, av=kommune.adm)
    tildel_rolle(kommune.kari, Rolle.ADM, av=kommune.adm)
    deaktiver_bruker(kommune.adm, til=IDAG, av=kommune.kari)


@pytest.mark.parametrize("tekst", ["kari", "LUNDE", "lu ka", "sb.k", "kar"])
def test_sok_brukere_finds_by_any_part_of_the_name(kommune, tekst):
    assert list(sok_brukere(tekst, IDAG)) == [kommune.kari]


def test_brukere_in_norwegian_order(kommune):
    assert [b.navn for b in brukere()] == ["Anne Ås", "Kari Lunde", "Nils Øye", "Per Aas", "Rut Root"]
    assert list(brukere(enhet=kommune.kult)) == [kommune.nils, kommune.per]
    assert list(sok_brukere("ås", IDAG)) == [kommune.anne, kommune.per]


@pytest.mark.parametrize("hvem", ["kari", "anne", "adm"])
def test_registrer_fravaer_by_oneself_leader_or_administrator(kommune, hvem):
    registrer_fravaer(kommune.kari, fra=IDAG, til=IDAG, aarsak="Ferie", av=getattr(kommune, hvem))
    assert list(fravaerende(IDAG, [kommune.kari.pk, kommune.per.pk])) == [kommune.kari.pk]


def test_registrer_fravaer_by_the_leaders_deputy_is_logged_on_her_behalf(kommune):
    registrer_stedfortreder(kommune.anne, kommune.per, fra=IDAG, til=IDAG, av=kommune.anne)
    registrer_fravaer(kommune.kari, fra=IDAG, til=IDAG, av=kommune.per)
    assert siste_hendelse().paa_vegne_av == kommune.anne


@pytest.mark.parametrize("hvem", ["per", "nils"])
def test_registrer_fravaer_refused_for_others(kommune, hvem):
    with pytest.raises(IkkeTilgang):
        registrer_fravaer(kommune.kari, fra=IDAG, til=IDAG, av=getattr(kommune, hvem))
    assert not Fravaer.objects.exists()


def test_registrer_fravaer_refused_where_it_overlaps_or_runs_backwards(kommune):
    foerste = registrer_fravaer(kommune.kari, fra=IDAG, til=dt.date(2026, 3, 6), av=kommune.kari)
    with pytest.raises(UgyldigInndata):
        registrer_fravaer(kommune.kari, fra=dt.date(2026, 3, 6), til=dt.date(2026, 3, 7), av=kommune.kari)
    with pytest.raises(UgyldigInndata):
        registrer_fravaer(kommune.kari, fra=dt.date(2026, 3, 9), til=dt.date(2026, 3, 8), av=kommune.kari)
    endre_fravaer(foerste, til=IDAG, av=kommune.kari)
    registrer_fravaer(kommune.kari, fra=dt.date(2026, 3, 6), til=dt.date(2026, 3, 7), av=kommune.kari)


def test_trekk_fravaer_leaves_its_event(kommune):
    fravaer = registrer_fravaer(kommune.kari, fra=IDAG, til=IDAG, aarsak="Kurs", av=kommune.kari)
    trekk_fravaer(fravaer, av=kommune.kari)
    assert not Fravaer.objects.exists()
    assert siste_hendelse().endringer["aarsak"] == ["Kurs", None]
