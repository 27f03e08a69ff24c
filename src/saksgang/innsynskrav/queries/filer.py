"""Which file of a document an answer hands out: the whole, or the redacted variant that a leader has approved."""

from __future__ import annotations

from saksgang.innsynskrav.models import Kravlinje
from saksgang.lager.models import Fil
from saksgang.offentlighet.queries import godkjent_sladding
from saksgang.offentlighet.queries.publisering import hel_fil
from saksgang.sakarkiv.models import Dokument, Journalpost

__all__ = ["hel_fil", "kilder", "sladdet_fil", "taushetsbelagt", "utlevert_fil_for"]


def sladdet_fil(dokument: Dokument) -> Fil | None:
    """Return the redacted version that the leader has approved of the document as it is now, or None."""
    sladding = godkjent_sladding(dokument)
    return sladding.variant.fil if sladding is not None and sladding.variant is not None else None


def kilder(linje: Kravlinje) -> list[Journalpost]:
    """Return the entries whose code screens the document: its own, and the one where it came in when it is linked."""
    poster = [linje.journalpost]
    dokument = linje.dokument
    while dokument is not None and dokument.lenket_fra is not None:
        dokument = dokument.lenket_fra
        poster.append(dokument.journalpost)
    return poster


def kodede(linje: Kravlinje) -> list[Journalpost]:
    """Return those of kilder that carry a code."""
    return [jp for jp in kilder(linje) if jp.tilgangskode_id is not None]


def taushetsbelagt(linje: Kravlinje) -> Journalpost | None:
    """Return the entry whose code rests on taushetsplikt (offl. § 13), or None (krav R-7.1.6.a)."""
    return next((jp for jp in kodede(linje) if jp.hjemmel is not None and jp.hjemmel.taushetsplikt), None)


def utlevert_fil_for(dokument: Dokument | None, *, helt: bool) -> Fil | None:
    """Return what is handed out of a document; None where there is nothing in a format to give out yet."""
    if dokument is None:
        return None
    return hel_fil(dokument) if helt else sladdet_fil(dokument)
