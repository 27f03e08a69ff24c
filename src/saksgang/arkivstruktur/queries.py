"""The archive structure: lists and look-ups."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from saksgang.kjerne.errors import IkkeFunnet

from .models import Arkiv, Arkivdel, Klasse, Klassifikasjonssystem, Nummerserie
from .rules import Arkivdelstatus, Klassifikasjonstype

M = TypeVar("M", bound=Model)


def arkiver() -> QuerySet[Arkiv]:
    """Return the archives."""
    return Arkiv.objects.order_by("tittel", "pk")


def arkivdeler(*, aapne: bool = False) -> QuerySet[Arkivdel]:
    """Return the archive parts by code, all or those that take new cases."""
    rader = Arkivdel.objects.select_related("arkiv", "klassifikasjonssystem").order_by("kode", "pk")
    return rader.filter(arkivdelstatus__in=[Arkivdelstatus.AKTIV, Arkivdelstatus.OVERLAPPING]) if aapne else rader


def finn_arkivdel(kode: str) -> Arkivdel | None:
    """Return the archive part with this code, without regard to case."""
    return Arkivdel.objects.select_related("klassifikasjonssystem").filter(kode__iexact=kode.strip()).first()


def hent_arkiv(pk: int) -> Arkiv:
    """Return one archive, or IkkeFunnet."""
    return _hent(Arkiv.objects.all(), pk)


def hent_arkivdel(pk: int) -> Arkivdel:
    """Return one archive part, or IkkeFunnet."""
    return _hent(Arkivdel.objects.select_related("arkiv", "klassifikasjonssystem"), pk)


def hent_system(pk: int) -> Klassifikasjonssystem:
    """Return one classification system, or IkkeFunnet."""
    return _hent(Klassifikasjonssystem.objects.all(), pk)


def hent_klasse(pk: int) -> Klasse:
    """Return one class, or IkkeFunnet."""
    return _hent(Klasse.objects.select_related("klassifikasjonssystem", "overordnet"), pk)


def systemer() -> QuerySet[Klassifikasjonssystem]:
    """Return the classification systems by code."""
    return Klassifikasjonssystem.objects.order_by("kode", "pk")


def finn_system(kode: str) -> Klassifikasjonssystem | None:
    """Return the classification system with this code, without regard to case."""
    return Klassifikasjonssystem.objects.filter(kode__iexact=kode.strip()).first()


def eiendomssystem() -> Klassifikasjonssystem | None:
    """Return the system of gnr/bnr, the oldest where there are several."""
    return Klassifikasjonssystem.objects.filter(klassifikasjonstype=Klassifikasjonstype.GBN).order_by("pk").first()


def finn_klasse(system: Klassifikasjonssystem, klasse_id: str) -> Klasse | None:
    """Return the class with this very id in a system."""
    return (
        Klasse.objects.select_related("klassifikasjonssystem", "overordnet")
        .filter(klassifikasjonssystem=system, klasse_id__iexact=klasse_id.strip())
        .first()
    )


def klasser(system: Klassifikasjonssystem | None = None, prefiks: str = "") -> QuerySet[Klasse]:
    """Return the classes by id, of one system or all, and those alone whose id begins with prefiks («U6» or «U6*»)."""
    rader = Klasse.objects.filter(_begynner_med(prefiks))
    if system is not None:
        rader = rader.filter(klassifikasjonssystem=system)
    return rader.select_related("klassifikasjonssystem", "overordnet").order_by(
        "klassifikasjonssystem__kode", "klasse_id", "pk"
    )


def finn_klasser(
    tekst: str, dato: dt.date, *, system: Klassifikasjonssystem | None = None, med_skjermede: bool = False
) -> QuerySet[Klasse]:
    """Return the classes in use whose id begins with tekst («U6*» too), or whose title has all its words.

    Systems of persons are left out unless asked for: their ids are not for browsing.
    """
    i_tittel = Q()
    for ord_ in tekst.split():
        i_tittel &= Q(tittel__icontains=ord_)
    if not tekst.strip() or tekst.rstrip().endswith("*"):
        i_tittel = Q(pk__in=[])
    rader = klasser(system).filter(_begynner_med(tekst) | i_tittel)
    rader = rader.filter(Q(nedlagt_dato__isnull=True) | Q(nedlagt_dato__gt=dato))
    return rader if med_skjermede else rader.filter(klassifikasjonssystem__skjermet=False)


def etterkommere(klasse: Klasse) -> QuerySet[Klasse]:
    """Return a class and all below it: a search on U6 finds what lies on U60–U69 (krav R-C.5)."""
    return (
        Klasse.objects.filter(klassifikasjonssystem_id=klasse.klassifikasjonssystem_id, sti__startswith=klasse.sti)
        .select_related("klassifikasjonssystem")
        .order_by("klasse_id", "pk")
    )


def nummerserier() -> QuerySet[Nummerserie]:
    """Return the number series, newest year first."""
    return Nummerserie.objects.order_by("-aar", "serie", "pk")


def _begynner_med(prefiks: str) -> Q:
    return Q(klasse_id__istartswith=prefiks.strip().rstrip("*"))


def _hent(rader: QuerySet[M], pk: int) -> M:
    rad = rader.filter(pk=pk).first()
    if rad is None:
        raise IkkeFunnet
    return rad
