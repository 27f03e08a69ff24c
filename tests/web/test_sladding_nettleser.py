"""Drawing marks in a browser: by pointer, by keyboard, and taken away; on a wide screen and a phone."""

import pytest
from playwright.sync_api import expect

from saksgang.offentlighet.commands import start_sladding
from saksgang.offentlighet.models import Sladding
from tests.nettleser import axe, for_bred
from tests.offentlighet.test_sladding import ORD, brevet, dokument, forslag

pytestmark = [pytest.mark.nettleser, pytest.mark.tung]


def test_areas_are_drawn_by_pointer_and_keyboard_and_removed(kommune_a, aapne):
    k = kommune_a
    sladding = start_sladding(dokument(brevet(k)), av=k["sb.kari"])
    side = aapne("sb.kari", f"/sladdinger/{sladding.pk}/")
    lerret = side.locator("#side-1 .lerret")
    expect(lerret.locator("img")).to_be_visible()
    flate = lerret.bounding_box()
    side.mouse.move(flate["x"] + 0.2 * flate["width"], flate["y"] + 0.1 * flate["height"])
    side.mouse.down()
    side.mouse.move(flate["x"] + 0.6 * flate["width"], flate["y"] + 0.2 * flate["height"], steps=5)
    side.mouse.up()
    expect(side.get_by_role("heading", name="1 merke", exact=True)).to_be_visible()
    x, y, b, h = Sladding.objects.get().merker[0]["bokser"][0]
    assert [round(v, 1) for v in (x, y, b, h)] == [0.2, 0.1, 0.4, 0.1]

    knapp = side.get_by_role("button", name="Tegn et område på side 1")
    knapp.focus()
    side.keyboard.press("Enter")
    for tast in ("ArrowDown", "ArrowDown", "ArrowRight", "Shift+ArrowDown", "Enter"):
        side.keyboard.press(tast)
    expect(side.get_by_role("heading", name="2 merker")).to_be_visible()
    assert Sladding.objects.get().merker[1]["bokser"] == [[0.11, 0.12, 0.3, 0.04]]

    side.get_by_label("Ord", exact=True).fill(ORD)
    side.get_by_role("button", name="Merk alle steder").click()
    expect(side.get_by_role("heading", name="3 merker")).to_be_visible()
    assert axe(side) == []
    side.get_by_role("button", name=f"Fjern merket nr. 1 for {ORD} på side 1").click()
    expect(side.get_by_role("heading", name="2 merker")).to_be_visible()
    telefon = aapne("sb.kari", f"/sladdinger/{sladding.pk}/", bredde=390, farger="dark")
    expect(telefon.locator("#side-1 img")).to_be_visible()
    assert (for_bred(telefon), axe(telefon)) == (False, [])


def test_the_leader_compares_and_approves_on_a_phone(kommune_a, aapne):
    k = kommune_a
    sladding = forslag(k, brevet(k))
    side = aapne("led.anne", "/lister/sladding/", bredde=390)
    side.get_by_role("link", name="Klage på gatelys").click()
    expect(side.get_by_alt_text("Side 1 av den sladdede versjonen")).to_be_visible()
    assert (for_bred(side), axe(side)) == (False, [])
    side.get_by_role("link", name="Godkjent", exact=True).click()
    side.locator("#dialog").get_by_role("button", name="Godkjent").click()
    expect(side.get_by_text("Den sladdede versjonen er godkjent.")).to_be_visible()
    sladding.refresh_from_db()
    assert sladding.tilstand == "G"
