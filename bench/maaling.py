"""Measures pages over HTTP as an ordinary user on the real server, each against the floor page of the same round."""

from __future__ import annotations

import datetime as dt
import html
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from saksgang.kjerne import klokke
from saksgang.offentlighet.querysets import offentlig_q
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import InternMottaker, Journalpost, Sak

ROT = Path(__file__).resolve().parent.parent


@dataclass
class Side:
    """One page, its budget against the floor, and what it took."""

    navn: str
    adresse: str
    budsjett: float | None
    leser: Bruker | None
    tider: list[float] = field(default_factory=list)
    stoerrelse: int = 0
    sporringer: int = 0
    sider: int = 0
    """Database pages read."""
    verst: tuple[int, str] = (0, "")

    @property
    def median(self) -> float:
        return statistics.median(self.tider)


def ledig_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def server():
    """Start Granian with two workers on loopback; give its port."""
    port = ledig_port()
    prosess = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--host", "127.0.0.1", "--port",
         str(port), "--no-access-log", "--log-level", "warning", "saksgang.config.wsgi:application"],
        cwd=ROT, env=os.environ | {"DJANGO_SETTINGS_MODULE": "bench.settings"},
    )  # fmt: skip
    try:
        frist = time.monotonic() + 60
        while time.monotonic() < frist:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        time.sleep(2)
        yield port, prosess.pid
    finally:
        prosess.terminate()
        try:
            prosess.wait(10)
        except subprocess.TimeoutExpired:
            prosess.kill()


class Leser:
    """A client that keeps its connection, with or without a session."""

    def __init__(self, port: int, bruker: Bruker | None) -> None:
        self.kobling = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.hoder = {}
        if bruker is not None:
            klient = Client()
            klient.force_login(bruker)
            self.hoder["Cookie"] = (
                f"{settings.SESSION_COOKIE_NAME}={klient.cookies[settings.SESSION_COOKIE_NAME].value}"
            )

    def hent(self, adresse: str) -> tuple[float, bytes]:
        """Return how long it took in milliseconds, and the page. Anything but 200 ends the run."""
        start = time.perf_counter()
        self.kobling.request("GET", adresse, headers=self.hoder)
        svar = self.kobling.getresponse()
        innhold = svar.read()
        tid = (time.perf_counter() - start) * 1000
        if svar.status != 200:
            raise SystemExit(f"{adresse} svarte {svar.status}.")
        return tid, innhold


def siste_side(leser: Leser, adresse: str, nummer: int = 20) -> tuple[str, int]:
    """Follow «neste» to the page with this number; return its address and which page it was."""
    for side in range(2, nummer + 1):
        innhold = leser.hent(adresse)[1].decode()
        treff = re.search(r'href="([^"]*[?&;]etter=[^"]*)"', innhold)
        if treff is None:
            return adresse, side - 1
        neste = html.unescape(treff[1])
        adresse = neste if neste.startswith("/") else adresse.partition("?")[0] + neste
    return adresse, nummer


@dataclass
class Utvalg:
    """Whom and what is measured: an ordinary busy person, the one with the backlog, the biggest, the fullest."""

    vanlig: Bruker
    tyngst: Bruker
    jp: Journalpost
    stor: Sak
    dag: dt.date
    oppfoering: Journalpost


def velg() -> Utvalg:
    """Choose from what the generator made."""
    vanlig = Bruker.objects.get(brukernavn="bruker0001")
    rad = (
        InternMottaker.objects.filter(bruker=vanlig, journalpost__tilgangskode=None, journalpost__status="J")
        .select_related("journalpost__sak")
        .order_by("-pk")[0]
    )
    with connection.cursor() as markoer:
        markoer.execute(
            "SELECT journaldato FROM sakarkiv_journalpost WHERE status = 'J' GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
        )
        dag = markoer.fetchone()[0]
    offentlige = Journalpost.objects.filter(offentlig_q(klokke.naa()), journaldato=dag, tilgangskode=None)
    return Utvalg(
        vanlig,
        Bruker.objects.get(brukernavn="bruker0000"),
        rad.journalpost,
        Sak.objects.order_by("-siste_dokumentnummer", "pk")[0],
        dag,
        offentlige.select_related("sak").order_by("pk")[0],
    )


def lag_sider(port: int, u: Utvalg) -> list[Side]:
    """Return what is measured, with the budgets of the design."""
    restanse, nummer = siste_side(Leser(port, u.tyngst), "/lister/restanse/")
    jp, ut = u.jp, u.oppfoering
    return [
        Side("Gulv", "/gulv/", 1.0, u.tyngst),
        Side("Arbeidsbord", "/", 1.5, u.vanlig),
        Side("Restanse", "/lister/restanse/", 1.5, u.vanlig),
        Side("Innboks", "/lister/innboks/", 1.5, u.vanlig),
        Side("Mine saker", "/lister/mine-saker/", 1.5, u.vanlig),
        Side("Under arbeid", "/lister/under-arbeid/", 1.5, u.vanlig),
        Side("Restanse, 1 200 rader, side 1", "/lister/restanse/", 1.5, u.tyngst),
        Side(f"Restanse, 1 200 rader, side {nummer}", restanse, 1.5, u.tyngst),
        Side("Forhåndsvisning", f"/journalposter/{jp.pk}/forhaand/", None, u.vanlig),
        Side("Journalpost", f"/saker/{jp.sak.aar}/{jp.sak.sekvens}/{jp.journalpostnummer}/", 1.5, u.vanlig),
        Side(
            f"Sak med {u.stor.siste_dokumentnummer} journalposter",
            f"/saker/{u.stor.aar}/{u.stor.sekvens}/",
            2.0,
            u.vanlig,
        ),
        Side("Søk, vanlig ord (garasje)", "/soek/?q=garasje", 2.0, u.vanlig),
        Side("Søk, verste ord (søknad)", "/soek/?q=s%C3%B8knad", 10.0, u.vanlig),
        Side("Offentlig journal, travleste dag", f"/innsyn/dag/{u.dag.isoformat()}/", 3.0, None),
        Side(
            "Offentlig oppføring",
            f"/innsyn/sak/{ut.sak.aar}/{ut.sak.sekvens}/{ut.journalpostnummer}/",
            1.0,
            None,
        ),
    ]


def maal(port: int, sider: list[Side], runder: int) -> None:
    """Ask for every page once in each round, so that a disturbance of the machine meets all alike."""
    lesere = {side.leser: Leser(port, side.leser) for side in sider}
    for runde in range(runder + 3):
        for side in sider:
            tid, innhold = lesere[side.leser].hent(side.adresse)
            if runde >= 3:
                side.tider.append(tid)
                side.stoerrelse = len(innhold)


_BUFFERE = re.compile(r"Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?")
_LESER = ("SELECT", "(SELECT", "WITH")


def forklar(sider: list[Side]) -> None:
    """Count the statements of each page and the database pages that they read, by EXPLAIN (ANALYZE, BUFFERS)."""
    for side in sider:
        klient = Client()
        if side.leser is not None:
            klient.force_login(side.leser)
        klient.get(side.adresse)
        with CaptureQueriesContext(connection) as fanget:
            klient.get(side.adresse)
        setninger = [q["sql"] for q in fanget.captured_queries if q["sql"].lstrip().startswith(_LESER)]
        side.sporringer = len(setninger)
        for sql in setninger:
            with connection.cursor() as markoer:
                markoer.execute("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) " + sql.replace("%", "%%"), [])
                plan = [rad[0] for rad in markoer.fetchall()]
            # The first line of buffers belongs to the whole statement.
            treff = next((t for linje in plan if (t := _BUFFERE.search(linje))), None)
            antall = sum(int(n) for n in treff.groups() if n) if treff else 0
            side.sider += antall
            side.verst = max(side.verst, (antall, sql))


def minne(pid: int) -> int:
    """Return the largest resident memory of the server's processes in MB, where /proc tells."""
    try:
        barn = subprocess.run(["ps", "-o", "rss=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
        return max((int(n) // 1024 for n in barn.stdout.split()), default=0)
    except OSError:
        return 0


def _tall(tall: float, desimaler: int = 1) -> str:
    return f"{tall:.{desimaler}f}".replace(".", ",")


def tabell(sider: list[Side]) -> list[str]:
    """Return the lines of the table, as Markdown."""
    linjer = [
        "| Side | min ms | median ms | × gulv | Budsjett | | kB | Spørringer | Databasesider |",
        "|---|--:|--:|--:|--:|---|--:|--:|--:|",
    ]
    for s in sider:
        forhold = s.median / sider[0].median
        dom = "" if s.budsjett is None or s is sider[0] else "holder" if forhold <= s.budsjett else "**brutt**"
        felter = [
            *(s.navn, _tall(min(s.tider)), _tall(s.median), _tall(forhold, 2)),
            *(_tall(s.budsjett) if s.budsjett else "", dom),
            *(_tall(s.stoerrelse / 1000, 0), str(s.sporringer), str(s.sider)),
        ]
        linjer.append(f"| {' | '.join(felter)} |")
    return linjer
