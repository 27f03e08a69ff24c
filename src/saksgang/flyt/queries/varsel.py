"""Notifications: shown only as long as the reader may see what they are about."""

from __future__ import annotations

from django.db.models import QuerySet

from saksgang.flyt.models import Varsel, Varselvalg
from saksgang.flyt.rules import Varselmaate
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.organisasjon.models import Bruker
from saksgang.tilgang.queries import rettigheter

MAKS_ANTALL = 100


def varsler(bruker: Bruker) -> QuerySet[Varsel]:
    """Return bruker's notifications, newest first."""
    return Varsel.objects.filter(bruker=bruker).synlig_for_noekler(rettigheter(bruker).noekler).order_by("-tid", "-pk")


def uleste_varsler(bruker: Bruker) -> QuerySet[Varsel]:
    """Return bruker's unread notifications; no more than a hundred, for the count."""
    uleste = Varsel.objects.filter(bruker=bruker).uleste().synlig_for_noekler(rettigheter(bruker).noekler)
    return uleste.order_by("-tid", "-pk")[:MAKS_ANTALL]


def antall_uleste_varsler(bruker: Bruker) -> int:
    """Return how many notifications bruker has not read; no more than a hundred are counted."""
    return uleste_varsler(bruker).count()


def varslingsvalg(bruker: Bruker) -> str:
    """Return how bruker wants notifications by e-mail; nothing chosen is none."""
    valg = Varselvalg.objects.filter(bruker=bruker).first()
    return valg.maate if valg is not None else Varselmaate.INGEN


def hent_varsel(bruker: Bruker, pk: int) -> Varsel:
    """Return one of bruker's own notifications, or IkkeFunnet."""
    varsel = varsler(bruker).filter(pk=pk).first()
    if varsel is None:
        raise IkkeFunnet
    return varsel
