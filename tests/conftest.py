"""The test database: one migrated template, copied for each worker and again after each test that commits."""

import hashlib
import os
import sys
from pathlib import Path

import django
import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase
from psycopg import sql

from saksgang.config.postgres import Tjener, i_hjulet, paa_maskinen

ROT = Path(__file__).resolve().parent.parent
LAASENUMMER = 5_241_000
TIENDEDEL = 10


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fullt", action="store_true", help="heavy proofs at full size instead of a tenth")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Give Django its environment before pytest-django starts it. Workers inherit it from the first process."""
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = Tjener(
            ROT / ".saksgang" / "test", i_hjulet(ROT / ".venv") or paa_maskinen(), proeve=True
        ).start()
    os.environ["DJANGO_SETTINGS_MODULE"] = "saksgang.config.settings"
    os.environ["SAKSGANG_UTVIKLING"] = "ja"
    django.setup()
    if (ROT / "tests" / "bygg.py").exists():
        config.pluginmanager.import_plugin("tests.bygg")
        config.pluginmanager.import_plugin("tests.nettleser")
        config.pluginmanager.import_plugin("tests.smtp")
        config.pluginmanager.import_plugin("tests.webdav")


@pytest.fixture(autouse=True)
def _egne_innstillinger(settings, tmp_path):
    """Give each test a file store of its own, and passwords that are cheap to check."""
    settings.SAKSGANG_LAGER = tmp_path / "lager"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # A rolled-back test gives its ids back, which no real database does.
    sys.modules["saksgang.tilgang.queries.rettigheter"]._lagret.clear()


@pytest.fixture(scope="session")
def omfang(request):
    """Return how many rounds a heavy proof takes: all of them with --fullt, else a tenth."""
    return lambda fullt: fullt if request.config.getoption("--fullt") else max(1, fullt // TIENDEDEL)


def _avtrykk() -> str:
    """Identify the schema: everything that decides what `migrate` makes."""
    kilder = {ROT / "requirements.lock", ROT / "src/saksgang/config/settings.py"}
    for moenster in ("migrations/*.py", "models*", "models/*.py", "rules*", "rules/*.py"):
        kilder |= set((ROT / "src/saksgang").glob(f"*/{moenster}"))
    sum_ = hashlib.sha256()
    for kilde in sorted(k for k in kilder if k.is_file()):
        sum_.update(str(kilde.relative_to(ROT)).encode() + b"\0" + kilde.read_bytes())
    return sum_.hexdigest()[:12]


def _slett(admin: psycopg.Connection, navn: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(navn)))


def _kopier(admin: psycopg.Connection, mal: str, navn: str) -> None:
    _slett(admin, navn)
    admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(navn), sql.Identifier(mal)))


def _lever(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _rydd(admin: psycopg.Connection, mal: str) -> None:
    """Drop copies whose process is gone, and templates that no copy comes from."""
    baser = [rad[0] for rad in admin.execute("SELECT datname FROM pg_database WHERE datname ~ '^(kopi|mal)_'")]
    doede = {b for b in baser if b.startswith("kopi_") and os.name != "nt" and not _lever(int(b.split("_")[2]))}
    i_bruk = {mal} | {f"mal_{b.split('_')[1]}" for b in set(baser) - doede if b.startswith("kopi_")}
    for base in doede | {b for b in baser if b.startswith("mal_") and b not in i_bruk}:
        _slett(admin, base)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """Connect to this process's own copy of the migrated template, which the first process makes."""
    avtrykk = _avtrykk()
    mal, kopi, halvferdig = f"mal_{avtrykk}", f"kopi_{avtrykk}_{os.getpid()}", f"mal_{avtrykk}_lages"
    with (
        psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin,
        pytest.MonkeyPatch.context() as bytt,
    ):
        admin.execute("SELECT pg_advisory_lock(%s)", [LAASENUMMER])
        _rydd(admin, mal)
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [mal]).fetchone():
            _slett(admin, halvferdig)
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(halvferdig)))
            _bruk(halvferdig)
            with django_db_blocker.unblock():
                try:
                    call_command("migrate", interactive=False, verbosity=0, run_syncdb=True)
                    call_command("createcachetable")
                finally:
                    connections.close_all()
            admin.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(halvferdig), sql.Identifier(mal))
            )
        _kopier(admin, mal, kopi)
        admin.execute("SELECT pg_advisory_unlock(%s)", [LAASENUMMER])
        _bruk(kopi)

        def ny_kopi(_test: TransactionTestCase) -> None:
            connections.close_all()
            _kopier(admin, mal, kopi)

        # Django would empty the tables: slower, it loses what migrations seeded, and the log refuses to be emptied.
        bytt.setattr(TransactionTestCase, "_fixture_teardown", ny_kopi)
        yield
        connections.close_all()
        _slett(admin, kopi)


def _bruk(navn: str) -> None:
    connections.close_all()
    connection.settings_dict["NAME"] = navn
