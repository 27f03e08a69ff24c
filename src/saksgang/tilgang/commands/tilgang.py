"""Access combinations and the keys of a row."""

from __future__ import annotations

from collections.abc import Iterable

from saksgang.tilgang.models import Tilgang
from saksgang.tilgang.queries.rettigheter import ny_runde
from saksgang.tilgang.rules import Klasse, ark_noekkel, kombinasjon_noekkel, person_noekkel


def kombinasjon(klasse: Klasse, *, kode_id: int | None, gruppe_id: int | None, enhet_id: int | None) -> Tilgang:
    """Return the one row of this combination, made when first needed."""
    if klasse == Klasse.AAPEN:
        kode_id = gruppe_id = enhet_id = None
    rad, er_ny = Tilgang.objects.get_or_create(  # type: ignore[misc]
        klasse=klasse, kode_id=kode_id, gruppe_id=gruppe_id, enhet_id=enhet_id
    )
    if er_ny:
        ny_runde()
    return rad


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
    rad = kombinasjon(klasse, kode_id=kode_id, gruppe_id=gruppe_id, enhet_id=enhet_id)
    noekler = {kombinasjon_noekkel(rad.pk), ark_noekkel(kode_id), *andre}
    noekler |= {person_noekkel(p) for p in personer if p is not None}
    return sorted(noekler)
