"""Which templates there are, and which suit a document."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.produksjon.models import Tekstmal, Tekstmalversjon
from saksgang.produksjon.rules import MALTYPER, STANDARDMALER, Maltilstand, Spraak, Standardmal, flat

from .fakta import flettefelter


def brukbare() -> QuerySet[Tekstmal]:
    """The templates that have a version in use and have not run out."""
    return Tekstmal.objects.filter(
        Q(gyldig_til__isnull=True) | Q(gyldig_til__gte=klokke.idag()), versjoner__tilstand=Maltilstand.I_BRUK
    )


def maler_for(
    journalposttype: str, *, foreloepig: bool = False, spraak: str = "", behandlingsform: str = ""
) -> list[Tekstmal]:
    """Return the templates offered for a type, the best first: right kind of answer, then language, then order.

    spraak: the municipality's own where none is given. behandlingsform: leaves out templates for the other kind of
    treatment (krav R-10.9.1.4a).
    """
    spraak = spraak or settings.MAALFORM
    rader = brukbare().filter(typer__contains=[journalposttype]).order_by("rekkefoelge", "navn", "pk")
    if behandlingsform:
        rader = rader.filter(behandlingsform__in=["", behandlingsform])
    return sorted(rader, key=lambda mal: (mal.foreloepig != foreloepig, mal.spraak != spraak))


def hent_brukbar(mal_id: int, journalposttype: str) -> Tekstmal:
    """Return a template that may be used for the type, or IkkeFunnet."""
    mal = brukbare().filter(typer__contains=[journalposttype], pk=mal_id).first()
    if mal is None:
        raise IkkeFunnet
    return mal


def versjon_i_bruk(mal: Tekstmal) -> Tekstmalversjon | None:
    """Return the version of the template that documents are made from."""
    return mal.versjoner.filter(tilstand=Maltilstand.I_BRUK).select_related("mal", "fil").first()


# --- For those who keep them -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Malrad:
    """A line of the list: the template, the number of its version in use, and whether it may be chosen today."""

    mal: Tekstmal
    i_bruk: int | None
    idag: dt.date

    @property
    def kan_velges(self) -> bool:
        return self.i_bruk is not None and (self.mal.gyldig_til is None or self.mal.gyldig_til >= self.idag)


def malliste() -> list[Malrad]:
    """Return every template by type and order, those that nobody may choose last."""
    i_bruk = Tekstmalversjon.objects.filter(mal=OuterRef("pk"), tilstand=Maltilstand.I_BRUK).values("nummer")[:1]
    maler = Tekstmal.objects.annotate(i_bruk=Subquery(i_bruk)).order_by("rekkefoelge", "navn", "spraak", "pk")
    rader = [Malrad(mal, mal.i_bruk, klokke.idag()) for mal in maler]
    return sorted(rader, key=lambda rad: (not rad.kan_velges, [MALTYPER.index(type_) for type_ in rad.mal.typer]))


def hent_mal(mal_id: int) -> Tekstmal:
    """Return a template, or IkkeFunnet."""
    mal = Tekstmal.objects.filter(pk=mal_id).first()
    if mal is None:
        raise IkkeFunnet
    return mal


def versjoner(mal: Tekstmal) -> QuerySet[Tekstmalversjon]:
    """The versions of a template, newest first."""
    return mal.versjoner.select_related("opprettet_av", "tatt_i_bruk_av").order_by("-nummer", "-pk")


def hent_malversjon(versjon_id: int) -> Tekstmalversjon:
    """Return a version of a template, or IkkeFunnet."""
    rader = Tekstmalversjon.objects.select_related("mal", "fil", "eksempel", "opprettet_av", "tatt_i_bruk_av")
    versjon = rader.filter(pk=versjon_id).first()
    if versjon is None:
        raise IkkeFunnet
    return versjon


def mangler_standardmaler() -> list[Standardmal]:
    """Return those of the product's own templates that are lacking in one of the languages."""
    finnes = set(Tekstmal.objects.values_list("kode", "spraak"))
    return [mal for mal in STANDARDMALER if any((mal.kode, spraak.value) not in finnes for spraak in Spraak)]


@dataclass(frozen=True)
class Feltrad:
    """A merge field as it is shown."""

    navn: str
    forklaring: str = ""
    eksempel: str = ""
    kjent: bool = True


def alle_felter() -> list[Feltrad]:
    """Return every field that a template may have."""
    rader = []
    for navn, forklaring, eksempel in flat(flettefelter()):
        liste, i_liste, del_ = navn.partition("[].")
        if i_liste:
            navn, forklaring = f"x.{del_}", f"{forklaring}, for hver x i {liste}"
        rader.append(Feltrad(navn, forklaring, eksempel))
    return rader


def felter_i(versjon: Tekstmalversjon) -> list[Feltrad]:
    """Return the fields found in a version, the unknown ones marked and first."""
    kjente = {felt.navn: felt for felt in alle_felter()}
    rader = [kjente.get(navn) or Feltrad(navn, kjent=False) for navn in versjon.flettefelter]
    return sorted(rader, key=lambda felt: (felt.kjent, felt.navn))
