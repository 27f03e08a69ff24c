"""Which fields of a journalpost a person may edit now, and how a locked one is refused (krav C.3, C.6)."""

from __future__ import annotations

from saksgang.kjerne.errors import Avvist, IkkeTilgang, SaksgangFeil
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Journalpost
from saksgang.sakarkiv.rules import FELTRELASJONER, redigerbare_felter
from saksgang.tilgang.queries import relasjoner, rettigheter
from saksgang.tilgang.rules import Funksjon, Rolle


def felter_for(journalpost: Journalpost, bruker: Bruker) -> frozenset[str]:
    """Return the fields that bruker may edit now: what the dialog shows and the server enforces (krav C.3)."""
    rett = rettigheter(bruker)
    if not rett.ansatt or journalpost.sak.er_avsluttet:
        return frozenset()
    return redigerbare_felter(
        journalpost.journalposttype,
        journalpost.status,
        relasjoner=set(relasjoner(journalpost, rett, FELTRELASJONER)),
        leder=journalpost.enhet_id in rett.enheter(Funksjon.LEDE),
        arkiv=rett.har(Rolle.ARK),
        til_godkjenning=journalpost.hos_godkjenner_id is not None,
    )


def laast(journalpost: Journalpost, ellers: str) -> SaksgangFeil:
    """Return the refusal of a locked field: it lies with an approver, or the table is against it."""
    if journalpost.hos_godkjenner_id is not None:
        return Avvist(
            f"{journalpost} er til godkjenning hos {journalpost.godkjenner}. "
            "Vent på svaret, eller trekk dokumentet tilbake først."
        )
    return IkkeTilgang(ellers)
