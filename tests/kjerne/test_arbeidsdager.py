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


D = dt.date.fromisoformat
JULEFRI = frozenset(map(D, ("2026-12-24", "2026-12-31")))
KALENDEREN = [
    # Easter 2024: Thursday 28 March to Monday 1 April; Wednesday is a working day.
    ("2024-03-26", 3, "2024-04-03", ()),
    ("2024-03-27", 1, "2024-04-02", ()),
    ("2024-03-28", 3, "2024-04-04", ()),
    ("2024-03-31", 3, "2024-04-04", ()),
    # Easter 2025: 17–21 April. Four days on, 1 May.
    ("2025-04-16", 3, "2025-04-24", ()),
    ("2025-04-28", 3, "2025-05-02", ()),
    ("2025-04-30", 3, "2025-05-06", ()),
    # Easter 2026: 2–6 April.
    ("2026-03-30", 3, "2026-04-07", ()),
    ("2026-04-01", 3, "2026-04-09", ()),
    ("2026-04-06", 3, "2026-04-09", ()),
    # Easter 2027: 25–29 March.
    ("2027-03-24", 3, "2027-04-01", ()),
    # 2028: Easter 13–17 April.
    ("2028-04-12", 3, "2028-04-20", ()),
    # 1 May 2026 is a Friday, 2027 a Saturday, 2028 a Monday.
    ("2026-04-29", 3, "2026-05-05", ()),
    ("2027-04-30", 3, "2027-05-05", ()),
    ("2028-04-28", 3, "2028-05-04", ()),
    # 17 May 2024 is a Friday and Whit Monday the one after; in 2026 a Sunday, in 2027 Whit Monday too.
    ("2024-05-16", 1, "2024-05-21", ()),
    ("2024-05-15", 3, "2024-05-22", ()),
    ("2026-05-15", 3, "2026-05-20", ()),
    ("2027-05-14", 1, "2027-05-18", ()),
    ("2028-05-16", 3, "2028-05-22", ()),
    # Ascension: 9 May 2024, 29 May 2025, 14 May 2026, 6 May 2027. The Friday after is a working day.
    ("2024-05-08", 1, "2024-05-10", ()),
    ("2025-05-27", 3, "2025-06-02", ()),
    ("2026-05-13", 3, "2026-05-19", ()),
    ("2027-05-05", 3, "2027-05-11", ()),
    # Whit Monday: 25 May 2026.
    ("2026-05-22", 3, "2026-05-28", ()),
    # Christmas and the end of the year. 24 and 31 December are working days unless the municipality is closed.
    ("2024-12-23", 3, "2024-12-30", ()),
    ("2025-12-23", 3, "2025-12-30", ()),
    ("2026-12-23", 3, "2026-12-29", ()),
    ("2026-12-23", 3, "2026-12-30", JULEFRI),
    ("2026-12-24", 3, "2026-12-30", JULEFRI),
    ("2026-12-29", 3, "2027-01-04", ()),
    ("2026-12-29", 3, "2027-01-05", JULEFRI),
    ("2027-12-30", 3, "2028-01-04", ()),
    ("2028-12-29", 3, "2029-01-04", ()),
    # A plain week, a week-end, leap days, and no days at all.
    ("2024-02-28", 3, "2024-03-04", ()),
    ("2028-02-28", 1, "2028-02-29", ()),
    ("2026-03-02", 3, "2026-03-05", ()),
    ("2026-03-06", 3, "2026-03-11", ()),
    ("2026-03-08", 3, "2026-03-11", ()),
    ("2026-04-03", 0, "2026-04-03", ()),
    # A closed day on a week-end or a holiday takes nothing more away.
    ("2026-04-01", 3, "2026-04-09", (D("2026-04-04"), D("2026-04-06"))),
]
"""From, working days, to, closed days: counted by hand on the calendar."""


@pytest.mark.krav("R-9.2.1.3d", "A-07")
@pytest.mark.parametrize(("fra", "antall", "til", "lukket"), KALENDEREN)
def test_working_days_are_those_of_the_calendar(fra, antall, til, lukket):
    lukket = frozenset(lukket)
    assert legg_til_arbeidsdager(D(fra), antall, lukket) == D(til)
    assert arbeidsdager_mellom(D(fra), D(til), lukket) == antall
    if antall:
        dagen_foer = D(til) - dt.timedelta(days=1)
        assert arbeidsdager_mellom(D(fra), dagen_foer, lukket) == antall - 1


@pytest.mark.krav("A-07")
def test_closed_days_of_the_municipality_count_where_no_others_are_given(settings):
    assert legg_til_arbeidsdager(D("2026-12-23"), 3) == D("2026-12-29")
    settings.LUKKEDAGER = JULEFRI
    assert not er_arbeidsdag(D("2026-12-24"))
    assert legg_til_arbeidsdager(D("2026-12-23"), 3) == D("2026-12-30")
    assert arbeidsdager_mellom(D("2026-12-23"), D("2026-12-30")) == 3
    assert foerste_arbeidsdag_i_maaned(2026, 12, {D("2026-12-01")}) == D("2026-12-02")


FRI = {
    2024: "2024-01-01 2024-03-28 2024-03-29 2024-04-01 2024-05-01 2024-05-09 2024-05-17 2024-05-20"
    " 2024-12-25 2024-12-26",
    2025: "2025-01-01 2025-04-17 2025-04-18 2025-04-21 2025-05-01 2025-05-29 2025-06-09 2025-12-25 2025-12-26",
    2027: "2027-01-01 2027-03-25 2027-03-26 2027-03-29 2027-05-06 2027-05-17",
    2028: "2028-04-13 2028-04-14 2028-04-17 2028-05-01 2028-05-17 2028-05-25 2028-06-05 2028-12-25 2028-12-26",
}
"""The public holidays that are no Saturday or Sunday."""


@pytest.mark.krav("R-9.2.1.3d")
@pytest.mark.parametrize("aar", FRI)
def test_free_weekdays_of_a_year_are_those_of_the_calendar(aar):
    dager = [dt.date(aar, 1, 1) + dt.timedelta(n) for n in range((dt.date(aar + 1, 1, 1) - dt.date(aar, 1, 1)).days)]
    assert [d for d in dager if d.weekday() < 5 and not er_arbeidsdag(d)] == list(map(D, FRI[aar].split()))


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
