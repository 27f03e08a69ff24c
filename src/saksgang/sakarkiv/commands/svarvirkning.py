"""What follows when an answer is finished, reopened, cancelled or sent another way (krav A-13)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet

from saksgang.kjerne import klokke
from saksgang.logg.commands import logg
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Avskrivning, InternMottaker, Journalpost, Svarlenke
from saksgang.sakarkiv.rules import (
    AVSKRIVBARE,
    AVSLUTTENDE,
    Journalstatus,
    Parttype,
    Svarmaate,
    avskrivningskode,
)
from saksgang.tilgang.rules import Handling

from .avskrivning import gi_restanse_tilbake
from .felles import kodeverdi

FERDIGE = (Journalstatus.FERDIG, Journalstatus.JOURNALFOERT)
"""The statuses in which an answer has its effect."""


def fullfoer_svar(svar: Journalpost, *, av: Bruker) -> None:
    """Give effect to what a finished answer is linked to; part of the act that finishes it.

    What is written off meanwhile stays as it is. An X that is answered leaves Innboks without avskrivning
    (krav R-10.2.2.2e).
    """
    for lenke in _lenker(svar):
        gi_virkning(lenke, svar, av=av)


def ta_tilbake_svar(svar: Journalpost, *, av: Bruker) -> None:
    """Give back the restanser that this answer had closed; part of the act that reopens or cancels it (A-13).

    Where another finished answer closes the same, it takes its place.
    """
    for avskrivning in Avskrivning.objects.filter(besvart_av=svar, opphevet_tid__isnull=True).order_by(
        "mottaker", "pk"
    ):
        gi_restanse_tilbake(avskrivning, av=av)
        _overlat(avskrivning.mottaker, svar, av=av)
    for lenke in _lenker(svar).filter(tatt_ut_tid__isnull=False):
        assert lenke.mottaker is not None  # noqa: S101 - an X is answered for somebody
        mottaker = InternMottaker.objects.select_for_update(of=("self",)).get(pk=lenke.mottaker.pk)
        if mottaker.sett_tid == lenke.tatt_ut_tid:
            mottaker.sett_tid = None
            mottaker.save(update_fields=["sett_tid"])
            logg(lenke.besvart, Handling.LOESE_SVAR, av=av, detaljer={"svar_id": svar.pk})
        lenke.tatt_ut_tid = None
        lenke.save(update_fields=["tatt_ut_tid"])
        _overlat(mottaker, svar, av=av)


def rett_svarkode(svar: Journalpost, *, av: Bruker) -> None:
    """Let BU and BE follow the way the answer was sent; part of the act that dispatches it another way than planned."""
    kode = kodeverdi("avskrivning", avskrivningskode(Svarmaate.ENDELIG, _veier(svar)), "maate")
    rader = Avskrivning.objects.filter(besvart_av=svar, opphevet_tid__isnull=True, maate__kode__in=["BU", "BE"])
    for rad in rader.exclude(maate=kode).select_related("maate", "mottaker__journalpost").order_by("pk"):
        foer, rad.maate = rad.maate.kode, kode
        rad.save(update_fields=["maate"])
        endring = (f"{rad.dato:%d.%m.%Y} {foer}", f"{rad.dato:%d.%m.%Y} {kode.kode}")
        logg(rad.mottaker.journalpost, Handling.AVSKRIVE, av=av, endringer={"avskrivning": endring})


def _lenker(svar: Journalpost) -> QuerySet[Svarlenke]:
    return (
        svar.svarer_paa.filter(opphevet_tid__isnull=True)
        .prefetch_related("besvart__sak", "besvart__tilgangskode", "mottaker")
        .order_by("mottaker", "pk")
    )


def gi_virkning(lenke: Svarlenke, svar: Journalpost, *, av: Bruker) -> None:
    """Give effect to one link of a finished answer; part of the act that finishes it, or links it afterwards."""
    besvart = lenke.besvart
    if besvart.status == Journalstatus.UTGAAR or lenke.mottaker_id is None:
        return
    mottaker = InternMottaker.objects.select_for_update(of=("self",)).get(pk=lenke.mottaker_id)
    if not mottaker.gyldig or mottaker.avskrivning_id is not None:
        return
    if lenke.maate == Svarmaate.FORELOEPIG and lenke.ny_forfallsdato is not None:
        _flytt_svarfrist(besvart, lenke.ny_forfallsdato, av=av)
    if lenke.maate not in AVSLUTTENDE:
        return
    if besvart.journalposttype in AVSKRIVBARE:
        _avskriv(mottaker, lenke, svar, av=av)
    elif mottaker.sett_tid is None:
        mottaker.sett_tid = lenke.tatt_ut_tid = klokke.naa()
        mottaker.save(update_fields=["sett_tid"])
        lenke.save(update_fields=["tatt_ut_tid"])
        logg(besvart, Handling.SE, av=av, detaljer={"svar_id": svar.pk})


def _avskriv(mottaker: InternMottaker, lenke: Svarlenke, svar: Journalpost, *, av: Bruker) -> None:
    kode = kodeverdi("avskrivning", avskrivningskode(lenke.maate, _veier(svar)), "maate")
    mottaker.avskrivning = Avskrivning.objects.create(
        mottaker=mottaker, dato=klokke.idag(), maate=kode, av=av, registrert_tid=klokke.naa(), besvart_av=svar
    )
    mottaker.save(update_fields=["avskrivning"])
    logg(
        lenke.besvart,
        Handling.AVSKRIVE,
        av=av,
        endringer={"avskrivning": (None, f"{klokke.idag():%d.%m.%Y} {kode.kode}")},
        detaljer={"mottaker": str(mottaker), "svar_id": svar.pk},
    )


def _flytt_svarfrist(besvart: Journalpost, dato: dt.date, *, av: Bruker) -> None:
    foer, besvart.forfallsdato = besvart.forfallsdato, dato
    if foer == dato:
        return
    besvart.save(update_fields=["forfallsdato"])
    besvart.interne_mottakere.filter(gyldig=True, avskrivning__isnull=True).update(forfallsdato=dato)
    logg(besvart, Handling.REDIGERE_ARBEIDSDATA, av=av, endringer={"forfallsdato": (foer, dato)})


def _overlat(mottaker: InternMottaker, fra: Journalpost, *, av: Bruker) -> None:
    """Let the first of the other finished answers to the same part close it."""
    neste = (
        mottaker.svarlenker.filter(opphevet_tid__isnull=True, maate__in=sorted(AVSLUTTENDE), svar__status__in=FERDIGE)
        .exclude(svar=fra)
        .select_related("svar__sak", "besvart__sak", "besvart__tilgangskode")
        .order_by("svar__ferdig_tid", "pk")
        .first()
    )
    if neste is not None:
        gi_virkning(neste, neste.svar, av=av)


def _veier(svar: Journalpost) -> list[Sequence[str]]:
    """The ways to each recipient: its own, or those of the letter."""
    parter = svar.parter.filter(gyldig=True, type=Parttype.MOTTAKER).order_by("rekkefoelge", "pk")
    return [part.ekspederingskoder or svar.ekspederingskoder for part in parter]
