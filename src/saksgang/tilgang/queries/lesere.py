"""Who holds one of the keys that a row carries, and by which rule: synlig_q read the other way (krav C.0)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from saksgang.organisasjon.models import Bruker, Enhet
from saksgang.tilgang.models import (
    Autorisasjon,
    Gruppemedlem,
    Rolletildeling,
    Stedfortreder,
    Tilgang,
    Tilgangsgruppe,
    Tilgangskode,
)
from saksgang.tilgang.rules import INTERNE_ROLLER, Enhetstre, Klasse, Rolle, noekkelslag
from saksgang.tilgang.rules.innsyn import (
    Autorisasjonsrett,
    Kombinasjon,
    Noekkelslag,
    Stedfortrederrett,
    kan_lese,
)

from .rettigheter import enhetstre, gjelder

Personkilde = Callable[[int, dt.date], Iterable[int]]
_personkilder: dict[Noekkelslag, tuple[str, Personkilde]] = {}
NEVNT = "Står på saken eller journalposten"
ARKIV = "Arkivtjenesten"


@dataclass(frozen=True)
class Leser:
    """One person who sees the row, and the rules that let it."""

    bruker: Bruker
    regler: tuple[str, ...]


@dataclass(frozen=True)
class Lesere:
    """Those who see a row: every employee, or these."""

    alle_ansatte: bool
    antall: int
    personer: tuple[Leser, ...] = ()


def registrer_personkilde(slag: Noekkelslag, regel: str, kilde: Personkilde) -> None:
    """Let a higher room say who holds its keys on a date, and by which rule; the inverse of registrer_noekkelkilde."""
    _personkilder[slag] = regel, kilde


def personregler() -> dict[Noekkelslag, str]:
    """Return the rules that higher rooms have registered, by the kind of key that they give."""
    return {slag: regel for slag, (regel, _) in _personkilder.items()}


def for_godkjenner(leder: str) -> str:
    """Return the rule for those who stand in for somebody that a document lies before."""
    return f"Stedfortreder for {leder}, som har den til godkjenning"


def lesere(noekler: Sequence[int], dato: dt.date) -> Lesere:
    """Return who holds any of these keys on a date, in the order of their names, each with every rule.

    As many queries for many keys as for few. A row that is open to all employees gives only how many they are.
    """
    etter_slag: dict[Noekkelslag, list[tuple[int, int | None]]] = {}
    for noekkel in noekler:
        slag, id_, kode = noekkelslag(noekkel)
        etter_slag.setdefault(slag, []).append((id_, kode))
    kombinasjoner = [
        Kombinasjon(*rad)
        for rad in Tilgang.objects.filter(pk__in=[pk for pk, _ in etter_slag.get(Noekkelslag.KOMBINASJON, [])])
        .order_by("pk")
        .values_list("pk", "klasse", "kode_id", "gruppe_id", "enhet_id")
    ]
    ansatte = _ansatte(dato)
    if any(k.klasse == Klasse.AAPEN for k in kombinasjoner):
        return Lesere(alle_ansatte=True, antall=len(ansatte))
    regler: dict[int, dict[str, None]] = {}

    def gi(bruker_id: int, regel: str) -> None:
        if bruker_id in ansatte:
            regler.setdefault(bruker_id, {})[regel] = None

    for bruker_id, _ in etter_slag.get(Noekkelslag.PERSON, []):
        gi(bruker_id, NEVNT)
    for bruker_id, regel, _, _ in av_kombinasjoner(kombinasjoner, dato):
        gi(bruker_id, regel)
    for bruker_id in _arkivarer({kode_id for kode_id, _ in etter_slag.get(Noekkelslag.ARK, [])}, dato):
        gi(bruker_id, ARKIV)
    for bruker_id, leder in _for_godkjenner(etter_slag.get(Noekkelslag.FORELAGT, []), dato):
        gi(bruker_id, for_godkjenner(leder))
    for slag, (regel, kilde) in _personkilder.items():
        for id_, _ in etter_slag.get(slag, []):
            for bruker_id in kilde(id_, dato):
                gi(bruker_id, regel)
    personer = Bruker.objects.filter(pk__in=regler).select_related("enhet").order_by("navn", "pk")
    return Lesere(
        alle_ansatte=False, antall=len(regler), personer=tuple(Leser(p, tuple(regler[p.pk])) for p in personer)
    )


def _ansatte(dato: dt.date) -> frozenset[int]:
    """Return the active users with an internal role, a power or a deputyship: krav C.0's «ansatt»."""
    intern = Q(rolle__in=sorted(INTERNE_ROLLER)) | (Q(enhet__isnull=False) & ~Q(funksjon="")) | _LEDER
    med_rolle = set(Rolletildeling.objects.filter(gjelder(dato)).filter(intern).values_list("bruker_id", flat=True))
    med_rolle |= set(Stedfortreder.objects.filter(gjelder(dato)).values_list("vikar_id", flat=True))
    return frozenset(Bruker.objects.filter(pk__in=med_rolle).aktive(dato).values_list("pk", flat=True))


_LEDER = Q(rolle=Rolle.LED, enhet__isnull=False)


def av_kombinasjoner(
    kombinasjoner: list[Kombinasjon], dato: dt.date, bruker_id: int | None = None
) -> Iterable[tuple[int, str, str, int]]:
    """Yield for each combination who opens it as leader, deputy or authorised: (person, rule, code, combination).

    bruker_id: of that person alone. The code is named where the rule is about one.
    """
    if not kombinasjoner:
        return
    tre = enhetstre()
    enhetsnavn = dict(Enhet.objects.values_list("pk", "navn"))
    ledere = list(
        Rolletildeling.objects.filter(_LEDER, gjelder(dato)).order_by("pk").values_list("bruker_id", "enhet_id")
    )
    vikarer = list(
        Stedfortreder.objects.filter(gjelder(dato), _egne("vikar_id", bruker_id))
        .select_related("leder")
        .prefetch_related("tilgangskoder")
        .order_by("pk")
    )
    koder = {k.kode_id for k in kombinasjoner if k.klasse == Klasse.KODET}
    autorisasjoner = list(
        Autorisasjon.objects.filter(gjelder(dato), _egne("bruker_id", bruker_id), kode_id__in=koder)
        .order_by("pk")
        .values_list("bruker_id", "kode_id", "enhet_id", "kode__kode")
    )
    gruppe_ider = {k.gruppe_id for k in kombinasjoner if k.gruppe_id is not None}
    grupper, gruppenavn = _medlemskap(gruppe_ider, dato)
    for kombinasjon in kombinasjoner:
        for person, enhet_id in ledere:
            if bruker_id in (None, person) and _aapner(kombinasjon, tre, ledet=frozenset({enhet_id})):
                yield person, f"Leder av {enhetsnavn[enhet_id]}", "", kombinasjon.id
        for vikar in vikarer:
            rett = Stedfortrederrett(
                vikar.leder_id,
                frozenset(enhet for leder, enhet in ledere if leder == vikar.leder_id and enhet is not None),
                frozenset(kode.pk for kode in vikar.tilgangskoder.all()),
            )
            if _aapner(kombinasjon, tre, stedfortreder=[rett]):
                yield vikar.vikar_id, f"Stedfortreder for {vikar.leder}", "", kombinasjon.id
        for person, kode_id, enhet_id, kode in autorisasjoner:
            rett_ = Autorisasjonsrett(kode_id, enhet_id)
            if _aapner(kombinasjon, tre, autorisasjoner=[rett_], grupper=frozenset(grupper.get(person, ()))):
                hvor = f" i {enhetsnavn[enhet_id]}" if enhet_id else ""
                og = f" og medlem av {gruppenavn[kombinasjon.gruppe_id]}" if kombinasjon.gruppe_id else ""
                yield person, f"Autorisert for kode {kode}{hvor}{og}", kode, kombinasjon.id


def _egne(felt: str, bruker_id: int | None) -> Q:
    return Q() if bruker_id is None else Q(**{felt: bruker_id})


def _medlemskap(gruppe_ider: set[int], dato: dt.date) -> tuple[dict[int, set[int]], dict[int, str]]:
    """Return the groups of each person, and the names of the groups."""
    grupper: dict[int, set[int]] = {}
    rader = Gruppemedlem.objects.filter(gjelder(dato), gruppe_id__in=gruppe_ider)
    for bruker_id, gruppe_id in rader.values_list("bruker_id", "gruppe_id"):
        grupper.setdefault(bruker_id, set()).add(gruppe_id)
    return grupper, dict(Tilgangsgruppe.objects.filter(pk__in=gruppe_ider).values_list("pk", "navn"))


def _aapner(
    kombinasjon: Kombinasjon,
    tre: Enhetstre,
    *,
    ledet: frozenset[int] = frozenset(),
    stedfortreder: Iterable[Stedfortrederrett] = (),
    autorisasjoner: Iterable[Autorisasjonsrett] = (),
    grupper: frozenset[int] = frozenset(),
) -> bool:
    return kan_lese(
        kombinasjon, tre=tre, ledet=ledet, stedfortreder=stedfortreder, autorisasjoner=autorisasjoner, grupper=grupper
    )


def _arkivarer(koder: set[int], dato: dt.date) -> Iterable[int]:
    """Yield the archivists whose grant covers one of these codes; 0 is what has none, and every archivist's."""
    if not koder:
        return
    alle_koder = set(Tilgangskode.objects.values_list("pk", flat=True))
    rader = Rolletildeling.objects.filter(gjelder(dato), rolle=Rolle.ARK).order_by("pk")
    for bruker_id, begrenset in rader.values_list("bruker_id", "tilgangskoder"):
        egne = {0, *(alle_koder if begrenset is None else begrenset)}
        if egne & koder:
            yield bruker_id


def _for_godkjenner(noekler: list[tuple[int, int | None]], dato: dt.date) -> Iterable[tuple[int, str]]:
    if not noekler:
        return
    rader = Stedfortreder.objects.filter(gjelder(dato), leder_id__in=[leder_id for leder_id, _ in noekler])
    for vikar in rader.select_related("leder").prefetch_related("tilgangskoder").order_by("pk"):
        koder = {0, *(kode.pk for kode in vikar.tilgangskoder.all())}
        if any(leder_id == vikar.leder_id and (kode or 0) in koder for leder_id, kode in noekler):
            yield vikar.vikar_id, vikar.leder.navn
