"""What the log is told about rows that lie below it, and about the grants of this room."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import UgyldigInndata


@dataclass(frozen=True)
class Loggobjekt:
    """Type and id of a row that cannot say so itself."""

    type: str
    id: int

    def loggreferanse(self) -> tuple[str, int, None, None]:
        return self.type, self.id, None, None


def loggobjekt(rad: models.Model) -> Loggobjekt:
    """Return what the log calls this row."""
    return Loggobjekt(rad._meta.model_name or "", rad.pk)


def sett_felter(rad: models.Model, felter: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set and store the fields that differ; return for each what it was and what it became."""
    endringer = {felt: (getattr(rad, felt), verdi) for felt, verdi in felter.items() if getattr(rad, felt) != verdi}
    for felt, (_, verdi) in endringer.items():
        setattr(rad, felt, verdi)
    if endringer:
        rad.save(update_fields=list(endringer))
    return endringer


def nye_felter(rad: models.Model, *felter: str) -> dict[str, tuple[None, Any]]:
    """Return the fields of a new row as the log's changes."""
    return {felt: (None, getattr(rad, felt)) for felt in felter}


def krev_periode(fra: dt.date, til: dt.date | None) -> None:
    """Refuse a period that ends before it begins."""
    if til is not None and til < fra:
        raise UgyldigInndata({"til": "Til og med-datoen er før fra-datoen. Rett en av dem."})


def avsluttet_periode(fra: dt.date, til: dt.date) -> dict[str, dt.date]:
    """Return the dates of a grant that ends with til; one that begins later is moved, so that it gives nothing.

    An end in the future cannot lie before the beginning.
    """
    if til >= fra:
        return {"til": til}
    if til >= klokke.idag():
        raise UgyldigInndata(
            {"til": f"Tildelingen begynner {fra:%d.%m.%Y}. Velg en senere dato, eller en dato som er passert."}
        )
    return {"fra": til, "til": til}


LAAS_ADMINISTRATOR, LAAS_ENHETSTRE = 7_305_001, 7_305_002


def laas(noekkel: int) -> None:
    """Hold a lock on something that no single row stands for, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [noekkel])
