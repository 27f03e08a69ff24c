"""What an address that Word or LibreOffice comes with opens: one document, for one person, asked anew each time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db.models import Q

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet, IkkeTilgang
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.models import Davnoekkel, Dokumentlaas
from saksgang.produksjon.rules.laas import davnavn, kan_redigeres
from saksgang.sakarkiv.models import Dokument, Dokumentversjon
from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.queries.dokumenter import gjeldende_versjon
from saksgang.tilgang.queries import rettigheter

UTLOEPT = "Adressen er gått ut. Åpne dokumentet på nytt fra Saksgang."
IKKE_ANSATT = "Du har ikke lenger tilgang til Saksgang."


@dataclass(frozen=True)
class Adgang:
    """Who comes, and the document and its newest version."""

    bruker: Bruker
    dokument: Dokument
    versjon: Dokumentversjon
    navn: str


def sjekksum(noekkel: str) -> str:
    """Return what is kept of a key."""
    return hashlib.sha256(noekkel.encode()).hexdigest()


def adgang(noekkel: str) -> Adgang:
    """Return what the key opens now.

    IkkeFunnet where there is no such key, or the person sees the document no longer; IkkeTilgang when the time is out,
    and for who is no employee any more.
    """
    rad = Davnoekkel.objects.select_related("bruker").filter(sjekksum=sjekksum(noekkel)).first()
    if rad is None:
        raise IkkeFunnet
    if rad.utloeper_tid <= klokke.naa():
        raise IkkeTilgang(UTLOEPT)
    bruker = rad.bruker
    if not bruker.er_aktiv(klokke.idag()) or not rettigheter(bruker).ansatt:
        raise IkkeTilgang(IKKE_ANSATT)
    dokument = saker.hent_dokument(bruker, rad.dokument_id)
    versjon = gjeldende_versjon(dokument) if dokument.lenket_fra_id is None else None
    if dokument.utgaatt_tid is not None or versjon is None or not kan_redigeres(versjon.filnavn):
        raise IkkeFunnet
    return Adgang(bruker, dokument, versjon, navn_i_adresse(dokument, versjon))


def navn_i_adresse(dokument: Dokument, versjon: Dokumentversjon) -> str:
    """Return the document's name in its address."""
    return davnavn(str(dokument.journalpost), dokument.pk, versjon.filnavn)


def programlaas(merke: str) -> Dokumentlaas | None:
    """Return the lock that a program holds by this mark, as long as it is in force."""
    i_kraft = Q(utloeper_tid__isnull=True) | Q(utloeper_tid__gt=klokke.naa())
    return (
        Dokumentlaas.objects.filter(i_kraft, opphevet_tid__isnull=True, merke=merke, slag=Dokumentlaas.Slag.WEBDAV)
        .select_related("bruker", "dokument__journalpost__sak")
        .first()
    )
