"""Redacted versions: which is in force, what awaits the leader, and the pages to look at."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, When

from saksgang.kjerne.errors import IkkeFunnet
from saksgang.lager import queries as lager
from saksgang.lager.models import Fil
from saksgang.offentlighet.models import Sladding
from saksgang.offentlighet.rules import AAPNE_SLADDINGER, Sladdetilstand
from saksgang.offentlighet.sladding.tekst import KanIkkeSladdes, bilde_av_side, les_sider
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Journalpost
from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.queries.dokumenter import gjeldende_versjon
from saksgang.sakarkiv.rules import Journalstatus
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.querysets import synlig_q
from saksgang.tilgang.rules import Funksjon

BREDDER = (300, 1000, 1600)
"""How wide a picture of a page may be asked for, in pixels."""


def tellende() -> QuerySet[Sladding]:
    """Those that `gjeldende` and `holdes_tilbake` are asked of, in order: sent at some time, or with marks by now."""
    return (
        Sladding.objects.filter(Q(sendt_tid__isnull=False) | (Q(tilstand=Sladdetilstand.UTKAST) & ~Q(merker=[])))
        .select_related("original", "variant__fil")
        .defer("merker", "soek", "rester")
        .order_by("pk")
    )


def gjeldende(sladdinger: Iterable[Sladding], fil_id: int | None, journalpost: Journalpost) -> Sladding | None:
    """Return the approved one, as long as it is made of the newest content, fil_id, and approved for its grading."""
    for sladding in sladdinger:
        if sladding.tilstand == Sladdetilstand.GODKJENT and sladding.original.fil_id == fil_id:
            return sladding if gjelder_graderingen(sladding, journalpost) else None
    return None


def gjelder_graderingen(sladding: Sladding, journalpost: Journalpost) -> bool:
    """Whether it was approved under the grading that the entry has now: what is withheld later, nobody has weighed.

    Of an entry without a code it is: less is withheld there than when it was approved.
    """
    jp = journalpost
    return jp.tilgangskode_id is None or (sladding.kode_id, sladding.avskjermingskode_id, sladding.hjemmel_id) == (
        jp.tilgangskode_id,
        jp.avskjermingskode_id,
        jp.hjemmel_id,
    )


def holdes_tilbake(sladdinger: Iterable[Sladding]) -> bool:
    """Whether the original stays off the net: somebody has found things in it that may not be read by all.

    Until the leader has said that it may be there; a new version of the document, a rejection or a withdrawal alone
    say nothing of it.
    """
    siste: Sladding | None = None
    for siste in sladdinger:  # noqa: B007 - the last one counts
        pass
    return siste is not None and not siste.original_fri


def godkjent_sladding(dokument: Dokument) -> Sladding | None:
    """Return the approved redacted version of a document as it is now; None where there is none in force.

    Its file is `variant`. Who may see the document is asked before.
    """
    versjon = gjeldende_versjon(dokument) if dokument.utgaatt_tid is None else None
    if versjon is None:
        return None
    return gjeldende(tellende().filter(dokument=dokument), versjon.fil_id, dokument.journalpost)


def har_godkjent_sladding(objekt: Dokument | Journalpost) -> bool:
    """Whether a document, or at least one of a journalpost's, has an approved redacted version in force."""
    if isinstance(objekt, Dokument):
        return godkjent_sladding(objekt) is not None
    return bool(godkjente_sladdinger(objekt))


def godkjente_sladdinger(journalpost: Journalpost) -> list[Sladding]:
    """Return the approved redacted versions in force of a journalpost's documents, in their order."""
    dokumenter = journalpost.dokumenter.filter(
        utgaatt_tid__isnull=True, sladdinger__tilstand=Sladdetilstand.GODKJENT
    ).order_by("nummer", "pk")
    return [s for dokument in dokumenter if (s := godkjent_sladding(dokument)) is not None]


def aapen_sladding(dokument: Dokument) -> Sladding | None:
    """Return the one of a document that is being made or awaits the leader."""
    return _rader().filter(dokument=dokument, tilstand__in=AAPNE_SLADDINGER).first()


def siste_sladding(dokument: Dokument) -> Sladding | None:
    """Return the one that is open, or else the last one decided: what the document's page tells of."""
    aapen = Case(When(tilstand__in=AAPNE_SLADDINGER, then=0), default=1)
    rader = Sladding.objects.filter(dokument=dokument).defer("merker", "soek", "rester")
    return rader.order_by(aapen, "-sendt_tid", "-pk").first()


def hent_sladding(leser: Bruker, pk: int) -> Sladding:
    """Return a redacted version of a document that the reader may see, or IkkeFunnet: the parent's rule (krav C.0)."""
    rad = _rader().filter(pk=pk).first()
    if rad is None:
        raise IkkeFunnet
    rad.dokument = saker.hent_dokument(leser, rad.dokument_id)
    if rad.dokument.utgaatt_tid is not None:
        raise IkkeFunnet
    return rad


def _rader() -> QuerySet[Sladding]:
    return Sladding.objects.select_related(
        "dokument__journalpost__sak",
        "original__fil",
        "kilde",
        "fil",
        "variant",
        "opprettet_av",
        "sendt_av",
        "avgjort_av",
    ).order_by("pk")


def er_foreldet(sladding: Sladding) -> bool:
    """Whether the document has got another content since."""
    versjon = gjeldende_versjon(sladding.dokument)
    return versjon is None or versjon.fil_id != sladding.original.fil_id


def sladding_til_godkjenning(leser: Bruker) -> QuerySet[Journalpost]:
    """Journalposter with a redacted version to approve, in the units where the reader decides gradings; oldest first.

    Also anew, where the journalpost has got another grading than it was approved for.
    Each with the first of them in `sladding_id`, when it was sent in `sladding_sendt`, and by whom in
    `sladding_sendt_av`.
    """
    enheter = sorted(rettigheter(leser).enheter(Funksjon.GRADERE))
    nyere = Dokumentversjon.objects.filter(
        dokument=OuterRef("dokument"),
        variantformat=Dokumentversjon.Variant.PRODUKSJON,
        versjonsnummer__gt=OuterRef("original__versjonsnummer"),
    ).exclude(fil=OuterRef("original__fil"))
    venter = Sladding.objects.filter(
        Q(tilstand=Sladdetilstand.FORSLAG) | _ny_gradering_q(), ~Exists(nyere), dokument__utgaatt_tid__isnull=True
    )
    her = venter.filter(dokument__journalpost=OuterRef("pk")).order_by("sendt_tid", "pk")
    return (
        Journalpost.objects.filter(
            synlig_q(rettigheter(leser).noekler),
            pk__in=venter.values("dokument__journalpost_id"),
            enhet_id__in=enheter,
        )
        .exclude(status=Journalstatus.UTGAAR)
        .annotate(
            sladding_id=Subquery(her.values("pk")[:1]),
            sladding_sendt=Subquery(her.values("sendt_tid")[:1]),
            sladding_sendt_av=Subquery(her.values("sendt_av__navn")[:1]),
        )
        .select_related("sak", "tilgangskode", "saksbehandler", "enhet")
        .order_by(F("sladding_sendt").asc(), "pk")
    )


def _ny_gradering_q() -> Q:
    """Those that are approved, of journalposter that are graded otherwise now: see gjelder_graderingen."""
    jp = "dokument__journalpost__"
    samme = Q(kode=F(f"{jp}tilgangskode"), avskjermingskode=F(f"{jp}avskjermingskode"), hjemmel=F(f"{jp}hjemmel"))
    return (
        Q(**{"tilstand": Sladdetilstand.GODKJENT, f"{jp}tilgangskode__isnull": False, f"{jp}xx_frist__isnull": True})
        & ~samme
    )


def sidebilde(fil: Fil, nummer: int, bredde: int) -> bytes:
    """Return page number so-and-so (from 1) of a PDF as PNG. Refused (IkkeFunnet) for a page or a width it has not."""
    if bredde not in BREDDER:
        raise IkkeFunnet
    try:
        return bilde_av_side(lager.innhold(fil), nummer - 1, bredde)
    except KanIkkeSladdes:
        raise IkkeFunnet from None


def sideformater(fil: Fil) -> list[tuple[float, float, bool]]:
    """Return for each page of a PDF its width and height in points, and whether it has text that can be searched."""
    return [(side.bredde, side.hoeyde, side.har_tekst) for side in les_sider(lager.innhold(fil))]


def med_sladdinger() -> Prefetch[str]:
    """Prefetch what `gjeldende` and `holdes_tilbake` are asked of, for a list of documents."""
    return Prefetch("sladdinger", tellende())
