"""The public site in a browser without scripts (what axe says of it stands in tests/test_tilgjengelighet.py)."""

import re

import pytest
from playwright.sync_api import expect

from tests.nettleser import axe
from tests.tilstand import egen, inngaaende, kodet

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


@pytest.mark.krav("R-7.0.1")
def test_everything_public_is_two_clicks_from_the_front_page_without_scripts_and_cookies(kommune_a, aapne):
    k = kommune_a
    kodet(k, inngaaende(k, k.sak(101), "J", tittel="Klage fra nabo"), "U")
    side = aapne(None, "/innsyn/", skript=False)
    sendt, satt = [], []
    side.on("request", lambda r: sendt.append(r.headers.get("cookie")))
    side.on("response", lambda r: satt.append(r.header_value("set-cookie")))

    def klikk(*lenker):
        """Go there from the front page; return the last answer."""
        svar = side.goto("/innsyn/")
        for rolle, navn in lenker:
            with side.expect_navigation() as ny:
                (side.locator(navn) if rolle == "css" else side.get_by_role(rolle, name=navn)).first.click()
            svar = ny.value
        assert svar.status == 200
        return svar

    klikk(("link", re.compile("^2 ?: 5 journalposter")))
    expect(side.locator("h1")).to_have_text("Mandag 2. mars 2026")
    expect(side.locator("li.post")).to_have_count(5)
    klikk(("link", "Alt som nylig er publisert"))
    expect(side.locator("h1")).to_have_text("Sist publisert")
    side.goto("/innsyn/")
    side.get_by_role("searchbox", name="Søk").first.fill("støy")
    with side.expect_navigation():
        side.get_by_role("button", name="Søk").first.click()
    expect(side.locator("li.post h3")).to_have_text(["Klage på støy fra pumpestasjon"])
    klikk(("link", "Klage på støy fra pumpestasjon"))
    expect(side.locator("dl.fakta .fra")).to_have_text("Strandveien vel")
    klikk(("link", "Varsel om støy fra pumpestasjon i Strandveien"))
    assert side.url.endswith("/innsyn/sak/2026/104/")
    for vei in (
        [("link", re.compile("^Les dokumentet ?: Klage på støy fra pumpestasjon"))],
        [("link", "Klage på støy fra pumpestasjon"), ("css", "a[href^='/innsyn/fil/2026/104/']")],
    ):
        fil = klikk(*vei)
        assert (fil.headers["content-type"], "Strandveien vel" in fil.text()) == ("text/plain; charset=utf-8", True)
    klikk(("link", "RSS"))
    # What is exempt has its place and its hjemmel there, and neither title nor file.
    klikk(("link", re.compile("^2 ?: 5 journalposter")))
    unntatt = side.locator("li.post", has_text="Unntatt: Offl.")
    expect(unntatt).to_have_count(1)
    expect(unntatt.get_by_role("link", name="Les dokumentet")).to_have_count(0)
    assert "Klage fra nabo" not in side.content()
    assert side.goto(unntatt.get_by_role("link").first.get_attribute("href")).status == 200
    assert "Klage fra nabo" not in side.content()
    assert side.context.cookies() == []
    assert (set(sendt), set(satt), len(sendt) > 10) == ({None}, {None}, True)


@pytest.mark.krav("R-7.0.1")
def test_public_site_asks_for_nothing_with_scripts_on_either(kommune_a, aapne):
    side = aapne(None, "/innsyn/")
    for vei in (
        "/innsyn/",
        "/innsyn/dag/2026-03-02/",
        "/innsyn/sok/?q=kroa",
        "/innsyn/sak/2026/101/",
        "/innsyn/sak/2026/101/1/",
    ):
        assert side.goto(vei).status == 200
        assert axe(side) == []
        assert side.evaluate("[document.scripts.length, localStorage.length, document.cookie]") == [0, 0, ""]
    assert side.context.cookies() == []
