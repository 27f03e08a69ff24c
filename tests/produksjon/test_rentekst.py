"""The plain writing field: what is written there is the same text as in the editor, and back again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saksgang.produksjon.docx.brodtekst import Blokk, Del, les_html, til_html
from saksgang.produksjon.docx.rentekst import fra_ren_tekst, til_ren_tekst

TEKST = st.text(alphabet="ab *\\-1.#)•\n", min_size=1, max_size=8)
DEL = st.builds(Del, TEKST, st.booleans(), st.booleans())
BLOKK = st.builds(
    Blokk,
    st.sampled_from(["p", "h2", "h3", "ul", "ol"]),
    st.lists(DEL, max_size=4),
    st.integers(0, 2),
    st.integers(1, 3),
)


def _tegn(html: str) -> list:
    """Every letter with its block and type; spaces at the ends of lines show nothing."""
    return [
        (b.slag, b.nivaa, [(t, d.fet, d.kursiv) for d in b.deler for t in d.tekst if t != " "]) for b in les_html(html)
    ]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(BLOKK, max_size=6))
def test_plain_text_and_back_keeps_every_letter_and_its_type(blokker):
    html = til_html(les_html(til_html(blokker)))
    igjen = fra_ren_tekst(til_ren_tekst(html))
    assert _tegn(igjen) == _tegn(html)
    assert fra_ren_tekst(til_ren_tekst(igjen)) == igjen


@pytest.mark.parametrize(
    ("skrevet", "ventet"),
    [
        ("Hei\n\nHa det", "<p>Hei</p>\n<p>Ha det</p>"),
        ("En linje\ntil", "<p>En linje<br>til</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li></ul>"),
        ("# Vurdering", "<h2>Vurdering</h2>"),
        ("5 * 3 er 15", "<p>5 * 3 er 15</p>"),
        ("Kall *2", "<p>Kall *2</p>"),
        ("**fet** og *kursiv*", "<p><strong>fet</strong> og <em>kursiv</em></p>"),
        ("", ""),
    ],
)
def test_fra_ren_tekst_reads_what_people_write(skrevet, ventet):
    assert fra_ren_tekst(skrevet) == ventet
