"""The vendored files are those that the manifest names, and each carries its licence."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from saksgang.ui import vendor

ROTMAPPER = [vendor.ROT, Path(__file__).resolve().parent.parent / "vendor"]


@pytest.mark.parametrize("rot", ROTMAPPER, ids=["produkt", "proever"])
def test_vendor_files_are_exactly_those_of_the_manifest(rot):
    manifest = tomllib.loads((rot / "vendor.toml").read_text(encoding="utf-8"))
    lovet = {
        f"{navn}/{pakke['versjon']}/{fil}": sjekksum
        for navn, pakke in manifest.items()
        for fil, sjekksum in pakke["sha256"].items()
    }
    ligger = {
        fil.relative_to(rot).as_posix(): hashlib.sha256(fil.read_bytes()).hexdigest()
        for fil in rot.rglob("*")
        if fil.is_file() and fil.name != "vendor.toml"
    }
    assert ligger == lovet


@pytest.mark.parametrize("rot", ROTMAPPER, ids=["produkt", "proever"])
def test_vendor_packages_carry_their_licence_and_name_no_host(rot):
    tekst = (rot / "vendor.toml").read_text(encoding="utf-8")
    assert "://" not in tekst
    assert [navn for navn, p in tomllib.loads(tekst).items() if not p["lisens"] or "LICENSE" not in p["sha256"]] == []


def test_sprite_holds_every_icon_that_templates_name():
    src = vendor.ROT.parents[2]
    navngitt = {
        navn
        for mal in src.rglob("*.html")
        for navn in re.findall(r'\{% ikon "(\w+)"|ikon="(\w+)"', mal.read_text(encoding="utf-8"))
        for navn in navn
        if navn
    }
    assert navngitt - vendor.ikonnavn() == set()
    assert "Leave" in navngitt


def test_no_file_asks_for_a_source_map_that_is_not_shipped():
    filer = [*vendor.ROT.rglob("*.js"), *vendor.ROT.rglob("*.css")]
    assert [fil.name for fil in filer if b"sourceMappingURL" in fil.read_bytes()] == []
    assert len(filer) == 4
