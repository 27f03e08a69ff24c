"""The agreements on where incoming post goes (krav R-9.1.1)."""

from __future__ import annotations

from django.db.models import F, QuerySet

from saksgang.kjerne.errors import IkkeFunnet
from saksgang.sakarkiv.models import Fordelingsregel

_RELASJONER = ("enhet", "klasse__klassifikasjonssystem", "saksbehandler")


def fordelingsregler() -> QuerySet[Fordelingsregel]:
    """Return the agreements in force by unit and ordningsverdi, each unit's «ellers» last."""
    return (
        Fordelingsregel.objects.filter(opphoert_dato__isnull=True)
        .select_related(*_RELASJONER)
        .order_by("enhet__kode", F("klasse__klasse_id").asc(nulls_last=True), "pk")
    )


def hent_fordelingsregel(pk: int) -> Fordelingsregel:
    """Return one agreement, an ended one too, or IkkeFunnet."""
    regel = Fordelingsregel.objects.select_related(*_RELASJONER).filter(pk=pk).first()
    if regel is None:
        raise IkkeFunnet
    return regel
