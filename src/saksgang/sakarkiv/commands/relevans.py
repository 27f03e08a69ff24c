"""Which documents of a case matter to those who are to decide it: marked, and unmarked."""

from __future__ import annotations

from saksgang.kjerne.errors import Avvist
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Journalpost
from saksgang.sakarkiv.rules import Journalstatus
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling

from .felles import krev_aapen_sak
from .journalpost import laas_journalpost


@kommando
def merk_relevant(journalpost: Journalpost, relevant: bool = True, *, av: Bruker) -> Journalpost:
    """Mark a journalpost, internal ones above all, as relevant to the treatment of its case, or take the mark off.

    It opens nothing to anybody. Refused when it already is so, for one that is Utgår, and in a closed case.
    """
    krev(av, Handling.MERKE_RELEVANT, journalpost)
    journalpost = laas_journalpost(journalpost)
    krev_aapen_sak(journalpost.sak)
    if journalpost.status == Journalstatus.UTGAAR:
        raise Avvist("Journalposten er utgått og kan ikke merkes.")
    if journalpost.relevant_for_behandling == relevant:
        raise Avvist(f"{journalpost} er {'allerede' if relevant else 'ikke'} merket som relevant for behandlingen.")
    foer, journalpost.relevant_for_behandling = journalpost.relevant_for_behandling, relevant
    journalpost.save(update_fields=["relevant_for_behandling"])
    logg(journalpost, Handling.MERKE_RELEVANT, av=av, endringer={"relevant_for_behandling": (foer, relevant)})
    return journalpost
