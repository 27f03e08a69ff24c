"""Approval: a document is laid before somebody, answered, forwarded or taken back, and lost by a change (krav C.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from saksgang.flyt.models import Flagg, Godkjenning
from saksgang.flyt.queries import godkjenning as queries
from saksgang.flyt.rules import SVARTYPE, Flaggtype, Godkjenningssvar
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, IkkeTilgang, UgyldigInndata
from saksgang.logg.commands import kommando, logg, paa_vegne_av
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.commands.dokument import krev_ulaast, ved_endring
from saksgang.sakarkiv.commands.felles import krev_aapen_sak, krev_aktiv_bruker
from saksgang.sakarkiv.commands.journalpost import laas_journalpost
from saksgang.sakarkiv.commands.noekler import oppdater_tilgang
from saksgang.sakarkiv.models import Journalpost
from saksgang.sakarkiv.rules import Godkjenningstilstand, Journalstatus
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import Godkjenner, rettigheter, synlig
from saksgang.tilgang.rules import Handling

from .flagg import MAKS_TEKST, flaggdetaljer, lukk_flagg, opprett_flagg

_foer_runde: list[Callable[[Journalpost, Bruker], None]] = []


def foer_runde(funksjon: Callable[[Journalpost, Bruker], None]) -> Callable[[Journalpost, Bruker], None]:
    """Decorate what a higher room does (journalpost, av) before a document is sent, and before it is answered."""
    _foer_runde.append(funksjon)
    return funksjon


def _gjoer_klar(journalpost: Journalpost, *, av: Bruker) -> None:
    for funksjon in _foer_runde:
        funksjon(journalpost, av)


@kommando
def send_til_godkjenning(
    journalpost: Journalpost, til: Bruker, *, frist: dt.date | None = None, kommentar: str = "", av: Bruker
) -> Godkjenning:
    """Lay an own document before somebody who may approve it, with a flag «Til godkjenning» (krav R-8.4, R-10.2.2.6a).

    Text, documents, title and parties are then the approver's alone. Refused outside R, without a main document, while
    another round is open or somebody else has a document open, and to one who may not approve it.
    """
    journalpost = laas_journalpost(journalpost)
    krev(av, Handling.SENDE_TIL_GODKJENNING, journalpost)
    krev_aapen_sak(journalpost.sak)
    if journalpost.status != Journalstatus.RESERVERT:
        raise Avvist(
            f"{journalpost} har status {journalpost.status} {journalpost.get_status_display()}. "
            "Bare et dokument med status R Reservert kan sendes til godkjenning."
        )
    if journalpost.hos_godkjenner_id is not None:
        raise Avvist(f"{journalpost} er allerede til godkjenning hos {journalpost.godkjenner}.")
    kommentar = _krev_kommentar(kommentar)
    _krev_frist(frist)
    valgt = _krev_godkjenner(journalpost, til, "til", av=av)
    dokumenter = list(journalpost.dokumenter.filter(utgaatt_tid__isnull=True).order_by("nummer", "pk"))
    if not dokumenter:
        raise Avvist(f"{journalpost} har ikke noe dokument ennå. Skriv det eller last det opp før du sender det.")
    for dokument in dokumenter:
        krev_ulaast(dokument, av=til)
    _gjoer_klar(journalpost, av=av)
    _ferdig_med_svarene(journalpost, av=av)
    foer = journalpost.get_godkjenning_display()
    runde = _ny_runde(journalpost, valgt, frist=frist, tekst=kommentar or "Ber om godkjenning.", av=av)
    logg(
        journalpost,
        Handling.SENDE_TIL_GODKJENNING,
        av=av,
        endringer={"godkjenning": (foer, journalpost.get_godkjenning_display())},
        detaljer={"til": til, "frist": frist, "kommentar": kommentar, "runde": runde.runde},
    )
    return runde


@kommando
def besvar_godkjenning(
    journalpost: Journalpost,
    svar: str,
    *,
    kommentar: str = "",
    videre_til: Bruker | None = None,
    frist: dt.date | None = None,
    av: Bruker,
) -> Godkjenning:
    """Answer: Godkjent, Ikke godkjent with what is to be mended, or Godkjent – videresend (krav R-8.5, R-10.2.2.6b).

    The answer goes back by flag: a refusal to the one who asked, an approval to the one who asked first (A-25). Refused
    for others than the approver or, in the period, the approver's deputy, and for one's own document.
    """
    journalpost = laas_journalpost(journalpost)
    krev(av, Handling.LESE, journalpost)
    if journalpost.hos_godkjenner_id is None and av.pk in journalpost.forelagt_ider:
        raise Avvist(f"{journalpost} er ikke lenger til godkjenning. Den er besvart eller trukket tilbake.")
    krev(av, Handling.GODKJENNE, journalpost)
    if svar not in (Godkjenningssvar.GODKJENT, Godkjenningssvar.IKKE_GODKJENT, Godkjenningssvar.VIDERESENDT):
        raise UgyldigInndata({"svar": "Velg Godkjent, Ikke godkjent eller Godkjent – videresend."})
    svar = Godkjenningssvar(svar)
    runde = _laas_aapen(journalpost)
    _krev_kan_svare(runde, av=av)
    kommentar = _krev_kommentar(kommentar)
    if svar == Godkjenningssvar.IKKE_GODKJENT and not kommentar:
        raise UgyldigInndata({"kommentar": "Skriv hva som må rettes."})
    neste = None
    if svar == Godkjenningssvar.VIDERESENDT:
        if videre_til is None:
            raise UgyldigInndata({"videre_til": "Velg hvem som skal godkjenne videre."})
        _krev_frist(frist)
        neste = _krev_godkjenner(journalpost, videre_til, "videre_til", av=av)
    _gjoer_klar(journalpost, av=av)
    runde.kommentar = kommentar
    _avslutt(journalpost, runde, svar, av=av)
    logg(runde.flagg, Handling.BESVARE_FLAGG, av=av, endringer=lukk_flagg(runde.flagg, svar.label, av=av))
    mottaker: Bruker | None = None
    if neste is not None:
        tekst = kommentar or f"Godkjent av {av}. Ber om videre godkjenning."
        _ny_runde(journalpost, neste, frist=frist, tekst=tekst, av=av, forrige=runde)
    else:
        mottaker = _mottaker(journalpost, runde, svar, av=av)
        if mottaker is not None:
            runde.svarflagg = _svarflagg(runde, svar, kommentar, mottaker, av=av)
            runde.save(update_fields=["svarflagg"])
        godkjent = svar == Godkjenningssvar.GODKJENT
        _sett_tilstand(journalpost, Godkjenningstilstand.GODKJENT if godkjent else Godkjenningstilstand.IKKE_GODKJENT)
    logg(
        journalpost,
        Handling.GODKJENNE,
        av=av,
        endringer={"godkjenning": (Godkjenningstilstand.AAPEN.label, svar.label)},
        detaljer={
            "kommentar": kommentar,
            "til": videre_til,
            "runde": runde.runde,
            "svar": svar,
            "varsles_ider": _andre(journalpost, runde, utenom={av.pk, mottaker.pk if mottaker else None}),
        },
    )
    return runde


@kommando
def trekk_godkjenning(journalpost: Journalpost, *, av: Bruker) -> Godkjenning:
    """Take an unanswered document back from the approver (krav C.6). Refused when it lies with nobody."""
    journalpost = laas_journalpost(journalpost)
    krev(av, Handling.TREKKE_GODKJENNING, journalpost)
    if journalpost.hos_godkjenner_id is None:
        raise Avvist(f"{journalpost} er ikke til godkjenning nå.")
    runde = _laas_aapen(journalpost)
    _avslutt(journalpost, runde, Godkjenningssvar.TRUKKET, av=av)
    endring = lukk_flagg(runde.flagg, Godkjenningssvar.TRUKKET.label, av=av)
    logg(runde.flagg, Handling.BEHANDLE_FLAGG, av=av, endringer=endring)
    journalpost.godkjenner, tilstand = _etter_siste_svar(journalpost)
    _sett_tilstand(journalpost, tilstand)
    logg(
        journalpost,
        Handling.TREKKE_GODKJENNING,
        av=av,
        endringer={"godkjenning": (Godkjenningstilstand.AAPEN.label, journalpost.get_godkjenning_display())},
        detaljer={"runde": runde.runde, "varsles_ider": _andre(journalpost, runde, utenom={av.pk})},
    )
    return runde


@ved_endring
def mist_godkjenning(journalpost: Journalpost, av: Bruker) -> None:
    """Void every approval that stands: what was approved is no longer what stands there (krav R-10.2.2.6b).

    An approver's own edit before answering is part of the round and voids only what others approved before it.
    """
    if journalpost.status != Journalstatus.RESERVERT or not (
        journalpost.er_godkjent or journalpost.hos_godkjenner_id is not None
    ):
        return
    gyldige = Godkjenning.objects.filter(
        journalpost=journalpost, svar=Godkjenningssvar.GODKJENT, ugyldig_tid__isnull=True
    )
    for runde in gyldige.select_for_update(of=("self",)).select_related("journalpost").order_by("pk"):
        runde.ugyldig_tid = klokke.naa()
        runde.save(update_fields=["ugyldig_tid"])
        logg(runde, Handling.MISTE_GODKJENNING, av=av, endringer={"ugyldig_tid": (None, runde.ugyldig_tid)})
    if journalpost.er_godkjent:
        journalpost.godkjenning = Godkjenningstilstand.UGYLDIG
        journalpost.save(update_fields=["godkjenning"])


# ── Checks ───────────────────────────────────────────────


def _krev_kommentar(kommentar: str) -> str:
    kommentar = kommentar.strip()
    if len(kommentar) > MAKS_TEKST:
        raise UgyldigInndata(
            {"kommentar": f"Kommentaren er {len(kommentar)} tegn. Kort den ned til {MAKS_TEKST} eller færre."}
        )
    return kommentar


def _krev_frist(frist: dt.date | None) -> None:
    if frist is not None and frist < klokke.idag():
        raise UgyldigInndata({"frist": "Fristen er passert. Velg i dag eller en senere dag."})


def _krev_godkjenner(journalpost: Journalpost, til: Bruker, felt: str, *, av: Bruker) -> Godkjenner:
    krev_aktiv_bruker(til, felt)
    valgt = next((g for g in queries.valgbare_godkjennere(journalpost, av) if g.bruker.pk == til.pk), None)
    if valgt is None:
        egen = til.pk in (av.pk, journalpost.saksbehandler_id)
        hva = "sitt eget dokument" if egen else f"dokumenter fra {journalpost.enhet.navn}"
        raise UgyldigInndata({felt: f"{til.navn} kan ikke godkjenne {hva}. Velg leder, stedfortreder eller rådmann."})
    return valgt


def _laas_aapen(journalpost: Journalpost) -> Godkjenning:
    return (
        Godkjenning.objects.select_for_update(of=("self",))
        .select_related(
            "journalpost__sak", "journalpost__enhet", "flagg__fra", "flagg__til_bruker", "godkjenner", "bedt_av",
            "forrige__bedt_av",
        )
        .get(journalpost=journalpost, svar="")
    )  # fmt: skip


def _krev_kan_svare(runde: Godkjenning, *, av: Bruker) -> None:
    if hvorfor_ikke := queries.hvorfor_ikke_svare(runde, av):
        raise IkkeTilgang(hvorfor_ikke)
    som = queries.godkjenner_som(runde)
    if som is not None and som.leder is not None and runde.godkjenner_id == av.pk:
        paa_vegne_av(som.leder.pk)


# ── Parts ────────────────────────────────────────────────


def _ny_runde(
    journalpost: Journalpost,
    til: Godkjenner,
    *,
    frist: dt.date | None,
    tekst: str,
    av: Bruker,
    forrige: Godkjenning | None = None,
) -> Godkjenning:
    flagg = opprett_flagg(journalpost, av=av, til=til.bruker, type=Flaggtype.TIL_GODKJENNING, tekst=tekst)
    logg(flagg, Handling.SENDE_FLAGG, av=av, detaljer=flaggdetaljer(flagg) | {"frist": frist})
    runde = Godkjenning.objects.create(
        journalpost=journalpost,
        runde=Godkjenning.objects.filter(journalpost=journalpost).count() + 1,
        flagg=flagg,
        bedt_av=av,
        godkjenner=til.bruker,
        frist=frist,
        forrige=forrige,
        versjoner_foer=queries.versjoner(journalpost),
    )
    journalpost.godkjenning, journalpost.godkjenner = Godkjenningstilstand.AAPEN, til.bruker
    journalpost.forelagt_ider = sorted({*journalpost.forelagt_ider, til.bruker.pk})
    journalpost.save(update_fields=["godkjenning", "godkjenner", "forelagt_ider"])
    oppdater_tilgang(journalpost)
    return runde


def _avslutt(journalpost: Journalpost, runde: Godkjenning, svar: Godkjenningssvar, *, av: Bruker) -> None:
    runde.svar, runde.svart_av, runde.svart_tid = svar, av, klokke.naa()
    runde.versjoner_etter = queries.versjoner(journalpost)
    runde.save(update_fields=["svar", "kommentar", "svart_av", "svart_tid", "versjoner_etter"])


def _sett_tilstand(journalpost: Journalpost, tilstand: str) -> None:
    journalpost.godkjenning = tilstand
    journalpost.save(update_fields=["godkjenning", "godkjenner"])
    oppdater_tilgang(journalpost)


def _etter_siste_svar(journalpost: Journalpost) -> tuple[Bruker | None, str]:
    """Return by whom and in what state the last answer left the document, if it still counts."""
    siste = queries.runder(journalpost).exclude(svar=Godkjenningssvar.TRUKKET).last()
    if siste is None or siste.svar == Godkjenningssvar.VIDERESENDT:
        return None, ""
    if siste.svar == Godkjenningssvar.IKKE_GODKJENT:
        return siste.godkjenner, Godkjenningstilstand.IKKE_GODKJENT
    return siste.godkjenner, Godkjenningstilstand.UGYLDIG if siste.ugyldig_tid else Godkjenningstilstand.GODKJENT


def _mottaker(journalpost: Journalpost, runde: Godkjenning, svar: Godkjenningssvar, *, av: Bruker) -> Bruker | None:
    """Return who gets the answer: who asked, for an approval who asked first; else the case worker."""
    foerst = queries.kjede(runde)[0].bedt_av if svar == Godkjenningssvar.GODKJENT else runde.bedt_av
    for mottaker in (foerst, runde.bedt_av, journalpost.saksbehandler):
        if mottaker is not None and mottaker.pk != av.pk and synlig(journalpost, rettigheter(mottaker)):
            return mottaker
    return None


def _svarflagg(runde: Godkjenning, svar: Godkjenningssvar, kommentar: str, mottaker: Bruker, *, av: Bruker) -> Flagg:
    flagg = opprett_flagg(
        runde.journalpost,
        av=av,
        til=mottaker,
        type=SVARTYPE[svar],
        tekst=kommentar or f"{svar.label}.",
        svar_paa=runde.flagg,
    )
    logg(flagg, Handling.SENDE_FLAGG, av=av, detaljer=flaggdetaljer(flagg))
    return flagg


def _ferdig_med_svarene(journalpost: Journalpost, *, av: Bruker) -> None:
    """Handle the answers that av has of earlier rounds: sending anew is what they asked for."""
    svarene: Any = Flagg.objects.filter(
        journalpost=journalpost, til_bruker=av, behandlet_tid__isnull=True, type__in=SVARTYPE.values()
    )
    for flagg in svarene.select_for_update(of=("self",)).order_by("pk"):
        endring = lukk_flagg(flagg, "Sendt til godkjenning på nytt.", av=av)
        logg(flagg, Handling.BESVARE_FLAGG, av=av, endringer=endring)


def _andre(journalpost: Journalpost, runde: Godkjenning, *, utenom: set[int | None]) -> list[int]:
    """Return whom to tell beside the one who gets a flag: approver, case worker, and all who asked on the way."""
    alle = {runde.godkjenner_id, journalpost.saksbehandler_id, *(r.bedt_av_id for r in queries.kjede(runde))}
    return sorted(pk for pk in alle - utenom if pk is not None)
