"""The product behind a real server, and two programs that come to it over WebDAV as Word and LibreOffice do."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
import pytest
from django.core import signals
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import close_old_connections

from saksgang.config.wsgi import application
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.commands.dav import lag_adresse
from saksgang.sakarkiv.models import Dokument


class _Stille(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def davtjener() -> Iterator[str]:
    """The address of the product's own WSGI entry, served on loopback. The test must commit what it makes."""
    tjener = ThreadedWSGIServer(("127.0.0.1", 0), _Stille)
    tjener.set_app(application)
    traad = threading.Thread(target=tjener.serve_forever, args=(0.05,), daemon=True)
    traad.start()
    yield f"http://127.0.0.1:{tjener.server_port}"
    tjener.shutdown()
    tjener.server_close()
    traad.join()


@contextmanager
def uten_tjener() -> Iterator[httpx.Client]:
    """A client that calls the WSGI entry in the test's own thread and transaction."""
    avtaler = (signals.request_started, signals.request_finished)
    for avtale in avtaler:  # the end of a request would close the test's connection
        avtale.disconnect(close_old_connections)
    try:
        with httpx.Client(transport=httpx.WSGITransport(app=application), base_url="http://testserver") as http:
            yield http
    finally:
        for avtale in avtaler:
            avtale.connect(close_old_connections)


@dataclass
class Program:
    """What Word and LibreOffice have in common."""

    http: httpx.Client
    sti: str
    merke: str = ""
    innhold: bytes = b""
    sekunder: int = 3600
    eier: str = "<D:owner><D:href>noen</D:href></D:owner>"
    hoder: dict[str, str] = field(default_factory=dict)

    def be(self, metode: str, sti: str | None = None, *, kropp: bytes = b"", **hoder: str) -> httpx.Response:
        """Send one request; header names with underscores."""
        return self.http.request(
            metode,
            sti or self.sti,
            content=kropp or None,
            headers=self.hoder | {navn.replace("_", "-"): verdi for navn, verdi in hoder.items()},
        )

    def laas(self) -> httpx.Response:
        """LOCK, and remember the token."""
        kropp = (
            '<?xml version="1.0" encoding="utf-8"?><D:lockinfo xmlns:D="DAV:"><D:lockscope><D:exclusive/>'
            f"</D:lockscope><D:locktype><D:write/></D:locktype>{self.eier}</D:lockinfo>"
        ).encode()
        svar = self.be("LOCK", kropp=kropp, Timeout=f"Second-{self.sekunder}", Content_Type="text/xml")
        if svar.status_code == 200:
            self.merke = svar.headers["Lock-Token"].strip("<>")
        return svar

    def forny(self) -> httpx.Response:
        """LOCK without a body: keep it a while longer."""
        return self.be("LOCK", Timeout=f"Second-{self.sekunder}", If=f"(<{self.merke}>)")

    def hent(self) -> httpx.Response:
        """GET."""
        svar = self.be("GET")
        self.innhold = svar.content
        return svar

    def lagre(self, innhold: bytes) -> httpx.Response:
        """PUT under the lock."""
        hoder = {"If": f"(<{self.merke}>)"} if self.merke else {}
        return self.be("PUT", kropp=innhold, **hoder)

    def slipp(self) -> httpx.Response:
        """UNLOCK."""
        return self.be("UNLOCK", Lock_Token=f"<{self.merke}>")

    def egenskaper(self) -> httpx.Response:
        """PROPFIND of the document alone."""
        return self.be("PROPFIND", Depth="0")


class Word(Program):
    """Asks the folder what can be done, looks at the head, locks, reads."""

    def aapne(self) -> list[int]:
        """Return the statuses of what is sent when a document is opened."""
        mappe = self.sti.rpartition("/")[0] + "/"
        return [
            svar.status_code
            for svar in (self.be("OPTIONS", mappe), self.be("HEAD"), self.laas(), self.egenskaper(), self.hent())
        ]


class LibreOffice(Program):
    """Asks the document what can be done and what it is, reads, then locks for three minutes at a time."""

    def __init__(self, http: httpx.Client, sti: str) -> None:
        super().__init__(http, sti, sekunder=180, hoder={"User-Agent": "LibreOffice 7.4"})

    def aapne(self) -> list[int]:
        """Return the statuses of what is sent when a document is opened."""
        return [
            svar.status_code
            for svar in (self.be("OPTIONS"), self.egenskaper(), self.be("HEAD"), self.hent(), self.laas())
        ]


def adresse(dokument: Dokument, av: Bruker) -> str:
    """The path that the person's program is given."""
    return lag_adresse(dokument, av=av)[0]


def eier(svar: httpx.Response) -> list[str]:
    """Who is said to have the document in an answer to PROPFIND or LOCK."""
    return re.findall(r"owner[^>]*>([^<]+)</", svar.text)
