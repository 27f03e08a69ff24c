"""The rules for titles, and what they say of one."""

from __future__ import annotations

from django.db.models import QuerySet

from saksgang.kjerne.errors import IkkeFunnet
from saksgang.sakarkiv.models import Skriveregel
from saksgang.sakarkiv.rules.skriveregel import Funn, kontroller, rydd


def skriveregler(*, alle: bool = False) -> QuerySet[Skriveregel]:
    """Return the rules in use, in their order; with alle also those that are put aside."""
    rader = Skriveregel.objects.order_by("rekkefoelge", "pk")
    return rader if alle else rader.filter(aktiv=True)


def hent_skriveregel(pk: int) -> Skriveregel:
    """Return one rule, or IkkeFunnet."""
    rad = Skriveregel.objects.filter(pk=pk).first()
    if rad is None:
        raise IkkeFunnet
    return rad


def kontroller_tittel(tittel: str, *, skjermet: bool = False) -> tuple[list[Funn], str]:
    """Return what the rules in use have against a title, and the title cleaned up, empty when nothing is proposed."""
    tittel = " ".join(tittel.split())
    if not tittel:
        return [], ""
    regler = list(skriveregler())
    funn = kontroller(tittel, regler, skjermet=skjermet)
    forslag = rydd(tittel, regler) if funn else ""
    return funn, forslag if forslag != tittel else ""
