"""What stands in the way of a status: this room's questions in HINDRE."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from saksgang.produksjon.queries import arkivtilstander
from saksgang.sakarkiv.models import Dokument, Sak
from saksgang.sakarkiv.rules import Journalstatus, Saksstatus
from saksgang.tilgang.queries import Hinder, registrer_hinder


@registrer_hinder(Sak, fra=None, til=Saksstatus.AVSLUTTET)
def mangler_arkivformat(sak: Sak) -> Iterator[Hinder]:
    """Every document of a journalised entry has a file in an archive format (A-21, R-12.2)."""
    mangler = [
        (versjon.dokument, f" i arkivformat: {tilstand.kort}")
        for versjon, tilstand in arkivtilstander(sak)
        if versjon.dokument.journalpost.status == Journalstatus.JOURNALFOERT and not tilstand.i_orden
    ] + [(dokument, ". Last den opp, eller ta dokumentet av.") for dokument in _uten_fil(sak)]
    for dokument, hva in sorted(mangler, key=lambda m: (m[0].journalpost.journalpostnummer, m[0].nummer, m[0].pk)):
        yield Hinder(f"{dokument.journalpost} dokument {dokument.nummer} mangler fil{hva}", dokument.journalpost)


def _uten_fil(sak: Sak) -> QuerySet[Dokument]:
    """Documents that are to have a file and have none; what is sent on paper never gets one."""
    return (
        Dokument.objects.filter(
            journalpost__sak=sak,
            journalpost__status=Journalstatus.JOURNALFOERT,
            utgaatt_tid__isnull=True,
            versjoner__isnull=True,
        )
        .exclude(kilde=Dokument.Kilde.PAPIR)
        .select_related("journalpost__sak")
        .order_by("pk")
    )
