"""What stands in the way of a status: this room's questions in HINDRE."""

from __future__ import annotations

from collections.abc import Iterator

from saksgang.produksjon.queries import arkivtilstander
from saksgang.sakarkiv.models import Sak
from saksgang.sakarkiv.rules import Journalstatus, Saksstatus
from saksgang.tilgang.queries import Hinder, registrer_hinder


@registrer_hinder(Sak, fra=None, til=Saksstatus.AVSLUTTET)
def mangler_arkivformat(sak: Sak) -> Iterator[Hinder]:
    """Every document of a journalised entry has a file in an archive format (A-21, R-12.2)."""
    for versjon, tilstand in arkivtilstander(sak):
        jp = versjon.dokument.journalpost
        if jp.status == Journalstatus.JOURNALFOERT and not tilstand.i_orden:
            yield Hinder(f"{jp} dokument {versjon.dokument.nummer} mangler fil i arkivformat: {tilstand.kort}", jp)
