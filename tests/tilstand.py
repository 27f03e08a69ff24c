"""Journalposter in every state that the product can reach, each reached through the commands."""

from __future__ import annotations

import datetime as dt

from saksgang.demo.grunnlag import skjerming, tekstfil
from saksgang.flyt.commands import send_flagg
from saksgang.kjerne import klokke
from saksgang.offentlighet.commands import (
    Unntak,
    avgjoer_skjerming,
    foreslaa_skjerming,
    lag_partsinnsyn,
    registrer_i_arkivet,
    sperr_midlertidig,
)
from saksgang.offentlighet.models import Partsinnsyn
from saksgang.offentlighet.queries import partsgrunnlag
from saksgang.produksjon.commands import ferdigstill
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.commands.journalfoering import journalfoer, utgaa
from saksgang.sakarkiv.commands.journalpost import Part, opprett_journalpost, registrer_inngaaende
from saksgang.sakarkiv.commands.kopi import send_kopi
from saksgang.sakarkiv.commands.merknad import oensk_avsluttet, sett_obs
from saksgang.sakarkiv.commands.sak import opprett_sak
from saksgang.sakarkiv.commands.skriveregel import endre_skriveregel
from saksgang.sakarkiv.models import Journalpost, Sak, Sakspart, Skriveregel
from tests.bygg import Kommune

MOTTATT = dt.date(2026, 2, 27)
HVORFOR = "Slik står det i brevet"
"""Why a title stands that a rule warns of."""
VANLIG_HJEMMEL = {"U": "14", "P": "13-fvl1", "E": "13-fvl1", "S": "13-fvl1"}


def uten_skriveregel(k: Kommune, kode: str) -> None:
    """Put a rule for titles aside: what it stops may stand in titles from before it."""
    endre_skriveregel(Skriveregel.objects.get(kode=kode), aktiv=False, av=k["adm.root"])


def inngaaende(k: Kommune, sak: Sak, status: str, *, tittel: str = "Brev om gatelys", **felter) -> Journalpost:
    """An incoming letter in M, S or J from «Bakkegata vel», to sb.kari in TEK unless told otherwise."""
    felter = {
        "tittel": tittel,
        "avsendere": [Part(navn="Bakkegata vel")],
        "dokumentdato": MOTTATT,
        "mottatt_dato": MOTTATT,
        "enhet": k.enhet("TEK"),
        "saksbehandler": k["sb.kari"],
        "dokumenter": [tekstfil(f"{tittel}\n")],
        "tittelbegrunnelse": HVORFOR,
        **felter,
    }
    if status == "S":
        return registrer_inngaaende(sak, status="S", av=k["sb.kari"], **felter)
    return registrer_i_arkivet(sak, status=status, av=k["ark.eva"], **felter)


def egen(k: Kommune, sak: Sak, type_: str, status: str, *, tittel: str = "Svar om gatelys", **felter) -> Journalpost:
    """An own document by sb.kari in R, F or J; U to «Bakkegata vel», N and X to sb.per. S stops at R."""
    felter = {
        "tittel": tittel,
        "dokumenter": [tekstfil(f"{tittel}\n")],
        "tittelbegrunnelse": HVORFOR,
        "av": k["sb.kari"],
        **felter,
    }
    if type_ == "U":
        felter.setdefault("mottakere", [Part(navn="Bakkegata vel")])
    elif type_ in ("N", "X"):
        felter.setdefault("interne_mottakere", [k["sb.per"]])
    jp = opprett_journalpost(sak, type_, **felter)
    if status in ("F", "J"):
        jp = ferdigstill(jp, offentlighet_vurdert=True, av=felter["av"])
    if status == "J":
        jp = journalfoer(jp, av=k["ark.eva"])
    return jp


def journalpost(k: Kommune, sak: Sak, type_: str, status: str, **felter) -> Journalpost:
    """A journalpost of this type in this status; «U» is Utgår from the type's first status."""
    if status == "U":
        foerst = journalpost(k, sak, type_, "M" if type_ == "I" else "R", **felter)
        return utgaa(foerst, "Feilregistrert", av=k["ark.eva"])
    return inngaaende(k, sak, status, **felter) if type_ == "I" else egen(k, sak, type_, status, **felter)


def _hjemmel(jp: Journalpost, kode: str) -> str:
    """The usual hjemmel of a code; § 14 is not for papers to an elected body (offl. § 16)."""
    return "13-fvl1" if jp.journalposttype == "S" else VANLIG_HJEMMEL[kode]


def kodet(k: Kommune, jp: Journalpost, kode: str, *, avskjerming: str = "TP") -> Journalpost:
    """The journalpost with a code decided by the leader of its unit, or blocked with XX by the archive."""
    if kode == "XX":
        return sperr_midlertidig(jp, av=k["ark.eva"])
    return avgjoer_skjerming(jp, skjerming(kode, _hjemmel(jp, kode), avskjerming), av=k["led.anne"])


def foreslaatt(k: Kommune, jp: Journalpost, kode: str | None) -> Journalpost:
    """The journalpost with the archive's open proposal."""
    grad = skjerming(kode, _hjemmel(jp, kode)) if kode else Skjerming()
    return foreslaa_skjerming(jp, grad, "Inneholder helseopplysninger?", av=k["ark.eva"])


def partsinnsyn_for(
    k: Kommune, part: Sakspart, *, grunn: str = "Beskriver helsen til en annen.", av: str = "sb.kari"
) -> Partsinnsyn:
    """Everything in the case for this party, but for the last document: it waits for the leader unless av is one."""
    noekler = [d.noekkel for d in partsgrunnlag(k[av], part.sak).dokumenter]
    return lag_partsinnsyn(part, dict.fromkeys(noekler) | {noekler[-1]: Unntak("19-2a", grunn)}, av=k[av])


def fyll_kurver(k: Kommune) -> None:
    """Put something in nearly every basket, some of it coded."""
    kari, sak = k["sb.kari"], k.sak(101)
    kodet(k, inngaaende(k, sak, "J", tittel="Sperret brev"), "XX")
    foreslaatt(k, inngaaende(k, sak, "J", tittel="Foreslått brev"), "U")
    inngaaende(k, sak, "S", tittel="Førstehåndsregistrert")
    inngaaende(k, sak, "M", tittel="Uten skann", dokumenter=[])
    for type_ in "UNX":
        egen(k, sak, type_, "F")
        egen(k, sak, type_, "R")
    send_kopi(k.jp(101, 1), [kari, k["sb.ola"]], av=k["led.anne"])
    sett_obs(sak, klokke.idag(), "Ring", av=kari)
    oensk_avsluttet(sak, av=kari)
    opprett_sak("Ny sak om lekeplass", arkivdel=sak.arkivdel, enhet=k.enhet("TEK"), av=kari)
    for aarsak in ("melding", "feilregistrert", "feildistribuert"):
        send_flagg(k.jp(101, 1), av=kari, koe="ARK", aarsak=aarsak, tekst=f"Om {aarsak}")
    send_flagg(k.jp(101, 1), av=k["led.anne"], til=kari, tekst="Se på denne")
