"""Reading and making DOCX in tests."""

from __future__ import annotations

import io

from docx import Document

from saksgang.lager.queries import innhold
from saksgang.produksjon.queries.fletting import siste_versjon
from saksgang.sakarkiv.models import Dokument


def lag(*avsnitt: str) -> bytes:
    """A DOCX with these paragraphs."""
    dokument = Document()
    for tekst in avsnitt:
        dokument.add_paragraph(tekst)
    return lagret(dokument)


def lagret(dokument) -> bytes:
    """The bytes of an open document."""
    ut = io.BytesIO()
    dokument.save(ut)
    return ut.getvalue()


def aapnet(dokument: Dokument):
    """The newest version, open."""
    return Document(io.BytesIO(innhold(siste_versjon(dokument).fil)))


def linjer(fil: bytes) -> list[str]:
    """Every line of text in body and tables, in order, without the empty ones."""
    dokument = Document(io.BytesIO(fil))
    avsnitt = [
        "".join(t.text or "" if t.tag.endswith("}t") else "\n" for t in p.iter("{*}t", "{*}br"))
        for p in dokument.element.body.iter("{*}p")
    ]
    return [linje for a in avsnitt for linje in a.split("\n") if linje.strip()]


def tekst(dokument: Dokument) -> list[str]:
    """The lines of the newest version."""
    return linjer(innhold(siste_versjon(dokument).fil))
