"""What may not follow a file out on the net: found in the file, and washed out of a copy where that changes nothing.

Runs in a process of its own, without settings and database: what a file does to it costs that file and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

REGELVERSJON = 4
"""Counted up when a rule changes: every file is then checked anew before it is shown again."""


@dataclass(frozen=True, slots=True)
class Funn:
    """What one rule found in a file: how many times, and on which pages. Never what was found."""

    regel: str
    antall: int = 1
    sider: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Kontrollert:
    """What came of one file: what was found, and the copy without traces where there was something to wash out."""

    funn: tuple[Funn, ...] = ()
    vasket: bytes | None = None
