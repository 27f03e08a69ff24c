"""Remarks, ØA and OBS dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Journalpost, Kodeverdi, Merknad, MerknadLest, ObsDato, Sak
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.rules import Handling, Rolle

from .felles import kodeverdi, krev_aapen_sak

OENSKES_AVSLUTTET = "ØA"


def skriv_merknad(sak: Sak, type_: str, tekst: str, *, av: Bruker, journalpost: Journalpost | None = None) -> Merknad:
    """Store a remark as part of another act, which asks and logs."""
    rett = rettigheter(av)
    rolle = Rolle.ARK if rett.har(Rolle.ARK) else Rolle.LED if rett.er_leder else Rolle.SB
    return Merknad.objects.create(
        sak=sak,
        journalpost=journalpost,
        type=kodeverdi(Kodeverdi.Liste.MERKNADSTYPE, type_, "type"),
        tekst=tekst.strip(),
        av=av,
        rolle=rolle.label,
        tid=klokke.naa(),
    )


@kommando
def merk(objekt: Sak | Journalpost, tekst: str, *, av: Bruker, type_: str = "AN") -> Merknad:
    """Write a remark on a case or journalpost (krav R-10.1.6). Refused empty; ØA has an act of its own."""
    er_sak = isinstance(objekt, Sak)
    krev(av, Handling.MERKE_SAK if er_sak else Handling.MERKE, objekt)
    sak = objekt if isinstance(objekt, Sak) else objekt.sak
    krev_aapen_sak(sak)
    if not tekst.strip():
        raise UgyldigInndata({"tekst": "Merknaden er tom. Skriv hva den gjelder."})
    if type_ == OENSKES_AVSLUTTET:
        raise UgyldigInndata({"type": "Bruk «Ønskes avsluttet» på saken."})
    merknad = skriv_merknad(sak, type_, tekst, av=av, journalpost=objekt if isinstance(objekt, Journalpost) else None)
    logg(
        objekt,
        Handling.MERKE_SAK if er_sak else Handling.MERKE,
        av=av,
        detaljer={"merknad": merknad.pk, "type": type_, "tekst": merknad.tekst},
    )
    return merknad


def marker_merknader_lest(merknader: Iterable[Merknad], *, av: Bruker) -> None:
    """Note that av has seen these remarks; they are no longer «ny» (krav R-10.1.3)."""
    naa = klokke.naa()
    MerknadLest.objects.bulk_create(
        (MerknadLest(merknad=m, bruker=av, tid=naa) for m in merknader if m.av_id != av.pk), ignore_conflicts=True
    )


@kommando
def oensk_avsluttet(sak: Sak, *, av: Bruker, tekst: str = "") -> Merknad:
    """Set ØA on the case; its status stays as it is (krav R-10.2.1.3a, A-20). Refused twice."""
    krev(av, Handling.OENSKE_AVSLUTTET, sak)
    krev_aapen_sak(sak)
    if _aktiv_oea(sak) is not None:
        raise Avvist("Saken er allerede merket ØA Ønskes avsluttet.")
    merknad = skriv_merknad(sak, OENSKES_AVSLUTTET, tekst, av=av)
    logg(sak, Handling.OENSKE_AVSLUTTET, av=av, detaljer={"merknad": merknad.pk, "tekst": merknad.tekst})
    return merknad


@kommando
def trekk_oenske(sak: Sak, *, av: Bruker) -> None:
    """Withdraw ØA. Refused where it is not set, and in a closed case."""
    krev(av, Handling.TREKKE_OENSKE, sak)
    krev_aapen_sak(sak)
    merknad = _aktiv_oea(sak)
    if merknad is None:
        raise Avvist("Saken er ikke merket ØA Ønskes avsluttet.")
    merknad.trukket_av, merknad.trukket_tid = av, klokke.naa()
    merknad.save(update_fields=["trukket_av", "trukket_tid"])
    logg(sak, Handling.TREKKE_OENSKE, av=av, detaljer={"merknad": merknad.pk})


def _aktiv_oea(sak: Sak) -> Merknad | None:
    return (
        sak.merknader.filter(type__kode=OENSKES_AVSLUTTET, trukket_tid__isnull=True, journalpost__isnull=True)
        .order_by("pk")
        .first()
    )


@kommando
def sett_obs(sak: Sak, dato: dt.date, merknad: str = "", *, av: Bruker) -> ObsDato:
    """Set a date to look at the case again (krav R-10.12.1); several are allowed."""
    krev(av, Handling.SETTE_OBS, sak)
    krev_aapen_sak(sak)
    obs = ObsDato.objects.create(sak=sak, dato=dato, merknad=merknad.strip()[:500], satt_av=av, satt_tid=klokke.naa())
    logg(sak, Handling.SETTE_OBS, av=av, detaljer={"dato": dato, "merknad": obs.merknad})
    return obs


@kommando
def utfoer_obs(obs: ObsDato, *, av: Bruker) -> ObsDato:
    """Mark an OBS date as done. Refused twice, and in a closed case."""
    krev(av, Handling.UTFOERE_OBS, obs.sak)
    krev_aapen_sak(obs.sak)
    if obs.utfoert_tid is not None:
        raise Avvist("OBS-datoen er allerede merket som utført.")
    obs.utfoert_av, obs.utfoert_tid = av, klokke.naa()
    obs.save(update_fields=["utfoert_av", "utfoert_tid"])
    logg(obs.sak, Handling.UTFOERE_OBS, av=av, detaljer={"dato": obs.dato, "merknad": obs.merknad})
    return obs
