"""The contact register on the web, and the suggestions while a name is typed."""

import re

import pytest
from django.urls import reverse

from saksgang.sakarkiv.commands.kontakt import opprett_kontakt
from saksgang.sakarkiv.models import Kontakt

KROA = "910075918"


@pytest.fixture
def kroa(kommune_a):
    return opprett_kontakt(
        type_="organisasjon",
        navn="Kroa AS",
        organisasjonsnummer=KROA,
        adresse="Storgata 14",
        postnummer="6899",
        poststed="Fjordvik",
        epost="post@kroa.example",
        av=kommune_a["sb.kari"],
    )


@pytest.fixture
def sperret(kommune_a):
    return opprett_kontakt(
        type_="person",
        navn="Guro Moe",
        adresse="Hemmelighaugen 3",
        postnummer="6899",
        poststed="Gjemstad",
        epost="guro@hemmelig.example",
        telefon="98765432",
        adressesperre=True,
        av=kommune_a["sb.kari"],
    )


def _forslag(klient, q):
    return klient.get(reverse("kontakt-forslag"), {"q": q}).json()["forslag"]


def test_forslag_gives_name_number_type_and_address(kommune_a, kroa):
    assert _forslag(kommune_a.klient("sb.kari"), "kro") == [
        {
            "verdi": str(kroa.pk),
            "tekst": "Kroa AS",
            "under": f"Organisasjon · org.nr. {KROA} · Storgata 14 6899 Fjordvik",
            "sperret": False,
            "felter": {
                "kontakt": str(kroa.pk),
                "organisasjonsnummer": KROA,
                "type": "organisasjon",
                "adresse": "Storgata 14",
                "postnummer": "6899",
                "poststed": "Fjordvik",
                "epost": "post@kroa.example",
                "telefon": "",
            },
        }
    ]
    assert _forslag(kommune_a.klient("sb.kari"), "") == []


def test_adressesperre_keeps_the_address_out_of_every_answer(kommune_a, kroa, sperret):
    hemmelig = re.compile("Hemmelighaugen|Gjemstad|hemmelig.example|98765432")
    for navn in ("sb.kari", "led.anne", "adm.root"):
        klient = kommune_a.klient(navn)
        for url in (
            reverse("kontakt-forslag") + "?q=guro",
            reverse("kontakter") + "?q=guro",
            reverse("kontakt", args=[sperret.pk]),
            reverse("kontakt-redigering", args=[sperret.pk]),
            reverse("kontakt-sammenslaaing", args=[kroa.pk]) + f"?med={sperret.pk}",
        ):
            svar = klient.get(url).content.decode()
            assert "Guro Moe" in svar
            assert hemmelig.findall(svar) == []
        assert "vises bare for arkivtjenesten" in klient.get(reverse("kontakt", args=[sperret.pk])).content.decode()
    (treff,) = _forslag(kommune_a.klient("ark.eva"), "guro")
    assert treff["felter"]["adresse"] == "Hemmelighaugen 3"
    assert treff["sperret"] is True
    assert "Hemmelighaugen 3" in kommune_a.klient("ark.eva").get(reverse("kontakt", args=[sperret.pk])).content.decode()


def test_adressesperre_hides_the_address_of_a_sakspart_too(kommune_a, sperret):
    eva = kommune_a.klient("ark.eva")
    data = {"type": "person", "navn": "Guro Moe", "kontakt": sperret.pk, "adresse": "Hemmelighaugen 3"}
    assert eva.post(reverse("sak-part-ny", args=[2026, 101]), data).status_code == 303
    url = reverse("sak-parter", args=[2026, 101])
    assert "Hemmelighaugen" in eva.get(url).content.decode()
    svar = kommune_a.klient("sb.kari").get(url).content.decode()
    assert "Guro Moe" in svar
    assert "Hemmelighaugen" not in svar


def test_ny_kontakt_with_a_taken_number_links_to_the_one_that_has_it(kommune_a, kroa):
    data = {"type": "organisasjon", "navn": "Kroa Drift", "organisasjonsnummer": "910 075 918"}
    svar = kommune_a.klient("sb.ola").post(reverse("kontakt-ny"), data)
    assert svar.status_code == 422
    assert f'Organisasjonsnummeret står på <a href="{reverse("kontakt", args=[kroa.pk])}">Kroa AS</a>' in (
        svar.content.decode()
    )
    assert Kontakt.objects.count() == 1


def test_ny_kontakt_and_redigering(kommune_a):
    klient = kommune_a.klient("sb.ola")
    svar = klient.post(reverse("kontakt-ny"), {"type": "person", "navn": "Per Spelmann", "telefon": "57 00 00 00"})
    kontakt = Kontakt.objects.get()
    assert svar["Location"] == reverse("kontakt", args=[kontakt.pk])
    url = reverse("kontakt-redigering", args=[kontakt.pk])
    svar = klient.post(url, {"type": "person", "navn": "Per Spelemann", "adressesperre": "on"})
    assert svar.status_code == 303
    kontakt.refresh_from_db()
    assert (kontakt.navn, kontakt.telefon, kontakt.adressesperre) == ("Per Spelemann", "", True)
    klient.post(url, {"type": "person", "navn": "Per S.", "adresse": "Smuglet vei 1"})
    kontakt.refresh_from_db()
    assert (kontakt.navn, kontakt.adresse, kontakt.adressesperre) == ("Per S.", "", True)


def test_sammenslaaing_merges_into_the_chosen_one(kommune_a, kroa):
    dobbel = opprett_kontakt(type_="organisasjon", navn="KROA as", av=kommune_a["sb.kari"])
    klient = kommune_a.klient("sb.kari")
    assert "Slå sammen med denne" in klient.get(reverse("kontakt", args=[dobbel.pk])).content.decode()
    url = reverse("kontakt-sammenslaaing", args=[dobbel.pk])
    assert klient.post(url, {"navn": "KROA as", "med": dobbel.pk}).status_code == 409
    assert klient.post(url, {"navn": "Noe annet"}).status_code == 422
    svar = klient.post(url, {"navn": "Kroa AS", "med": kroa.pk})
    assert svar["Location"] == reverse("kontakt", args=[kroa.pk])
    assert "Slått sammen med" in klient.get(reverse("kontakt", args=[dobbel.pk])).content.decode()
    assert [f["verdi"] for f in _forslag(klient, "kroa")] == [str(kroa.pk)]


def test_kontakter_are_for_employees(kommune_a, kroa):
    for url in (reverse("kontakter"), reverse("kontakt-forslag") + "?q=kro", reverse("kontakt", args=[kroa.pk])):
        assert kommune_a.klient("pol.tor").get(url).status_code == 403
        assert kommune_a.offentlig().get(url).status_code == 302
    assert kommune_a.klient("sb.kari").get(reverse("kontakt", args=[999_999])).status_code == 404
