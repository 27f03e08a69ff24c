"""The product asks pip for nothing that it does not use."""

import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROT = Path(__file__).resolve().parent.parent
DRIVER = {"psycopg"}
"""Loaded by Django's backend, by the name of the database alone."""


def test_every_runtime_dependency_is_named_in_the_product():
    linjer = tomllib.loads((ROT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    krav = {re.split(r"[\[<>=~]", linje)[0].lower() for linje in linjer}
    kode = "\n".join(fil.read_text("utf-8") for fil in [ROT / "run.py", *sorted((ROT / "src").rglob("*.py"))])
    moduler: dict[str, set[str]] = {}
    for modul, distribusjoner in packages_distributions().items():
        for distribusjon in distribusjoner:
            moduler.setdefault(distribusjon.lower(), set()).add(modul)
    brukt = {
        pakke
        for pakke in krav
        if any(re.search(rf"(import|from) {modul}\b|\"{modul}[\"./]", kode) for modul in moduler[pakke])
    }
    assert krav - brukt == DRIVER
