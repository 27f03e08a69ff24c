"""May this person do this? Visible by key, and a row in ROLLER."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models

from saksgang.kjerne.errors import IkkeFunnet
from saksgang.organisasjon.models import Bruker
from saksgang.tilgang.querysets import synlig_q
from saksgang.tilgang.rules import ROLLER, Handling, Regel, Relasjon, Rolle

from .rettigheter import Noekkelkilde, Rettigheter, registrer_noekkelkilde, rettigheter

M = TypeVar("M", bound=models.Model)
Relasjonsfunksjon = Callable[[Any, int, frozenset[Relasjon]], Iterable[Relasjon]]
ALLE = frozenset(Relasjon)

_FOR_ANDRE = frozenset({Relasjon.GODKJENNER, Relasjon.ARKIV_AV_GODKJENT})
"""Relations in which one may act for somebody else: the approver, or the case worker."""

_relasjoner: dict[type, Relasjonsfunksjon] = {}
_hindre: list[tuple[type, str | None, str, Callable[[Any], Iterable[Hinder]]]] = []


@dataclass(frozen=True)
class Grunnlag:
    """Why a person may act, and on whose behalf."""

    kilde: str
    paa_vegne_av_id: int | None = None


@dataclass(frozen=True)
class Hinder:
    """One thing that stands in the way. objekt: what it is about; named only to those who may see it."""

    tekst: str
    objekt: Any = None


def noekkelkilde(kilde: Noekkelkilde) -> Noekkelkilde:
    """Decorate a function (people, dato) → (who, from, to, key), now or later, that a higher room adds."""
    registrer_noekkelkilde(kilde)
    return kilde


def registrer_relasjoner(modell: type) -> Callable[[Relasjonsfunksjon], Relasjonsfunksjon]:
    """Decorate the function (objekt, bruker_id, blant) → relations for a model.

    It yields what the loaded row says first, and looks up no relation that is not among those asked about.
    """

    def registrer(funksjon: Relasjonsfunksjon) -> Relasjonsfunksjon:
        _relasjoner[modell] = funksjon
        return funksjon

    return registrer


def registrer_hinder(modell: type, *, fra: str | None, til: str) -> Callable[[Any], Any]:
    """Decorate a function (objekt) → hindrances of a transition; fra None means from anywhere (the table HINDRE)."""

    def registrer(funksjon: Callable[[Any], Iterable[Hinder]]) -> Callable[[Any], Iterable[Hinder]]:
        _hindre.append((modell, fra, til, funksjon))
        return funksjon

    return registrer


def hindretabell() -> list[tuple[str, str, str, str]]:
    """Return HINDRE as text: model, from, to, the first line of what is asked."""
    return [
        (modell.__name__, fra or "*", til, (funksjon.__doc__ or funksjon.__name__).strip().splitlines()[0])
        for modell, fra, til, funksjon in _hindre
    ]


def hindringer(objekt: models.Model, til: str, leser: Bruker) -> list[str]:
    """Return every reason that stands against a transition, asked unfiltered.

    What concerns something that the reader may not see reads as a number alone (design 3).
    """
    noekler = set(rettigheter(leser).noekler)
    aapne, skjermede = [], 0
    fra = objekt.status  # type: ignore[attr-defined]
    for modell, fra_status, til_status, funksjon in _hindre:
        if not isinstance(objekt, modell) or til_status != til or fra_status not in (None, fra):
            continue
        for hinder in funksjon(objekt):
            if hinder.objekt is not None and not noekler.intersection(hinder.objekt.noekler):
                skjermede += 1
            else:
                aapne.append(hinder.tekst)
    if skjermede:
        aapne.append(f"{skjermede} skjermede forhold – kontakt arkivet.")
    return aapne


def se(rader: models.QuerySet[M], leser: Bruker, **soek: Any) -> M:
    """Return the one row that the reader may see, or IkkeFunnet: unseen is 404."""
    rad = rader.filter(synlig_q(rettigheter(leser).noekler), **soek).first()
    if rad is None:
        raise IkkeFunnet
    return rad


def synlig(objekt: Any, rett: Rettigheter) -> bool:
    """Whether the keys of a row that is already loaded meet the person's; the same rule as synlig_q."""
    return bool(set(rett.noekler).intersection(objekt.noekler))


def ser(bruker: Bruker, objekt: Any) -> bool:
    """Whether bruker sees an object that is to be acted on; what is not stored yet, or carries no keys, is seen."""
    lagret = objekt is not None and getattr(objekt, "pk", None) is not None and hasattr(objekt, "noekler")
    return not lagret or synlig(objekt, rettigheter(bruker))


def relasjoner(objekt: Any, rett: Rettigheter, blant: frozenset[Relasjon] = ALLE) -> Iterator[Relasjon]:
    """Yield how the person stands to the object, also as the deputy of the one it lies before for approval.

    One at a time: who has an answer asks no further.
    """
    if not rett.ansatt:
        return
    yield Relasjon.ANSATT
    if type(objekt) in _relasjoner:
        yield from _relasjoner[type(objekt)](objekt, rett.bruker_id, blant)
    if getattr(objekt, "hos_godkjenner_id", None) in {r.leder_id for r in rett.stedfortreder}:
        yield Relasjon.GODKJENNER
    if rett.har(Rolle.ARK) and getattr(objekt, "er_godkjent", False):
        yield Relasjon.ARKIV_AV_GODKJENT


def grunnlag(bruker: Bruker, handling: Handling, objekt: Any = None) -> Grunnlag | None:
    """Return why bruker may do this to objekt, or None. Own right goes before a deputy's."""
    rett = rettigheter(bruker)
    if not rett.ansatt:
        return None
    regel = ROLLER[handling]
    return _av_regel(regel, rett, relasjoner(objekt, rett, regel.relasjoner) if regel.relasjoner else (), objekt)


def _av_regel(regel: Regel, rett: Rettigheter, funnet: Iterable[Relasjon], objekt: Any) -> Grunnlag | None:
    if rett.har(*regel.roller):
        return Grunnlag("rolle")
    for_andre: set[Relasjon] = set()
    for relasjon in funnet:
        if relasjon not in regel.relasjoner:
            continue
        if relasjon not in _FOR_ANDRE:
            return Grunnlag(relasjon)
        for_andre.add(relasjon)
    if Relasjon.GODKJENNER in for_andre:
        return Grunnlag(Relasjon.GODKJENNER, objekt.hos_godkjenner_id)
    enhet_id = getattr(objekt, "enhet_id", None)
    if regel.funksjon is not None and enhet_id is not None:
        enheter = rett.ledelse.get(regel.funksjon, {})
        if enhet_id in enheter:
            return Grunnlag("leder", enheter[enhet_id])
    return Grunnlag(Relasjon.ARKIV_AV_GODKJENT, objekt.saksbehandler_id) if for_andre else None


def tillatte(bruker: Bruker, objekt: Any) -> frozenset[Handling]:
    """Return every act that bruker may do to objekt: kan for all of them, with the relations looked up once."""
    rett = rettigheter(bruker)
    if not rett.ansatt or not synlig(objekt, rett):
        return frozenset()
    funnet = frozenset(relasjoner(objekt, rett))
    return frozenset(h for h, regel in ROLLER.items() if _av_regel(regel, rett, funnet, objekt) is not None)


def kan(bruker: Bruker, handling: Handling, objekt: Any = None) -> bool:
    """Whether bruker sees objekt and has a row in ROLLER for this."""
    return ser(bruker, objekt) and grunnlag(bruker, handling, objekt) is not None


def lovlige_overganger(bruker: Bruker, objekt: Any) -> list[tuple[str, Handling]]:
    """Return the transitions that the table has from here and that bruker may do: the page's buttons."""
    return [
        (til, handling)
        for (fra, til), handling in objekt.overganger.items()
        if fra == objekt.status and kan(bruker, handling, objekt)
    ]
