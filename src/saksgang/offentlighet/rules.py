"""What counts as raising (A-09), and how a screened entry reads to the public (krav C.11)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

STJERNER = "*****"
"""Always five, whatever the length of what is hidden."""


class Vurderingsart(models.TextChoices):
    FORSLAG = "forslag", "Forslag"
    BESLUTNING = "beslutning", "Beslutning"
    SPERRING = "sperring", "Midlertidig sperring (XX)"


@dataclass(frozen=True)
class Grad:
    """A grading reduced to what decides whether it is raised: code, hidden parts, group."""

    kode: str = ""
    avskjermer: int = 0
    gruppe_id: int | None = None


def er_heving(foer: Grad, etter: Grad) -> bool:
    """Whether the change only takes sight away: blank → code, any → XX, more hidden, a group added.

    Everything else is lowering, also P → U and one group for another.
    """
    if etter.kode == "XX":
        return True
    if foer.kode == "":
        return etter.kode != ""
    if foer.kode != etter.kode:
        return False
    return etter.avskjermer >= foer.avskjermer and (foer.gruppe_id is None or foer.gruppe_id == etter.gruppe_id)


@dataclass(frozen=True)
class Postlisteutsikt:
    """How many of some journalposter the net list will show in clear, screened, and not at all."""

    aapne: int = 0
    skjermede: int = 0
    utenfor: int = 0
