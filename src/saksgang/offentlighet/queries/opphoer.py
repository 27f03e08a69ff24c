"""Gradings that end: for those who have the entry and those who decide."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, Least

from saksgang.kjerne import klokke
from saksgang.offentlighet.models import Graderingsopphoer
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Journalpost
from saksgang.sakarkiv.rules import Journalstatus, Saksstatus
from saksgang.tilgang.models import Hjemmel
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.querysets import synlig_q
from saksgang.tilgang.rules import Funksjon


def aktive() -> QuerySet[Graderingsopphoer]:
    """Return the ends of gradings that stand: coded, not blocked, in a case that is open."""
    return (
        Graderingsopphoer.objects.filter(journalpost__tilgangskode__isnull=False, journalpost__xx_frist__isnull=True)
        .exclude(journalpost__status=Journalstatus.UTGAAR)
        .exclude(journalpost__sak__status__in=[Saksstatus.AVSLUTTET, Saksstatus.UTGAAR])
        .select_related("journalpost__sak", "journalpost__tilgangskode", "journalpost__hjemmel")
        .order_by("pk")
    )


def utloeper(snart: dt.date) -> QuerySet[Graderingsopphoer]:
    """Return those of the active that have ended, or do by this day. Those that rest are not looked through."""
    return aktive().filter(ender_q(snart))


def ender_q(snart: dt.date, *, hviler: bool = False) -> Q:
    """Ends that have come, or do by this day; those that rest apart from the others."""
    return (Q(dato__lte=snart) | Q(inntruffet__isnull=False)) & Q(hviler=hviler)


def opphoer(journalpost: Journalpost) -> Graderingsopphoer | None:
    """Return when the grading of an entry ends, where somebody has said so."""
    rad = Graderingsopphoer.objects.filter(journalpost=journalpost).first()
    return rad if rad is not None and (rad.dato is not None or rad.hendelse) else None


def gradering_utloeper(leser: Bruker, idag: dt.date | None = None) -> QuerySet[Journalpost]:
    """Gradings that end soon or have ended, of own entries and of the units where one decides; first end first."""
    idag = idag or klokke.idag()
    rett = rettigheter(leser)
    snart = idag + dt.timedelta(days=settings.OPPHOER_VARSELDAGER)
    rader = utloeper(snart).values("journalpost_id").order_by()
    return (
        Journalpost.objects.filter(
            Q(saksbehandler=leser) | Q(enhet_id__in=sorted(rett.enheter(Funksjon.GRADERE))),
            synlig_q(rett.noekler),
            pk__in=rader,
        )
        .annotate(
            ender=Least(
                Coalesce("graderingsopphoer__dato", "graderingsopphoer__inntruffet"),
                Coalesce("graderingsopphoer__inntruffet", "graderingsopphoer__dato"),
            )
        )
        .select_related("sak", "tilgangskode", "enhet", "graderingsopphoer")
        .order_by("ender", "pk")
    )


def gradering_utloept(leser: Bruker, idag: dt.date | None = None) -> QuerySet[Journalpost]:
    """Those of them that have ended: red."""
    idag = idag or klokke.idag()
    endt = utloeper(idag).values("journalpost_id").order_by()
    return gradering_utloeper(leser, idag).filter(pk__in=endt)


def opphoersforslag(hjemmel: Hjemmel, fra: dt.date | None) -> tuple[dt.date | None, str]:
    """Return the end that a hjemmel suggests: so many years after the document's date, and the event."""
    if hjemmel.opphoer_aar is None:
        return None, hjemmel.opphoer_hendelse
    start = fra or klokke.idag()
    try:
        return start.replace(year=start.year + hjemmel.opphoer_aar), hjemmel.opphoer_hendelse
    except ValueError:  # 29 February
        return start.replace(year=start.year + hjemmel.opphoer_aar, day=28), hjemmel.opphoer_hendelse


def er_foreslaatt(fra: dt.date | None, dato: str, hendelse: str) -> tuple[bool, bool]:
    """Whether a date and an event, as they stand in a form, are what some hjemmel suggests, or nothing."""
    forslag = [opphoersforslag(h, fra) for h in Hjemmel.objects.filter(~Q(opphoer_hendelse="") | Q(opphoer_aar__gt=0))]
    datoer = {d.isoformat() for d, _ in forslag if d is not None} | {""}
    return dato in datoer, hendelse.strip() in {h for _, h in forslag} | {""}
