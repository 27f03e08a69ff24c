"""The offentlig journal that anybody may have on request, and how complete the net list is (krav C.11)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, TruncDate

from saksgang.kjerne import klokke
from saksgang.kjerne.arbeidsdager import arbeidsdager_mellom
from saksgang.kjerne.periode import krev_periode
from saksgang.offentlighet.filkontroll.regler import REGLER
from saksgang.offentlighet.models import Publiseringsstopp
from saksgang.offentlighet.querysets import offentlig_q, postlistetyper
from saksgang.sakarkiv.models import Journalpost
from saksgang.sakarkiv.rules import Journalstatus

from .offentlig import Postlisterad, rader

JOURNALSIDE = 100
FORSINKELSER = ("Samme dag", "1 arbeidsdag", "2 arbeidsdager", "3–5 arbeidsdager", "Over 5 arbeidsdager")


def offentlig_journal(fra: dt.date, til: dt.date) -> QuerySet[Journalpost]:
    """Return every entry of the offentlig journal with journaldato in the period, in the order of the journal.

    What the net list leaves out by choice is here: X, personnel and pupil files, and what waits for its delay. What is
    not journalised, or blocked while its grading is assessed, is not. Refused when the period is turned around or
    longer than a year.
    """
    krev_periode(fra, til)
    return Journalpost.objects.filter(
        journaldato__range=(fra, til),
        status=Journalstatus.JOURNALFOERT,
        xx_frist__isnull=True,
        forslag_sperrer=False,
    ).order_by("journaldato", "journalaar", "journalsekvens", "pk")


def journalrader(poster: QuerySet[Journalpost]) -> list[Postlisterad]:
    """Return entries of the offentlig journal as the public may read them: screened by their code."""
    return rader(poster)


def journalstroem(poster: QuerySet[Journalpost]) -> Iterator[Postlisterad]:
    """Yield the same one by one, a page at a time, for a file: the last page costs no more than the first."""
    id_er = list(poster.values_list("pk", flat=True))
    for start in range(0, len(id_er), JOURNALSIDE):
        yield from rader(poster.filter(pk__in=id_er[start : start + JOURNALSIDE]))


@dataclass(frozen=True)
class Journaldag:
    """One day of the journal: how many were journalised, how many the net list shows, screened or withheld, and why."""

    dato: dt.date
    journalfoert: int
    publisert: int
    skjermet: int
    holdt_utenfor: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Nummerhull:
    """A journal number of the period that the journal does not show, and the reason."""

    journalnummer: str
    aarsak: str


@dataclass(frozen=True)
class Fullstendighet:
    """A month of the journal beside the net list. stoppet: documents held back for what was found in them, by rule."""

    dager: tuple[Journaldag, ...]
    hjemler: tuple[tuple[str, int], ...]
    hull: tuple[Nummerhull, ...]
    forsinkelser: tuple[tuple[str, int], ...]
    stoppet: tuple[tuple[str, int], ...]

    @property
    def journalfoert(self) -> int:
        return sum(dag.journalfoert for dag in self.dager)

    @property
    def publisert(self) -> int:
        return sum(dag.publisert for dag in self.dager)

    @property
    def skjermet(self) -> int:
        return sum(dag.skjermet for dag in self.dager)


def fullstendighet(fra: dt.date, til: dt.date) -> Fullstendighet:
    """Return how the net list stands to the journal in a period: only numbers, dates and hjemler, nothing of what."""
    naa = klokke.naa()
    journalfoerte = Journalpost.objects.filter(journaldato__range=(fra, til), status=Journalstatus.JOURNALFOERT)
    ute = offentlig_q(naa)
    per_dag = (
        journalfoerte.order_by()
        .annotate(aarsak=_aarsak(naa))
        .values("journaldato", "aarsak")
        .annotate(antall=Count("pk"), skjermet=Count("pk", filter=ute & Q(tilgangskode__isnull=False)))
    )
    dager: dict[dt.date, dict[str, tuple[int, int]]] = {}
    for rad in per_dag:
        if rad["journaldato"] is not None:
            dager.setdefault(rad["journaldato"], {})[rad["aarsak"]] = (rad["antall"], rad["skjermet"])
    hjemler = (
        journalfoerte.filter(ute, tilgangskode__isnull=False)
        .order_by()
        .values_list(Coalesce("hjemmel__visning", Value("Uten hjemmel")))
        .annotate(antall=Count("pk"))
        .order_by("-antall", "hjemmel__visning")
    )
    return Fullstendighet(
        dager=tuple(_dag(dato, grupper) for dato, grupper in sorted(dager.items())),
        hjemler=tuple((navn, antall) for navn, antall in hjemler),
        hull=tuple(_hull(fra, til)),
        forsinkelser=_forsinkelser(journalfoerte.filter(ute)),
        stoppet=_stoppet(journalfoerte.filter(ute)),
    )


def _stoppet(poster: QuerySet[Journalpost]) -> tuple[tuple[str, int], ...]:
    """Return how many documents are held back, by the rule that does; a document may be held back by several."""
    tall: Counter[str] = Counter()
    aapne = Publiseringsstopp.objects.filter(lukket_tid__isnull=True, dokument__journalpost__in=poster)
    for regler in aapne.order_by().values_list("regler", flat=True):
        tall.update(regler)
    return tuple((REGLER[regel].navn, antall) for regel, antall in tall.most_common())


def _aarsak(naa: dt.datetime) -> Case:
    """Why an entry is not on the net list, in the order of C.11; empty for one that is."""
    utenfor = Q(sak__arkivdel__publiseres=False) | Q(sak__sakstype__unntatt_nett=True)
    return Case(
        When(offentlig_q(naa), then=Value("")),
        When(~Q(journalposttype__in=sorted(postlistetyper())), then=Value("Typen føres ikke på nettet")),
        When(Q(xx_frist__isnull=False) | Q(forslag_sperrer=True), then=Value("Gradering ikke avgjort")),
        When(utenfor, then=Value("Arkivdelen eller sakstypen er ikke på nettet")),
        default=Value("Venter på publisering"),
        output_field=CharField(),
    )


def _dag(dato: dt.date, grupper: dict[str, tuple[int, int]]) -> Journaldag:
    publisert, skjermet = grupper.get("", (0, 0))
    holdt = sorted((aarsak, antall) for aarsak, (antall, _) in grupper.items() if aarsak)
    return Journaldag(dato, sum(antall for antall, _ in grupper.values()), publisert, skjermet, tuple(holdt))


def _hull(fra: dt.date, til: dt.date) -> list[Nummerhull]:
    """Return numbers given in the period to what is not journalised now. A number is never missing without a row."""
    poster = Journalpost.objects.filter(journaldato__range=(fra, til)).exclude(status=Journalstatus.JOURNALFOERT)
    return [
        Nummerhull(
            f"{aar}/{sekvens}",
            "Utgått" if status == Journalstatus.UTGAAR else f"{status} {Journalstatus(status).label}, ikke journalført",
        )
        for aar, sekvens, status in poster.order_by("journalaar", "journalsekvens").values_list(
            "journalaar", "journalsekvens", "status"
        )
    ]


def _forsinkelser(poster: QuerySet[Journalpost]) -> tuple[tuple[str, int], ...]:
    """Return how many entries came on the net list how many working days after their journaldato."""
    tall: Counter[str] = Counter()
    for journaldato, ute, antall in (
        poster.order_by()
        .annotate(ute=TruncDate("publiseres_tid"))
        .values_list("journaldato", "ute")
        .annotate(antall=Count("pk"))
    ):
        if journaldato is not None and ute is not None:
            tall[_klasse(arbeidsdager_mellom(journaldato, ute) if ute > journaldato else 0)] += antall
    return tuple((navn, tall[navn]) for navn in FORSINKELSER)


def _klasse(arbeidsdager: int) -> str:
    return FORSINKELSER[arbeidsdager] if arbeidsdager < 3 else FORSINKELSER[3 if arbeidsdager <= 5 else 4]
