"""The public site in a browser without scripts (what axe says of it stands in tests/test_tilgjengelighet.py)."""

import pytest
from playwright.sync_api import expect

from tests.tilstand import egen, inngaaende

pytestmark = [pytest.mark.nettleser, pytest.mark.tung]


@pytest.mark.krav("R-7.0.1")
def test_public_pages_work_without_scripts(kommune_a, aapne):
    k = kommune_a
    inngaaende(k, k.sak(101), "J", tittel="Merknader fra naboer til søknad om skjenkebevilling, med kart")
    egen(k, k.sak(101), "U", "J", tittel="Svar om skjenkebevilling")
    side = aapne(None, "/innsyn/", bredde=390, skript=False)
    side.get_by_role("button", name="Meny").click()
    side.get_by_role("navigation", name="Innsyn, liten skjerm").get_by_role("link", name="Søk").click()
    side.get_by_role("searchbox", name="Søk etter").fill("skjenkebevilling")
    side.get_by_role("button", name="Søk").click()
    expect(side.locator("li.post")).to_have_count(5)
    side.get_by_role("link", name="Merknader fra naboer").first.click()
    expect(side.locator("h1")).to_contain_text("Merknader fra naboer")


@pytest.mark.krav("R-11.1")
def test_access_is_ordered_without_scripts_and_cookies(kommune_a, aapne):
    k = kommune_a
    egen(k, k.sak(101), "U", "J", tittel="Svar om skjenkebevilling")
    side = aapne(None, "/innsyn/sak/2026/101/", bredde=390, skript=False)
    side.get_by_role("link", name="Bestill innsyn i 2026/101-1").click()
    side.get_by_role("link", name="Til postlista").click()
    side.get_by_role("link", name="Bestill innsyn i 2026/101-2").first.click()
    expect(side.locator("li.post")).to_have_count(2)
    side.get_by_label("Hva vil du se?").fill("Brevene, takk")
    side.get_by_role("button", name="Send kravet").click()
    expect(side.locator("h1")).to_contain_text("IK 2026/1")
    expect(side.locator("main")).to_contain_text("Kravet er sendt.")
    assert side.context.cookies() == []
