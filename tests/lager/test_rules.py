import pytest

from saksgang.lager import rules


@pytest.mark.parametrize(
    ("puid", "svar"),
    [("fmt/477", True), ("fmt/95", True), ("fmt/43", True), ("fmt/13", True), ("fmt/353", True), ("x-fmt/111", True)]
    + [("fmt/18", False), ("fmt/480", False), ("fmt/1910", False), ("fmt/412", False), ("fmt/214", False)]
    + [("fmt/278", False), ("x-fmt/263", False), (rules.UKJENT, False)],
)
def test_er_arkivformat(puid, svar):
    assert rules.er_arkivformat(puid) is svar


@pytest.mark.parametrize(
    ("navn", "endelse"),
    [("Brev.PDF", "pdf"), ("a.b.tar.gz", "gz"), ("uten", ""), (".profile", ""), ("Sak 2026/1. Vedtak", ""), ("x.", "")],
)
def test_endelse_of_a_file_name(navn, endelse):
    assert rules.endelse(navn) == endelse


def test_formats_point_only_at_known_ones():
    omtalt = {*rules.PDF_A.values(), *rules.PDF_VERSJONER.values()}
    omtalt |= {puid for versjoner in rules.ODF_VERSJONER.values() for puid in versjoner.values()}
    assert omtalt - rules.FORMATER.keys() == set()
    assert not rules.KJENTE_ENDELSER & rules.FORBUDTE_ENDELSER
