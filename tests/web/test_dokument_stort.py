"""A very large file through the real server: streamed in, in little memory, and nothing left of a broken one."""

import contextlib
import datetime as dt
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from time_machine import escape_hatch

from saksgang.lager.models import Fil
from saksgang.lager.store import lager
from saksgang.sakarkiv.models import Dokument

pytestmark = [
    pytest.mark.tung,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc"),
]
MB = 1024 * 1024
GRENSE = "skille-mellom-deler"


def _minne(rot: int) -> int:
    """Return the resident memory of a process and its children, in bytes."""
    barn: dict[int, list[int]] = {}
    stoerrelse = {}
    for mappe in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, KeyError):
            linjer = dict(rad.split(":", 1) for rad in (mappe / "status").read_text().splitlines() if ":" in rad)
            pid = int(mappe.name)
            barn.setdefault(int(linjer["PPid"]), []).append(pid)
            stoerrelse[pid] = int(linjer["VmRSS"].split()[0]) * 1024
    koe, sum_ = [rot], 0
    while koe:
        pid = koe.pop()
        sum_ += stoerrelse.get(pid, 0)
        koe += barn.get(pid, [])
    return sum_


def _vent(paa, hva, sekunder=60):
    slutt, pause = time.monotonic() + sekunder, threading.Event()
    while not paa():
        assert time.monotonic() < slutt, hva
        pause.wait(0.05)


@contextlib.contextmanager
def granian(mappe, prosesser=1):
    """Granian as run.py starts it, on the database and store of this test."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    d = connection.settings_dict
    adresse = f"postgres://{d['USER']}:{d['PASSWORD']}@{d['HOST']}:{d['PORT']}/{d['NAME']}"
    if d["HOST"].startswith("/"):
        adresse = f"postgres://{d['USER']}:{d['PASSWORD']}@/{d['NAME']}?host={d['HOST']}&port={d['PORT']}"
    miljoe = os.environ | {
        "DATABASE_URL": adresse,
        "SAKSGANG_UTVIKLING": "ja",
        "SAKSGANG_LAGER": str(settings.SAKSGANG_LAGER),
        "DJANGO_SETTINGS_MODULE": "saksgang.config.settings",
    }
    logg = mappe / "tjener.log"
    kommando = (
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(prosesser), "--blocking-threads", "2"]
        + ["--host", "127.0.0.1", "--port", str(port), "--no-access-log", "--log-level", "warning"]
        + ["saksgang.config.wsgi:application"]
    )

    def svarer():
        assert prosess.poll() is None, logg.read_text()
        with contextlib.suppress(OSError, http.client.HTTPException):
            return _hent(port, reverse("account_login")) == 200
        return False

    with logg.open("wb") as ut, subprocess.Popen(kommando, env=miljoe, stdout=ut, stderr=subprocess.STDOUT) as prosess:
        try:
            _vent(svarer, "the server does not answer")
            yield prosess.pid, port
        finally:
            prosess.terminate()
            prosess.wait(20)


@pytest.fixture
def tjener(kommune_a, tmp_path):
    """One server with one process."""
    with granian(tmp_path) as tjeneren:
        yield tjeneren


def _hent(port, vei, **hode):
    forbindelse = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    forbindelse.request("GET", vei, headers=hode)
    status = forbindelse.getresponse().status
    forbindelse.close()
    return status


@pytest.fixture
def hode(kommune_a, klokka):
    """The headers of a session that is valid now, since the server has its own clock."""
    klokka.move_to(dt.datetime.fromtimestamp(escape_hatch.time.time(), dt.UTC))
    klient = Client()
    klient.force_login(kommune_a["sb.kari"])
    return {
        "Cookie": f"sessionid={klient.cookies['sessionid'].value}; csrftoken={'a' * 32}",
        "X-CSRFToken": "a" * 32,
        "Accept": "application/json",
        "Content-Type": f"multipart/form-data; boundary={GRENSE}",
    }


def _start(port, jp, hode, mengde):
    """Begin an upload of so many MB of text; return the connection and the pieces that follow."""
    foran = f'--{GRENSE}\r\nContent-Disposition: form-data; name="fil"; filename="stor.txt"\r\n\r\n'.encode()
    etter = f"\r\n--{GRENSE}--\r\n".encode()
    bit = (b"Saksgang " * (MB // 9 + 1))[:MB]
    forbindelse = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    forbindelse.putrequest("POST", f"/journalposter/{jp.pk}/dokumenter/")
    for navn, verdi in hode.items():
        forbindelse.putheader(navn, verdi)
    forbindelse.putheader("Content-Length", str(len(foran) + mengde * MB + len(etter)))
    forbindelse.endheaders()
    return forbindelse, [foran, *[bit] * mengde, etter]


def _kladd():
    return [f for f in Path(settings.SAKSGANG_LAGER).rglob("*") if f.is_file() and "kladd" in f.parts]


@pytest.mark.krav("R-4.6")
def test_200_mb_upload_takes_less_than_50_mb_of_memory(kommune_a, tjener, hode):
    pid, port = tjener
    jp = kommune_a.jp(101, 4)
    assert _hent(port, f"/journalposter/{jp.pk}/dokumenter/", **hode) == 200
    foer = topp = _minne(pid)
    forbindelse, biter = _start(port, jp, hode, 200)
    with contextlib.closing(forbindelse):
        for nr, bit in enumerate(biter):
            forbindelse.send(bit)
            if nr % 5 == 0:
                topp = max(topp, _minne(pid))
        svar = forbindelse.getresponse()
        topp = max(topp, _minne(pid))
        assert (svar.status, svar.read()) == (201, b'{"antall": 1}')
    assert (topp - foer) // MB < 50
    dokument = Dokument.objects.get(journalpost=jp)
    fil = dokument.versjoner.get().fil
    assert (fil.stoerrelse, _kladd()) == (200 * MB, [])


def test_broken_upload_leaves_nothing(kommune_a, tjener, hode):
    _, port = tjener
    jp = kommune_a.jp(101, 4)
    filer, paa_disk = Fil.objects.count(), sorted(lager().alle())
    forbindelse, biter = _start(port, jp, hode, 50)
    for bit in biter[:20]:
        forbindelse.send(bit)
    _vent(lambda: _kladd() != [], "nothing came")
    forbindelse.sock.shutdown(socket.SHUT_RDWR)
    forbindelse.close()
    _vent(lambda: _kladd() == [], "half a file is left")
    assert (Fil.objects.count(), sorted(lager().alle())) == (filer, paa_disk)
    assert Dokument.objects.filter(journalpost=jp).count() == 0
