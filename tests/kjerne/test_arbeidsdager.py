import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksgang.kjerne.arbeidsdager import (
    arbeidsdager_mellom,
    er_arbeidsdag,
    foerste_arbeidsdag_i_maaned,
    legg_til_arbeidsdager,
)

DATOER = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))


@pytest.mark.krav("R-9.2.1.3d")
@pytest.mark.parametrize(
    ("satt", "frist"),
    [
        (dt.date(2026, 4, 1), dt.date(2026, 4, 9)),
        (dt.date(2026, 3, 6), dt.date(2026, 3, 11)),
        (dt.date(2026, 3, 2), dt.date(2026, 3, 5)),
        (dt.date(2026, 3, 7), dt.date(2026, 3, 11)),
        (dt.date(2026, 12, 23), dt.date(2026, 12, 29)),
        (dt.date(2026, 12, 30), dt.date(2027, 1, 5)),
    ],
    ids=["easter", "weekend", "plain week", "set on a saturday", "christmas", "new year"],
)
def test_legg_til_arbeidsdager_gives_the_deadline_of_xx(satt, frist):
    assert legg_til_arbeidsdager(satt, 3) == frist


@pytest.mark.krav("R-7.1.1.e")
def test_legg_til_arbeidsdager_gives_the_day_of_publication():
    assert legg_til_arbeidsdager(dt.date(2026, 3, 6), 2) == dt.date(2026, 3, 10)
    assert legg_til_arbeidsdager(dt.date(2026, 3, 6), 0) == dt.date(2026, 3, 6)


def test_legg_til_arbeidsdager_counts_back():
    assert legg_til_arbeidsdager(dt.date(2026, 4, 9), -3) == dt.date(2026, 4, 1)


def test_legg_til_arbeidsdager_skips_local_closed_days():
    lukket = {dt.date(2026, 12, 24), dt.date(2026, 12, 31)}
    assert legg_til_arbeidsdager(dt.date(2026, 12, 23), 1) == dt.date(2026, 12, 24)
    assert legg_til_arbeidsdager(dt.date(2026, 12, 23), 1, lukket) == dt.date(2026, 12, 28)


def test_er_arbeidsdag_knows_the_public_holidays_of_2026():
    vanlige = [dt.date(2026, 1, 1) + dt.timedelta(n) for n in range(365)]
    ukedager_fri = [d for d in vanlige if d.weekday() < 5 and not er_arbeidsdag(d)]
    assert ukedager_fri == [
        dt.date(2026, 1, 1),
        dt.date(2026, 4, 2),
        dt.date(2026, 4, 3),
        dt.date(2026, 4, 6),
        dt.date(2026, 5, 1),
        dt.date(2026, 5, 14),
        dt.date(2026, 5, 25),
        dt.date(2026, 12, 25),
    ]
    assert not er_arbeidsdag(dt.date(2026, 3, 7))


def test_foerste_arbeidsdag_i_maaned_skips_holidays_and_weekends():
    assert foerste_arbeidsdag_i_maaned(2026, 1) == dt.date(2026, 1, 2)
    assert foerste_arbeidsdag_i_maaned(2026, 3) == dt.date(2026, 3, 2)
    assert foerste_arbeidsdag_i_maaned(2026, 5) == dt.date(2026, 5, 4)


@given(DATOER, st.integers(0, 60))
def test_arbeidsdager_mellom_undoes_legg_til_arbeidsdager(dato, antall):
    frist = legg_til_arbeidsdager(dato, antall)
    assert arbeidsdager_mellom(dato, frist) == antall
    assert arbeidsdager_mellom(frist, dato) == -antall
    assert antall == 0 or er_arbeidsdag(frist)
