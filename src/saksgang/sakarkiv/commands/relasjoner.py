"""How a person stands to a case, a journalpost and a recipient's row: told to tilgang at start."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q

from saksgang.kjerne import klokke
from saksgang.sakarkiv.models import InternMottaker, Journalpost, Sak, Sakrettighet
from saksgang.sakarkiv.rules import EGENPRODUSERTE, INTERNE, Journalstatus, Rettighetsnivaa
from saksgang.tilgang.queries import noekkelkilde, registrer_relasjoner
from saksgang.tilgang.rules import Relasjon, sak_noekkel


def _ikke_over(dato: dt.date) -> Q:
    return Q(trukket_tid__isnull=True) & (Q(til__isnull=True) | Q(til__gte=dato))


@noekkelkilde
def sakrettigheter(bruker_id: int, dato: dt.date) -> list[tuple[dt.date, dt.date | None, int]]:
    """Keys from grants, now or later, to read the graded documents of a case."""
    rader = Sakrettighet.objects.filter(_ikke_over(dato), bruker_id=bruker_id, nivaa=Rettighetsnivaa.LESE)
    return [(fra, til, sak_noekkel(sak_id)) for fra, til, sak_id in rader.values_list("fra", "til", "sak_id")]


@registrer_relasjoner(Sak)
def til_sak(sak: Sak, bruker_id: int, blant: frozenset[Relasjon]) -> Iterator[Relasjon]:
    """Relations to a case."""
    if sak.saksansvarlig_id == bruker_id:
        yield Relasjon.SAKSANSVARLIG
    if sak.pk is None:
        return
    if Relasjon.SAKSBEHANDLER_I_SAK in blant:
        egne = sak.journalposter.exclude(status=Journalstatus.UTGAAR).filter(saksbehandler_id=bruker_id)
        if egne.exists():
            yield Relasjon.SAKSBEHANDLER_I_SAK
    if Relasjon.SKRIVERETT in blant:
        dato = klokke.idag()
        rader = Sakrettighet.objects.filter(_ikke_over(dato), fra__lte=dato, nivaa=Rettighetsnivaa.SKRIVE)
        if rader.filter(bruker_id=bruker_id, sak=sak).exists():
            yield Relasjon.SKRIVERETT


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
    yield from til_sak(journalpost.sak, bruker_id, blant)
    intern = journalpost.pk is not None and journalpost.journalposttype in INTERNE
    if (
        Relasjon.MOTTAKER in blant
        and intern
        and journalpost.interne_mottakere.filter(bruker_id=bruker_id, gyldig=True).exists()
    ):
        yield Relasjon.MOTTAKER


@registrer_relasjoner(InternMottaker)
def til_mottaker(mottaker: InternMottaker, bruker_id: int, _blant: frozenset[Relasjon]) -> Iterator[Relasjon]:
    """Relations to one recipient's part: it is that person's, or saksansvarlig's."""
    if mottaker.bruker_id == bruker_id:
        yield Relasjon.MOTTAKER
    if mottaker.journalpost.sak.saksansvarlig_id == bruker_id:
        yield Relasjon.SAKSANSVARLIG
