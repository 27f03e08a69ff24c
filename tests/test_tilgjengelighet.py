"""axe on every page: each address of the URL table as somebody who may see it, light and dark, wide and narrow.

In the ordinary run each page is looked at in one of the four combinations and its dialog in another; with --fullt each
in all four.
"""

import pytest
from playwright.sync_api import expect

from saksgang.sakarkiv.models import Journalpost
from tests.nettleser import axe, for_bred
from tests.sider import SVAR, samle

KOMBINASJONER = [(1440, "light"), (390, "dark"), (1440, "dark"), (390, "light")]
UTEN_SIDE = {
    "account_confirm_login_code",  # no login by code in a letter
    "account_email",  # closed: the administrator changes addresses
    "account_email_verification_sent",
    "account_set_password",  # who has no password logs in through the provider
    "fil-forhaandsvisning",  # what a browser shows by itself has none; tested in web/test_arkivkopi
    "fil-pdf",
    "innsyn-krav-fil",  # a file, to who asked and was given it
    "journalpost-utskrift",
    "rapport-journal-csv",  # files, not pages
    "rapport-journal-pdf",
    "utsending-pakker",  # a PDF, where there is an archive copy
    "socialaccount_signup",  # closed: an unknown identity never becomes a user
}


@pytest.fixture
def samling(kommune_a, klokka):
    return samle(kommune_a, klokka)


def test_every_address_gives_somebody_a_page(samling):
    for adresse in samling.adresser:
        samling.finn(adresse)
    assert set(samling.uten) == UTEN_SIDE, samling.uten


def _trykk(tast):
    return lambda side: side.keyboard.press(tast)


def _aapne(knapp):
    return lambda side: side.get_by_role("button", name=knapp).first.click()


def _se_neste(side):
    side.keyboard.press("j")
    expect(side.locator("#forhaand > *").first).to_be_visible()


def _send_tomt(side):
    side.locator("main form[method=post] [type=submit], main [data-lagre]").last.click()
    expect(side.locator("ds-error-summary")).to_be_visible()


def _send_tomt_i_dialog(side):
    side.keyboard.press("a")
    side.locator("#dialog [type=submit]").click()
    expect(side.locator("#dialog ds-error-summary")).to_be_visible()


def _tilstander(k):
    """What no address has of its own: rows in each state, what opens on a key, what is refused, what is not there."""
    sett = set()
    for jp in Journalpost.objects.filter(sak__sekvens=101).select_related("sak", "tilgangskode").order_by("pk"):
        slag = (jp.journalposttype, jp.status, jp.tilgangskode, jp.forslag_aapent)
        if slag not in sett:
            yield "led.anne", f"/saker/{jp.sak.aar}/{jp.sak.sekvens}/{jp.journalpostnummer}/", None
        sett.add(slag)
    ny = f"/journalposter/ny/{k.sak(101).pk}"
    yield from (
        ("sb.kari", "/lister/restanse/", _se_neste),
        ("led.anne", "/lister/midlertidig-sperret/", _se_neste),
        ("ark.eva", "/lister/oenskes-avsluttet/", _se_neste),
        ("sb.kari", "/lister/mine-saker/", _se_neste),
        ("sb.kari", "/lister/innboks/?filter=finnesikke", None),
        ("sb.kari", "/saker/2026/101/", _aapne("Ny journalpost")),
        ("sb.kari", "/saker/2026/101/1/", _aapne("Meny")),
        ("ark.eva", "/saker/", _aapne("Brukermeny")),
        ("sb.kari", "/saker/", _trykk("?")),
        ("sb.kari", "/saker/2026/101/1/", _send_tomt_i_dialog),
        ("sb.kari", "/saker/ny/", _send_tomt),
        ("ark.eva", f"{ny}/inngaaende/", _send_tomt),
        ("sb.kari", f"{ny}/utgaaende/", _send_tomt),
        ("adm.root", "/administrasjon/brukere/ny/", _send_tomt),
        ("adm.root", "/administrasjon/brukere/?q=finnesikke", None),
        ("sb.kari", "/soek/?q=skjenkebevilling", None),
        ("sb.kari", "/soek/?q=finnesikke", None),
        ("sb.kari", "/kontakter/?q=kroa", None),
        ("sb.kari", "/saker/2026/999/", None),
        ("sb.kari", "/administrasjon/brukere/", None),
        ("ingen", "/innsyn/dag/2026-03-03/", None),
        ("ingen", "/innsyn/sak/2026/104/2/", None),
        ("ingen", "/innsyn/sok/?q=skjenkebevilling&fra=&til=", None),
        ("ingen", "/innsyn/sok/?q=kroa&fra=2026-03-02&til=2026-03-01", None),
        ("ingen", "/innsyn/sok/?q=finnesikke", None),
        ("ingen", "/innsyn/sak/2026/999/", None),
    )


@pytest.mark.nettleser
@pytest.mark.tung
@pytest.mark.parametrize("kombinasjon", range(4))
def test_every_page_is_accessible_and_never_scrolls_sideways(kommune_a, samling, aapne, request, kombinasjon):
    (bredde, farger), fullt = KOMBINASJONER[kombinasjon], request.config.getoption("--fullt")
    aapnet, funn = {}, {}

    def gaa(hvem, vei, *statuser):
        if hvem not in aapnet:
            aapnet[hvem] = aapne(samling.klienter[hvem], "/konto/inactive/", bredde=bredde, farger=farger)
        svar = aapnet[hvem].goto(vei)
        assert not statuser or svar.status in statuser, (hvem, vei)
        return aapnet[hvem]

    def se(hva, side, rot="html"):
        funn[hva] = (axe(side, rot), for_bred(side))

    for nummer, adresse in enumerate(samling.adresser):
        som_side, som_dialog = (fullt or (nummer + skritt) % 4 == kombinasjon for skritt in (0, 1))
        side = samling.finn(adresse) if som_side or som_dialog else None
        if side is not None and som_side:
            se(side.vei, gaa(side.hvem, side.vei, *SVAR))
        if side is not None and som_dialog and side.dialog:
            vist = gaa(side.hvem, "/min-side/utseende/")
            vist.evaluate("vei => { htmx.ajax('GET', vei, '#dialog') }", side.vei)
            expect(vist.locator("#dialog")).to_be_visible()
            se(("dialog", side.vei), vist, "#dialog")
    for nummer, (hvem, vei, gjoer) in enumerate(_tilstander(kommune_a)):
        if fullt or nummer % 4 == kombinasjon:
            if gjoer is _se_neste and bredde < 1000:
                continue  # no room for the preview
            vist = gaa(hvem, vei)
            if gjoer is not None:
                gjoer(vist)
            se((vei, nummer), vist)
    assert {hvor: hva for hvor, hva in funn.items() if hva != ([], False)} == {}
