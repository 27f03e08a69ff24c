"""Where the dispatch of a letter stands, and what may be chosen."""

from __future__ import annotations

from django.db.models import QuerySet

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.lager.models import Fil
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.models import Ekspedering, Konvertering
from saksgang.produksjon.rules import Ekspederingstilstand
from saksgang.produksjon.rules.ekspedering import EPOST, FAKS, POST, SKJULES_UBRUKT
from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Journalpost, Kodeverdi, Korrespondansepart
from saksgang.sakarkiv.queries.saker import kodeverdier
from saksgang.sakarkiv.rules import Parttype
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.querysets import synlig_q


def mottakere(journalpost: Journalpost) -> list[Korrespondansepart]:
    """Return the external recipients of a letter, those of a copy last."""
    parter = journalpost.parter.filter(gyldig=True, type__in=[Parttype.MOTTAKER, Parttype.KOPIMOTTAKER])
    return sorted(parter.order_by("rekkefoelge", "pk"), key=lambda p: p.type == Parttype.KOPIMOTTAKER)


def foreslaatte_koder(journalpost: Journalpost, part: Korrespondansepart) -> list[str]:
    """Return the ways proposed to a recipient: those chosen, else e-mail where that is all one has and it may be."""
    if part.ekspederingskoder:
        return list(part.ekspederingskoder)
    uten_papir = part.epost and not part.adresse and not part.postnummer
    kan_epost = journalpost.tilgangskode_id is None and not journalpost.avventer_gradering
    return [EPOST] if uten_papir and kan_epost and not journalpost.enkeltvedtak else [POST]


def valgbare_koder() -> list[Kodeverdi]:
    """Return the ways that may be chosen; telefax only where one has been sent in the last year (A-34)."""
    koder = list(kodeverdier("ekspedering"))
    grense = klokke.idag() - SKJULES_UBRUKT
    faks = Ekspedering.objects.filter(kode__kode=FAKS, ekspedert_dato__gte=grense).exists()
    return [kode for kode in koder if kode.kode != FAKS or faks]


def ekspederinger(journalpost: Journalpost) -> QuerySet[Ekspedering]:
    """Return where the letter has gone and is going, in order."""
    return (
        Ekspedering.objects.filter(utsending__journalpost=journalpost)
        .exclude(tilstand=Ekspederingstilstand.AVBRUTT)
        .select_related("part", "kode", "utsending__bestilt_av")
        .order_by("pk")
    )


def hent_ekspedering(leser: Bruker, pk: int) -> Ekspedering:
    """Return one dispatch of a letter that the reader may see, or IkkeFunnet."""
    rad = (
        Ekspedering.objects.filter(synlig_q(rettigheter(leser).noekler, "utsending__journalpost__"), pk=pk)
        .select_related("part", "kode", "utsending__journalpost__sak", "utsending__journalpost__tilgangskode")
        .first()
    )
    if rad is None:
        raise IkkeFunnet
    return rad


def pdf_av(versjon: Dokumentversjon) -> Fil | None:
    """Return the PDF of a finished version: its archive copy, else itself where it is one; None while there is none."""
    kopi = (
        Dokumentversjon.objects.filter(
            dokument_id=versjon.dokument_id,
            versjonsnummer=versjon.versjonsnummer,
            variantformat=Dokumentversjon.Variant.ARKIV,
        )
        .select_related("fil")
        .first()
    )
    if kopi is not None:
        return kopi.fil
    if versjon.fil.mimetype == "application/pdf":
        return versjon.fil
    rad = Konvertering.objects.filter(kilde=versjon.fil).select_related("resultat").first()
    return rad.resultat if rad is not None else None


def brevets_filer(
    journalpost: Journalpost,
) -> tuple[list[tuple[Dokument, Fil]], list[tuple[Dokument, Dokumentversjon | None]]]:
    """Return the letter's documents in order, each with its PDF, and those that wait for one; none on paper."""
    klare: list[tuple[Dokument, Fil]] = []
    venter: list[tuple[Dokument, Dokumentversjon | None]] = []
    dokumenter = journalpost.dokumenter.filter(utgaatt_tid__isnull=True).exclude(kilde=Dokument.Kilde.PAPIR)
    for dokument in dokumenter.order_by("nummer", "pk"):
        versjon = (
            dokument.versjoner.filter(variantformat=Dokumentversjon.Variant.PRODUKSJON)
            .select_related("fil")
            .order_by("-versjonsnummer", "-pk")
            .first()
        )
        fil = pdf_av(versjon) if versjon is not None else None
        if fil is None:
            venter.append((dokument, versjon))
        else:
            klare.append((dokument, fil))
    return klare, venter
