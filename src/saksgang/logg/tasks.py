"""What the worker does for the log."""

from __future__ import annotations

from .commands.segl import forsegl_logg


def forsegl() -> int:
    """Seal what has happened since last; return how many events. Can be run at any time."""
    return forsegl_logg()
