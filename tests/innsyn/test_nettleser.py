"""The public site in a browser without scripts: axe, light and dark, wide and narrow, and no sideways scrolling."""

import mimetypes
import tomllib
from pathlib import Path

import pytest
from django.conf import settings as innstillinger
from django.contrib.staticfiles import finders
from playwright.sync_api import expect

from saksgang.demo.grunnlag import skjerming, tekstfil
from saksgang.offentlighet.commands import avgjoer_skjerming
from saksgang.sakarkiv.commands.journalfoering import journalfoer
from saksgang.sakarkiv.commands.journalpost import Part
from tests.tilstand import egen, inngaaende, kodet

VENDOR = Path(__file__).resolve().parent.parent / "vendor"
VERT = "http://innsyn.test"
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
def svar(kommune_a):
    """Every page as the server answers it, fetched before the browser starts."""
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
    klient, funnet = k.offentlig(), {}
    for adresse in SIDER.values():
        side = klient.get(adresse)
        funnet[adresse] = side.status_code, dict(side.headers), side.content
    return funnet


@pytest.fixture
def nettleser(svar, chromium):
    def lever(rute):
        adresse = rute.request.url.removeprefix(VERT)
        if adresse in svar:
            status, hode, kropp = svar[adresse]
            rute.fulfill(status=status, headers=hode, body=kropp)
            return
        under = adresse.startswith(innstillinger.STATIC_URL)
        fil = finders.find(adresse.removeprefix(innstillinger.STATIC_URL)) if under else None
        if fil is None:
            rute.fulfill(status=404)
        else:
            type_ = mimetypes.guess_type(fil)[0] or "application/octet-stream"
            rute.fulfill(status=200, headers={"Content-Type": type_}, body=Path(fil).read_bytes())

    kontekster = []

    def aapne(*, bredde, farge, skript):
        kontekst = chromium.new_context(
            viewport={"width": bredde, "height": 900},
            locale="nb-NO",
            color_scheme=farge,
            java_script_enabled=skript,
            bypass_csp=skript,
        )
        kontekster.append(kontekst)
        kontekst.route("**/*", lever)
        return kontekst.new_page()

    yield aapne
    for kontekst in kontekster:
        kontekst.close()


def _axe(side):
    versjon = tomllib.loads((VENDOR / "vendor.toml").read_text(encoding="utf-8"))["axe"]["versjon"]
    side.evaluate((VENDOR / "axe" / versjon / "axe.min.js").read_text(encoding="utf-8"))
    regler = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    funn = side.evaluate("regler => axe.run(document, {runOnly: regler})", regler)["violations"]
    return [(f["id"], [node["html"] for node in f["nodes"]]) for f in funn]


@pytest.mark.krav("R-7.0.1")
@pytest.mark.parametrize("farge", ["light", "dark"])
@pytest.mark.parametrize("bredde", [1440, 390])
def test_public_pages_have_no_axe_finding_and_no_sideways_scrolling(nettleser, bredde, farge):
    side = nettleser(bredde=bredde, farge=farge, skript=True)
    funn = {}
    for navn, adresse in SIDER.items():
        side.goto(VERT + adresse)
        bred = side.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        if bred or (regler := _axe(side)):
            funn[navn] = "sideways" if bred else regler
    assert funn == {}


@pytest.mark.krav("R-7.0.1")
def test_public_pages_work_without_scripts(nettleser):
    side = nettleser(bredde=390, farge="light", skript=False)
    side.goto(f"{VERT}/innsyn/")
    side.get_by_role("button", name="Meny").click()
    side.get_by_role("navigation", name="Innsyn, liten skjerm").get_by_role("link", name="Søk").click()
    side.get_by_role("searchbox", name="Søk etter").fill("skjenkebevilling")
    side.get_by_role("button", name="Søk").click()
    expect(side.locator("li.post")).to_have_count(4)
    side.get_by_role("link", name="Merknader fra naboer").first.click()
    expect(side.locator("h1")).to_contain_text("Merknader fra naboer")
