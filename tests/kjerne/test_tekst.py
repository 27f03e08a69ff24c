import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksgang.kjerne.tekst import normaliser_for_soek, rens_filnavn


@pytest.mark.parametrize(
    ("tekst", "normalisert"),
    [
        ("  Søknad\tom\u00a0SKJENKEBEVILLING\n", "søknad om skjenkebevilling"),
        ("Café på A\u030as", "cafe på ås"),
        ("Björn Ängström Müller", "bjørn ængstrøm muller"),
        ("skjenke\u00adbevilling\x00", "skjenkebevilling"),
        ("ﬁnne ①", "finne 1"),
        ("Šibenik Łódź Straße", "sibenik lodz strasse"),
    ],
)
def test_normaliser_for_soek_folds_all_but_norwegian_letters(tekst, normalisert):
    assert normaliser_for_soek(tekst) == normalisert


@given(st.text())
def test_normaliser_for_soek_is_stable(tekst):
    en_gang = normaliser_for_soek(tekst)
    assert normaliser_for_soek(en_gang) == en_gang
    assert "\x00" not in en_gang


@pytest.mark.parametrize(
    ("navn", "rent"),
    [
        ("Søknad om støtte.pdf", "Søknad om støtte.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Brev\Klage: «Kroa».docx", "Klage_ «Kroa».docx"),
        ("faktura\u202efdp.exe", "fakturafdp.exe"),
        ("faktura.exe. ", "faktura.exe"),
        ("CON.pdf", "_CON.pdf"),
        ("..", "dokument"),
        ("", "dokument"),
        ("a\x00b\nc.txt", "ab c.txt"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_rens_filnavn_gives_a_safe_name(navn, rent):
    assert rens_filnavn(navn) == rent


@given(st.text())
def test_rens_filnavn_is_never_empty_a_path_or_too_long(navn):
    rent = rens_filnavn(navn)
    assert rent not in {"", ".", ".."}
    assert len(rent) <= 150
    assert not set(rent) & set('/\\:*?"<>|\x00\n')
