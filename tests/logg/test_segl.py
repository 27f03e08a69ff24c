import datetime as dt
import io
import threading
import uuid
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from saksgang.logg.commands import forsegl_logg
from saksgang.logg.models import Hendelse, Segl, SegletHendelse
from saksgang.logg.queries import Brudd, Funn, siste_segl, verifiser_logg

pytestmark = [pytest.mark.database, pytest.mark.krav("R-C.4")]
TABELLER = ["logg_hendelse", "logg_segl", "logg_seglethendelse"]


def hendelser(antall):
    """Commit a number of events, each as an act of its own, and return their numbers."""
    return [
        Hendelse.objects.create(
            akt=uuid.uuid4(),
            tidspunkt=dt.datetime(2026, 3, 2, 9, n % 60, tzinfo=dt.UTC),
            handling="sak.opprette",
            objekt_type="sak",
            objekt_id=n,
            sak_id=n,
            endringer={"tittel": [None, f"Søknad {n}"]},
        ).nummer
        for n in range(1, antall + 1)
    ]


@contextmanager
def uten_vern():
    """Do what only the owner of the database can do: take the triggers and the foreign keys away."""
    with connection.cursor() as markoer:
        for tabell in TABELLER:
            markoer.execute(f"ALTER TABLE {tabell} DISABLE TRIGGER ALL")
        yield markoer
        for tabell in TABELLER:
            markoer.execute(f"ALTER TABLE {tabell} ENABLE TRIGGER ALL")


@pytest.fixture
def to_segl(transactional_db):
    """Return the numbers of two sealed batches of four events each."""
    foerste = hendelser(4)
    forsegl_logg()
    andre = hendelser(4)
    forsegl_logg()
    assert verifiser_logg() == []
    return foerste, andre


@pytest.mark.django_db(transaction=True)
def test_forsegl_logg_seals_each_event_once_and_chains_the_seals():
    assert forsegl_logg() == 0
    foerste = hendelser(3)
    assert forsegl_logg() == 3
    assert forsegl_logg() == 0
    andre = hendelser(2)
    assert forsegl_logg() == 2
    ett, to = Segl.objects.order_by("nummer")
    assert (ett.antall, ett.forrige, to.antall, to.forrige) == (3, "0" * 64, 2, ett.hash)
    assert list(SegletHendelse.objects.order_by("pk").values_list("pk", "segl_id")) == [
        *((nummer, ett.pk) for nummer in foerste),
        *((nummer, to.pk) for nummer in andre),
    ]
    assert siste_segl() == to
    assert verifiser_logg([ett.hash, to.hash]) == []


@pytest.mark.django_db(transaction=True)
def test_forsegl_logg_seals_in_batches(monkeypatch):
    monkeypatch.setattr("saksgang.logg.commands.segl.I_ETT_SEGL", 4)
    hendelser(10)
    assert forsegl_logg() == 10
    assert list(Segl.objects.order_by("nummer").values_list("antall", flat=True)) == [4, 4, 2]
    assert verifiser_logg() == []


@pytest.mark.django_db(transaction=True)
def test_forsegl_logg_seals_a_late_commit_afterwards_and_never_waits_for_it():
    skrevet, slipp = threading.Event(), threading.Event()
    sent = []

    def treg_akt():
        with transaction.atomic():
            sent.extend(hendelser(1))
            skrevet.set()
            slipp.wait(30)
        connection.close()

    traad = threading.Thread(target=treg_akt)
    traad.start()
    assert skrevet.wait(30)
    raske = hendelser(2)
    assert sent[0] < raske[0]
    assert forsegl_logg() == 2
    assert verifiser_logg() == []
    slipp.set()
    traad.join(30)
    assert forsegl_logg() == 1
    assert list(SegletHendelse.objects.order_by("segl_id", "pk").values_list("pk", flat=True)) == [*raske, *sent]
    assert verifiser_logg() == []


def reserver():
    """Take a number from the log as an act does that is slow to commit."""
    with connection.cursor() as markoer:
        markoer.execute("SELECT nextval(pg_get_serial_sequence('logg_hendelse', 'nummer'))")
        return markoer.fetchone()[0]


def hendelse(**felter):
    return Hendelse.objects.create(
        akt=uuid.uuid4(),
        tidspunkt=dt.datetime(2026, 3, 2, tzinfo=dt.UTC),
        handling="sak.opprette",
        objekt_type="sak",
        objekt_id=1,
        **felter,
    )


@pytest.mark.django_db(transaction=True)
def test_forsegl_logg_seals_a_lower_number_in_a_later_seal():
    lavt = reserver()
    raske = hendelser(2)
    assert forsegl_logg() == 2
    hendelse(nummer=lavt)
    assert lavt < raske[0]
    assert forsegl_logg() == 1
    assert [s.antall for s in Segl.objects.order_by("nummer")] == [2, 1]
    assert verifiser_logg() == []


@pytest.mark.django_db(transaction=True)
def test_forsegl_logg_looks_at_the_whole_log_in_the_first_run_of_a_day(monkeypatch, time_machine):
    monkeypatch.setattr("saksgang.logg.commands.segl.TILBAKE", 0)
    time_machine.move_to("2026-03-02T09:00:00+01:00")
    lavt = reserver()
    hendelser(2)
    assert forsegl_logg() == 2
    hendelse(nummer=lavt)
    assert forsegl_logg() == 0
    time_machine.move_to("2026-03-03T09:00:00+01:00")
    assert forsegl_logg() == 1
    assert verifiser_logg() == []


@pytest.mark.django_db(transaction=True)
def test_forsegl_logg_seals_events_restored_from_another_cluster():
    hendelse(xid=2**60)
    assert forsegl_logg() == 1
    assert verifiser_logg() == []


@pytest.mark.django_db(transaction=True)
def test_forsegl_logg_by_two_workers_makes_one_chain():
    hendelser(20)
    antall, start = [], threading.Barrier(2)

    def arbeider():
        start.wait(30)
        antall.append(forsegl_logg())
        connection.close()

    traader = [threading.Thread(target=arbeider) for _ in range(2)]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join(30)
    assert sorted(antall) == [0, 20]
    assert verifiser_logg() == []


@pytest.mark.parametrize("setning", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("tabell", TABELLER)
@pytest.mark.django_db(transaction=True)
def test_database_refuses_to_change_the_log(tabell, setning):
    hendelser(1)
    forsegl_logg()
    kolonne = {"logg_hendelse": "handling", "logg_segl": "hash", "logg_seglethendelse": "hash"}[tabell]
    with (
        pytest.raises(IntegrityError, match=r"Loggen endres aldri: (UPDATE|DELETE|TRUNCATE) på logg_\w+ er avvist"),
        transaction.atomic(),
        connection.cursor() as markoer,
    ):
        markoer.execute("SET session_replication_role = replica")
        markoer.execute(setning.format(tabell, kolonne, kolonne))
    assert (Hendelse.objects.count(), Segl.objects.count(), SegletHendelse.objects.count()) == (1, 1, 1)
    assert verifiser_logg() == []


def test_verifiser_logg_finds_a_changed_event(to_segl):
    _, andre = to_segl
    with uten_vern() as markoer:
        markoer.execute(
            """UPDATE logg_hendelse SET endringer = '{"tittel": [null, "Klage"]}' WHERE nummer = %s""", [andre[1]]
        )
    assert verifiser_logg() == [
        Funn(Brudd.ENDRET, 2, (andre[1],), f"Hendelse {andre[1]} er endret etter segl 2."),
    ]


@pytest.mark.parametrize(
    ("felt", "verdi"),
    [
        ("akt", "gen_random_uuid()"),
        ("tidspunkt", "tidspunkt - interval '1 day'"),
        ("handling", "'sak.lese'"),
        ("objekt_type", "'mappe'"),
        ("objekt_id", "99"),
        ("sak_id", "NULL"),
        ("journalpost_id", "5"),
        ("lesing", "true"),
        ("endringer", "'{}'"),
        ("detaljer", """'{"a": 1}'"""),
        ("xid", "xid - 1"),
    ],
)
def test_verifiser_logg_finds_a_change_in_every_field(to_segl, felt, verdi):
    foerste, _ = to_segl
    with uten_vern() as markoer:
        markoer.execute(f"UPDATE logg_hendelse SET {felt} = {verdi} WHERE nummer = %s", [foerste[0]])
    assert [(f.art, f.segl, f.hendelser) for f in verifiser_logg()] == [(Brudd.ENDRET, 1, (foerste[0],))]


def test_verifiser_logg_finds_a_removed_event(to_segl):
    foerste, _ = to_segl
    with uten_vern() as markoer:
        markoer.execute("DELETE FROM logg_hendelse WHERE nummer = %s", [foerste[2]])
    assert verifiser_logg() == [
        Funn(Brudd.FJERNET, 1, (foerste[2],), f"Hendelse {foerste[2]} er fjernet etter segl 1."),
    ]


def test_verifiser_logg_finds_an_event_removed_together_with_its_digest(to_segl):
    foerste, _ = to_segl
    with uten_vern() as markoer:
        markoer.execute("DELETE FROM logg_seglethendelse WHERE hendelse_id = %s", [foerste[3]])
        markoer.execute("DELETE FROM logg_hendelse WHERE nummer = %s", [foerste[3]])
    assert verifiser_logg() == [
        Funn(
            Brudd.FJERNET,
            1,
            (foerste[3],),
            f"1 av 4 hendelser er fjernet fra segl 1: trolig hendelse {foerste[3]}.",
        ),
    ]


def test_verifiser_logg_finds_an_added_event(to_segl):
    nummer = hendelser(1)[0]
    with uten_vern() as markoer:
        markoer.execute("INSERT INTO logg_seglethendelse VALUES (%s, %s, 1)", [nummer, "f" * 64])
    assert {(f.art, f.segl, f.hendelser) for f in verifiser_logg()} == {
        (Brudd.LAGT_TIL, 1, (nummer,)),
        (Brudd.ENDRET, 1, (nummer,)),
    }


def test_verifiser_logg_finds_reordered_events(to_segl):
    foerste, _ = to_segl
    a, b = foerste[0], foerste[2]
    with uten_vern() as markoer:
        for fra, til in ((a, -1), (b, a), (-1, b)):
            markoer.execute("UPDATE logg_hendelse SET nummer = %s WHERE nummer = %s", [til, fra])
    assert verifiser_logg() == [
        Funn(Brudd.OMORDNET, 1, (a, b), f"Hendelse {a} og {b} har byttet plass etter segl 1."),
    ]


def test_verifiser_logg_finds_an_event_changed_together_with_its_digest(to_segl):
    foerste, _ = to_segl
    with uten_vern() as markoer:
        markoer.execute("UPDATE logg_hendelse SET handling = 'sak.lese' WHERE nummer = %s", [foerste[0]])
        markoer.execute("UPDATE logg_seglethendelse SET hash = %s WHERE hendelse_id = %s", ["a" * 64, foerste[0]])
    assert {(f.art, f.segl, f.hendelser) for f in verifiser_logg()} == {
        (Brudd.ENDRET, 1, (foerste[0],)),
        (Brudd.ENDRET, 1, tuple(foerste)),
    }


def test_verifiser_logg_finds_a_removed_seal(to_segl):
    foerste, _ = to_segl
    with uten_vern() as markoer:
        markoer.execute("DELETE FROM logg_segl WHERE nummer = 1")
    assert [(f.art, f.segl, f.hendelser) for f in verifiser_logg()] == [
        (Brudd.KJEDE, 2, ()),
        (Brudd.KJEDE, 1, tuple(foerste)),
    ]


def test_verifiser_logg_finds_a_rewritten_seal(to_segl):
    with uten_vern() as markoer:
        markoer.execute("UPDATE logg_segl SET hash = %s WHERE nummer = 1", ["b" * 64])
    assert [(f.art, f.segl) for f in verifiser_logg()] == [(Brudd.ENDRET, 1), (Brudd.KJEDE, 2)]


def test_verifiser_logg_finds_a_cut_off_end_by_its_published_hash(to_segl):
    kunngjort = siste_segl().hash
    with uten_vern() as markoer:
        markoer.execute("DELETE FROM logg_seglethendelse WHERE segl_id = 2")
        markoer.execute("DELETE FROM logg_segl WHERE nummer = 2")
    assert verifiser_logg() == []
    assert [f.art for f in verifiser_logg([kunngjort])] == [Brudd.KJEDE]


def test_verifiser_logg_command_reports_and_leaves_with_1(to_segl):
    foerste, _ = to_segl
    ut = io.StringIO()
    call_command("verifiser_logg", stdout=ut)
    assert ut.getvalue() == f"Loggen er hel til og med segl 2 ({siste_segl().hash}).\n"
    with uten_vern() as markoer:
        markoer.execute("UPDATE logg_hendelse SET objekt_id = 5 WHERE nummer = %s", [foerste[0]])
    ut, feil = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as avslutning:
        call_command("verifiser_logg", stdout=ut, stderr=feil)
    assert avslutning.value.code == 1
    assert ut.getvalue() == f"endret: Hendelse {foerste[0]} er endret etter segl 1.\n"
    assert feil.getvalue() == "Loggen er brutt: 1 funn.\n"
