"""The timetable: what is due runs, what fails is seen, and there is one worker at a time."""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from saksgang.flyt import queries
from saksgang.flyt.commands import kjoer_forfalte, registrer_jobb, tidsplan
from saksgang.flyt.commands.tidsplan import LAAS
from saksgang.flyt.models import Tidsplan
from saksgang.flyt.rules import neste_kjoering
from saksgang.logg.models import Segl

ROT = Path(__file__).resolve().parents[2]
OSLO_0900 = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def jobber(monkeypatch):
    """A timetable without jobs, on which a test puts its own."""
    egne = {}
    monkeypatch.setattr(tidsplan, "_jobber", egne)
    return egne


@pytest.mark.parametrize(
    ("naa", "klokkeslett", "ventet"),
    [
        (OSLO_0900, dt.time(3), dt.datetime(2026, 3, 3, 2, 0, tzinfo=dt.UTC)),
        (OSLO_0900, dt.time(9), dt.datetime(2026, 3, 3, 8, 0, tzinfo=dt.UTC)),
        (OSLO_0900, dt.time(10), dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)),
        (dt.datetime(2026, 3, 28, 12, tzinfo=dt.UTC), dt.time(3), dt.datetime(2026, 3, 29, 1, 0, tzinfo=dt.UTC)),
    ],
)
def test_neste_kjoering_at_a_time_of_day_follows_oslo(naa, klokkeslett, ventet):
    assert neste_kjoering(naa, hvert=None, klokkeslett=klokkeslett) == ventet


def test_neste_kjoering_after_an_interval():
    assert neste_kjoering(OSLO_0900, hvert=10, klokkeslett=None) == OSLO_0900 + dt.timedelta(seconds=10)


def test_kjoer_forfalte_runs_what_is_due_and_notes_it(db, klokka, jobber):
    kjoert = []
    registrer_jobb("ofte", lambda: kjoert.append("ofte") or 7, hvert=10)
    registrer_jobb("om natten", lambda: kjoert.append("om natten"), klokkeslett=dt.time(3))
    assert [(k.navn, k.resultat, k.feil) for k in kjoer_forfalte()] == [("ofte", "7", "")]
    klokka.shift(9)
    assert kjoer_forfalte() == []
    klokka.shift(1)
    assert [k.navn for k in kjoer_forfalte()] == ["ofte"]
    klokka.move_to(dt.datetime(2026, 3, 3, 2, 0, tzinfo=dt.UTC))
    assert [k.navn for k in kjoer_forfalte()] == ["ofte", "om natten"]
    assert kjoert == ["ofte", "ofte", "ofte", "om natten"]
    natten, ofte = sorted(queries.tidsplan(), key=lambda rad: rad.navn, reverse=True)
    assert (ofte.siste_resultat, ofte.avbrutt, ofte.siste_feil) == ("7", False, "")
    assert natten.neste == dt.datetime(2026, 3, 4, 2, 0, tzinfo=dt.UTC)
    assert not natten.er_forsinket(natten.neste + dt.timedelta(minutes=5))
    assert natten.er_forsinket(natten.neste + dt.timedelta(minutes=6))


def test_kjoer_forfalte_notes_a_failure_and_runs_the_others(db, klokka, jobber):
    utfall = iter([ValueError("ingen plass på disken"), None])

    def ustadig():
        if feil := next(utfall):
            raise feil
        return "greit"

    registrer_jobb("ustadig", ustadig, hvert=10)
    registrer_jobb("trofast", lambda: 1, hvert=10)
    assert [(k.navn, k.feil) for k in kjoer_forfalte()] == [
        ("ustadig", "ValueError: ingen plass på disken"),
        ("trofast", ""),
    ]
    assert Tidsplan.objects.get(navn="ustadig").siste_feil == "ValueError: ingen plass på disken"
    klokka.shift(10)
    assert [k.feil for k in kjoer_forfalte()] == ["", ""]
    rad = Tidsplan.objects.get(navn="ustadig")
    assert (rad.siste_feil, rad.siste_resultat) == ("", "greit")


def test_kjoer_forfalte_shows_a_run_that_was_cut_off(db, klokka, jobber):
    def drept():
        raise KeyboardInterrupt

    registrer_jobb("drept", drept, hvert=10)
    with pytest.raises(KeyboardInterrupt):
        kjoer_forfalte()
    assert Tidsplan.objects.get().avbrutt
    assert kjoer_forfalte() == []


def test_kjoer_forfalte_follows_a_changed_timetable(db, klokka, jobber):
    registrer_jobb("jobb", lambda: 1, hvert=10)
    kjoer_forfalte()
    registrer_jobb("jobb", lambda: 1, klokkeslett=dt.time(3))
    klokka.shift(10)
    assert kjoer_forfalte() == []
    rad = Tidsplan.objects.get()
    assert (rad.intervall_sekunder, rad.klokkeslett) == (None, dt.time(3))


def test_kjoer_forfalte_leaves_it_to_another_worker(db, jobber):
    registrer_jobb("jobb", lambda: 1, hvert=10)
    tatt, slipp = threading.Event(), threading.Event()

    def annen_arbeider():
        try:
            with connection.cursor() as markoer:
                markoer.execute("SELECT pg_advisory_lock(%s)", [LAAS])
                tatt.set()
                slipp.wait(30)
                # A closed connection gives its locks back only when the server notices.
                markoer.execute("SELECT pg_advisory_unlock(%s)", [LAAS])
        finally:
            connection.close()

    traad = threading.Thread(target=annen_arbeider)
    traad.start()
    try:
        assert tatt.wait(30)
        assert kjoer_forfalte() is None
        assert Tidsplan.objects.count() == 0
    finally:
        slipp.set()
        traad.join(30)
    assert [k.navn for k in kjoer_forfalte()] == ["jobb"]


@pytest.mark.parametrize("naar", [{}, {"hvert": 10, "klokkeslett": dt.time(3)}])
def test_registrer_jobb_refuses_both_and_neither(jobber, naar):
    with pytest.raises(ValueError, match="interval or a time"):
        registrer_jobb("jobb", lambda: 1, **naar)


@pytest.mark.django_db(transaction=True)
def test_arbeider_runs_the_jobs_of_the_product_once(kommune_a, capsys):
    call_command("arbeider", "--en-gang")
    linjer = capsys.readouterr().out.splitlines()
    assert [linje.split(":")[0] for linje in linjer] == [
        "forsegl logg",
        "lag varsler",
        "send varsler på e-post",
        "vekk jobbkø",
        "vekk brevfletting",
        "vekk e-postkø",
        "vekk sladding",
        "vekk partspakker",
        "vekk filkontroll",
        "vekk innsynspost",
    ]
    assert Segl.objects.count() == 1
    assert [(rad.navn, rad.intervall_sekunder, rad.klokkeslett) for rad in queries.tidsplan()] == [
        ("forsegl logg", 10, None),
        ("følg graderinger som opphører", None, dt.time(6)),
        ("lag varsler", 10, None),
        ("minn om rettigheter", None, dt.time(6)),
        ("rydd jobbkø", None, dt.time(3, 10)),
        ("rydd lager", None, dt.time(3)),
        ("rydd nøkler", None, dt.time(3, 20)),
        ("send samlede varsler", None, dt.time(7)),
        ("send varsler på e-post", 30, None),
        ("vekk brevfletting", 30, None),
        ("vekk e-postkø", 30, None),
        ("vekk filkontroll", 10, None),
        ("vekk innsynspost", 30, None),
        ("vekk jobbkø", 60, None),
        ("vekk partspakker", 60, None),
        ("vekk sladding", 60, None),
    ]


@pytest.mark.django_db(transaction=True)
def test_arbeider_once_fails_when_a_job_fails(jobber, capsys):
    def feiler():
        raise ValueError("nei")

    registrer_jobb("feiler", feiler, hvert=10)
    with pytest.raises(SystemExit, match="feiler"):
        call_command("arbeider", "--en-gang")
    assert capsys.readouterr().out == "feiler: ValueError: nei\n"


@pytest.mark.django_db(transaction=True)
def test_arbeider_stops_cleanly_when_told(tmp_path):
    tilkobling = connection.get_connection_params()
    adresse = (
        f"postgresql://{tilkobling['user']}:{tilkobling.get('password', '')}@/{connection.settings_dict['NAME']}"
        f"?host={tilkobling.get('host', '')}&port={tilkobling.get('port', '')}"
    )
    prosess = subprocess.Popen(
        [sys.executable, "manage.py", "arbeider"],
        cwd=ROT,
        env=os.environ | {"DATABASE_URL": adresse, "SAKSGANG_LAGER": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
    )
    vakt = threading.Timer(30, prosess.kill)
    vakt.start()
    try:
        linje = prosess.stderr.readline()
        while linje and "i gang" not in linje:
            linje = prosess.stderr.readline()
        prosess.send_signal(signal.SIGTERM)
        _, resten = prosess.communicate(timeout=30)
        assert (prosess.returncode, "er stoppet" in resten) == (0, True)
    finally:
        vakt.cancel()
        prosess.kill()
        prosess.wait()
