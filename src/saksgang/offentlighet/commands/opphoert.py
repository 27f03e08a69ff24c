"""What happens when a grading ends: who has it is told, and lifting it is proposed to the leader."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist
from saksgang.logg.commands import kommando, logg
from saksgang.offentlighet.models import Graderingsopphoer
from saksgang.offentlighet.queries.opphoer import aktive, ender_q, utloeper
from saksgang.offentlighet.rules import Vurderingsart
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.commands.felles import Skjerming, krev_aapen_sak
from saksgang.sakarkiv.commands.journalfoering import journalfoer_hvis_komplett
from saksgang.sakarkiv.commands.journalpost import laas_journalpost
from saksgang.sakarkiv.commands.noekler import oppdater_tilgang
from saksgang.sakarkiv.models import Journalpost
from saksgang.sakarkiv.rules import Journalstatus, Saksstatus
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling

from .skjerming import noter_vurdering, sett_felter


@kommando
def merk_inntruffet(journalpost: Journalpost, *, av: Bruker) -> Journalpost:
    """Say that the event has happened with which the grading ends: lifting it is proposed to the leader at once.

    Refused where it does not end with an event, and where that has been said.
    """
    krev(av, Handling.MERKE_OPPHOER, journalpost)
    journalpost = laas_journalpost(journalpost)
    krev_aapen_sak(journalpost.sak)
    rad = aktive().select_for_update(of=("self",)).filter(journalpost=journalpost).exclude(hendelse="").first()
    if rad is None:
        raise Avvist("Graderingen opphører ikke med en hendelse.")
    if rad.inntruffet is not None:
        raise Avvist("Det er allerede merket at hendelsen har inntruffet.")
    rad.inntruffet, rad.hviler = klokke.idag(), False
    rad.save(update_fields=["inntruffet", "hviler"])
    logg(journalpost, Handling.MERKE_OPPHOER, av=av, detaljer={"hendelse": rad.hendelse})
    return _avslutt(rad, journalpost)


def foelg_opphoer() -> int:
    """Tell of gradings that end soon, and propose to lift those that have ended; return how many. Daily, repeatable."""
    idag = klokke.idag()
    snart = idag + dt.timedelta(days=settings.OPPHOER_VARSELDAGER)
    _la_hvile(snart)
    antall = 0
    for rad_id in utloeper(snart).filter(dato__gt=idag, varslet__isnull=True).values_list("pk", flat=True):
        antall += _varsle(rad_id)
    for rad_id in utloeper(snart).filter(dato__lte=idag, foreslaatt__isnull=True).values_list("pk", flat=True):
        antall += _avslutt_rad(rad_id)
    return antall


@transaction.atomic
def _la_hvile(snart: dt.date) -> None:
    """Let what ends in a closed case or has been cancelled rest, and wake what is in a case that is open again."""
    lukket = Q(journalpost__status=Journalstatus.UTGAAR) | Q(
        journalpost__sak__status__in=[Saksstatus.AVSLUTTET, Saksstatus.UTGAAR]
    )
    alle = Graderingsopphoer.objects
    har_endt = alle.filter(ender_q(snart), lukket)
    alle.filter(pk__in=list(har_endt.values_list("pk", flat=True))).update(hviler=True)
    vaakner = alle.filter(~lukket, hviler=True)
    alle.filter(pk__in=list(vaakner.values_list("pk", flat=True))).update(hviler=False)


@kommando
def _varsle(rad_id: int) -> int:
    rad = _laas(rad_id)
    if rad is None or rad.varslet is not None or rad.dato is None:
        return 0
    rad.varslet = klokke.idag()
    rad.save(update_fields=["varslet"])
    detaljer = {"opphører": rad.dato.isoformat()}
    logg(rad.journalpost, Handling.VARSLE_OPPHOER, av=None, detaljer=detaljer)
    return 1


@kommando
def _avslutt_rad(rad_id: int) -> int:
    rad = _laas(rad_id)
    if rad is None or rad.foreslaatt is not None:
        return 0
    foer = rad.journalpost.forslag_aapent
    _avslutt(rad, laas_journalpost(rad.journalpost))
    return int(not foer)


def _laas(rad_id: int) -> Graderingsopphoer | None:
    return aktive().select_for_update(of=("self",)).filter(pk=rad_id).first()


def _avslutt(rad: Graderingsopphoer, journalpost: Journalpost) -> Journalpost:
    """Propose that the grading is lifted, or lift it where its hjemmel says so. An open proposal is answered first.

    A proposal «offentlig» blocks nothing and hides nothing: who saw the entry sees it, and the public sees it screened
    as before (krav C.0, C.11).
    """
    if journalpost.forslag_aapent:
        return journalpost
    rad.foreslaatt = klokke.idag()
    rad.save(update_fields=["foreslaatt"])
    hvorfor = f"Opphørte da {rad.hendelse}" if rad.inntruffet and rad.hendelse else "Graderingen gjaldt til i dag"
    if journalpost.hjemmel is not None and journalpost.hjemmel.aapnes_selv:
        return _aapne(journalpost, hvorfor)
    endringer: dict[str, tuple[Any, Any]] = {
        "foreslaatt_kode": (journalpost.foreslaatt_kode, None),
        "foreslaatt_hjemmel": (journalpost.foreslaatt_hjemmel, None),
        "foreslaatt_av": (journalpost.foreslaatt_av, None),
        "forslag_aapent": (journalpost.forslag_aapent, True),
    }
    for felt, (_, verdi) in endringer.items():
        setattr(journalpost, felt, verdi)
    journalpost.save(update_fields=list(endringer))
    noter_vurdering(journalpost, Vurderingsart.FORSLAG, Skjerming(), hvorfor, av=None, for_id=None)
    oppdater_tilgang(journalpost)
    logg(journalpost, Handling.FORESLAA_OPPHOER, av=None, endringer=endringer, detaljer={"merknad": hvorfor})
    return journalpost


def _aapne(journalpost: Journalpost, hvorfor: str) -> Journalpost:
    endringer = sett_felter(journalpost, Skjerming(), besluttet_av=None, besluttet_av_leder=False)
    noter_vurdering(journalpost, Vurderingsart.BESLUTNING, Skjerming(), hvorfor, av=None, for_id=None)
    logg(journalpost, Handling.OPPHEVE_OPPHOERT, av=None, endringer=endringer, detaljer={"merknad": hvorfor})
    return journalfoer_hvis_komplett(journalpost)
