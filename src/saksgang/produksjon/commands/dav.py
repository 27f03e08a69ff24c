"""What Word and LibreOffice do to a document that is open in them: take it, keep it, save it, let it go."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.db.models import Q

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist
from saksgang.lager.commands import lagre_fil
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.models import Davnoekkel, Dokumentlaas
from saksgang.produksjon.queries.dav import navn_i_adresse, programlaas, sjekksum
from saksgang.produksjon.queries.laas import laas_paa, opptatt
from saksgang.produksjon.rules.laas import (
    DAV_ROT,
    LIBREOFFICE,
    NOEKKEL_UBRUKT,
    PROGRAMMER,
    endelse,
    kan_redigeres,
    laasetid,
    noekkel_til,
)
from saksgang.sakarkiv.commands.dokument import krev_ulaast, legg_til_versjon, meld_endret
from saksgang.sakarkiv.commands.journalpost import laas_journalpost
from saksgang.sakarkiv.models import Dokument, Dokumentversjon
from saksgang.sakarkiv.queries.dokumenter import gjeldende_versjon
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling

from .tekst import legg_til_flettet_versjon, trenger_versjon
from .utsjekking import Opptatt, krev_kan_tas, laas_utkast, loes, ta_laas

_WEBDAV = Dokumentlaas.Slag.WEBDAV
BEHOLD_UTLOEPTE = dt.timedelta(days=1)
"""So long an address can say that its time is out."""


@kommando
def lag_adresse(dokument: Dokument, *, av: Bruker) -> tuple[str, str, str]:
    """Make an address for av alone: its path, and the schemes by which Microsoft's program and LibreOffice are called.

    Nothing happens to the document until the program takes it, so no event. Refused where av cannot have the document
    now, and for files that neither of them writes.
    """
    krev_kan_tas(dokument, av=av)
    versjon = gjeldende_versjon(dokument)
    if versjon is None or not kan_redigeres(versjon.filnavn):
        filnavn = versjon.filnavn if versjon is not None else dokument.tittel
        raise Avvist(f"«{filnavn}» kan ikke redigeres i Word eller LibreOffice. Velg «Sjekk ut» i stedet.")
    noekkel, naa = secrets.token_urlsafe(32), klokke.naa()
    Davnoekkel.objects.create(
        sjekksum=sjekksum(noekkel), dokument=dokument, bruker=av, opprettet_tid=naa, utloeper_tid=naa + NOEKKEL_UBRUKT
    )
    return (
        f"{DAV_ROT}/{noekkel}/{navn_i_adresse(dokument, versjon)}",
        PROGRAMMER[endelse(versjon.filnavn)],
        LIBREOFFICE,
    )


@kommando
def bruk_adresse(noekkel: str) -> None:
    """Let an address that is used open a while longer, so that a long letter can be saved; the log is not told."""
    rad = Davnoekkel.objects.get(sjekksum=sjekksum(noekkel))
    til = noekkel_til(rad.opprettet_tid, klokke.naa())
    if til > rad.utloeper_tid:
        rad.utloeper_tid = til
        rad.save(update_fields=["utloeper_tid"])


@kommando
def aapne_i_program(dokument: Dokument, *, merke: str, sekunder: float | None, av: Bruker) -> Dokumentlaas:
    """Give an open program the document. Refused like a check-out, and it ends by itself when nothing is heard."""
    return ta_laas(dokument, _WEBDAV, merke=merke, utloeper_tid=klokke.naa() + laasetid(sekunder), av=av)


@kommando
def forny_laas(merke: str, *, sekunder: float | None, av: Bruker) -> Dokumentlaas:
    """Let a program keep the document a while longer; the same check-out still, so no event.

    Refused when it has been lifted, and where av may not write in the document any more.
    """
    laas = _krev_programlaas(merke, av=av)
    laas_utkast(laas.dokument, av=av, handling=Handling.SJEKKE_UT)
    laas = _krev_programlaas(merke, av=av)
    laas.utloeper_tid = klokke.naa() + laasetid(sekunder)
    laas.save(update_fields=["utloeper_tid"])
    return laas


@kommando
def ta_opp_igjen(dokument: Dokument, *, merke: str, av: Bruker) -> None:
    """Let a program that has slept past its time go on, as long as nobody has touched the document meanwhile."""
    laas_journalpost(dokument.journalpost)
    laas = Dokumentlaas.objects.filter(
        dokument=dokument, bruker=av, slag=_WEBDAV, merke=merke, opphevet_tid__isnull=True
    ).first()
    naa = klokke.naa()
    if laas is None or laas.utloeper_tid is None or laas.utloeper_tid > naa:
        return
    andres = dokument.versjoner.filter(~Q(opprettet_av=av), opprettet_dato__gt=laas.utloeper_tid)
    if not andres.exists() and not trenger_versjon(dokument):
        laas.utloeper_tid = naa + laasetid(None)
        laas.save(update_fields=["utloeper_tid"])


@kommando
def lagre_fra_program(dokument: Dokument, fil: Any, *, av: Bruker) -> Dokumentversjon:
    """Keep what a program saves as the next version; the same content once more makes none.

    The file is checked like every other. Refused where somebody else has the document, where it is checked out by hand,
    and where av may not write in it.
    """
    journalpost = laas_utkast(dokument, av=av, handling=Handling.SKRIVE_TEKST)
    laas = laas_paa(dokument)
    if laas is None:
        krev_ulaast(dokument, av=av)
        if trenger_versjon(dokument):  # what was written in the browser is kept as the version before
            legg_til_flettet_versjon(dokument, av=av)
    elif laas.bruker_id != av.pk or laas.slag != _WEBDAV:
        raise Opptatt(opptatt(laas))
    forrige = gjeldende_versjon(dokument)
    if forrige is None:
        raise Avvist(f"«{dokument.tittel}» har ingen fil ennå. Last den opp først.")
    lagret = lagre_fil(fil, filnavn=forrige.filnavn)
    if lagret.pk == forrige.fil_id:
        return forrige
    versjon = legg_til_versjon(dokument, lagret, filnavn=forrige.filnavn, av=av)
    logg(
        journalpost,
        Handling.SKRIVE_TEKST,
        av=av,
        endringer={f"dokument {dokument.nummer} versjon": (forrige.versjonsnummer, versjon.versjonsnummer)},
        detaljer={"dokument": dokument.nummer, "hvordan": _WEBDAV.label, "sha256": lagret.sha256},
    )
    meld_endret(journalpost, av=av)
    return versjon


@kommando
def lukk_i_program(merke: str, *, av: Bruker) -> None:
    """Let the document go when the program closes it. Refused when it no longer has it."""
    laas = _krev_programlaas(merke, av=av)
    journalpost = laas_journalpost(laas.dokument.journalpost)
    krev(av, Handling.ANGRE_UTSJEKKING, journalpost)
    loes(_krev_programlaas(merke, av=av), av=av)
    logg(
        journalpost,
        Handling.SJEKKE_INN,
        av=av,
        detaljer={"dokument": laas.dokument.nummer, "hvordan": _WEBDAV.label},
    )


def _krev_programlaas(merke: str, *, av: Bruker) -> Dokumentlaas:
    laas = programlaas(merke)
    if laas is None or laas.bruker_id != av.pk:
        raise Avvist("Dokumentet er ikke lenger åpent hos deg. Lagre en kopi, og last den opp som ny versjon.")
    return laas


def rydd_noekler() -> int:
    """Forget addresses that open nothing any more; return how many. Can be run at any time."""
    return Davnoekkel.objects.filter(utloeper_tid__lte=klokke.naa() - BEHOLD_UTLOEPTE).delete()[0]
