"""The public's search: in the words that offentlig_rad shows, and in no others."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.search import SearchQueryCombinable, SearchVector
from django.db.models import Case, Exists, Expression, F, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, Concat, Lower

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.kjerne.identifikatorer import SKILLETEGN
from saksgang.kjerne.tekst import normaliser_for_soek
from saksgang.offentlighet.querysets import offentlig_q
from saksgang.sakarkiv.models import Journalpost, Korrespondansepart, Sak
from saksgang.sakarkiv.rules import Journalposttype, Parttype, Saksstatus
from saksgang.sakarkiv.rules.skriveregel import personnavn_i
from saksgang.soek.models import Soekerad
from saksgang.soek.queries import ordsoek

from .offentlig import SIDE, OffentligSak, Postlisterad, oppfoeringer, rader, som_sak

GRENSE = 500
"""More hits than this are not counted."""
SAKER = 50
KANDIDATER = 10_000
"""A word in more rows of the index than this is common."""
NYESTE = ((0, 2_000), (2_000, 8_000), (8_000, 20_000))
"""Among which of the newest a common word is looked for before all are."""

KORTESTE_BEGYNNELSE = 3
"""The last word that is written is also looked for as the beginning of one, from so many letters on."""
_ORD = re.compile(r"\w+")

_NUMMER = re.compile(r"\s*(\d{4})/(\d{1,7})(?:-(\d{1,7}))?\s*")
# What kjerne.tekst folds, for the letters that Norwegian and Sami names are written with.
_FOLDES = str.maketrans("áàâãéèêëíìîïóòôõúùûüýÿñçčšžđŋŧäö", "aaaaeeeeiiiioooouuuuyynccszdntæø")
_USYNLIG = "\u00ad\u200b\u200c\u200d\u2060"
_ELLEVE_SIFRE = rf"(?<!\d)\d{{6}}{SKILLETEGN}{{0,3}}\d{{5}}(?!\d)"

# The outside parties that the entry of each type shows.
_PARTER = Q(journalpost__journalposttype=Journalposttype.INNGAAENDE, type=Parttype.AVSENDER) | Q(
    journalpost__journalposttype=Journalposttype.UTGAAENDE, type__in=[Parttype.MOTTAKER, Parttype.KOPIMOTTAKER]
)


@dataclass(frozen=True, slots=True)
class Soeketreff:
    """What a search found: cases, one page of entries, and how many of these there are up to a cap."""

    saker: list[OffentligSak]
    rader: list[Postlisterad]
    antall: int
    flere: bool
    side: int = 1

    @property
    def sider(self) -> int:
        return max(1, -(-self.antall // SIDE))


def sok(tekst: str, fra: dt.date | None = None, til: dt.date | None = None, *, side: int | None = None) -> Soeketreff:
    """Find entries by the words of their public title and parties, or by number; and cases by their public title.

    All words must be there. Nothing is found by a screened word, by a fødselsnummer, or by the name of a person in an
    entry that is older than one year (offentlegforskrifta § 6 femte ledd); a case in R only through its entries
    (krav R-6.1.R). fra, til: journaldato; with them no cases are looked for. Refused (IkkeFunnet) past the last page.
    """
    poster = oppfoeringer()
    if fra is not None:
        poster = poster.filter(journaldato__gte=fra)
    if til is not None:
        poster = poster.filter(journaldato__lte=til)
    med_saker = fra is None and til is None and side in (None, 1)
    if treff := _NUMMER.fullmatch(tekst):
        saker_, funnet = _paa_nummer(poster, *treff.groups())
    elif ord_ := ordsoek(tekst):
        saker_ = _saker_paa_ord(_med_oppfoering(), ord_) if med_saker else []
        saker_ = _uten_navn_i_gamle(Sak.objects.filter(saksdato__lt=_for_ett_aar_siden(klokke.idag())), saker_, tekst)
        gamle = Journalpost.objects.filter(journaldato__lt=_for_ett_aar_siden(klokke.idag()))
        funnet = _uten_navn_i_gamle(gamle, _poster_paa_ord(poster, ord_), tekst)
    else:
        return Soeketreff([], [], 0, False)
    vises = funnet[:GRENSE]
    if side is not None:
        vises = vises[max(0, side - 1) * SIDE : side * SIDE]
        if side < 1 or (side > 1 and not vises):
            raise IkkeFunnet
    return Soeketreff(
        _hent_saker(saker_) if med_saker else [],
        rader(oppfoeringer().filter(pk__in=vises).order_by("-journaldato", "-journalaar", "-journalsekvens", "-pk"))
        if vises
        else [],
        min(len(funnet), GRENSE),
        len(funnet) > GRENSE,
        side or 1,
    )


def _paa_nummer(
    poster: QuerySet[Journalpost], aar: str, sekvens: str, nummer: str | None
) -> tuple[list[int], list[int]]:
    poster = poster.filter(sak__aar=int(aar), sak__sekvens=int(sekvens)).order_by(
        "-journaldato", "-journalaar", "-journalsekvens", "-pk"
    )
    if nummer is not None:
        return [], list(poster.filter(journalpostnummer=int(nummer)).values_list("pk", flat=True))
    # The number of a case asks for the case, and one in R is on no public case search.
    saker_ = _med_oppfoering().filter(aar=int(aar), sekvens=int(sekvens)).order_by("pk").values_list("pk", flat=True)
    poster = poster.exclude(sak__status=Saksstatus.RESERVERT)
    return list(saker_), list(poster.values_list("pk", flat=True)[: GRENSE + 1])


def _hent_saker(id_er: list[int]) -> list[OffentligSak]:
    funnet = Sak.objects.filter(pk__in=id_er).select_related("enhet").order_by("-aar", "-sekvens", "-pk")
    return [som_sak(rad) for rad in funnet] if id_er else []


def _med_oppfoering() -> QuerySet[Sak]:
    """Cases with something to show, without those that the archive has not controlled (krav R-6.1.R)."""
    return Sak.objects.filter(Exists(oppfoeringer().filter(sak=OuterRef("pk")))).exclude(
        status__in=[Saksstatus.RESERVERT, Saksstatus.UTGAAR]
    )


def _foldet(uttrykk: Any) -> Expression:
    """Text as the index holds it: lower case, accents folded, and no number that may be a fødselsnummer."""
    fra = "".join(map(chr, _FOLDES)) + _USYNLIG
    til = "".join(chr(t) for t in _FOLDES.values())
    liten = Func(Lower(uttrykk), Value(fra), Value(til), function="translate", output_field=TextField())
    return Func(
        liten, Value(_ELLEVE_SIFRE), Value(" "), Value("g"), function="regexp_replace", output_field=TextField()
    )


def _vektor(uttrykk: Any) -> SearchVector:
    return SearchVector(_foldet(uttrykk), config="norwegian")


def _for_ett_aar_siden(idag: dt.date) -> dt.date:
    try:
        return idag.replace(year=idag.year - 1)
    except ValueError:
        return dt.date(idag.year - 1, 2, 28)


def _uten_navn_i_gamle(gamle: QuerySet[Any], funnet: list[int], tekst: str) -> list[int]:
    """Leave out of what was found the old ones that have one of the words as a person's name in their title.

    Also of persons who are no party there: whom a letter is about is named in its title alone.
    """
    spurt = _ORD.findall(normaliser_for_soek(tekst))
    titler = gamle.filter(pk__in=funnet).order_by("pk").values_list("pk", "tittel") if funnet else ()
    ute = {pk for pk, tittel in titler if _nevner_person(tittel, spurt)}
    return [pk for pk in funnet if pk not in ute]


def _nevner_person(tittel: str, spurt: list[str]) -> bool:
    navn = {ordet for navn in personnavn_i(tittel) for ordet in _ORD.findall(normaliser_for_soek(navn))}
    hele = navn | {f"{ordet}s" for ordet in navn} | {ordet.removesuffix("s") for ordet in navn}
    return not hele.isdisjoint(spurt) or (
        len(spurt[-1]) >= KORTESTE_BEGYNNELSE and any(ordet.startswith(spurt[-1]) for ordet in navn)
    )


def _finn(
    alle: QuerySet[Any], medord: QuerySet[Any], objekt_type: str, ord_: list[SearchQueryCombinable], antall: int
) -> list[int]:
    """Return the first ids of medord, which is alle narrowed to what publicly holds the words, in the same order.

    The staff's index holds screened words too: it only says where to look, and lets nothing through that medord does
    not. What is rare is looked up there; what is common is found among the newest.
    """
    indeks = Soekerad.objects.filter(objekt_type=objekt_type, vektor=reduce(and_, ord_)).order_by()
    kandidater = list(indeks.values_list("objekt_id", flat=True)[: KANDIDATER + 1])
    if len(kandidater) <= KANDIDATER:
        return list(medord.filter(pk__in=kandidater).values_list("pk", flat=True)[:antall])
    oppslag = Subquery(indeks.filter(objekt_id=OuterRef("pk")).values("pk")[:1])
    funnet: list[int] = []
    for fra, til in NYESTE:
        nyeste = list(alle.values_list("pk", flat=True)[fra:til])
        treff = medord.filter(pk__in=nyeste).annotate(oppslag=oppslag).filter(oppslag__isnull=False)
        funnet += treff.values_list("pk", flat=True)[:antall]
        if len(funnet) >= antall:
            return funnet[:antall]
        if len(nyeste) < til - fra:
            return funnet
    return list(medord.filter(pk__in=indeks.values("objekt_id")).values_list("pk", flat=True)[:antall])


def _part_vises(prefiks: str = "") -> Q:
    p = prefiks
    return Q(**{f"{p}tilgangskode__isnull": True}) | Q(
        **{f"{p}avskjermingskode__skjermer_part": False, f"{p}avskjermingskode__skjermer_alt": False}
    )


def _personer(ord_: list[SearchQueryCombinable]) -> QuerySet[Korrespondansepart]:
    """Persons shown on entries, named by one of the words."""
    return (
        Korrespondansepart.objects.filter(_PARTER, _part_vises("journalpost__"), gyldig=True, er_person=True)
        .annotate(navneord=_vektor("navn"))
        .filter(navneord=reduce(or_, ord_))
    )


def _poster_paa_ord(poster: QuerySet[Journalpost], ord_: list[SearchQueryCombinable]) -> list[int]:
    """Return entries whose public words hold them all: the same words that offentlig_rad shows."""
    tittel = Case(
        When(tilgangskode__isnull=True, then=F("tittel")),
        When(avskjermingskode__skjermer_tittel=False, avskjermingskode__skjermer_alt=False, then=F("tittel")),
        When(avskjermingskode__skjermer_alt=False, then=F("offentlig_tittel")),
        default=Value(""),
        output_field=TextField(),
    )
    navn = (
        Korrespondansepart.objects.filter(_PARTER, journalpost=OuterRef("pk"), gyldig=True)
        .order_by()
        .values("journalpost")
        .annotate(navn=StringAgg("navn", Value(" ")))
        .values("navn")
    )
    partsnavn = Case(
        When(_part_vises(), then=Coalesce(Subquery(navn), Value(""))), default=Value(""), output_field=TextField()
    )
    gammel = Q(journaldato__lt=_for_ett_aar_siden(klokke.idag()))
    alle = poster.order_by("-journaldato", "-journalaar", "-journalsekvens", "-pk")
    medord = (
        alle.annotate(offentlige_ord=_vektor(Concat(tittel, Value(" "), partsnavn, output_field=TextField())))
        .filter(offentlige_ord=reduce(and_, ord_))
        # By no part of a person's name is an old entry found, in its title neither.
        .exclude(gammel & Exists(_personer(ord_).filter(journalpost=OuterRef("pk"))))
    )
    return _finn(alle, medord, "journalpost", ord_, GRENSE + 1)


def _saker_paa_ord(funnet: QuerySet[Sak], ord_: list[SearchQueryCombinable]) -> list[int]:
    """Return cases whose public title holds them all."""
    tittel = Case(
        When(tilgangskode__isnull=True, then=F("tittel")), default=F("offentlig_tittel"), output_field=TextField()
    )
    gammel = Q(saksdato__lt=_for_ett_aar_siden(klokke.idag()))
    personer = _personer(ord_).filter(offentlig_q(klokke.naa(), "journalpost__"), journalpost__sak=OuterRef("pk"))
    alle = funnet.order_by("-aar", "-sekvens", "-pk")
    medord = (
        alle.annotate(offentlige_ord=_vektor(tittel))
        .filter(offentlige_ord=reduce(and_, ord_))
        .exclude(gammel & Exists(personer))
    )
    return _finn(alle, medord, "sak", ord_, SAKER)
