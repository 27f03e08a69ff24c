"""Each recipient's own letter: merged by the queue, twenty at a time, once each (ADR 0010, 0012, 0013)."""

from __future__ import annotations

import logging

from django.db import transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist
from saksgang.kjerne.tekst import rens_filnavn
from saksgang.lager.commands import lagre_fil
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.models import Konvertering, Mottakerbrev, Utsending
from saksgang.produksjon.queries.fletting import I_ETT_BARN, dokumenter_for_mottakere, siste_versjon
from saksgang.produksjon.queries.utsending import feilede_brev, hoveddokument_som_flettes, uten_brev
from saksgang.produksjon.rules import Jobbtilstand
from saksgang.sakarkiv.commands.journalpost import laas_journalpost
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling

from .arkivkopi import bestill_omgjoering, vekk_konverteringer

logger = logging.getLogger(__name__)


@task()
def flett_mottakerbrev() -> int:
    """The queue's alarm clock: which letters are to be merged stands in the rows (ADR 0010)."""
    return flett_ventende()


def vekk_fletting() -> None:
    """Wake the queue, in the transaction of the act that has letters to merge."""
    flett_mottakerbrev.enqueue()


def _venter() -> list[int]:
    rader = Utsending.objects.filter(flettes=True, brev_ferdig_tid__isnull=True, brev_feil="")
    return list(rader.order_by("pk").values_list("pk", flat=True))


def flett_ventende() -> int:
    """Merge every letter that waits; return how many. Run by the queue: what is merged stays when it is stopped."""
    antall = 0
    for pk in _venter():
        while laget := _flett_gruppe(pk):
            antall += laget
    return antall


@transaction.atomic
def _flett_gruppe(pk: int) -> int:
    """Merge the next handful of a dispatch; return how many, 0 when it is done, stopped or in another's hands."""
    utsending = (
        Utsending.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
        .filter(pk=pk, flettes=True, brev_ferdig_tid__isnull=True, brev_feil="")
        .select_related("journalpost__sak")
        .first()
    )
    if utsending is None:
        return 0
    dokument = hoveddokument_som_flettes(utsending.journalpost)
    versjon = siste_versjon(dokument) if dokument is not None else None
    if dokument is None or versjon is None:
        return _stopp(utsending, "Hoveddokumentet er borte. Åpne brevet og se hva som har skjedd.")
    parter = list(uten_brev(utsending, versjon)[:I_ETT_BARN])
    if not parter:
        utsending.brev_ferdig_tid = klokke.naa()
        utsending.save(update_fields=["brev_ferdig_tid"])
        return 0
    try:
        for part, innhold in dokumenter_for_mottakere(dokument, parter):
            fil = lagre_fil(innhold, filnavn=rens_filnavn(f"{dokument.tittel}.docx"))
            Mottakerbrev.objects.create(part=part, versjon=versjon, konvertering=bestill_omgjoering(fil))
    except Avvist as feil:
        return _stopp(utsending, str(feil))
    return len(parter)


def _stopp(utsending: Utsending, grunn: str) -> int:
    """Say on the dispatch why its letters are not merged; somebody must look at it before it goes on."""
    utsending.brev_feil = grunn[:500]
    utsending.save(update_fields=["brev_feil"])
    logger.warning("brevene i utsending %s ble ikke flettet: %s", utsending.pk, grunn)
    return 0


@kommando
def flett_igjen(utsending: Utsending, *, av: Bruker) -> None:
    """Merge and convert anew the letters of a dispatch that failed. Refused where none has."""
    journalpost = laas_journalpost(utsending.journalpost)
    krev(av, Handling.EKSPEDERE, journalpost)
    feilet = list(feilede_brev(utsending).values_list("konvertering_id", flat=True))
    if not utsending.brev_feil and not feilet:
        raise Avvist("Ingen brev har feilet. Last siden på nytt og se hvor de står.")
    utsending.brev_feil, utsending.brev_ferdig_tid = "", None
    utsending.save(update_fields=["brev_feil", "brev_ferdig_tid"])
    Konvertering.objects.filter(pk__in=feilet, tilstand=Jobbtilstand.FEILET).update(
        tilstand=Jobbtilstand.VENTER, forsoek=0, neste_tid=None, feil="", prioritet=1
    )
    logg(journalpost, Handling.EKSPEDERE, av=av, detaljer={"brev lages på nytt": len(feilet) or True})
    vekk_fletting()
    vekk_konverteringer()


def vekk_mottakerbrev() -> int:
    """Wake the queue for dispatches whose letters wait; return how many do. Can be run at any time."""
    venter = _venter()
    if venter and not DBTaskResult.objects.ready().filter(task_path=flett_mottakerbrev.module_path).exists():
        vekk_fletting()
    return len(venter)
