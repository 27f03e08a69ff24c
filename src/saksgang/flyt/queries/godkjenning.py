"""Approval: the basket, the rounds of a journalpost, and whom one may ask (krav C.4, C.6)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import F, QuerySet

from saksgang.flyt.models import Godkjenning
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Journalpost
from saksgang.sakarkiv.rules import roed_grense
from saksgang.tilgang.queries import Godkjenner, fravaerende, godkjennere, rettigheter
from saksgang.tilgang.querysets import synlig_q

_RAD = ("journalpost__sak", "journalpost__tilgangskode", "bedt_av", "godkjenner", "svart_av", "flagg", "svarflagg")


def til_godkjenning(leser: Bruker) -> QuerySet[Godkjenning]:
    """Open rounds before the reader, and before those whom the reader stands in for today (krav C.4, R-3.1.7).

    Not one's own document: nobody approves that.
    """
    rett = rettigheter(leser)
    hos = {leser.pk, *(r.leder_id for r in rett.stedfortreder)}
    return (
        Godkjenning.objects.filter(synlig_q(rett.noekler, "journalpost__"), svar="", godkjenner_id__in=sorted(hos))
        .exclude(bedt_av=leser)
        .exclude(journalpost__saksbehandler=leser)
        .select_related(*_RAD)
        .order_by(F("frist").asc(nulls_last=True), "pk")
    )


def til_godkjenning_forfalt(leser: Bruker, idag: dt.date | None = None) -> QuerySet[Godkjenning]:
    """Those whose date has passed."""
    return til_godkjenning(leser).filter(frist__lt=idag or klokke.idag())


def til_godkjenning_roed(leser: Bruker, idag: dt.date | None = None) -> QuerySet[Godkjenning]:
    """Those that are red: past their date, or due in fewer days than the threshold (A-06)."""
    return til_godkjenning(leser).filter(frist__lt=roed_grense(idag or klokke.idag(), settings.ROED_TERSKEL))


def hent_godkjenning(leser: Bruker, pk: int) -> Godkjenning:
    """Return a round of a journalpost that the reader may see, or IkkeFunnet."""
    runde = (
        Godkjenning.objects.filter(synlig_q(rettigheter(leser).noekler, "journalpost__"), pk=pk)
        .select_related(*_RAD)
        .first()
    )
    if runde is None:
        raise IkkeFunnet
    return runde


def runder(journalpost: Journalpost) -> QuerySet[Godkjenning]:
    """Return every round of a journalpost, the first one first, for a reader who may see it."""
    return Godkjenning.objects.filter(journalpost=journalpost).select_related(*_RAD).order_by("runde", "pk")


def aapen_runde(journalpost: Journalpost) -> Godkjenning | None:
    """Return the round that waits for an answer, if any."""
    return runder(journalpost).filter(svar="").first()


def kjede(runde: Godkjenning) -> list[Godkjenning]:
    """Return the rounds that were forwarded to this one, the first of them first and this one last."""
    funnet = [runde]
    while (forrige := funnet[-1].forrige) is not None:
        funnet.append(forrige)
    return funnet[::-1]


def valgbare_godkjennere(journalpost: Journalpost, spoer: Bruker) -> list[Godkjenner]:
    """Return whom a person may ask to approve the journalpost: nobody approves what is their own.

    A deputy does not either, on behalf of the one whose document it is.
    """
    egne = {spoer.pk, journalpost.saksbehandler_id}
    return [
        g
        for g in godkjennere(journalpost.enhet_id, klokke.idag())
        if g.bruker.pk not in egne and (g.leder is None or g.leder.pk not in egne)
    ]


def foreslaatt_godkjenner(valg: list[Godkjenner], idag: dt.date) -> Godkjenner | None:
    """Return whom to propose of these: the nearest leader, or when away an active deputy (krav R-10.2.2.6a)."""
    if not valg:
        return None
    borte = fravaerende(idag, [g.bruker.pk for g in valg])
    leder = valg[0]
    if leder.bruker.pk not in borte:
        return leder
    return next((g for g in valg if g.leder == leder.bruker and g.bruker.pk not in borte), leder)


def versjoner(journalpost: Journalpost) -> dict[str, int]:
    """Return the present version of each document: what a round begins and ends with."""
    rader = (
        Dokumentversjon.objects.filter(
            dokument__in=Dokument.objects.filter(journalpost=journalpost, utgaatt_tid__isnull=True),
            variantformat=Dokumentversjon.Variant.PRODUKSJON,
        )
        .order_by("versjonsnummer", "pk")
        .values_list("dokument_id", "versjonsnummer")
    )
    return {str(dokument_id): nummer for dokument_id, nummer in rader}
