import datetime as dt

import pytest

from saksgang.kjerne.identifikatorer import (
    Foedselsnummertreff,
    Matrikkelnummer,
    finn_foedselsnumre,
    fnr_gyldig,
    les_matrikkel,
    masker_fnr_for_liste,
    masker_foedselsnumre,
    orgnr_gyldig,
)

I_DAG = dt.date(2026, 3, 2)
TENOR = "17912099997"


def _nummer(dato: str, individ: int, rest: int = 0) -> str:
    """Return the first number from `individ` on that has check digits, the first check sum leaving `rest`."""
    while True:
        ni = f"{dato}{individ:03}"
        k1 = (rest - sum(v * int(s) for v, s in zip((3, 7, 6, 1, 8, 9, 4, 5, 2), ni, strict=True))) % 11
        ti = f"{ni}{k1}"
        k2 = -sum(v * int(s) for v, s in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), ti, strict=False)) % 11
        if k1 < 10 and k2 < 10:
            return f"{ti}{k2}"
        individ += 1


# Born in 1865: no living person's number stands in the tests.
FNR = _nummer("150765", 600)
FNR_DELT = f"{FNR[:6]} {FNR[6:]}"


@pytest.mark.parametrize("nummer", ["974720760", "988 077 917", "910075918"])
def test_orgnr_gyldig_accepts_real_numbers(nummer):
    assert orgnr_gyldig(nummer)


@pytest.mark.parametrize("nummer", ["974720761", "97472076", "", "abc"])
def test_orgnr_gyldig_refuses_others(nummer):
    assert not orgnr_gyldig(nummer)


@pytest.mark.parametrize(
    "nummer", [FNR, FNR_DELT, FNR_DELT.replace(" ", "-"), _nummer("550765", 600), _nummer("154765", 600)]
)
def test_fnr_gyldig_accepts_foedselsnummer_d_number_and_h_number(nummer):
    assert fnr_gyldig(nummer, paa=I_DAG)


@pytest.mark.parametrize(
    "nummer",
    [
        FNR[:10] + str(9 - int(FNR[10])),
        FNR[:10],
        f"{FNR}0",
        "0" * 11,
        _nummer("321365", 600),
        _nummer("310226", 555),
        "",
    ],
)
def test_fnr_gyldig_refuses_others(nummer):
    assert not fnr_gyldig(nummer, paa=I_DAG)


def test_fnr_gyldig_refuses_a_date_of_birth_still_to_come():
    nummer = _nummer("010129", 500)
    assert not fnr_gyldig(nummer, paa=I_DAG)
    assert fnr_gyldig(nummer, paa=dt.date(2030, 1, 1))


@pytest.mark.parametrize("nummer", [TENOR, "30878199614"])
def test_fnr_gyldig_accepts_synthetic_numbers_only_when_asked(nummer):
    assert fnr_gyldig(nummer, paa=I_DAG, tenor=True)
    assert not fnr_gyldig(nummer, paa=I_DAG)


@pytest.mark.parametrize("rest", [1, 2, 3])
def test_fnr_gyldig_follows_the_rule_of_2032_from_2032(rest):
    nummer = _nummer("020132", 100, rest)
    assert not fnr_gyldig(nummer, paa=dt.date(2031, 12, 31))
    assert fnr_gyldig(nummer, paa=dt.date(2032, 1, 2))


def test_finn_foedselsnumre_tells_where_they_stand():
    tekst = f"Gjelder {FNR}, se også {FNR_DELT}."
    assert finn_foedselsnumre(tekst, paa=I_DAG) == [
        Foedselsnummertreff(8, 19, FNR),
        Foedselsnummertreff(29, 41, FNR),
    ]


@pytest.mark.krav("R-10.3.1.2c")
def test_masker_foedselsnumre_hides_each_and_leaves_other_numbers():
    tekst = f"Klage fra {FNR} (barn: {FNR[:6]}\u00a0{FNR[6:]}, test {TENOR}); konto 12345678911, ref 9{FNR}."
    assert (
        masker_foedselsnumre(tekst, paa=I_DAG)
        == f"Klage fra ***** (barn: *****, test *****); konto 12345678911, ref 9{FNR}."
    )


@pytest.mark.krav("R-7.1.8")
def test_masker_fnr_for_liste_shows_the_date_only():
    assert masker_fnr_for_liste(FNR) == "150765 *****"
    assert masker_fnr_for_liste(FNR_DELT) == "150765 *****"
    assert masker_fnr_for_liste("1234567") == "*****"


@pytest.mark.parametrize(
    ("tekst", "nummer", "skrevet"),
    [
        ("12/34", Matrikkelnummer(12, 34), "12/34"),
        (" 4601-12/34/0/5 ", Matrikkelnummer(12, 34, 0, 5, "4601"), "4601-12/34/0/5"),
        ("12/34/2", Matrikkelnummer(12, 34, 2), "12/34/2"),
        ("12 / 34", Matrikkelnummer(12, 34), "12/34"),
        ("Gnr. 12, bnr. 34", Matrikkelnummer(12, 34), "12/34"),
        ("gnr 12 bnr 34 fnr 1 snr 2", Matrikkelnummer(12, 34, 1, 2), "12/34/1/2"),
        ("gnr/bnr 12/34", Matrikkelnummer(12, 34), "12/34"),
    ],
)
def test_les_matrikkel_reads_the_usual_ways_of_writing(tekst, nummer, skrevet):
    assert les_matrikkel(tekst) == nummer
    assert str(nummer) == skrevet


@pytest.mark.parametrize("tekst", ["", "12", "0/3", "12/34/5/6/7", "12-34", "Storgata 12/34 B", "2026/101-3"])
def test_les_matrikkel_refuses_others(tekst):
    assert les_matrikkel(tekst) is None
