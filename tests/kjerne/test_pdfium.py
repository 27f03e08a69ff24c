"""PDFium reads one PDF at a time in the process, whoever asks."""

import ast
import datetime as dt
from pathlib import Path
from threading import Event, Thread

import pytest

import saksgang
from saksgang.kjerne.pdfium import aapnet
from saksgang.offentlighet.filkontroll.pdf import kontroller
from saksgang.offentlighet.filkontroll.tekst import Leting
from saksgang.offentlighet.sladding.tekst import bilde_av_side, les_sider
from saksgang.produksjon.queries import dokumenttekst
from tests.offentlighet.pdfer import pdf, tekst

PDF = pdf(tekst("Vedtak"))
LESERE = {
    "sammenligning": lambda: list(dokumenttekst._fra_pdf(PDF)),
    "filkontroll": lambda: kontroller(PDF, Leting(dt.date(2026, 3, 2))),
    "sladding": lambda: les_sider(PDF),
    "sidebilde": lambda: bilde_av_side(PDF, 0, 300),
}


@pytest.mark.parametrize("leser", LESERE)
def test_each_reader_waits_for_the_one_who_has_a_pdf_open(leser):
    begynt, ferdig = Event(), Event()

    def les():
        begynt.set()
        LESERE[leser]()
        ferdig.set()

    traad = Thread(target=les)
    with aapnet(PDF):
        traad.start()
        assert begynt.wait(30)
        assert not ferdig.wait(0.5)
    assert ferdig.wait(30)
    traad.join()


def test_nobody_opens_a_pdf_past_the_door():
    kilde = Path(saksgang.__file__).parent
    forbi = {
        fil.relative_to(kilde).as_posix()
        for fil in kilde.rglob("*.py")
        for node in ast.walk(ast.parse(fil.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", ""))
        in ("PdfDocument", "FPDF_LoadDocument", "FPDF_LoadMemDocument")
    }
    assert forbi == {"kjerne/pdfium.py"}
