"""The documentation says what the code does: printed tables, settings, rooms, words on the buttons, links."""

import ast
import re
from pathlib import Path

import pytest

from tests import dokumenttabeller

ROT = Path(__file__).resolve().parent.parent
DOKUMENTER = [ROT / "README.md", ROT / "CHANGELOG.md", *sorted((ROT / "docs").rglob("*.md"))]
HAANDBOK = sorted((ROT / "docs" / "brukerhandbok").glob("*.md"))
KILDE = ROT / "src" / "saksgang"


@pytest.mark.parametrize("navn", dokumenttabeller.TABELLER)
def test_arkitektur_prints_the_table_of_the_code(navn):
    """Mended with: python tools/skriv_tabeller.py"""
    assert dokumenttabeller.les(navn) == dokumenttabeller.TABELLER[navn]()


def test_arkitektur_names_every_room():
    rom = {mappe.name for mappe in KILDE.iterdir() if (mappe / "__init__.py").exists()}
    rader = re.findall(r"^\| `(\w+)` \|", (ROT / "docs" / "arkitektur.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(rader) == rom


def _lest_av_innstillingene() -> set[str]:
    tre = ast.parse((KILDE / "config" / "settings.py").read_text(encoding="utf-8"))
    return {
        node.args[0].value
        for node in ast.walk(tre)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "miljoe"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def test_drift_names_every_variable_and_no_other():
    tekst = (ROT / "docs" / "drift.md").read_text(encoding="utf-8")
    nevnt = {n.removesuffix("_FILE") for n in re.findall(r"\b(?:DATABASE_URL|SAKSGANG_[A-Z_]+)(?:_FILE)?\b", tekst)}
    i_tabellen = {n for rad in re.findall(r"^\|(.+?)\|", tekst, re.MULTILINE) for n in re.findall(r"`([A-Z_]+)`", rad)}
    assert nevnt == i_tabellen == _lest_av_innstillingene()


def test_settings_reader_sees_a_variable():
    assert "SAKSGANG_LAGER" in _lest_av_innstillingene()


def _paa_skjermen() -> str:
    """Return everything the program can show: templates, and the texts in the code."""
    return "\n".join(
        fil.read_text(encoding="utf-8")
        for endelse in ("*.html", "*.py")
        for fil in sorted(KILDE.rglob(endelse))
        if "demo" not in fil.parts
    )


def test_brukerhandbok_uses_the_words_of_the_screen():
    """What is set in bold is a button, a menu choice, a field or a list, written as the program writes it."""
    skjerm = _paa_skjermen()
    ukjente = [
        f"{fil.name}: {ord_}"
        for fil in HAANDBOK
        for ord_ in re.findall(r"\*\*(.+?)\*\*", fil.read_text(encoding="utf-8"))
        if ord_ not in skjerm
    ]
    assert ukjente == []


def test_brukerhandbok_index_links_every_page():
    indeks = (ROT / "docs" / "brukerhandbok" / "README.md").read_text(encoding="utf-8")
    assert [fil.name for fil in HAANDBOK if fil.name != "README.md" and f"({fil.name})" not in indeks] == []


def test_links_between_documents_lead_somewhere():
    doede = []
    for fil in DOKUMENTER:
        for maal in re.findall(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)", fil.read_text(encoding="utf-8")):
            sti = maal.partition("#")[0]
            if sti and "://" not in sti and not (fil.parent / sti).exists():
                doede.append(f"{fil.relative_to(ROT)}: {maal}")
    assert doede == []
