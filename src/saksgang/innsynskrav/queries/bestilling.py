"""What the requester sees: the basket before, and one's own page after. Nothing is found here but what is public."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from saksgang.innsynskrav.models import Innsynsklage, Innsynskrav, Innsynssvar, Utlevering
from saksgang.innsynskrav.rules import FLEST_POSTER, Frist, Kravtilstand, siste_klagedag
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.lager.models import Fil
from saksgang.offentlighet.queries import Postlisterad
from saksgang.offentlighet.queries.offentlig import oppfoeringer, rader
from saksgang.sakarkiv.models import Journalpost

from .krav import forbi_fristen, frister, har_bedt_om_begrunnelse, klagefrist_fra, linjer, poster, titler
from .noekkel import hash_av
from .svar import besvarte, dokumentnavn

_REFERANSE = re.compile(r"([12]\d{3})[-/](\d{1,7})-(\d{1,7})")


def les_referanser(tekster: Iterable[str]) -> list[tuple[int, int, int]]:
    """Return the entries that the texts name («2026-101-5»), each once; what is no number is left out."""
    funnet = (_REFERANSE.fullmatch(tekst.strip()) for tekst in tekster)
    return list(dict.fromkeys((int(t[1]), int(t[2]), int(t[3])) for t in funnet if t))[: FLEST_POSTER + 1]


def bestilte_poster(referanser: Sequence[tuple[int, int, int]]) -> list[Journalpost]:
    """Return those of the entries that stand on the public list now: what does not, is not found, whatever it is."""
    if not referanser:
        return []
    valgt = Q()
    for aar, sekvens, nummer in referanser:
        valgt |= Q(sak__aar=aar, sak__sekvens=sekvens, journalpostnummer=nummer)
    return list(
        oppfoeringer()
        .filter(valgt)
        .select_related("sak")
        .order_by("sak__aar", "sak__sekvens", "journalpostnummer", "pk")
    )


def kurvrader(referanser: Sequence[tuple[int, int, int]]) -> list[Postlisterad]:
    """Return the basket's entries as the public sees them."""
    ider = [jp.pk for jp in bestilte_poster(referanser)]
    if not ider:
        return []
    return rader(oppfoeringer().filter(pk__in=ider).order_by("sak__aar", "sak__sekvens", "journalpostnummer", "pk"))


@dataclass(frozen=True)
class Svarlinje:
    """A document in the answer."""

    navn: str
    tittel: str
    utfall: str
    hjemmel: str
    fil_id: int | None = None


@dataclass(frozen=True)
class Kravside:
    """All that a requester may know of the own request."""

    krav: Innsynskrav
    bedt_om: list[str]
    frister: list[Frist]
    svar: list[Innsynssvar]
    dokumenter: list[Svarlinje]
    kan_klage: bool
    kan_be_om_begrunnelse: bool
    klagefrist: dt.date | None
    regnes_som_avslag: bool
    avsluttet: bool
    klage: Innsynsklage | None


def krav_for(noekkel: str) -> Innsynskrav:
    """Return the request of a secret address, or IkkeFunnet: unknown and expired keys are the same."""
    krav = Innsynskrav.objects.filter(noekkel_hash=hash_av(noekkel)).first()
    if krav is None or (krav.noekkel_til is not None and krav.noekkel_til < klokke.idag()):
        raise IkkeFunnet
    return krav


def kravside(noekkel: str) -> Kravside:
    """Return the requester's page. Refused (IkkeFunnet) without the key."""
    return siden_til(krav_for(noekkel))


def siden_til(krav: Innsynskrav) -> Kravside:
    """Return what the requester may know and do, for those who handle the request too, also when the key has ended."""
    svar = list(krav.svar.order_by("pk"))
    siste = next((s for s in reversed(svar) if s.slag == "svar"), None)
    utlevert = {u.vurdering_id: u.pk for u in _utleveringer(krav)} if siste else {}
    bedte = [jp for jp, _ in poster(linjer(krav))]
    kjente = titler(bedte)
    bedt_om = [f"{jp} {kjente[jp.pk]}".strip() for jp in bedte]
    forbi = forbi_fristen(krav)
    # What was ended without an answer by the municipality alone is a refusal, and must not be the last word.
    avsluttet = krav.tilstand == Kravtilstand.TRUKKET and siste is None
    svart = klagefrist_fra(krav)
    klagefrist = siste_klagedag(svart) if svart is not None else None
    i_tide = klagefrist is not None and klokke.idag() <= klagefrist
    return Kravside(
        krav=krav,
        bedt_om=bedt_om,
        frister=frister(krav),
        svar=svar,
        dokumenter=[
            Svarlinje(
                dokumentnavn(linje),
                kjente[linje.journalpost_id],
                vurdering.get_utfall_display(),
                vurdering.full_hjemmel,
                utlevert.get(vurdering.pk),
            )
            for linje, vurdering in (besvarte(krav, siste) if siste is not None else [])
        ],
        kan_klage=forbi or avsluttet or (i_tide and krav.tilstand in (Kravtilstand.BESVART, Kravtilstand.BEGRUNNELSE)),
        kan_be_om_begrunnelse=i_tide and krav.tilstand == Kravtilstand.BESVART and not har_bedt_om_begrunnelse(krav),
        klagefrist=klagefrist,
        regnes_som_avslag=forbi,
        avsluttet=avsluttet,
        klage=krav.klager.order_by("-pk").first(),
    )


def _utleveringer(krav: Innsynskrav) -> list[Utlevering]:
    """Return what the last answer handed out."""
    svar = krav.svar.filter(slag="svar").order_by("-pk").first()
    return list(svar.utleveringer.select_related("fil", "vurdering__linje__journalpost").order_by("pk")) if svar else []


def utlevert_fil(noekkel: str, pk: int) -> Utlevering:
    """Return one file that the last answer to this very request handed out, or IkkeFunnet."""
    krav = krav_for(noekkel)
    utlevert = next((u for u in _utleveringer(krav) if u.pk == pk), None)
    if utlevert is None:
        raise IkkeFunnet
    return utlevert


def svarbrev(noekkel: str, pk: int) -> Fil:
    """Return a letter about this very request, or IkkeFunnet."""
    svar = krav_for(noekkel).svar.filter(pk=pk).select_related("brev").first()
    if svar is None:
        raise IkkeFunnet
    return svar.brev
