"""A person's effective rights, computed once per request into a small key set."""

from __future__ import annotations

import datetime as dt
import itertools
import threading
import uuid
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Q, Value

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
Periode = tuple[int, dt.date, dt.date | None, int]
Noekkelkilde = Callable[[Collection[int], dt.date], Iterable[Periode]]
_noekkelkilder: list[Noekkelkilde] = []

# Combinations are only added, so the highest id and how many there are tell one set from another.
UTGAVE = """
SELECT u.nummer, t.siste, t.antall
FROM tilgang_utgave u
CROSS JOIN (SELECT max(id) AS siste, count(*) AS antall FROM tilgang_tilgang) t
"""


def registrer_noekkelkilde(kilde: Noekkelkilde) -> None:
    """Let a higher room add keys that persons hold, such as grants in a case: (who, from, to, key), now or later."""
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
        minne = ((_denne_runden, dato), _husket([bruker], dato)[bruker.pk or 0])
        bruker._rettigheter = minne  # type: ignore[attr-defined]
    return minne[1]


def rettigheter_til(folk: Iterable[Bruker], dato: dt.date | None = None) -> dict[int, Rettigheter]:
    """Return the rights of several people, by id: those that `rettigheter` gives, in as many questions as for one."""
    return _husket(folk, dato or klokke.idag())


def _husket(folk: Iterable[Bruker], dato: dt.date) -> dict[int, Rettigheter]:
    svar: dict[int, Rettigheter] = {}
    aktive: list[int] = []
    for bruker in folk:
        if bruker.pk and bruker.er_aktiv(dato):
            aktive.append(bruker.pk)
        else:
            svar[bruker.pk or 0] = Rettigheter(bruker.pk or 0, dato, ansatt=False)
    if not aktive:
        return svar
    merke = (connection.settings_dict["NAME"], *_utgave())
    with _laas:
        for pk in aktive:
            rett, siste = _lagret.get((*merke, pk), (None, None))
            if rett is not None and rett.dato <= dato and (siste is None or dato <= siste):
                _lagret.move_to_end((*merke, pk))
                svar[pk] = rett if rett.dato == dato else replace(rett, dato=dato)
    ukjente = [pk for pk in aktive if pk not in svar]
    if not ukjente:
        return svar
    for rett, siste in _beregn(ukjente, dato):
        svar[rett.bruker_id] = rett
        with _laas:
            _lagret[*merke, rett.bruker_id] = rett, siste
            while len(_lagret) > _PLASS:
                _lagret.popitem(last=False)
    return svar


def _beregn(bruker_ider: Collection[int], dato: dt.date) -> Iterator[tuple[Rettigheter, dt.date | None]]:
    """Yield the rights of each person, with the last date for which they are the same."""
    vikariater = _etter_person(
        Stedfortreder.objects.filter(ikke_over(dato), vikar_id__in=bruker_ider)
        .annotate(koder=ArrayAgg("tilgangskoder", filter=Q(tilgangskoder__isnull=False), default=Value([])))
        .order_by("pk")
        .values_list("vikar_id", "fra", "til", "leder_id", "koder")
    )
    ledere = {leder_id for rader in vikariater.values() for _, _, leder_id, _ in rader}
    tildelinger = _etter_person(
        Rolletildeling.objects.filter(ikke_over(dato), bruker_id__in={*bruker_ider, *ledere})
        .order_by("pk")
        .values_list("bruker_id", "fra", "til", "rolle", "funksjon", "enhet_id", "tilgangskoder")
    )
    tre = enhetstre()
    dager = {pk: _Dag(dato) for pk in bruker_ider}
    stillinger = {
        pk: _stilling(pk, dag, tre, tildelinger[pk], _vikariater(dag, vikariater[pk], tildelinger))
        for pk, dag in dager.items()
    }
    ansatte = [pk for pk, stilling in stillinger.items() if stilling.ansatt]
    noekler = _noekler(ansatte, dager, tre, stillinger) if ansatte else {}
    for pk, stilling in stillinger.items():
        yield stilling.rettigheter(dato, noekler.get(pk)), dager[pk].siste


def _etter_person(rader: Iterable[tuple[Any, ...]]) -> defaultdict[int, list[tuple[Any, ...]]]:
    """Return the rows by the person that stands first in them."""
    samlet: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for bruker_id, *resten in rader:
        samlet[bruker_id].append(tuple(resten))
    return samlet


@dataclass
class _Stilling:
    """What a person is, before the keys are looked up."""

    bruker_id: int
    stedfortreder: tuple[Stedfortrederrett, ...]
    roller: set[Rolle]
    ledelse: dict[Funksjon, dict[int, int | None]]
    egne_enheter: set[int]
    ark_koder: set[int | None]
    ark_alle: bool = False

    @property
    def ansatt(self) -> bool:
        return bool(self.roller & INTERNE_ROLLER) or any(self.ledelse.values())

    def rettigheter(self, dato: dt.date, noekler: Iterable[int] | None) -> Rettigheter:
        roller = frozenset(self.roller)
        if noekler is None:
            return Rettigheter(self.bruker_id, dato, ansatt=False, roller=roller)
        return Rettigheter(self.bruker_id, dato, True, roller, self.ledelse, self.stedfortreder, tuple(sorted(noekler)))


def _stilling(
    bruker_id: int,
    dag: _Dag,
    tre: Enhetstre,
    tildelinger: Iterable[tuple[Any, ...]],
    stedfortreder: tuple[Stedfortrederrett, ...],
) -> _Stilling:
    stilling = _Stilling(bruker_id, stedfortreder, set(), {f: {} for f in Funksjon}, set(), set())
    for rolle, funksjon, enhet_id, koder in dag.gjeldende(tildelinger):
        if rolle:
            stilling.roller.add(Rolle(rolle))
        if rolle == Rolle.LED and enhet_id:
            stilling.egne_enheter.add(enhet_id)
            for f in Funksjon:
                stilling.ledelse[f].update(dict.fromkeys(tre.ledet(enhet_id)))
        elif funksjon and enhet_id:
            stilling.ledelse[Funksjon(funksjon)].update(dict.fromkeys(tre.ledet(enhet_id)))
        elif rolle == Rolle.ARK:
            stilling.ark_alle = stilling.ark_alle or koder is None
            stilling.ark_koder |= {None, *(koder or ())}
    for rett in stedfortreder:
        stilling.roller.add(Rolle.SF)
        for enhet_id in rett.enheter:
            for ledet in tre.ledet(enhet_id):
                for f in Funksjon:
                    stilling.ledelse[f].setdefault(ledet, rett.leder_id)
    return stilling


def _vikariater(
    dag: _Dag, vikariater: Iterable[tuple[Any, ...]], tildelinger: Mapping[int, Iterable[tuple[Any, ...]]]
) -> tuple[Stedfortrederrett, ...]:
    gjeldende = list(dag.gjeldende(vikariater))
    ledet: dict[int, frozenset[int]] = {}
    for leder_id in {leder_id for leder_id, _ in gjeldende}:
        stillinger = [rad for rad in tildelinger.get(leder_id, ()) if rad[2] == Rolle.LED and rad[4] is not None]
        ledet[leder_id] = frozenset(enhet_id for _, _, enhet_id, _ in dag.gjeldende(stillinger))
    return tuple(Stedfortrederrett(leder_id, ledet[leder_id], frozenset(koder)) for leder_id, koder in gjeldende)


def _noekler(
    ansatte: Sequence[int], dager: Mapping[int, _Dag], tre: Enhetstre, stillinger: Mapping[int, _Stilling]
) -> dict[int, list[int]]:
    noekler = {pk: [person_noekkel(pk)] for pk in ansatte}
    for pk, kombinasjon_id in _kombinasjoner(ansatte, dager, tre, stillinger):
        noekler[pk].append(kombinasjon_noekkel(kombinasjon_id))
    alle_koder: set[int | None] = set()
    if any(stillinger[pk].ark_alle for pk in ansatte):
        alle_koder = {None, *Tilgangskode.objects.order_by("pk").values_list("pk", flat=True)}
    for pk in ansatte:
        stilling = stillinger[pk]
        noekler[pk] += [ark_noekkel(kode) for kode in (alle_koder if stilling.ark_alle else stilling.ark_koder)]
        noekler[pk] += [forelagt_noekkel(r.leder_id, kode) for r in stilling.stedfortreder for kode in (None, *r.koder)]
    dato = dager[ansatte[0]].dato
    for kilde in _noekkelkilder:
        for pk, rader in _etter_person(kilde(ansatte, dato)).items():
            noekler[pk] += [noekkel for (noekkel,) in dager[pk].gjeldende(rader)]
    return noekler


def _kombinasjoner(
    ansatte: Sequence[int], dager: Mapping[int, _Dag], tre: Enhetstre, stillinger: Mapping[int, _Stilling]
) -> Iterator[tuple[int, int]]:
    """Yield (person, combination) for each combination that leadership, deputyship or an authorisation opens."""
    dato = dager[ansatte[0]].dato
    autorisasjoner = {
        pk: [Autorisasjonsrett(*rad) for rad in dager[pk].gjeldende(rader)]
        for pk, rader in _etter_person(
            Autorisasjon.objects.filter(ikke_over(dato), bruker_id__in=ansatte)
            .order_by("pk")
            .values_list("bruker_id", "fra", "til", "kode_id", "enhet_id")
        ).items()
    }
    autoriserte = [pk for pk, rader in autorisasjoner.items() if rader]
    grupper: dict[int, frozenset[int]] = {}
    if autoriserte:
        medlemskap = Gruppemedlem.objects.filter(ikke_over(dato), bruker_id__in=autoriserte)
        for pk, rader in _etter_person(medlemskap.values_list("bruker_id", "fra", "til", "gruppe_id")).items():
            grupper[pk] = frozenset(gruppe_id for (gruppe_id,) in dager[pk].gjeldende(rader))
    ledet = {pk: frozenset(stillinger[pk].egne_enheter) for pk in ansatte}
    enheter = set().union(*ledet.values(), *(r.enheter for pk in ansatte for r in stillinger[pk].stedfortreder))
    kandidater = Q(klasse=Klasse.AAPEN)
    if enheter:
        kandidater |= Q(enhet_id__in=frozenset().union(*(tre.ledet(e) for e in enheter)))
    if autoriserte:
        koder = {rett.kode_id for pk in autoriserte for rett in autorisasjoner[pk]}
        kandidater |= Q(klasse=Klasse.KODET, kode_id__in=koder)
    kombinasjoner = Tilgang.objects.filter(kandidater).values_list("pk", "klasse", "kode_id", "gruppe_id", "enhet_id")
    for kombinasjon in [Kombinasjon(*rad) for rad in kombinasjoner]:
        for pk in ansatte:
            if kan_lese(
                kombinasjon,
                tre=tre,
                ledet=ledet[pk],
                stedfortreder=stillinger[pk].stedfortreder,
                autorisasjoner=autorisasjoner.get(pk, ()),
                grupper=grupper.get(pk, frozenset()),
            ):
                yield pk, kombinasjon.id
