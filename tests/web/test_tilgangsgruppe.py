"""An ad-hoc access group through the client: made on a journalpost or case, members with a period, taken out again."""

import datetime as dt
from dataclasses import replace

import pytest

from saksgang.demo.grunnlag import skjerming
from saksgang.logg.models import Hendelse
from saksgang.offentlighet.commands import avgjoer_skjerming, sett_skjerming
from saksgang.sakarkiv.commands.sak import skjerm_sak
from saksgang.tilgang.commands import legg_til_medlem, opprett_gruppe
from saksgang.tilgang.models import Gruppemedlem, Tilgangsgruppe
from tests.tilstand import foreslaatt, inngaaende, kodet


def tekst(svar) -> str:
    return " ".join(svar.content.decode().split())


def url(jp) -> str:
    return f"/journalposter/{jp.pk}/tilgangsgruppe/"


def side(jp) -> str:
    return f"/saker/{jp.sak.aar}/{jp.sak.sekvens}/{jp.journalpostnummer}/"


@pytest.mark.krav("R-7.2.G")
def test_group_made_on_a_journalpost_closes_to_the_authorised_until_sb_adds_one_and_takes_him_out(kommune_a, klokka):
    k = kommune_a
    jp = kodet(k, inngaaende(k, k.sak(101), "J", tittel="Brev zqgruppeqz"), "U")
    arne, kari = k.klient("u.arne"), k.klient("sb.kari")
    assert arne.get(side(jp)).status_code == 200
    assert "ny tilgangsgruppe" in tekst(kari.get(side(jp)))
    svar = kari.post(url(jp), {"navn": "Prosjekt X", "medlem": "", "til": ""})
    gruppe = Tilgangsgruppe.objects.get()
    hjem = f"/min-side/grupper/{gruppe.pk}/"
    assert (svar.status_code, svar.url, gruppe.eier) == (303, hjem, k["sb.kari"])
    assert [m.bruker for m in gruppe.medlemmer.all()] == [k["sb.kari"]]
    assert k.jp(101, jp.journalpostnummer).tilgangsgruppe == gruppe
    assert arne.get(side(jp)).status_code == 404
    assert "Ingen treff" in tekst(arne.get("/soek/", {"q": "zqgruppeqz"}))
    assert f'<a href="{hjem}">Prosjekt X</a>' in tekst(kari.get(side(jp)))
    assert "Brev zqgruppeqz" in tekst(kari.get(hjem))
    foer = Hendelse.objects.count()
    assert kari.post(hjem, {"bruker": "u.arne", "fra": "", "til": "2026-03-04"}).status_code == 303
    (rad,) = Hendelse.objects.order_by("nummer")[foer:]
    assert (rad.aktoer, rad.objekt_type, rad.objekt_id) == (k["sb.kari"], "tilgangsgruppe", gruppe.pk)
    assert rad.endringer == {"medlem": [None, k["u.arne"].navn]}
    assert arne.get(side(jp)).status_code == 200
    klokka.move_to(dt.datetime(2026, 3, 5, 8, tzinfo=dt.UTC))
    assert k.klient("u.arne").get(side(jp)).status_code == 404
    klokka.move_to(dt.datetime(2026, 3, 4, 8, tzinfo=dt.UTC))
    arne, kari = k.klient("u.arne"), k.klient("sb.kari")
    assert arne.get(side(jp)).status_code == 200
    assert kari.post(f"{hjem}medlemmer/{k['u.arne'].pk}/").status_code == 303
    assert arne.get(side(jp)).status_code == 404
    assert k["u.arne"].navn in tekst(kari.get(hjem))  # in the history
    assert Gruppemedlem.objects.filter(gruppe=gruppe).count() == 2


@pytest.mark.krav("R-7.2.G")
def test_group_made_on_a_case_by_the_leader(kommune_a):
    k = kommune_a
    kodet(k, k.jp(101, 1), "U")
    skjerm_sak(k.sak(101), skjerming("U", "14"), misvisende="Ja", skade="Ja", av=k["led.anne"])
    adresse, arne = "/saker/2026/101/tilgangsgruppe/", k.klient("u.arne")
    assert arne.get("/saker/2026/101/").status_code == 200
    for hvem, status in (("u.arne", 403), ("sb.kari", 403), ("les.gry", 404)):
        assert k.klient(hvem).post(adresse, {"navn": "Prosjekt X"}).status_code == status
    assert not Tilgangsgruppe.objects.exists()
    assert "Ny tilgangsgruppe" in tekst(k.klient("led.anne").get("/saker/2026/101/"))
    assert k.klient("led.anne").post(adresse, {"navn": "Prosjekt X", "medlem": "sb.per"}).status_code == 303
    assert arne.get("/saker/2026/101/").status_code == 404
    assert (k.sak(101).tilgangsgruppe.eier, k.sak(101).skjerming_skade) == (k["led.anne"], "Ja")
    assert k.klient("led.anne").post(adresse, {"navn": "Prosjekt Y"}).status_code == 409


def test_group_is_refused_without_a_decided_code_and_for_those_who_may_not_grade(kommune_a):
    k = kommune_a
    aapen, sperret = inngaaende(k, k.sak(101), "J"), kodet(k, inngaaende(k, k.sak(101), "J"), "XX")
    kodet_u = kodet(k, inngaaende(k, k.sak(101), "J"), "U")
    forslag = foreslaatt(k, inngaaende(k, k.sak(101), "M"), "U")
    kari = k.klient("sb.kari")
    svar = kari.post(url(aapen), {"navn": "Prosjekt X"})
    assert (svar.status_code, "Sett koden først" in tekst(svar), 'value="Prosjekt X"' in tekst(svar)) == (
        422,
        True,
        True,
    )
    for jp in (sperret, forslag):
        svar = kari.post(url(jp), {"navn": "Prosjekt X"})
        assert (svar.status_code, "Få den avgjort først" in tekst(svar)) == (409, True)
    assert k.klient("u.arne").post(url(kodet_u), {"navn": "X"}).status_code == 403
    assert k.klient("sb.per").post(url(kodet_u), {"navn": "X"}).status_code == 404
    assert k.klient("ark.eva").post(url(kodet_u), {"navn": "X"}).status_code == 403
    opprett_gruppe("Tatt", av=k["sb.kari"])
    assert kari.post(url(kodet_u), {"navn": "tatt"}).status_code == 422
    assert kari.post(url(kodet_u), {"navn": "Y", "medlem": "pol.tor"}).status_code == 422
    assert not k.jp(101, kodet_u.journalpostnummer).tilgangsgruppe
    assert Tilgangsgruppe.objects.count() == 1


def test_group_page_names_what_its_owner_sees_and_counts_the_rest(kommune_a):
    k = kommune_a
    gruppe = opprett_gruppe("Prosjekt X", av=k["sb.per"])
    jp = kodet(k, inngaaende(k, k.sak(101), "J", tittel="Brev zqskjultqz"), "U")
    sett_skjerming(jp, replace(skjerming("U", "14"), gruppe=gruppe), av=k["sb.kari"])
    hjem = f"/min-side/grupper/{gruppe.pk}/"
    assert "1 som du ikke kan se." in tekst(k.klient("sb.per").get(hjem))
    assert "zqskjultqz" not in tekst(k.klient("sb.per").get(hjem))
    assert "zqskjultqz" not in tekst(k.klient("adm.root").get(hjem))
    assert k.klient("sb.kari").get(hjem).status_code == 404


def test_group_is_handed_over_by_its_owner_and_the_new_one_keeps_it(kommune_a):
    k = kommune_a
    gruppe = opprett_gruppe("Prosjekt X", av=k["sb.kari"])
    eier = f"/min-side/grupper/{gruppe.pk}/eier/"
    assert k.klient("sb.per").post(eier, {"eier": "sb.per"}).status_code == 404
    for hvem in ("sb.kari", "pol.tor"):
        assert k.klient("sb.kari").post(eier, {"eier": hvem}).status_code == 422
    assert k.klient("sb.kari").post(eier, {"eier": "sb.per"}).status_code == 303
    rad = Hendelse.objects.latest("nummer")
    assert rad.endringer == {"eier": [k["sb.kari"].navn, k["sb.per"].navn]}
    assert k.klient("sb.kari").get(eier).status_code == 404
    legg_til_medlem(gruppe, k["sb.ola"], av=k["sb.per"])


def test_narrowing_to_a_group_does_not_take_back_that_the_document_is_given_in_part(kommune_a):
    k = kommune_a
    for nr, delvis in enumerate((True, False)):
        jp = inngaaende(k, k.sak(101), "J")
        avgjoer_skjerming(jp, replace(skjerming("U", "14"), delvis=delvis), av=k["led.anne"])
        assert k.klient("sb.kari").post(url(jp), {"navn": f"Prosjekt {nr}", "medlem": "", "til": ""}).status_code == 303
        utfall = list(jp.skjermingsvurderinger.order_by("pk").values_list("utfall", flat=True))
        assert utfall == (["D", "D"] if delvis else ["U", "U"])
