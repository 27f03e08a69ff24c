"""Approval through the pages: sent from Meny, answered on one page, compared, and never shown to others."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saksgang.demo.grunnlag import tekstfil
from saksgang.flyt import queries
from saksgang.flyt.commands import besvar_godkjenning, lag_varsler, send_til_godkjenning
from saksgang.flyt.models import Godkjenning, Varsel
from saksgang.logg.tasks import forsegl
from saksgang.offentlighet.commands import sperr_midlertidig
from saksgang.produksjon.commands import ferdigstill
from saksgang.sakarkiv.commands.besvarelse import besvar
from saksgang.sakarkiv.commands.dokument import legg_ved, ny_versjon
from saksgang.sakarkiv.commands.journalfoering import journalfoer, vurder_offentlighet
from saksgang.sakarkiv.models import Journalpost
from saksgang.tilgang.commands import registrer_fravaer
from tests.tilstand import egen
from tests.web.test_arbeidsbord import json_fra
from tests.web.test_journalpost import HTMX, handling, menyvalg, side, tekst

SEND, SVAR_PAA, TREKK = "Send til godkjenning", "Svar på godkjenning", "Trekk tilbake fra godkjenning"
FOER, ETTER = "Svaret kommer før påske.\nMed hilsen\n", "Svaret kommer før 17. mars.\nMed hilsen\n"


def _brev(k, tekst_=FOER, **felter) -> Journalpost:
    return egen(k, k.sak(101), "U", "R", **{"dokumenter": [tekstfil(tekst_)]} | felter)


def _sendt(k, jp=None, til="led.anne", **felter) -> Godkjenning:
    return send_til_godkjenning(jp or _brev(k), k[til], av=k["sb.kari"], **felter)


def _rett(jp, av, tekst_=ETTER):
    return ny_versjon(jp.dokumenter.order_by("nummer")[0], tekstfil(tekst_).fil, filnavn="brev.txt", av=av)


def url(runde) -> str:
    return f"/godkjenning/{runde.pk}/"


def svar_url(runde, slag: str) -> str:
    return f"{url(runde)}svar/{slag}/"


def valg(k, hvem, jp) -> list[str]:
    return [v for v in menyvalg(k.klient(hvem).get(side(jp))) if v in (SEND, SVAR_PAA, TREKK)]


def endret(svar) -> list[tuple[str, str]]:
    """What the page shows as taken out and put in."""
    html = svar.content.decode()
    funnet = re.findall(r"<(ins|del)>(.*?)</\1>", html, flags=re.DOTALL)
    return [(merke, re.sub(r"<span.*?</span>", "", innhold)) for merke, innhold in funnet]


# ── Sending ──────────────────────────────────────────────


@pytest.mark.krav("R-10.2.2.5", "R-10.2.2.6a", "C.12")
def test_meny_offers_send_til_godkjenning_in_r_alone_and_then_to_take_it_back(kommune_a):
    k = kommune_a
    jp = vurder_offentlighet(_brev(k), av=k["sb.kari"])
    for hvem, ventet in {"sb.kari": [SEND], "led.anne": [SEND], "ark.eva": []}.items():
        assert valg(k, hvem, jp) == ventet, hvem
    runde = _sendt(k, jp)
    for hvem, ventet in {"sb.kari": [TREKK], "led.anne": [SVAR_PAA, TREKK], "sf.bente": [SVAR_PAA, TREKK]}.items():
        assert valg(k, hvem, jp) == ventet, hvem
    besvar_godkjenning(jp, "G", av=k["led.anne"])
    assert valg(k, "sb.kari", jp) == [SEND]
    ferdigstill(jp, av=k["sb.kari"])
    for hvem in ("sb.kari", "led.anne", "sf.bente"):
        assert valg(k, hvem, jp) == []
    assert k.klient("sb.kari").post(handling(jp, "godkjenning"), {"til": runde.godkjenner_id}).status_code == 409
    assert valg(k, "sb.kari", k.jp(101, 1)) == []


@pytest.mark.krav("R-10.2.2.6a", "R-8.4")
def test_the_dialog_proposes_the_leader_or_the_deputy_and_sends(kommune_a):
    k = kommune_a
    jp = _brev(k)
    klient = k.klient("sb.kari")

    def foreslaatt():
        skjema = klient.get(handling(jp, "godkjenning")).context["skjema"]
        navn = [str(tekst_) for _, tekst_ in skjema.fields["til"].choices]
        return int(skjema["til"].value()), navn

    hvem, navn = foreslaatt()
    assert (hvem, navn) == (
        k["led.anne"].pk,
        [
            "Velg hvem",
            "Anne Hauge, leder",
            "Bente Moen, stedfortreder for Anne Hauge",
            "Jon Sæther, rådmann",
            "Vigdis Kar, stedfortreder for Jon Sæther",
        ],
    )
    registrer_fravaer(k["led.anne"], fra=dt.date(2026, 3, 2), til=dt.date(2026, 3, 6), av=k["led.anne"])
    hvem, navn = foreslaatt()
    assert (hvem, navn[1]) == (k["sf.bente"].pk, "Anne Hauge, leder (borte til 06.03)")
    felter = {"til": k["led.anne"].pk, "frist": "2026-03-05", "kommentar": "Haster"}
    svar = klient.post(handling(jp, "godkjenning"), felter | {"frist": "2026-03-01"}, headers=HTMX)
    assert svar.status_code == 422
    assert "Fristen er passert" in tekst(svar)
    assert "Haster" in tekst(svar)
    svar = klient.post(handling(jp, "godkjenning"), felter)
    assert (svar.status_code, svar.url) == (303, side(jp))
    runde = Godkjenning.objects.get()
    assert (runde.godkjenner, runde.frist, runde.flagg.tekst) == (k["led.anne"], dt.date(2026, 3, 5), "Haster")
    visning = tekst(klient.get(side(jp)))
    assert "Sendt til godkjenning hos Anne Hauge, frist 05.03.2026." in visning
    (rad,) = [r for r in json_fra(k.klient("sb.kari"), "/lister/under-arbeid/")["rader"] if r["nummer"] == str(jp)]
    assert rad["slutt"] == "Til godkjenning hos Anne Hauge"


@pytest.mark.krav("R-10.2.2.6a")
def test_the_dialog_refuses_one_who_is_not_on_the_list(kommune_a):
    k = kommune_a
    jp = _brev(k)
    for til in ("sb.ola", "sb.kari", "led.nils", "pol.tor"):
        svar = k.klient("sb.kari").post(handling(jp, "godkjenning"), {"til": k[til].pk})
        assert svar.status_code == 422
    assert Godkjenning.objects.count() == 0


@pytest.mark.krav("C.6")
def test_the_writer_takes_it_back_from_meny(kommune_a):
    k = kommune_a
    runde = _sendt(k)
    jp = runde.journalpost
    assert k.klient("les.gry").post(handling(jp, "godkjenning/tilbaketrekking")).status_code == 404
    assert k.klient("ark.eva").post(handling(jp, "godkjenning/tilbaketrekking")).status_code == 403
    svar = k.klient("sb.kari").post(handling(jp, "godkjenning/tilbaketrekking"), follow=True)
    assert "er trukket tilbake fra godkjenning" in tekst(svar)
    runde.refresh_from_db()
    assert runde.get_svar_display() == "Trukket tilbake"
    assert k.klient("sb.kari").post(handling(jp, "godkjenning/tilbaketrekking")).status_code == 409


@pytest.mark.krav("C.3", "C.6")
def test_the_writer_sees_locked_fields_while_it_is_open_and_the_approver_edits_them(kommune_a):
    k = kommune_a
    jp = _sendt(k, til="raad.jon").journalpost
    felter = set(k.klient("sb.kari").get(handling(jp, "redigering")).context["skjema"].fields)
    assert felter & {"tittel", "dokumentdato", "offentlig_tittel"} == set()
    svar = k.klient("sb.kari").post(handling(jp, "redigering"), {"tittel": "Noe annet"})
    assert (svar.status_code, "til godkjenning hos Jon Sæther" in tekst(svar)) == (409, True)
    dokument = jp.dokumenter.get()
    versjon = f"/journalposter/dokumenter/{dokument.pk}/versjoner/"
    for hvem, status in {"sb.kari": 409, "led.anne": 409, "raad.jon": 303}.items():
        svar = k.klient(hvem).post(versjon, {"fil": SimpleUploadedFile("brev.txt", ETTER.encode())})
        assert (hvem, svar.status_code) == (hvem, status)
    skjema = k.klient("raad.jon").get(handling(jp, "redigering")).context["skjema"]
    assert {"tittel", "dokumentdato"} <= set(skjema.fields)


# ── The basket ───────────────────────────────────────────


@pytest.mark.krav("C.4", "R-C.1", "R-3.1.7")
def test_the_basket_is_the_approvers_and_in_the_period_the_deputys(kommune_a, klokka):
    k = kommune_a
    runde = _sendt(k, frist=dt.date(2026, 3, 3))
    _sendt(k)
    for hvem in ("led.anne", "sf.bente"):
        svar = json_fra(k.klient(hvem), "/lister/til-godkjenning/")
        assert (svar["antall"], len(svar["rader"]), svar["ider"][0]) == (2, 2, runde.pk)
    for hvem in ("led.nils", "raad.jon", "raad.vikar"):
        assert json_fra(k.klient(hvem), "/lister/til-godkjenning/")["ider"] == []
    for hvem in ("sb.kari", "nes.ida", "ark.eva", "les.gry"):
        assert k.klient(hvem).get("/lister/til-godkjenning/").status_code == 403
        assert "Til godkjenning" not in tekst(k.klient(hvem).get("/lister/innboks/"))
    side_ = tekst(k.klient("sf.bente").get("/lister/til-godkjenning/"))
    assert "Leder, for Anne Hauge" in side_
    assert "Fra Kari Lunde · for Anne Hauge" in side_
    haster = re.search(r"Til godkjenning 1 haster 2\b", side_)
    assert haster is not None
    klokka.move_to(dt.datetime(2026, 3, 9, 8, 0, tzinfo=dt.UTC))
    assert k.klient("sf.bente").get("/lister/til-godkjenning/").status_code == 403
    assert k.klient("sf.bente").get(url(runde)).status_code == 404
    assert k.klient("sf.bente").post(svar_url(runde, "godkjent")).status_code == 404


def test_the_basket_costs_the_same_for_one_row_and_three(kommune_a):
    k = kommune_a
    klient = k.klient("led.anne")
    antall = []
    for nye in (1, 2):
        for _ in range(nye):
            _sendt(k)
        klient.get("/lister/til-godkjenning/")
        with CaptureQueriesContext(connection) as spoerringer:
            klient.get("/lister/til-godkjenning/")
        antall.append(len(spoerringer))
    assert antall[0] == antall[1]


# ── The approver's page ──────────────────────────────────


@pytest.mark.krav("R-8.5", "R-10.2.2.6b")
def test_the_page_shows_what_changed_since_one_last_answered_and_takes_the_answer(kommune_a):
    k = kommune_a
    foerste = _sendt(k)
    jp, klient = foerste.journalpost, k.klient("led.anne")
    foerst = klient.get(url(foerste))
    assert (endret(foerst), "Endringer" in tekst(foerst), "før påske" in tekst(foerst)) == ([], False, True)
    svar = klient.post(svar_url(foerste, "ikke-godkjent"), {"kommentar": " "}, headers=HTMX)
    assert (svar.status_code, "Skriv hva som må rettes." in tekst(svar)) == (422, True)
    klient.post(svar_url(foerste, "ikke-godkjent"), {"kommentar": "Skriv datoen"})
    _rett(jp, k["sb.kari"])
    runde = _sendt(k, jp, kommentar="Datoen er satt inn")
    svar = klient.get(url(runde))
    assert endret(svar) == [("del", "påske"), ("ins", "17. mars")]
    vist = tekst(svar)
    assert "Siden du svarte «Ikke godkjent» mandag 02.03 kl. 09.00" in vist
    assert "Datoen er satt inn" in vist
    assert "Skriv datoen" in vist
    brevet = klient.get(f"{url(runde)}?vis=dokument")
    assert (endret(brevet), "før 17. mars" in tekst(brevet)) == ([], True)
    svar = klient.post(svar_url(runde, "godkjent"), {"kommentar": "Fint"}, follow=True)
    assert f"{jp} er godkjent." in tekst(svar)
    assert [f.tekst for f in queries.flagg_til(k["sb.kari"])] == ["Fint"]
    assert klient.post(svar_url(runde, "godkjent"), {}).status_code == 409


@pytest.mark.krav("R-8.5")
def test_the_writer_sees_from_the_answer_exactly_what_the_leader_changed(kommune_a):
    k = kommune_a
    runde = _sendt(k)
    jp = runde.journalpost
    _rett(jp, k["led.anne"])
    legg_ved(jp, tekstfil("Plan\n").fil, filnavn="plan.txt", av=k["led.anne"])
    besvar_godkjenning(jp, "G", kommentar="Datoen er rettet", av=k["led.anne"])
    klient = k.klient("sb.kari")
    (flagg,) = queries.flagg_til(k["sb.kari"])
    flaggsiden = klient.get(f"/flagg/{flagg.pk}/")
    assert f'href="{url(runde)}"' in flaggsiden.content.decode()
    assert "Se hva som er endret" in tekst(flaggsiden)
    svar = klient.get(url(runde))
    assert endret(svar) == [("del", "påske"), ("ins", "17. mars")]
    vist = tekst(svar)
    assert "Det Anne Hauge endret før svaret" in vist
    assert "plan Nytt dokument" in vist
    assert "Godkjent av Anne Hauge 02.03.2026 09.00. Datoen er rettet" in vist
    assert (SVAR_PAA in vist, "Ikke godkjent" in vist) == (False, False)
    paa_siden = klient.get(side(jp)).content.decode()
    adresse = f"/journalposter/dokumenter/{jp.dokumenter.get(nummer=1).pk}/sammenligning/?fra=1&til=2"
    assert adresse.replace("&", "&amp;") in paa_siden
    sammenlignet = klient.get(adresse)
    assert endret(sammenlignet)[-2:] == [("del", "påske"), ("ins", "17. mars")]
    assert "1 endring i versjon 2 av Anne Hauge" in tekst(sammenlignet)


@pytest.mark.krav("R-8.5")
def test_after_an_answer_the_next_one_comes(kommune_a):
    k = kommune_a
    runder = [_sendt(k) for _ in range(3)]
    klient = k.klient("led.anne")
    midten = tekst(klient.get(url(runder[1])))
    assert "2 av 3" in midten
    svar = klient.post(svar_url(runder[1], "godkjent"), {})
    assert (svar.status_code, svar.url) == (303, url(runder[2]))
    svar = klient.post(svar_url(runder[2], "ikke-godkjent"), {"kommentar": "Nei"})
    assert svar.url == url(runder[0])
    svar = klient.post(svar_url(runder[0], "godkjent"), {})
    assert svar.url == "/lister/til-godkjenning/"
    fra_lista = HTMX | {"HX-Current-URL": "http://testserver/lister/til-godkjenning/"}
    svar = klient.post(svar_url(_sendt(k), "godkjent"), {}, headers=fra_lista)
    assert (svar.status_code, "liste-endret" in svar["HX-Trigger"]) == (204, True)


@pytest.mark.krav("C.6")
def test_videresend_needs_somebody_and_goes_on_to_the_next(kommune_a):
    k = kommune_a
    runde = _sendt(k)
    klient = k.klient("led.anne")
    skjema = klient.get(svar_url(runde, "videresend")).context["skjema"]
    assert int(skjema["videre_til"].value()) == k["raad.jon"].pk
    svar = klient.post(svar_url(runde, "videresend"), {"videre_til": "", "kommentar": "Enig"}, headers=HTMX)
    assert (svar.status_code, "Enig" in tekst(svar)) == (422, True)
    klient.post(svar_url(runde, "videresend"), {"videre_til": k["raad.jon"].pk, "kommentar": "Enig"})
    (neste,) = queries.til_godkjenning(k["raad.jon"])
    _rett(runde.journalpost, k["raad.jon"])
    siden = tekst(k.klient("raad.jon").get(url(neste)))
    assert "Siden Kari Lunde sendte det mandag 02.03" in siden
    assert k.klient("led.anne").get(svar_url(runde, "slett")).status_code == 404


@pytest.mark.krav("R-10.2.2.2a")
def test_the_letter_that_is_answered_can_be_read_beside_it(kommune_a):
    k = kommune_a
    jp = besvar(k.jp(101, 1), "E", av=k["sb.kari"])
    legg_ved(jp, tekstfil(FOER).fil, filnavn="svar.txt", av=k["sb.kari"])
    runde = _sendt(k, jp)
    klient = k.klient("led.anne")
    assert "Mottatt brev" in tekst(klient.get(url(runde)))
    assert "Til Fjordvik kommune" in tekst(klient.get(f"{url(runde)}?vis=brev"))
    assert "Mottatt brev" not in tekst(klient.get(url(_sendt(k))))


@pytest.mark.krav("R-3.1.1", "R-3.1.7")
def test_only_the_approver_answers_and_others_get_403_or_404(kommune_a):
    k = kommune_a
    runde = _sendt(k, til="raad.jon")
    for slag in ("godkjent", "ikke-godkjent", "videresend"):
        for hvem, status in {
            "sb.kari": 403,
            "led.anne": 403,
            "ark.eva": 403,
            "nes.ida": 404,
            "les.gry": 404,
            "led.nils": 404,
            "pol.tor": 403,
        }.items():
            svar = k.klient(hvem).post(svar_url(runde, slag), {"kommentar": "Nei", "videre_til": k["raad.jon"].pk})
            assert (slag, hvem, svar.status_code) == (slag, hvem, status)
            assert k.klient(hvem).get(svar_url(runde, slag)).status_code == status
    runde.refresh_from_db()
    assert runde.svar == ""
    assert k.klient("raad.vikar").post(svar_url(runde, "godkjent"), {}).status_code == 303
    runde.refresh_from_db()
    assert (runde.svart_av, runde.svar) == (k["raad.vikar"], "G")
    vist = tekst(k.klient("sb.kari").get(side(runde.journalpost)))
    assert "Godkjent av Vigdis Kar på vegne av Jon Sæther" in vist


def test_the_rounds_of_a_page_cost_the_same_for_one_and_three(kommune_a):
    k = kommune_a
    antall = []
    for runder in (1, 3):
        jp = _brev(k)
        for nr in range(runder):
            runde = _sendt(k, jp)
            _rett(jp, k["led.anne"], f"Tekst {nr}\n")
            besvar_godkjenning(jp, "I", kommentar="Nei", av=k["led.anne"])
        klient = k.klient("sb.kari")
        klient.get(url(runde))
        with CaptureQueriesContext(connection) as spoerringer:
            klient.get(url(runde))
        antall.append(len(spoerringer))
    assert antall[0] == antall[1]


# ── What the page and others say of it ───────────────────


@pytest.mark.krav("R-10.2.2.6b", "R-10.2.2.5")
def test_the_journalpost_says_where_its_approval_stands(kommune_a, settings):
    k = kommune_a
    jp = vurder_offentlighet(_brev(k), av=k["sb.kari"])
    klient = k.klient("sb.kari")
    runde = _sendt(k, jp)
    svar = klient.post(handling(jp, "ferdigstilling"), {}, headers=HTMX)
    assert (svar.status_code, "Til godkjenning hos Anne Hauge." in tekst(svar)) == (409, True)
    besvar_godkjenning(jp, "I", kommentar="Mangler hjemmel", av=k["led.anne"])
    assert "Ikke godkjent av Anne Hauge: Mangler hjemmel" in tekst(klient.get(side(jp)))
    assert "Anne Hauge har svart «Ikke godkjent»" in tekst(klient.get(handling(jp, "ferdigstilling")))
    _sendt(k, jp)
    besvar_godkjenning(jp, "G", av=k["led.anne"])
    assert "Godkjent av Anne Hauge" in tekst(klient.get(side(jp)))
    assert "Ferdigstill" in menyvalg(k.klient("ark.eva").get(side(jp)))
    _rett(jp, k["sb.kari"])
    assert "Godkjenningen gjelder ikke lenger. Dokumentet er endret etter at Anne Hauge godkjente det" in tekst(
        klient.get(side(jp))
    )
    assert "Ferdigstill" not in menyvalg(k.klient("ark.eva").get(side(jp)))
    assert "Dokumentet er endret etter at Anne Hauge godkjente det" in tekst(klient.get(handling(jp, "ferdigstilling")))
    settings.GODKJENNING_KREVES = True
    svar = klient.post(handling(jp, "ferdigstilling"), {}, headers=HTMX)
    assert (svar.status_code, "Send det til godkjenning på nytt" in tekst(svar)) == (409, True)
    assert [r.runde.runde for r in klient.get(url(runde)).context["runder"]] == [2, 1]


@pytest.mark.krav("A-46")
def test_the_archive_finishes_an_approved_document_from_its_page(kommune_a):
    k = kommune_a
    jp = vurder_offentlighet(_brev(k), av=k["sb.kari"])
    _sendt(k, jp)
    besvar_godkjenning(jp, "G", av=k["led.anne"])
    svar = k.klient("ark.eva").post(handling(jp, "ferdigstilling"), {}, follow=True)
    assert f"{jp} er ferdigstilt." in tekst(svar)
    jp.refresh_from_db()
    assert jp.status == "F"


def test_flags_of_approval_lead_to_the_round_and_are_not_handled_otherwise(kommune_a):
    k = kommune_a
    runde = _sendt(k)
    klient = k.klient("led.anne")
    svar = klient.get(f"/flagg/{runde.flagg_id}/")
    assert (SVAR_PAA in tekst(svar), f'href="{url(runde)}"' in svar.content.decode()) == (True, True)
    assert f"/flagg/{runde.flagg_id}/behandling/" not in svar.content.decode()
    svar = klient.post(f"/flagg/{runde.flagg_id}/behandling/", {})
    assert (svar.status_code, "Flagget ber om godkjenning" in tekst(svar)) == (409, True)
    svar = klient.post("/lister/flagg/behandling/", {"valgt": runde.flagg_id, "utfoer": "ja"})
    assert "Flagget ber om godkjenning" in tekst(svar)
    runde.flagg.refresh_from_db()
    assert runde.flagg.er_aapent


@pytest.mark.krav("C.0", "R-7.2.2")
def test_versions_and_rounds_are_shown_to_no_more_than_may_see_them(kommune_a):
    k = kommune_a
    runde = _sendt(k, til="raad.jon")
    jp = runde.journalpost
    _rett(jp, k["raad.jon"], "Hemmelig kladd rettet\n")
    besvar_godkjenning(jp, "G", kommentar="Kommentaren", av=k["raad.jon"])
    _rett(jp, k["sb.kari"], "Det ferdige\n")
    dokument = jp.dokumenter.get().pk
    adresse = f"/journalposter/dokumenter/{dokument}/sammenligning/"
    for hvem in ("les.gry", "sb.ola", "nes.ida", "led.nils"):
        for vei in (url(runde), adresse, f"{adresse}?fra=1&til=2"):
            assert k.klient(hvem).get(vei).status_code == 404
    ferdigstill(vurder_offentlighet(jp, av=k["sb.kari"]), av=k["sb.kari"])
    journalfoer(jp, av=k["ark.eva"])
    assert k.klient("les.gry").get(adresse).status_code == 404
    svar = k.klient("les.gry").get(url(runde))
    assert (svar.status_code, endret(svar)) == (200, [])
    for vei in (url(runde), f"{url(runde)}?vis=endringer", side(jp)):
        vist = k.klient("les.gry").get(vei).content.decode()
        assert ("Hemmelig kladd" in vist, adresse in vist, "Kommentaren" in vist) == (False, False, True)
    assert endret(k.klient("raad.jon").get(f"{adresse}?fra=1&til=2")) != []


@pytest.mark.krav("C.0", "R-7.2.XX")
def test_one_who_approved_loses_flag_round_comparison_and_notification_when_it_is_blocked(kommune_a):
    k = kommune_a
    ordet = "zqgodkjenningqz"
    jp = _brev(k, f"{ordet}\n", tittel=f"Svar om {ordet}")
    runde = _sendt(k, jp, til="raad.jon", kommentar=f"Se {ordet}")
    _rett(jp, k["raad.jon"], f"Rettet {ordet}\n")
    besvar_godkjenning(jp, "G", kommentar=f"Godt {ordet}", av=k["raad.jon"])
    klient = k.klient("raad.jon")
    forsegl()
    lag_varsler()
    veier = [
        url(runde),
        f"{url(runde)}?vis=endringer",
        f"/journalposter/dokumenter/{jp.dokumenter.get().pk}/sammenligning/?fra=1&til=2",
        "/flagg/behandlet/",
        "/flagg/sendt/",
        f"/flagg/{runde.flagg_id}/",
        "/varsler/",
        "/lister/til-godkjenning/",
        side(jp),
    ]
    assert any(ordet in klient.get(vei).content.decode() for vei in veier)
    ferdigstill(vurder_offentlighet(jp, av=k["sb.kari"]), av=k["sb.kari"])
    sperr_midlertidig(journalfoer(jp, av=k["ark.eva"]), av=k["ark.eva"])
    for vei in veier:
        svar = klient.get(vei)
        assert (vei, ordet in svar.content.decode()) == (vei, False)
    assert [klient.get(vei).status_code for vei in veier[:3]] == [404, 404, 404]


@pytest.mark.krav("R-C.2")
def test_both_are_told_of_every_step(kommune_a):
    k = kommune_a
    jp = _brev(k)

    def fortalt():
        forsegl()
        lag_varsler()
        nye = [(v.bruker.brukernavn, v.tekst.partition(": ")[2]) for v in Varsel.objects.order_by("pk")]
        Varsel.objects.all().delete()
        return sorted(nye)

    fortalt()
    _sendt(k, jp)
    assert fortalt() == [("led.anne", "til godkjenning fra Kari Lunde")]
    besvar_godkjenning(jp, "V", videre_til=k["raad.jon"], av=k["led.anne"])
    assert fortalt() == [
        ("raad.jon", "til godkjenning fra Anne Hauge"),
        ("sb.kari", "godkjent – videresendt av Anne Hauge"),
    ]
    besvar_godkjenning(jp, "I", kommentar="Nei", av=k["raad.vikar"])
    assert fortalt() == [
        ("led.anne", "ikke godkjent av Vigdis Kar på vegne av Jon Sæther"),
        ("raad.jon", "ikke godkjent av Vigdis Kar på vegne av Jon Sæther"),
        ("sb.kari", "ikke godkjent av Vigdis Kar på vegne av Jon Sæther"),
    ]
    _sendt(k, jp)
    fortalt()
    from saksgang.flyt.commands import trekk_godkjenning  # noqa: PLC0415 - only here

    trekk_godkjenning(jp, av=k["sb.kari"])
    assert fortalt() == [("led.anne", "trukket tilbake fra godkjenning av Kari Lunde")]
    _sendt(k, jp)
    besvar_godkjenning(jp, "G", av=k["led.anne"])
    fortalt()
    _rett(jp, k["sb.kari"])
    assert fortalt() == [("led.anne", "godkjenningen gjelder ikke lenger, Kari Lunde har endret dokumentet")]
