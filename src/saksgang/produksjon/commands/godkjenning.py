"""What approval asks of production: drafts become versions, and an approved document may finish by itself (A-27)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from saksgang.flyt.commands import besvar_godkjenning
from saksgang.flyt.commands.godkjenning import foer_runde
from saksgang.flyt.models import Godkjenning
from saksgang.flyt.rules import Godkjenningssvar
from saksgang.kjerne.errors import SaksgangFeil
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Journalpost

from .ferdigstilling import ferdigstill
from .tekst import ta_med_utkast


@foer_runde
def ta_utkast_med_i_runden(journalpost: Journalpost, av: Bruker) -> None:
    """Make a version of what is written in the browser, so that a round begins and ends with what can be compared."""
    ta_med_utkast(journalpost, av=av)


def besvar_og_ferdigstill(
    journalpost: Journalpost,
    svar: str,
    *,
    kommentar: str = "",
    videre_til: Bruker | None = None,
    frist: dt.date | None = None,
    av: Bruker,
) -> Godkjenning:
    """Answer for approval; where the municipality has chosen it, an approved document is then finished too (A-27).

    That is an act of its own in the case worker's name, marked automatic. Where anything stands in its way the
    document stays in R with its approval.
    """
    runde = besvar_godkjenning(
        journalpost, svar, kommentar=kommentar, videre_til=videre_til, frist=frist, av=av
    )  # fmt: skip
    saksbehandler = journalpost.saksbehandler
    if settings.GODKJENT_FERDIGSTILLES and svar == Godkjenningssvar.GODKJENT and saksbehandler is not None:
        try:
            ferdigstill(journalpost, av=saksbehandler, automatisk=True)
        except SaksgangFeil:
            return runde  # the checklist says what is missing
    return runde
