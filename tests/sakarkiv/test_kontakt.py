"""The contact register: numbers, doubles, and what lies behind an adressesperre."""

import pytest

from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang, UgyldigInndata
from saksgang.logg.models import Hendelse
from saksgang.sakarkiv.commands.kontakt import endre_kontakt, opprett_kontakt, slaa_sammen
from saksgang.sakarkiv.models import Kontakt
from saksgang.sakarkiv.queries.kontakt import (
    adresse,
    finn_kontakt_med_orgnr,
    gjeldende_kontakt,
    hent_kontakt,
    mulige_doble,
    ser_adressen,
    sok_kontakter,
)

KROA = "910075918"


@pytest.fixture
def kari(kommune_a):
    return kommune_a["sb.kari"]


def _kroa(av, **felter):
    return opprett_kontakt(
        **{"type_": "organisasjon", "navn": "Kroa AS", "organisasjonsnummer": KROA, "av": av} | felter
    )


def _hendelser(kontakt):
    return list(Hendelse.objects.filter(objekt_type="kontakt", objekt_id=kontakt.pk).order_by("nummer"))


def test_opprett_kontakt_keeps_what_was_typed_and_logs_it(kari):
    kontakt = _kroa(kari, navn="  Kroa   AS ", organisasjonsnummer="910 075 918", adresse="Storgata 14")
    assert (kontakt.navn, kontakt.organisasjonsnummer, kontakt.adresse) == ("Kroa AS", KROA, "Storgata 14")
    (hendelse,) = _hendelser(kontakt)
    assert hendelse.handling == "kontakt.administrere"
    assert hendelse.endringer["navn"] == [None, "Kroa AS"]


@pytest.mark.parametrize(
    ("felter", "feil"),
    [
        ({"navn": " "}, "navn"),
        ({"type_": "bedrift"}, "type"),
        ({"organisasjonsnummer": "123456789"}, "organisasjonsnummer"),
        ({"navn": "x" * 301}, "navn"),
        ({"navn": "Ola 13097248022"}, "navn"),
    ],
)
def test_opprett_kontakt_refuses_what_cannot_be_used(kari, felter, feil):
    with pytest.raises(UgyldigInndata) as avvist:
        _kroa(kari, **felter)
    assert list(avvist.value.felter) == [feil]
    assert Kontakt.objects.count() == 0


def test_opprett_kontakt_refuses_an_organisation_number_that_is_taken(kari):
    foerste = _kroa(kari)
    with pytest.raises(UgyldigInndata) as avvist:
        _kroa(kari, navn="Kroa Drift")
    assert avvist.value.felter == {
        "organisasjonsnummer": "Kroa AS har allerede dette organisasjonsnummeret. Bruk den kontakten."
    }
    assert finn_kontakt_med_orgnr("910 075 918") == foerste


def test_sok_kontakter_finds_by_words_and_number_but_never_by_address(kari):
    kroa = _kroa(kari, adresse="Hemmelighaugen 3")
    vel = _kroa(kari, type_="gruppe", navn="Strandveien vel", organisasjonsnummer="")
    assert list(sok_kontakter("kro as")) == [kroa]
    assert list(sok_kontakter("vel strand")) == [vel]
    assert list(sok_kontakter("9100")) == [kroa]
    assert list(sok_kontakter("")) == [kroa, vel]
    assert list(sok_kontakter("hemmelighaugen")) == []


def test_endre_kontakt_logs_what_changed_from_and_to(kari):
    kontakt = endre_kontakt(_kroa(kari, adresse="Storgata 14"), av=kari, adresse="Kaien 2", navn="Kroa AS")
    assert kontakt.adresse == "Kaien 2"
    assert _hendelser(kontakt)[-1].endringer == {"adresse": ["Storgata 14", "Kaien 2"]}


def test_adressesperre_hides_the_address_from_all_but_the_archive(kommune_a, kari):
    kontakt = _kroa(kari, adresse="Hemmelighaugen 3", telefon="57 00 11 22", epost="k@kroa.example", adressesperre=True)
    tomt = {"adresse": "", "epost": "", "postnummer": "", "poststed": "", "telefon": ""}
    for brukernavn in ("sb.kari", "led.anne", "adm.root", "les.gry"):
        assert not ser_adressen(kommune_a[brukernavn], kontakt)
        assert adresse(kommune_a[brukernavn], kontakt) == tomt
    assert adresse(kommune_a["ark.eva"], kontakt) == tomt | {
        "adresse": "Hemmelighaugen 3",
        "telefon": "57 00 11 22",
        "epost": "k@kroa.example",
    }


def test_adressesperre_keeps_the_address_out_of_the_log(kommune_a, kari):
    kontakt = _kroa(kari, adresse="Hemmelighaugen 3", adressesperre=True)
    endre_kontakt(kontakt, av=kommune_a["ark.eva"], adresse="Gjemmestedet 9")
    tekst = str([(h.endringer, h.detaljer) for h in _hendelser(kontakt)])
    assert "Hemmelighaugen" not in tekst
    assert "Gjemmestedet" not in tekst
    assert Kontakt.objects.get().adresse == "Gjemmestedet 9"


def test_adressesperre_is_lifted_by_the_archive_alone(kommune_a, kari):
    kontakt = endre_kontakt(_kroa(kari, adresse="Storgata 14"), av=kari, adressesperre=True)
    for felter in ({"adressesperre": False}, {"adresse": "Kaien 2"}, {"telefon": ""}):
        with pytest.raises(IkkeTilgang):
            endre_kontakt(kontakt, av=kari, **felter)
    assert endre_kontakt(kontakt, av=kari, navn="Kroa Drift").navn == "Kroa Drift"
    assert not endre_kontakt(kontakt, av=kommune_a["ark.eva"], adressesperre=False).adressesperre


def test_slaa_sammen_points_the_double_at_the_one_that_stays(kari):
    staar = _kroa(kari, organisasjonsnummer="")
    dobbel = _kroa(kari, navn="KROA AS", adressesperre=True)
    assert list(mulige_doble(staar)) == [dobbel]
    staar = slaa_sammen(dobbel, staar, av=kari)
    dobbel.refresh_from_db()
    assert dobbel.slaatt_sammen_med == staar
    assert gjeldende_kontakt(hent_kontakt(dobbel.pk)) == staar
    assert (staar.organisasjonsnummer, staar.adressesperre) == (KROA, True)
    assert list(sok_kontakter("kroa")) == [staar]
    assert Kontakt.objects.count() == 2
    akter = {h.akt for k in (staar, dobbel) for h in _hendelser(k)[1:]}
    assert [len(_hendelser(k)) for k in (staar, dobbel)] == [2, 2]
    assert len(akter) == 1


def test_slaa_sammen_refuses_itself_a_merged_one_and_different_numbers(kari):
    kroa = _kroa(kari)
    dobbel = _kroa(kari, organisasjonsnummer="")
    annen = _kroa(kari, navn="Equinor ASA", organisasjonsnummer="923609016")
    with pytest.raises(Avvist):
        slaa_sammen(kroa, kroa, av=kari)
    with pytest.raises(Avvist):
        slaa_sammen(kroa, annen, av=kari)
    slaa_sammen(dobbel, kroa, av=kari)
    with pytest.raises(Avvist):
        slaa_sammen(dobbel, annen, av=kari)
    with pytest.raises(Avvist):
        slaa_sammen(annen, dobbel, av=kari)
    with pytest.raises(Avvist):
        endre_kontakt(dobbel, av=kari, navn="Noe annet")


def test_kontakt_is_refused_to_those_who_are_not_employees(kommune_a):
    with pytest.raises(IkkeTilgang):
        _kroa(kommune_a["pol.tor"])
    with pytest.raises(IkkeFunnet):
        hent_kontakt(999_999)
