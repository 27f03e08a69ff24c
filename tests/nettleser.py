"""One Chromium for every browser test of a process, pages of the product in it, and what axe says of them.

Playwright keeps one event loop and stands no second, so browser tests run apart from the others (run.py).
"""

from __future__ import annotations

import functools
import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.bygg import Kommune

VENDOR = Path(__file__).resolve().parent / "vendor"
VALG = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
REGLER = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TAALMODIGHET = 15_000
"""Milliseconds before a thing that never comes is a failure: long enough for a machine that is busy."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running Chromium; a failure where there is none, never a skip."""
    sti = shutil.which("chromium")
    if sti is None:
        pytest.fail("Chromium is missing: apt install chromium")
    expect.set_options(timeout=TAALMODIGHET)
    # The event loop lives in this thread to the end, and Django would take later tests' queries for async ones.
    with pytest.MonkeyPatch.context() as bytt, sync_playwright() as p:
        bytt.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "ja")
        nettleser = p.chromium.launch(executable_path=sti, args=VALG)
        yield nettleser
        nettleser.close()


Aapne = Callable[..., Page]


@pytest.fixture
def aapne(kommune_a: Kommune, live_server, chromium: Browser) -> Iterator[Aapne]:
    """Return a function that opens an address as a person, with a client's session, or as the public (None).

    No script may fail on the way.
    """
    kontekster, feil = [], []

    def aapne(
        hvem: str | Client | None, vei: str, *, bredde: int = 1440, farger: str = "light", skript: bool = True, **valg
    ) -> Page:
        kontekst = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": bredde, "height": 900 if bredde > 1000 else 844},
            color_scheme=farger,
            locale="nb-NO",
            reduced_motion="reduce",
            java_script_enabled=skript,
            **valg,
        )
        kontekst.set_default_timeout(TAALMODIGHET)
        kontekster.append(kontekst)
        klient = kommune_a.klient(hvem) if isinstance(hvem, str) else hvem
        if klient is not None and "sessionid" in klient.cookies:
            sesjon = klient.cookies["sessionid"].value
            kontekst.add_cookies([{"name": "sessionid", "value": sesjon, "url": live_server.url}])
        side = kontekst.new_page()
        side.on("pageerror", lambda e: feil.append(str(e)))
        side.goto(vei)
        return side

    yield aapne
    for kontekst in kontekster:
        kontekst.close()
    assert feil == []


@functools.cache
def _axe() -> str:
    versjon = tomllib.loads((VENDOR / "vendor.toml").read_text(encoding="utf-8"))["axe"]["versjon"]
    return (VENDOR / "axe" / versjon / "axe.min.js").read_text(encoding="utf-8")


def axe(side: Page, rot: str = "html") -> list[tuple[str, list[str]]]:
    """Return what axe finds inside rot, rule by rule with the elements; nothing when all is well."""
    if not side.evaluate("'axe' in window"):
        side.evaluate(_axe())
    valg = {"runOnly": REGLER, "resultTypes": ["violations"]}
    funn = side.evaluate("([rot, valg]) => axe.run(rot, valg)", [rot, valg])["violations"]
    return [(f["id"], [node["html"] for node in f["nodes"]]) for f in funn]


def for_bred(side: Page) -> bool:
    """Whether the page must be scrolled sideways."""
    return side.evaluate("document.documentElement.scrollWidth > innerWidth")
