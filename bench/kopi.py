"""Rows written with COPY, in the text format, table by table."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def verdi(v: Any) -> str:
    """Return one value in COPY's text format. No text of the benchmark holds a tab, a newline or a backslash."""
    if v is None:
        return "\\N"
    if v is True:
        return "t"
    if v is False:
        return "f"
    if isinstance(v, list | tuple):
        return "{" + ",".join(map(str, v)) + "}"
    if isinstance(v, dict):
        return json.dumps(v, ensure_ascii=False)
    if isinstance(v, dt.datetime):
        return v.isoformat(sep=" ")
    return str(v)


class Tabell:
    """Gathers rows of one model; the columns not named get the model's own defaults. Numbers its rows itself."""

    def __init__(self, modell: type[models.Model], *felter: str, uuid: bool = False, nummer: bool = True) -> None:
        self.modell, self.uuid = modell, uuid
        meta = modell._meta
        self.teller = (modell._default_manager.aggregate(siste=models.Max("pk"))["siste"] or 0) if nummer else 0
        foran = ([meta.pk.column] if nummer else []) + (["system_id"] if uuid else [])
        self.felter = [*foran, *felter]
        rest = [
            f
            for f in meta.concrete_fields
            if f.column not in self.felter
            and not f.generated
            and f.db_default is models.NOT_PROVIDED
            and f.column != meta.pk.column
        ]
        self.kolonner = ", ".join(f'"{navn}"' for navn in [*self.felter, *(f.column for f in rest)])
        self.hale = "".join("\t" + verdi(_standard(f)) for f in rest) + "\n"
        self.nummer = nummer
        self.rader: list[str] = []
        self.uuid_foran = f"{abs(hash(meta.label)) % 16**8:08x}-0000-4000-8000-"

    def ny(self, *verdier: Any) -> int:
        """Add a row; return its number."""
        self.teller += 1
        foran = []
        if self.nummer:
            foran.append(str(self.teller))
        if self.uuid:
            foran.append(f"{self.uuid_foran}{self.teller:012x}")
        self.rader.append("\t".join([*foran, *map(verdi, verdier)]) + self.hale)
        return self.teller

    def skriv(self) -> None:
        """Write what is gathered."""
        if not self.rader:
            return
        setning = f'COPY "{self.modell._meta.db_table}" ({self.kolonner}) FROM STDIN'
        with connection.cursor() as markoer, markoer.cursor.copy(setning) as kopi:
            kopi.write("".join(self.rader))
        self.rader.clear()


def _standard(felt: models.Field) -> Any:
    if felt.has_default():
        return felt.get_default()
    return None if felt.null else ""


def uten_indekser(modeller: Sequence[type[models.Model]]) -> list[str]:
    """Drop foreign keys, and the indexes that no constraint owns; return what makes them again, and so proves them."""
    tabeller = [m._meta.db_table for m in modeller]
    with connection.cursor() as markoer:
        markoer.execute(
            "SELECT indexdef, format('DROP INDEX %%I', indexname) FROM pg_indexes "
            "WHERE tablename = ANY(%s) AND indexname NOT IN (SELECT conname FROM pg_constraint)",
            [tabeller],
        )
        rader = markoer.fetchall()
        markoer.execute(
            "SELECT format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, "
            "pg_get_constraintdef(oid)), format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname) "
            "FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)",
            [tabeller],
        )
        rader += markoer.fetchall()
        for _, fjern in rader:
            markoer.execute(fjern)
    return [lag for lag, _ in rader]
