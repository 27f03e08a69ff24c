"""An advisory lock that a process holds for as long as its connection lives: by that the others know that it does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def raadlaas(hva: int, pk: int | None = None) -> Iterator[bool]:
    """Hold the lock on a kind of work, or on one row of it, while the block runs, over several transactions.

    False, and nothing held, where another has it.
    """
    noekkel = [hva] if pk is None else [hva, pk % 2**31]
    plasser = ", ".join(["%s"] * len(noekkel))
    with connection.cursor() as markoer:
        markoer.execute(f"SELECT pg_try_advisory_lock({plasser})", noekkel)
        fikk = bool(markoer.fetchone()[0])
    try:
        yield fikk
    finally:
        if fikk:
            with connection.cursor() as markoer:
                markoer.execute(f"SELECT pg_advisory_unlock({plasser})", noekkel)
