"""Approval in a browser: the leader's phone, the writer's screen, and the same without script."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from saksgang.demo.grunnlag import tekstfil
from saksgang.flyt import queries
from saksgang.flyt.commands import besvar_godkjenning, send_til_godkjenning
from saksgang.flyt.models import Godkjenning
from saksgang.sakarkiv.commands.dokument import ny_versjon
from tests.nettleser import axe, for_bred
from tests.tilstand import egen

pytestmark = [pytest.mark.nettleser, pytest.mark.tung]

FOER = "Vi viser til søknaden.\nSvaret kommer før påske.\nMed hilsen\n"
ETTER = "Vi viser til søknaden.\nSvaret kommer før 17. mars.\nMed hilsen\n"


def _brev(k, tekst=FOER, **felter):
    return egen(k, k.sak(101), "U", "R", **{"tittel": "Svar om skjenking", "dokumenter": [tekstfil(tekst)]} | felter)


def _rettet(k):
    """A letter that was refused, mended and sent again, with a date that is near."""
    jp = _brev(k)
    send_til_godkjenning(jp, k["led.anne"], av=k["sb.kari"])
    besvar_godkjenning(jp, "I", kommentar="Skriv datoen", av=k["led.anne"])
    ny_versjon(jp.dokumenter.get(), tekstfil(ETTER).fil, filnavn="brev.txt", av=k["sb.kari"])
    frist = dt.date(2026, 3, 5)
    return send_til_godkjenning(jp, k["led.anne"], frist=frist, kommentar="Datoen er inne", av=k["sb.kari"])


@pytest.mark.krav("R-8.5", "R-10.2.2.6a", "R-10.2.2.6b", "R-8.4")
def test_the_leader_approves_with_a_change_on_a_phone_and_the_writer_sees_the_difference(kommune_a, aapne):
    k = kommune_a
    jp = _brev(k)
    skjerm = aapne("sb.kari", f"/saker/2026/101/{jp.journalpostnummer}/")
    skjerm.get_by_role("button", name="Meny", exact=True).click()
    skjerm.get_by_role("link", name="Send til godkjenning").click()
    dialog = skjerm.locator("#dialog")
    expect(dialog.get_by_label("Til", exact=True)).to_have_value(str(k["led.anne"].pk))
    dialog.get_by_label("Frist for svar").fill("2026-03-05")
    dialog.get_by_label("Kommentar").fill("Er datoen god nok?")
    dialog.get_by_role("button", name="Send til godkjenning").click()
    expect(skjerm.get_by_text("Sendt til godkjenning hos Anne Hauge, frist 05.03.2026.")).to_be_visible()

    telefon = aapne("led.anne", "/lister/til-godkjenning/", bredde=390)
    telefon.get_by_role("link", name="Svar om skjenking").click()
    expect(telefon.get_by_text("Er datoen god nok?").first).to_be_visible()
    expect(telefon.get_by_text("Svaret kommer før påske.")).to_be_visible()
    assert for_bred(telefon) is False
    telefon.get_by_role("link", name="Ny versjon").click()
    fil = {"name": "brev.txt", "mimeType": "text/plain", "buffer": ETTER.encode()}
    telefon.locator("#dialog").get_by_label("Ny versjon").set_input_files(fil)
    telefon.locator("#dialog").get_by_role("button", name="Last opp").click()
    expect(telefon.locator("#toaster")).to_contain_text("Ny versjon er lagt til")
    runde = Godkjenning.objects.get()
    telefon.goto(f"/godkjenning/{runde.pk}/")
    expect(telefon.get_by_text("Svaret kommer før 17. mars.")).to_be_visible()
    telefon.get_by_role("link", name="Godkjent", exact=True).click()
    telefon.locator("#dialog").get_by_label("Kommentar").fill("Satte inn datoen.")
    telefon.locator("#dialog").get_by_role("button", name="Godkjent").click()
    expect(telefon.locator("#toaster")).to_contain_text("er godkjent")

    skjerm.goto("/flagg/")
    skjerm.get_by_role("link", name="Satte inn datoen.").click()
    skjerm.locator("#forhaand").get_by_role("link", name="Se hva som er endret").click()
    expect(skjerm.locator("del")).to_have_text("tatt ut: påske slutt. ")
    expect(skjerm.locator("ins")).to_have_text("satt inn: 17. mars slutt. ")
    expect(skjerm.get_by_text("Det Anne Hauge endret før svaret")).to_be_visible()
    assert axe(skjerm) == []


@pytest.mark.krav("R-10.2.2.6b")
def test_a_refusal_without_words_keeps_the_dialog_and_ready_words_help(kommune_a, aapne):
    k = kommune_a
    runde = _rettet(k)
    side = aapne("led.anne", f"/godkjenning/{runde.pk}/", bredde=390)
    side.get_by_role("link", name="Ikke godkjent", exact=True).click()
    dialog = side.locator("#dialog")
    dialog.get_by_role("button", name="Send tilbake").click()
    expect(dialog.locator("ds-error-summary")).to_be_focused()
    expect(dialog.get_by_text("Skriv hva som må rettes.").first).to_be_visible()
    dialog.get_by_role("button", name="Mangler vedlegg").click()
    expect(dialog.get_by_label("Kommentar")).to_have_value("Mangler vedlegg")
    dialog.get_by_role("button", name="Språk").click()
    dialog.get_by_role("button", name="Send tilbake").click()
    expect(side.locator("#toaster")).to_contain_text("sendt tilbake til Kari Lunde")
    assert [f.tekst for f in queries.flagg_til(k["sb.kari"])] == ["Mangler vedlegg. Språk"]


def test_the_round_is_answered_beside_the_list(kommune_a, aapne):
    k = kommune_a
    _rettet(k)
    side = aapne("led.anne", "/lister/til-godkjenning/")
    side.get_by_role("link", name="Svar om skjenking").click()
    forhaand = side.locator("#forhaand")
    expect(forhaand.locator("ins")).to_have_text("satt inn: 17. mars slutt. ")
    forhaand.get_by_role("link", name="Brevet").click()
    expect(forhaand.get_by_text("Svaret kommer før 17. mars.")).to_be_visible()
    expect(forhaand.locator("ins")).to_have_count(0)
    forhaand.get_by_role("link", name="Godkjent", exact=True).click()
    side.locator("#dialog").get_by_role("button", name="Godkjent").click()
    expect(side.get_by_text("Ingenting venter på godkjenning.")).to_be_visible()


@pytest.mark.parametrize("farge", ["light", "dark"])
@pytest.mark.parametrize("bredde", [1440, 390])
def test_pages_and_dialogs_of_approval_have_no_accessibility_findings(kommune_a, aapne, farge, bredde):
    k = kommune_a
    runde = _rettet(k)
    jp = runde.journalpost
    dokument = jp.dokumenter.get().pk
    valg = {"farger": farge, "bredde": bredde}
    for hvem, vei in (
        ("led.anne", f"/godkjenning/{runde.pk}/"),
        ("led.anne", f"/godkjenning/{runde.pk}/?vis=dokument"),
        ("sf.bente", "/lister/til-godkjenning/"),
        ("led.anne", f"/godkjenning/{runde.pk}/svar/ikke-godkjent/"),
        ("led.anne", f"/godkjenning/{runde.pk}/svar/videresend/"),
        ("sb.kari", f"/journalposter/{jp.pk}/godkjenning/"),
        ("sb.kari", f"/journalposter/dokumenter/{dokument}/sammenligning/"),
        ("sb.kari", f"/saker/2026/101/{jp.journalpostnummer}/"),
    ):
        side = aapne(hvem, vei, **valg)
        assert (vei, axe(side)) == (vei, [])
        assert (vei, for_bred(side)) == (vei, False)


def test_the_leader_answers_without_script(kommune_a, aapne):
    k = kommune_a
    runde = _rettet(k)
    side = aapne("led.anne", f"/godkjenning/{runde.pk}/", bredde=390, skript=False)
    expect(side.locator("ins")).to_have_text("satt inn: 17. mars slutt. ")
    side.get_by_role("link", name="Godkjent – videresend").click()
    side.get_by_label("Videre til").select_option(label="Jon Sæther, rådmann")
    side.get_by_role("button", name="Godkjent – videresend").click()
    expect(side.get_by_text("er godkjent og sendt videre")).to_be_visible()
    assert [r.journalpost for r in queries.til_godkjenning(k["raad.jon"])] == [runde.journalpost]
