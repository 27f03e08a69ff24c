"""One act, one id: every command runs as an act, and every object it changes leaves one event."""

from __future__ import annotations

import datetime as dt
import functools
import uuid
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import models, transaction

from saksgang.kjerne import klokke
from saksgang.logg.models import Hendelse
from saksgang.organisasjon.models import Bruker

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
) -> Hendelse:
    """Write one event. Unchanged fields are left out of endringer; values become JSON."""
    akt = _akt.get() or Akt()
    objekt_type, objekt_id, sak_id, journalpost_id = objekt.loggreferanse()
    return Hendelse.objects.create(
        akt=akt.id,
        tidspunkt=klokke.naa(),
        aktoer=av,
        paa_vegne_av_id=akt.paa_vegne_av_id if akt.paa_vegne_av_id != getattr(av, "pk", None) else None,
        handling=str(handling),
        objekt_type=objekt_type,
        objekt_id=objekt_id,
        sak_id=sak_id,
        journalpost_id=journalpost_id,
        lesing=lesing,
        endringer={felt: [_json(fra), _json(til)] for felt, (fra, til) in (endringer or {}).items() if fra != til},
        detaljer={navn: _json(verdi) for navn, verdi in (detaljer or {}).items()},
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
