"""How a person stands to a case, a journalpost and a recipient's row: told to tilgang at start."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from saksgang.kjerne import klokke
from saksgang.sakarkiv.models import InternMottaker, Journalpost, Sak, Sakrettighet
from saksgang.sakarkiv.rules import EGENPRODUSERTE, INTERNE, Journalstatus, Rettighetsnivaa
from saksgang.tilgang.queries import noekkelkilde, registrer_relasjoner
from saksgang.tilgang.rules import Relasjon, sak_noekkel


def _gyldige(dato: dt.date) -> Q:
    return Q(trukket_tid__isnull=True, fra__lte=dato) & (Q(til__isnull=True) | Q(til__gte=dato))


@noekkelkilde
def sakrettigheter(bruker_id: int, dato: dt.date) -> list[int]:
    """Keys from valid grants to read the graded documents of a case."""
    rader = Sakrettighet.objects.filter(_gyldige(dato), bruker_id=bruker_id, nivaa=Rettighetsnivaa.LESE)
    return [sak_noekkel(sak_id) for sak_id in rader.values_list("sak_id", flat=True)]


@registrer_relasjoner(Sak)
def til_sak(sak: Sak, bruker_id: int) -> set[Relasjon]:
    """Relations to a case."""
    funnet = set()
    if sak.saksansvarlig_id == bruker_id:
        funnet.add(Relasjon.SAKSANSVARLIG)
    if sak.pk is None:
        return funnet
    if sak.journalposter.exclude(status=Journalstatus.UTGAAR).filter(saksbehandler_id=bruker_id).exists():
        funnet.add(Relasjon.SAKSBEHANDLER_I_SAK)
    if Sakrettighet.objects.filter(
        _gyldige(klokke.idag()), bruker_id=bruker_id, sak=sak, nivaa=Rettighetsnivaa.SKRIVE
    ).exists():
        funnet.add(Relasjon.SKRIVERETT)
    return funnet


@registrer_relasjoner(Journalpost)
def til_journalpost(journalpost: Journalpost, bruker_id: int) -> set[Relasjon]:
    """Relations to a journalpost, with those to its case."""
    funnet = til_sak(journalpost.sak, bruker_id)
    if journalpost.saksbehandler_id == bruker_id:
        funnet.add(Relasjon.SAKSBEHANDLER)
    # Registering a received letter makes nobody its writer once the archive has it.
    skrevet = journalpost.journalposttype in EGENPRODUSERTE or journalpost.status == Journalstatus.REGISTRERT
    if skrevet and journalpost.opprettet_av_id == bruker_id:
        funnet.add(Relasjon.REGISTRERT_AV)
    if journalpost.hos_godkjenner_id == bruker_id:
        funnet.add(Relasjon.GODKJENNER)
    intern = journalpost.pk is not None and journalpost.journalposttype in INTERNE
    if intern and journalpost.interne_mottakere.filter(bruker_id=bruker_id, gyldig=True).exists():
        funnet.add(Relasjon.MOTTAKER)
    return funnet


@registrer_relasjoner(InternMottaker)
def til_mottaker(mottaker: InternMottaker, bruker_id: int) -> set[Relasjon]:
    """Relations to one recipient's part: it is that person's, or saksansvarlig's."""
    funnet = set()
    if mottaker.bruker_id == bruker_id:
        funnet.add(Relasjon.MOTTAKER)
    if mottaker.journalpost.sak.saksansvarlig_id == bruker_id:
        funnet.add(Relasjon.SAKSANSVARLIG)
    return funnet
