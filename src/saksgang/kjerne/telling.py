"""Counting several lists in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet


def tell(lister: Mapping[str, QuerySet[Model]]) -> dict[str, int]:
    """Return the exact number of rows of each list (of a slice: no more than it holds), in one round trip."""
    navn: list[str] = []
    deler: list[str] = []
    parametre: list[Any] = []
    svar: dict[str, int] = {}
    for nokkel, liste in lister.items():
        if liste.query.is_empty():
            svar[nokkel] = 0
            continue
        if not liste.query.is_sliced:
            liste = liste.order_by()
        sql, verdier = liste.values("pk").query.sql_with_params()
        navn.append(nokkel)
        deler.append(f"(SELECT count(*) FROM ({sql}) AS liste)")  # noqa: S608 - compiled by the ORM, values apart
        parametre += verdier
    if deler:
        with connection.cursor() as peker:
            peker.execute(f"SELECT {', '.join(deler)}", parametre)  # noqa: S608 - compiled by the ORM, values apart
            svar |= dict(zip(navn, peker.fetchone(), strict=True))
    return {nokkel: svar[nokkel] for nokkel in lister}
