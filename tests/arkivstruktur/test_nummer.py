"""Numbers without gaps (krav C.9, R-4.4)."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from saksgang.arkivstruktur.commands import neste_nummer, start_nummerserie
from saksgang.arkivstruktur.models import Nummerserie
from saksgang.arkivstruktur.queries import nummerserier
from saksgang.kjerne.errors import Avvist, IkkeTilgang, UgyldigInndata
from saksgang.logg.models import Hendelse

pytest_plugins = ["tests.tilgang.kommune"]


def ta(antall, *, angre=frozenset()):
    """Take numbers in as many threads, all let go at once; those in angre undo what they did."""
    startskudd = threading.Barrier(antall)

    def en(nr):
        try:
            startskudd.wait()
            with transaction.atomic():
                nummer = neste_nummer("sak", 2026)
                if nr in angre:
                    transaction.set_rollback(True)
                    return None
                return nummer
        finally:
            connections.close_all()

    with ThreadPoolExecutor(antall) as traader:
        return [nummer for nummer in traader.map(en, range(antall)) if nummer is not None]


@pytest.mark.krav("R-4.4")
@pytest.mark.django_db(transaction=True)
def test_neste_nummer_distinct_and_consecutive_in_twenty_threads():
    assert sorted(ta(20)) == list(range(1, 21))
    assert sorted(ta(20)) == list(range(21, 41))


@pytest.mark.krav("R-4.4")
@pytest.mark.django_db(transaction=True)
def test_neste_nummer_leaves_no_gap_where_an_act_is_undone():
    assert sorted(ta(20, angre=frozenset(range(0, 20, 2)))) == list(range(1, 11))


@pytest.mark.django_db(transaction=True)
def test_neste_nummer_refused_outside_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        neste_nummer("sak", 2026)
    assert not Nummerserie.objects.exists()


@pytest.mark.django_db
def test_neste_nummer_counts_each_series_and_year_for_itself():
    tatt = [neste_nummer(*serie) for serie in [("sak", 2026), ("journal", 2026), ("sak", 2026), ("sak", 2027)]]
    assert tatt == [1, 1, 2, 1]


def test_start_nummerserie_gives_the_first_number(kommune):
    start_nummerserie("sak", 2026, 101, av=kommune.adm)
    start_nummerserie("sak", 2026, 100, av=kommune.adm)
    assert [neste_nummer("sak", 2026), neste_nummer("sak", 2026)] == [100, 101]
    assert [(s.serie, s.neste) for s in nummerserier()] == [("sak", 102)]
    assert [h.endringer for h in Hendelse.objects.filter(objekt_type="nummerserie").order_by("nummer")] == [
        {"foerste": [1, 101]},
        {"foerste": [101, 100]},
    ]


def test_start_nummerserie_refused_after_the_first_number(kommune):
    neste_nummer("sak", 2026)
    with pytest.raises(Avvist):
        start_nummerserie("sak", 2026, 101, av=kommune.adm)
    assert neste_nummer("sak", 2026) == 2


def test_start_nummerserie_refused_for_the_archive_and_with_bad_values(kommune):
    with pytest.raises(IkkeTilgang):
        start_nummerserie("sak", 2026, 101, av=kommune.kari)
    with pytest.raises(UgyldigInndata) as feil:
        start_nummerserie(" ", 26, 0, av=kommune.adm)
    assert list(feil.value.felter) == ["serie", "aar", "foerste"]
    assert not Nummerserie.objects.exists()
