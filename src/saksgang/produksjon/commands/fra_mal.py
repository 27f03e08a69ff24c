"""An own document registered together with what it is made from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saksgang.logg.commands import kommando
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.models import Tekstmal
from saksgang.sakarkiv.commands.dokument import Vedlagt, legg_ved
from saksgang.sakarkiv.commands.journalpost import opprett_journalpost
from saksgang.sakarkiv.models import Journalpost, Sak

from .tekst import lag_dokument


@kommando
def opprett_fra_mal(
    sak: Sak,
    journalposttype: str,
    *,
    mal: Tekstmal | None,
    dokumenter: Sequence[Vedlagt] = (),
    av: Bruker,
    **felter: Any,
) -> Journalpost:
    """Make an own document with its main document from a template; files that come along are its attachments.

    Without a template the first file is the main document. felter: those of `opprett_journalpost`, which may refuse.
    """
    if mal is None:
        return opprett_journalpost(sak, journalposttype, dokumenter=dokumenter, av=av, **felter)
    journalpost = opprett_journalpost(sak, journalposttype, av=av, **felter)
    lag_dokument(journalpost, mal, av=av)
    for vedlagt in dokumenter:
        legg_ved(journalpost, vedlagt.fil, filnavn=vedlagt.filnavn, tittel=vedlagt.tittel, av=av)
    return journalpost
