"""How much is dispatched by each way (krav R-10.4.3)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count

from saksgang.kjerne.periode import krev_periode
from saksgang.produksjon.models import Ekspedering
from saksgang.produksjon.rules import Ekspederingstilstand


@dataclass(frozen=True)
class Ekspederingstall:
    """One way of dispatch: to how many recipients, of how many letters."""

    kode: str
    navn: str
    mottakere: int
    brev: int


def ekspederingsrapport(fra: dt.date, til: dt.date) -> list[Ekspederingstall]:
    """Return how much went each way in a period, in the order of the code list: only numbers.

    Refused when the period is turned around or longer than a year.
    """
    krev_periode(fra, til)
    rader = (
        Ekspedering.objects.filter(tilstand=Ekspederingstilstand.EKSPEDERT, ekspedert_dato__range=(fra, til))
        .values_list("kode__kode", "kode__navn")
        .annotate(mottakere=Count("pk"), brev=Count("utsending__journalpost", distinct=True))
        .order_by("kode__rekkefoelge", "kode__kode")
    )
    return [Ekspederingstall(*rad) for rad in rader]
