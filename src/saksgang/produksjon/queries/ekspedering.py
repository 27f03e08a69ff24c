"""Where the dispatch of a letter stands, and what may be chosen."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.lager.models import Fil
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.models import Ekspedering, Konvertering
from saksgang.produksjon.rules import Ekspederingstilstand, Jobbtilstand, Vei, vei_til_pdf
from saksgang.produksjon.rules.ekspedering import EPOST, FAKS, POST, SKJULES_UBRUKT
from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Journalpost, Kodeverdi, Korrespondansepart
from saksgang.sakarkiv.queries.saker import kodeverdier
from saksgang.sakarkiv.rules import Parttype
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.querysets import synlig_q

from .arkivkopi import arkivtilstander


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
    kan_epost = kan_epost and settings.SAKSGANG_EPOST_SENDES and not journalpost.enkeltvedtak
    return [EPOST] if uten_papir and kan_epost else [POST]


def valgbare_koder() -> list[Kodeverdi]:
    """Return the ways that may be chosen: e-mail where a server is set up, telefax sent in the last year (A-34)."""
    koder = [kode for kode in kodeverdier("ekspedering") if kode.kode != EPOST or settings.SAKSGANG_EPOST_SENDES]
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


@dataclass(frozen=True)
class Brevfil:
    """One document of a letter, and its PDF. hinder: why none comes by itself; both empty while one is on its way."""

    dokument: Dokument
    versjon: Dokumentversjon | None
    fil: Fil | None = None
    hinder: str = ""


def brevets_filer(journalpost: Journalpost) -> list[Brevfil]:
    """Return the letter's documents in order, each with its PDF: its archive copy, itself, or what is made of it.

    What goes on paper is left out. As many queries for many documents as for one.
    """
    kopier = {versjon.dokument_id: (versjon, tilstand.kopi) for versjon, tilstand in arkivtilstander(journalpost)}
    rader = Konvertering.objects.filter(kilde__in=[versjon.fil_id for versjon, kopi in kopier.values() if kopi is None])
    laget = {rad.kilde_id: rad for rad in rader.select_related("resultat")}
    dokumenter = journalpost.dokumenter.filter(utgaatt_tid__isnull=True).exclude(kilde=Dokument.Kilde.PAPIR)
    filer = []
    for dokument in dokumenter.order_by("nummer", "pk"):
        versjon, kopi = kopier.get(dokument.pk, (None, None))
        if versjon is None:
            venter = " Vent til arkivet har skannet det." if dokument.kilde == Dokument.Kilde.TIL_SKANNING else ""
            filer.append(Brevfil(dokument, None, hinder=f"«{dokument.tittel}» har ingen fil.{venter}"))
            continue
        if kopi is not None:
            filer.append(Brevfil(dokument, versjon, kopi.fil))
            continue
        rad = laget.get(versjon.fil_id)
        if versjon.fil.mimetype == "application/pdf":
            filer.append(Brevfil(dokument, versjon, versjon.fil))
        elif rad is not None and rad.resultat is not None:
            filer.append(Brevfil(dokument, versjon, rad.resultat))
        else:
            filer.append(Brevfil(dokument, versjon, hinder=_hinder(dokument, versjon, rad)))
    return filer


def _hinder(dokument: Dokument, versjon: Dokumentversjon, rad: Konvertering | None) -> str:
    if vei_til_pdf(versjon.fil.format) is Vei.INGEN:
        return f"«{dokument.tittel}» kan ikke gjøres om til PDF."
    if rad is not None and rad.tilstand == Jobbtilstand.FEILET:
        return f"«{dokument.tittel}» ble ikke PDF. {rad.feil}"
    return ""
