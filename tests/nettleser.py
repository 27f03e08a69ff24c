"""One Chromium for every browser test of a process: Playwright keeps one event loop, and stands no second."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

VALG = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running Chromium; a failure where there is none, never a skip."""
    sti = shutil.which("chromium")
    if sti is None:
        pytest.fail("Chromium is missing: apt install chromium")
    # The event loop lives in this thread to the end, and Django would take later tests' queries for async ones.
    with pytest.MonkeyPatch.context() as bytt, sync_playwright() as p:
        bytt.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "ja")
        nettleser = p.chromium.launch(executable_path=sti, args=VALG)
        yield nettleser
        nettleser.close()
