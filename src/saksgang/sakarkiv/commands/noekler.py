"""Bringing what follows from an object up to date: its keys, its deliveries, its search row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from saksgang.kjerne import klokke
from saksgang.sakarkiv.models import InternMottaker, Journalpost, Sak
from saksgang.sakarkiv.rules import INTERNE, MED_MOTTAKERE, Journalstatus, Saksstatus, er_levert, klasse_for_journalpost
from saksgang.soek.commands import indekser, merk_rad
from saksgang.tilgang.commands import etter_status, kombinasjon, med_status, noekler_for, ved_enhetsendring
from saksgang.tilgang.models import Tilgangskode
from saksgang.tilgang.rules import Klasse, forelagt_noekkel, kombinasjon_noekkel, sak_noekkel


def oppdater_journalpost(journalpost: Journalpost) -> None:
    """Renew keys, deliveries and search row of a journalpost after any change that they follow from."""
    oppdater_noekler(journalpost)
    oppdater_levering(journalpost)
    indekser_journalpost(journalpost)


def oppdater_tilgang(journalpost: Journalpost) -> None:
    """Renew keys, deliveries and search row after a change that leaves titles and parties alone."""
    oppdater_noekler(journalpost)
    foelg_opp(journalpost)


@etter_status(Journalpost)
def foelg_opp(journalpost: Journalpost) -> None:
    """Renew deliveries and search row once keys and status are written."""
    oppdater_levering(journalpost)
    if not merk_rad(
        "journalpost",
        journalpost.pk,
        dato=_dato(journalpost),
        noekler=journalpost.noekler,
        utgaatt=journalpost.status == Journalstatus.UTGAAR,
    ):
        indekser_journalpost(journalpost)


@etter_status(Sak)
def oppdater_sak(sak: Sak) -> None:
    """Renew keys and search row of a case."""
    personer: list[int | None] = []
    andre: list[int] = []
    if sak.tilgangskode_id is not None:
        personer = [sak.saksansvarlig_id]
        personer += sak.journalposter.exclude(status=Journalstatus.UTGAAR).values_list("saksbehandler_id", flat=True)
        andre = [sak_noekkel(sak.pk)]
    noekler = noekler_for(
        Klasse.KODET if sak.tilgangskode_id else Klasse.AAPEN,
        kode_id=sak.tilgangskode_id,
        gruppe_id=sak.tilgangsgruppe_id,
        enhet_id=sak.enhet_id,
        personer=personer,
        andre=andre,
    )
    if noekler != sak.noekler:
        sak.noekler = noekler
        sak.save(update_fields=["noekler"])
    parter = sak.parter.filter(avsluttet_dato__isnull=True).order_by("pk").values_list("navn", flat=True)
    indekser(
        "sak",
        sak.pk,
        sak_id=sak.pk,
        dato=sak.saksdato,
        tittel=sak.tittel,
        tekst=" ".join([sak.offentlig_tittel, *parter]),
        noekler=sak.noekler,
        utgaatt=sak.status == Saksstatus.UTGAAR,
    )


def oppdater_hele_saken(sak: Sak) -> None:
    """Renew a case and every journalpost in it; for a new saksansvarlig, unit or code."""
    oppdater_sak(sak)
    for journalpost in _med_koder(sak.journalposter.all()).order_by("pk"):
        oppdater_journalpost(journalpost)


def _med_koder(rader: QuerySet[Journalpost]) -> QuerySet[Journalpost]:
    return rader.select_related("sak", "tilgangskode")


def oppdater_noekler(journalpost: Journalpost) -> None:
    """Renew the keys of a journalpost."""
    noekler = noekler_til(journalpost)
    if noekler != journalpost.noekler:
        journalpost.noekler = noekler
        journalpost.save(update_fields=["noekler"])


@med_status(Journalpost)
def noekler_med_status(journalpost: Journalpost) -> dict[str, list[int]]:
    """Give the keys that a journalpost has in its new status."""
    return {"noekler": noekler_til(journalpost)}


def noekler_til(journalpost: Journalpost) -> list[int]:
    """Return the keys that follow from what a journalpost is now (krav C.0)."""
    sperret = journalpost.avventer_gradering
    utgaatt = journalpost.status == Journalstatus.UTGAAR
    status = journalpost.status_foer_utgaatt if utgaatt else journalpost.status
    kode_id = journalpost.tilgangskode_id
    if sperret and not (journalpost.tilgangskode and journalpost.tilgangskode.er_xx):
        kode_id = Tilgangskode.objects.get(kode="XX").pk
    klasse = klasse_for_journalpost(journalpost.journalposttype, status, kodet=kode_id is not None, sperret=sperret)
    personer: list[int | None] = []
    andre: list[int] = []
    if klasse != Klasse.AAPEN:
        personer = [journalpost.saksbehandler_id, journalpost.sak.saksansvarlig_id]
        if status == Journalstatus.RESERVERT or not sperret:
            personer += journalpost.forelagt_ider
        if status == Journalstatus.RESERVERT:
            personer.append(journalpost.opprettet_av_id)
            if journalpost.hos_godkjenner_id is not None:
                andre = [forelagt_noekkel(journalpost.hos_godkjenner_id, kode_id)]
        elif klasse == Klasse.KODET:
            andre = [sak_noekkel(journalpost.sak_id)]
            if journalpost.journalposttype in INTERNE:
                personer += journalpost.interne_mottakere.filter(gyldig=True).values_list("bruker_id", flat=True)
    return noekler_for(
        klasse,
        kode_id=kode_id,
        gruppe_id=journalpost.tilgangsgruppe_id if klasse == Klasse.KODET else None,
        enhet_id=journalpost.enhet_id,
        personer=personer,
        andre=andre,
    )


def leveres(journalpost: Journalpost) -> bool:
    """Whether the internal recipients have it in their lists in the status that it has now."""
    return er_levert(journalpost.journalposttype, journalpost.status, avventer_gradering=journalpost.avventer_gradering)


def oppdater_levering(journalpost: Journalpost) -> None:
    """Let the recipients' rows and copies follow the status: delivered, or taken back."""
    if journalpost.journalposttype in MED_MOTTAKERE:
        levert = leveres(journalpost)
        rader = InternMottaker.objects.filter(journalpost=journalpost, gyldig=True).exclude(levert=levert)
        if levert:
            rader.update(levert=True, mottatt_tid=klokke.naa())
        else:
            rader.update(levert=False)
    utgaatt = journalpost.status == Journalstatus.UTGAAR
    kopier_levert = not utgaatt and journalpost.status != Journalstatus.RESERVERT
    journalpost.kopier.exclude(levert=kopier_levert).update(levert=kopier_levert)


def _dato(journalpost: Journalpost) -> dt.date:
    return journalpost.journaldato or journalpost.opprettet_dato.date()


def indekser_journalpost(journalpost: Journalpost, parter: Iterable[str] | None = None) -> None:
    """Renew the search row of a journalpost: its titles and parties (the full text comes from the documents later).

    parter: their names in order, where the caller knows them.
    """
    if parter is None:
        parter = journalpost.parter.filter(gyldig=True).order_by("rekkefoelge", "pk").values_list("navn", flat=True)
    indekser(
        "journalpost",
        journalpost.pk,
        sak_id=journalpost.sak_id,
        dato=_dato(journalpost),
        tittel=journalpost.tittel,
        tekst=" ".join([journalpost.offentlig_tittel, *parter]),
        noekler=journalpost.noekler,
        utgaatt=journalpost.status == Journalstatus.UTGAAR,
    )


@ved_enhetsendring
def oppdater_enheter(enhet_ider: list[int]) -> None:
    """Renew what belongs to units whose place in the tree has changed; what is open to all keeps its keys."""
    for sak in Sak.objects.filter(enhet_id__in=enhet_ider, tilgangskode__isnull=False).order_by("pk").iterator():
        oppdater_sak(sak)
    aapen = kombinasjon(Klasse.AAPEN, kode_id=None, gruppe_id=None, enhet_id=None)
    skjermede = Journalpost.objects.filter(enhet_id__in=enhet_ider).exclude(
        noekler__contains=[kombinasjon_noekkel(aapen)]
    )
    for journalpost in _med_koder(skjermede).order_by("pk").iterator():
        oppdater_noekler(journalpost)
        indekser_journalpost(journalpost)
