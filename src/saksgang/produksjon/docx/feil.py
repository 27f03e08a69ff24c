"""How the mechanics refuse: sentences for the person who wrote the file."""

from __future__ import annotations

from collections.abc import Sequence


class Filfeil(Exception):
    """What is wrong with a file, and how to mend it."""

    def __init__(self, setninger: str | Sequence[str]) -> None:
        self.setninger = [setninger] if isinstance(setninger, str) else list(setninger)
        super().__init__(" ".join(self.setninger))
