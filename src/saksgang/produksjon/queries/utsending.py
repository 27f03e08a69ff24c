"""A letter to many: who gets a letter of one's own, how far it has come, and the package to print (krav R-8.7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from saksgang.kjerne.errors import Avvist, IkkeFunnet
from saksgang.lager.models import Fil
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.models import Ekspedering, Mottakerbrev, Tekst, Utsending
from saksgang.produksjon.rules import Ekspederingstilstand, Jobbtilstand
from saksgang.produksjon.rules.ekspedering import EPOST
from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Journalpost, Korrespondansepart
from saksgang.sakarkiv.rules import Parttype
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.querysets import synlig_q

from .ekspedering import Brevfil
from .fletting import dokument_for_mottaker, siste_versjon

T = Ekspederingstilstand


def hoveddokument_som_flettes(journalpost: Journalpost) -> Dokument | None:
    """Return the main document where it is made from a template, so that it can be merged for each recipient."""
    hoved = journalpost.dokumenter.filter(utgaatt_tid__isnull=True).order_by("nummer", "pk").first()
    return hoved if hoved is not None and Tekst.objects.filter(dokument=hoved).exists() else None


def egne_brev(parter: Iterable[Korrespondansepart]) -> list[Korrespondansepart]:
    """Return who gets a letter of one's own: recipients, where there are several; a copy is the letter as it stands."""
    mottakere = [part for part in parter if part.type == Parttype.MOTTAKER]
    return mottakere if len(mottakere) > 1 else []


def hvorfor_likt(journalpost: Journalpost, parter: Sequence[Korrespondansepart]) -> str | None:
    """Return why all of several recipients get the same letter: empty where it is one's own, None where it is one."""
    egne = egne_brev(parter)
    if not egne:
        return None
    dokument = hoveddokument_som_flettes(journalpost)
    if dokument is None:
        return "Hoveddokumentet er ikke laget fra en tekstmal, så alle får samme brev."
    try:
        dokument_for_mottaker(dokument, egne[0])
    except Avvist as feil:
        return f"Alle får samme brev. {feil}"[:500]
    return ""


def hent_utsending(leser: Bruker, pk: int) -> Utsending:
    """Return a dispatch of a letter that the reader may see, or IkkeFunnet."""
    rad = (
        Utsending.objects.filter(synlig_q(rettigheter(leser).noekler, "journalpost__"), pk=pk)
        .select_related("journalpost__sak", "journalpost__tilgangskode", "bestilt_av")
        .first()
    )
    if rad is None:
        raise IkkeFunnet
    return rad


def utsendinger(journalpost: Journalpost) -> QuerySet[Utsending]:
    """Return the dispatches of a letter that have not been taken back, newest first."""
    levende = Ekspedering.objects.exclude(tilstand=T.AVBRUTT).values("utsending_id")
    return journalpost.utsendinger.filter(pk__in=levende).select_related("bestilt_av").order_by("-pk")


def uten_brev(utsending: Utsending, versjon: Dokumentversjon) -> QuerySet[Korrespondansepart]:
    """The recipients of a dispatch whose own letter has not been merged from this version."""
    return (
        Korrespondansepart.objects.filter(pk__in=_levende(utsending).values("part_id"), type=Parttype.MOTTAKER)
        .exclude(pk__in=Mottakerbrev.objects.filter(versjon=versjon).values("part_id"))
        .order_by("rekkefoelge", "pk")
    )


def _levende(utsending: Utsending) -> QuerySet[Ekspedering]:
    return utsending.ekspederinger.exclude(tilstand=T.AVBRUTT)


@dataclass(frozen=True)
class Fremdrift:
    """How far a dispatch has come, in numbers. feil: letters that did not become PDF."""

    mottakere: int
    brev: int
    flettet: int
    pdf: int
    feil: int
    epost: int
    epost_sendt: int
    epost_feilet: int

    @property
    def brev_klare(self) -> bool:
        return self.pdf == self.brev

    @property
    def ferdig(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.pdf + self.feil >= self.brev and self.epost_sendt + self.epost_feilet >= self.epost


def fremdrift(utsending: Utsending) -> Fremdrift:
    """Return how far a dispatch has come, in three queries whatever the number of recipients."""
    tall = _levende(utsending).aggregate(
        mottakere=Count("part_id", distinct=True),
        brev=Count("part_id", distinct=True, filter=Q(part__type=Parttype.MOTTAKER)),
        epost=Count("pk", filter=Q(kode__kode=EPOST)),
        epost_sendt=Count("pk", filter=Q(kode__kode=EPOST, tilstand=T.EKSPEDERT)),
        epost_feilet=Count("pk", filter=Q(kode__kode=EPOST, tilstand=T.FEILET)),
    )
    if not utsending.flettes:
        return Fremdrift(**tall | {"brev": 0, "flettet": 0, "pdf": 0, "feil": 0})
    laget = _brev(utsending).aggregate(
        flettet=Count("pk"),
        pdf=Count("pk", filter=Q(konvertering__resultat__isnull=False)),
        feil=Count("pk", filter=Q(konvertering__resultat__isnull=True, konvertering__tilstand=Jobbtilstand.FEILET)),
    )
    return Fremdrift(**tall, **laget)


def _brev(utsending: Utsending) -> QuerySet[Mottakerbrev]:
    dokument = hoveddokument_som_flettes(utsending.journalpost)
    versjon = siste_versjon(dokument) if dokument is not None else None
    return Mottakerbrev.objects.filter(versjon=versjon, part_id__in=_levende(utsending).values("part_id"))


def feilede_brev(utsending: Utsending) -> QuerySet[Mottakerbrev]:
    """The recipients' letters that did not become PDF."""
    return _brev(utsending).filter(konvertering__resultat__isnull=True, konvertering__tilstand=Jobbtilstand.FEILET)


def egne_filer(utsending: Utsending) -> dict[int, Fil | None]:
    """Return the PDF of each recipient's own letter, by recipient; None while it is on its way."""
    rader = _brev(utsending).select_related("konvertering__resultat").order_by("pk")
    return {rad.part_id: rad.konvertering.resultat for rad in rader}


def egen_fil(utsending: Utsending, part: Korrespondansepart) -> tuple[Fil | None, str]:
    """Return the PDF of one recipient's own letter, and why there will be none; both empty while it is on its way."""
    if utsending.brev_feil:
        return None, utsending.brev_feil
    rad = _brev(utsending).filter(part=part).select_related("konvertering__resultat").first()
    if rad is None:
        return None, ""
    feilet = rad.konvertering.tilstand == Jobbtilstand.FEILET and rad.konvertering.resultat is None
    return rad.konvertering.resultat, rad.konvertering.feil if feilet else ""


def faar_eget_brev(utsending: Utsending, part: Korrespondansepart) -> bool:
    """Whether a recipient gets a letter of one's own in this dispatch."""
    return utsending.flettes and part.type == Parttype.MOTTAKER


def for_mottaker(filer: Sequence[Brevfil], eget: Fil | None) -> list[Brevfil]:
    """Return the letter's files with the main document's in one's own words."""
    hoved, *vedlegg = filer
    return [Brevfil(hoved.dokument, hoved.versjon, eget), *vedlegg]


def paa_papir(utsending: Utsending) -> list[Korrespondansepart]:
    """Return the recipients whose letter goes on paper, in the order in which they get it, copies last."""
    ider = _levende(utsending).exclude(kode__kode=EPOST).values("part_id")
    parter = Korrespondansepart.objects.filter(pk__in=ider).order_by("rekkefoelge", "pk")
    return sorted(parter, key=lambda part: part.type == Parttype.KOPIMOTTAKER)


def mottakere_i(utsending: Utsending, part_id: int) -> list[Korrespondansepart]:
    """Return the recipient with this id, if it is one of the dispatch's."""
    ider = _levende(utsending).filter(part=part_id).values("part_id")
    return list(Korrespondansepart.objects.filter(pk__in=ider).order_by("pk"))


@dataclass(frozen=True)
class Mottakerlinje:
    """One recipient in a dispatch: the ways, and how far one's own letter has come."""

    part: Korrespondansepart
    ekspederinger: list[Ekspedering]
    brev: Mottakerbrev | None

    @property
    def brevfeil(self) -> str:
        k = self.brev.konvertering if self.brev is not None else None
        return k.feil if k is not None and k.resultat_id is None and k.tilstand == Jobbtilstand.FEILET else ""

    @property
    def brev_klart(self) -> bool:
        return self.brev is not None and self.brev.konvertering.resultat_id is not None


SIDE = 50


def mottakerlinjer(utsending: Utsending, side: int = 1) -> list[Mottakerlinje]:
    """Return a page of the recipients of a dispatch, in order; as many queries for fifty as for one."""
    parter = list(
        Korrespondansepart.objects.filter(pk__in=_levende(utsending).values("part_id")).order_by("rekkefoelge", "pk")[
            (side - 1) * SIDE : side * SIDE
        ]
    )
    ekspederinger: dict[int, list[Ekspedering]] = {}
    for rad in _levende(utsending).filter(part__in=parter).select_related("kode").order_by("pk"):
        ekspederinger.setdefault(rad.part_id, []).append(rad)
    brev = {}
    if utsending.flettes:
        brev = {b.part_id: b for b in _brev(utsending).filter(part__in=parter).select_related("konvertering")}
    return [Mottakerlinje(part, ekspederinger.get(part.pk, []), brev.get(part.pk)) for part in parter]
