"""Look-ups for the page of one journalpost."""

from __future__ import annotations

from django.db.models import Max, Min, Q

from saksgang.kjerne.errors import IkkeFunnet
from saksgang.logg.models import Hendelse
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Avskrivning, Journalpost
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.querysets import synlig_q
from saksgang.tilgang.rules import Handling

_FOERSTE = (Handling.OPPRETTE_JOURNALPOST, Handling.REGISTRERE_INNGAAENDE, Handling.REGISTRERE_I_ARKIV)


def registrering(journalpost: Journalpost) -> Hendelse | None:
    """The event in which the journalpost was made: by whom, on whose behalf (krav R-3.1.5)."""
    return (
        Hendelse.objects.filter(sak_id=journalpost.sak_id, journalpost_id=journalpost.pk, handling__in=_FOERSTE)
        .select_related("aktoer", "paa_vegne_av")
        .order_by("nummer")
        .first()
    )


def hent_avskrivning(leser: Bruker, avskrivning_id: int) -> Avskrivning:
    """Return an avskrivning on a journalpost that the reader may see, or IkkeFunnet."""
    rad = (
        Avskrivning.objects.filter(synlig_q(rettigheter(leser).noekler, "mottaker__journalpost__"), pk=avskrivning_id)
        .select_related("mottaker__journalpost__sak", "mottaker__bruker", "mottaker__enhet", "maate")
        .first()
    )
    if rad is None:
        raise IkkeFunnet
    return rad


def naboer(leser: Bruker, journalpost: Journalpost) -> tuple[int | None, int | None]:
    """Return the numbers before and after this one in its case, of those that the reader may see."""
    nummer = journalpost.journalpostnummer
    funnet = (
        Journalpost.objects.filter(synlig_q(rettigheter(leser).noekler), sak_id=journalpost.sak_id)
        .uten_utgaatte()
        .aggregate(
            foer=Max("journalpostnummer", filter=Q(journalpostnummer__lt=nummer)),
            etter=Min("journalpostnummer", filter=Q(journalpostnummer__gt=nummer)),
        )
    )
    return funnet["foer"], funnet["etter"]
