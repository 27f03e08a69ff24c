"""The print of a journalpost: everything in it, in order, as one PDF (krav R-8.6, R-8.7)."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf

from saksgang.kjerne.errors import Avvist
from saksgang.lager import queries as lager
from saksgang.produksjon.queries.ekspedering import Brevfil
from saksgang.sakarkiv.models import Journalpost


def utskrift(journalpost: Journalpost, filer: Sequence[Brevfil]) -> bytes:
    """Return main document and attachments in order as one PDF; filer is what brevets_filer gives.

    Refused without documents, and while one of them has no PDF: it says whether one comes, or why not.
    """
    if not filer:
        raise Avvist(f"{journalpost} har ingen dokumenter å skrive ut. Last opp eller skriv hoveddokumentet først.")
    if hindre := [brevfil.hinder for brevfil in filer if brevfil.hinder]:
        raise Avvist([*hindre, "Åpne de andre dokumentene, og skriv dem ut hver for seg."])
    if venter := ", ".join(f"«{brevfil.dokument.tittel}»" for brevfil in filer if brevfil.fil is None):
        raise Avvist(f"{venter} har ingen PDF ennå. Den lages nå; prøv igjen om litt.")
    with pikepdf.Pdf.new() as samlet:
        for brevfil in filer:
            assert brevfil.fil is not None  # noqa: S101 - refused above
            try:
                with pikepdf.open(io.BytesIO(lager.innhold(brevfil.fil)), suppress_warnings=True) as pdf:
                    samlet.pages.extend(pdf.pages)
            except pikepdf.PdfError:
                raise Avvist(
                    f"«{brevfil.dokument.tittel}» kan ikke leses som PDF. Åpne dokumentet og skriv det ut for seg."
                ) from None
        ut = io.BytesIO()
        samlet.save(ut, deterministic_id=True)
    return ut.getvalue()
