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
    side.get_by_label("Tekstmal").select_option("")
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
    expect(dialog.get_by_role("combobox", name="Kopi til")).to_be_visible()  # the script has taken it
    dialog.get_by_label("Kopi til").press_sequentially("ol")
    expect(dialog.get_by_role("option")).to_have_text(["Ola Vik (sb.ola)Saksbehandler · Teknisk"])
    side.keyboard.press("ArrowDown")
    side.keyboard.press("Enter")
    expect(dialog.get_by_label("Kopi til")).to_have_value("Ola Vik (sb.ola)")
    dialog.get_by_role("button", name="Flere").click()
    dialog.get_by_label("Kopimottaker 2").fill("sb.per")
    dialog.get_by_role("button", name="Send kopi").click()
    expect(side.locator("#f-kopi")).to_have_text("Ola Vik (ikke lest), Per Dahl (ikke lest)")


SLIPP = """(skjema, filer) => {
  const dt = new DataTransfer();
  for (const [navn, tekst] of filer) dt.items.add(new File([tekst], navn, { type: "text/plain" }));
  for (const slag of ["dragover", "drop"])
    skjema.dispatchEvent(new DragEvent(slag, { dataTransfer: dt, bubbles: true, cancelable: true }));
}"""
SE_FRAMDRIFT = """() => {
  window.framdrift = [];
  new MutationObserver(() => {
    const verdier = [...document.querySelectorAll(".opplastinger progress")].map((p) => Math.round(p.value));
    const foer = window.framdrift.at(-1);
    if (verdier.length && String(verdier) !== String(foer)) window.framdrift.push(verdier);
  }).observe(document.body, { subtree: true, attributes: true, childList: true });
}"""


def test_files_are_chosen_and_dropped_several_at_once_and_sent_with_progress(kommune_a, aapne):
    k = kommune_a
    side = aapne("ark.eva", f"/journalposter/ny/{k.sak(101).pk}/inngaaende/")
    linjer = side.locator(".opplastinger li .kutt")
    side.locator("#id_fil").set_input_files(
        [
            {"name": "søknad.txt", "mimeType": "text/plain", "buffer": b"Soknaden\n" * 9_000},
            {"name": "feil.txt", "mimeType": "text/plain", "buffer": b"Feil fil\n"},
        ]
    )
    side.locator("#ny-journalpost").evaluate(SLIPP, [["kart.txt", "Kartet\n" * 9_000], ["bilde.txt", "Bildet\n"]])
    expect(linjer).to_have_text(["søknad.txt", "feil.txt", "kart.txt", "bilde.txt"])
    side.get_by_role("button", name="Fjern feil.txt").click()
    expect(linjer).to_have_text(["søknad.txt", "kart.txt", "bilde.txt"])
    side.get_by_role("button", name="Registrer", exact=True).click()
    expect(side.locator("ds-error-summary")).to_contain_text("Fyll ut «Tittel».")
    expect(linjer).to_have_text(["søknad.txt", "kart.txt", "bilde.txt"])
    expect(side.locator(".opplastinger progress")).to_have_count(0)

    side.get_by_label("Tittel", exact=True).fill("Klage på uteservering")
    side.locator("#id_parter input[name$=navn]").first.fill("Kaien borettslag")
    side.get_by_label("Dokumentdato").fill("2026-03-01")
    nett = side.context.new_cdp_session(side)
    tregt = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 150_000}
    nett.send("Network.enable")
    nett.send("Network.emulateNetworkConditions", tregt)
    side.evaluate(SE_FRAMDRIFT)
    side.evaluate("addEventListener('beforeunload', () => (sessionStorage.framdrift = JSON.stringify(framdrift)))")
    sendt = []
    side.on("request", lambda forespoersel: forespoersel.method == "POST" and sendt.append(forespoersel.url))
    side.keyboard.press("Control+s")
    side.keyboard.press("Control+s")
    expect(side.get_by_role("heading", level=1)).to_contain_text("Klage på uteservering")
    assert len(sendt) == 1
    framdrift = side.evaluate("JSON.parse(sessionStorage.framdrift)")
    assert {len(verdier) for verdier in framdrift} == {3}
    assert framdrift[0] == [0, 0, 0]
    assert framdrift[-1] == [100, 100, 100]
    assert any(0 < foerste < 100 for foerste, *_ in framdrift)
    assert all(foerste == 100 or andre == 0 for foerste, andre, _ in framdrift)
    jp = Journalpost.objects.get(tittel="Klage på uteservering")
    versjoner = [dokument.versjoner.get() for dokument in jp.dokumenter.order_by("nummer")]
    assert [(v.filnavn, v.fil.stoerrelse) for v in versjoner] == [
        ("søknad.txt", 81_000),
        ("kart.txt", 63_000),
        ("bilde.txt", 7),
    ]


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
    expect(side.locator(".opplastinger .fare")).to_contain_text("«virus.exe»")
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
