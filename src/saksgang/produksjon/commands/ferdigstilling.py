"""Finishing an own document, and opening it again (krav R-6.2.F, C.2)."""

from __future__ import annotations

from typing import Any

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist
from saksgang.logg.commands import kommando
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.commands.felles import krev_aapen_sak
from saksgang.sakarkiv.commands.journalfoering import begrunnet, vurder_offentlighet
from saksgang.sakarkiv.commands.svarvirkning import fullfoer_svar, ta_tilbake_svar
from saksgang.sakarkiv.models import Journalpost
from saksgang.sakarkiv.queries.dokumenter import gjeldende_versjoner
from saksgang.sakarkiv.rules import Journalstatus
from saksgang.tilgang.commands import skift_status

from .arkivkopi import bestill_arkivkopier
from .avbrudd import avbryt_ventende
from .tekst import ta_med_utkast


@kommando
def ferdigstill(
    journalpost: Journalpost, *, av: Bruker, offentlighet_vurdert: bool = False, automatisk: bool = False
) -> Journalpost:
    """R → F: freeze the text as its writers left it, deliver it, write off what it answers, order its archive copies.

    Krav R-6.2.F, A-13.

    Refused without recipient, main document or the mark «offentlighet vurdert», and by whatever else stands in HINDRE,
    all reasons at once.
    """
    krev_aapen_sak(journalpost.sak)
    ta_med_utkast(journalpost, av=av)
    if offentlighet_vurdert and journalpost.offentlighet_vurdert_tid is None:
        journalpost = vurder_offentlighet(journalpost, av=av)
    detaljer: dict[str, Any] = {"automatisk": True} if automatisk else {}
    journalpost = skift_status(
        journalpost, Journalstatus.FERDIG, av=av, felter={"ferdig_tid": klokke.naa()}, **detaljer
    )  # fmt: skip
    bestill_arkivkopier(gjeldende_versjoner(journalpost))
    fullfoer_svar(journalpost, av=av)
    return journalpost


@kommando
def gjenaapne(journalpost: Journalpost, begrunnelse: str, *, av: Bruker) -> Journalpost:
    """F → R before J: open it again for editing; recipients lose it, and what it answered is open again (A-13).

    Refused without a reason, and for a letter that has been sent.
    """
    krev_aapen_sak(journalpost.sak)
    if journalpost.ekspedert_dato is not None:
        raise Avvist("Brevet er sendt. Skriv nytt brev.")
    avbryt_ventende(journalpost)
    journalpost = skift_status(
        journalpost,
        Journalstatus.RESERVERT,
        av=av,
        felter={"ferdig_tid": None, "statusbegrunnelse": begrunnet(begrunnelse)},
    )
    ta_tilbake_svar(journalpost, av=av)
    return journalpost
