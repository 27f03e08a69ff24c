"""Answering through the pages: Meny, the answer's address, the marks in lists, and what others never see."""

import re

import pytest

from saksgang.demo.grunnlag import skjerming, tekstfil
from saksgang.offentlighet.commands import sett_skjerming
from saksgang.produksjon.commands import ferdigstill
from saksgang.sakarkiv.commands.avskrivning import avskriv
from saksgang.sakarkiv.commands.besvarelse import besvar
from saksgang.sakarkiv.commands.dokument import legg_ved
from saksgang.sakarkiv.commands.journalfoering import journalfoer, utgaa
from saksgang.sakarkiv.commands.journalpost import Part, opprett_journalpost
from saksgang.sakarkiv.models import Svarlenke
from saksgang.sakarkiv.queries import saker
from tests.tilstand import egen, inngaaende
from tests.web.test_arbeidsbord import json_fra, viste
from tests.web.test_journalpost import HTMX, handling, menyvalg, side, tekst

SVARVALG = ["Besvar og avskriv restanse", "Foreløpig svar", "Besvar uten å avskrive", "Besvar notat"]


def svarvalg(k, hvem, jp) -> list[str]:
    return [valg for valg in menyvalg(k.klient(hvem).get(side(jp))) if valg in SVARVALG]


def svar_url(jp, maate: str) -> str:
    return handling(jp, f"besvarelse/{maate}")


def ferdig(svar, av):
    legg_ved(svar, tekstfil("Svar\n").fil, filnavn="svar.txt", av=av)
    return ferdigstill(svar, offentlighet_vurdert=True, av=av)


# ── Meny ─────────────────────────────────────────────────


@pytest.mark.krav("R-10.2.2.2", "R-C.3")
def test_menu_has_the_reply_choices_of_the_type_and_no_other(kommune_a):
    k = kommune_a
    assert svarvalg(k, "sb.kari", k.jp(101, 1)) == SVARVALG[:3]
    assert svarvalg(k, "sb.kari", k.jp(102, 1)) == ["Besvar notat"]
    assert svarvalg(k, "sb.per", egen(k, k.sak(101), "X", "F")) == ["Besvar notat"]
    assert svarvalg(k, "sb.kari", egen(k, k.sak(101), "U", "F")) == []
    assert svarvalg(k, "sb.kari", k.jp(101, 5)) == []


@pytest.mark.krav("R-10.2.2.2", "A-52")
def test_menu_offers_no_answer_to_those_who_may_not_give_it(kommune_a):
    k = kommune_a
    for hvem in ("sb.ola", "sb.per", "les.gry", "ark.eva", "nes.ida"):
        assert svarvalg(k, hvem, k.jp(101, 1)) == [], hvem
    assert svarvalg(k, "sb.ola", k.jp(101, 3)) == SVARVALG[:3]
    for hvem in ("led.anne", "sf.bente"):
        assert svarvalg(k, hvem, k.jp(101, 1)) == SVARVALG[:3]
    assert svarvalg(k, "sb.per", k.jp(102, 1)) == []
    assert svarvalg(k, "led.anne", k.jp(102, 1)) == ["Besvar notat"]
    avskriv(k.mottaker(k.jp(101, 1)), "TLF", av=k["sb.kari"])
    assert svarvalg(k, "sb.kari", k.jp(101, 1)) == ["Besvar uten å avskrive"]


@pytest.mark.krav("R-10.2.2.1", "R-10.2.2.2")
def test_preview_beside_the_list_has_the_answer_as_its_primary_act_with_keys(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 2)
    html = k.klient("sb.kari").get(handling(jp, "forhaand"), headers=HTMX).content.decode()
    primaer = re.search(r'<form method="post" action="([^"]+)"[^>]*>.*?<button class="ds-button" type="submit"', html)
    assert primaer[1] == svar_url(jp, "endelig")
    assert re.findall(r'data-tast="(\w)".*?</button>', html)[:3] == ["b", "b", "f"]
    notat = k.klient("sb.kari").get(handling(k.jp(102, 1), "forhaand"), headers=HTMX).content.decode()
    assert re.search(r'<a class="ds-button" href="([^"]+)"', notat)[1] == svar_url(k.jp(102, 1), "notat")


# ── The act ──────────────────────────────────────────────


@pytest.mark.krav("R-10.2.2.2a")
def test_answer_is_made_by_one_post_and_opened(kommune_a):
    k, jp, klient = kommune_a, kommune_a.jp(101, 1), kommune_a.klient("sb.kari")
    svar = klient.post(svar_url(jp, "endelig"))
    assert (svar.status_code, svar["Location"]) == (303, handling(k.jp(101, 6), "skriving"))
    ord_ = tekst(klient.get("/saker/2026/101/6/"))
    assert "U Utgående" in ord_
    assert "Mottaker Kroa AS · org.nr. 910075918 Storgata 14, 6899" in ord_
    assert "Svar på 2026/101-1 Besvar og avskriv restanse" in ord_
    besvart = tekst(klient.get(side(jp)))
    assert "Under besvarelse (2026/101-6)" in besvart
    assert "Svar 2026/101-6 Besvar og avskriv restanse · R Reservert" in besvart
    ferdig(k.jp(101, 6), k["sb.kari"])
    besvart = tekst(klient.get(side(jp)))
    assert "Avskrevet 02.03.2026 BU Kari Lunde" in besvart
    assert "Svar 2026/101-6 Besvar og avskriv restanse · F Ferdig 02.03.2026" in besvart


@pytest.mark.krav("R-10.2.2.2a")
def test_answer_that_is_begun_is_opened_and_not_made_again(kommune_a):
    k, jp, klient = kommune_a, kommune_a.jp(101, 1), kommune_a.klient("sb.kari")
    for _ in range(2):
        assert klient.post(svar_url(jp, "endelig"))["Location"] == handling(k.jp(101, 6), "skriving")
    assert Svarlenke.objects.count() == 1
    assert "Fortsett på svaret" in menyvalg(klient.get(side(jp)))
    assert klient.post(svar_url(jp, "foreloepig"))["Location"] == handling(k.jp(101, 7), "skriving")
    assert "Fortsett på svaret" not in menyvalg(k.klient("led.anne").get(side(jp)))


@pytest.mark.krav("R-10.2.2.2d", "A-15")
def test_note_is_answered_from_a_form_with_x_preset(kommune_a):
    k, jp, klient = kommune_a, kommune_a.jp(102, 1), kommune_a.klient("sb.kari")
    skjema = klient.get(svar_url(jp, "notat"), headers=HTMX).content.decode()
    valg = re.findall(r'<input type="radio" name="journalposttype" value="(\w)"([^>]*)>', skjema)
    assert [(verdi, "checked" in resten) for verdi, resten in valg] == [("X", True), ("N", False)]
    assert 'name="mottaker"' not in skjema
    adresse = klient.post(svar_url(jp, "notat"), {"journalposttype": "N"})["Location"]
    svar = k.jp(102, 2)
    assert adresse == handling(svar, "skriving")
    assert (svar.journalposttype, [m.bruker for m in svar.interne_mottakere.all()]) == ("N", [k["sb.per"]])


@pytest.mark.krav("R-10.2.2.2d")
def test_leader_chooses_whose_part_of_a_note_is_answered(kommune_a):
    k = kommune_a
    notat = egen(k, k.sak(102), "N", "F", av=k["sb.per"], interne_mottakere=[k["sb.kari"], k["sb.ola"]])
    klient = k.klient("led.anne")
    skjema = tekst(klient.get(svar_url(notat, "notat"), headers=HTMX))
    assert "Svar for" in skjema
    assert klient.post(svar_url(notat, "notat"), {"journalposttype": "X"}).status_code == 422
    ola = k.mottaker(notat, "sb.ola").pk
    assert klient.post(svar_url(notat, "notat"), {"journalposttype": "X", "mottaker": ola}).status_code == 303
    assert Svarlenke.objects.get().mottaker_id == ola


@pytest.mark.parametrize(
    ("hvem", "nr", "maate", "status"),
    [
        ("sb.ola", 1, "endelig", 403),
        ("les.gry", 1, "foreloepig", 403),
        ("sb.kari", 1, "notat", 422),
        ("sb.kari", 1, "tull", 404),
        ("sb.kari", 4, "endelig", 409),
        ("les.gry", 4, "endelig", 404),
    ],
)
@pytest.mark.krav("R-10.2.2.2")
def test_answer_is_refused(kommune_a, hvem, nr, maate, status):
    k = kommune_a
    assert k.klient(hvem).post(svar_url(k.jp(101, nr), maate), {"journalposttype": "X"}).status_code == status
    assert Svarlenke.objects.count() == 0


# ── Knytt som svar? ──────────────────────────────────────


@pytest.mark.krav("R-10.2.2.2a")
def test_letter_to_the_sender_of_an_open_one_is_offered_linked_and_lifted(kommune_a):
    k, klient = kommune_a, kommune_a.klient("sb.kari")
    kroa = Part(navn="Kroa AS", organisasjonsnummer="910075918")
    brev = opprett_journalpost(k.sak(101), "U", tittel="Vedtak", mottakere=[kroa], av=k["sb.kari"])
    ord_ = tekst(klient.get(side(brev)))
    assert "Knytt som svar? Kroa AS venter på svar i saken. Knytt som svar på 2026/101-1" in ord_
    assert "2026/101-3 Uttalelse" not in ord_
    assert "Knytt som svar?" not in tekst(k.klient("ark.eva").get(side(brev)))
    skjema = tekst(klient.get(handling(brev, "svarknytning"), headers=HTMX))
    assert [n for n in ("2026/101-1 ", "2026/101-2 ", "2026/101-3 ") if n not in skjema] == []
    data = {"besvart": k.jp(101, 1).pk, "maate": "E"}
    assert klient.post(handling(brev, "svarknytning"), data).status_code == 303
    assert "Knytt som svar?" not in tekst(klient.get(side(brev)))
    assert f"Under besvarelse ({brev})" in tekst(klient.get(side(k.jp(101, 1))))
    assert klient.post(handling(brev, "svarknytning"), data).status_code == 422
    loesning = f"/journalposter/svarlenker/{Svarlenke.objects.get().pk}/loesning/"
    assert loesning in klient.get(side(brev)).content.decode()
    assert k.klient("sb.per").post(loesning).status_code == 404
    assert klient.post(loesning).status_code == 303
    assert "Under besvarelse" not in tekst(klient.get(side(k.jp(101, 1))))
    assert klient.post(loesning).status_code == 404


# ── Lists ────────────────────────────────────────────────


@pytest.mark.krav("R-10.2.2.2a", "R-10.2.2.2b")
def test_rows_and_json_say_what_is_under_way_and_what_is_sent(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    besvar(k.jp(101, 1), "E", av=kari)
    ferdig(besvar(k.jp(101, 2), "F", av=kari), kari)
    ferdig(besvar(k.jp(101, 2), "U", av=kari), kari)
    besvar(k.jp(101, 2), "E", av=kari)
    ventet = {
        "2026/101-1": ("Under besvarelse (2026/101-6)",),
        "2026/101-2": ("Foreløpig svar sendt 02.03.2026 (2026/101-7)", "Under besvarelse (2026/101-9)"),
        "2026/102-1": (),
    }
    klient = k.klient("sb.kari")
    for liste in ("/lister/restanse/", "/lister/innboks/"):
        assert {rad.nummer: rad.svar for rad in viste(klient.get(liste))} == ventet
        assert {r["nummer"]: tuple(r["svar"]) for r in json_fra(klient, liste)["rader"]} == ventet
        assert "Under besvarelse (2026/101-6)" in tekst(klient.get(liste))


@pytest.mark.krav("R-10.2.2.2b")
def test_leaders_list_of_what_nobody_has_been_given_has_the_marks_too(kommune_a):
    k = kommune_a
    svar = besvar(k.jp(104, 1), "F", av=k["led.anne"])
    ferdig(svar, k["led.anne"])
    for liste in ("/lister/til-fordeling/", "/lister/ikke-fordelt/"):
        assert [rad.svar for rad in viste(k.klient("led.anne").get(liste))] == [
            ("Foreløpig svar sendt 02.03.2026 (2026/104-2)",)
        ]


@pytest.mark.krav("R-10.2.2.2a", "R-6.2.R", "R-7.2.2")
@pytest.mark.parametrize("hvem", ["les.gry", "sb.ola", "led.nils", "adm.root"])
def test_nobody_is_told_of_an_answer_that_is_closed_to_them(kommune_a, hvem):
    k, kari = kommune_a, kommune_a["sb.kari"]
    inn = k.jp(101, 1)
    besvar(inn, "E", av=kari)
    foreloepig = besvar(inn, "F", av=kari)
    sett_skjerming(foreloepig, skjerming("U", "14"), av=kari)
    ferdig(foreloepig, kari)
    klient = k.klient(hvem)
    hemmelig = re.compile(r"101[-/][67]\b")
    veier = [
        side(inn), handling(inn, "forhaand"), handling(inn, "historikk"), "/saker/2026/101/",
        "/saker/2026/101/historikk/", "/saker/2026/101/historikk.csv", "/soek/?q=skjenkebevilling",
    ]  # fmt: skip
    for vei in veier:
        svar = klient.get(vei)
        kropp = b"".join(svar.streaming_content) if svar.streaming else svar.content
        assert (vei, hemmelig.findall(kropp.decode())) == (vei, [])
    ord_ = tekst(klient.get(side(inn)))
    assert "Under besvarelse Svarfrist" not in ord_
    assert "Foreløpig svar sendt 02.03.2026" in ord_
    assert "Under besvarelse" in ord_
    assert "2026/101-6" in tekst(k.klient("led.anne").get(side(inn)))


@pytest.mark.krav("R-10.2.2.2a", "R-7.2.2")
def test_new_saksbehandler_sees_that_it_is_under_way_and_not_by_what(kommune_a):
    k = kommune_a
    inn = k.jp(101, 3)
    besvar(inn, "E", av=k["led.anne"])
    for liste in ("/lister/restanse/", "/lister/innboks/"):
        assert [rad.svar for rad in viste(k.klient("sb.ola").get(liste))] == [("Under besvarelse",)]
        assert [r["svar"] for r in json_fra(k.klient("sb.ola"), liste)["rader"]] == [["Under besvarelse"]]


def test_lists_cost_the_same_whatever_is_under_way(kommune_a, django_assert_num_queries):
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    k, klient = kommune_a, kommune_a.klient("sb.kari")
    klient.get("/lister/restanse/")
    with CaptureQueriesContext(connection) as foer:
        klient.get("/lister/restanse/")
    for n in (1, 2):
        besvar(k.jp(101, n), "E", av=k["sb.kari"])
        inngaaende(k, k.sak(101), "J")
    with django_assert_num_queries(len(foer)):
        klient.get("/lister/restanse/")


# ── To the public journal, and the case wished closed ────


@pytest.mark.krav("R-10.2.2.8")
def test_answer_is_on_the_public_journal_at_j_and_not_before(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    svar = ferdig(besvar(k.jp(101, 1), "E", av=kari), kari)
    dag = "/innsyn/dag/2026-03-02/"
    assert str(svar) not in tekst(k.offentlig().get(dag))
    journalfoer(svar, av=k["ark.eva"])
    assert str(svar) in tekst(k.offentlig().get(dag))


@pytest.mark.krav("R-10.2.2.9", "R-10.3.1.10", "R-10.3.2.11")
@pytest.mark.parametrize("status", ["F", "J"])
def test_case_is_offered_to_be_wished_closed_when_its_last_document_is_finished(kommune_a, status):
    k, kari, klient = kommune_a, kommune_a["sb.kari"], kommune_a.klient("sb.kari")
    for n in (4, 5):
        utgaa(k.jp(101, n), "Feil", av=k["ark.eva"])
    svar = besvar(k.jp(101, 1), "E", ogsaa=[k.jp(101, 2), k.jp(101, 3)], av=kari)
    legg_ved(svar, tekstfil("Svar\n").fil, filnavn="svar.txt", av=kari)
    hint = "Ønskes saken avsluttet?"
    sider = [side(svar), "/saker/2026/101/"]
    assert [hint in tekst(klient.get(s)) for s in sider] == [False, False]
    data = {"offentlighet_vurdert": "on"}
    svaret = klient.post(handling(svar, "ferdigstilling"), data, follow=True)
    assert hint in tekst(svaret)
    if status == "J":
        journalfoer(svar, av=k["ark.eva"])
    assert [hint in tekst(klient.get(s)) for s in sider] == [True, True]
    assert hint not in tekst(k.klient("les.gry").get(side(svar)))
    assert klient.post("/saker/2026/101/oenske/").status_code == 303
    assert saker.har_oea(k.sak(101))
    assert [hint in tekst(klient.get(s)) for s in sider] == [False, False]


@pytest.mark.krav("R-10.2.2.9")
def test_case_with_something_open_is_not_offered_to_be_closed(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    svar = ferdig(besvar(k.jp(101, 1), "E", av=kari), kari)
    assert "Ønskes saken avsluttet?" not in tekst(k.klient("sb.kari").get(side(svar)))
    assert svar.status == "F"
