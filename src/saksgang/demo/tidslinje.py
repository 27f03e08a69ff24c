"""The demo's time: acts are put on a line and carried out in order, each with the clock set to its moment."""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
import random
from collections.abc import Callable

from django.utils import timezone

from saksgang.kjerne import klokke
from saksgang.kjerne.arbeidsdager import er_arbeidsdag, legg_til_arbeidsdager
from saksgang.kjerne.errors import SaksgangFeil

Akt = Callable[[], object]


def tidspunkt(dato: dt.date, time: int, minutt: int = 0) -> dt.datetime:
    """Return a moment in the municipality's time zone."""
    return timezone.make_aware(dt.datetime.combine(dato, dt.time(time, minutt)))


class Tidslinje:
    """A queue of acts between two moments. What would come after the last one is left out."""

    def __init__(self, fra: dt.datetime, til: dt.datetime, tilfeldig: random.Random) -> None:
        self.fra, self.til, self.tilfeldig = fra, til, tilfeldig
        self.avvist: list[str] = []
        self._koe: list[tuple[dt.datetime, int, Akt]] = []
        self._nummer = itertools.count()

    def legg_til(self, tid: dt.datetime, akt: Akt) -> bool:
        """Put an act on the line; False when it lies after the end."""
        if tid > self.til:
            return False
        heapq.heappush(self._koe, (tid, next(self._nummer), akt))
        return True

    def paa_dag(self, dato: dt.date) -> dt.datetime:
        """Return a moment in the working hours of the first working day from dato."""
        while not er_arbeidsdag(dato):
            dato += dt.timedelta(days=1)
        return tidspunkt(dato, self.tilfeldig.randint(8, 14), self.tilfeldig.randint(0, 59))

    def om(self, dager: int, akt: Akt) -> bool:
        """Put an act on the line this many working days after the present moment; 0 is later the same day."""
        if dager == 0:
            return self.legg_til(klokke.naa() + dt.timedelta(minutes=self.tilfeldig.randint(4, 50)), akt)
        return self.legg_til(self.paa_dag(legg_til_arbeidsdager(klokke.idag(), dager)), akt)

    def kjoer(self, per_dag: Callable[[dt.date], None] | None = None) -> None:
        """Carry out every act in order of time."""
        dag = None
        while self._koe:
            tid, _, akt = heapq.heappop(self._koe)
            with klokke.stillt(tid):
                if per_dag is not None and klokke.idag() != dag:
                    dag = klokke.idag()
                    per_dag(dag)
                self.utfoer(akt)

    def utfoer(self, akt: Akt) -> None:
        """Carry out one act; what is refused is noted, for the demo is more than one act."""
        try:
            akt()
        except SaksgangFeil as feil:
            self.avvist.append(f"{klokke.naa():%Y-%m-%d %H:%M} {getattr(akt, '__qualname__', akt)}: {feil!r}")
