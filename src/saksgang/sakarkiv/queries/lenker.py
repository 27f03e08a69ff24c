"""Documents linked between journalposter: who sees them, and what may be linked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet

from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Journalpost, Sak
from saksgang.sakarkiv.rules import Journalstatus
from saksgang.sakarkiv.rules.lenke import Lenkeside, hvorfor_ikke_lenkes
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.querysets import synlig_q

_NUMMER = re.compile(r"\s*(\d{4})/(\d{1,7})(?:-(\d{1,7}))?\s*")
POSTER = 50
"""Journalposter offered at a time; more are found by number or word."""


def lenke_synlig_q(noekler: Iterable[int], prefiks: str = "") -> Q:
    """Documents whose own journalpost, too, is open to the reader: a linked file has two parents, and obeys both."""
    return Q(**{f"{prefiks}lenket_fra__isnull": True}) | synlig_q(noekler, f"{prefiks}lenket_fra__journalpost__")


def _side(journalpost: Journalpost) -> Lenkeside:
    kode = journalpost.tilgangskode
    return Lenkeside(
        navn=str(journalpost),
        status=journalpost.status,
        kode=kode.kode if kode is not None else "",
        kodenavn=str(kode) if kode is not None else "",
        gruppe_id=journalpost.tilgangsgruppe_id,
        enheter=frozenset(journalpost.enhet.forfedre),
        enhet_id=journalpost.enhet_id,
        avventer=journalpost.avventer_gradering,
    )


def hvorfor_ikke(fra: Journalpost, til: Journalpost) -> str:
    """Return why a document of fra may not be an attachment of til, and what to do; empty where it may."""
    return hvorfor_ikke_lenkes(_side(fra), _side(til))


def lenkede(journalpost: Journalpost) -> QuerySet[Dokument]:
    """The journalpost's linked documents, each with where it came in."""
    return (
        journalpost.dokumenter.filter(utgaatt_tid__isnull=True, lenket_fra__isnull=False)
        .select_related(
            "lenket_fra__journalpost__sak", "lenket_fra__journalpost__tilgangskode", "lenket_fra__journalpost__enhet"
        )
        .order_by("nummer", "pk")
    )


def har_skjermet_lenke(journalpost: Journalpost) -> bool:
    """Whether a linked document is graded where it came in, or about to be."""
    lukket = Q(lenket_fra__journalpost__tilgangskode__isnull=False) | Q(lenket_fra__journalpost__forslag_sperrer=True)
    return journalpost.dokumenter.filter(lukket, utgaatt_tid__isnull=True).exists()


def har_lenke_lukket_for(leser: Bruker, journalpost: Journalpost) -> bool:
    """Whether the reader may not see one of the linked documents."""
    lukket = ~lenke_synlig_q(rettigheter(leser).noekler)
    return journalpost.dokumenter.filter(lukket, utgaatt_tid__isnull=True).exists()


@dataclass(frozen=True)
class Lenkbar:
    """A journalpost with documents that could be linked. hinder: why they may not be."""

    journalpost: Journalpost
    dokumenter: list[Dokument]
    hinder: str = ""


@dataclass(frozen=True)
class Lenkevalg:
    """What a search for something to link found. flere: there is more than is shown."""

    poster: list[Lenkbar] = field(default_factory=list)
    flere: bool = False


def lenkbare(leser: Bruker, journalpost: Journalpost, tekst: str = "") -> Lenkevalg:
    """Return the journalposter to link from, newest first: the case's own, or those of another by its number.

    tekst: «2026/101» or «2026/101-4»; else words of titles in the case. Those without a file are left out. As many
    queries for many as for one.
    """
    rader = Journalpost.objects.filter(synlig_q(rettigheter(leser).noekler)).exclude(status=Journalstatus.UTGAAR)
    if treff := _NUMMER.fullmatch(tekst):
        aar, sekvens, nummer = treff.groups()
        saken = Sak.objects.filter(aar=int(aar), sekvens=int(sekvens))
        rader = rader.filter(sak__in=saken.values("pk"))
        rader = rader.filter(journalpostnummer=int(nummer)) if nummer else rader
    else:
        rader = rader.filter(sak_id=journalpost.sak_id)
        for ord_ in tekst.split()[:5]:
            rader = rader.filter(tittel__icontains=ord_)
    funnet = list(
        rader.filter(dokumenter__utgaatt_tid__isnull=True, dokumenter__versjoner__isnull=False)
        .exclude(pk=journalpost.pk)
        .distinct()
        .select_related("sak", "tilgangskode", "enhet")
        .prefetch_related(Prefetch("dokumenter", _med_versjoner(leser), to_attr="lenkbare_dokumenter"))
        .order_by("-journalpostnummer", "-pk")[: POSTER + 1]
    )
    poster = [Lenkbar(rad, rad.lenkbare_dokumenter, hvorfor_ikke(rad, journalpost)) for rad in funnet[:POSTER]]
    return Lenkevalg(poster, len(funnet) > POSTER)


def _med_versjoner(leser: Bruker) -> QuerySet[Dokument]:
    versjoner = (
        Dokumentversjon.objects.filter(variantformat=Dokumentversjon.Variant.PRODUKSJON)
        .select_related("fil")
        .order_by("-versjonsnummer", "-pk")
    )
    return (
        Dokument.objects.filter(
            lenke_synlig_q(rettigheter(leser).noekler), utgaatt_tid__isnull=True, versjoner__isnull=False
        )
        .distinct()
        .prefetch_related(Prefetch("versjoner", versjoner, to_attr="alle_versjoner"))
        .order_by("nummer", "pk")
    )


def hent_lenkbare(leser: Bruker, id_er: list[int]) -> list[Dokument]:
    """Return these documents that the reader may see, in this order; what is unseen is left for the command to miss."""
    rader = (
        Dokument.objects.filter(
            synlig_q(rettigheter(leser).noekler, "journalpost__"),
            lenke_synlig_q(rettigheter(leser).noekler),
            pk__in=id_er,
            utgaatt_tid__isnull=True,
        )
        .select_related(
            "journalpost__sak",
            "journalpost__tilgangskode",
            "journalpost__enhet",
            "lenket_fra__journalpost__sak",
            "lenket_fra__journalpost__tilgangskode",
            "lenket_fra__journalpost__enhet",
        )
        .order_by("pk")
    )
    etter_id = {rad.pk: rad for rad in rader}
    return [etter_id[pk] for pk in dict.fromkeys(id_er) if pk in etter_id]
