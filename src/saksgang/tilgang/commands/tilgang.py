"""Access combinations and the keys of a row."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from saksgang.tilgang.models import Tilgang
from saksgang.tilgang.queries.rettigheter import ny_runde
from saksgang.tilgang.rules import Klasse, ark_noekkel, kombinasjon_noekkel, person_noekkel

# Asked in nearly every act, so in plain SQL.
FINN = """
SELECT id
FROM tilgang_tilgang
WHERE klasse = %s
  AND kode_id IS NOT DISTINCT FROM %s
  AND gruppe_id IS NOT DISTINCT FROM %s
  AND enhet_id IS NOT DISTINCT FROM %s
"""


def kombinasjon(klasse: Klasse, *, kode_id: int | None, gruppe_id: int | None, enhet_id: int | None) -> int:
    """Return the id of the one row of this combination, made when first needed."""
    if klasse == Klasse.AAPEN:
        kode_id = gruppe_id = enhet_id = None
    with connection.cursor() as markoer:
        markoer.execute(FINN, [klasse.value, kode_id, gruppe_id, enhet_id])
        if (rad := markoer.fetchone()) is not None:
            return int(rad[0])
    ny, er_ny = Tilgang.objects.get_or_create(  # type: ignore[misc]
        klasse=klasse, kode_id=kode_id, gruppe_id=gruppe_id, enhet_id=enhet_id
    )
    if er_ny:
        ny_runde()
    return int(ny.pk)


def noekler_for(
    klasse: Klasse,
    *,
    kode_id: int | None,
    gruppe_id: int | None,
    enhet_id: int,
    personer: Iterable[int | None] = (),
    andre: Iterable[int] = (),
) -> list[int]:
    """Return the keys that a row of this kind carries (krav C.0)."""
    tilgang_id = kombinasjon(klasse, kode_id=kode_id, gruppe_id=gruppe_id, enhet_id=enhet_id)
    noekler = {kombinasjon_noekkel(tilgang_id), ark_noekkel(kode_id), *andre}
    noekler |= {person_noekkel(p) for p in personer if p is not None}
    return sorted(noekler)
