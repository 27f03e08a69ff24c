"""Who got, kept and lost which access in a period: read from the log, which is the only place where it is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from saksgang.kjerne.periode import doegn, krev_periode
from saksgang.logg.models import Hendelse
from saksgang.organisasjon.models import Bruker, Enhet
from saksgang.sakarkiv.models import Kodeverdi, Sak
from saksgang.tilgang.models import Autorisasjon, Rolletildeling, Stedfortreder, Tilgangsgruppe, Tilgangskode
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.querysets import synlig_q
from saksgang.tilgang.rules import Handling

_I_SAK = (Handling.GI_RETTIGHET, Handling.FORNYE_RETTIGHET, Handling.TREKKE_RETTIGHET)
_TILDELINGER: dict[str, type[Model]] = {
    "rolletildeling": Rolletildeling,
    "stedfortreder": Stedfortreder,
    "autorisasjon": Autorisasjon,
    "tilgangsgruppe": Tilgangsgruppe,
    "kodeverdi": Kodeverdi,
    "bruker": Bruker,
    "enhet": Enhet,
}
_FELTER = {
    "bruker": ["aktiv_fra", "aktiv_til", "is_active"],
    "enhet": ["overordnet", "fagomraade", "inkluder_underenheter"],
}
"""Of persons and units only what opens and closes: their first and last day, and the tree."""


@dataclass(frozen=True)
class Tilgangsendring:
    """One event about access, and what it is about in words: a person's grant, a group, a case by number."""

    hendelse: Hendelse
    gjelder: str


def endringer_i_tilgang(leser: Bruker, fra: dt.date, til: dt.date) -> QuerySet[Hendelse]:
    """Return the events about access in a period, both days included; about rights in cases only those that are seen.

    Refused for a period that is turned around or longer than a year.
    """
    synlige = Sak.objects.filter(synlig_q(rettigheter(leser).noekler), pk=OuterRef("sak_id"))
    return _i_perioden(fra, til).filter(_om_tildelinger() | Q(_om_rett_i_sak(), Exists(synlige)))


def antall_skjulte(leser: Bruker, fra: dt.date, til: dt.date) -> int:
    """Return how many rights were given, renewed or withdrawn in cases that the reader does not see."""
    synlige = Sak.objects.filter(synlig_q(rettigheter(leser).noekler), pk=OuterRef("sak_id"))
    return _i_perioden(fra, til).filter(_om_rett_i_sak(), ~Exists(synlige)).count()


def i_ord(hendelser: Sequence[Hendelse]) -> list[Tilgangsendring]:
    """Return these events with what each is about; as many queries for many as for few."""
    saker = {sak.pk: sak.saksnummer for sak in Sak.objects.filter(pk__in={h.sak_id for h in hendelser if h.sak_id})}
    rader: dict[tuple[str, int], str] = {}
    for type_, modell in _TILDELINGER.items():
        ider = {h.objekt_id for h in hendelser if h.objekt_type == type_}
        rader |= {(type_, rad.pk): _navn(rad) for rad in _hent(modell, ider)}
    koder = dict(Tilgangskode.objects.values_list("pk", "kode"))
    for hendelse in hendelser:
        _med_koder(hendelse, koder)
    return [
        Tilgangsendring(h, saker.get(h.sak_id or 0) or rader.get((h.objekt_type, h.objekt_id), "")) for h in hendelser
    ]


def _i_perioden(fra: dt.date, til: dt.date) -> QuerySet[Hendelse]:
    krev_periode(fra, til)
    foerst, etter = doegn(fra, til)
    return (
        Hendelse.objects.filter(tidspunkt__gte=foerst, tidspunkt__lt=etter)
        .select_related("aktoer", "paa_vegne_av")
        .order_by("-nummer")
    )


def _om_tildelinger() -> Q:
    hele = [type_ for type_ in _TILDELINGER if type_ not in _FELTER]
    om = Q(objekt_type__in=hele)
    for type_, felter in _FELTER.items():
        om |= Q(objekt_type=type_, endringer__has_any_keys=felter)
    handlinger = (
        Handling.ADMINISTRERE,
        Handling.ADMINISTRERE_GRUPPE,
        Handling.ADMINISTRERE_KODELISTE,
        Handling.REGISTRERE_STEDFORTREDER,
    )
    return Q(om, handling__in=[str(h) for h in handlinger])


def _om_rett_i_sak() -> Q:
    return Q(handling__in=[str(h) for h in _I_SAK])


def _hent(modell: type[Model], ider: Iterable[int]) -> Iterable[Any]:
    relasjoner = [f.name for f in modell._meta.fields if f.name in ("bruker", "enhet", "leder", "vikar", "kode")]
    relasjoner = [navn for navn in relasjoner if modell._meta.get_field(navn).is_relation]
    return modell._default_manager.filter(pk__in=ider).select_related(*relasjoner) if ider else ()


def _navn(rad: Any) -> str:
    enhet = rad.enhet if isinstance(rad, Rolletildeling | Autorisasjon) else None
    return f"{rad}, {enhet}" if enhet is not None else str(rad)


def _med_koder(hendelse: Hendelse, koder: dict[int, str]) -> None:
    """Let the codes of a limited archivist be read: the log has their ids."""
    if (par := hendelse.endringer.get("tilgangskoder")) and hendelse.objekt_type == "rolletildeling":
        hendelse.endringer["tilgangskoder"] = [
            [koder.get(kode, kode) for kode in verdi] if isinstance(verdi, list) else verdi for verdi in par
        ]
