"""Where the vendored front-end files lie: the manifest decides the version, templates only name the file."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

ROT = Path(__file__).parent / "static" / "vendor"


@cache
def manifest() -> dict[str, dict]:
    """Return vendor.toml: package name to version, licence and checksums."""
    return tomllib.loads((ROT / "vendor.toml").read_text(encoding="utf-8"))


@cache
def sti(navn: str, fil: str) -> str:
    """Return the static path of one vendored file. KeyError when the manifest does not hold it."""
    pakke = manifest()[navn]
    pakke["sha256"][fil]
    return f"vendor/{navn}/{pakke['versjon']}/{fil}"


@cache
def ikonnavn() -> frozenset[str]:
    """Return the names of the icons in the sprite."""
    tekst = (ROT.parent / sti("aksel-icons", "sprite.svg")).read_text(encoding="utf-8")
    return frozenset(linje.split('"', 2)[1].removeprefix("i-") for linje in tekst.splitlines() if "<symbol" in linje)
