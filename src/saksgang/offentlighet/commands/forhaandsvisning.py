"""What a grading would leave, before it is set: the public's row, and who could then read. Nothing is written."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from saksgang.kjerne import klokke
from saksgang.kjerne.arbeidsdager import legg_til_arbeidsdager
from saksgang.offentlighet.queries import Postlisterad, hoerer_paa_nettet, offentlig_rad
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.commands.noekler import noekler_til
from saksgang.sakarkiv.models import Journalpost
from saksgang.sakarkiv.queries.lesere import hvem_kan_se
from saksgang.sakarkiv.rules import Journalposttype, Journalstatus
from saksgang.sakarkiv.rules.hjemmel import hjemmelraad, hjemmelstopp
from saksgang.tilgang.queries import Lesere

from .skjerming import partsnavn


@dataclass(frozen=True)
class Forhaandsvisning:
    """The entry as the public would see it (none: not on the list), why, and who could read it inside."""

    rad: Postlisterad | None
    naar: str
    lesere: Lesere
    mister: tuple[Bruker, ...] = ()
    mister_alle_ansatte: int = 0
    raad: tuple[str, ...] = ()


def forhaandsvis(journalpost: Journalpost, skjerming: Skjerming, *, offentlig_tittel: str) -> Forhaandsvisning:
    """Return what public and colleagues would see of a journalpost with this grading decided (krav C.0, C.11)."""
    proeve = copy.copy(journalpost)
    proeve.tilgangskode, proeve.avskjermingskode = skjerming.kode, skjerming.avskjerming
    proeve.hjemmel, proeve.tilgangsgruppe = skjerming.hjemmel, skjerming.gruppe
    proeve.offentlig_tittel = offentlig_tittel
    proeve.forslag_sperrer = proeve.forslag_aapent = False
    sperres = skjerming.kode is not None and skjerming.kode.er_xx
    proeve.xx_frist = legg_til_arbeidsdager(klokke.idag(), settings.FRIST_XX) if sperres else None
    with transaction.atomic():
        noekler = noekler_til(proeve)
        etter = hvem_kan_se(proeve, noekler)
        transaction.set_rollback(True)  # a combination that is new was only asked about
    foer = hvem_kan_se(journalpost)
    blir = {leser.bruker.pk for leser in etter.personer}
    mister = () if etter.alle_ansatte else tuple(leser.bruker for leser in foer.personer if leser.bruker.pk not in blir)
    return Forhaandsvisning(
        rad=None if sperres or not hoerer_paa_nettet(proeve) else offentlig_rad(proeve),
        naar=_naar(proeve, sperres=sperres),
        lesere=etter,
        mister=mister,
        raad=_raad(proeve),
        mister_alle_ansatte=foer.antall - etter.antall if foer.alle_ansatte and not etter.alle_ansatte else 0,
    )


def _raad(journalpost: Journalpost) -> tuple[str, ...]:
    if journalpost.hjemmel is None:
        return ()
    noekkel, type_ = journalpost.hjemmel.noekkel, journalpost.journalposttype
    parter = partsnavn(journalpost)
    stopp = hjemmelstopp(noekkel, type_, enkeltvedtak=journalpost.enkeltvedtak, parter=parter)
    return (
        (stopp,)
        if stopp
        else tuple(
            hjemmelraad(noekkel, type_, journalpost.tittel, parter, hendelse=journalpost.hjemmel.opphoer_hendelse)
        )
    )


def _naar(journalpost: Journalpost, *, sperres: bool) -> str:
    """Say when the public sees it, in a sentence."""
    if sperres:
        frist = f"{journalpost.xx_frist:%d.%m.%Y}"
        return f"Journalposten er ikke på postlista før graderingen er avgjort. Fristen er {frist}."
    if journalpost.journalposttype == Journalposttype.XNOTAT:
        return "Notat uten oppfølging kommer ikke på postlista."
    if not hoerer_paa_nettet(journalpost):
        return "Journalposten kommer ikke på postlista på nettet, men i offentlig journal når noen ber om den."
    if journalpost.status == Journalstatus.JOURNALFOERT:
        return "Står på postlista slik."
    return "Kommer på postlista slik når den er journalført (J)."
