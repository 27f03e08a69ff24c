"""saksgang.js and the components in a browser: keyboard, selection, dialogs, suggestions, upload, accessibility."""

import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import expect

from tests.nettleser import TAALMODIGHET, axe, for_bred

HER = Path(__file__).resolve().parent

pytestmark = [pytest.mark.nettleser, pytest.mark.tung]


class _Tjener(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Stille(WSGIRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def adresse(settings):
    """The proof pages on a server without sessions and without database: the parts of ui/ alone, no menu of rights."""
    settings.ROOT_URLCONF = "tests.ui.proevesider"
    settings.MIDDLEWARE = ["django_htmx.middleware.HtmxMiddleware", "saksgang.ui.middleware.AvvistMiddleware"]
    oppsett = settings.TEMPLATES[0]
    tillegg = ["django.template.context_processors.request", "saksgang.ui.context.felles"]
    settings.TEMPLATES = [
        oppsett | {"DIRS": [HER / "maler"], "OPTIONS": oppsett["OPTIONS"] | {"context_processors": tillegg}}
    ]
    settings.STATIC_URL = "/static/"
    with make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), _Tjener, _Stille) as tjener:
        threading.Thread(target=tjener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{tjener.server_port}"
        tjener.shutdown()


@pytest.fixture
def side(chromium, adresse):
    kontekst = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="nb-NO")
    kontekst.set_default_timeout(TAALMODIGHET)
    side = kontekst.new_page()
    feil = []
    side.on("pageerror", lambda e: feil.append(str(e)))
    side.goto(adresse)
    side.wait_for_function("document.readyState === 'complete' && window.htmx !== undefined")
    yield side
    kontekst.close()
    assert feil == []


def aapne_dialog(side):
    side.keyboard.press("a")
    expect(side.locator("#dialog")).to_be_visible()


def test_keys_move_through_the_list_and_show_the_preview(side):
    side.keyboard.press("j")
    side.keyboard.press("j")
    expect(side.locator(".rad.aktiv .snr")).to_have_text("2026/102-1")
    expect(side.locator("#forhaand")).to_have_text("Forhåndsvist 2")
    side.keyboard.press("k")
    expect(side.locator("#forhaand")).to_have_text("Forhåndsvist 1")
    side.keyboard.press("Enter")
    expect(side.locator("h1")).to_have_text("Rad 1")


def test_first_click_on_a_row_previews_and_the_second_opens(side):
    side.locator(".rad .meta").nth(2).click()
    expect(side.locator("#forhaand")).to_have_text("Forhåndsvist 3")
    side.get_by_role("link", name="Søknad nummer 3").click()
    expect(side.locator("h1")).to_have_text("Rad 3")


def test_on_a_phone_the_row_goes_straight_to_the_page(side):
    side.set_viewport_size({"width": 390, "height": 844})
    side.get_by_role("link", name="Søknad nummer 2").click()
    expect(side.locator("h1")).to_have_text("Rad 2")


def test_selection_counts_reaches_to_here_and_can_be_cleared(side):
    linje, antall, alle = (
        side.locator(".valglinje"),
        side.locator("[data-antall-valgt]"),
        side.locator("[data-velg-alle]"),
    )
    expect(linje).to_be_hidden()
    side.keyboard.press("j")
    side.keyboard.press("x")
    for _ in range(3):
        side.keyboard.press("j")
    side.keyboard.press("X")
    expect(antall).to_have_text("4")
    assert alle.evaluate("el => el.indeterminate") is True
    alle.click()
    expect(antall).to_have_text("5")
    side.keyboard.press("Escape")
    expect(linje).to_be_hidden()
    assert side.locator("[name=valgt]:checked").count() == 0


def test_single_letters_are_off_in_fields_and_can_be_turned_off(side):
    side.keyboard.press("/")
    expect(side.locator("#soekefelt")).to_be_focused()
    side.keyboard.type("jax?")
    expect(side.locator("#soekefelt")).to_have_value("jax?")
    expect(side.locator(".rad.aktiv")).to_have_count(0)
    side.locator("#soekefelt").blur()
    side.evaluate("document.documentElement.dataset.hurtigtaster = 'av'")
    side.keyboard.press("j")
    side.keyboard.press("?")
    expect(side.locator(".rad.aktiv")).to_have_count(0)
    expect(side.locator("#hurtigtaster")).to_be_hidden()


def test_g_goes_to_a_basket(side):
    side.keyboard.press("g")
    side.keyboard.press("i")
    expect(side.locator("h1")).to_have_text("Rad innboks")


def test_dialog_takes_focus_and_gives_it_back(side):
    side.get_by_role("button", name="Meny", exact=True).click()
    side.get_by_role("link", name="Avskriv").click()
    expect(side.get_by_label("Tittel")).to_be_focused()
    side.keyboard.press("Escape")
    expect(side.locator("#dialog")).to_be_hidden()
    expect(side.get_by_role("button", name="Meny", exact=True)).to_be_focused()


def test_dialog_keeps_the_text_when_the_act_is_refused(side):
    aapne_dialog(side)
    side.locator("#dialog footer button").click()
    expect(side.locator("ds-error-summary")).to_be_focused()
    side.get_by_label("Tittel").fill("avvis")
    side.get_by_label("Dato").fill("2026-03-02")
    side.get_by_label("TE Telefon").check()
    side.get_by_label("Merknad").fill("Det jeg skrev")
    side.locator("#dialog footer button").click()
    expect(side.locator("#dialog .dialogvarsler li")).to_have_text(
        ["Et dokument er utsjekket.", "Svaret er ikke ferdig."]
    )
    expect(side.get_by_label("Merknad")).to_have_value("Det jeg skrev")
    side.get_by_label("Tittel").fill("godta")
    side.locator("#dialog footer button").click()
    expect(side.locator("#dialog")).to_be_hidden()
    expect(side.locator("#toaster")).to_contain_text("2026/101-1 er avskrevet.")
    side.get_by_role("button", name="Angre").click()
    expect(side.locator("#varsler")).to_contain_text("Avskrivingen kan ikke angres.")


def test_suggestions_are_chosen_by_keyboard_and_forgotten_when_the_text_changes(side):
    aapne_dialog(side)
    felt = side.get_by_label("Part")
    felt.press_sequentially("kro")
    expect(side.get_by_role("option")).to_have_count(2)
    felt.press("ArrowDown")
    felt.press("Enter")
    expect(felt).to_have_value("Kroa AS")
    expect(side.locator("#id_part_id")).to_have_value("7")
    expect(side.locator("#dialog")).to_be_visible()
    felt.press("Backspace")
    expect(side.locator("#id_part_id")).to_have_value("")


def test_upload_takes_several_files_and_says_which_was_refused(side):
    side.set_input_files(
        "#filer",
        [
            {"name": "brev.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"},
            {"name": "virus.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"},
        ],
    )
    expect(side.locator(".opplastinger .ok")).to_have_text("Lagt til")
    expect(side.locator(".opplastinger .fare")).to_have_text("Filtypen er ikke tillatt.")


@pytest.mark.parametrize("farge", ["light", "dark"])
@pytest.mark.parametrize("bredde", [1440, 390])
def test_pages_and_layers_have_no_accessibility_findings_and_do_not_scroll_sideways(side, adresse, farge, bredde):
    side.emulate_media(color_scheme=farge, reduced_motion="reduce")
    side.set_viewport_size({"width": bredde, "height": 844})
    for vei in ("/", "/avskrivning/", "/avvist/", "/finnes-ikke/"):
        side.goto(adresse + vei)
        assert (vei, axe(side)) == (vei, [])
        assert (vei, for_bred(side)) == (vei, False)
    side.goto(adresse)
    side.wait_for_function("window.htmx !== undefined")
    aapne_dialog(side)
    side.locator("#dialog footer button").click()
    expect(side.locator("ds-error-summary")).to_be_focused()
    assert axe(side) == []


def test_without_script_dialogs_are_pages_and_bulk_acts_are_in_view(chromium, adresse):
    kontekst = chromium.new_context(java_script_enabled=False)
    side = kontekst.new_page()
    side.goto(adresse)
    expect(side.locator(".valglinje")).to_be_visible()
    side.get_by_role("button", name="Meny", exact=True).click()
    side.get_by_role("link", name="Avskriv").click()
    expect(side.get_by_role("heading", name="Avskriv 2026/101-1")).to_be_visible()
    side.get_by_label("Tittel").fill("x")
    side.locator("main form button[type=submit], main footer button").first.click()
    expect(side.get_by_text("Fyll ut «Dato».").first).to_be_visible()
    expect(side.get_by_label("Tittel")).to_have_value("x")
    kontekst.close()
