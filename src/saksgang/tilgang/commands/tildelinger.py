"""Grants to persons: roles, fullmakt, deputies, authorisations, groups. A grant is ended, never deleted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Q

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker, Enhet
from saksgang.tilgang.models import (
    Autorisasjon,
    Gruppemedlem,
    Rolletildeling,
    Stedfortreder,
    Tilgangsgruppe,
    Tilgangskode,
)
from saksgang.tilgang.models.koder import XX
from saksgang.tilgang.queries.rettigheter import glem_rettigheter, rettigheter
from saksgang.tilgang.rules import Funksjon, Handling, Kilde, Rolle

from .krev import krev
from .loggobjekt import (
    LAAS_ADMINISTRATOR,
    avsluttet_periode,
    krev_periode,
    laas,
    loggobjekt,
    nye_felter,
    sett_felter,
)
from .organisasjon import krev_annen_administrator

T = TypeVar("T", Rolletildeling, Stedfortreder, Autorisasjon)

KREVER_ENHET = frozenset({Rolle.SB, Rolle.LED})
"""Roles that mean nothing without a unit (krav R-1.1)."""


@kommando
def tildel_rolle(
    bruker: Bruker,
    rolle: Rolle,
    *,
    enhet: Enhet | None = None,
    kilde: Kilde = Kilde.STILLING,
    fra: dt.date | None = None,
    til: dt.date | None = None,
    tilgangskoder: Iterable[Tilgangskode] | None = None,
    av: Bruker,
) -> Rolletildeling:
    """Give a person a role. tilgangskoder: the codes that a limited archivist may read; none given means all.

    Refused for SF, which is registered as a deputy; without a unit where the role needs one (krav R-1.1);
    and where the person has the role there already.
    """
    krev(av, Handling.ADMINISTRERE)
    bruker = _laas_bruker(bruker)
    rolle, kilde, fra = Rolle(rolle), Kilde(kilde), fra or klokke.idag()
    feil = {}
    if rolle == Rolle.SF:
        feil["rolle"] = "Stedfortreder registreres på lederen, med periode og tilgangskoder."
    if rolle in KREVER_ENHET and enhet is None:
        feil["enhet"] = f"Rollen {rolle.label} gjelder i en enhet. Velg enheten."
    if enhet is not None and enhet.nedlagt_dato is not None:
        feil["enhet"] = f"{enhet} er nedlagt. Velg en enhet som er i bruk."
    if kilde == Kilde.FULLMAKT or (kilde == Kilde.NESTLEDER and rolle != Rolle.LED):
        feil["kilde"] = "Nestleder gjelder lederrollen alene, og fullmakt gis for én funksjon om gangen."
    if tilgangskoder is not None and rolle != Rolle.ARK:
        feil["tilgangskoder"] = "Bare arkivtjenestens rolle kan begrenses til bestemte tilgangskoder."
    if feil:
        raise UgyldigInndata(feil)
    krev_periode(fra, til)
    like = Rolletildeling.objects.filter(_overlapper(fra, til), bruker=bruker, rolle=rolle, enhet=enhet)
    _krev_ny(like, f"{bruker} har alt rollen {rolle.label} i perioden. Avslutt eller endre den som er der.")
    tildeling = Rolletildeling.objects.create(
        bruker=bruker,
        rolle=rolle,
        enhet=enhet,
        kilde=kilde,
        fra=fra,
        til=til,
        tilgangskoder=None if tilgangskoder is None else sorted(k.pk for k in tilgangskoder),
    )
    logg(
        loggobjekt(tildeling),
        Handling.ADMINISTRERE,
        av=av,
        endringer=nye_felter(tildeling, "bruker", "rolle", "enhet", "kilde", "fra", "til", "tilgangskoder"),
    )
    glem_rettigheter()
    return tildeling


@kommando
def gi_fullmakt(
    bruker: Bruker,
    funksjon: Funksjon,
    *,
    enhet: Enhet,
    fra: dt.date | None = None,
    til: dt.date | None = None,
    av: Bruker,
) -> Rolletildeling:
    """Give a person one of the leader's functions in a unit (krav R-3.1.1). Refused for LEDE, which is the whole."""
    krev(av, Handling.ADMINISTRERE)
    bruker = _laas_bruker(bruker)
    funksjon, fra = Funksjon(funksjon), fra or klokke.idag()
    if funksjon == Funksjon.LEDE:
        raise UgyldigInndata({"funksjon": "Hele lederansvaret gis som rollen Leder. Velg én funksjon."})
    if enhet is None or enhet.nedlagt_dato is not None:
        raise UgyldigInndata({"enhet": "Fullmakten gjelder i en enhet som er i bruk. Velg enheten."})
    krev_periode(fra, til)
    like = Rolletildeling.objects.filter(_overlapper(fra, til), bruker=bruker, funksjon=funksjon, enhet=enhet)
    _krev_ny(like, f"{bruker} har alt fullmakten {funksjon.label.lower()} i perioden.")
    tildeling = Rolletildeling.objects.create(
        bruker=bruker, funksjon=funksjon, enhet=enhet, kilde=Kilde.FULLMAKT, fra=fra, til=til
    )
    logg(
        loggobjekt(tildeling),
        Handling.ADMINISTRERE,
        av=av,
        endringer=nye_felter(tildeling, "bruker", "funksjon", "enhet", "kilde", "fra", "til"),
    )
    glem_rettigheter()
    return tildeling


@kommando
def avslutt_tildeling(tildeling: Rolletildeling, *, til: dt.date, av: Bruker) -> Rolletildeling:
    """Let a role or fullmakt end with til. Refused for the last administrator's."""
    krev(av, Handling.ADMINISTRERE)
    laas(LAAS_ADMINISTRATOR)
    tildeling = Rolletildeling.objects.select_for_update(of=("self",)).get(pk=tildeling.pk)
    if tildeling.rolle == Rolle.ADM:
        krev_annen_administrator(tildeling.bruker, til)
    return _avslutt(tildeling, til, Handling.ADMINISTRERE, av)


@kommando
def registrer_stedfortreder(
    leder: Bruker,
    vikar: Bruker,
    *,
    fra: dt.date,
    til: dt.date,
    koder: Iterable[Tilgangskode] | None = None,
    av: Bruker,
) -> Stedfortreder:
    """Let vikar act for leder in a period, and read the ticked codes; XX is ticked unless koder says otherwise (A-53).

    For the leader and ADM. Refused for one who leads nothing then, for oneself, for one without an internal
    role, and where the two already have a period that overlaps.
    """
    leder = _laas_bruker(leder)
    krev(av, Handling.REGISTRERE_STEDFORTREDER, leder)
    if til is None:
        raise UgyldigInndata({"til": "Et stedfortrederskap har en sluttdato. Fyll den ut."})
    krev_periode(fra, til)
    if leder.pk == vikar.pk:
        raise UgyldigInndata({"vikar": "En leder kan ikke være sin egen stedfortreder. Velg en annen."})
    if not Rolletildeling.objects.filter(_overlapper(fra, til), bruker=leder, rolle=Rolle.LED).exists():
        raise UgyldigInndata({"leder": f"{leder} leder ingen enhet i perioden. Stedfortreder registreres på en leder."})
    if not rettigheter(vikar, max(fra, klokke.idag())).ansatt:
        raise UgyldigInndata({"vikar": f"{vikar} har ingen intern rolle når perioden begynner. Velg en ansatt."})
    like = Stedfortreder.objects.filter(_overlapper(fra, til), leder=leder, vikar=vikar)
    _krev_ny(like, f"{vikar} er alt stedfortreder for {leder} i perioden. Endre den som er der.")
    stedfortreder = Stedfortreder.objects.create(leder=leder, vikar=vikar, fra=fra, til=til)
    valgte = _koder(koder)
    stedfortreder.tilgangskoder.set(valgte)
    logg(
        loggobjekt(stedfortreder),
        Handling.REGISTRERE_STEDFORTREDER,
        av=av,
        endringer=nye_felter(stedfortreder, "leder", "vikar", "fra", "til")
        | {"tilgangskoder": (None, [k.kode for k in valgte])},
    )
    glem_rettigheter()
    return stedfortreder


@kommando
def endre_stedfortreder(
    stedfortreder: Stedfortreder,
    *,
    fra: dt.date | None = None,
    til: dt.date | None = None,
    koder: Iterable[Tilgangskode] | None = None,
    av: Bruker,
) -> Stedfortreder:
    """Change period or ticked codes; what is left out stays. For the leader and ADM."""
    stedfortreder = _laas_stedfortreder(stedfortreder)
    krev(av, Handling.REGISTRERE_STEDFORTREDER, stedfortreder.leder)
    fra, til = fra or stedfortreder.fra, til or stedfortreder.til
    krev_periode(fra, til)
    like = Stedfortreder.objects.filter(
        _overlapper(fra, til), leder=stedfortreder.leder, vikar=stedfortreder.vikar
    ).exclude(pk=stedfortreder.pk)
    _krev_ny(like, f"{stedfortreder} er alt registrert i perioden. Endre den som er der.")
    endringer: dict[str, tuple[Any, Any]] = sett_felter(stedfortreder, {"fra": fra, "til": til})
    if koder is not None:
        gamle, valgte = list(stedfortreder.tilgangskoder.order_by("rekkefoelge", "pk")), _koder(koder)
        if gamle != valgte:
            stedfortreder.tilgangskoder.set(valgte)
            endringer["tilgangskoder"] = ([k.kode for k in gamle], [k.kode for k in valgte])
    if endringer:
        logg(loggobjekt(stedfortreder), Handling.REGISTRERE_STEDFORTREDER, av=av, endringer=endringer)
        glem_rettigheter()
    return stedfortreder


@kommando
def avslutt_stedfortreder(stedfortreder: Stedfortreder, *, til: dt.date, av: Bruker) -> Stedfortreder:
    """Let til be the deputy's last day. For the leader and ADM."""
    stedfortreder = _laas_stedfortreder(stedfortreder)
    krev(av, Handling.REGISTRERE_STEDFORTREDER, stedfortreder.leder)
    return _avslutt(stedfortreder, til, Handling.REGISTRERE_STEDFORTREDER, av)


@kommando
def autoriser(
    bruker: Bruker,
    kode: Tilgangskode,
    *,
    enhet: Enhet | None = None,
    fra: dt.date | None = None,
    til: dt.date | None = None,
    av: Bruker,
) -> Autorisasjon:
    """Let a person read what carries a code, in a unit and below or everywhere (krav R-7.2.*).

    Refused for XX, which opens for those who assess alone, and for a person without an internal role.
    """
    krev(av, Handling.ADMINISTRERE)
    bruker = _laas_bruker(bruker)
    fra = fra or klokke.idag()
    krev_periode(fra, til)
    if kode.kode == XX:
        raise UgyldigInndata({"kode": "XX er midlertidig og åpnes bare for dem som vurderer. Velg en annen kode."})
    if not rettigheter(bruker, max(fra, klokke.idag())).ansatt:
        raise UgyldigInndata({"bruker": f"{bruker} har ingen intern rolle. Tildel rollen først."})
    like = Autorisasjon.objects.filter(_overlapper(fra, til), bruker=bruker, kode=kode, enhet=enhet)
    _krev_ny(like, f"{bruker} er alt autorisert for {kode.kode} i perioden.")
    autorisasjon = Autorisasjon.objects.create(bruker=bruker, kode=kode, enhet=enhet, fra=fra, til=til)
    logg(
        loggobjekt(autorisasjon),
        Handling.ADMINISTRERE,
        av=av,
        endringer=nye_felter(autorisasjon, "bruker", "kode", "enhet", "fra", "til"),
    )
    glem_rettigheter()
    return autorisasjon


@kommando
def avslutt_autorisasjon(autorisasjon: Autorisasjon, *, til: dt.date, av: Bruker) -> Autorisasjon:
    """Let an authorisation end with til."""
    krev(av, Handling.ADMINISTRERE)
    autorisasjon = Autorisasjon.objects.select_for_update(of=("self",)).get(pk=autorisasjon.pk)
    return _avslutt(autorisasjon, til, Handling.ADMINISTRERE, av)


@kommando
def opprett_gruppe(
    navn: str, *, medlemmer: Iterable[Bruker] = (), til: dt.date | None = None, av: Bruker
) -> Tilgangsgruppe:
    """Make an access group (krav R-7.2.G): the administrator's belongs to nobody, an employee's is her own to keep.

    til: the last day of the members; none: until further notice.
    """
    navn = navn.strip()
    gruppe = Tilgangsgruppe(navn=navn, eier=None if rettigheter(av).har(Rolle.ADM) else av)
    krev(av, Handling.ADMINISTRERE_GRUPPE, gruppe)
    if not navn or len(navn) > 100:
        raise UgyldigInndata({"navn": "Gruppen må ha et navn på høyst 100 tegn."})
    if Tilgangsgruppe.objects.filter(navn__iexact=navn).exists():
        raise UgyldigInndata({"navn": f"Det finnes allerede en gruppe som heter {navn}. Velg et annet navn."})
    gruppe.save()
    logg(gruppe, Handling.ADMINISTRERE_GRUPPE, av=av, endringer=nye_felter(gruppe, "navn", "eier"))
    for bruker in medlemmer:
        legg_til_medlem(gruppe, bruker, til=til, av=av)
    glem_rettigheter()
    return gruppe


@kommando
def legg_til_medlem(
    gruppe: Tilgangsgruppe,
    bruker: Bruker,
    *,
    fra: dt.date | None = None,
    til: dt.date | None = None,
    av: Bruker,
) -> Gruppemedlem:
    """Take a person into a group. For its owner and ADM. Refused for a member, and for one without an internal role."""
    gruppe = _laas_gruppe(gruppe)
    krev(av, Handling.ADMINISTRERE_GRUPPE, gruppe)
    fra = fra or klokke.idag()
    krev_periode(fra, til)
    if gruppe.nedlagt_dato is not None:
        raise Avvist(f"Gruppen {gruppe} er nedlagt.")
    if not rettigheter(bruker, max(fra, klokke.idag())).ansatt:
        raise UgyldigInndata({"bruker": f"{bruker} har ingen intern rolle. Velg en ansatt."})
    like = Gruppemedlem.objects.filter(_overlapper(fra, til), gruppe=gruppe, bruker=bruker)
    _krev_ny(like, f"{bruker} er alt medlem av {gruppe}.")
    medlem = Gruppemedlem.objects.create(gruppe=gruppe, bruker=bruker, fra=fra, til=til)
    logg(
        gruppe,
        Handling.ADMINISTRERE_GRUPPE,
        av=av,
        endringer={"medlem": (None, bruker)},
        detaljer={"fra": fra, "til": til},
    )
    glem_rettigheter()
    return medlem


@kommando
def fjern_medlem(gruppe: Tilgangsgruppe, bruker: Bruker, *, av: Bruker) -> Gruppemedlem:
    """End a person's membership at once. For the group's owner and ADM. Refused for one who is not a member."""
    gruppe = _laas_gruppe(gruppe)
    krev(av, Handling.ADMINISTRERE_GRUPPE, gruppe)
    idag = klokke.idag()
    medlem = (
        Gruppemedlem.objects.select_for_update(of=("self",))
        .filter(Q(til__isnull=True) | Q(til__gte=idag), gruppe=gruppe, bruker=bruker)
        .order_by("fra", "pk")
        .first()
    )
    if medlem is None:
        raise Avvist(f"{bruker} er ikke medlem av {gruppe}.")
    sett_felter(medlem, avsluttet_periode(medlem.fra, idag - dt.timedelta(days=1)))
    logg(
        gruppe,
        Handling.ADMINISTRERE_GRUPPE,
        av=av,
        endringer={"medlem": (bruker, None)},
        detaljer={"til": medlem.til},
    )
    glem_rettigheter()
    return medlem


@kommando
def overlat_gruppe(gruppe: Tilgangsgruppe, eier: Bruker, *, av: Bruker) -> Tilgangsgruppe:
    """Let another employee keep a group. For its owner and ADM. Refused for one without an internal role."""
    gruppe = _laas_gruppe(gruppe)
    krev(av, Handling.ADMINISTRERE_GRUPPE, gruppe)
    if not rettigheter(eier).ansatt:
        raise UgyldigInndata({"eier": f"{eier} har ingen intern rolle. Velg en ansatt."})
    if gruppe.eier_id == eier.pk:
        raise UgyldigInndata({"eier": f"{eier} eier gruppen. Velg en annen."})
    logg(gruppe, Handling.ADMINISTRERE_GRUPPE, av=av, endringer=sett_felter(gruppe, {"eier": eier}))
    return gruppe


@kommando
def legg_ned_gruppe(gruppe: Tilgangsgruppe, *, av: Bruker) -> Tilgangsgruppe:
    """Take a group out of the choices. What it already narrows stays narrowed, and its members stay."""
    gruppe = _laas_gruppe(gruppe)
    krev(av, Handling.ADMINISTRERE_GRUPPE, gruppe)
    if gruppe.nedlagt_dato is not None:
        raise Avvist(f"Gruppen {gruppe} er allerede nedlagt.")
    endringer = sett_felter(gruppe, {"nedlagt_dato": klokke.idag()})
    logg(gruppe, Handling.ADMINISTRERE_GRUPPE, av=av, endringer=endringer)
    return gruppe


def _laas_bruker(bruker: Bruker) -> Bruker:
    laast: Bruker = Bruker.objects.select_for_update(of=("self",)).get(pk=bruker.pk)
    return laast


def _laas_stedfortreder(stedfortreder: Stedfortreder) -> Stedfortreder:
    return (
        Stedfortreder.objects.select_for_update(of=("self",)).select_related("leder", "vikar").get(pk=stedfortreder.pk)
    )


def _laas_gruppe(gruppe: Tilgangsgruppe) -> Tilgangsgruppe:
    return Tilgangsgruppe.objects.select_for_update(of=("self",)).get(pk=gruppe.pk)


def _overlapper(fra: dt.date, til: dt.date | None) -> Q:
    overlapp = Q(til__isnull=True) | Q(til__gte=fra)
    return overlapp if til is None else overlapp & Q(fra__lte=til)


def _krev_ny(like: Any, setning: str) -> None:
    if like.exists():
        raise Avvist(setning)


def _koder(koder: Iterable[Tilgangskode] | None) -> list[Tilgangskode]:
    valgte = (
        Tilgangskode.objects.filter(kode=XX)
        if koder is None
        else Tilgangskode.objects.filter(pk__in=[k.pk for k in koder])
    )
    return list(valgte.order_by("rekkefoelge", "pk"))


def _avslutt(tildeling: T, til: dt.date, handling: Handling, av: Bruker) -> T:
    if tildeling.til is not None and tildeling.til < klokke.idag():
        raise Avvist(f"Perioden tok slutt {tildeling.til:%d.%m.%Y}.")
    endringer = sett_felter(tildeling, avsluttet_periode(tildeling.fra, til))
    logg(loggobjekt(tildeling), handling, av=av, endringer=endringer)
    glem_rettigheter()
    return tildeling
