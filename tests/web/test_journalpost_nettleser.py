"""The journalpost in a browser: dialogs, choices that follow each other, upload, order, accessibility."""

import re

import pytest
from playwright.sync_api import expect

from saksgang.demo.grunnlag import tekstfil
from saksgang.sakarkiv.commands.dokument import legg_ved
from saksgang.sakarkiv.models import Dokument, Journalpost

pytestmark = [pytest.mark.nettleser, pytest.mark.tung]


def test_avskrivning_in_a_dialog_from_the_keyboard(kommune_a, aapne):
    side = aapne("sb.kari", "/saker/2026/101/1/")
    side.keyboard.press("a")
    dialog = side.locator("#dialog")
    expect(dialog.get_by_label("TE Til etterretning")).to_be_focused()
    dialog.get_by_role("button", name="Avskriv").click()
    expect(dialog.locator("ds-error-summary")).to_be_focused()
    dialog.get_by_label("TLF Telefon").check()
    dialog.get_by_role("button", name="Avskriv").click()
    expect(side.get_by_text("Avskrevet 02.03.2026 TLF Kari Lunde")).to_be_visible()
    expect(side.locator("#toaster")).to_have_text("2026/101-1 er avskrevet.")


def test_hjemler_follow_the_code_and_the_agreement_follows_the_unit(kommune_a, aapne):
    k = kommune_a
    side = aapne("ark.eva", f"/journalposter/ny/{k.sak(101).pk}/inngaaende/")
    side.get_by_label("Tilgangskode").select_option(label="S – Skatt")
    hjemler = side.get_by_label("Hjemmel").locator("option")
    expect(hjemler.filter(has_text="skatteforvaltningsloven")).to_have_count(1)
    expect(hjemler.filter(has_text="§ 14")).to_have_count(0)
    expect(side.get_by_label(re.compile("^Saksbehandler"))).to_have_value("Ola Vik (sb.ola)")
    side.get_by_label(re.compile("^Enhet")).select_option(label="KULT Kultur")
    expect(side.get_by_label(re.compile("^Saksbehandler"))).to_have_value("")


def test_refused_registration_keeps_files_rows_and_text(kommune_a, aapne):
    k = kommune_a
    side = aapne("sb.kari", f"/journalposter/ny/{k.sak(101).pk}/utgaaende/")
    side.locator("#id_fil").set_input_files([{"name": "vedtak.txt", "mimeType": "text/plain", "buffer": b"Vedtak\n"}])
    mottakere = side.get_by_role("combobox", name="Mottaker", exact=True)
    mottakere.fill("Kroa AS")
    side.get_by_role("button", name="Flere mottakere").click()
    expect(mottakere).to_have_count(2)
    expect(mottakere.nth(1)).to_be_focused()
    side.keyboard.type("Naboen")
    side.get_by_role("button", name="Registrer").click()
    expect(side.locator("ds-error-summary")).to_contain_text("Fyll ut «Tittel».")
    expect(mottakere.nth(1)).to_have_value("Naboen")
    side.get_by_label("Tittel", exact=True).fill("Vedtak om skjenkebevilling")
    side.get_by_role("button", name="Registrer").click()
    expect(side.get_by_role("heading", name="Vedtak om skjenkebevilling")).to_be_visible()
    jp = Journalpost.objects.order_by("-pk").first()
    assert (jp.partsnavn, jp.dokumenter.count()) == ("Kroa AS og Naboen", 1)


def test_recipients_are_suggested_and_chosen(kommune_a, aapne):
    side = aapne("sb.kari", "/saker/2026/101/1/")
    side.keyboard.press("c")
    dialog = side.locator("#dialog")
    dialog.get_by_label("Kopi til").press_sequentially("ol")
    expect(dialog.get_by_role("option")).to_have_text(["Ola Vik (sb.ola)Saksbehandler · Teknisk"])
    side.keyboard.press("ArrowDown")
    side.keyboard.press("Enter")
    expect(dialog.get_by_label("Kopi til")).to_have_value("Ola Vik (sb.ola)")
    dialog.get_by_role("button", name="Flere").click()
    dialog.get_by_label("Kopimottaker 2").fill("sb.per")
    dialog.get_by_role("button", name="Send kopi").click()
    expect(side.locator("#f-kopi")).to_have_text("Ola Vik (ikke lest), Per Dahl (ikke lest)")


def test_documents_are_uploaded_and_dragged_into_order(kommune_a, aapne):
    k, jp = kommune_a, kommune_a.jp(101, 4)
    side = aapne("sb.kari", f"/journalposter/{jp.pk}/dokumenter/")
    side.locator("#id_fil").set_input_files(
        [
            {"name": "en.txt", "mimeType": "text/plain", "buffer": b"en\n"},
            {"name": "virus.exe", "mimeType": "application/x-dosexec", "buffer": b"MZ"},
        ]
    )
    expect(side.locator("tbody tr")).to_have_count(1)
    legg_ved(jp, tekstfil("to").fil, filnavn="to.txt", av=k["sb.kari"])
    side.reload()
    side.locator("tbody tr").nth(1).drag_to(side.locator("tbody tr").nth(0), target_position={"x": 20, "y": 2})
    expect(side.locator("tbody tr").nth(0)).to_have_text(re.compile(r"^\s*1\s*to\s*Hoveddokument"))
    rader = Dokument.objects.filter(journalpost=jp).order_by("nummer")
    assert list(rader.values_list("tittel", "tilknytning")) == [("to", "H"), (jp.tittel, "V")]


def test_everything_works_without_script(kommune_a, aapne):
    side = aapne("sb.kari", "/saker/2026/101/1/", skript=False)
    side.get_by_role("link", name="Avskriv. oppl").first.click()
    side.get_by_label("TE Til etterretning").check()
    side.locator("main form").get_by_role("button", name="Avskriv").click()
    expect(side.get_by_text("Avskrevet 02.03.2026 TE Kari Lunde")).to_be_visible()
    side.get_by_role("link", name="Ny merknad").click()
    side.get_by_label("Merknad", exact=True).fill("Ringte søker")
    side.get_by_role("button", name="Lagre merknad").click()
    expect(side.locator("#merknader")).to_contain_text("Ringte søker")
