import pytest

from saksgang.kjerne.sortering import norsk_sorteringsnoekkel


def test_norsk_sorteringsnoekkel_puts_names_in_norwegian_order():
    riktig = [
        "Berg, Anne",
        "Berg, Émil",
        "Berge, Arne",
        "de la Cruz",
        "Müller",
        "Zahl",
        "Ängström",
        "Ærlig",
        "Ødegård",
        "Östberg",
        "Aas",
        "Åsen",
    ]
    noekler = [norsk_sorteringsnoekkel(navn).encode() for navn in riktig]
    assert noekler == sorted(noekler)
    assert len(set(noekler)) == len(riktig)


@pytest.mark.parametrize(
    ("ene", "andre"),
    [("Aase", "Åse"), ("A\u030ase", "Åse"), ("ÉMIL", "emil"), ("Ås-Hansen", "ås  hansen"), ("{Berg}", "berg")],
)
def test_norsk_sorteringsnoekkel_is_equal_for_spellings_of_one_name(ene, andre):
    assert norsk_sorteringsnoekkel(ene) == norsk_sorteringsnoekkel(andre)


def test_norsk_sorteringsnoekkel_is_plain_ascii_for_latin_names():
    assert norsk_sorteringsnoekkel("Ærøå Đorđević Łukasz") == "{r|} dordevic lukasz"
