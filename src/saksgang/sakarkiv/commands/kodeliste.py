"""The code lists, kept by the administrator: what the routine names is seeded, a municipality may add (krav C.5)."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Kodeverdi
from saksgang.sakarkiv.rules import FASTE_KODER, NOARKVERDIER
from saksgang.tilgang.commands import krev
from saksgang.tilgang.commands.loggobjekt import loggobjekt, nye_felter, sett_felter
from saksgang.tilgang.rules import Handling

MAKS_KODE, MAKS_NAVN = 15, 100


@kommando
def opprett_kodeverdi(liste: str, *, kode: str, navn: str, noark: str = "", av: Bruker) -> Kodeverdi:
    """Add a value to a code list, last in it. Refused where the code is taken, also by one that has ended."""
    krev(av, Handling.ADMINISTRERE_KODELISTE)
    if liste not in Kodeverdi.Liste:
        raise UgyldigInndata({"liste": "Velg hvilken kodeliste verdien hører til."})
    kode = kode.strip().upper()
    if not kode or len(kode) > MAKS_KODE:
        raise UgyldigInndata({"kode": f"Skriv en kort kode på 1 til {MAKS_KODE} tegn."})
    i_listen = Kodeverdi.objects.select_for_update().filter(liste=liste)
    if gammel := next((verdi for verdi in i_listen if verdi.kode == kode), None):
        raise UgyldigInndata({"kode": f"Koden {kode} er brukt: {gammel.navn}. Velg en annen kode."})
    rad = Kodeverdi.objects.create(
        liste=liste,
        kode=kode,
        navn=_krev_navn(navn),
        noark=_krev_noark(liste, noark),
        rekkefoelge=(i_listen.aggregate(siste=Max("rekkefoelge"))["siste"] or 0) + 1,
    )
    felter = nye_felter(rad, "liste", "kode", "navn", "noark")
    logg(loggobjekt(rad), Handling.ADMINISTRERE_KODELISTE, av=av, endringer=felter)
    return rad


@kommando
def endre_kodeverdi(rad: Kodeverdi, *, navn: str, noark: str = "", av: Bruker) -> Kodeverdi:
    """Give a value another name. The code stays: old rows carry it. Refused for what the system sets itself."""
    rad = _laas_manuell(rad, av=av)
    endringer = sett_felter(rad, {"navn": _krev_navn(navn), "noark": _krev_noark(rad.liste, noark)})
    logg(loggobjekt(rad), Handling.ADMINISTRERE_KODELISTE, av=av, endringer=endringer, detaljer={"kode": rad.kode})
    return rad


@kommando
def avslutt_kodeverdi(rad: Kodeverdi, *, til: dt.date | None = None, av: Bruker) -> Kodeverdi:
    """Let a value be chosen for the last time on a day, today if none is given; old rows keep it.

    Refused for what the system sets or writes itself, and for the last value of a list.
    """
    rad = _laas_manuell(rad, av=av)
    if (rad.liste, rad.kode) in FASTE_KODER:
        raise Avvist(f"{rad} brukes av systemet og kan ikke avsluttes. Gi den heller et annet navn.")
    idag = klokke.idag()
    if not Kodeverdi.objects.gyldige(idag).filter(liste=rad.liste, manuell=True).exclude(pk=rad.pk).exists():
        raise Avvist(f"{rad} er den eneste verdien i listen. Legg til en annen først.")
    endringer = sett_felter(rad, {"gyldig_til": til or idag})
    logg(loggobjekt(rad), Handling.ADMINISTRERE_KODELISTE, av=av, endringer=endringer, detaljer={"kode": rad.kode})
    return rad


def _laas_manuell(rad: Kodeverdi, *, av: Bruker) -> Kodeverdi:
    krev(av, Handling.ADMINISTRERE_KODELISTE)
    rad = Kodeverdi.objects.select_for_update().get(pk=rad.pk)
    if not rad.manuell:
        raise Avvist(f"{rad} settes av systemet og kan ikke endres.")
    return rad


def _krev_navn(navn: str) -> str:
    navn = " ".join(navn.split())
    if not navn or len(navn) > MAKS_NAVN:
        raise UgyldigInndata({"navn": f"Skriv et navn på 1 til {MAKS_NAVN} tegn."})
    return navn


def _krev_noark(liste: str, noark: str) -> str:
    if noark not in NOARKVERDIER[liste]:
        raise UgyldigInndata({"noark": "Velg hva verdien heter i Noark 5, så uttrekket blir gyldig."})
    return noark
