"""The demo's files are what they say they are."""

import datetime as dt
import email
import random

import pytest

from saksgang.demo import filer
from saksgang.demo.navn import ETATER, LAG, UTESTEDER, VIRKSOMHETER, Folk, orgnr_i_testserien
from saksgang.demo.ordveksling import ordvekslinger
from saksgang.demo.tekster import TEKSTER, avsnitt
from saksgang.demo.temaer import temaer
from saksgang.kjerne.identifikatorer import orgnr_gyldig
from saksgang.lager.commands import lagre_fil

BREV = filer.Brevtekst(
    "Svar på søknad – Ærlig & Ågot",
    ["Første avsnitt.", "Andre avsnitt <med> tegn."],
    "Fjordvik kommune",
    ["Ågot Lid", "Storgata 1"],
    dt.date(2026, 3, 2),
    ["Kari Lunde"],
)


@pytest.fixture
def presse():
    with filer.Brevpresse() as presse:
        yield presse


def test_each_kind_of_file_is_recognised_and_stored(db, presse):
    filene = {
        "brev.pdf": presse.pdf(BREV),
        "brev.docx": filer.docx(BREV),
        "brev.txt": filer.tekst(BREV),
        "brev.eml": filer.epost(BREV, "a@post.example", ("Vedlegg.pdf", presse.pdf(BREV))),
        "kart.png": filer.kart(1),
        "bilde.jpg": filer.foto(1),
    }
    assert {navn: lagre_fil(data, filnavn=navn).mimetype for navn, data in filene.items()} == {
        "brev.pdf": "application/pdf",
        "brev.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "brev.txt": "text/plain",
        "brev.eml": "message/rfc822",
        "kart.png": "image/png",
        "bilde.jpg": "image/jpeg",
    }


def test_the_same_letter_is_the_same_bytes(presse):
    assert presse.pdf(BREV) == presse.pdf(BREV)
    assert filer.docx(BREV) == filer.docx(BREV)


def test_epost_holds_text_and_attachment(presse):
    melding = email.message_from_bytes(filer.epost(BREV, "a@post.example", ("Vedlegg.pdf", presse.pdf(BREV))))
    assert [(d.get_content_type(), d.get_filename()) for d in melding.walk()] == [
        ("multipart/mixed", None),
        ("text/plain", None),
        ("application/pdf", "Vedlegg.pdf"),
    ]


def test_organisations_have_valid_numbers_of_their_own_in_the_test_series():
    numre = [orgnr_i_testserien(nr * 137) for nr, _ in enumerate({*VIRKSOMHETER, *UTESTEDER, *LAG, *ETATER}, 1)]
    assert len(set(numre)) == len(numre)
    assert [n for n in numre if not (orgnr_gyldig(n) and n.startswith("31"))] == []


def test_every_letter_of_the_table_has_a_text():
    brevene = [brev for samling in (*(tema.brev for tema in temaer()), *ordvekslinger()) for brev in samling]
    sjangre = {brev.sjanger for brev in brevene}
    assert sjangre - set(TEKSTER) == set()
    assert [t for s in sjangre for t in avsnitt(s, "Tittel", "Sak") if "{" in t] == []


def test_every_party_has_an_address_that_may_stand_in_an_email():
    folk = Folk(random.Random(1))
    adresser = [folk.part(slag).epost for slag in ("person", "firma", "utested", "lag", "etat") for _ in range(200)]
    assert [a for a in adresser if not a.isascii()] == []
