"""Dispatch: to whom, by which ways, when it went (krav R-8.7, R-10.2.2.7, R-10.5.2.1, A-01)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.conf import settings

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.models import Ekspedering, Utsending
from saksgang.produksjon.queries.ekspedering import foreslaatte_koder, mottakere
from saksgang.produksjon.queries.utsending import hvorfor_likt
from saksgang.produksjon.rules import Ekspederingstilstand
from saksgang.produksjon.rules.ekspedering import EPOST
from saksgang.sakarkiv.commands.felles import kodeverdi, krev_aapen_sak
from saksgang.sakarkiv.commands.journalpost import laas_journalpost
from saksgang.sakarkiv.commands.svarvirkning import rett_svarkode
from saksgang.sakarkiv.models import Journalpost, Korrespondansepart
from saksgang.sakarkiv.queries.lenker import har_skjermet_lenke
from saksgang.sakarkiv.rules import Journalposttype, Journalstatus, Signaturmaate
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling

from .epost import vekk_epost
from .ferdigstilling import ferdigstill
from .mottakerbrev import vekk_fletting

T = Ekspederingstilstand
GAAR = (T.I_KOE, T.SENDER, T.EKSPEDERT)
"""States of a dispatch that is under way or done: the same way to the same recipient is not taken twice."""

LOGGES = 50
"""Of more recipients than this the log names the first, and says how many they are."""

Valg = Mapping[int, Sequence[str]]
"""The ways to each recipient, by the recipient's id."""


def _krev_brev(journalpost: Journalpost) -> None:
    if journalpost.journalposttype != Journalposttype.UTGAAENDE:
        raise Avvist("Bare utgående brev ekspederes. Notat leveres når det er ferdigstilt.")


@kommando
def velg_ekspedering(journalpost: Journalpost, valg: Valg, *, av: Bruker) -> Journalpost:
    """Choose the ways to each recipient; they may be several (krav R-10.5.2.1).

    Refused for others than letters, for a way that the code list does not offer, and for e-mail that may not be: see
    ekspeder. Nothing is sent.
    """
    krev(av, Handling.EKSPEDERE, journalpost)
    journalpost = laas_journalpost(journalpost)
    krev_aapen_sak(journalpost.sak)
    _krev_brev(journalpost)
    parter = mottakere(journalpost)
    if hindre := _hindre(journalpost, {p: list(dict.fromkeys(valg.get(p.pk, ()))) for p in parter if p.pk in valg}):
        raise UgyldigInndata({"ekspedering": " ".join(hindre)})
    endringer = {}
    alle = sorted({kode for koder in valg.values() for kode in koder})
    gyldige = {kode: kodeverdi("ekspedering", kode, "ekspedering").kode for kode in alle}
    endret: list[Korrespondansepart] = []
    for part in parter:
        if part.pk not in valg:
            continue
        koder = [gyldige[kode] for kode in dict.fromkeys(valg[part.pk])]
        if koder != part.ekspederingskoder:
            if len(endret) < LOGGES:
                endringer[f"ekspederingskode {part.navn}"] = (" ".join(part.ekspederingskoder), " ".join(koder))
            part.ekspederingskoder = koder
            endret.append(part)
    Korrespondansepart.objects.bulk_update(endret, ["ekspederingskoder"], batch_size=500)
    samlet = sorted({kode for part in parter for kode in part.ekspederingskoder})
    if samlet != journalpost.ekspederingskoder:
        journalpost.ekspederingskoder = samlet
        journalpost.save(update_fields=["ekspederingskoder"])
    if endringer:
        logg(journalpost, Handling.EKSPEDERE, av=av, endringer=endringer, detaljer={"valgt": samlet})
    return journalpost


def _hindre(journalpost: Journalpost, valg: Mapping[Korrespondansepart, Sequence[str]]) -> list[str]:
    """Return every reason against these ways: what is graded, or a decision, does not go by e-mail (krav 10.5.2)."""
    hindre = []
    skjermet = journalpost.tilgangskode_id is not None or journalpost.avventer_gradering
    med_skjermet = not skjermet and har_skjermet_lenke(journalpost)
    med_epost = [part for part, koder in valg.items() if EPOST in koder]
    if med_epost and not settings.SAKSGANG_EPOST_SENDES:
        hindre.append(
            "E-posttjeneren er ikke satt opp, så brev kan ikke gå med e-post. Velg post, eller kontakt drift."
        )
    if med_epost and skjermet:
        hindre.append("Brevet er skjermet og kan ikke sendes med e-post. Velg post eller digital post.")
    if med_epost and med_skjermet:
        hindre.append("Et lenket vedlegg er skjermet der det kom inn, og kan ikke sendes med e-post. Velg post.")
    for part, koder in valg.items():
        if not koder:
            hindre.append(f"{part.navn} mangler ekspederingskode. Velg hvordan brevet sendes.")
        elif EPOST in koder and not part.epost:
            hindre.append(f"{part.navn} mangler e-postadresse. Legg den inn, eller velg post.")
        elif journalpost.enkeltvedtak and set(koder) == {EPOST}:
            hindre.append(f"Et enkeltvedtak kan ikke gå til {part.navn} bare på e-post. La e-posten følge posten.")
    return hindre


@kommando
def ekspeder(journalpost: Journalpost, *, valg: Valg | None = None, av: Bruker) -> Utsending:
    """Dispatch a finished letter to every recipient by the ways chosen, else those proposed (krav R-8.7).

    Paper is dispatched now; where there are several recipients of a letter from a template, the queue merges each one's
    own, and the package to print is there when they are made (ADR 0013). E-mail is queued, and dispatched when the mail
    server has taken it, after the archive copy exists. Refused before F, without recipient or way, when everything has
    gone already, for e-mail of what is graded, to nobody's address or without a mail server, and for a decision
    (enkeltvedtak) by e-mail alone; all reasons told.
    """
    krev(av, Handling.EKSPEDERE, journalpost)
    journalpost = laas_journalpost(journalpost)
    krev_aapen_sak(journalpost.sak)
    _krev_brev(journalpost)
    if journalpost.status not in (Journalstatus.FERDIG, Journalstatus.JOURNALFOERT):
        raise Avvist("Brevet er ikke ferdig. Velg «Ferdigstill og ekspeder».")
    parter = mottakere(journalpost)
    if not parter:
        raise Avvist("Mottaker mangler. Legg inn hvem brevet skal til.")
    valg = valg if valg is not None else {p.pk: foreslaatte_koder(journalpost, p) for p in parter}
    journalpost = velg_ekspedering(journalpost, valg, av=av)
    rett_svarkode(journalpost, av=av)
    parter = mottakere(journalpost)
    sendt = set(
        Ekspedering.objects.filter(part__in=parter, tilstand__in=GAAR).values_list("part_id", "kode__kode").order_by()
    )
    nye = [
        (part, kode)
        for part in parter
        if part.pk in valg
        for kode in part.ekspederingskoder
        if (part.pk, kode) not in sendt
    ]
    if not nye:
        raise Avvist("Brevet er ekspedert til alle på disse måtene. Velg en annen måte for å sende det igjen.")
    likt = hvorfor_likt(journalpost, parter)
    utsending = Utsending.objects.create(
        journalpost=journalpost,
        bestilt_av=av,
        bestilt_tid=klokke.naa(),
        flettes=likt == "",
        likt_til_alle=likt or "",
    )
    koder = {kode: kodeverdi("ekspedering", kode, "ekspedering") for kode in {kode for _, kode in nye}}
    naa, idag = klokke.naa(), klokke.idag()
    Ekspedering.objects.bulk_create(
        Ekspedering(
            utsending=utsending,
            part=part,
            kode=koder[kode],
            tilstand=T.I_KOE if kode == EPOST else T.EKSPEDERT,
            epost=part.epost if kode == EPOST else "",
            ekspedert_dato=None if kode == EPOST else idag,
            ekspedert_tid=None if kode == EPOST else naa,
        )
        for part, kode in nye
    )
    paa_papir = any(kode != EPOST for _, kode in nye)
    endringer = {}
    if paa_papir and journalpost.ekspedert_dato is None:
        endringer["ekspedert_dato"] = (None, idag)
        journalpost.ekspedert_dato = idag
        journalpost.save(update_fields=["ekspedert_dato"])
    logg(
        journalpost,
        Handling.EKSPEDERE,
        av=av,
        endringer=endringer,
        detaljer={"mottakere": [f"{part.navn}: {koder[kode].navn}" for part, kode in nye[:LOGGES]], "antall": len(nye)},
    )
    if utsending.flettes:
        vekk_fletting()
    if any(kode == EPOST for _, kode in nye):
        vekk_epost()
    elif paa_papir:
        utsending.ferdig_tid = naa
        utsending.save(update_fields=["ferdig_tid"])
    return utsending


@kommando
def ferdigstill_og_ekspeder(
    journalpost: Journalpost, *, valg: Valg | None = None, offentlighet_vurdert: bool = False, av: Bruker
) -> Utsending:
    """«Ferdigstill og ekspeder»: R → F, and out to the recipients, in one act (krav R-10.2.2.7).

    Refused, with nothing done, where either act is refused.
    """
    if valg is None:
        valg = {p.pk: foreslaatte_koder(journalpost, p) for p in mottakere(journalpost)}
    if journalpost.journalposttype == Journalposttype.UTGAAENDE and valg:
        # Chosen first: an answer that goes by e-mail alone is written off as that.
        journalpost = velg_ekspedering(journalpost, valg, av=av)
    journalpost = ferdigstill(journalpost, offentlighet_vurdert=offentlighet_vurdert, av=av)
    return ekspeder(journalpost, valg=valg, av=av)


@kommando
def send_paa_papir(ekspedering: Ekspedering, *, av: Bruker) -> Ekspedering:
    """Give up an e-mail that failed, and dispatch the letter by post instead. Refused unless it has failed."""
    journalpost = laas_journalpost(ekspedering.utsending.journalpost)
    krev(av, Handling.EKSPEDERE, journalpost)
    ekspedering = _laas(ekspedering)
    _krev_feilet(ekspedering)
    ekspedering.tilstand = T.AVBRUTT
    ekspedering.save(update_fields=["tilstand"])
    valg = {ekspedering.part_id: ["P"]}
    utsending = ekspeder(journalpost, valg=valg, av=av)
    return utsending.ekspederinger.get(part_id=ekspedering.part_id)


@kommando
def proev_epost_igjen(ekspedering: Ekspedering, *, av: Bruker) -> Ekspedering:
    """Queue an e-mail that failed once more, to the address that the recipient has now. Refused unless it failed."""
    journalpost = laas_journalpost(ekspedering.utsending.journalpost)
    krev(av, Handling.EKSPEDERE, journalpost)
    ekspedering = _laas(ekspedering)
    _krev_feilet(ekspedering)
    if hindre := _hindre(journalpost, {ekspedering.part: ekspedering.part.ekspederingskoder or [EPOST]}):
        raise Avvist(hindre)
    ekspedering.tilstand, ekspedering.feil, ekspedering.forsoek = T.I_KOE, "", 0
    ekspedering.neste_tid, ekspedering.epost = None, ekspedering.part.epost
    ekspedering.save(update_fields=["tilstand", "feil", "forsoek", "neste_tid", "epost"])
    logg(journalpost, Handling.EKSPEDERE, av=av, detaljer={"prøvd igjen": ekspedering.part.navn})
    vekk_epost()
    return ekspedering


def _laas(ekspedering: Ekspedering) -> Ekspedering:
    return (
        Ekspedering.objects.select_for_update(of=("self",))
        .select_related("part", "kode", "utsending")
        .get(pk=ekspedering.pk)
    )


def _krev_feilet(ekspedering: Ekspedering) -> None:
    if ekspedering.tilstand != T.FEILET:
        raise Avvist("E-posten har ikke feilet. Last siden på nytt og se hvor den står.")


@kommando
def signer(journalpost: Journalpost, signert_av: Bruker, *, dato: dt.date, maate: str, av: Bruker) -> Journalpost:
    """Note that an own document is signed: by whom, when, by hand or by electronic approval (krav R-8.6, A-33).

    Refused for what is received, for a day to come, and in a way that does not exist.
    """
    krev(av, Handling.SIGNERE, journalpost)
    journalpost = laas_journalpost(journalpost)
    krev_aapen_sak(journalpost.sak)
    felter = {}
    if journalpost.journalposttype == Journalposttype.INNGAAENDE:
        raise Avvist("Bare egne dokumenter signeres her.")
    if dato > klokke.idag():
        felter["dato"] = "Datoen er i fremtiden. Skriv dagen det ble signert."
    if maate not in set(Signaturmaate):
        felter["maate"] = "Velg håndskrevet eller elektronisk."
    if felter:
        raise UgyldigInndata(felter)
    nye = {"signert_av": signert_av, "signert_dato": dato, "signaturmaate": maate}
    endringer = {felt: (getattr(journalpost, felt), verdi) for felt, verdi in nye.items()}
    for felt, verdi in nye.items():
        setattr(journalpost, felt, verdi)
    journalpost.save(update_fields=list(nye))
    logg(journalpost, Handling.SIGNERE, av=av, endringer=endringer)
    return journalpost
