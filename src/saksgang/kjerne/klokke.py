"""The one clock. Commands ask it; rules get the date handed to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_stilt: ContextVar[dt.datetime | None] = ContextVar("stilt", default=None)


def naa() -> dt.datetime:
    """Return the present moment, time-zone aware."""
    return _stilt.get() or timezone.now()


def idag() -> dt.date:
    """Return today's date in the municipality's time zone."""
    return timezone.localdate(_stilt.get())


@contextmanager
def stillt(tidspunkt: dt.datetime) -> Iterator[None]:
    """Let the clock stand at a moment: for the demo alone, which builds a history through the commands."""
    merke = _stilt.set(tidspunkt)
    try:
        yield
    finally:
        _stilt.reset(merke)
