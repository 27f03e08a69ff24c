"""The clock that may be set: only the demo may."""

import ast
import datetime as dt
from pathlib import Path

import saksgang
from saksgang.kjerne import klokke

KILDE = Path(saksgang.__file__).parent


def _stiller_klokken(fil: Path) -> bool:
    return any(
        (isinstance(node, ast.Attribute) and node.attr in {"stillt", "_stilt"})
        or (isinstance(node, ast.ImportFrom) and any(n.name in {"stillt", "_stilt"} for n in node.names))
        for node in ast.walk(ast.parse(fil.read_text(encoding="utf-8")))
    )


def test_only_the_demo_sets_the_clock():
    rom = {fil.relative_to(KILDE).parts[0] for fil in KILDE.rglob("*.py") if _stiller_klokken(fil)}
    assert rom == {"demo"}


def test_stillt_moves_moment_and_date_and_gives_them_back():
    for utenfor in (klokke.naa(),):
        with klokke.stillt(dt.datetime(2025, 12, 31, 23, 30, tzinfo=dt.UTC)):
            assert klokke.naa() == dt.datetime(2025, 12, 31, 23, 30, tzinfo=dt.UTC)
            assert klokke.idag() == dt.date(2026, 1, 1)
        assert klokke.naa() >= utenfor
