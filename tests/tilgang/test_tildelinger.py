"""Roles, fullmakt, deputies, authorisations, groups."""

import datetime as dt

import pytest
import time_machine

from saksgang.kjerne.errors import Avvist, IkkeTilgang, UgyldigInndata
from saksgang.logg.models import Hendelse
from saksgang.tilgang.commands import (
    autoriser,
    avslutt_autorisasjon,
    avslutt_stedfortreder,
    avslutt_tildeling,
    endre_stedfortreder,
    fjern_medlem,
    gi_fullmakt,
    kombinasjon,
    legg_ned_gruppe,
    legg_til_medlem,
    opprett_bruker,
    opprett_gruppe,
    registrer_stedfortreder,
    tildel_rolle,
)
from saksgang.tilgang.models import Autorisasjon, Gruppemedlem, Rolletildeling, Stedfortreder, Tilgangskode
from saksgang.tilgang.queries import (
    aktive_stedfortredere,
    grupper,
    ledere_av,
    ledere_uten_stedfortreder,
    medlemmer,
    rettigheter,
    tildelinger_for,
)
from saksgang.tilgang.rules import Funksjon, Kilde, Klasse, Rolle, kombinasjon_noekkel

pytest_plugins = ["tests.tilgang.kommune"]
IDAG, IGAAR, SEKSTE = dt.date(2026, 3, 2), dt.date(2026, 3, 1), dt.date(2026, 3, 6)


@pytest.fixture
def kode(db):
    return {k.kode: k for k in Tilgangskode.objects.order_by("pk")}


def ser(bruker, kode, enhet, klasse=Klasse.KODET, gruppe=None):
    tilgang_id = kombinasjon(klasse, kode_id=kode.pk, gruppe_id=gruppe.pk if gruppe else None, enhet_id=enhet.pk)
    return kombinasjon_noekkel(tilgang_id) in rettigheter(bruker, IDAG).noekler


@pytest.mark.krav("R-4.10")
@pytest.mark.parametrize("rolle", [Rolle.ARK, Rolle.MS, Rolle.RAAD, Rolle.ORD, Rolle.ADM, Rolle.IK, Rolle.POL])
def test_tildel_rolle_without_unit(kommune, rolle):
    tildel_rolle(kommune.kari, rolle, av=kommune.adm)
    assert rettigheter(kommune.kari).roller == {Rolle.SB, rolle}


@pytest.mark.krav("R-1.1")
@pytest.mark.parametrize("rolle", [Rolle.SB, Rolle.LED])
def test_tildel_rolle_refused_without_unit_where_it_needs_one(kommune, rolle):
    with pytest.raises(UgyldigInndata) as feil:
        tildel_rolle(kommune.kari, rolle, av=kommune.adm)
    assert list(feil.value.felter) == ["enhet"]


def test_tildel_rolle_refused_for_stedfortreder(kommune):
    with pytest.raises(UgyldigInndata) as feil:
        tildel_rolle(kommune.kari, Rolle.SF, enhet=kommune.tek, av=kommune.adm)
    assert list(feil.value.felter) == ["rolle"]


def test_tildel_rolle_refused_for_others_than_the_administrator(kommune):
    with pytest.raises(IkkeTilgang):
        tildel_rolle(kommune.kari, Rolle.ARK, av=kommune.anne)
    assert rettigheter(kommune.kari).roller == {Rolle.SB}


def test_tildel_rolle_refused_twice_in_the_same_time(kommune):
    with pytest.raises(Avvist):
        tildel_rolle(kommune.kari, Rolle.SB, enhet=kommune.tek, fra=SEKSTE, av=kommune.adm)
    tildel_rolle(kommune.kari, Rolle.SB, enhet=kommune.kult, av=kommune.adm)


def test_tildel_rolle_limited_archivist_holds_the_chosen_codes(kommune, kode):
    foerste = tildel_rolle(kommune.kari, Rolle.ARK, av=kommune.adm)
    alle = len(rettigheter(kommune.kari).noekler)
    avslutt_tildeling(foerste, til=IGAAR, av=kommune.adm)
    tildel_rolle(kommune.kari, Rolle.ARK, tilgangskoder=[kode["U"]], av=kommune.adm)
    assert alle - len(rettigheter(kommune.kari).noekler) == 4


def test_tildel_rolle_logs_the_grant(kommune):
    tildeling = tildel_rolle(kommune.kari, Rolle.LED, enhet=kommune.var, kilde=Kilde.NESTLEDER, av=kommune.adm)
    hendelse = Hendelse.objects.order_by("-nummer").first()
    assert (hendelse.objekt_type, hendelse.objekt_id, hendelse.aktoer) == ("rolletildeling", tildeling.pk, kommune.adm)
    assert hendelse.endringer == {
        "bruker": [None, "Kari Lunde"],
        "rolle": [None, "LED"],
        "enhet": [None, "VAR Vann og avløp"],
        "kilde": [None, "nestleder"],
        "fra": [None, "2026-03-02"],
    }


@pytest.mark.krav("R-3.1.1")
def test_leadership_is_granted_whole_or_one_function_at_a_time_for_unit_and_period(kommune):
    tildel_rolle(kommune.kari, Rolle.LED, enhet=kommune.var, kilde=Kilde.NESTLEDER, til=SEKSTE, av=kommune.adm)
    gi_fullmakt(kommune.per, Funksjon.FORDELE, enhet=kommune.tek, til=SEKSTE, av=kommune.adm)

    def funksjoner(bruker, dato):
        rett = rettigheter(bruker, dato)
        return {f: rett.enheter(f) for f in Funksjon if rett.enheter(f)}

    for dag, gjelder in ((IGAAR, False), (IDAG, True), (SEKSTE, True), (dt.date(2026, 3, 7), False)):
        tek_og_var = {kommune.tek.pk, kommune.var.pk}
        assert funksjoner(kommune.per, dag) == ({Funksjon.FORDELE: tek_og_var} if gjelder else {})
        assert funksjoner(kommune.kari, dag) == (dict.fromkeys(Funksjon, {kommune.var.pk}) if gjelder else {})


def test_gi_fullmakt_refused_for_the_whole_leadership(kommune):
    with pytest.raises(UgyldigInndata):
        gi_fullmakt(kommune.per, Funksjon.LEDE, enhet=kommune.tek, av=kommune.adm)


def test_avslutt_tildeling_keeps_the_row(kommune):
    tildeling = Rolletildeling.objects.get(bruker=kommune.kari)
    avslutt_tildeling(tildeling, til=IGAAR, av=kommune.adm)
    assert not rettigheter(kommune.kari).ansatt
    assert [(t.fra, t.til) for t in tildelinger_for(kommune.kari)] == [(IGAAR, IGAAR)]


def test_avslutt_tildeling_refused_for_one_that_has_ended(kommune):
    tildeling = avslutt_tildeling(Rolletildeling.objects.get(bruker=kommune.kari), til=IGAAR, av=kommune.adm)
    with pytest.raises(Avvist):
        avslutt_tildeling(tildeling, til=SEKSTE, av=kommune.adm)


def test_avslutt_tildeling_refused_for_the_last_administrator(kommune):
    with pytest.raises(Avvist):
        avslutt_tildeling(Rolletildeling.objects.get(rolle=Rolle.ADM), til=IDAG, av=kommune.adm)


@pytest.mark.krav("R-3.1.7", "A-53")
def test_registrer_stedfortreder_gives_the_leaders_functions_in_the_period_alone(kommune):
    registrer_stedfortreder(kommune.anne, kommune.per, fra=IDAG, til=SEKSTE, av=kommune.adm)
    rett = rettigheter(kommune.per)
    assert rett.ledelse[Funksjon.GODKJENNE] == {kommune.tek.pk: kommune.anne.pk, kommune.var.pk: kommune.anne.pk}
    with time_machine.travel(dt.datetime(2026, 3, 9, 8, tzinfo=dt.UTC)):
        assert rettigheter(kommune.per).ledelse[Funksjon.GODKJENNE] == {}


@pytest.mark.krav("A-53")
def test_registrer_stedfortreder_ticks_xx_alone_unless_told_otherwise(kommune, kode):
    sf = registrer_stedfortreder(kommune.anne, kommune.per, fra=IDAG, til=SEKSTE, av=kommune.anne)
    assert list(sf.tilgangskoder.order_by("pk")) == [kode["XX"]]
    assert ser(kommune.per, kode["XX"], kommune.var, Klasse.SNEVER)
    assert not ser(kommune.per, kode["P"], kommune.var)
    endre_stedfortreder(sf, koder=[kode["P"]], av=kommune.anne)
    assert not ser(kommune.per, kode["XX"], kommune.var, Klasse.SNEVER)
    assert ser(kommune.per, kode["P"], kommune.var)
    assert not ser(kommune.per, kode["P"], kommune.kult)


@pytest.mark.parametrize("hvem", ["nils", "kari", "per"])
def test_registrer_stedfortreder_refused_for_others_than_the_leader_and_administrator(kommune, hvem):
    with pytest.raises(IkkeTilgang):
        registrer_stedfortreder(kommune.anne, kommune.per, fra=IDAG, til=SEKSTE, av=getattr(kommune, hvem))
    assert not Stedfortreder.objects.exists()


def test_registrer_stedfortreder_refused_for_one_who_leads_nothing(kommune):
    with pytest.raises(UgyldigInndata) as feil:
        registrer_stedfortreder(kommune.kari, kommune.per, fra=IDAG, til=SEKSTE, av=kommune.kari)
    assert list(feil.value.felter) == ["leder"]


def test_registrer_stedfortreder_refused_for_oneself_and_without_internal_role(kommune):
    pol = opprett_bruker(brukernavn="pol.tor", navn="Tor", initialer="t", enhet=None, av=kommune.adm)
    tildel_rolle(pol, Rolle.POL, av=kommune.adm)
    for vikar in (kommune.anne, pol):
        with pytest.raises(UgyldigInndata) as feil:
            registrer_stedfortreder(kommune.anne, vikar, fra=IDAG, til=SEKSTE, av=kommune.anne)
        assert list(feil.value.felter) == ["vikar"]


def test_avslutt_stedfortreder_takes_the_rights_away(kommune):
    sf = registrer_stedfortreder(kommune.anne, kommune.per, fra=IDAG, til=SEKSTE, av=kommune.anne)
    with pytest.raises(IkkeTilgang):
        avslutt_stedfortreder(sf, til=IGAAR, av=kommune.per)
    avslutt_stedfortreder(sf, til=IGAAR, av=kommune.anne)
    assert rettigheter(kommune.per).stedfortreder == ()


@pytest.mark.krav("R-3.1.6")
def test_ledere_uten_stedfortreder_lists_those_and_only_those(kommune):
    tildel_rolle(kommune.anne, Rolle.LED, enhet=kommune.var, av=kommune.adm)
    assert [(r.leder, [e.kode for e in r.enheter]) for r in ledere_uten_stedfortreder(IDAG)] == [
        (kommune.anne, ["TEK", "VAR"]),
        (kommune.nils, ["KULT"]),
    ]
    registrer_stedfortreder(kommune.nils, kommune.per, fra=IGAAR, til=dt.date(2026, 3, 14), av=kommune.adm)
    assert [r.leder for r in ledere_uten_stedfortreder(IDAG)] == [kommune.anne]
    assert [r.leder for r in ledere_uten_stedfortreder(dt.date(2026, 3, 15))] == [kommune.anne, kommune.nils]


def test_ledere_av_follows_the_chain_up_to_the_fagomraade(kommune):
    assert list(ledere_av(kommune.var.pk, IDAG)) == [kommune.anne]
    registrer_stedfortreder(kommune.anne, kommune.per, fra=IDAG, til=SEKSTE, av=kommune.anne)
    assert [sf.vikar for sf in aktive_stedfortredere(kommune.var.pk, IDAG)] == [kommune.per]
    assert list(aktive_stedfortredere(kommune.kult.pk, IDAG)) == []


@pytest.mark.krav("R-7.2.2", "R-7.2.P")
def test_autoriser_opens_the_code_in_the_unit(kommune, kode):
    aut = autoriser(kommune.per, kode["P"], enhet=kommune.tek, av=kommune.adm)
    assert ser(kommune.per, kode["P"], kommune.var)
    assert not ser(kommune.per, kode["P"], kommune.kult)
    assert not ser(kommune.per, kode["U"], kommune.var)
    avslutt_autorisasjon(aut, til=IGAAR, av=kommune.adm)
    assert not ser(kommune.per, kode["P"], kommune.var)
    assert Autorisasjon.objects.count() == 1


def test_autoriser_refused_for_xx_and_for_outsiders(kommune, kode):
    with pytest.raises(UgyldigInndata):
        autoriser(kommune.per, kode["XX"], av=kommune.adm)
    ny = opprett_bruker(brukernavn="ny", navn="Ny", initialer="n", enhet=None, av=kommune.adm)
    with pytest.raises(UgyldigInndata):
        autoriser(ny, kode["P"], av=kommune.adm)
    with pytest.raises(IkkeTilgang):
        autoriser(kommune.anne, kode["P"], av=kommune.anne)


@pytest.mark.krav("R-7.2.G")
def test_opprett_gruppe_is_the_employees_own(kommune, kode):
    gruppe = opprett_gruppe("Prosjekt X", medlemmer=[kommune.kari], av=kommune.kari)
    autoriser(kommune.per, kode["U"], av=kommune.adm)
    assert not ser(kommune.per, kode["U"], kommune.tek, gruppe=gruppe)
    with pytest.raises(IkkeTilgang):
        legg_til_medlem(gruppe, kommune.per, av=kommune.per)
    legg_til_medlem(gruppe, kommune.per, av=kommune.kari)
    assert ser(kommune.per, kode["U"], kommune.tek, gruppe=gruppe)
    assert [m.bruker for m in medlemmer(gruppe, IDAG)] == [kommune.kari, kommune.per]
    fjern_medlem(gruppe, kommune.per, av=kommune.adm)
    assert not ser(kommune.per, kode["U"], kommune.tek, gruppe=gruppe)
    assert Gruppemedlem.objects.count() == 2
    hendelser = Hendelse.objects.filter(objekt_type="tilgangsgruppe").order_by("nummer")
    assert [h.endringer.get("medlem") for h in hendelser] == [
        None,
        [None, "Kari Lunde"],
        [None, "Per Aas"],
        ["Per Aas", None],
    ]


def test_opprett_gruppe_by_the_administrator_belongs_to_nobody(kommune):
    gruppe = opprett_gruppe("Barnevern", av=kommune.adm)
    assert gruppe.eier is None
    with pytest.raises(IkkeTilgang):
        legg_til_medlem(gruppe, kommune.kari, av=kommune.kari)
    with pytest.raises(UgyldigInndata):
        opprett_gruppe("barnevern", av=kommune.kari)
    legg_ned_gruppe(gruppe, av=kommune.adm)
    assert list(grupper()) == []
