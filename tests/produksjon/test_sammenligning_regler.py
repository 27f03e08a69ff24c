"""The comparison of two texts: paragraphs and words."""

import random

import pytest

from saksgang.produksjon.rules.sammenligning import Art, Avsnitt, Slag, antall_steder, sammenlign

BREV = [
    "Kroa AS\nStorgata 14, 6899 Fjordvik",
    "Foreløpig svar – behandlingstid",
    "Vi viser til søknaden deres av 9. februar 2026.",
    "Formannskapet behandler søknaden før påske.",
    "Vi beklager at det tar tid. Ta kontakt dersom dere har spørsmål.",
    "Med hilsen",
]
RETTET = [
    *BREV[:2],
    "Vi viser til søknaden deres av 9. februar 2026 og opplysningene vi fikk 24. februar.",
    "Formannskapet behandler søknaden 17. mars 2026. Dere får vedtaket senest 20. mars.",
    "Ta kontakt dersom dere har spørsmål.",
    BREV[5],
]


def _avsnitt(tekster):
    return [Avsnitt(tekst) for tekst in tekster]


def _vist(linjer):
    tegn = {Art.LIK: "{}", Art.BORTE: "[-{}-]", Art.NY: "[+{}+]"}
    return ["".join(tegn[b.art].format(b.tekst) for b in linje.biter) for linje in linjer]


def test_sammenlign_shows_a_letter_with_its_changes_word_by_word():
    linjer = sammenlign(_avsnitt(BREV), _avsnitt(RETTET))
    assert _vist(linjer) == [
        *BREV[:2],
        "Vi viser til søknaden deres av 9. februar 2026[+ og opplysningene vi fikk 24. februar+].",
        "Formannskapet behandler søknaden [-før påske-][+17. mars 2026. Dere får vedtaket senest 20. mars+].",
        "[-Vi beklager at det tar tid. -]Ta kontakt dersom dere har spørsmål.",
        BREV[5],
    ]
    assert antall_steder(linjer) == 3


@pytest.mark.parametrize(
    ("foer", "etter", "ventet"),
    [
        ([], [], []),
        ([], ["Nytt avsnitt."], ["[+Nytt avsnitt.+]"]),
        (["Borte."], [], ["[-Borte.-]"]),
        (["Helt lik."], ["Helt lik."], ["Helt lik."]),
        (["Aldri noe likt her"], ["Totalt annen tekst nå"], ["[-Aldri noe likt her-]", "[+Totalt annen tekst nå+]"]),
        (
            ["Første avsnitt står.", "Andre avsnitt står."],
            ["Første avsnitt står.", "Et helt nytt er satt inn imellom dem.", "Andre avsnitt står her."],
            [
                "Første avsnitt står.",
                "[+Et helt nytt er satt inn imellom dem.+]",
                "Andre avsnitt står[+ her+].",
            ],
        ),
    ],
)
def test_sammenlign_of_paragraphs_put_in_and_taken_out(foer, etter, ventet):
    assert _vist(sammenlign(_avsnitt(foer), _avsnitt(etter))) == ventet


def test_the_kind_of_paragraph_is_that_of_the_later_text():
    (linje,) = sammenlign([Avsnitt("Vedtak")], [Avsnitt("Vedtak", Slag.OVERSKRIFT)])
    assert (linje.slag, linje.endret) == (Slag.OVERSKRIFT, False)


def test_taking_either_side_out_of_the_comparison_gives_both_texts_back(omfang):
    ordene = "Kroa får bevilling til 31. mars (jf. § 4). Innen fristen, 1 000 kr – og\u00a0deretter årlig.".split(" ")
    tilfeldig = random.Random(7)  # noqa: S311 - a reproducible text, no secret
    for _ in range(omfang(400)):
        foer = [" ".join(tilfeldig.choices(ordene, k=tilfeldig.randint(1, 30))) for _ in range(tilfeldig.randint(0, 9))]
        etter = [p for p in foer if tilfeldig.random() > 0.2]
        etter = [" ".join(o for o in p.split(" ") if tilfeldig.random() > 0.3) or "x" for p in etter]
        linjer = sammenlign(_avsnitt(foer), _avsnitt(etter))
        for uten, ventet in ((Art.NY, foer), (Art.BORTE, etter)):
            rest = ["".join(b.tekst for b in linje.biter if b.art != uten) for linje in linjer]
            assert [tekst for tekst in rest if tekst] == ventet


def test_sammenlign_of_long_texts_ends_in_reasonable_steps():
    foer = _avsnitt(["Samme setning om igjen."] * 3000 + [f"Avsnitt nummer {n}" for n in range(3000)])
    etter = _avsnitt(["Samme setning om igjen."] * 2900 + [f"Avsnitt nummer {n + 1}" for n in range(3000)])
    linjer = sammenlign(foer, etter)
    assert sum(linje.endret for linje in linjer) < 400
