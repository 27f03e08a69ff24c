"""Answers: which journalpost answers which, and what follows when the answer is finished (krav R-10.2.2.2, A-13)."""

from __future__ import annotations

from saksgang.kjerne import klokke
from saksgang.logg.commands import logg
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Avskrivning, InternMottaker, Journalpost, Svarlenke
from saksgang.sakarkiv.rules import AVSKRIVBARE, Svarmaate
from saksgang.tilgang.rules import Handling

from .avskrivning import gi_restanse_tilbake
from .felles import kodeverdi

KODE_FOR_SVAR = {Svarmaate.ENDELIG: "BU", Svarmaate.NOTAT: "NN"}
"""The avskrivningsmaate that a finished answer gives; the two others give none."""


def fullfoer_svar(svar: Journalpost, *, av: Bruker) -> None:
    """Write off what a finished answer closes; part of the act that finishes it.

    An X that is answered leaves Innboks without avskrivning (krav R-10.2.2.2e).
    """
    for lenke in _lenker(svar):
        if lenke.maate not in KODE_FOR_SVAR or lenke.mottaker is None:
            continue
        mottaker = InternMottaker.objects.select_for_update(of=("self",)).get(pk=lenke.mottaker.pk)
        if mottaker.avskrivning_id is not None:
            continue
        if lenke.besvart.journalposttype in AVSKRIVBARE:
            kode = kodeverdi("avskrivning", KODE_FOR_SVAR[Svarmaate(lenke.maate)], "maate")
            mottaker.avskrivning = Avskrivning.objects.create(
                mottaker=mottaker,
                dato=klokke.idag(),
                maate=kode,
                av=av,
                registrert_tid=klokke.naa(),
                besvart_av=svar,
            )
            mottaker.save(update_fields=["avskrivning"])
            endring = (None, f"{klokke.idag():%d.%m.%Y} {kode.kode}")
            logg(
                lenke.besvart,
                Handling.AVSKRIVE,
                av=av,
                endringer={"avskrivning": endring},
                detaljer={"mottaker": str(mottaker), "besvart med": str(svar)},
            )
        elif mottaker.sett_tid is None:
            mottaker.sett_tid = klokke.naa()
            mottaker.save(update_fields=["sett_tid"])
            logg(lenke.besvart, Handling.SE, av=av, detaljer={"besvart med": str(svar)})


def ta_tilbake_svar(svar: Journalpost, *, av: Bruker) -> None:
    """Give back the restanser that this answer had closed; part of the act that reopens or cancels it (A-13)."""
    for avskrivning in Avskrivning.objects.filter(besvart_av=svar, opphevet_tid__isnull=True).order_by("pk"):
        gi_restanse_tilbake(avskrivning, av=av)


def _lenker(svar: Journalpost) -> list[Svarlenke]:
    return list(
        svar.svarer_paa.filter(opphevet_tid__isnull=True)
        .select_related("besvart__sak", "besvart__tilgangskode", "mottaker")
        .order_by("pk")
    )
