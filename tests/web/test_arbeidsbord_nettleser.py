"""The arbeidsbord in a browser: keys, preview, acts that take rows away; accessible light and dark, wide and narrow."""

import pytest
from playwright.sync_api import expect

from saksgang.sakarkiv.commands.merknad import oensk_avsluttet
from saksgang.sakarkiv.queries import kurver
from tests.nettleser import axe
from tests.tilstand import egen

pytestmark = [pytest.mark.nettleser, pytest.mark.tung]


def kurv(side, navn):
    return side.locator(".sidemeny .kurv", has_text=navn).locator(".antall")


@pytest.mark.krav("R-10.1.1", "R-10.8.1b")
def test_keys_select_write_off_and_bring_the_row_back(kommune_a, aapne):
    side = aapne("sb.kari", "/lister/restanse/")
    rader = side.locator(".rad")
    expect(rader).to_have_count(3)
    side.keyboard.press("j")
    expect(side.locator("#forhaand h2").first).to_have_text("Supplerende opplysninger til søknad om skjenkebevilling")
    side.keyboard.press("x")
    side.keyboard.press("j")
    side.keyboard.press("x")
    expect(side.locator("[data-antall-valgt]")).to_have_text("2")
    side.locator(".valglinje button", has_text="Avskriv").click()
    expect(side.locator("#dialog h2")).to_have_text("Avskriv 2 restanser")
    assert axe(side) == []
    side.locator("#dialog button[type=submit]").click()
    expect(side.locator("#dialog ds-error-summary")).to_be_visible()
    side.get_by_label("TE Til etterretning").check()
    side.locator("#dialog button[type=submit]").click()
    expect(rader).to_have_count(1)
    expect(side.locator("#dialog")).to_be_hidden()
    expect(kurv(side, "Restanse")).to_have_text("1")
    expect(kurv(side, "Innboks")).to_have_text("1")
    expect(side.locator("#toaster")).to_contain_text("2 er avskrevet.")
    expect(side.locator(".rad.aktiv")).to_contain_text("Ber om uttalelse")
    expect(side.locator("#forhaand h2").first).to_have_text("Ber om uttalelse til søknad om kulturtilskudd")
    expect(side).to_have_title("Restanse (1) · Arbeidsbord · Saksgang")
    side.locator("#toaster button").click()
    expect(rader).to_have_count(3)
    expect(kurv(side, "Restanse")).to_have_text("3")
    assert len(kurver.restanse(kommune_a["sb.kari"])) == 3


def test_enter_opens_the_page_and_g_keys_go_between_lists(kommune_a, aapne):
    side = aapne("sb.kari", "/lister/restanse/")
    side.keyboard.press("g")
    side.keyboard.press("i")
    side.wait_for_url("**/lister/innboks/")
    expect(side.locator("h1")).to_have_text("Innboks")
    side.keyboard.press("j")
    expect(side.locator(".rad.aktiv")).to_have_count(1)
    side.keyboard.press("Enter")
    side.wait_for_url("**/saker/2026/102/1/")


@pytest.mark.krav("R-8.8")
def test_shift_j_runs_dry_and_journalises(kommune_a, aapne):
    k = kommune_a
    for _ in range(2):
        egen(k, k.sak(101), "U", "F")
    side = aapne("ark.eva", "/lister/til-journalfoering/")
    expect(side.locator(".rad")).to_have_count(3)
    side.locator("[data-velg-alle]").check()
    side.keyboard.press("Shift+J")
    expect(side.locator("#dialog h2")).to_have_text("Prøvekjøring av journalføring")
    assert axe(side) == []
    side.locator("#dialog button[type=submit]").click()
    expect(side.locator(".rad")).to_have_count(0)
    expect(side.locator("#liste .tom")).to_contain_text("Køen er tom.")
    expect(kurv(side, "Til journalføring")).to_have_text("0")


def test_filter_and_readiness_without_reload_of_the_rest(kommune_a, aapne):
    k = kommune_a
    oensk_avsluttet(k.sak(101), av=k["sb.kari"])
    side = aapne("ark.eva", "/lister/oenskes-avsluttet/")
    expect(side.locator(".rad")).to_contain_text("Ikke klar")
    side.locator("#filter").fill("finnesikke")
    side.keyboard.press("Enter")
    expect(side.locator("#liste .tom")).to_contain_text("Ingen rader har disse ordene.")
