"""Keyset paging: the page after or before a place in a list, never counted from the start."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import attrgetter, or_
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q, QuerySet

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Orden:
    """A total order: paths of fields, all in one direction, the primary key last.

    nullbar: the first field may be empty; the empty ones come last, whatever the direction.
    """

    felter: tuple[str, ...]
    synkende: bool = False
    nullbar: bool = False


@dataclass(frozen=True)
class Side(Generic[M]):
    """One page, and the marks that lead to the pages beside it (empty where there is none)."""

    rader: list[M] = field(default_factory=list)
    forrige: str = ""
    neste: str = ""


def bla(liste: QuerySet[M], orden: Orden, *, etter: str = "", foer: str = "", antall: int = 50) -> Side[M]:
    """Return the page after or before a mark, or the first one. A mark that cannot be read means the first page."""
    baklengs = bool(foer)
    verdier = _les(foer or etter, orden)
    sortert = liste.order_by(*_rekkefoelge(orden, baklengs))
    try:
        rader = list((sortert.filter(_forbi(orden, verdier, baklengs)) if verdier else sortert)[: antall + 1])
    except (ValidationError, ValueError):
        verdier, baklengs = None, False
        rader = list(liste.order_by(*_rekkefoelge(orden, baklengs))[: antall + 1])
    flere, rader = len(rader) > antall, rader[:antall]
    if baklengs:
        rader.reverse()
    if not rader:
        return Side()
    return Side(
        rader,
        forrige=_merke(rader[0], orden) if (flere if baklengs else verdier) else "",
        neste=_merke(rader[-1], orden) if (baklengs or flere) else "",
    )


def _rekkefoelge(orden: Orden, baklengs: bool) -> list[Any]:
    synkende = orden.synkende != baklengs
    ut: list[Any] = [f"{'-' if synkende else ''}{felt}" for felt in (*orden.felter, "pk")]
    if orden.nullbar:
        tomme = {"nulls_first": True} if baklengs else {"nulls_last": True}
        ut[0] = F(orden.felter[0]).desc(**tomme) if synkende else F(orden.felter[0]).asc(**tomme)
    return ut


def _forbi(orden: Orden, verdier: Sequence[Any], baklengs: bool) -> Q:
    """Rows beyond these values: further on at the first field that differs."""
    forbi = "lt" if orden.synkende != baklengs else "gt"
    felter = (*orden.felter, "pk")
    if not orden.nullbar:
        return Q(**{f"{felter[0]}__{forbi}e": verdier[0]}) & _leddvis(felter, verdier, forbi)
    foerste = felter[0]
    videre = _leddvis(felter[1:], verdier[1:], forbi)
    if verdier[0] is None:
        like = Q(**{f"{foerste}__isnull": True}) & videre
        return like | Q(**{f"{foerste}__isnull": False}) if baklengs else like
    ulike = Q(**{f"{foerste}__{forbi}": verdier[0]}) | Q(**{foerste: verdier[0]}) & videre
    return ulike if baklengs else ulike | Q(**{f"{foerste}__isnull": True})


def _leddvis(felter: Sequence[str], verdier: Sequence[Any], forbi: str) -> Q:
    ledd = [
        Q(**dict(zip(felter[:n], verdier[:n], strict=True)), **{f"{felter[n]}__{forbi}": verdier[n]})
        for n in range(len(felter))
    ]
    return reduce(or_, ledd)


def _merke(rad: Model, orden: Orden) -> str:
    verdier = [attrgetter(felt.replace("__", "."))(rad) for felt in (*orden.felter, "pk")]
    tekst = json.dumps([v.isoformat() if isinstance(v, dt.date) else v for v in verdier], ensure_ascii=False)
    return base64.urlsafe_b64encode(tekst.encode()).decode().rstrip("=")


def _les(merke: str, orden: Orden) -> list[Any] | None:
    if not merke:
        return None
    verdier: Any
    try:
        verdier = json.loads(base64.urlsafe_b64decode(merke + "=" * (-len(merke) % 4)))
    except ValueError:
        return None
    riktig = isinstance(verdier, list) and len(verdier) == len(orden.felter) + 1
    if not riktig or not all(isinstance(v, str | int) or v is None for v in verdier):
        return None
    if any(v is None for v in verdier[1 if orden.nullbar else 0 :]):
        return None
    return list(verdier)
