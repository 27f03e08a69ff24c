"""The print of a journalpost: everything in it, in order, as one PDF (krav R-8.6, R-8.7)."""

from __future__ import annotations

import io

import pikepdf

from saksgang.kjerne.errors import Avvist
from saksgang.lager import queries as lager
from saksgang.produksjon.queries.ekspedering import brevets_filer
from saksgang.sakarkiv.models import Journalpost


def utskrift(journalpost: Journalpost) -> bytes:
    """Return main document and attachments in order as one PDF. Refused while one of them has no PDF yet."""
    klare, venter = brevets_filer(journalpost)
    if venter:
        navn = ", ".join(f"«{dokument.tittel}»" for dokument, _ in venter)
        raise Avvist(f"{navn} har ingen PDF ennå. Den lages nå; prøv igjen om litt.")
    if not klare:
        raise Avvist(f"{journalpost} har ingen dokumenter å skrive ut. Last opp eller skriv hoveddokumentet først.")
    with pikepdf.Pdf.new() as samlet:
        for dokument, fil in klare:
            try:
                with pikepdf.open(io.BytesIO(lager.innhold(fil)), suppress_warnings=True) as pdf:
                    samlet.pages.extend(pdf.pages)
            except pikepdf.PdfError:
                raise Avvist(
                    f"«{dokument.tittel}» kan ikke leses som PDF. Åpne dokumentet og skriv det ut for seg."
                ) from None
        ut = io.BytesIO()
        samlet.save(ut, deterministic_id=True)
    return ut.getvalue()
