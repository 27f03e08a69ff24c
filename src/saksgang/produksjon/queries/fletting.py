"""Merging without writing anything: the newest version, the draft as it stands, the copy to one recipient."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from django.conf import settings

from saksgang.kjerne.errors import Avvist
from saksgang.lager.queries import innhold
from saksgang.produksjon.docx.prosess import Bestilling, flett
from saksgang.produksjon.models import Tekst, Tekstmalversjon
from saksgang.produksjon.rules import Maltilstand, Skriveform
from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Korrespondansepart

from .fakta import Fakta, fakta_for

I_ETT_BARN = 20
"""How many letters one child process merges before the next takes over."""


def siste_versjon(dokument: Dokument) -> Dokumentversjon | None:
    """Return the newest version of what is written, not of what is derived from it."""
    return (
        dokument.versjoner.filter(variantformat=Dokumentversjon.Variant.PRODUKSJON)
        .select_related("fil")
        .order_by("-versjonsnummer", "-pk")
        .first()
    )


def tekst_til(dokument: Dokument) -> Tekst | None:
    """Return the text of a document made from a template; None for one that came as a file."""
    return (
        Tekst.objects.select_related("malversjon__mal", "malversjon__fil", "endret_av")
        .filter(dokument=dokument)
        .first()
    )


def skrives_i_fil(tekst: Tekst, siste: Dokumentversjon | None) -> bool:
    """Whether the newest version came from Word or LibreOffice, so that the file holds the text."""
    return tekst.form == Skriveform.FIL or (siste is not None and siste.pk != tekst.versjon_id)


def egenskaper(tittel: str, spraak: str) -> dict[str, str]:
    """Return what a document says about itself."""
    return {"tittel": tittel, "forfatter": settings.KOMMUNE, "spraak": f"{spraak}-NO"}


def bestilling(dokument: Dokument, tekst: Tekst, fakta: Fakta) -> Bestilling:
    """Return the order that merges the document's own text with facts."""
    siste = siste_versjon(dokument)
    i_fil = skrives_i_fil(tekst, siste)
    return Bestilling(
        fakta=fakta.felter,
        egenskaper=egenskaper(dokument.tittel, tekst.malversjon.mal.spraak),
        brodtekst=None if i_fil else tekst.brodtekst,
        fra_fil=innhold(siste.fil) if i_fil and siste is not None else None,
        rike=fakta.rike,
    )


def utkast(dokument: Dokument) -> bytes:
    """Return the document as it would be if a version were made now; nothing is stored."""
    tekst = _krev_tekst(dokument)
    if skrives_i_fil(tekst, siste := siste_versjon(dokument)) and siste is not None:
        return innhold(siste.fil)
    fakta = fakta_for(dokument.journalpost, spraak=tekst.malversjon.mal.spraak, dokument=dokument)
    return flett(innhold(tekst.malversjon.fil), [bestilling(dokument, tekst, fakta)])[0].fil


def dokument_for_mottaker(dokument: Dokument, part: Korrespondansepart) -> bytes:
    """Return the document merged for one recipient. Refused when the marks around its text are gone."""
    return next(dokumenter_for_mottakere(dokument, [part]))[1]


def dokumenter_for_mottakere(
    dokument: Dokument, parter: Sequence[Korrespondansepart]
) -> Iterator[tuple[Korrespondansepart, bytes]]:
    """Yield the document merged for each recipient in turn, a handful at a time, so that hundreds take no memory."""
    tekst = _krev_tekst(dokument)
    mal = innhold(tekst.malversjon.fil)
    felles = fakta_for(dokument.journalpost, spraak=tekst.malversjon.mal.spraak, dokument=dokument)
    for fra in range(0, len(parter), I_ETT_BARN):
        gruppe = parter[fra : fra + I_ETT_BARN]
        ordrer = [bestilling(dokument, tekst, felles.til(part)) for part in gruppe]
        for part, resultat in zip(gruppe, flett(mal, ordrer), strict=True):
            yield part, resultat.fil


def gjeldende_malversjon(tekst: Tekst) -> Tekstmalversjon:
    """Return the version of the template that a merge uses now: the one in use, else the one used before."""
    i_bruk = Tekstmalversjon.objects.filter(mal=tekst.malversjon.mal, tilstand=Maltilstand.I_BRUK)
    return i_bruk.select_related("mal", "fil").first() or tekst.malversjon


def faktaavtrykk(fakta: Fakta, malversjon: Tekstmalversjon) -> str:
    """Return the checksum of everything that a merge puts around the text."""
    return hashlib.sha256(f"{malversjon.pk} {fakta.avtrykk}".encode()).hexdigest()


def har_nyere_utkast(dokument: Dokument) -> bool:
    """Whether the text has been written in, in the page, since the newest version."""
    tekst = tekst_til(dokument)
    return tekst is not None and tekst.er_ulagret and not skrives_i_fil(tekst, siste_versjon(dokument))


def nytt_aa_flette(dokument: Dokument) -> bool:
    """Whether facts or template have changed since the document was last merged, so that «Flett på nytt» helps."""
    tekst = _krev_tekst(dokument)
    fakta = fakta_for(dokument.journalpost, spraak=tekst.malversjon.mal.spraak, dokument=dokument)
    return faktaavtrykk(fakta, gjeldende_malversjon(tekst)) != tekst.faktaavtrykk


def _krev_tekst(dokument: Dokument) -> Tekst:
    tekst = tekst_til(dokument)
    if tekst is None:
        raise Avvist("Dokumentet er ikke laget fra en tekstmal og kan ikke flettes.")
    return tekst
