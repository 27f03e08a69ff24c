"""What runs by itself, and how it went."""

from __future__ import annotations

from saksgang.flyt.models import Tidsplan


def tidsplan() -> list[Tidsplan]:
    """Return every recurring job with its last run, for the administrator."""
    return list(Tidsplan.objects.order_by("navn", "pk"))
