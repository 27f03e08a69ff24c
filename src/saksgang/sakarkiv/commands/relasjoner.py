"""How a person stands to a case, a journalpost and a recipient's row: told to tilgang at start."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value

from saksgang.kjerne import klokke
from saksgang.sakarkiv.models import InternMottaker, Journalpost, Sak, Sakrettighet
from saksgang.sakarkiv.rules import EGENPRODUSERTE, INTERNE, Journalstatus, Rettighetsnivaa
from saksgang.tilgang.queries import noekkelkilde, registrer_relasjoner
from saksgang.tilgang.rules import Relasjon, sak_noekkel


def _ikke_over(dato: dt.date) -> Q:
    return Q(trukket_tid__isnull=True) & (Q(til__isnull=True) | Q(til__gte=dato))


@noekkelkilde
def sakrettigheter(bruker_ider: Collection[int], dato: dt.date) -> Iterable[tuple[int, dt.date, dt.date | None, int]]:
    """Keys from grants, now or later, to read the graded documents of a case."""
    rader = Sakrettighet.objects.filter(_ikke_over(dato), bruker_id__in=bruker_ider, nivaa=Rettighetsnivaa.LESE)
    return [
        (bruker_id, fra, til, sak_noekkel(sak_id))
        for bruker_id, fra, til, sak_id in rader.values_list("bruker_id", "fra", "til", "sak_id")
    ]


Spoersmaal = dict[Relasjon, "QuerySet[Any]"]
"""Relation → the rows of which one is enough."""


def _finnes(spoersmaal: Spoersmaal) -> Iterator[Relasjon]:
    """Yield, in their order, the relations that have a row: all are looked up at once."""
    if not spoersmaal:
        return
    deler = [
        rader.order_by().values_list(Value(str(relasjon), output_field=CharField()))[:1]
        for relasjon, rader in spoersmaal.items()
    ]
    funnet = {relasjon for (relasjon,) in deler[0].union(*deler[1:], all=True)}
    yield from (relasjon for relasjon in spoersmaal if relasjon in funnet)


def _om_saken(sak: Sak, bruker_id: int, blant: frozenset[Relasjon]) -> Spoersmaal:
    """Return what must be looked up of the relations to a case."""
    spoersmaal: Spoersmaal = {}
    if sak.pk is not None and Relasjon.SAKSBEHANDLER_I_SAK in blant:
        egne = sak.journalposter.exclude(status=Journalstatus.UTGAAR).filter(saksbehandler_id=bruker_id)
        spoersmaal[Relasjon.SAKSBEHANDLER_I_SAK] = egne
    if sak.pk is not None and Relasjon.SKRIVERETT in blant:
        dato = klokke.idag()
        rader = Sakrettighet.objects.filter(_ikke_over(dato), fra__lte=dato, nivaa=Rettighetsnivaa.SKRIVE)
        spoersmaal[Relasjon.SKRIVERETT] = rader.filter(bruker_id=bruker_id, sak=sak)
    return spoersmaal


@registrer_relasjoner(Sak)
def til_sak(sak: Sak, bruker_id: int, blant: frozenset[Relasjon]) -> Iterator[Relasjon]:
    """Relations to a case."""
    if sak.saksansvarlig_id == bruker_id:
        yield Relasjon.SAKSANSVARLIG
    yield from _finnes(_om_saken(sak, bruker_id, blant))


@registrer_relasjoner(Journalpost)
def til_journalpost(journalpost: Journalpost, bruker_id: int, blant: frozenset[Relasjon]) -> Iterator[Relasjon]:
    """Relations to a journalpost, with those to its case."""
    if journalpost.saksbehandler_id == bruker_id:
        yield Relasjon.SAKSBEHANDLER
    # Registering a received letter makes nobody its writer once the archive has it.
    skrevet = journalpost.journalposttype in EGENPRODUSERTE or journalpost.status == Journalstatus.REGISTRERT
    if skrevet and journalpost.opprettet_av_id == bruker_id:
        yield Relasjon.REGISTRERT_AV
    if journalpost.hos_godkjenner_id == bruker_id:
        yield Relasjon.GODKJENNER
    if journalpost.sak.saksansvarlig_id == bruker_id:
        yield Relasjon.SAKSANSVARLIG
    spoersmaal = _om_saken(journalpost.sak, bruker_id, blant)
    if Relasjon.MOTTAKER in blant and journalpost.pk is not None and journalpost.journalposttype in INTERNE:
        spoersmaal[Relasjon.MOTTAKER] = journalpost.interne_mottakere.filter(bruker_id=bruker_id, gyldig=True)
    yield from _finnes(spoersmaal)


@registrer_relasjoner(InternMottaker)
def til_mottaker(mottaker: InternMottaker, bruker_id: int, _blant: frozenset[Relasjon]) -> Iterator[Relasjon]:
    """Relations to one recipient's part: it is that person's, or saksansvarlig's."""
    if mottaker.bruker_id == bruker_id:
        yield Relasjon.MOTTAKER
    if mottaker.journalpost.sak.saksansvarlig_id == bruker_id:
        yield Relasjon.SAKSANSVARLIG
