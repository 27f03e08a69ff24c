"""The statuses of a journalpost in the archive: journalised, withdrawn, cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, SaksgangFeil, UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Journalpost
from saksgang.sakarkiv.queries.dokumenter import gjeldende_versjoner
from saksgang.sakarkiv.rules import Journalposttype, Journalstatus
from saksgang.tilgang.commands import krev, skift_status
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.rules import Handling, Rolle

from .dokument import arkiver
from .felles import krev_aapen_sak
from .journalpost import journalfoeringsdata, laas_journalpost
from .noekler import oppdater_sak, oppdater_tilgang
from .svarvirkning import ta_tilbake_svar


@dataclass(frozen=True)
class Radresultat:
    """What became of one row of a bulk act."""

    journalpost: Journalpost
    feil: tuple[str, ...] = ()

    @property
    def lyktes(self) -> bool:
        return not self.feil


def begrunnet(begrunnelse: str) -> str:
    """Return a reason, at most 500 characters; refused when empty."""
    begrunnelse = begrunnelse.strip()
    if not begrunnelse:
        raise UgyldigInndata({"begrunnelse": "Begrunnelse mangler. Skriv kort hvorfor."})
    return begrunnelse[:500]


@kommando
def vurder_offentlighet(journalpost: Journalpost, *, av: Bruker) -> Journalpost:
    """Note that publicity has been considered, by whom and when (krav R-9.2.1.1)."""
    krev(av, Handling.VURDERE_OFFENTLIGHET, journalpost)
    journalpost = laas_journalpost(journalpost)
    krev_aapen_sak(journalpost.sak)
    journalpost.offentlighet_vurdert_av, journalpost.offentlighet_vurdert_tid = av, klokke.naa()
    journalpost.save(update_fields=["offentlighet_vurdert_av", "offentlighet_vurdert_tid"])
    logg(journalpost, Handling.VURDERE_OFFENTLIGHET, av=av)
    return journalpost


@kommando
def meld_komplett(journalpost: Journalpost, *, av: Bruker) -> Journalpost:
    """Note that the archive has done its part with a letter in M or S: J follows by itself on the decision (A-08)."""
    krev(av, Handling.JOURNALFOERE, journalpost)
    journalpost = laas_journalpost(journalpost)
    krev_aapen_sak(journalpost.sak)
    if journalpost.status not in (Journalstatus.MIDLERTIDIG, Journalstatus.REGISTRERT):
        raise Avvist("Bare inngående med status M eller S kan meldes komplette.")
    journalpost.ferdig_i_arkivet_av = av
    journalpost.save(update_fields=["ferdig_i_arkivet_av"])
    oppdater_tilgang(journalpost)
    logg(journalpost, Handling.JOURNALFOERE, av=av, detaljer={"komplett": True})
    return journalpost


@kommando
def journalfoer(journalpost: Journalpost, *, av: Bruker, automatisk: bool = False) -> Journalpost:
    """→ J by the archive: numbered, dated, on the public journal from its time (krav R-6.2.J.*).

    Refused with every reason at once: sender or recipient, main document, undecided grading.
    """
    krev_aapen_sak(journalpost.sak)
    detaljer: dict[str, Any] = {"automatisk": True} if automatisk else {}
    journalpost = skift_status(
        journalpost, Journalstatus.JOURNALFOERT, av=av, foelger=partial(journalfoeringsdata, av=av), **detaljer
    )
    arkiver(gjeldende_versjoner(journalpost))
    return journalpost


def journalfoer_flere(journalposter: Iterable[Journalpost], *, av: Bruker) -> list[Radresultat]:
    """Journalise several; each row either succeeds or says why not, none is silently skipped (krav R-8.8)."""
    resultat = []
    for journalpost in journalposter:
        try:
            resultat.append(Radresultat(journalfoer(journalpost, av=av)))
        except SaksgangFeil as feil:
            resultat.append(Radresultat(journalpost, tuple(feil.setninger)))
    return resultat


def journalfoer_hvis_komplett(journalpost: Journalpost) -> Journalpost:
    """After a decision: give J by itself where the archive had completed the entry (A-08).

    The archivist who completed it journalises; where that person may no longer, it waits in the archive's queue.
    """
    arkivar = journalpost.ferdig_i_arkivet_av
    if (
        journalpost.status not in (Journalstatus.MIDLERTIDIG, Journalstatus.REGISTRERT)
        or arkivar is None
        or journalpost.avventer_gradering
        or journalpost.forslag_aapent
        or not rettigheter(arkivar).har(Rolle.ARK)
        or not set(rettigheter(arkivar).noekler).intersection(journalpost.noekler)
    ):
        return journalpost
    try:
        return journalfoer(journalpost, av=arkivar, automatisk=True)
    except Avvist:
        return journalpost


@kommando
def avjournalfoer(journalpost: Journalpost, begrunnelse: str, *, av: Bruker) -> Journalpost:
    """J → M (I) or F (own): withdraw the public entry; the journal number stays (krav C.2). Refused without reason."""
    krev_aapen_sak(journalpost.sak)
    til = (
        Journalstatus.MIDLERTIDIG if journalpost.journalposttype == Journalposttype.INNGAAENDE else Journalstatus.FERDIG
    )
    return skift_status(
        journalpost,
        til,
        av=av,
        felter={
            "statusbegrunnelse": begrunnet(begrunnelse),
            "publiseres_tid": None,
            "ferdig_i_arkivet_av": None,
        },
    )


@kommando
def utgaa(journalpost: Journalpost, begrunnelse: str, *, av: Bruker) -> Journalpost:
    """→ Utgår by the archive: out of lists and public journal, number and content stay (krav R-10.10.1).

    Where it was the answer to an avskrivning, the same act gives that restanse back. Refused without a reason.
    """
    krev_aapen_sak(journalpost.sak)
    journalpost = laas_journalpost(journalpost)
    fra = journalpost.status
    journalpost = skift_status(
        journalpost,
        Journalstatus.UTGAAR,
        av=av,
        felter={
            "statusbegrunnelse": begrunnet(begrunnelse),
            "publiseres_tid": None,
            "status_foer_utgaatt": fra,
        },
    )
    ta_tilbake_svar(journalpost, av=av)
    if journalpost.sak.tilgangskode_id:
        oppdater_sak(journalpost.sak)
    return journalpost
