"""Units, people and grants: look-ups and lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from saksgang.kjerne.errors import IkkeFunnet
from saksgang.kjerne.sortering import norsk_sorteringsnoekkel
from saksgang.organisasjon.models import Bruker, Enhet, Fravaer
from saksgang.organisasjon.querysets import BrukerQuerySet
from saksgang.tilgang.models import Autorisasjon, Gruppemedlem, Rolletildeling, Stedfortreder, Tilgangsgruppe
from saksgang.tilgang.rules import Kilde, Relasjon, Rolle

from .rett import registrer_relasjoner
from .rettigheter import enhetstre, gjelder

M = TypeVar("M", bound=Model)


@registrer_relasjoner(Bruker)
def _relasjoner_til_bruker(bruker: Bruker, bruker_id: int, _blant: frozenset[Relasjon]) -> set[Relasjon]:
    return {Relasjon.SELV} if bruker.pk == bruker_id else set()


@registrer_relasjoner(Tilgangsgruppe)
def _relasjoner_til_gruppe(gruppe: Tilgangsgruppe, bruker_id: int, _blant: frozenset[Relasjon]) -> set[Relasjon]:
    return {Relasjon.EIER} if gruppe.eier_id == bruker_id else set()


def hent_enhet(pk: int) -> Enhet:
    """Return one unit, or IkkeFunnet."""
    return _hent(Enhet.objects.select_related("overordnet"), pk)


def hent_bruker(pk: int) -> Bruker:
    """Return one person, or IkkeFunnet."""
    bruker: Bruker = _hent(_folk().select_related("enhet"), pk)
    return bruker


def hent_tildeling(pk: int) -> Rolletildeling:
    """Return one grant of a role or function, or IkkeFunnet."""
    return _hent(Rolletildeling.objects.select_related("bruker", "enhet"), pk)


def hent_stedfortreder(pk: int) -> Stedfortreder:
    """Return one deputyship, or IkkeFunnet."""
    return _hent(Stedfortreder.objects.select_related("leder", "vikar").prefetch_related("tilgangskoder"), pk)


def hent_autorisasjon(pk: int) -> Autorisasjon:
    """Return one authorisation, or IkkeFunnet."""
    return _hent(Autorisasjon.objects.select_related("bruker", "kode", "enhet"), pk)


def hent_gruppe(pk: int) -> Tilgangsgruppe:
    """Return one access group, or IkkeFunnet."""
    return _hent(Tilgangsgruppe.objects.select_related("eier"), pk)


def hent_fravaer(pk: int) -> Fravaer:
    """Return one absence, or IkkeFunnet."""
    return _hent(Fravaer.objects.select_related("bruker"), pk)


def finn_bruker(brukernavn: str) -> Bruker | None:
    """Return the person with this user name, without regard to case."""
    return _folk().select_related("enhet").filter(brukernavn__iexact=brukernavn.strip()).first()


def finn_enhet(kode: str) -> Enhet | None:
    """Return the unit with this code, without regard to case."""
    return Enhet.objects.filter(kode__iexact=kode.strip()).first()


def enheter(*, med_nedlagte: bool = False) -> QuerySet[Enhet]:
    """Return the units by code."""
    rader = Enhet.objects.all() if med_nedlagte else Enhet.objects.aktive()
    return rader.select_related("overordnet").order_by("kode", "pk")


def brukere(*, tekst: str = "", enhet: Enhet | None = None, aktive: dt.date | None = None) -> QuerySet[Bruker]:
    """Return the people, narrowed to what is given: words, a unit and all below it, active on a date."""
    rader = _folk().filter(_treff(tekst))
    if enhet is not None:
        rader = rader.filter(enhet__forfedre__contains=[enhet.pk])
    if aktive is not None:
        rader = rader.aktive(aktive)
    return rader.select_related("enhet").order_by("sorteringsnavn", "pk")


def brukere_i_enhet(enhet: Enhet, dato: dt.date) -> QuerySet[Bruker]:
    """Return the people of one unit who are active on a date."""
    return _folk().filter(enhet=enhet).aktive(dato).order_by("sorteringsnavn", "pk")


def brukere_i_enheter(enheter: Iterable[int], dato: dt.date) -> QuerySet[Bruker]:
    """Return the people of these units who are active on a date."""
    rader = _folk().filter(enhet_id__in=sorted(enheter)).aktive(dato)
    return rader.select_related("enhet").order_by("sorteringsnavn", "pk")


def sok_brukere(tekst: str, dato: dt.date) -> QuerySet[Bruker]:
    """Return the active people whose name, initials or user name match all the words."""
    return _folk().filter(_treff(tekst)).aktive(dato).select_related("enhet").order_by("sorteringsnavn", "pk")


def brukere_med_rolle(rolle: Rolle, dato: dt.date) -> QuerySet[Bruker]:
    """Return the active people who hold a role on a date, in whatever unit."""
    har = Rolletildeling.objects.filter(gjelder(dato), bruker=OuterRef("pk"), rolle=rolle)
    return _folk().filter(Exists(har)).aktive(dato).order_by("sorteringsnavn", "pk")


def ledere_av(enhet_id: int, dato: dt.date) -> QuerySet[Bruker]:
    """Return those who lead the unit by position or as nestleder, up to the nearest fagområde (krav C.0)."""
    stillinger = Rolletildeling.objects.filter(
        gjelder(dato), bruker=OuterRef("pk"), rolle=Rolle.LED, enhet_id__in=enhetstre().lederkjede(enhet_id)
    )
    return _folk().filter(Exists(stillinger)).aktive(dato).order_by("sorteringsnavn", "pk")


def ledere_for_enheter(enheter: Iterable[int], dato: dt.date) -> dict[int, list[Bruker]]:
    """Return for each of these units what ledere_av gives, in two round trips whatever their number."""
    tre = enhetstre()
    kjeder = {enhet_id: tre.lederkjede(enhet_id) for enhet_id in enheter}
    stillinger = (
        Rolletildeling.objects.filter(
            gjelder(dato),
            rolle=Rolle.LED,
            enhet_id__in=sorted(frozenset().union(*kjeder.values())),
            bruker__in=_folk().aktive(dato),
        )
        .select_related("bruker")
        .order_by("bruker__sorteringsnavn", "bruker_id", "pk")
    )
    ledere: dict[int, dict[int, Bruker]] = {enhet_id: {} for enhet_id in kjeder}
    for stilling in stillinger if kjeder else ():
        for enhet_id, kjede in kjeder.items():
            if stilling.enhet_id in kjede:
                ledere[enhet_id][stilling.bruker_id] = stilling.bruker
    return {enhet_id: list(funnet.values()) for enhet_id, funnet in ledere.items()}


def aktive_stedfortredere(enhet_id: int, dato: dt.date) -> QuerySet[Stedfortreder]:
    """Return the deputies who act for the unit's leaders on a date."""
    return (
        Stedfortreder.objects.filter(gjelder(dato), leder__in=ledere_av(enhet_id, dato).order_by().values("pk"))
        .filter(vikar__in=_folk().aktive(dato))
        .select_related("leder", "vikar")
        .prefetch_related("tilgangskoder")
        .order_by("vikar__sorteringsnavn", "pk")
    )


@dataclass(frozen=True)
class LederUtenStedfortreder:
    """A leader whom nobody stands in for, and what she leads."""

    leder: Bruker
    enheter: tuple[Enhet, ...]


def ledere_uten_stedfortreder(dato: dt.date) -> list[LederUtenStedfortreder]:
    """Return the leaders by position without an active deputy on a date (krav R-3.1.6)."""
    vikarer = Stedfortreder.objects.filter(gjelder(dato), leder=OuterRef("bruker"), vikar__in=_folk().aktive(dato))
    stillinger = (
        Rolletildeling.objects.filter(
            gjelder(dato),
            ~Exists(vikarer),
            rolle=Rolle.LED,
            kilde=Kilde.STILLING,
            enhet__isnull=False,
            bruker__in=_folk().aktive(dato),
        )
        .select_related("bruker", "enhet")
        .order_by("bruker__sorteringsnavn", "bruker_id", "enhet__kode", "pk")
    )
    funnet: dict[int, tuple[Bruker, list[Enhet]]] = {}
    for stilling in stillinger:
        if stilling.enhet is not None:
            funnet.setdefault(stilling.bruker_id, (stilling.bruker, []))[1].append(stilling.enhet)
    return [LederUtenStedfortreder(leder, tuple(enheter)) for leder, enheter in funnet.values()]


def tildelinger(*, dato: dt.date | None = None) -> QuerySet[Rolletildeling]:
    """Return the grants of roles and functions, all or those valid on a date."""
    rader = Rolletildeling.objects.filter(gjelder(dato)) if dato else Rolletildeling.objects.all()
    return rader.select_related("bruker", "enhet").order_by("bruker__sorteringsnavn", "bruker_id", "fra", "pk")


def tildelinger_for(bruker: Bruker) -> QuerySet[Rolletildeling]:
    """Return what a person has been granted, also what has ended, newest first."""
    return Rolletildeling.objects.filter(bruker=bruker).select_related("enhet").order_by("-fra", "-pk")


def stedfortredere(*, leder: Bruker | None = None) -> QuerySet[Stedfortreder]:
    """Return the deputyships, all or one leader's, newest first."""
    rader = Stedfortreder.objects.all() if leder is None else Stedfortreder.objects.filter(leder=leder)
    return rader.select_related("leder", "vikar").prefetch_related("tilgangskoder").order_by("-fra", "-pk")


def vikariater(bruker: Bruker) -> QuerySet[Stedfortreder]:
    """Return the deputyships in which a person stands in for somebody, newest first."""
    return (
        Stedfortreder.objects.filter(vikar=bruker)
        .select_related("leder", "vikar")
        .prefetch_related("tilgangskoder")
        .order_by("-fra", "-pk")
    )


def autorisasjoner(*, bruker: Bruker | None = None) -> QuerySet[Autorisasjon]:
    """Return the authorisations, all or one person's."""
    rader = Autorisasjon.objects.all() if bruker is None else Autorisasjon.objects.filter(bruker=bruker)
    return rader.select_related("bruker", "kode", "enhet").order_by(
        "bruker__sorteringsnavn", "bruker_id", "kode__rekkefoelge", "fra", "pk"
    )


def grupper(*, eier: Bruker | None = None, i_bruk: bool = True) -> QuerySet[Tilgangsgruppe]:
    """Return the access groups, all or those that one person keeps."""
    rader = Tilgangsgruppe.objects.all() if eier is None else Tilgangsgruppe.objects.filter(eier=eier)
    if i_bruk:
        rader = rader.filter(nedlagt_dato__isnull=True)
    return rader.select_related("eier").order_by("navn", "pk")


def medlemmer(gruppe: Tilgangsgruppe, dato: dt.date) -> QuerySet[Gruppemedlem]:
    """Return who is or will be a member of a group from a date."""
    return (
        Gruppemedlem.objects.filter(Q(til__isnull=True) | Q(til__gte=dato), gruppe=gruppe)
        .select_related("bruker__enhet")
        .order_by("bruker__sorteringsnavn", "fra", "pk")
    )


def tidligere_medlemmer(gruppe: Tilgangsgruppe, dato: dt.date) -> QuerySet[Gruppemedlem]:
    """Return the memberships of a group that have ended on a date, the last first."""
    return (
        Gruppemedlem.objects.filter(gruppe=gruppe, til__lt=dato).select_related("bruker__enhet").order_by("-til", "-pk")
    )


def fravaer_for(bruker: Bruker) -> QuerySet[Fravaer]:
    """Return a person's absences, newest first."""
    return Fravaer.objects.filter(bruker=bruker).order_by("-fra", "-pk")


def fravaer(dato: dt.date) -> QuerySet[Fravaer]:
    """Return the absences that last or lie ahead on a date."""
    return (
        Fravaer.objects.filter(til__gte=dato)
        .select_related("bruker__enhet")
        .order_by("fra", "bruker__sorteringsnavn", "pk")
    )


def fravaerende(dato: dt.date, brukere: list[int]) -> dict[int, Fravaer]:
    """Return who of these people is away on a date, for the warning beside a choice of recipient."""
    rader = Fravaer.objects.filter(fra__lte=dato, til__gte=dato, bruker_id__in=brukere).order_by("fra", "pk")
    return {rad.bruker_id: rad for rad in rader}


def _hent(rader: QuerySet[M], pk: int) -> M:
    rad = rader.filter(pk=pk).first()
    if rad is None:
        raise IkkeFunnet
    return rad


def _folk() -> BrukerQuerySet[Bruker]:
    folk: BrukerQuerySet[Bruker] = Bruker.objects.all()
    return folk


def _treff(tekst: str) -> Q:
    treff = Q()
    for ord_ in tekst.replace("\0", " ").split():
        noekkel = norsk_sorteringsnoekkel(ord_)
        i_navn = Q(sorteringsnavn__startswith=noekkel) | Q(sorteringsnavn__contains=f" {noekkel}") if noekkel else Q()
        treff &= i_navn | Q(initialer__istartswith=ord_) | Q(brukernavn__istartswith=ord_)
    return treff
