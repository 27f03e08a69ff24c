"""The public site in a browser without scripts: axe, light and dark, wide and narrow, and no sideways scrolling."""

import pytest
from playwright.sync_api import expect

from saksgang.demo.grunnlag import skjerming, tekstfil
from saksgang.offentlighet.commands import avgjoer_skjerming
from saksgang.sakarkiv.commands.journalfoering import journalfoer
from saksgang.sakarkiv.commands.journalpost import Part
from tests.nettleser import axe, for_bred
from tests.tilstand import egen, inngaaende, kodet

SIDER = {
    "forside": "/innsyn/",
    "sist": "/innsyn/sist-publisert/",
    "maaned": "/innsyn/maaned/2026-03/",
    "dag": "/innsyn/dag/2026-03-02/",
    "tom": "/innsyn/dag/2026-03-03/",
    "sak": "/innsyn/sak/2026/101/",
    "post": "/innsyn/sak/2026/101/6/",
    "unntatt": "/innsyn/sak/2026/104/2/",
    "sok": "/innsyn/sok/",
    "treff": "/innsyn/sok/?q=skjenkebevilling",
    "treff, sendt": "/innsyn/sok/?q=skjenkebevilling&fra=&til=",
    "feil": "/innsyn/sok/?q=kroa&fra=2026-03-02&til=2026-03-01",
    "ingen": "/innsyn/sok/?q=finnesikke",
    "404": "/innsyn/sak/2026/999/",
}

pytestmark = [pytest.mark.nettleser, pytest.mark.tung]


@pytest.fixture
def postliste(kommune_a):
    """Entries of every kind that the public meets: parties, attachments, copies, screened words, no name at all."""
    k = kommune_a
    inngaaende(
        k,
        k.sak(101),
        "J",
        tittel="Merknader fra naboer til søknad om skjenkebevilling, med kart og en lang liste over berørte eiendommer",
        avsendere=[Part(navn="Storgata og omegn velforening"), Part(navn="Ola Nabo", er_person=True)],
        dokumenter=[tekstfil("Brevet\n"), tekstfil("Kart\n", "kart.txt")],
    )
    egen(k, k.sak(101), "U", "J", mottakere=[Part(navn="Kroa AS"), Part(navn="Politiet", kopi=True)])
    jp = inngaaende(
        k, k.sak(104), "J", tittel="Varsel om støy fra Ola", offentlig_tittel="Varsel om støy og ***** fra *****"
    )
    avgjoer_skjerming(jp, skjerming("U", "13-fvl1"), av=k["led.anne"])
    kodet(k, inngaaende(k, k.sak(104), "J"), "P", avskjerming="A")
    journalfoer(k.jp(102, 1), av=k["ark.eva"])


@pytest.mark.krav("R-7.0.1")
@pytest.mark.parametrize("farge", ["light", "dark"])
@pytest.mark.parametrize("bredde", [1440, 390])
def test_public_pages_have_no_axe_finding_and_no_sideways_scrolling(postliste, aapne, bredde, farge):
    side = aapne(None, "/innsyn/", bredde=bredde, farger=farge)
    for navn, adresse in SIDER.items():
        side.goto(adresse)
        assert (navn, axe(side), for_bred(side)) == (navn, [], False)


@pytest.mark.krav("R-7.0.1")
def test_public_pages_work_without_scripts(postliste, aapne):
    side = aapne(None, "/innsyn/", bredde=390, skript=False)
    side.get_by_role("button", name="Meny").click()
    side.get_by_role("navigation", name="Innsyn, liten skjerm").get_by_role("link", name="Søk").click()
    side.get_by_role("searchbox", name="Søk etter").fill("skjenkebevilling")
    side.get_by_role("button", name="Søk").click()
    expect(side.locator("li.post")).to_have_count(4)
    side.get_by_role("link", name="Merknader fra naboer").first.click()
    expect(side.locator("h1")).to_contain_text("Merknader fra naboer")
