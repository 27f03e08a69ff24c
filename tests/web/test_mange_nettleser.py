"""Linking, recipients and dispatch to many in a browser: axe, both colour schemes, both widths, and without script."""

import pytest

from saksgang.produksjon.commands import ekspeder, ferdigstill, flett_ventende, lag_dokument
from saksgang.produksjon.models import Tekstmal
from saksgang.sakarkiv.commands.journalpost import Part
from saksgang.sakarkiv.commands.part import legg_til_sakspart
from tests.nettleser import axe, for_bred
from tests.tilstand import egen, inngaaende, kodet

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]


def naboer(antall):
    epost = ["bakkegata@nabo.example", *[""] * antall]
    sted = {"postnummer": "6899", "poststed": "Fjordvik"}
    return [Part(navn=f"Nabo {n}", adresse=f"Bakkegata {n}", epost=epost[n], **sted) for n in range(antall)]


@pytest.fixture
def sider(kommune_a):
    k = kommune_a
    sak, kari = k.sak(101), k["sb.kari"]
    kodet(k, inngaaende(k, sak, "J", tittel="Merknad fra nabo om helse"), "P")
    inngaaende(k, sak, "J", tittel="Merknader fra velforeningen til støy, åpningstider og parkering i Storgata")
    for navn in ("Ola Vik", "Åse Berg"):
        legg_til_sakspart(sak, type_="person", navn=navn, rolle="Nabo", av=kari)
    utkast = egen(k, sak, "U", "R", tittel="Nabovarsel", mottakere=naboer(14))
    jp = egen(k, sak, "U", "R", tittel="Nabovarsel om skjenkebevilling", mottakere=naboer(60), dokumenter=[])
    lag_dokument(jp, Tekstmal.objects.get(kode="brev", spraak="nb"), av=kari)
    utsending = ekspeder(ferdigstill(jp, offentlighet_vurdert=True, av=kari), av=kari)
    flett_ventende()
    return {
        "lenking": f"/journalposter/{utkast.pk}/dokumenter/lenking/",
        "mottakere": f"/journalposter/{utkast.pk}/mottakere/",
        "dokumenter": f"/journalposter/{utkast.pk}/dokumenter/",
        "ekspedering": f"/journalposter/{utkast.pk}/ekspedering/",
        "utsending": f"/journalposter/utsendinger/{utsending.pk}/",
        "brevet": f"/journalposter/{jp.pk}/",
    }


@pytest.mark.parametrize(("bredde", "farger"), [(1440, "light"), (390, "dark")])
def test_pages_for_many_are_accessible_and_fit(sider, aapne, bredde, farger):
    funn = {}
    for navn, adresse in sider.items():
        side = aapne("sb.kari", adresse, bredde=bredde, farger=farger)
        for merke in side.locator("main details > summary").all():
            merke.click()
        funn[navn] = (axe(side), for_bred(side))
    assert funn == dict.fromkeys(sider, ([], False))


def test_a_list_with_a_wrong_line_is_told_without_script(sider, aapne, tmp_path):
    sti = tmp_path / "naboer.csv"
    sti.write_text("navn;adresse;postnummer\nOla Vik;Bakkegata 1;6899\nÅse Berg;Bakkegata 2;68\n", encoding="cp1252")
    side = aapne("sb.kari", sider["mottakere"], skript=False)
    side.get_by_text("Les inn fra CSV-fil").click()
    side.get_by_label("CSV-fil med mottakere").set_input_files(sti)
    side.get_by_role("button", name="Legg til", exact=True).click()
    assert side.get_by_role("row", name="3 Postnummeret «68» har ikke fire sifre.").is_visible()
    sti.write_text("navn;adresse;postnummer\nOla Vik;Bakkegata 1;6899\nÅse Berg;Bakkegata 2;6899\n", encoding="cp1252")
    side.get_by_label("CSV-fil med mottakere").set_input_files(sti)
    side.get_by_role("button", name="Legg til", exact=True).click()
    assert side.get_by_text("2 mottakere er lagt til.").is_visible()
    assert side.get_by_role("heading", name="16 mottakere").is_visible()
