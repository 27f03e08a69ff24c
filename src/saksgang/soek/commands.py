"""Keeping the index in step, in the same transaction as the act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from saksgang.kjerne.tekst import normaliser_for_soek

from .models import Soekerad


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
    rad = Soekerad(
        objekt_type=objekt_type,
        objekt_id=objekt_id,
        sak_id=sak_id,
        dato=dato,
        tittel=normaliser_for_soek(tittel),
        tekst=normaliser_for_soek(tekst)[:200_000],
        noekler=list(noekler),
        utgaatt=utgaatt,
    )
    # One statement, for this is part of every act.
    Soekerad.objects.bulk_create(
        [rad],
        update_conflicts=True,
        unique_fields=["objekt_type", "objekt_id"],
        update_fields=["sak_id", "dato", "tittel", "tekst", "noekler", "utgaatt"],
    )


def merk_rad(objekt_type: str, objekt_id: int, *, dato: dt.date, noekler: Sequence[int], utgaatt: bool) -> bool:
    """Renew when, for whom and whether an object is found, for an act that leaves its text alone.

    False when there is no such row.
    """
    rader = Soekerad.objects.filter(objekt_type=objekt_type, objekt_id=objekt_id)
    return bool(rader.update(dato=dato, noekler=list(noekler), utgaatt=utgaatt))
