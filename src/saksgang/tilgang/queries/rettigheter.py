"""A person's effective rights, computed once per request into a small key set."""

from __future__ import annotations

import datetime as dt
import itertools
import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection
from django.db.models import Q

from saksgang.kjerne import klokke
from saksgang.organisasjon.models import Bruker, Enhet
from saksgang.tilgang.models import (
    Autorisasjon,
    Gruppemedlem,
    Rolletildeling,
    Stedfortreder,
    Tilgang,
    Tilgangskode,
    Utgave,
)
from saksgang.tilgang.rules import (
    INTERNE_ROLLER,
    Enhetstre,
    Funksjon,
    Klasse,
    Rolle,
    Stedfortrederrett,
    ark_noekkel,
    forelagt_noekkel,
    kombinasjon_noekkel,
    person_noekkel,
)
from saksgang.tilgang.rules.innsyn import Autorisasjonsrett, Enhetsnode, Kombinasjon, kan_lese

_PLASS = 4096
_runde = itertools.count()
_denne_runden = next(_runde)
_lagret: OrderedDict[tuple[Any, ...], tuple[Rettigheter, dt.date | None]] = OrderedDict()
"""What was computed, and the last date on which it holds; none: until a grant changes."""
_laas = threading.Lock()
Periode = tuple[dt.date, dt.date | None, int]
Noekkelkilde = Callable[[int, dt.date], Iterable[Periode]]
_noekkelkilder: list[Noekkelkilde] = []

# Combinations are only added, so the highest id and how many there are tell one set from another.
UTGAVE = """
SELECT u.nummer, t.siste, t.antall
FROM tilgang_utgave u
CROSS JOIN (SELECT max(id) AS siste, count(*) AS antall FROM tilgang_tilgang) t
"""


def registrer_noekkelkilde(kilde: Noekkelkilde) -> None:
    """Let a higher room add keys that a person holds, such as grants in a case: (from, to, key), now or later."""
    _noekkelkilder.append(kilde)


def glem_rettigheter() -> None:
    """Forget in every process what was computed before; grants have changed. Part of the act's transaction."""
    Utgave.objects.update(nummer=uuid.uuid4())
    ny_runde()


def ny_runde() -> None:
    """Let persons that are already loaded in this process be asked about again; a combination is new."""
    global _denne_runden  # noqa: PLW0603 - one counter per process
    _denne_runden = next(_runde)


def _utgave() -> tuple[Any, ...]:
    """Return what rights are computed under: the number of the grants, and which combinations exist."""
    with connection.cursor() as markoer:
        markoer.execute(UTGAVE)
        (rad,) = markoer.fetchall()
    return tuple(rad)


@dataclass(frozen=True)
class Rettigheter:
    """What a person is and holds on one date."""

    bruker_id: int
    dato: dt.date
    ansatt: bool
    roller: frozenset[Rolle] = frozenset()
    ledelse: Mapping[Funksjon, Mapping[int, int | None]] = field(default_factory=dict)
    """Function → unit → on whose behalf (none: in one's own right)."""
    stedfortreder: tuple[Stedfortrederrett, ...] = ()
    noekler: tuple[int, ...] = ()

    def har(self, *roller: Rolle) -> bool:
        return any(rolle in self.roller for rolle in roller)

    def enheter(self, funksjon: Funksjon) -> frozenset[int]:
        """Units in which the person holds a leader's function."""
        return frozenset(self.ledelse.get(funksjon, {}))

    @property
    def er_leder(self) -> bool:
        return any(self.ledelse.values())


def gjelder(dato: dt.date) -> Q:
    """Periods that are valid on a date, both ends included."""
    return Q(fra__lte=dato) & (Q(til__isnull=True) | Q(til__gte=dato))


def ikke_over(dato: dt.date) -> Q:
    """Periods that are valid on a date or later."""
    return Q(til__isnull=True) | Q(til__gte=dato)


class _Dag:
    """The date that is asked about, and the last one for which the answer is the same."""

    def __init__(self, dato: dt.date) -> None:
        self.dato = dato
        self.siste: dt.date | None = None

    def gjeldende(self, rader: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """Yield of the rows (from, to, …) that are not over those that are valid, without their period."""
        for fra, til, *resten in rader:
            grense = til if fra <= self.dato else fra - dt.timedelta(days=1)
            if grense is not None and (self.siste is None or grense < self.siste):
                self.siste = grense
            if fra <= self.dato:
                yield tuple(resten)


def enhetstre() -> Enhetstre:
    """Return the unit tree."""
    rader = Enhet.objects.order_by("pk").values_list("pk", "overordnet_id", "fagomraade", "inkluder_underenheter")
    return Enhetstre(Enhetsnode(*rad) for rad in rader)


def rettigheter(bruker: Bruker, dato: dt.date | None = None) -> Rettigheter:
    """Return the person's rights today; computed anew only when a grant has changed, begun or ended.

    A loaded person is asked about once (a request loads its own), and each process remembers what it computed.
    """
    dato = dato or klokke.idag()
    minne: tuple[tuple[int, dt.date], Rettigheter] | None = getattr(bruker, "_rettigheter", None)
    if minne is None or minne[0] != (_denne_runden, dato):
        minne = ((_denne_runden, dato), _husket(bruker, dato))
        bruker._rettigheter = minne  # type: ignore[attr-defined]
    return minne[1]


def _husket(bruker: Bruker, dato: dt.date) -> Rettigheter:
    if not bruker.pk or not bruker.er_aktiv(dato):
        return Rettigheter(bruker.pk or 0, dato, ansatt=False)
    merke = (connection.settings_dict["NAME"], *_utgave(), bruker.pk)
    with _laas:
        if merke in _lagret:
            rett, siste = _lagret[merke]
            if rett.dato <= dato and (siste is None or dato <= siste):
                _lagret.move_to_end(merke)
                return rett if rett.dato == dato else replace(rett, dato=dato)
    dag = _Dag(dato)
    rett = _beregn(bruker, dag)
    with _laas:
        _lagret[merke] = rett, dag.siste
        while len(_lagret) > _PLASS:
            _lagret.popitem(last=False)
    return rett


def _beregn(bruker: Bruker, dag: _Dag) -> Rettigheter:
    tildelinger = list(
        dag.gjeldende(
            Rolletildeling.objects.filter(ikke_over(dag.dato), bruker_id=bruker.pk)
            .order_by("pk")
            .values_list("fra", "til", "rolle", "funksjon", "enhet_id", "tilgangskoder")
        )
    )
    roller = {Rolle(rolle) for rolle, *_ in tildelinger if rolle}
    tre = enhetstre()
    ledelse: dict[Funksjon, dict[int, int | None]] = {f: {} for f in Funksjon}
    egne_enheter: set[int] = set()
    ark_koder: set[int | None] = set()
    ark_alle = False
    for rolle, funksjon, enhet_id, koder in tildelinger:
        if rolle == Rolle.LED and enhet_id:
            egne_enheter.add(enhet_id)
            for f in Funksjon:
                ledelse[f].update(dict.fromkeys(tre.ledet(enhet_id)))
        elif funksjon and enhet_id:
            ledelse[Funksjon(funksjon)].update(dict.fromkeys(tre.ledet(enhet_id)))
        elif rolle == Rolle.ARK:
            ark_alle = ark_alle or koder is None
            ark_koder |= {None, *(koder or ())}
    stedfortreder = _vikariater(bruker.pk, dag)
    for rett in stedfortreder:
        roller.add(Rolle.SF)
        for enhet_id in rett.enheter:
            for ledet in tre.ledet(enhet_id):
                for f in Funksjon:
                    ledelse[f].setdefault(ledet, rett.leder_id)
    if not roller & INTERNE_ROLLER and not any(ledelse.values()):
        return Rettigheter(bruker.pk, dag.dato, ansatt=False, roller=frozenset(roller))
    noekler = [person_noekkel(bruker.pk)]
    noekler += _kombinasjoner(bruker.pk, dag, tre, frozenset(egne_enheter), stedfortreder)
    if ark_alle:
        ark_koder = {None, *Tilgangskode.objects.order_by("pk").values_list("pk", flat=True)}
    noekler += [ark_noekkel(kode) for kode in ark_koder]
    noekler += [forelagt_noekkel(rett.leder_id, kode) for rett in stedfortreder for kode in (None, *rett.koder)]
    for kilde in _noekkelkilder:
        noekler += [noekkel for (noekkel,) in dag.gjeldende(kilde(bruker.pk, dag.dato))]
    return Rettigheter(bruker.pk, dag.dato, True, frozenset(roller), ledelse, stedfortreder, tuple(sorted(noekler)))


def _vikariater(bruker_id: int, dag: _Dag) -> tuple[Stedfortrederrett, ...]:
    rader = Stedfortreder.objects.filter(ikke_over(dag.dato), vikar_id=bruker_id).order_by("pk")
    vikariater = [
        vikariat for (vikariat,) in dag.gjeldende((v.fra, v.til, v) for v in rader.prefetch_related("tilgangskoder"))
    ]
    if not vikariater:
        return ()
    ledere: dict[int, set[int]] = {}
    for leder_id, enhet_id in dag.gjeldende(
        Rolletildeling.objects.filter(
            ikke_over(dag.dato),
            bruker_id__in=[v.leder_id for v in vikariater],
            rolle=Rolle.LED,
            enhet__isnull=False,
        ).values_list("fra", "til", "bruker_id", "enhet_id")
    ):
        ledere.setdefault(leder_id, set()).add(enhet_id)
    return tuple(
        Stedfortrederrett(
            v.leder_id, frozenset(ledere.get(v.leder_id, ())), frozenset(k.pk for k in v.tilgangskoder.all())
        )
        for v in vikariater
    )


def _kombinasjoner(
    bruker_id: int,
    dag: _Dag,
    tre: Enhetstre,
    ledet: frozenset[int],
    stedfortreder: tuple[Stedfortrederrett, ...],
) -> list[int]:
    autorisasjoner = [
        Autorisasjonsrett(*rad)
        for rad in dag.gjeldende(
            Autorisasjon.objects.filter(ikke_over(dag.dato), bruker_id=bruker_id)
            .order_by("pk")
            .values_list("fra", "til", "kode_id", "enhet_id")
        )
    ]
    kandidater = Q(klasse=Klasse.AAPEN)
    if ledet or stedfortreder:
        enheter = set(ledet).union(*(s.enheter for s in stedfortreder))
        kandidater |= Q(enhet_id__in=frozenset().union(*(tre.ledet(e) for e in enheter)))
    if autorisasjoner:
        kandidater |= Q(klasse=Klasse.KODET, kode_id__in={a.kode_id for a in autorisasjoner})
    grupper: frozenset[int] = frozenset()
    if autorisasjoner:
        grupper = frozenset(
            gruppe_id
            for (gruppe_id,) in dag.gjeldende(
                Gruppemedlem.objects.filter(ikke_over(dag.dato), bruker_id=bruker_id).values_list(
                    "fra", "til", "gruppe_id"
                )
            )
        )
    rader = Tilgang.objects.filter(kandidater).values_list("pk", "klasse", "kode_id", "gruppe_id", "enhet_id")
    return [
        kombinasjon_noekkel(rad[0])
        for rad in rader
        if kan_lese(
            Kombinasjon(*rad),
            tre=tre,
            ledet=ledet,
            stedfortreder=stedfortreder,
            autorisasjoner=autorisasjoner,
            grupper=grupper,
        )
    ]
