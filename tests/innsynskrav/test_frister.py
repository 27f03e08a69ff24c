"""The deadlines of a request, with their arithmetic, over holidays and pauses (offl. §§ 29, 31, 32)."""

import datetime as dt

import pytest

from saksgang.innsynskrav.rules import (
    brukte_arbeidsdager,
    frist_for_begrunnelse,
    frist_for_klage,
    frist_for_svar,
    siste_klagedag,
    svarfrist,
)


def d(tekst):
    return dt.date.fromisoformat(tekst)


@pytest.mark.parametrize(
    ("mottatt", "frist"),
    [
        ("2026-03-03", "2026-03-10"),  # Tuesday
        ("2026-03-06", "2026-03-13"),  # Friday
        ("2026-03-07", "2026-03-13"),  # Saturday: day one is Monday
        ("2026-03-31", "2026-04-10"),  # Easter: 2, 3 and 6 April are holidays
        ("2026-12-23", "2026-12-31"),  # Christmas: 25 December and the weekend; Christmas Eve is a working day
        ("2026-12-28", "2027-01-05"),  # New Year's Day and the weekend
    ],
)
def test_svarfrist_is_five_working_days(mottatt, frist):
    assert svarfrist(d(mottatt), [], d(mottatt)) == d(frist)


def test_days_that_the_municipality_closes_do_not_lengthen_the_wait(settings):
    settings.LUKKEDAGER = frozenset({d("2026-03-05"), d("2026-03-06"), d("2026-03-24")})
    assert svarfrist(d("2026-03-03"), [], d("2026-03-03")) == d("2026-03-10")
    assert brukte_arbeidsdager(d("2026-03-03"), [], d("2026-03-09")) == 4
    assert frist_for_begrunnelse(d("2026-03-03"), d("2026-03-03")).dato == d("2026-03-17")
    assert siste_klagedag(d("2026-03-03")) == d("2026-03-24")


def test_frist_for_svar_shows_its_arithmetic():
    frist = frist_for_svar(d("2026-03-03"), [], d("2026-03-03"))
    assert frist.regnestykke == ("mottatt tirsdag 3. mars + 5 arbeidsdager = tirsdag 10. mars (offl. § 32 andre ledd)")
    assert frist.nivaa == "god"


@pytest.mark.parametrize(
    ("idag", "nivaa", "avslag"),
    [
        ("2026-03-05", "god", False),
        ("2026-03-06", "snart", False),
        ("2026-03-09", "snart", False),
        ("2026-03-10", "forfalt", False),
        ("2026-03-11", "forfalt", True),
    ],
)
def test_frist_for_svar_warns_at_three_is_red_at_five_and_is_a_refusal_after(idag, nivaa, avslag):
    frist = frist_for_svar(d("2026-03-03"), [], d(idag))
    assert (frist.nivaa, "Regnes som avslag" in frist.merknad) == (nivaa, avslag)


def test_consent_stops_the_clock_and_two_questions_count_once():
    mottatt = d("2026-03-03")
    pauser = [(d("2026-03-04"), d("2026-03-09")), (d("2026-03-05"), d("2026-03-10"))]
    # Waited for: 5, 6, 9 and 10 March.
    assert svarfrist(mottatt, pauser, d("2026-03-16")) == d("2026-03-16")
    assert brukte_arbeidsdager(mottatt, pauser, d("2026-03-16")) == 5
    assert "4 arbeidsdager mens samtykke ble hentet (offl. § 13 tredje ledd)" in (
        frist_for_svar(mottatt, pauser, d("2026-03-16")).regnestykke
    )
    aapen = frist_for_svar(mottatt, [(d("2026-03-04"), None)], d("2026-04-30"))
    assert (aapen.nivaa, "står stille" in aapen.merknad) == ("god", True)


def test_frist_for_begrunnelse_is_ten_working_days_over_easter():
    frist = frist_for_begrunnelse(d("2026-03-27"), d("2026-03-27"))
    assert frist.dato == d("2026-04-15")
    assert frist.regnestykke == ("bedt om fredag 27. mars + 10 arbeidsdager = onsdag 15. april (offl. § 31 andre ledd)")


def test_klagefrist_is_three_weeks_moved_past_holidays():
    assert siste_klagedag(d("2026-03-03")) == d("2026-03-24")
    assert siste_klagedag(d("2026-03-13")) == d("2026-04-07")  # Good Friday becomes Tuesday after Easter
    assert (
        "flyttet til neste virkedag = tirsdag 7. april" in frist_for_klage(d("2026-03-13"), d("2026-03-13")).regnestykke
    )
