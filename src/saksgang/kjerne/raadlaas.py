"""An advisory lock that a process holds for as long as its connection lives: by that the others know that it does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def raadlaas(hva: int, pk: int) -> Iterator[bool]:
    """Hold the lock on one row of a kind while the block runs; False, and nothing held, where another has it."""
    noekkel = [hva, pk % 2**31]
    with connection.cursor() as markoer:
        markoer.execute("SELECT pg_try_advisory_lock(%s, %s)", noekkel)
        fikk = bool(markoer.fetchone()[0])
    try:
        yield fikk
    finally:
        if fikk:
            with connection.cursor() as markoer:
                markoer.execute("SELECT pg_advisory_unlock(%s, %s)", noekkel)
