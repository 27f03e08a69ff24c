"""What the page of a case shows, and the lists of cases."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Dokument, InternMottaker, Journalpost, Merknad, Sak
from saksgang.sakarkiv.rules import AAPNE_SAKSSTATUSER, EGENPRODUSERTE, Journalposttype, Journalstatus, Saksstatus
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.querysets import synlig_q
from saksgang.tilgang.rules import Funksjon

from .saker import journalposter_i_sak

_INN_OG_UT = [Journalposttype.INNGAAENDE, Journalposttype.UTGAAENDE]


@dataclass(frozen=True)
class Journalpostantall:
    """How many journalposter of a case the reader may see, in all and per filter."""

    alle: int
    ubesvarte: int
    inn_og_ut: int
    under_arbeid: int
    utgaatte: int
    ikke_journalfoert: int


def _ubesvart() -> Exists:
    return Exists(InternMottaker.objects.restanse().filter(journalpost=OuterRef("pk")))


def tell_journalposter(leser: Bruker, sak: Sak) -> Journalpostantall:
    """Count the journalposter of a case for the filters of its list, in one query."""
    gjelder = ~Q(status=Journalstatus.UTGAAR)
    tall = (
        journalposter_i_sak(leser, sak, vis_utgaatte=True)
        .order_by()
        .annotate(ubesvart=_ubesvart())
        .aggregate(
            alle=Count("pk", filter=gjelder),
            ubesvarte=Count("pk", filter=gjelder & Q(ubesvart=True)),
            inn_og_ut=Count("pk", filter=gjelder & Q(journalposttype__in=_INN_OG_UT)),
            under_arbeid=Count("pk", filter=gjelder & Q(status=Journalstatus.RESERVERT)),
            utgaatte=Count("pk", filter=~gjelder),
            ikke_journalfoert=Count("pk", filter=gjelder & ~Q(status=Journalstatus.JOURNALFOERT)),
        )
    )
    return Journalpostantall(**tall)


def journalpostrader(
    leser: Bruker, sak: Sak, *, vis: str = "", vis_utgaatte: bool = False, under: int | None = None
) -> QuerySet[Journalpost]:
    """The rows of the case's list, newest number first, with recipients in to_attr «mottakerrader».

    vis: «ubesvarte», «innogut» or «arbeid» narrows. under: only numbers below this one (the next page).
    """
    rader = journalposter_i_sak(leser, sak, vis_utgaatte=vis_utgaatte)
    if vis == "ubesvarte":
        rader = rader.filter(_ubesvart())
    elif vis == "innogut":
        rader = rader.filter(journalposttype__in=_INN_OG_UT)
    elif vis == "arbeid":
        rader = rader.filter(status=Journalstatus.RESERVERT, journalposttype__in=sorted(EGENPRODUSERTE))
    if under is not None:
        rader = rader.filter(journalpostnummer__lt=under)
    vedlegg = (
        Dokument.objects.filter(
            journalpost=OuterRef("pk"), utgaatt_tid__isnull=True, tilknytning=Dokument.Tilknytning.VEDLEGG
        )
        .order_by()
        .values("journalpost")
        .annotate(n=Count("pk"))
        .values("n")
    )
    mottakere = (
        InternMottaker.objects.filter(gyldig=True)
        .select_related("bruker", "enhet", "avskrivning__maate")
        .order_by("pk")
    )
    return (
        rader.annotate(antall_vedlegg=Coalesce(Subquery(vedlegg), 0))
        .prefetch_related(Prefetch("interne_mottakere", mottakere, to_attr="mottakerrader"))
        .order_by("-journalpostnummer", "-pk")
    )


def relevante_dokumenter(leser: Bruker, sak: Sak) -> QuerySet[Journalpost]:
    """Those marked as relevant to the treatment of the case that the reader may see, in order of number."""
    return journalposter_i_sak(leser, sak).filter(relevant_for_behandling=True)


def graderinger_i_sak(leser: Bruker, sak: Sak) -> QuerySet[Journalpost]:
    """The journalposter of a case that the reader may see, those without a decided code first (krav R-7.1.7).

    The code of a case does not exempt what is in it: each document is decided for itself (A-36).
    """
    rader = journalposter_i_sak(leser, sak).select_related("tilgangskode", "hjemmel", "enhet", "sak")
    uten_kode = Case(When(tilgangskode__isnull=True, then=0), default=1)
    return rader.order_by(uten_kode, "journalpostnummer", "pk")


def journalpostnumre(leser: Bruker, sak: Sak) -> dict[int, int]:
    """Return id → number of the journalposter that the reader may see, cancelled ones too."""
    rader = journalposter_i_sak(leser, sak, vis_utgaatte=True).values_list("pk", "journalpostnummer")
    return dict(rader)


def saker_i_mine_enheter(leser: Bruker, *, vis_avsluttede: bool = False) -> QuerySet[Sak]:
    """Cases of the reader's own unit and of those that the reader leads, last changed first."""
    enheter = set(rettigheter(leser).enheter(Funksjon.LEDE))
    if leser.enhet_id is not None:
        enheter.add(leser.enhet_id)
    statuser = [*AAPNE_SAKSSTATUSER, Saksstatus.AVSLUTTET] if vis_avsluttede else AAPNE_SAKSSTATUSER
    return (
        Sak.objects.filter(synlig_q(rettigheter(leser).noekler), enhet_id__in=sorted(enheter), status__in=statuser)
        .select_related("saksansvarlig", "enhet")
        .order_by("-sist_endret", "-pk")
    )


def ukontrollert(leser: Bruker, sak: Sak) -> bool:
    """Whether the case is journalised in, as far as the reader sees, before the archive controlled it (R-10.3.1.9)."""
    return (
        sak.status == Saksstatus.RESERVERT
        and Journalpost.objects.filter(
            synlig_q(rettigheter(leser).noekler), sak=sak, status=Journalstatus.JOURNALFOERT
        ).exists()
    )


def alt_er_gjort(sak: Sak) -> bool:
    """Whether nothing is left to do in the case before it may be wished closed (krav R-10.2.2.9).

    Everything is answered or written off, no document is unfinished, and no ØA stands. Asked unfiltered: what the
    reader may not see counts too. A case that is exempt from process control is never asked about.
    """
    uferdige = [Journalstatus.MIDLERTIDIG, Journalstatus.REGISTRERT, Journalstatus.RESERVERT]
    poster = Journalpost.objects.filter(sak=OuterRef("pk"))
    oea = Merknad.objects.filter(
        sak=OuterRef("pk"), journalpost__isnull=True, type__kode="ØA", trukket_tid__isnull=True
    )
    return Sak.objects.filter(
        Exists(poster.uten_utgaatte()),
        ~Exists(poster.filter(status__in=uferdige)),
        ~Exists(InternMottaker.objects.restanse().filter(journalpost__sak=OuterRef("pk"))),
        ~Exists(oea),
        pk=sak.pk,
        status__in=[Saksstatus.RESERVERT, Saksstatus.BEHANDLES],
    ).exists()
