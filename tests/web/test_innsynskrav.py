"""Requests for access in the staff's pages: who sees what, the acts, and what is closed (krav R-7.1.1.f, R-7.1.6.a)."""

import pytest
from lxml import html
from playwright.sync_api import expect

from saksgang.innsynskrav import queries
from saksgang.innsynskrav.commands import vurder
from saksgang.innsynskrav.models import Innsynskrav
from saksgang.lager.commands import lagre_fil
from saksgang.sakarkiv.commands.journalpost import Vedlagt
from tests.innsynskrav.krav import MERINNSYN, NAVN, avslaa, gradert, hjemmel, krav_om, linjen
from tests.jobber import kjoer_jobber, kontroller_alle
from tests.kjerne.test_identifikatorer import FNR
from tests.nettleser import axe, for_bred
from tests.offentlighet.sladdesider import brev
from tests.tilstand import inngaaende, kodet


def side(krav):
    return f"/innsynskrav/{krav.pk}/"


def vurdering(krav):
    return f"/innsynskrav/dokumenter/{linjen(krav).pk}/vurdering/"


def test_page_and_acts_for_those_who_handle_it_and_nobody_else(kommune_a):
    k = kommune_a
    krav = krav_om(gradert(k, "U"))
    ser = {"ark.eva": 200, "led.anne": 200, "sb.kari": 200, "u.arne": 404, "les.gry": 404, "adm.root": 404}
    for hvem, ventet in ser.items():
        svar = k.klient(hvem).get(side(krav))
        assert (svar.status_code, NAVN in svar.content.decode()) == (ventet, ventet == 200), hvem
        for handling in ("svar", "journalposter", "avslutning", "klage", "journalfoering", "begrunnelse"):
            status = k.klient(hvem).post(f"{side(krav)}{handling}/").status_code
            assert status == (404 if ventet == 404 else status if hvem == "ark.eva" else 403), (hvem, handling)
    assert k.klient("sb.kari").get("/lister/innsynskrav/").status_code == 403
    (rad,) = k.klient("led.anne").get("/lister/innsyn-til-vurdering/").context["rader"][0]["rader"]
    assert rad.url == side(krav)


def test_full_access_is_closed_on_the_page_and_on_the_server_under_taushetsplikt(kommune_a):
    k = kommune_a
    krav = krav_om(gradert(k, "P"))
    eva = k.klient("ark.eva")
    skjema = html.fromstring(eva.get(vurdering(krav)).content.decode())
    assert skjema.xpath("//input[@name='utfall'][@disabled]/@value") == ["helt"]
    svar = eva.post(vurdering(krav), {"utfall": "helt"})
    assert svar.status_code == 422
    assert "Helt innsyn krever samtykke" in svar.content.decode()
    aapnet = html.fromstring(eva.get(f"{vurdering(krav)}?bortfall=1").content.decode())
    assert aapnet.xpath("//input[@name='utfall'][@disabled]/@value") == []
    felter = {"utfall": "helt", "bortfall": "egne", "bortfall_hvem": "Ola", "bortfall_hvorfor": "Viste legitimasjon"}
    assert k.klient("led.anne").post(f"{vurdering(krav)}?bortfall=1", felter).status_code == 303
    assert queries.avgjoerelse(linjen(krav)).bortfall == "egne"


def test_identity_numbers_that_were_found_are_warned_of_and_ticked_for(kommune_a):
    k = kommune_a
    fil = lagre_fil(brev(f"Om {FNR}."), filnavn="brev.pdf")
    krav = krav_om(inngaaende(k, k.sak(101), "J", dokumenter=[Vedlagt(fil, "brev.pdf")]))
    kjoer_jobber()
    kontroller_alle()
    eva = k.klient("ark.eva")
    skjema = eva.get(vurdering(krav)).content.decode()
    assert "Filkontrollen har funnet fødselsnummer i 2026/101-6, hoveddokument (side 1)." in skjema
    assert FNR not in skjema
    svar = eva.post(vurdering(krav), {"utfall": "helt", "begrunnelse": "Intern tekst"})
    assert (svar.status_code, "Intern tekst" in svar.content.decode()) == (422, True)
    assert eva.post(vurdering(krav), {"utfall": "helt", "foedselsnummer_gis": "on"}).status_code == 303
    assert "Fødselsnummer i dokumentet gis" in eva.get(side(krav)).content.decode()


def test_an_assessment_that_no_longer_stands_says_why_on_the_page(kommune_a):
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "J")
    krav = krav_om(jp)
    eva = k.klient("ark.eva")
    assert eva.post(vurdering(krav), {"utfall": "helt"}).status_code == 303
    kodet(k, jp, "U")
    assert "Graderingen er endret etter vurderingen. Vurder på nytt." in eva.get(side(krav)).content.decode()
    assert eva.post(f"{side(krav)}svar/", {"tekst": "Hei"}).status_code == 409


@pytest.mark.parametrize("tegn", ["", "a"])
def test_a_search_with_a_sign_that_is_no_text_is_answered(kommune_a, tegn):
    k = kommune_a
    krav_om(k.jp(101, 1))
    assert k.klient("ark.eva").get("/innsynskrav/", {"q": f"{tegn}\0"}).status_code == 200
    assert k.klient("adm.root").get("/kontroll/se-som/", {"q": f"{tegn}\0"}).status_code == 200


def test_a_refused_form_keeps_what_was_typed(kommune_a):
    krav = krav_om(kommune_a.jp(101, 1))
    svar = kommune_a.klient("ark.eva").post(vurdering(krav), {"utfall": "avslag", "begrunnelse": "Intern tekst"})
    assert (svar.status_code, "Intern tekst" in svar.content.decode()) == (422, True)
    assert "Hjemmel mangler" in svar.content.decode()


def test_same_answer_as_last_time_fills_the_form(kommune_a):
    k = kommune_a
    jp = gradert(k, "U")
    avslaa(k, krav_om(jp))
    nytt = krav_om(jp)
    anne = k.klient("led.anne")
    kravside = html.fromstring(anne.get(side(nytt)).content.decode())
    (som,) = [a for a in kravside.xpath("//a/@href") if "?som=" in a]
    skjema = html.fromstring(anne.get(som).content.decode())
    assert skjema.xpath("//input[@name='utfall'][@checked]/@value") == ["avslag"]
    assert skjema.xpath("//textarea[@name='merinnsyn']/text()")[0].strip() == MERINNSYN


def test_the_archive_registers_answers_and_reads_the_letter(kommune_a):
    k = kommune_a
    eva = k.klient("ark.eva")
    felter = {"kanal": "muntlig", "mottatt_dato": "2026-03-02", "poster": "2026/101-1 2026/104-1", "tekst": "Ringte"}
    feil = eva.post("/innsynskrav/ny/", felter | {"poster": "2026/999-1"})
    assert (feil.status_code, "2026/999-1 finnes ikke" in feil.content.decode()) == (422, True)
    assert eva.post("/innsynskrav/ny/", felter).status_code == 303
    krav = Innsynskrav.objects.get()
    assert "mottatt mandag 2. mars + 5 arbeidsdager = mandag 9. mars (offl. § 32 andre ledd)" in (
        eva.get(side(krav)).content.decode()
    )
    avvist = eva.post(f"{side(krav)}svar/", {"tekst": "Hei"})
    assert (avvist.status_code, "2026/104-1, hoveddokument: ikke avgjort." in avvist.content.decode()) == (409, True)
    for linje in queries.linjer(krav):
        assert eva.post(f"/innsynskrav/dokumenter/{linje.pk}/vurdering/", {"utfall": "helt"}).status_code == 303
    assert eva.post(f"{side(krav)}svar/", {"tekst": ""}).status_code == 303
    brev = f"/innsynskrav/brev/{krav.svar.get().pk}/"
    assert (eva.get(brev)["Content-Type"], k.klient("les.gry").get(brev).status_code) == ("application/pdf", 404)
    assert [rad.nummer for rad in eva.get("/innsynskrav/?q=Ringte").context["rader"]] == ["IK 2026/1"]


def test_an_appeal_says_why_the_request_must_be_in_the_journal(kommune_a):
    k = kommune_a
    eva = k.klient("ark.eva")
    krav = krav_om(gradert(k, "U"))
    avslaa(k, krav)
    assert eva.post(f"{side(krav)}klage/", {"kanal": "brev", "dato": "2026-03-02", "tekst": "Nei"}).status_code == 303
    kravside = eva.get(side(krav)).content.decode()
    assert "Kravet må journalføres." in kravside
    assert "arkivforskrifta § 14 tredje ledd" in kravside
    assert eva.post(f"{side(krav)}klage/oversendelse/").status_code == 409
    skjema = html.fromstring(eva.get(f"{side(krav)}journalfoering/").content.decode())
    (grunn,) = skjema.xpath("//input[@name='grunn'][@checked]/@value")
    assert eva.post(f"{side(krav)}journalfoering/", {"sak": "2026/101", "grunn": "annet"}).status_code == 422
    assert eva.post(f"{side(krav)}journalfoering/", {"sak": "2026/101", "grunn": grunn}).status_code == 303
    assert "Svaret er påklaget" in eva.get(side(krav)).content.decode()
    assert eva.post(f"{side(krav)}klage/oversendelse/").status_code == 303
    assert eva.post(f"{side(krav)}klage/utfall/", {"utfall": "medhold"}).status_code == 303
    krav.refresh_from_db()
    assert krav.tilstand == "mottatt"


@pytest.mark.parametrize("antall", [1, 3])
def test_basket_costs_the_same_for_one_and_three(kommune_a, django_assert_max_num_queries, antall):
    k = kommune_a
    eva = k.klient("ark.eva")
    for _ in range(antall):
        krav_om(k.jp(101, 1))
    eva.get("/lister/innsynskrav/")
    with django_assert_max_num_queries(12):
        assert eva.get("/lister/innsynskrav/").status_code == 200


def test_hjemmel_of_the_entry_is_proposed(kommune_a):
    krav = krav_om(gradert(kommune_a, "U"))
    skjema = html.fromstring(kommune_a.klient("led.anne").get(vurdering(krav)).content.decode())
    valgt = skjema.xpath("//select[@name='hjemmel']/option[@selected]/@value")
    assert valgt == [str(hjemmel("14").pk)]


@pytest.mark.nettleser
@pytest.mark.tung
def test_an_assessment_that_fell_fits_the_phone(kommune_a, aapne):
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "J")
    krav = krav_om(jp)
    vurder([linjen(krav)], "helt", av=k["ark.eva"])
    kodet(k, jp, "U")
    side = aapne("ark.eva", f"/innsynskrav/{krav.pk}/", bredde=390)
    expect(side.get_by_text("Graderingen er endret etter vurderingen. Vurder på nytt.", exact=True)).to_be_visible()
    assert (for_bred(side), axe(side)) == (False, [])
    for knapp in side.locator(".handlinger .ds-button").all():
        assert knapp.evaluate("k => k.scrollWidth <= k.clientWidth"), knapp.inner_text()
