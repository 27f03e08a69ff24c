"""One act, one id: every command runs as an act, and every object it changes leaves one event."""

from __future__ import annotations

import datetime as dt
import functools
import json
import uuid
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import connection, models, transaction

from saksgang.kjerne import klokke
from saksgang.organisasjon.models import Bruker

# Part of every act, so in plain SQL; xid is the database's own default.
SKRIV = """
INSERT INTO logg_hendelse (
    akt, tidspunkt, aktoer_id, paa_vegne_av_id, handling, objekt_type, objekt_id, sak_id, journalpost_id, lesing,
    endringer, detaljer
)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
P = ParamSpec("P")
R = TypeVar("R")


class Loggbar(Protocol):
    """An object that can say where in the log it belongs."""

    def loggreferanse(self) -> tuple[str, int, int | None, int | None]:
        """Return (type, id, id of its case, id of its journalpost)."""
        ...


@dataclass
class Akt:
    """What the commands of one act share."""

    id: uuid.UUID = field(default_factory=uuid.uuid4)
    paa_vegne_av_id: int | None = None


_akt: ContextVar[Akt | None] = ContextVar("akt", default=None)


def kommando(funksjon: Callable[P, R]) -> Callable[P, R]:
    """Run a command in one transaction and under one act id; a command inside it joins the act."""

    @functools.wraps(funksjon)
    def innpakket(*args: P.args, **kwargs: P.kwargs) -> R:
        if _akt.get() is not None:
            with transaction.atomic():
                return funksjon(*args, **kwargs)
        merke = _akt.set(Akt())
        try:
            with transaction.atomic():
                return funksjon(*args, **kwargs)
        finally:
            _akt.reset(merke)

    return innpakket


def paa_vegne_av(bruker_id: int | None) -> None:
    """Note for the rest of the act on whose behalf the actor acts (krav R-3.1.7)."""
    akt = _akt.get()
    if akt is not None and bruker_id is not None:
        akt.paa_vegne_av_id = bruker_id


def logg(
    objekt: Loggbar,
    handling: str,
    *,
    av: Bruker | None,
    endringer: Mapping[str, tuple[Any, Any]] | None = None,
    detaljer: Mapping[str, Any] | None = None,
    lesing: bool = False,
) -> None:
    """Write one event. Unchanged fields are left out of endringer; values become JSON."""
    akt = _akt.get() or Akt()
    aktoer_id = av.pk if av is not None else None
    endret = {felt: [_json(fra), _json(til)] for felt, (fra, til) in (endringer or {}).items() if fra != til}
    with connection.cursor() as markoer:
        markoer.execute(
            SKRIV,
            [
                akt.id,
                klokke.naa(),
                aktoer_id,
                akt.paa_vegne_av_id if akt.paa_vegne_av_id != aktoer_id else None,
                str(handling),
                *objekt.loggreferanse(),
                lesing,
                json.dumps(endret),
                json.dumps({navn: _json(verdi) for navn, verdi in (detaljer or {}).items()}),
            ],
        )


def _json(verdi: Any) -> Any:
    if isinstance(verdi, models.Model):
        return str(verdi)
    if isinstance(verdi, dt.datetime | dt.date):
        return verdi.isoformat()
    if isinstance(verdi, uuid.UUID | Decimal):
        return str(verdi)
    if isinstance(verdi, set | frozenset | tuple | list):
        return [_json(v) for v in verdi]
    return verdi
