"""What the writing page shows of a document that is made from a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from saksgang.kjerne.errors import IkkeFunnet
from saksgang.produksjon.docx.rentekst import til_ren_tekst
from saksgang.produksjon.models import Tekst, Tekstmal
from saksgang.produksjon.rules import Spraak
from saksgang.sakarkiv.models import Dokument, Journalpost
from saksgang.sakarkiv.rules import Svarmaate

from .fakta import fakta_for
from .fletting import nytt_aa_flette, siste_versjon, skrives_i_fil
from .maler import maler_for


@dataclass(frozen=True)
class Skriveflate:
    """The document that is written, its text, the facts around it, and the templates for its type.

    Without dokument nothing is made from a template yet. i_fil: the text is written in Word or LibreOffice.
    kan_flettes: facts or template have changed since it was last merged.
    """

    maler: list[Tekstmal]
    dokumenter: list[Dokument] = field(default_factory=list)
    dokument: Dokument | None = None
    tekst: Tekst | None = None
    fakta: Mapping[str, Any] = field(default_factory=dict)
    i_fil: bool = False
    kan_flettes: bool = False

    @property
    def spraak(self) -> str:
        return self.tekst.malversjon.mal.spraak if self.tekst is not None else Spraak.BOKMAAL

    @property
    def ren_tekst(self) -> str:
        """The text for the plain field."""
        return til_ren_tekst(self.tekst.brodtekst) if self.tekst is not None else ""


def skriveflate(journalpost: Journalpost, nummer: str = "") -> Skriveflate:
    """Return what is written on the journalpost; nummer chooses the document, the first one otherwise.

    IkkeFunnet for a number that no document made from a template has.
    """
    foreloepig = journalpost.svarer_paa.filter(opphevet_tid__isnull=True, maate=Svarmaate.FORELOEPIG).exists()
    maler = maler_for(journalpost.journalposttype, foreloepig=foreloepig)
    rader = journalpost.dokumenter.filter(kilde=Dokument.Kilde.MAL, utgaatt_tid__isnull=True)
    dokumenter = list(
        rader.select_related("tekst__malversjon__mal", "tekst__endret_av", "journalpost").order_by("nummer", "pk")
    )
    valgt = next((d for d in dokumenter if not nummer or str(d.nummer) == nummer), None)
    if valgt is None:
        if nummer:
            raise IkkeFunnet
        return Skriveflate(maler)
    tekst: Tekst = valgt.tekst
    i_fil = skrives_i_fil(tekst, siste_versjon(valgt))
    return Skriveflate(
        maler=maler,
        dokumenter=dokumenter,
        dokument=valgt,
        tekst=tekst,
        fakta=fakta_for(journalpost, spraak=tekst.malversjon.mal.spraak, dokument=valgt).felter,
        i_fil=i_fil,
        kan_flettes=nytt_aa_flette(valgt),
    )
