"""The print of a journalpost: everything in it, in order, as one PDF (krav R-8.6, R-8.7)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import BinaryIO

import pikepdf

from saksgang.kjerne.errors import Avvist, IkkeFunnet
from saksgang.lager import queries as lager
from saksgang.produksjon.models import Utsending
from saksgang.produksjon.queries.ekspedering import Brevfil
from saksgang.sakarkiv.models import Journalpost

from .utsending import egne_filer, faar_eget_brev, mottakere_i, paa_papir

A4 = (595, 842)


def utskrift(journalpost: Journalpost, filer: Sequence[Brevfil]) -> bytes:
    """Return main document and attachments in order as one PDF; filer is what brevets_filer gives.

    Refused without documents, and while one of them has no PDF: it says whether one comes, or why not.
    """
    if not filer:
        raise Avvist(f"{journalpost} har ingen dokumenter å skrive ut. Last opp eller skriv hoveddokumentet først.")
    _krev_pdf(filer)
    ut = io.BytesIO()
    with pikepdf.Pdf.new() as samlet, ExitStack() as aapne:
        for pdf in _aapne(filer, aapne):
            samlet.pages.extend(pdf.pages)
        samlet.save(ut, deterministic_id=True)
    return ut.getvalue()


def pakkeutskrift(
    utsending: Utsending, filer: Sequence[Brevfil], ut: BinaryIO, *, tosidig: bool = False, bare: int | None = None
) -> None:
    """Write one PDF with a package for each recipient on paper, in order: one's own letter, then the attachments.

    tosidig: everyone begins on a sheet of one's own. bare: one recipient alone, whatever the way. Refused while a
    letter or an attachment has no PDF.
    """
    parter = paa_papir(utsending) if bare is None else mottakere_i(utsending, bare)
    if bare is not None and not parter:
        raise IkkeFunnet
    if not parter:
        raise Avvist("Ingen får dette brevet på papir.")
    egne = egne_filer(utsending) if utsending.flettes else {}
    med_eget = [part for part in parter if faar_eget_brev(utsending, part)]
    alle_egne = len(med_eget) == len(parter)
    # Where everybody gets a letter of one's own, nobody needs the one that stands for them.
    _krev_pdf(filer[1:] if alle_egne else filer)
    klare = {part.pk: fil for part in med_eget if (fil := egne.get(part.pk)) is not None}
    if mangler := len(med_eget) - len(klare):
        if utsending.brev_feil:
            raise Avvist(f"Brevene er ikke laget. {utsending.brev_feil}")
        raise Avvist(f"{mangler} av {len(med_eget)} brev er ikke ferdige. Vent til de er laget.")
    with pikepdf.Pdf.new() as samlet, ExitStack() as aapne:
        felles = list(_aapne(filer[1:] if alle_egne else filer, aapne))
        vedlegg = felles if alle_egne else felles[1:]
        for part in parter:
            foer = len(samlet.pages)
            if part.pk in klare:
                with pikepdf.open(io.BytesIO(lager.innhold(klare[part.pk])), suppress_warnings=True) as eget:
                    samlet.pages.extend(eget.pages)
            else:
                samlet.pages.extend(felles[0].pages)
            for pdf in vedlegg:
                samlet.pages.extend(pdf.pages)
            if tosidig and (len(samlet.pages) - foer) % 2:
                samlet.add_blank_page(page_size=A4)
        samlet.save(ut, deterministic_id=True)


def _krev_pdf(filer: Sequence[Brevfil]) -> None:
    if hindre := [brevfil.hinder for brevfil in filer if brevfil.hinder]:
        raise Avvist([*hindre, "Åpne de andre dokumentene, og skriv dem ut hver for seg."])
    if venter := ", ".join(f"«{brevfil.dokument.tittel}»" for brevfil in filer if brevfil.fil is None):
        raise Avvist(f"{venter} har ingen PDF ennå. Den lages nå; prøv igjen om litt.")


def _aapne(filer: Sequence[Brevfil], aapne: ExitStack) -> Iterator[pikepdf.Pdf]:
    """Open the letter's PDFs in order; they are closed with the stack."""
    for brevfil in filer:
        assert brevfil.fil is not None  # noqa: S101 - refused before
        try:
            yield aapne.enter_context(pikepdf.open(io.BytesIO(lager.innhold(brevfil.fil)), suppress_warnings=True))
        except pikepdf.PdfError:
            raise Avvist(
                f"«{brevfil.dokument.tittel}» kan ikke leses som PDF. Åpne dokumentet og skriv det ut for seg."
            ) from None
