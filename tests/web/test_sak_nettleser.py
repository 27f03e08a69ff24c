"""«Ny sak» and the case page in a browser: what appears while one types, refusals in the dialog, accessibility."""

import pytest
from playwright.sync_api import expect

from tests.nettleser import axe

pytestmark = [pytest.mark.nettleser, pytest.mark.tung]


@pytest.mark.krav("R-10.3.1.1", "R-10.3.1.2a")
def test_ny_sak_shows_likely_cases_while_typing_and_is_saved_by_keyboard(aapne):
    side = aapne("sb.ola", "/saker/ny/")
    expect(side.get_by_label("Tittel", exact=True)).to_be_focused()
    side.keyboard.type("skjenkebevilling kroa")
    lenke = side.locator("#dubletter a")
    expect(lenke).to_contain_text("2026/101")
    side.keyboard.press("Tab")
    expect(lenke).to_be_focused()
    side.keyboard.press("Tab")
    side.keyboard.type("u63")
    expect(side.locator(".forslag [role=option]")).to_have_text(["U63 Serverings- og skjenkebevillingK-koder"])
    side.keyboard.press("ArrowDown")
    side.keyboard.press("Enter")
    expect(side.locator("#id_klasse")).to_have_value("U63 Serverings- og skjenkebevilling")
    assert axe(side) == []
    side.keyboard.press("Control+s")
    expect(side.locator("h1")).to_have_text("skjenkebevilling kroa")
    assert side.url.endswith("/saker/2026/105/")


def test_a_refusal_stands_in_the_dialog_and_the_focus_returns(aapne):
    side = aapne("ark.eva", "/saker/2026/101/")
    side.get_by_role("button", name="Meny", exact=True).click()
    side.get_by_role("link", name="Avslutt saken").click()
    dialog = side.locator("#dialog")
    expect(dialog.get_by_text("2026/101-3 er ikke avskrevet av Ola Vik.")).to_be_visible()
    dialog.get_by_role("button", name="Avslutt saken").click()
    expect(dialog.locator("ds-error-summary")).to_contain_text("2026/101-3 er ikke avskrevet av Ola Vik.")
    assert axe(side) == []
    side.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(side.locator("h1")).to_have_text("Søknad om skjenkebevilling – Kroa AS")


def test_an_act_in_the_dialog_brings_the_page_back_with_word_of_it(aapne):
    side = aapne("sb.kari", "/saker/2026/101/")
    side.get_by_role("button", name="Meny", exact=True).click()
    side.get_by_role("link", name="Sett OBS-dato").click()
    side.get_by_label("OBS-dato", exact=True).fill("2026-03-05")
    side.get_by_role("button", name="Sett OBS-dato").click()
    expect(side.get_by_text("OBS-datoen er satt.")).to_be_visible()
    expect(side.locator(".sakfakta")).to_contain_text("05.03")


def test_ny_sak_works_without_script(aapne):
    side = aapne("sb.kari", "/saker/ny/", skript=False)
    side.get_by_label("Tittel", exact=True).fill("Uten script")
    side.get_by_label("Ordningsverdi").fill("L42")
    side.get_by_role("button", name="Opprett saken").click()
    expect(side.locator("h1")).to_have_text("Uten script")
    assert side.url.endswith("/saker/2026/105/")
