"""Scanning orders through the reader: seen by who sees what they belong to."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from saksgang.kjerne.errors import IkkeFunnet
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.models import Skanneordre
from saksgang.produksjon.rules import Skannetilstand
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.querysets import synlig_q
from saksgang.tilgang.rules import Rolle


def _synlige(leser: Bruker) -> QuerySet[Skanneordre]:
    noekler = rettigheter(leser).noekler
    om_journalpost = Q(journalpost__isnull=False) & synlig_q(noekler, "journalpost__")
    om_sak = Q(journalpost__isnull=True) & synlig_q(noekler, "sak__")
    return Skanneordre.objects.filter(om_journalpost | om_sak).select_related(
        "sak__tilgangskode", "journalpost__sak", "journalpost__tilgangskode", "bestilt_av", "dokument", "opphav"
    )


def til_skanning(leser: Bruker) -> QuerySet[Skanneordre]:
    """The archive's basket «Skanning» (krav C.4): paper that waits, oldest first. Nobody else has the queue."""
    if not rettigheter(leser).har(Rolle.ARK):
        return Skanneordre.objects.none()
    return (
        _synlige(leser)
        .filter(Q(dokument__isnull=True) | Q(dokument__utgaatt_tid__isnull=True), tilstand=Skannetilstand.BESTILT)
        .order_by("bestilt_tid", "pk")
    )


def hent_ordre(leser: Bruker, pk: int) -> Skanneordre:
    """Return an order whose journalpost, or else case, the reader may see, or IkkeFunnet."""
    ordre = _synlige(leser).filter(pk=pk).first()
    if ordre is None:
        raise IkkeFunnet
    return ordre


def er_aapen(ordre: Skanneordre) -> bool:
    """Whether the paper still waits to be scanned."""
    borte = ordre.dokument is not None and ordre.dokument.utgaatt_tid is not None
    return ordre.tilstand == Skannetilstand.BESTILT and not borte


def med_ord(ordrer: QuerySet[Skanneordre], tekst: str) -> QuerySet[Skanneordre]:
    """Narrow the orders to those with all these words in the description or the orderer's name."""
    for ord_ in tekst.split():
        ordrer = ordrer.filter(Q(beskrivelse__icontains=ord_) | Q(bestilt_av__navn__icontains=ord_))
    return ordrer
