"""Approval: the basket, the rounds of a journalpost, and whom one may ask (krav C.4, C.6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Q, QuerySet

from saksgang.flyt.models import Flagg, Godkjenning
from saksgang.flyt.rules import Godkjenningssvar
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Journalpost
from saksgang.sakarkiv.rules import roed_grense
from saksgang.tilgang.queries import Godkjenner, fravaerende, godkjennere, kan, rettigheter
from saksgang.tilgang.querysets import synlig_q
from saksgang.tilgang.rules import Handling

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


def runde_for_flagg(flagg: Flagg) -> Godkjenning | None:
    """Return the round that a flag asks for or answers, if it does."""
    return Godkjenning.objects.filter(Q(flagg=flagg) | Q(svarflagg=flagg)).select_related(*_RAD).order_by("pk").first()


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


def hvorfor_ikke_svare(runde: Godkjenning, bruker: Bruker) -> str:
    """Return why one who has an open round before them may not answer it all the same; empty when they may."""
    jp = runde.journalpost
    if bruker.pk in (runde.bedt_av_id, jp.saksbehandler_id):
        return "Du kan ikke godkjenne et dokument du selv har skrevet eller sendt til godkjenning."
    if godkjenner_som(runde) is None:
        return (
            f"{runde.godkjenner} kan ikke lenger godkjenne dokumenter fra {jp.enhet.navn}. "
            "Saksbehandleren må trekke dokumentet tilbake og sende det til en annen."
        )
    return ""


def godkjenner_som(runde: Godkjenning) -> Godkjenner | None:
    """Return as what the one asked may approve today, if at all."""
    mulige = valgbare_godkjennere(runde.journalpost, runde.bedt_av)
    return next((g for g in mulige if g.bruker.pk == runde.godkjenner_id), None)


def kan_svare(runde: Godkjenning, bruker: Bruker) -> bool:
    """Whether bruker may answer the round now: what the page offers and the command refuses otherwise."""
    return (
        runde.er_aapen and kan(bruker, Handling.GODKJENNE, runde.journalpost) and not hvorfor_ikke_svare(runde, bruker)
    )


@dataclass(frozen=True)
class Grunnlag:
    """Two lists of versions to compare, and since when: an answer, or a sending. None of them: within the round."""

    foer: dict[str, int]
    etter: dict[str, int]
    svar: Godkjenning | None = None
    sending: Godkjenning | None = None


def sammenligningsgrunnlag(runde: Godkjenning) -> Grunnlag | None:
    """Return what has changed that is of interest in a round; None where it is the first and still open.

    Answered: what the approver changed. Open: what changed since this approver's last answer; for one who is new, what
    those before have changed since the writer sent it; else since the last answer of anybody.
    """
    if not runde.er_aapen:
        return Grunnlag(runde.versjoner_foer, runde.versjoner_etter)
    naa = versjoner(runde.journalpost)
    foer = [r for r in runder(runde.journalpost) if r.runde < runde.runde and r.svar != Godkjenningssvar.TRUKKET]
    egne = [r for r in foer if r.godkjenner_id == runde.godkjenner_id]
    if egne:
        return Grunnlag(egne[-1].versjoner_etter, naa, svar=egne[-1])
    if runde.forrige_id is not None:
        foerst = kjede(runde)[0]
        return Grunnlag(foerst.versjoner_foer, naa, sending=foerst)
    return Grunnlag(foer[-1].versjoner_etter, naa, svar=foer[-1]) if foer else None


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
