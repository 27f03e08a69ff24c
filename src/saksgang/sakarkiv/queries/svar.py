"""What answers what, as one reader may know it: an answer that is closed to the reader is never named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from saksgang.kjerne.errors import IkkeFunnet
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import InternMottaker, Journalpost, Korrespondansepart, Svarlenke
from saksgang.sakarkiv.rules import (
    AVSLUTTENDE,
    INTERNE,
    SVARMAATER,
    Journalposttype,
    Journalstatus,
    Parttype,
    Svarmaate,
    samme_part,
)
from saksgang.tilgang.queries import kan, rettigheter, synlig
from saksgang.tilgang.querysets import synlig_q
from saksgang.tilgang.rules import Handling

_FERDIGE = [Journalstatus.FERDIG, Journalstatus.JOURNALFOERT]
_UNDER_BESVARELSE = Q(maate__in=sorted(AVSLUTTENDE), svar__status=Journalstatus.RESERVERT)
_FORELOEPIG_SENDT = Q(maate=Svarmaate.FORELOEPIG, svar__status__in=_FERDIGE)


MEST = 20
"""So many open letters are asked whether the reader may answer them; a case with more is worked through in turns."""


@dataclass(frozen=True)
class Svarmerke:
    """What a recipient's row says: «Under besvarelse», or with dato «Foreløpig svar sendt».

    svar: the numbers of the answers that the reader may see.
    """

    dato: dt.date | None
    svar: tuple[str, ...]


@dataclass(frozen=True)
class Besvarbar:
    """An open letter that a document may be linked to as its answer. avsender: it goes to the letter's sender."""

    mottaker: InternMottaker
    avsender: bool

    @property
    def journalpost(self) -> Journalpost:
        return self.mottaker.journalpost


def svarmerker(leser: Bruker, mottakere: Iterable[InternMottaker]) -> dict[int, list[Svarmerke]]:
    """Return the marks of these rows by id, in one query: preliminary answers first, then answers under way."""
    ider = [rad.pk for rad in mottakere]
    if not ider:
        return {}
    lenker = (
        Svarlenke.objects.filter(_UNDER_BESVARELSE | _FORELOEPIG_SENDT, mottaker__in=ider, opphevet_tid__isnull=True)
        .select_related("svar__sak")
        .only(
            "mottaker_id", "maate", "svar__status", "svar__journalpostnummer", "svar__ferdig_tid", "svar__noekler",
            "svar__sak__aar", "svar__sak__sekvens",
        )
        .order_by("pk")
    )  # fmt: skip
    rader: dict[int, list[Svarlenke]] = {}
    for lenke in lenker:
        assert lenke.mottaker_id is not None  # noqa: S101 - filtered above
        rader.setdefault(lenke.mottaker_id, []).append(lenke)
    return {pk: merker_av(leser, lenkene) for pk, lenkene in rader.items()}


def merker_av(leser: Bruker, lenker: Iterable[Svarlenke]) -> list[Svarmerke]:
    """Return the marks that standing links to one row give."""
    rett = rettigheter(leser)
    sendte: list[Svarmerke] = []
    under: list[str] = []
    under_besvarelse = False
    for lenke in lenker:
        navn = (str(lenke.svar),) if synlig(lenke.svar, rett) else ()
        if lenke.maate == Svarmaate.FORELOEPIG and lenke.svar.status in _FERDIGE:
            sendte.append(Svarmerke(timezone.localdate(lenke.svar.ferdig_tid), navn))
        elif lenke.maate in AVSLUTTENDE and lenke.svar.status == Journalstatus.RESERVERT:
            under_besvarelse = True
            under += navn
    return [*sendte, Svarmerke(None, tuple(under))] if under_besvarelse else sendte


def svar_paa(journalpost: Journalpost) -> list[Svarlenke]:
    """The links to the answers of a journalpost, oldest first; also to those that the reader may not see.

    What is closed to the reader is told with merker_av, never shown: see synlige.
    """
    return list(_staaende().filter(besvart=journalpost).exclude(svar__status=Journalstatus.UTGAAR))


def synlige(leser: Bruker, lenker: Iterable[Svarlenke]) -> list[Svarlenke]:
    """Of these links, those to answers that the reader may see."""
    rett = rettigheter(leser)
    return [lenke for lenke in lenker if synlig(lenke.svar, rett)]


def besvarte(leser: Bruker, svar: Journalpost) -> list[Svarlenke]:
    """The links to what a document answers and the reader may see, oldest first."""
    return list(_staaende().filter(synlig_q(rettigheter(leser).noekler, "besvart__"), svar=svar))


def _staaende() -> QuerySet[Svarlenke]:
    return (
        Svarlenke.objects.filter(opphevet_tid__isnull=True)
        .select_related(
            "svar__sak", "svar__saksbehandler", "svar__tilgangskode", "besvart__sak", "besvart__tilgangskode",
            "mottaker__avskrivning__maate",
        )
        .order_by("pk")
    )  # fmt: skip


def hent_svarlenke(leser: Bruker, lenke_id: int) -> Svarlenke:
    """Return a standing link from an answer that the reader may see, or IkkeFunnet."""
    lenke = _staaende().filter(synlig_q(rettigheter(leser).noekler, "svar__"), pk=lenke_id).first()
    if lenke is None:
        raise IkkeFunnet
    return lenke


def paabegynt_svar(leser: Bruker, journalpost: Journalpost, maate: str) -> Journalpost | None:
    """The reader's own unfinished answer of this kind to the journalpost, the newest; so that none is made twice."""
    lenke = (
        _staaende()
        .filter(besvart=journalpost, maate=maate, svar__status=Journalstatus.RESERVERT, svar__saksbehandler=leser)
        .filter(synlig_q(rettigheter(leser).noekler, "svar__"))
        .order_by("-pk")
        .first()
    )
    return lenke.svar if lenke is not None else None


def mulige_besvarte(leser: Bruker, svar: Journalpost) -> list[Besvarbar]:
    """The open letters of the case that an outgoing letter may be linked to, those of its recipients first.

    Only what the reader may answer; what it answers already is left out.
    """
    if svar.journalposttype != Journalposttype.UTGAAENDE or svar.status == Journalstatus.UTGAAR:
        return []
    avsendere = Prefetch(
        "journalpost__parter",
        Korrespondansepart.objects.filter(gyldig=True, type=Parttype.AVSENDER).order_by("rekkefoelge", "pk"),
        to_attr="avsendere",
    )
    rader = (
        InternMottaker.objects.restanse()
        .filter(
            synlig_q(rettigheter(leser).noekler, "journalpost__"),
            journalpost__sak=svar.sak_id,
            journalposttype=Journalposttype.INNGAAENDE,
        )
        .exclude(journalpost__in=svar.svarer_paa.filter(opphevet_tid__isnull=True).values("besvart"))
        .select_related("journalpost__sak", "journalpost__tilgangskode", "journalpost__enhet", "bruker", "enhet")
        .prefetch_related(avsendere)
        .order_by("journalpost__journalpostnummer", "pk")
    )
    mottakere = list(svar.parter.filter(gyldig=True).order_by("rekkefoelge", "pk"))
    valg = [
        Besvarbar(
            rad,
            any(samme_part(a, m) for a in rad.journalpost.avsendere for m in mottakere),  # type: ignore[attr-defined]
        )
        for rad in rader
    ]
    valg = sorted(valg, key=lambda b: not b.avsender)[:MEST]
    return [b for b in valg if kan(leser, Handling.BESVARE, b.journalpost)]


def besvarbare_rader(
    leser: Bruker, jp: Journalpost, mottakere: Iterable[InternMottaker], tillatt: Collection[Handling]
) -> list[InternMottaker]:
    """The delivered parts that the reader may answer, one's own alone where there is one (A-52).

    mottakere: the recipients' rows of the journalpost as they stand. tillatt: what the reader may do to it. Nobody
    answers one's own note.
    """
    rader = [rad for rad in mottakere if rad.levert]
    if not SVARMAATER[jp.journalposttype] or jp.status == Journalstatus.UTGAAR or jp.sak.er_avsluttet:
        return []
    if jp.journalposttype not in INTERNE:
        return rader if Handling.BESVARE in tillatt else []
    if jp.saksbehandler_id == leser.pk:
        return []
    egne = [rad for rad in rader if rad.bruker_id == leser.pk]
    return egne or [rad for rad in rader if kan(leser, Handling.BESVARE, rad)]


def valgbare_svarmaater(jp: Journalpost, besvarbare: list[InternMottaker]) -> list[Svarmaate]:
    """The choices of Meny (krav C.1, R-10.2.2.2); for what is written off, the one that writes off nothing."""
    if not besvarbare:
        return []
    avskrevet = all(rad.avskrivning_id is not None for rad in besvarbare)
    return [m for m in SVARMAATER[jp.journalposttype] if not avskrevet or m == Svarmaate.UTEN]
