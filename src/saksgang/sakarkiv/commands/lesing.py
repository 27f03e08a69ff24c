"""Opening what is graded leaves a row in the log (krav R-C.4)."""

from __future__ import annotations

from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Dokumentversjon, Journalpost, Sak
from saksgang.tilgang.rules import Handling


@kommando
def noter_lesing(objekt: Sak | Journalpost, *, av: Bruker) -> None:
    """Log that av opened a case or journalpost, when it is coded or blocked; else nothing."""
    if isinstance(objekt, Sak):
        if objekt.tilgangskode_id is not None:
            logg(objekt, Handling.LESE_SAK, av=av, lesing=True)
    elif objekt.tilgangskode_id is not None or objekt.forslag_sperrer:
        logg(objekt, Handling.LESE, av=av, lesing=True)


@kommando
def noter_fillesing(versjon: Dokumentversjon, *, av: Bruker) -> None:
    """Log that av opened or downloaded a file of a coded or blocked journalpost; else nothing."""
    journalpost = versjon.dokument.journalpost
    if journalpost.tilgangskode_id is not None or journalpost.forslag_sperrer:
        logg(
            journalpost,
            Handling.LESE_FIL,
            av=av,
            lesing=True,
            detaljer={"dokument": versjon.dokument.nummer, "versjon": versjon.versjonsnummer},
        )
