"""Keeping the index in step, in the same transaction as the act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection

from saksgang.kjerne.tekst import normaliser_for_soek

LENGSTE_TEKST = 200_000

# Part of nearly every act, so in plain SQL.
SKRIV = """
INSERT INTO soek_soekerad (objekt_type, objekt_id, sak_id, dato, tittel, tekst, noekler, utgaatt)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (objekt_type, objekt_id) DO UPDATE SET
    sak_id = excluded.sak_id, dato = excluded.dato, tittel = excluded.tittel, tekst = excluded.tekst,
    noekler = excluded.noekler, utgaatt = excluded.utgaatt
"""
MERK = "UPDATE soek_soekerad SET dato = %s, noekler = %s, utgaatt = %s WHERE objekt_type = %s AND objekt_id = %s"


def indekser(
    objekt_type: str,
    objekt_id: int,
    *,
    sak_id: int,
    dato: dt.date,
    tittel: str,
    tekst: str,
    noekler: Sequence[int],
    utgaatt: bool,
) -> None:
    """Write or renew the row of one object."""
    verdier: list[Any] = [
        *(objekt_type, objekt_id, sak_id, dato),
        *(normaliser_for_soek(tittel), normaliser_for_soek(tekst)[:LENGSTE_TEKST]),
        *(list(noekler), utgaatt),
    ]
    with connection.cursor() as markoer:
        markoer.execute(SKRIV, verdier)


def merk_rad(objekt_type: str, objekt_id: int, *, dato: dt.date, noekler: Sequence[int], utgaatt: bool) -> bool:
    """Renew when, for whom and whether an object is found, for an act that leaves its text alone.

    False when there is no such row.
    """
    with connection.cursor() as markoer:
        markoer.execute(MERK, [dato, list(noekler), utgaatt, objekt_type, objekt_id])
        return bool(markoer.rowcount)
