"""A document checked out by hand, or open in Word or LibreOffice: one person at a time, and all who see it see who."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from saksgang.flyt.commands.godkjenning import foer_runde
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.lager.models import Fil
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.models import Dokumentlaas
from saksgang.produksjon.queries.laas import laas_paa, laaser_paa, opptatt
from saksgang.sakarkiv.commands.dokument import (
    krev_egen_fil,
    krev_ulaast,
    laas_for_endring,
    legg_til_versjon,
    meld_endret,
    registrer_tekstlaas,
)
from saksgang.sakarkiv.commands.journalpost import laas_journalpost
from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Journalpost
from saksgang.sakarkiv.queries.dokumenter import gjeldende_versjon
from saksgang.sakarkiv.rules import Journalstatus
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import Hinder, registrer_hinder
from saksgang.tilgang.rules import Handling

from .tekst import legg_til_flettet_versjon, trenger_versjon


class Opptatt(Avvist):
    """Somebody has the document."""


@registrer_tekstlaas
def er_opptatt(dokument: Dokument, av: Bruker) -> None:
    """While a document is out its text changes nowhere else, not even by the one who has it."""
    laas = laas_paa(dokument)
    if laas is None:
        return
    if laas.bruker_id != av.pk:
        raise Opptatt(opptatt(laas))
    siden = timezone.localtime(laas.tatt_tid)
    if laas.slag == Dokumentlaas.Slag.UTSJEKK:
        raise Opptatt(
            f"Du har sjekket ut «{dokument.tittel}», {siden:%d.%m.%Y} kl. {siden:%H.%M}. "
            "Sjekk det inn, eller angre utsjekkingen, først."
        )
    raise Opptatt(
        f"Du har «{dokument.tittel}» åpent i Word eller LibreOffice, siden {siden:%d.%m.%Y} kl. {siden:%H.%M}. "
        "Lagre og lukk det der først. Er programmet borte, angrer du utsjekkingen her."
    )


@registrer_hinder(Journalpost, fra=Journalstatus.RESERVERT, til=Journalstatus.FERDIG)
def er_sjekket_ut(jp: Journalpost) -> Iterator[Hinder]:
    """No document is checked out, or open in Word or LibreOffice."""
    for laas in laaser_paa(jp):
        yield Hinder(opptatt(laas), jp)


@foer_runde
def krev_alt_inne(journalpost: Journalpost, av: Bruker) -> None:
    """A round of approval neither begins nor ends while somebody has one of the documents."""
    if laaser := laaser_paa(journalpost):
        raise Opptatt([opptatt(laas) for laas in laaser])


@kommando
def sjekk_ut(dokument: Dokument, *, av: Bruker) -> Dokumentlaas:
    """Check a document out: until it is back, nobody else changes its text.

    Refused outside R, where the documents are locked, without a file, and when somebody has it.
    """
    return ta_laas(dokument, Dokumentlaas.Slag.UTSJEKK, av=av)


@kommando
def sjekk_inn(dokument: Dokument, fil: Fil, *, filnavn: str, av: Bruker) -> Dokumentversjon:
    """Bring a document back as its new version. Refused for others than the one who checked it out, and unchanged."""
    journalpost = laas_for_endring(dokument.journalpost, av=av, handling=Handling.SJEKKE_INN)
    laas = _krev_laas(dokument)
    if laas.slag != Dokumentlaas.Slag.UTSJEKK or laas.bruker_id != av.pk:
        raise Opptatt(opptatt(laas))
    forrige = gjeldende_versjon(dokument)
    if forrige is not None and forrige.fil_id == fil.pk:
        raise Avvist(
            "Filen er lik den du sjekket ut. Velg filen du har endret, eller velg «Angre utsjekking».", felt="fil"
        )
    versjon = legg_til_versjon(dokument, fil, filnavn=filnavn, av=av)
    loes(laas, av=av)
    logg(
        journalpost,
        Handling.SJEKKE_INN,
        av=av,
        endringer={f"dokument {dokument.nummer} versjon": (versjon.versjonsnummer - 1, versjon.versjonsnummer)},
        detaljer={"dokument": dokument.nummer, "sha256": fil.sha256},
    )
    meld_endret(journalpost, av=av)
    return versjon


@kommando
def angre_utsjekking(dokument: Dokument, *, av: Bruker) -> None:
    """Give up what one has checked out, or has left open in a program. Refused when it is somebody else's."""
    journalpost = laas_journalpost(dokument.journalpost)
    krev(av, Handling.ANGRE_UTSJEKKING, journalpost)
    laas = _krev_laas(dokument)
    if laas.bruker_id != av.pk:
        raise Opptatt(opptatt(laas))
    loes(laas, av=av)
    logg(journalpost, Handling.ANGRE_UTSJEKKING, av=av, detaljer={"dokument": dokument.nummer})


@kommando
def bryt_utsjekking(dokument: Dokument, begrunnelse: str, *, av: Bruker) -> None:
    """Take a document back from the one who has it: the archive and the leader, with a reason."""
    journalpost = laas_journalpost(dokument.journalpost)
    krev(av, Handling.BRYTE_UTSJEKKING, journalpost)
    laas = _krev_laas(dokument)
    if not begrunnelse.strip():
        raise UgyldigInndata({"begrunnelse": "Begrunnelse mangler. Skriv hvorfor utsjekkingen brytes."})
    loes(laas, av=av)
    logg(
        journalpost,
        Handling.BRYTE_UTSJEKKING,
        av=av,
        detaljer={
            "dokument": dokument.nummer,
            "hos": laas.bruker.navn,
            "hos_id": laas.bruker_id,
            "begrunnelse": begrunnelse.strip()[:500],
        },
    )


def ta_laas(
    dokument: Dokument,
    slag: Dokumentlaas.Slag,
    *,
    merke: str = "",
    utloeper_tid: dt.datetime | None = None,
    av: Bruker,
) -> Dokumentlaas:
    """Give av the document, with what was written in the browser as its newest version; part of another act."""
    journalpost = krev_kan_tas(dokument, av=av)
    naa = klokke.naa()
    # A lock whose time is out stands until the next one is taken.
    utloept = Dokumentlaas.objects.select_related("bruker").filter(dokument=dokument, opphevet_tid__isnull=True).first()
    if utloept is not None:
        loes(utloept, av=None)
    laas = Dokumentlaas.objects.create(
        dokument=dokument, bruker=av, slag=slag, merke=merke, tatt_tid=naa, utloeper_tid=utloeper_tid
    )
    detaljer = {"dokument": dokument.nummer, "hvordan": slag.label}
    if utloept is not None:
        detaljer["utløpt hos"] = utloept.bruker.navn
    logg(journalpost, Handling.SJEKKE_UT, av=av, detaljer=detaljer)
    return laas


def krev_kan_tas(dokument: Dokument, *, av: Bruker) -> Journalpost:
    """Return the journalpost under its lock, or refuse where av cannot have the document now.

    What is written in the browser becomes a version first, so that it is what is taken out.
    """
    journalpost = laas_utkast(dokument, av=av, handling=Handling.SJEKKE_UT)
    krev_ulaast(dokument, av=av)
    if trenger_versjon(dokument):
        legg_til_flettet_versjon(dokument, av=av)
    elif gjeldende_versjon(dokument) is None:
        raise Avvist(f"«{dokument.tittel}» har ingen fil ennå. Last den opp først.")
    return journalpost


def laas_utkast(dokument: Dokument, *, av: Bruker, handling: Handling) -> Journalpost:
    """Return the journalpost under its lock, or refuse where the document is no draft that av may write in."""
    journalpost = laas_for_endring(dokument.journalpost, av=av, handling=handling)
    if journalpost.status != Journalstatus.RESERVERT:
        raise Avvist(
            f"{journalpost} har status {journalpost.status} {journalpost.get_status_display()}. "
            "Bare dokumenter med status R Reservert kan sjekkes ut. Last opp en ny versjon i stedet."
        )
    dokument.refresh_from_db(fields=["utgaatt_tid", "kilde"])
    if dokument.utgaatt_tid is not None:
        raise Avvist("Dokumentet er tatt av journalposten.")
    krev_egen_fil(dokument)
    return journalpost


def _krev_laas(dokument: Dokument) -> Dokumentlaas:
    laas = laas_paa(dokument)
    if laas is None:
        raise Avvist(f"«{dokument.tittel}» er ikke sjekket ut. Last siden på nytt.")
    return laas


def loes(laas: Dokumentlaas, *, av: Bruker | None) -> None:
    """Lift a lock; without av it went out by itself. Part of another act."""
    laas.opphevet_tid, laas.opphevet_av = klokke.naa(), av
    laas.save(update_fields=["opphevet_tid", "opphevet_av"])
