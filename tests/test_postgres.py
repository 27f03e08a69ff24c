"""The launcher of the embedded PostgreSQL, run for real in a folder of its own."""

import os
import re
import tempfile
import threading
from pathlib import Path

import psycopg
import pytest

from saksgang.config.postgres import Programmer, Tjener, Tjenerfeil, i_hjulet, paa_maskinen

VENV = Path(__file__).resolve().parent.parent / ".venv"
KILDER = {"hjulet": i_hjulet(VENV), "maskinen": paa_maskinen()}


@pytest.fixture(params=[navn for navn, programmer in KILDER.items() if programmer])
def programmer(request):
    return KILDER[request.param]


@pytest.fixture
def aapen_mappe():
    """A folder that the server's user may enter, as a checkout usually is; pytest's own are closed."""
    with tempfile.TemporaryDirectory() as mappe:
        os.chmod(mappe, 0o711)
        yield Path(mappe)


@pytest.fixture
def tjener(aapen_mappe, programmer):
    tjener = Tjener(aapen_mappe / "db", programmer, proeve=True)
    yield tjener
    tjener.slett()


def _spoer(url: str, sporring: str):
    with psycopg.connect(url, autocommit=True) as base:
        return base.execute(sporring).fetchone()


def test_start_gives_an_utf8_database_with_norwegian_search(tjener):
    url = tjener.start()
    assert _spoer(url, "SELECT current_database(), getdatabaseencoding()") == ("saksgang", "UTF8")
    assert _spoer(url, "SELECT to_tsvector('norwegian', 'ÆRLIGE søknader')::text") == ("'søknad':2 'ærl':1",)
    assert _spoer(url, "SELECT current_setting('random_page_cost'), current_setting('jit')") == ("1.1", "off")


def test_start_again_keeps_server_and_data(tjener):
    url = tjener.start()
    with psycopg.connect(url, autocommit=True) as base:
        base.execute("CREATE TABLE sak AS SELECT 1 AS nummer")
        assert tjener.start() == url
    assert tjener.stop() is True
    assert tjener.url_hvis_oppe() is None
    assert tjener.stop() is False
    assert _spoer(tjener.start(), "SELECT nummer FROM sak") == (1,)


def test_start_from_two_at_once_gives_one_server(tjener):
    svar = []
    traader = [threading.Thread(target=lambda: svar.append(tjener.start())) for _ in range(2)]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join()
    assert len(svar) == 2
    assert svar[0] == svar[1]


def test_server_refuses_a_wrong_password_and_listens_on_no_network(tjener):
    url = tjener.start()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(re.sub(r":\w+@", ":feil@", url))
    if os.name != "nt":
        assert _spoer(url, "SELECT current_setting('listen_addresses')") == ("",)


def test_start_works_in_a_folder_that_others_may_not_enter(tmp_path, programmer):
    tmp_path.chmod(0o700)
    tjener = Tjener(tmp_path / "db", programmer, proeve=True)
    try:
        assert _spoer(tjener.start(), "SELECT 1") == (1,)
        assert tmp_path.stat().st_mode & 0o777 == 0o700
    finally:
        tjener.slett()


def test_start_takes_a_short_socket_path_when_the_folder_is_deep(tmp_path, programmer):
    tjener = Tjener(tmp_path / ("dyp" * 40) / "db", programmer, proeve=True)
    try:
        assert _spoer(tjener.start(), "SELECT 1") == (1,)
    finally:
        tjener.slett()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no socket file to lose")
def test_start_reaches_its_server_again_when_the_socket_is_gone(tjener):
    url = tjener.start()
    with psycopg.connect(url, autocommit=True) as base:
        base.execute("CREATE TABLE sak AS SELECT 1 AS nummer")
    [sokkel] = tjener._hjem().glob(".s.PGSQL.5432")
    sokkel.unlink()
    assert tjener.url_hvis_oppe() is None
    assert _spoer(tjener.start(), "SELECT nummer FROM sak") == (1,)


def test_slett_leaves_nothing(tjener):
    tjener.start()
    tjener.slett()
    assert not tjener.mappe.exists()
    assert tjener.url_hvis_oppe() is None


def test_start_refused_without_postgresql(tmp_path):
    tjener = Tjener(tmp_path / "db", [])
    with pytest.raises(Tjenerfeil, match="Fant ikke PostgreSQL 15"):
        tjener.start()
    tjener.slett()


def test_start_refused_when_another_version_made_the_data(tjener, programmer):
    tjener.start()
    tjener.stop()
    annen = Tjener(tjener.mappe, [Programmer(999, programmer[0].bin)])
    with pytest.raises(Tjenerfeil, match=f"laget med PostgreSQL {programmer[0].versjon}"):
        annen.start()
