"""The house stands: settings refuse what they do not know, the database is whole, the doors are shut."""

import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from saksgang.config.miljoe import Miljoe, database

ROT = Path(__file__).resolve().parent.parent
DRIFT = {
    "SAKSGANG_HEMMELIG_NOEKKEL": "e7Jt0vR5wQ1zXn9kLb3mYc8dHf2sGa6pUo4iTrEqWjKlMnBvCxZ1a2s3",
    "SAKSGANG_LAGER": "lager",
    "SAKSGANG_VERTER": "saksgang.example",
}


def _manage(*kommando: str, **variabler: str) -> subprocess.CompletedProcess[str]:
    rene = {navn: verdi for navn, verdi in os.environ.items() if not navn.startswith("SAKSGANG_")}
    return subprocess.run(
        [sys.executable, "manage.py", *kommando],
        cwd=ROT,
        env=rene | variabler,
        capture_output=True,
        text=True,
        check=False,
    )


# --- The environment --------------------------------------------------------------------------------------------------


def test_miljoe_refuses_a_misspelt_variable():
    miljoe = Miljoe({"SAKSGANG_KOMUNE": "Fjordvik", "SAKSGANG_KOMMUNE": "Fjordvik", "HOME": "/"})
    assert miljoe.tekst("SAKSGANG_KOMMUNE") == "Fjordvik"
    with pytest.raises(ImproperlyConfigured, match=r"^Ukjente innstillinger: SAKSGANG_KOMUNE\.$"):
        miljoe.ferdig()


def test_miljoe_reads_a_secret_from_its_file(tmp_path):
    (tmp_path / "noekkel").write_text("hemmelig\n", encoding="utf-8")
    variabler = {"SAKSGANG_HEMMELIG_NOEKKEL_FILE": str(tmp_path / "noekkel")}
    miljoe = Miljoe(variabler)
    assert miljoe.tekst("SAKSGANG_HEMMELIG_NOEKKEL") == "hemmelig"
    miljoe.ferdig()
    with pytest.raises(ImproperlyConfigured, match="Behold én"):
        Miljoe(variabler | {"SAKSGANG_HEMMELIG_NOEKKEL": "annen"}).tekst("SAKSGANG_HEMMELIG_NOEKKEL")
    with pytest.raises(ImproperlyConfigured, match="kan ikke leses"):
        Miljoe({"A_FILE": str(tmp_path / "borte")}).tekst("A")


def test_miljoe_reads_dates_and_refuses_what_is_none():
    assert Miljoe({"A": "2026-12-24, 2026-12-31"}).dager("A") == {dt.date(2026, 12, 24), dt.date(2026, 12, 31)}
    assert Miljoe({}).dager("A") == set()
    with pytest.raises(ImproperlyConfigured, match="datoer som 2026-12-24"):
        Miljoe({"A": "24.12.2026"}).dager("A")


@pytest.mark.parametrize(
    ("verdi", "les"),
    [
        ("kanskje", lambda m: m.bryter("A", True)),
        ("", lambda m: m.bryter("A", True)),
        ("tre", lambda m: m.heltall("A", 3)),
        ("-1", lambda m: m.heltall("A", 3)),
        ("0", lambda m: m.heltall("A", 3, minst=1)),
    ],
)
def test_miljoe_refuses_an_invalid_value(verdi, les):
    with pytest.raises(ImproperlyConfigured, match="^A skal være"):
        les(Miljoe({"A": verdi}))


def test_miljoe_falls_back_to_the_default_and_refuses_without_one():
    miljoe = Miljoe({})
    assert (miljoe.bryter("A", True), miljoe.heltall("B", 3), miljoe.liste("C", "x, y")) == (True, 3, ["x", "y"])
    with pytest.raises(ImproperlyConfigured, match="D .* må være satt"):
        miljoe.tekst("D")


def test_database_reads_address_and_socket():
    url = database("postgresql://per:p%40ss@db.example:5433/arkiv?sslmode=require")
    assert [url[n] for n in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "arkiv",
        "per",
        "p@ss",
        "db.example",
        "5433",
    ]
    assert url["OPTIONS"]["sslmode"] == "require"
    assert database("postgresql://per@/arkiv?host=%2Fvar%2Frun")["HOST"] == "/var/run"


@pytest.mark.parametrize("url", ["sqlite:///db.sqlite3", "mysql://a@b/c", "postgresql://per@vert", ""])
def test_database_refuses_other_than_postgresql(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL skal ha formen"):
        database(url)


def test_check_deploy_is_clean_with_a_production_environment():
    svar = _manage("check", "--deploy", "--fail-level", "INFO", **DRIFT)
    assert (svar.returncode, svar.stdout.strip()) == (
        0,
        "System check identified no issues (1 silenced).",
    ), svar.stderr


@pytest.mark.parametrize("mangler", sorted(DRIFT))
def test_start_refused_without_what_production_needs(mangler):
    svar = _manage("check", "--deploy", "--fail-level", "WARNING", **{n: v for n, v in DRIFT.items() if n != mangler})
    assert svar.returncode == 1
    assert mangler in svar.stderr or "ALLOWED_HOSTS" in svar.stderr


def test_start_refused_with_an_unknown_setting():
    svar = _manage("check", **DRIFT, SAKSGANG_FORTROLIG="nei")
    assert svar.returncode == 1
    assert "Ukjente innstillinger: SAKSGANG_FORTROLIG." in svar.stderr


def test_every_setting_is_in_the_manual():
    kode = (ROT / "src/saksgang/config/settings.py").read_text(encoding="utf-8")
    manual = (ROT / "docs/drift.md").read_text(encoding="utf-8")
    lest = set(re.findall(r'miljoe\.\w+\("(\w+)"', kode))
    assert lest == set(re.findall(r"`(SAKSGANG_\w+|DATABASE_URL)`", "".join(re.findall(r"^\|[^|]*\|", manual, re.M))))


# --- The database -----------------------------------------------------------------------------------------------------


@pytest.mark.database
def test_database_is_utf8_knows_norwegian_and_is_tuned(db):
    with connection.cursor() as spoer:
        spoer.execute("SELECT getdatabaseencoding(), current_setting('jit'), current_setting('random_page_cost')")
        assert spoer.fetchone() == ("UTF8", "off", "1.1")
        spoer.execute("SELECT to_tsvector('norwegian', 'vedtakene') @@ to_tsquery('norwegian', 'vedtak')")
        assert spoer.fetchone() == (True,)


@pytest.mark.database
@pytest.mark.parametrize("runde", [1, 2])
def test_a_committed_row_is_gone_in_the_next_test(transactional_db, runde):
    assert cache.get("spor") is None
    cache.set("spor", runde)
    assert cache.get("spor") == runde


@pytest.mark.database
def test_migrated_rows_survive_a_test_that_commits(transactional_db):
    with connection.cursor() as spoer:
        spoer.execute("SELECT count(*) > 0 FROM django_migrations")
        assert spoer.fetchone() == (True,)


# --- The doors --------------------------------------------------------------------------------------------------------


def test_login_page_carries_a_strict_policy(client, db):
    svar = client.get("/konto/login/")
    assert svar.status_code == 200
    regler = dict(del_.strip().split(" ", 1) for del_ in svar["Content-Security-Policy"].split(";"))
    assert regler == {
        "default-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
        "frame-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'self'",
    }
    assert (svar["X-Frame-Options"], svar["X-Content-Type-Options"]) == ("SAMEORIGIN", "nosniff")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", svar.content.decode())
