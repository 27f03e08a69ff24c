"""The words of the handbook: every menu path of krav C.12 that is built is walked by the text that one reads."""

import pytest
from lxml import html as lxml_html

from saksgang.flyt.rules import Flaggtype
from saksgang.sakarkiv.commands.rettighet import gi_rettighet
from tests.tilstand import egen

HTMX = {"HX-Request": "true"}


def ord_i(element) -> str:
    """What stands on a link or button, without its small print, its count and its icon."""
    for skjult in element.xpath(
        ".//small | .//kbd | .//svg | .//*[contains(@class, 'antall')] | .//*[contains(@class, 'haster')]"
        " | .//*[contains(@class, 'dtype')]"
    ):
        skjult.drop_tree()
    return " ".join(element.text_content().split())


def valg(svar) -> dict[str, str]:
    """The links of a page or fragment: what stands on them, and where they lead."""
    tre = lxml_html.fromstring(svar.content.decode())
    return {ord_i(lenke): lenke.get("href") for lenke in tre.xpath("//a[@href]")}


def klikk(klient, adresse: str, tekst: str):
    """Open an address and follow the link with these words."""
    funnet = valg(klient.get(adresse))
    assert tekst in funnet, (tekst, sorted(funnet))
    svar = klient.get(funnet[tekst], headers=HTMX)
    assert svar.status_code == 200, (tekst, svar.status_code)
    return svar


def overskrift(svar) -> str:
    tre = lxml_html.fromstring(svar.content.decode())
    return " ".join((tre.xpath("//h1") or tre.xpath("//h2"))[0].text_content().split())


SAK, BREV = "/saker/2026/101/", "/saker/2026/101/1/"


@pytest.mark.krav("R-C.3", "C.12")
@pytest.mark.parametrize(
    ("person", "fra", "ord_", "ventet"),
    [
        ("sb.kari", "/", "Ny sak", "Ny sak"),
        *(
            ("sb.kari", SAK, menyvalg, menyvalg)
            for menyvalg in (
                "Nytt utgående dokument", "Nytt internt notat med oppfølging (N)", "Nytt internt notat (X)"
            )
        ),
        ("sb.kari", BREV, "Kopi til", "Kopi av 2026/101-1"),
        ("sb.kari", BREV, "Avskriv. oppl", "Avskriv. oppl – 2026/101-1"),
        ("sb.kari", SAK, "Saksparter", "Saksparter"),
        *(
            ("led.anne", "/", kurv, kurv)
            for kurv in (
                "Innboks", "Restanse", "Mine saker", "Kopiboks", "OBS-dato", "Midlertidig sperret", "Til fordeling",
                "Flagg",
            )
        ),
    ],
)  # fmt: skip
def test_menu_path_of_the_handbook_is_walked_by_its_words(kommune_a, person, fra, ord_, ventet):
    assert overskrift(klikk(kommune_a.klient(person), fra, ord_)) == ventet


@pytest.mark.krav("R-C.3", "C.12")
def test_the_menus_themselves_have_the_handbooks_names(kommune_a):
    k = kommune_a
    for adresse, navn in ((SAK, ("Ny journalpost", "Meny", "Diverse")), (BREV, ("Meny",))):
        tre = lxml_html.fromstring(k.klient("sb.kari").get(adresse).content.decode())
        knapper = [ord_i(knapp) for knapp in tre.xpath("//button[@popovertarget]")]
        assert [n for n in navn if n not in knapper] == []
    assert [t.label for t in Flaggtype] == ["Beskjed/Merknad", "Til godkjenning", "Godkjent", "Ikke godkjent"]


@pytest.mark.krav("R-10.3.1.3")
def test_nytt_utgaaende_dokument_from_the_case_menu_is_u_in_r(kommune_a):
    k = kommune_a
    kari = k.klient("sb.kari")
    kari.post("/saker/ny/", _ny_sak(kari))
    skjema = klikk(kari, "/saker/2026/105/", "Nytt utgående dokument")
    assert overskrift(skjema) == "Nytt utgående dokument"
    adresse = lxml_html.fromstring(skjema.content.decode()).xpath("//form[@id='ny-journalpost']/@action")[0]
    data = {"tittel": "Svar om gatelys", "part-0-navn": "Bakkegata vel", "saksbehandler": "sb.kari"}
    svar = kari.post(adresse, data)
    assert (svar.status_code, svar["Location"]) == (303, "/saker/2026/105/1/")
    jp = k.jp(105, 1)
    assert (jp.journalposttype, jp.status, jp.saksbehandler) == ("U", "R", k["sb.kari"])
    assert "R Reservert" in " ".join(
        lxml_html.fromstring(kari.get("/saker/2026/105/1/").content).text_content().split()
    )
    assert k.klient("sb.per").post(adresse, data).status_code == 403


def _ny_sak(klient) -> dict[str, str]:
    tre = lxml_html.fromstring(klient.get("/saker/ny/").content.decode())
    valgt = {navn: tre.xpath(f"//select[@name='{navn}']/option[@selected]/@value")[0] for navn in ("arkivdel", "enhet")}
    return {
        "system_id": tre.xpath("//input[@name='system_id']/@value")[0], "tittel": "Gatelys i Bakkegata",
        "klasse": "Q14", **valgt,
    }  # fmt: skip


@pytest.mark.krav("R-10.3.2.2a", "R-10.6.2.2")
def test_row_of_the_search_leads_to_the_case_with_its_menu_if_one_has_the_right(kommune_a):
    k = kommune_a
    for person, har_rett in (("sb.kari", True), ("sb.ola", False), ("sb.ola", True)):
        if person == "sb.ola" and har_rett:
            gi_rettighet(k.sak(101), k["sb.ola"], nivaa="skrive", av=k["sb.kari"])
        svar = k.klient(person).get(valg(k.klient(person).get("/soek/?q=skjenkebevilling"))[_TITTEL])
        funnet = valg(svar)
        assert overskrift(svar) == _TITTEL
        assert "Søknad om skjenkebevilling" in funnet
        assert ("Nytt utgående dokument" in funnet, "Be om rettigheter" in funnet) == (har_rett, not har_rett)


_TITTEL = "Søknad om skjenkebevilling – Kroa AS"


@pytest.mark.krav("R-10.7.1")
@pytest.mark.parametrize("type_", ["U", "N", "X"])
def test_kopi_til_is_on_finished_and_journalised_documents_of_every_type(kommune_a, type_):
    k = kommune_a
    for status in ("F", "J"):
        jp = egen(k, k.sak(101), type_, status)
        adresse = f"/saker/2026/101/{jp.journalpostnummer}/"
        assert "Kopi til" in valg(k.klient("les.gry").get(adresse))
    utkast = egen(k, k.sak(101), type_, "R")
    adresse = f"/saker/2026/101/{utkast.journalpostnummer}/"
    assert "Kopi til" not in valg(k.klient("led.anne").get(adresse))
    assert k.klient("les.gry").get(adresse).status_code == 404
