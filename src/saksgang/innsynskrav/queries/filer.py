"""Which file of a document an answer hands out: the whole, or the redacted variant that a leader has approved."""

from __future__ import annotations

from saksgang.innsynskrav.models import Innsynsvurdering, Kravlinje
from saksgang.innsynskrav.rules import GITT, Utfall
from saksgang.lager.models import Fil
from saksgang.offentlighet.queries import Treff, funn_i, godkjent_sladding, sist_gradert
from saksgang.offentlighet.queries.publisering import hel_fil
from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Journalpost
from saksgang.sakarkiv.queries.dokumenter import gjeldende_versjon
from saksgang.sakarkiv.rules import Journalstatus

__all__ = [
    "foedselsnummer_i",
    "foreldet",
    "hel_fil",
    "innholdet",
    "kilder",
    "kodede",
    "sladdet_fil",
    "taushetsbelagt",
    "utlevert_fil_for",
]

UFERDIG = frozenset({Journalstatus.RESERVERT, Journalstatus.UTGAAR})


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


def foedselsnummer_i(dokument: Dokument | None) -> Treff | None:
    """Return the national identity numbers that the file check has found in what a document given whole hands out."""
    fil = hel_fil(dokument) if dokument is not None else None
    return funn_i(fil, "foedselsnummer") if fil is not None else None


def innholdet(linje: Kravlinje) -> Dokumentversjon | None:
    """Return the content that an assessment of the document is made on."""
    return gjeldende_versjon(linje.dokument) if linje.dokument is not None else None


def foreldet(linje: Kravlinje, vurdering: Innsynsvurdering) -> str:
    """Return why an assessment no longer stands; empty while it does.

    It was made on one grading and one content. When either is another now, the one who decided has not seen it, and
    may not be the one who decides; nor is there anything to give of what is under work again, cancelled or taken out.
    """
    if sist_gradert(kilder(linje)) != vurdering.gradert_ved:
        return "graderingen er endret etter vurderingen. Vurder på nytt."
    if vurdering.utfall not in GITT:
        return ""
    if any(jp.status in UFERDIG for jp in kilder(linje)):
        return "journalposten er under arbeid igjen eller satt utgått, og kan ikke gis nå."
    if _tatt_ut(linje.dokument):
        return "dokumentet er tatt ut av journalposten, og kan ikke gis."
    versjon = innholdet(linje)
    if versjon is not None and versjon.pk != vurdering.versjon_id:
        return "dokumentet er endret etter vurderingen. Vurder på nytt."
    if vurdering.utfall == Utfall.HELT and not vurdering.foedselsnummer_gis and foedselsnummer_i(linje.dokument):
        return "har fødselsnummer. Vurder på nytt, eller gi en sladdet variant (offl. § 26 femte ledd)."
    return ""


def _tatt_ut(dokument: Dokument | None) -> bool:
    while dokument is not None:
        if dokument.utgaatt_tid is not None:
            return True
        dokument = dokument.lenket_fra
    return False
