"""Which templates there are, and which suit a document."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.produksjon.models import Tekstmal, Tekstmalversjon
from saksgang.produksjon.rules import Maltilstand, Spraak


def brukbare() -> QuerySet[Tekstmal]:
    """The templates that have a version in use and have not run out."""
    return Tekstmal.objects.filter(
        Q(gyldig_til__isnull=True) | Q(gyldig_til__gte=klokke.idag()), versjoner__tilstand=Maltilstand.I_BRUK
    )


def maler_for(
    journalposttype: str, *, foreloepig: bool = False, spraak: str = Spraak.BOKMAAL, behandlingsform: str = ""
) -> list[Tekstmal]:
    """Return the templates offered for a type, the best first: right kind of answer, then language, then order.

    behandlingsform: leaves out templates for the other kind of treatment (krav R-10.9.1.4a).
    """
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
