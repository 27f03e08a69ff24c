"""Answering in a browser: four clicks from Restanse, what is typed is never lost, and the same without script."""

import re

import pytest
from playwright.sync_api import expect

from saksgang.lager.commands import lagre_fil
from saksgang.produksjon.commands import begynn_svar, sjekk_inn, sjekk_ut, skriv_ren_tekst
from saksgang.produksjon.models import Tekst
from saksgang.sakarkiv.commands.rettighet import gi_rettighet
from saksgang.sakarkiv.models import Journalpost
from tests.nettleser import axe, for_bred
from tests.produksjon import docx

pytestmark = [pytest.mark.nettleser, pytest.mark.tung]

TELL = "addEventListener('click', (e) => (sessionStorage.klikk = +(sessionStorage.klikk || 0) + e.isTrusted), true)"


def _svar(k, nr=2, maate="E"):
    return begynn_svar(k.jp(101, nr), maate, av=k["sb.kari"])


def _tekst(jp):
    return Tekst.objects.get(dokument__journalpost=jp)


def _lagret(side):
    """Wait until everything typed is kept."""
    expect(side.locator("[data-lagret]")).to_have_text("Lagret 09.00")
    expect(side.locator("[data-ulagret-tekst]")).to_have_count(0)


def _aapne(aapne, jp, **valg):
    return aapne("sb.kari", f"/journalposter/{jp.pk}/skriving/", **valg)


@pytest.mark.krav("R-10.2.2.1", "R-10.2.2.2a", "R-10.2.2.3b", "R-10.2.2.7", "R-9.2.1.1")
def test_a_letter_is_answered_from_restanse_in_four_clicks(kommune_a, aapne):
    k = kommune_a
    side = aapne("sb.kari", "/lister/restanse/")
    side.context.add_init_script(TELL)
    side.reload()
    side.get_by_role("link", name="Supplerende opplysninger til søknad").click()
    side.locator("#forhaand").get_by_role("button", name="Besvar og avskriv restanse").first.click()
    expect(side.get_by_role("textbox", name="Brevtekst")).to_be_focused()
    expect(side.locator("#besvart")).to_contain_text("Til Fjordvik kommune")
    side.keyboard.type("Takk for opplysningene.")
    side.keyboard.press("Enter")
    side.keyboard.type("Søknaden er nå komplett.")
    side.get_by_role("link", name="Ferdigstill og ekspeder").click()
    dialog = side.locator("#dialog")
    expect(dialog.get_by_label("Jeg har vurdert om dokumentet kan være offentlig")).to_be_checked()
    dialog.get_by_role("button", name="Bekreft").click()
    expect(side.get_by_text("F Ferdig").first).to_be_visible()
    assert side.evaluate("sessionStorage.klikk") == "4"
    svar = Journalpost.objects.get(svarer_paa__besvart=k.jp(101, 2))
    assert (svar.status, str(svar.ekspedert_dato), svar.offentlighet_vurdert_av) == ("F", "2026-03-02", k["sb.kari"])
    linjer = docx.tekst(svar.dokumenter.get())
    fra = linjer.index("Takk for opplysningene.")
    assert linjer[fra : fra + 2] == ["Takk for opplysningene.", "Søknaden er nå komplett."]
    rad = k.mottaker(k.jp(101, 2))
    assert (rad.avskrivning.maate.kode, rad.avskrivning.besvart_av) == ("BU", svar)
    side.goto("/lister/restanse/")
    expect(side.get_by_role("link", name="Supplerende opplysninger")).to_have_count(0)


@pytest.mark.krav("R-10.2.2.2d")
def test_a_note_is_answered(kommune_a, aapne):
    k = kommune_a
    side = aapne("sb.kari", "/lister/restanse/")
    side.get_by_role("link", name="Ber om uttalelse til søknad").click()
    side.locator("#forhaand").get_by_role("link", name="Besvar notat").first.click()
    side.locator("#dialog").get_by_role("button", name="Begynn på svaret").click()
    expect(side.get_by_role("textbox", name="Brevtekst")).to_be_focused()
    expect(side.locator("#ved-siden")).to_contain_text("avskrives (NN besvart med notat)")
    side.keyboard.type("Teknisk har ingen merknader.")
    side.get_by_role("link", name="Ferdigstill", exact=True).click()
    side.locator("#dialog").get_by_role("button", name="Ferdigstill").click()
    expect(side.get_by_text("F Ferdig").first).to_be_visible()
    per = aapne("sb.per", "/lister/innboks/")
    per.get_by_role("link", name="Ber om uttalelse til søknad").click()
    expect(per.locator("#forhaand")).to_contain_text("Kari Lunde")
    assert k.mottaker(k.jp(102, 1), "sb.kari").avskrivning.maate.kode == "NN"
    assert "Teknisk har ingen merknader." in docx.tekst(k.jp(102, 2).dokumenter.get())


def test_text_is_formatted_with_buttons_and_keys_and_kept_as_one_writes(kommune_a, aapne):
    jp = _svar(kommune_a)
    side = _aapne(aapne, jp)
    felt = side.get_by_role("textbox", name="Brevtekst")
    expect(felt).to_be_focused()
    side.get_by_label("Avsnittstype").select_option(label="Overskrift")
    side.keyboard.type("Vurdering")
    side.keyboard.press("Enter")
    side.keyboard.type("Vi gir ")
    side.get_by_role("button", name="Halvfet").click()
    side.keyboard.type("bevilling")
    side.keyboard.press("Control+b")
    side.keyboard.type(".")
    side.keyboard.press("Enter")
    side.get_by_role("button", name="Punktliste").click()
    side.keyboard.type("Kart")
    side.keyboard.press("Enter")
    side.keyboard.type("Tegning")
    expect(side.get_by_role("button", name="Punktliste")).to_have_attribute("aria-pressed", "true")
    _lagret(side)
    side.reload()
    expect(felt.locator("h2")).to_have_text("Vurdering")
    expect(felt.locator("strong")).to_have_text("bevilling")
    expect(felt.locator("li")).to_have_text(["Kart", "Tegning"])
    assert _tekst(jp).brodtekst == (
        "<h2>Vurdering</h2>\n<p>Vi gir <strong>bevilling</strong>.</p>\n<ul>\n<li>Kart</li>\n<li>Tegning</li></ul>"
    )


def test_what_is_pasted_comes_without_its_looks(kommune_a, aapne):
    jp = _svar(kommune_a)
    side = _aapne(aapne, jp)
    side.get_by_role("textbox", name="Brevtekst").evaluate(
        """(felt) => {
          const data = new DataTransfer();
          data.setData("text/html", '<style>p{color:red}</style><h1 class="x">Fra nettet</h1>'
            + '<div>Med <a href="x">lenke</a>'
            + '<img src="x" onerror="window.skadet = 1"></div><table><tr><td>celle</td></tr></table>');
          felt.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    _lagret(side)
    assert side.evaluate("window.skadet") is None
    assert re.sub(r"<[^>]+>|\s+", " ", _tekst(jp).brodtekst).split() == ["Fra", "nettet", "Med", "lenke", "celle"]
    assert "<h2>Fra nettet</h2>" in _tekst(jp).brodtekst


def test_other_choices_on_the_page_keep_the_text_first(kommune_a, aapne):
    k = kommune_a
    jp = _svar(k)
    side = _aapne(aapne, jp)
    expect(side.get_by_role("textbox", name="Brevtekst")).to_be_focused()
    side.keyboard.type("Først dette.")
    side.get_by_label("Mal", exact=True).select_option(label="Foreløpig svar")
    expect(side.locator("#toaster")).to_contain_text("Malen er byttet til Foreløpig svar.")
    felt = side.get_by_role("textbox", name="Brevtekst")
    expect(felt).to_have_text("Først dette.")
    expect(felt).to_be_focused()
    side.keyboard.type(" Så dette.")
    side.locator("#ved-siden").get_by_role("checkbox", name="Avskriv også -1").click()
    expect(side.locator("#ved-siden").get_by_role("checkbox", name="-1 avskrives")).to_be_checked()
    side.get_by_label("Tittel").fill("Svar på opplysninger om skjenking")
    side.get_by_label("Tittel").press("Tab")
    expect(side.locator("#brevhode .brevtittel")).to_have_text("Svar på opplysninger om skjenking")
    _lagret(side)
    side.reload()
    expect(side.get_by_role("textbox", name="Brevtekst")).to_have_text("Først dette. Så dette.")
    expect(side.get_by_label("Tittel")).to_have_value("Svar på opplysninger om skjenking")
    assert sorted(lenke.besvart.journalpostnummer for lenke in jp.svarer_paa.all()) == [1, 2]


def test_lost_connection_is_told_and_the_text_is_kept_when_it_is_back(kommune_a, aapne):
    jp = _svar(kommune_a)
    side = _aapne(aapne, jp)
    expect(side.get_by_role("textbox", name="Brevtekst")).to_be_focused()
    side.keyboard.type("Før brudd.")
    _lagret(side)
    side.context.set_offline(True)
    side.keyboard.type(" Under brudd.")
    expect(side.locator("[data-skrivevarsel]")).to_contain_text("Ikke lagret siden 09.00")
    side.keyboard.type(" Mer.")
    side.context.set_offline(False)
    _lagret(side)
    expect(side.locator("[data-skrivevarsel]")).to_be_empty()
    assert _tekst(jp).brodtekst == "<p>Før brudd. Under brudd. Mer.</p>"


def test_somebody_else_s_text_is_not_written_over_and_one_s_own_stays(kommune_a, aapne):
    k = kommune_a
    jp = _svar(k)
    side = _aapne(aapne, jp)
    skriv_ren_tekst(jp.dokumenter.get(), "Lederens", utgave=_tekst(jp).utgave, av=k["led.anne"])
    expect(side.get_by_role("textbox", name="Brevtekst")).to_be_focused()
    side.keyboard.type("Min egen.")
    expect(side.locator("[data-skrivevarsel]")).to_contain_text("Anne Hauge lagret teksten")
    expect(side.get_by_role("textbox", name="Brevtekst")).to_have_text("Min egen.")
    assert axe(side) == []
    side.get_by_role("link", name="Ferdigstill og ekspeder").click()
    expect(side.locator("#dialog")).to_be_hidden()
    assert _tekst(jp).brodtekst == "<p>Lederens</p>"
    side.on("dialog", lambda dialog: dialog.accept())
    side.reload()
    expect(side.get_by_role("textbox", name="Brevtekst")).to_have_text("Lederens")


@pytest.mark.krav("R-10.2.2.2a", "R-10.2.2.7")
def test_the_whole_answer_without_script(kommune_a, aapne):
    k = kommune_a
    side = aapne("sb.kari", "/saker/2026/101/2/", skript=False)
    side.get_by_role("button", name="Besvar og avskriv restanse").first.click()
    side.get_by_role("textbox", name="Brevtekst").fill("# Svar\n\nTakk for **opplysningene**.")
    side.get_by_role("button", name="Lagre", exact=True).click()
    expect(side.get_by_role("textbox", name="Brevtekst")).to_have_value("# Svar\n\nTakk for **opplysningene**.")
    side.get_by_role("link", name="Ferdigstill og ekspeder").click()
    side.get_by_role("button", name="Bekreft").click()
    expect(side.get_by_text("F Ferdig").first).to_be_visible()
    svar = Journalpost.objects.get(svarer_paa__besvart=k.jp(101, 2))
    assert "Takk for opplysningene." in docx.tekst(svar.dokumenter.get())


@pytest.mark.parametrize(("bredde", "farger"), [(1440, "dark"), (1100, "light"), (390, "light"), (390, "dark")])
def test_page_is_for_everyone_wide_and_narrow(kommune_a, aapne, bredde, farger):
    jp = _svar(kommune_a)
    side = _aapne(aapne, jp, bredde=bredde, farger=farger)
    assert axe(side) == []
    assert for_bred(side) is False
    for navn in ("Send til godkjenning", "Ferdigstill og ekspeder"):
        expect(side.get_by_role("link", name=navn)).to_be_in_viewport(ratio=1)
    side.get_by_role("link", name="Ferdigstill og ekspeder").click()
    expect(side.locator("#dialog").get_by_role("button", name="Bekreft")).to_be_visible()
    assert axe(side) == []


@pytest.mark.krav("R-10.3.2.4", "R-10.3.2.5")
def test_an_own_letter_is_begun_from_the_case_by_another_who_may_write_in_it(kommune_a, aapne):
    k = kommune_a
    gi_rettighet(k.sak(101), k["sb.ola"], "skrive", av=k["sb.kari"])
    side = aapne("sb.ola", "/saker/2026/101/")
    side.get_by_role("button", name="Ny journalpost").click()
    side.get_by_role("link", name="Nytt utgående dokument").click()
    expect(side.get_by_label("Tekstmal").locator("option:checked")).to_have_text("Brev")
    side.get_by_label("Tittel", exact=True).fill("Varsel om befaring")
    side.locator("#id_parter input[name$=navn]").first.fill("Bakkegata vel")
    side.get_by_role("button", name="Registrer", exact=True).click()
    expect(side.get_by_role("textbox", name="Brevtekst")).to_be_focused()
    expect(side.locator("#toaster")).to_contain_text("hoveddokumentet er laget fra «Brev»")
    side.keyboard.type("Vi kommer tirsdag.")
    side.keyboard.press("Control+Enter")
    side.locator("#dialog").get_by_role("button", name="Bekreft").click()
    expect(side.get_by_text("F Ferdig").first).to_be_visible()
    jp = Journalpost.objects.get(tittel="Varsel om befaring")
    linjer = docx.tekst(jp.dokumenter.get())
    assert [o for o in ("Bakkegata vel", "Vi kommer tirsdag.") if o not in linjer] == []
    assert (jp.status, jp.saksbehandler, jp.sak_id) == ("F", k["sb.ola"], k.sak(101).pk)


def test_word_is_offered_with_what_is_written_kept_first(kommune_a, aapne):
    jp = _svar(kommune_a)
    side = _aapne(aapne, jp)
    expect(side.get_by_role("textbox", name="Brevtekst")).to_be_focused()
    side.keyboard.type("Skrives ferdig i Word.")
    side.get_by_role("button", name="Rediger i Word").click()
    expect(side.locator("#dialog").get_by_role("link", name="Åpne i LibreOffice")).to_be_visible()
    assert _tekst(jp).brodtekst == "<p>Skrives ferdig i Word.</p>"
    assert axe(side) == []
    dokument = jp.dokumenter.get()
    sjekk_ut(dokument, av=kommune_a["sb.kari"])
    fil = lagre_fil(docx.lag("Fra Word"), filnavn="svar.docx")
    sjekk_inn(dokument, fil, filnavn="svar.docx", av=kommune_a["sb.kari"])
    side.reload()
    expect(side.get_by_text("Teksten er redigert i Word eller LibreOffice")).to_be_visible()
    side.get_by_role("button", name="Rediger i Word").click()
    expect(side.locator("#dialog").get_by_role("link", name="Åpne i Word")).to_be_visible()
    assert axe(side) == []
