"""Out and in again in the browser, with a mouse and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from saksgang.lager.commands import lagre_fil
from saksgang.sakarkiv.commands.dokument import Vedlagt
from tests.lager import innhold
from tests.nettleser import axe, for_bred
from tests.tilstand import egen

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]


def test_check_out_change_and_check_in(kommune_a, aapne):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R")
    side = aapne("sb.kari", f"/journalposter/{jp.pk}/dokumenter/")
    side.get_by_role("button", name="Sjekk ut Svar om gatelys").click()
    expect(side.get_by_text("Sjekket ut av deg siden")).to_be_visible()
    assert axe(side) == []
    side.get_by_role("link", name="Sjekk inn Svar om gatelys").click()
    dialog = side.locator("#dialog")
    expect(dialog.get_by_role("heading", name="Sjekk inn «Svar om gatelys»")).to_be_visible()
    assert axe(side, "#dialog") == []
    dialog.get_by_role("button", name="Sjekk inn").click()
    expect(dialog.locator("ds-error-summary")).to_be_focused()
    dialog.locator("input[type=file]").set_input_files(
        {"name": "svar.txt", "mimeType": "text/plain", "buffer": b"Endret\n"}
    )
    dialog.get_by_role("button", name="Sjekk inn").click()
    expect(side.get_by_text("Versjon 2")).to_be_visible()
    expect(side.get_by_role("button", name="Sjekk ut Svar om gatelys")).to_be_visible()


def test_leader_breaks_it_on_a_phone(kommune_a, aapne):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R")
    k.klient("sb.kari").post(f"/journalposter/dokumenter/{jp.dokumenter.get().pk}/utsjekking/")
    side = aapne("led.anne", f"/journalposter/{jp.pk}/dokumenter/", bredde=390, farger="dark")
    expect(side.get_by_text("Sjekket ut av Kari Lunde siden")).to_be_visible()
    assert (axe(side), for_bred(side)) == ([], False)
    side.get_by_role("link", name="Bryt utsjekking av Svar om gatelys").click()
    side.locator("#dialog").get_by_label("Begrunnelse").fill("Kari er syk")
    side.locator("#dialog").get_by_role("button", name="Bryt utsjekking").click()
    expect(side.get_by_text("Utsjekkingen er brutt.")).to_be_visible()
    assert side.get_by_text("Sjekket ut av").count() == 0


def test_rediger_shows_the_links_in_a_dialog(kommune_a, aapne):
    k = kommune_a
    vedlagt = Vedlagt(lagre_fil(innhold.word(), filnavn="svar.docx"), "svar.docx")
    jp = egen(k, k.sak(101), "U", "R", dokumenter=[vedlagt])
    side = aapne("sb.kari", f"/journalposter/{jp.pk}/dokumenter/")
    side.get_by_role("button", name="Rediger Svar om gatelys").click()
    dialog = side.locator("#dialog")
    expect(dialog.get_by_role("link", name="Åpne i Word")).to_have_attribute(
        "href", re.compile(r"^ms-word:ofe\|u\|http")
    )
    expect(dialog.get_by_role("link", name="Åpne i LibreOffice")).to_be_visible()
    assert axe(side, "#dialog") == []
    dialog.get_by_role("link", name="Lukk").click()
    expect(dialog).to_be_hidden()
    side = aapne("sb.kari", f"/saker/{jp.sak.aar}/{jp.sak.sekvens}/{jp.journalpostnummer}/")
    side.get_by_role("button", name="Rediger", exact=True).click()
    expect(side.locator("#dialog").get_by_role("link", name="Åpne i LibreOffice")).to_be_visible()
    side = aapne("sb.kari", f"/journalposter/{jp.pk}/dokumenter/", skript=False, bredde=390)
    side.get_by_role("button", name="Rediger Svar om gatelys").click()
    expect(side.get_by_role("link", name="Åpne i Word")).to_be_visible()
    assert not for_bred(side)
