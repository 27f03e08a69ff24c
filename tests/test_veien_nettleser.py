"""The whole way in a real browser: a letter from the door to the public journal, and an own letter back."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.nettleser, pytest.mark.tung]


def _fil(navn: str, tekst: str) -> dict[str, object]:
    return {"name": navn, "mimeType": "text/plain", "buffer": f"{tekst}\n".encode()}


def _dialog(side, knapp: str) -> None:
    side.locator("#dialog").get_by_role("button", name=knapp, exact=True).click()


def _meny(side, punkt: str) -> None:
    side.get_by_role("button", name="Meny", exact=True).click()
    side.get_by_role("link", name=re.compile(f"^{re.escape(punkt)}")).or_(
        side.get_by_role("button", name=re.compile(f"^{re.escape(punkt)}"))
    ).first.click()


@pytest.mark.krav("R-5.I", "R-3.1.4", "R-10.2.1.1", "R-10.2.1.2b", "R-6.2.J.c", "R-7.0.1", "R-8.2")
def test_letter_is_registered_distributed_written_off_and_public(aapne):
    arkiv = aapne("ark.eva", "/saker/2026/101/")
    arkiv.get_by_role("button", name="Ny journalpost").click()
    arkiv.get_by_role("link", name="Registrer inngående").click()
    arkiv.set_input_files("#id_fil", [_fil("brev.txt", "Klage på uteservering"), _fil("kart.txt", "Kart")])
    arkiv.get_by_label("Tittel", exact=True).fill("Klage på uteservering ved Kaien")
    arkiv.locator("#id_parter input[name$=navn]").first.fill("Kaien borettslag")
    arkiv.get_by_label("Dokumentdato").fill("2026-03-01")
    arkiv.locator("#id_saksbehandler").fill("")
    arkiv.get_by_role("button", name="Registrer", exact=True).click()
    expect(arkiv.get_by_role("heading", level=1)).to_contain_text("Klage på uteservering ved Kaien")
    expect(arkiv.get_by_text("J Journalført").first).to_be_visible()

    leder = aapne("led.anne", "/lister/til-fordeling/")
    leder.get_by_role("checkbox", name="Velg 2026/101-6").check()
    leder.locator(".valglinje button", has_text="Fordel").click()
    velger = leder.locator("#dialog").get_by_label("Saksbehandler", exact=True)
    velger.select_option(velger.locator("option", has_text="Ola Vik").get_attribute("value"))
    leder.locator("#dialog button[type=submit]").click()
    expect(leder.get_by_role("checkbox", name="Velg 2026/101-6")).to_have_count(0)

    ola = aapne("sb.ola", "/lister/innboks/")
    ola.get_by_role("link", name="Klage på uteservering ved Kaien").click()
    ola.goto("/saker/2026/101/6/")
    expect(ola.get_by_text("Fordelt").first).to_be_visible()
    ola.get_by_role("link", name="Avskriv. oppl").first.click()
    ola.locator("#dialog").get_by_label(re.compile("^TLF")).check()
    ola.locator("#dialog").get_by_label("Saksbehandlingsmerknad").fill("Ringte styrelederen.")
    ola.locator("#dialog button[type=submit]").click()
    expect(ola.get_by_text(re.compile("Avskrevet 02.03.2026")).first).to_be_visible()
    ola.goto("/lister/restanse/")
    expect(ola.get_by_role("link", name="Klage på uteservering ved Kaien")).to_have_count(0)

    publikum = aapne(None, "/innsyn/dag/2026-03-02/")
    expect(publikum.get_by_role("link", name="Klage på uteservering ved Kaien").first).to_be_visible()
    expect(publikum.get_by_text("Kaien borettslag").first).to_be_visible()
    assert "Ringte styrelederen" not in publikum.content()


@pytest.mark.krav("R-10.3.1.1", "R-10.3.1.2a", "R-10.3.1.3", "R-6.2.F", "R-6.2.J2", "R-10.6.1.9", "R-8.8")
def test_new_case_own_letter_finished_journalised_and_public(aapne):
    kari = aapne("sb.kari", "/saker/ny/")
    kari.get_by_label("Tittel", exact=True).press_sequentially("Skjenkebevilling kroa")
    expect(kari.locator("#dubletter a", has_text="Kroa AS")).to_be_visible()
    kari.get_by_label("Tittel", exact=True).fill("Gatelys i Bakkegata")
    kari.get_by_label("Ordningsverdi").fill("Q14")
    kari.get_by_role("button", name="Opprett saken").click()
    expect(kari).to_have_url(re.compile("/saker/2026/105/"))
    kari.get_by_role("button", name="Ny journalpost").click()
    kari.get_by_role("link", name="Nytt utgående dokument").click()
    kari.get_by_label("Tekstmal").select_option("")
    kari.set_input_files("#id_fil", [_fil("svar.txt", "Vi setter opp lys i mai.")])
    kari.get_by_label("Tittel", exact=True).fill("Svar om gatelys")
    kari.locator("#id_parter input[name$=navn]").first.fill("Bakkegata vel")
    kari.get_by_role("button", name="Registrer", exact=True).click()
    expect(kari.get_by_text("R Reservert").first).to_be_visible()
    kari.get_by_role("link", name=re.compile("Ferdigstill")).first.click()
    kari.locator("#dialog").get_by_label(re.compile("vurdert")).check()
    kari.locator("#dialog button[type=submit]").click()
    expect(kari.get_by_text("F Ferdig").first).to_be_visible()

    publikum = aapne(None, "/innsyn/dag/2026-03-02/")
    assert "Svar om gatelys" not in publikum.content()
    arkiv = aapne("ark.eva", "/lister/til-journalfoering/")
    arkiv.get_by_role("checkbox", name="Velg 2026/105-1").check()
    arkiv.locator(".valglinje button", has_text="Journalfør").click()
    arkiv.locator("#dialog button[type=submit]").last.click()
    expect(arkiv.locator(".rader").get_by_text("2026/105-1")).to_have_count(0)
    publikum.reload()
    expect(publikum.get_by_role("link", name="Svar om gatelys").first).to_be_visible()


@pytest.mark.krav("R-10.6.1.3", "R-10.6.1.8", "R-10.6.2.4", "R-10.6.2.9", "R-5.X.1", "R-5.N.1")
@pytest.mark.parametrize(
    ("punkt", "i_restanse"),
    [("Nytt internt notat med oppfølging (N)", True), ("Nytt internt notat (X)", False)],
)
def test_note_reaches_the_colleague_at_f(aapne, punkt, i_restanse):
    kari = aapne("sb.kari", "/saker/2026/101/")
    kari.get_by_role("button", name="Ny journalpost").click()
    kari.get_by_role("link", name=punkt).click()
    kari.get_by_label("Tekstmal").select_option("")
    kari.set_input_files("#id_fil", [_fil("notat.txt", "Hva mener dere?")])
    kari.get_by_label("Tittel", exact=True).fill("Spørsmål om uteservering")
    kari.get_by_label(re.compile("^Mottaker")).first.fill("Per Dahl")
    kari.get_by_role("button", name="Registrer", exact=True).click()
    expect(kari.get_by_text("R Reservert").first).to_be_visible()
    per = aapne("sb.per", "/lister/innboks/")
    expect(per.get_by_role("link", name="Spørsmål om uteservering")).to_have_count(0)
    kari.get_by_role("link", name=re.compile("Ferdigstill")).first.click()
    kari.locator("#dialog").get_by_label(re.compile("vurdert")).check()
    kari.locator("#dialog button[type=submit]").click()
    expect(kari.get_by_text("F Ferdig").first).to_be_visible()
    per.reload()
    expect(per.get_by_role("link", name="Spørsmål om uteservering")).to_have_count(1)
    per.goto("/lister/restanse/")
    expect(per.get_by_role("link", name="Spørsmål om uteservering")).to_have_count(1 if i_restanse else 0)


@pytest.mark.krav("R-10.3.2.3", "R-10.6.2.3")
def test_rights_in_a_case_are_asked_for_and_granted(aapne):
    ola = aapne("sb.ola", "/saker/2026/101/")
    expect(ola.get_by_role("button", name="Ny journalpost")).to_have_count(0)
    _meny(ola, "Be om rettigheter")
    ola.locator("#dialog").get_by_label(re.compile("^Skrive")).check()
    ola.locator("#dialog button[type=submit]").click()
    expect(ola.locator("#dialog")).to_be_hidden()
    kari = aapne("sb.kari", "/saker/2026/101/rettigheter/")
    kari.get_by_role("link", name=re.compile("^Gi ?Ola Vik")).first.click()
    kari.locator("#dialog button[type=submit]").click()
    expect(kari.get_by_role("row", name="Ola Vik Skrive")).to_be_visible()
    ola.goto("/saker/2026/101/")
    expect(ola.get_by_role("button", name="Ny journalpost")).to_be_visible()
