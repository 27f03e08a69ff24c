"""Addresses of what lists point at. Written out, since resolving a name for each row costs more than the row."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from saksgang.flyt.models import Flagg, Godkjenning
    from saksgang.innsynskrav.models import Innsynskrav
    from saksgang.produksjon.models import Skanneordre
    from saksgang.sakarkiv.models import Journalpost, Sak


def sak_url(sak: Sak) -> str:
    """The case's page."""
    return f"/saker/{sak.aar}/{sak.sekvens}/"


def journalpost_url(journalpost: Journalpost) -> str:
    """The journalpost's page."""
    return f"/saker/{journalpost.sak.aar}/{journalpost.sak.sekvens}/{journalpost.journalpostnummer}/"


def forhaand_url(journalpost: Journalpost) -> str:
    """The journalpost in the right pane of a work list."""
    return f"/journalposter/{journalpost.pk}/forhaand/"


def sak_forhaand_url(sak: Sak) -> str:
    """The case in the right pane of a work list."""
    return f"/lister/sak/{sak.pk}/forhaand/"


def flagg_url(flagg: Flagg) -> str:
    """The flag's page, and its fragment for the right pane."""
    return f"/flagg/{flagg.pk}/"


def skanneordre_url(ordre: Skanneordre) -> str:
    """The scanning order's page, and its fragment for the right pane."""
    return f"/skanning/{ordre.pk}/"


def godkjenning_url(godkjenning: Godkjenning) -> str:
    """A round of approval: the approver's page, and its fragment for the right pane."""
    return f"/godkjenning/{godkjenning.pk}/"


def innsynskrav_url(krav: Innsynskrav) -> str:
    """A request for access: its page, and its fragment for the right pane."""
    return f"/innsynskrav/{krav.pk}/"


def sladding_url(pk: int) -> str:
    """A redacted version: its pages and marks, and the leader's answer."""
    return f"/sladdinger/{pk}/"


def liste_url(kurv: str) -> str:
    """A work list."""
    return f"/lister/{kurv}/"
