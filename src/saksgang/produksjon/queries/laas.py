"""Who has which document."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone

from saksgang.kjerne import klokke
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.models import Dokumentlaas
from saksgang.produksjon.rules import laas as rules
from saksgang.sakarkiv.models import Dokument, Journalpost
from saksgang.sakarkiv.rules import Journalstatus


def _i_kraft(naa: dt.datetime) -> QuerySet[Dokumentlaas]:
    """Locks that nobody has lifted, and whose time is not out."""
    gjelder = Q(utloeper_tid__isnull=True) | Q(utloeper_tid__gt=naa)
    return Dokumentlaas.objects.filter(gjelder, opphevet_tid__isnull=True).select_related("bruker", "dokument")


def laas_paa(dokument: Dokument | int) -> Dokumentlaas | None:
    """Return the lock on a document or its id, or None where nobody has it."""
    return _i_kraft(klokke.naa()).filter(dokument=dokument).first()


def laaser_paa(journalpost: Journalpost) -> list[Dokumentlaas]:
    """Return the locks on the documents of a journalpost, in order."""
    rader = _i_kraft(klokke.naa()).filter(dokument__journalpost=journalpost, dokument__utgaatt_tid__isnull=True)
    return list(rader.order_by("dokument__nummer", "pk"))


def laaser_etter_dokument(journalpost: Journalpost) -> dict[int, Dokumentlaas]:
    """Return the locks by document. Only what has status R can be checked out, so nothing is asked of the others."""
    if journalpost.status != Journalstatus.RESERVERT:
        return {}
    return {laas.dokument_id: laas for laas in laaser_paa(journalpost)}


def opptatt(laas: Dokumentlaas) -> str:
    """Say who has the document, since when, and what to do about it."""
    return rules.opptatt(
        laas.dokument.tittel,
        laas.bruker.navn,
        timezone.localtime(laas.tatt_tid),
        i_program=laas.slag == Dokumentlaas.Slag.WEBDAV,
    )


def egen_utsjekking(laas: Dokumentlaas | None, bruker: Bruker) -> bool:
    """Whether bruker has checked the document out by hand, and so may check it in."""
    return laas is not None and laas.slag == Dokumentlaas.Slag.UTSJEKK and laas.bruker_id == bruker.pk
