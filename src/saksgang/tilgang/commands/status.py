"""The whole workflow engine: a status moves along its table, past every hindrance, and leaves an event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models

from saksgang.kjerne.errors import Avvist, UlovligOvergang
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.tilgang.queries.rett import hindringer
from saksgang.tilgang.rules import Handling

from .krev import krev

M = TypeVar("M", bound=models.Model)
_med: dict[type, Callable[[Any], dict[str, Any]]] = {}
_etter: dict[type, Callable[[Any], None]] = {}


def med_status(modell: type) -> Callable[[Callable[[Any], dict[str, Any]]], Callable[[Any], dict[str, Any]]]:
    """Decorate the function that gives what is written with every move of a model: the keys that follow from it."""

    def registrer(funksjon: Callable[[Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any]]:
        _med[modell] = funksjon
        return funksjon

    return registrer


def etter_status(modell: type) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Decorate the function that brings the index of a model, and what hangs on it, up to date after a move."""

    def registrer(funksjon: Callable[[Any], None]) -> Callable[[Any], None]:
        _etter[modell] = funksjon
        return funksjon

    return registrer


def sett_foerste_status(objekt: M, til: str, *, av: Bruker, rett: tuple[Handling, models.Model] | None = None) -> M:
    """Give an object that is not stored yet its first status; refused where the table or ROLLER does not let av.

    rett: the act on another object that this one follows from, asked for instead (A-52).
    """
    handling = objekt.overganger.get((None, til))  # type: ignore[attr-defined]
    if handling is None:
        raise UlovligOvergang(f"Kan ikke registreres med status {til}.")
    krev(av, *(rett or (handling, objekt)))
    objekt.status = til  # type: ignore[attr-defined]
    return objekt


@kommando
def skift_status(
    objekt: M,
    til: str,
    *,
    av: Bruker,
    felter: dict[str, Any] | None = None,
    foelger: Callable[[M], dict[str, Any]] | None = None,
    **detaljer: Any,
) -> M:
    """Move objekt to status til: the only code in the product that writes a status.

    felter: further fields that the move sets. foelger: gives fields that are only known once the move is certain, such
    as the next number; they are written with it, and the event is silent about them. Refused outside the table,
    without a row in ROLLER, and where anything in HINDRE stands in the way; then with all reasons at once.
    """
    rader = type(objekt)._default_manager.select_for_update(of=("self",))
    if lastes_med := getattr(objekt, "LASTES_MED", ()):
        rader = rader.select_related(*lastes_med)
    objekt = rader.get(pk=objekt.pk)
    fra = objekt.status  # type: ignore[attr-defined]
    handling = objekt.overganger.get((fra, til))  # type: ignore[attr-defined]
    if handling is None:
        raise UlovligOvergang(f"Kan ikke gå fra status {fra} til {til}.")
    krev(av, handling, objekt)
    if hindre := hindringer(objekt, til, av):
        raise Avvist(hindre)
    endringer: dict[str, tuple[Any, Any]] = {"status": (fra, til)}
    objekt.status = til  # type: ignore[attr-defined]
    for felt, verdi in (felter or {}).items():
        endringer[felt] = (getattr(objekt, felt), verdi)
        setattr(objekt, felt, verdi)
    tillegg = foelger(objekt) if foelger is not None else {}
    if type(objekt) in _med:
        tillegg |= _med[type(objekt)](objekt)
    for felt, verdi in tillegg.items():
        setattr(objekt, felt, verdi)
    objekt.save(update_fields=["status", *(felter or {}), *tillegg])
    if type(objekt) in _etter:
        _etter[type(objekt)](objekt)
    logg(objekt, handling, av=av, endringer=endringer, detaljer=detaljer)  # type: ignore[arg-type]
    return objekt
