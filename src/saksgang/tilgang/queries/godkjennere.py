"""Who may approve a unit's documents, the nearest leader first (krav R-3.1.1, R-3.1.7, R-8.4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from saksgang.organisasjon.models import Bruker
from saksgang.organisasjon.querysets import BrukerQuerySet
from saksgang.tilgang.models import Rolletildeling, Stedfortreder
from saksgang.tilgang.rules import Funksjon, Kilde, Rolle

from .rettigheter import enhetstre, gjelder

_KILDER = {Kilde.STILLING: 0, Kilde.NESTLEDER: 1, Kilde.FULLMAKT: 2}


@dataclass(frozen=True)
class Godkjenner:
    """One who may approve, as what, and for whom when a deputy."""

    bruker: Bruker
    som: str
    leder: Bruker | None = None


def godkjennere(enhet_id: int, dato: dt.date) -> list[Godkjenner]:
    """Return who may approve what belongs to a unit, in the order in which they are asked.

    The unit's own leaders and those with the power to approve, then the leaders above it, last the rådmann; each
    leader followed by the deputies of that day.
    """
    tre = enhetstre()
    over = [e for e in reversed(tre.sti(enhet_id)) if enhet_id in tre.ledet(e)]
    i_enheten = Q(enhet_id__in=over) & (Q(rolle=Rolle.LED) | Q(funksjon=Funksjon.GODKJENNE))
    rader = sorted(
        Rolletildeling.objects.filter(gjelder(dato))
        .filter(i_enheten | Q(rolle=Rolle.RAAD))
        .values_list("bruker_id", "rolle", "funksjon", "enhet_id", "kilde", "pk"),
        key=lambda rad: (rad[1] == Rolle.RAAD, _avstand(rad[3], over), _KILDER[Kilde(rad[4])], rad[5]),
    )
    som: dict[int, str] = {}
    ledere: list[int] = []
    for bruker_id, rolle, funksjon, _enhet, _kilde, _pk in rader:
        som.setdefault(bruker_id, Rolle(rolle).label if rolle else Funksjon(funksjon).label)
        if rolle and bruker_id not in ledere:
            ledere.append(bruker_id)
    vikarer = _stedfortredere(ledere, dato)
    folk = _aktive({*som, *(v for par in vikarer.values() for v in par)}, dato)
    valg: dict[int, Godkjenner] = {pk: Godkjenner(folk[pk], navn) for pk, navn in som.items() if pk in folk}
    ut: dict[int, Godkjenner] = {}
    for pk, godkjenner in valg.items():
        ut[pk] = godkjenner
        for vikar in vikarer.get(pk, ()):
            if vikar in folk and vikar not in valg:
                leder = godkjenner.bruker
                ut.setdefault(vikar, Godkjenner(folk[vikar], f"Stedfortreder for {leder}", leder))
    return list(ut.values())


def _avstand(enhet_id: int | None, over: list[int]) -> int:
    return over.index(enhet_id) if enhet_id in over else len(over)


def _stedfortredere(ledere: list[int], dato: dt.date) -> dict[int, list[int]]:
    vikarer: dict[int, list[int]] = {}
    rader = Stedfortreder.objects.filter(gjelder(dato), leder_id__in=ledere).order_by("fra", "pk")
    for leder_id, vikar_id in rader.values_list("leder_id", "vikar_id"):
        vikarer.setdefault(leder_id, []).append(vikar_id)
    return vikarer


def _aktive(id_er: set[int], dato: dt.date) -> dict[int, Bruker]:
    folk: BrukerQuerySet[Bruker] = Bruker.objects.filter(pk__in=id_er)
    return {bruker.pk: bruker for bruker in folk.aktive(dato).select_related("enhet").order_by("pk")}
