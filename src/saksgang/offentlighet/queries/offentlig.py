"""What the public sees of the journal: plain words, made in one place from what C.11 lets out."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.kjerne.identifikatorer import masker_foedselsnumre
from saksgang.lager.models import Fil
from saksgang.lager.store import lesbar
from saksgang.offentlighet.querysets import offentlig_fil_q, offentlig_q
from saksgang.offentlighet.rules import STJERNER
from saksgang.sakarkiv.models import Dokument, InternMottaker, Journalpost, Korrespondansepart, Sak
from saksgang.sakarkiv.rules import Journalposttype, Parttype

from .filkontroll import hent_publisering, publisert_fil
from .publisering import FORMATER, aapen_kilde, dokumenter, gjeldende_sladding

SIDE = 100
"""Entries on one page that people read. What machines fetch comes whole."""

_STJERNER = re.compile(r"\*+(?:\s*\*+)*")


@dataclass(frozen=True, slots=True)
class OffentligDokument:
    """A document of an entry. fil: «PDF, 412 kB» when the public may open it, else empty; sladdet: it is redacted.

    Of an entry with a code only those that are redacted, without their titles.
    """

    nummer: str
    tilknytning: str
    tittel: str
    fil: str
    sladdet: bool = False


@dataclass(frozen=True, slots=True)
class Postlisterad:
    """One entry of the public journal (offentlegforskrifta § 6): nothing here is secret, and nothing else is shown."""

    aar: str
    sekvens: str
    nummer: str
    journalnummer: str
    type: str
    typenavn: str
    tittel: str
    sakstittel: str
    fra: tuple[str, ...]
    til: tuple[str, ...]
    kopi: tuple[str, ...]
    unntatt: bool
    hjemmel: str
    journaldato: str
    dokumentdato: str
    publisert: str
    kontakt: str
    dokumenter: tuple[OffentligDokument, ...]

    @property
    def saksnummer(self) -> str:
        return f"{self.aar}/{self.sekvens}"

    @property
    def dokumentnummer(self) -> str:
        return f"{self.saksnummer}-{self.nummer}"


@dataclass(frozen=True, slots=True)
class Side:
    """A page of a list, and how many there are in all."""

    rader: list[Postlisterad]
    antall: int
    side: int = 1

    @property
    def sider(self) -> int:
        return max(1, -(-self.antall // SIDE))


@dataclass(frozen=True, slots=True)
class OffentligSak:
    """A case as the public sees it: its number, public title, and the unit to turn to."""

    aar: str
    sekvens: str
    tittel: str
    kontakt: str
    poster: Side = field(default_factory=lambda: Side([], 0))

    @property
    def saksnummer(self) -> str:
        return f"{self.aar}/{self.sekvens}"


@dataclass(frozen=True, slots=True)
class Dagsoversikt:
    """How complete a day is: entries shown, how many of them are exempt, and of which type."""

    antall: int
    unntatt: int
    typer: dict[str, int]

    @property
    def aapne(self) -> int:
        return self.antall - self.unntatt


@dataclass(frozen=True, slots=True)
class OffentligFil:
    """A file that the public may open, under a name made from its number."""

    navn: str
    mimetype: str
    stoerrelse: int
    sha256: str
    fil: Fil


def ren(tekst: str) -> str:
    """Return the text without what takes no room, and with stars in place of every fødselsnummer (krav C.11)."""
    synlig = "".join(" " if t.isspace() else t for t in tekst if t.isspace() or unicodedata.category(t)[0] != "C")
    return masker_foedselsnumre(" ".join(synlig.split()))


def _skjermet(offentlig_tittel: str) -> str:
    """Return the written public title, with five stars for each run of them, whatever was written; or only those."""
    return _STJERNER.sub(STJERNER, ren(offentlig_tittel)) or STJERNER


def typenavn(type_: str) -> str:
    """Return the word for a type; X is never on the list, so an N is simply a note."""
    return "Notat" if type_ == Journalposttype.NOTAT else str(Journalposttype(type_).label)


def offentlig_sakstittel(sak: Sak) -> str:
    """Return a case's title as the public sees it: its code screens it (A-36)."""
    return ren(sak.tittel) if sak.tilgangskode_id is None else _skjermet(sak.offentlig_tittel)


def _skjermer_alt(jp: Journalpost) -> bool:
    return jp.tilgangskode_id is not None and (jp.avskjermingskode is None or jp.avskjermingskode.skjermer_alt)


def offentlig_tittel(jp: Journalpost) -> str:
    """Return an entry's title as the public sees it, by its code and avskjermingskode."""
    if _skjermer_alt(jp):
        return STJERNER
    if jp.tilgangskode_id is not None and jp.avskjermingskode is not None and jp.avskjermingskode.skjermer_tittel:
        return _skjermet(jp.offentlig_tittel)
    return ren(jp.tittel)


def offentlig_rad(journalpost: Journalpost) -> Postlisterad:
    """Return the entry as the public sees it, by the code, avskjermingskode and hjemmel on it (krav C.11 step 6, 7).

    Whether it is shown at all is offentlig_q; this also serves a preview of what a grading would leave. A code
    without avskjermingskode hides everything.
    """
    jp, sak = journalpost, journalpost.sak
    kodet = jp.tilgangskode_id is not None
    avskjerming = jp.avskjermingskode if kodet else None
    alt = _skjermer_alt(jp)
    fra, til, kopi = _parter(jp, skjul=alt or (avskjerming is not None and avskjerming.skjermer_part), alt=alt)
    return Postlisterad(
        aar=str(sak.aar),
        sekvens=str(sak.sekvens),
        nummer=str(jp.journalpostnummer),
        journalnummer=f"{jp.journalaar}/{jp.journalsekvens}" if jp.journalsekvens else "",
        type=str(jp.journalposttype),
        typenavn=typenavn(jp.journalposttype),
        tittel=offentlig_tittel(jp),
        sakstittel=offentlig_sakstittel(sak),
        fra=fra,
        til=til,
        kopi=kopi,
        unntatt=kodet,
        hjemmel=jp.hjemmel.visning if kodet and jp.hjemmel is not None else "",
        journaldato=jp.journaldato.isoformat() if jp.journaldato else "",
        dokumentdato="" if alt or not jp.dokumentdato else jp.dokumentdato.isoformat(),
        publisert=timezone.localtime(jp.publiseres_tid).isoformat(timespec="minutes") if jp.publiseres_tid else "",
        kontakt=ren(sak.enhet.navn),
        dokumenter=_sladdede(jp) if kodet else tuple(_dokument(d) for d in _gjeldende(jp)),
    )


def _parter(jp: Journalpost, *, skjul: bool, alt: bool) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return from, to and copy: outside parties by name, people of the municipality by their unit."""
    stjerner = (STJERNER,)
    if alt or (skjul and jp.journalposttype == Journalposttype.NOTAT):
        return stjerner, stjerner, ()
    egen = (ren(jp.enhet.navn),)
    if jp.journalposttype == Journalposttype.INNGAAENDE:
        return stjerner if skjul else _navn(jp, Parttype.AVSENDER), egen, ()
    if jp.journalposttype == Journalposttype.UTGAAENDE:
        if skjul:
            return egen, stjerner, ()
        return egen, _navn(jp, Parttype.MOTTAKER), _navn(jp, Parttype.KOPIMOTTAKER)
    if jp.journalposttype == Journalposttype.NOTAT:
        mottakere = sorted((m for m in jp.interne_mottakere.all() if m.gyldig), key=lambda m: m.pk)
        return egen, tuple(dict.fromkeys(ren(m.enhet.navn) for m in mottakere)), ()
    return egen, (), ()


def _navn(jp: Journalpost, type_: str) -> tuple[str, ...]:
    parter = (p for p in jp.parter.all() if p.gyldig and p.type == type_)
    return tuple(ren(p.navn) for p in sorted(parter, key=lambda p: (p.rekkefoelge, p.pk)))


def _gjeldende(jp: Journalpost) -> list[Dokument]:
    return sorted((d for d in jp.dokumenter.all() if d.utgaatt_tid is None), key=lambda d: (d.nummer, d.pk))


def _sladdede(jp: Journalpost) -> tuple[OffentligDokument, ...]:
    """Return what the public may open of an entry with a code: what is redacted and approved (krav R-7.0.3)."""
    rader = (_dokument(d, tittel=f"Sladdet {d.get_tilknytning_display().lower()}") for d in _gjeldende(jp))
    return tuple(rad for rad in rader if rad.fil)


def _dokument(dokument: Dokument, tittel: str = "") -> OffentligDokument:
    if dokument.lenket_fra_id is not None and aapen_kilde(dokument) is None:
        return OffentligDokument(str(dokument.nummer), dokument.get_tilknytning_display(), STJERNER, "")
    fil = publisert_fil(dokument) if settings.FULLTEKST_PAA_POSTLISTE else None
    return OffentligDokument(
        nummer=str(dokument.nummer),
        tilknytning=dokument.get_tilknytning_display(),
        tittel=tittel or ren(dokument.tittel),
        fil=f"{FORMATER[fil.mimetype][0]}, {lesbar(fil.stoerrelse)}" if fil else "",
        sladdet=fil is not None and gjeldende_sladding(aapen_kilde(dokument) or dokument) is not None,
    )


# ── Lists ────────────────────────────────────────────────


def oppfoeringer() -> QuerySet[Journalpost]:
    """The entries of the net list now, unordered: every list of this file begins here."""
    return Journalpost.objects.filter(offentlig_q(klokke.naa()))


def rader(poster: QuerySet[Journalpost]) -> list[Postlisterad]:
    """Return entries as the public sees them, in a number of queries that does not grow with them."""
    funnet = poster.select_related("sak__enhet", "enhet", "avskjermingskode", "hjemmel").prefetch_related(
        Prefetch("parter", Korrespondansepart.objects.filter(gyldig=True).order_by("pk")),
        Prefetch(
            "interne_mottakere",
            InternMottaker.objects.filter(gyldig=True, journalposttype=Journalposttype.NOTAT)
            .select_related("enhet")
            .order_by("pk"),
        ),
        Prefetch("dokumenter", dokumenter()),
    )
    poster_ = list(funnet)
    hent_publisering([dokument for jp in poster_ for dokument in jp.dokumenter.all()])
    return [offentlig_rad(jp) for jp in poster_]


def _side(poster: QuerySet[Journalpost], side: int | None) -> Side:
    """Return one page; the whole list for None. Refused (IkkeFunnet) past the last page."""
    if side is None:
        alle = rader(poster)
        return Side(alle, len(alle))
    antall = poster.order_by().count()
    if side < 1 or (side > 1 and (side - 1) * SIDE >= antall):
        raise IkkeFunnet
    return Side(rader(poster[(side - 1) * SIDE : side * SIDE]), antall, side)


def postliste_dag(dato: dt.date, side: int | None = None, *, type_: str = "") -> Side:
    """Return the entries with this journaldato, in the order of the journal; the whole day without a page."""
    poster = oppfoeringer().filter(journaldato=dato).order_by("journaldato", "journalaar", "journalsekvens", "pk")
    return _side(poster.filter(journalposttype=type_) if type_ else poster, side)


def dagsoversikt(dato: dt.date) -> Dagsoversikt:
    """Return how many entries the day has, how many are exempt, and how many there are of each type."""
    grupper = list(
        oppfoeringer()
        .filter(journaldato=dato)
        .values("journalposttype")
        .annotate(antall=Count("pk"), unntatt=Count("pk", filter=Q(tilgangskode__isnull=False)))
        .order_by("journalposttype")
    )
    return Dagsoversikt(
        sum(g["antall"] for g in grupper),
        sum(g["unntatt"] for g in grupper),
        {t.value: g["antall"] for t in Journalposttype for g in grupper if g["journalposttype"] == t},
    )


def dager(fra: dt.date, til: dt.date) -> dict[dt.date, int]:
    """Return the days of a period that have entries, each with its number of them."""
    tall = (
        oppfoeringer()
        .filter(journaldato__range=(fra, til))
        .values("journaldato")
        .annotate(antall=Count("pk"))
        .order_by("journaldato")
    )
    return {rad["journaldato"]: rad["antall"] for rad in tall if rad["journaldato"]}


def _foerste_dag(poster: QuerySet[Journalpost]) -> dt.date | None:
    return poster.values_list("journaldato", flat=True).first()


def nabodager(dato: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Return the nearest day with entries before this one, and the nearest after it."""
    return (
        _foerste_dag(oppfoeringer().filter(journaldato__lt=dato).order_by("-journaldato", "-pk")),
        _foerste_dag(oppfoeringer().filter(journaldato__gt=dato).order_by("journaldato", "pk")),
    )


def periode() -> tuple[dt.date | None, dt.date | None]:
    """Return the first and the last day that have entries."""
    return (
        _foerste_dag(oppfoeringer().order_by("journaldato", "pk")),
        _foerste_dag(oppfoeringer().order_by("-journaldato", "-pk")),
    )


def sist_publisert(antall: int = SIDE) -> list[Postlisterad]:
    """Return the entries that came last, newest first, late ones by the day they came (krav R-9.2.1.5)."""
    return rader(oppfoeringer().order_by("-publiseres_tid", "-pk")[:antall])


def sak(aar: int, sekvens: int, side: int | None = None) -> OffentligSak:
    """Return a case with its public entries, or IkkeFunnet when it has none."""
    rad = Sak.objects.filter(aar=aar, sekvens=sekvens).select_related("enhet").first()
    if rad is None:
        raise IkkeFunnet
    poster = _side(oppfoeringer().filter(sak=rad).order_by("journalpostnummer", "pk"), side)
    if poster.antall == 0:
        raise IkkeFunnet
    return som_sak(rad, poster)


def som_sak(rad: Sak, poster: Side | None = None) -> OffentligSak:
    """Return a case as the public sees it."""
    return OffentligSak(
        str(rad.aar), str(rad.sekvens), offentlig_sakstittel(rad), ren(rad.enhet.navn), poster or Side([], 0)
    )


def oppfoering(aar: int, sekvens: int, nummer: int) -> Postlisterad:
    """Return one entry, or IkkeFunnet: the same for what is not published as for what never was."""
    funnet = rader(
        oppfoeringer().filter(sak__aar=aar, sak__sekvens=sekvens, journalpostnummer=nummer).order_by("pk")[:1]
    )
    if not funnet:
        raise IkkeFunnet
    return funnet[0]


def dokument(aar: int, sekvens: int, nummer: int, dokumentnummer: int) -> OffentligFil:
    """Return the file of one document, or IkkeFunnet unless the entry is public, and this file of it, and full text on.

    Refused the same way for a file that is not checked, or is held back for what was found in it
    (offentlegforskrifta § 7 andre ledd): what the lists do not show is not there.
    """
    rad = (
        dokumenter()
        .filter(
            offentlig_fil_q(klokke.naa(), "journalpost__"),
            journalpost__sak__aar=aar,
            journalpost__sak__sekvens=sekvens,
            journalpost__journalpostnummer=nummer,
            nummer=dokumentnummer,
        )
        .first()
    )
    fil = publisert_fil(rad) if rad is not None else None
    if fil is None:
        raise IkkeFunnet
    navn = f"{aar}-{sekvens}-{nummer}-{dokumentnummer}.{FORMATER[fil.mimetype][1]}"
    return OffentligFil(navn, fil.mimetype, fil.stoerrelse, fil.sha256, fil)
