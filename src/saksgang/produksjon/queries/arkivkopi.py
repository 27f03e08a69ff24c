"""Where a document stands on its way to an archive format, and the PDF to look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from saksgang.kjerne import klokke
from saksgang.kjerne.arbeidsdager import legg_til_arbeidsdager
from saksgang.lager.models import Fil
from saksgang.lager.rules import er_arkivformat
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.models import Arkivkopi, Konvertering
from saksgang.produksjon.rules import Jobbtilstand, trenger_arkivkopi, trenger_forhaandsvisning
from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Journalpost, Sak
from saksgang.sakarkiv.queries.dokumenter import gjeldende_versjon, gjeldende_versjoner
from saksgang.sakarkiv.rules import Journalstatus
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.querysets import synlig_q
from saksgang.tilgang.rules import Rolle

TAALMODIGHET = 1
"""How many working days an order may wait before the archive is told."""


class Stilling(StrEnum):
    """What the page says of a version's archive copy."""

    TRENGS_IKKE = "trengs ikke"
    IKKE_BESTILT = "ikke bestilt"
    VENTER = "venter"
    LAGES = "lages nå"
    FERDIG = "ferdig"
    BEHOLDT = "beholdt"
    FEILET = "feilet"


@dataclass(frozen=True)
class Arkivtilstand:
    """Where one version stands. grunn: why it waits, has failed, or is kept as it is.

    arkivformat: the version says itself that it is in an archive format; what is ordered is then a check.
    """

    stilling: Stilling
    grunn: str = ""
    kopi: Dokumentversjon | None = None
    neste_tid: dt.datetime | None = None
    arkivformat: bool = False

    @property
    def i_orden(self) -> bool:
        """Whether the version, or what was made of it, can be kept for ever."""
        return self.arkivformat or self.stilling in (Stilling.TRENGS_IKKE, Stilling.FERDIG, Stilling.BEHOLDT)

    @property
    def paa_vei(self) -> bool:
        """Whether it will change by itself in a moment."""
        return self.stilling is Stilling.LAGES or (self.stilling is Stilling.VENTER and not self.grunn)

    @property
    def kort(self) -> str:
        """Say in half a sentence why it is not in order."""
        if self.stilling is Stilling.IKKE_BESTILT:
            return "arkivkopien er ikke bestilt."
        if self.stilling is Stilling.LAGES:
            return "arkivkopien lages nå."
        hva = "arkivkopien feilet" if self.stilling is Stilling.FEILET else "arkivkopien venter"
        return f"{hva}. {self.grunn}" if self.grunn else f"{hva}."


@dataclass(frozen=True)
class Forhaandsvisning:
    """The PDF of a version that a browser cannot show by itself, or why there is none yet."""

    fil: Fil | None = None
    grunn: str = ""
    paa_vei: bool = False


def arkivvariant(dokument: Dokument) -> Dokumentversjon | None:
    """Return the archive copy of a document's newest version, or None: none made, or the original is kept alone."""
    siste = gjeldende_versjon(dokument)
    return _variant(siste) if siste is not None else None


def pdf_av(versjon: Dokumentversjon) -> Fil | None:
    """Return the PDF of a version: its archive copy, itself, or what was made to look at; None while there is none."""
    kopi = _variant(versjon)
    if kopi is not None and kopi.fil.mimetype == "application/pdf":
        return kopi.fil
    if versjon.fil.mimetype == "application/pdf":
        return versjon.fil
    rad = Konvertering.objects.filter(kilde=versjon.fil).select_related("resultat").first()
    return rad.resultat if rad is not None else None


def _variant(versjon: Dokumentversjon) -> Dokumentversjon | None:
    return (
        Dokumentversjon.objects.filter(
            dokument_id=versjon.dokument_id,
            versjonsnummer=versjon.versjonsnummer,
            variantformat=Dokumentversjon.Variant.ARKIV,
        )
        .select_related("fil")
        .order_by("pk")
        .first()
    )


def arkivtilstand(versjon: Dokumentversjon) -> Arkivtilstand:
    """Return where one version stands."""
    bestilling = _bestillinger().filter(versjon=versjon).first()
    return _tilstand(versjon, bestilling)


def arkivtilstander(objekt: Sak | Journalpost) -> list[tuple[Dokumentversjon, Arkivtilstand]]:
    """Return where the newest version of every document stands, in order, for a whole case in two queries."""
    versjoner = gjeldende_versjoner(objekt)
    bestillinger = {b.versjon_id: b for b in _bestillinger().filter(versjon__in=versjoner)}
    return [(v, _tilstand(v, bestillinger.get(v.pk))) for v in versjoner]


def uten_bestilling() -> Iterator[Dokumentversjon]:
    """Yield the newest versions of finished and journalised documents that need a copy and have no order."""
    rader = (
        Dokumentversjon.objects.filter(
            variantformat=Dokumentversjon.Variant.PRODUKSJON,
            dokument__utgaatt_tid__isnull=True,
            dokument__journalpost__status__in=[Journalstatus.FERDIG, Journalstatus.JOURNALFOERT],
            arkivkopi__isnull=True,
        )
        .select_related("fil", "dokument")
        .order_by("pk")
    )
    for versjon in rader.iterator():
        siste = gjeldende_versjon(versjon.dokument) if trenger_arkivkopi(versjon.fil.format) else None
        if siste is not None and siste.pk == versjon.pk:
            yield siste


def _bestillinger() -> QuerySet[Arkivkopi]:
    return Arkivkopi.objects.select_related("konvertering", "kopi__fil").order_by("pk")


def _tilstand(versjon: Dokumentversjon, bestilling: Arkivkopi | None) -> Arkivtilstand:
    arkivformat = er_arkivformat(versjon.fil.format)
    if bestilling is None:
        stilling = Stilling.TRENGS_IKKE if arkivformat else Stilling.IKKE_BESTILT
        return Arkivtilstand(stilling, arkivformat=arkivformat)
    rad = bestilling.konvertering
    if bestilling.kopi is not None:
        return Arkivtilstand(Stilling.FERDIG, kopi=bestilling.kopi, arkivformat=arkivformat)
    if bestilling.er_ferdig:
        return Arkivtilstand(Stilling.BEHOLDT, bestilling.beholdt, arkivformat=arkivformat)
    if rad.tilstand == Jobbtilstand.KJOERER:
        return Arkivtilstand(Stilling.LAGES, arkivformat=arkivformat)
    if rad.tilstand == Jobbtilstand.FEILET:
        return Arkivtilstand(Stilling.FEILET, rad.feil, arkivformat=arkivformat)
    return Arkivtilstand(Stilling.VENTER, rad.feil, neste_tid=rad.neste_tid, arkivformat=arkivformat)


def forhaandsvisning(versjon: Dokumentversjon) -> Forhaandsvisning | None:
    """Return the PDF to look at in place of a version, or how far it has come; None where the version itself is shown.

    The archive copy where there is one. Who may see the version is asked before.
    """
    if not trenger_forhaandsvisning(versjon.fil.format):
        return None
    if (kopi := _variant(versjon)) is not None:
        return Forhaandsvisning(kopi.fil)
    rad = Konvertering.objects.filter(kilde=versjon.fil).select_related("resultat").first()
    if rad is None:
        return Forhaandsvisning()
    if rad.resultat is not None:
        return Forhaandsvisning(rad.resultat)
    venter = rad.tilstand in (Jobbtilstand.VENTER, Jobbtilstand.KJOERER)
    return Forhaandsvisning(grunn=rad.feil, paa_vei=venter and not rad.feil)


def arkivkopier_som_mangler(leser: Bruker) -> QuerySet[Journalpost]:
    """Finished and journalised entries whose archive copy failed, or does not come, for the archive (krav R-12.2).

    Each with the number of the document in `arkivnummer`, and what went wrong in `arkivgrunn`, empty where it waits.
    """
    naa = timezone.localtime(klokke.naa())
    lenge_siden = naa - (naa.date() - legg_til_arbeidsdager(naa.date(), -TAALMODIGHET))
    return _uten_kopi(leser, Q(konvertering__tilstand=Jobbtilstand.FEILET) | Q(bestilt_tid__lt=lenge_siden))


def arkivkopier_som_feilet(leser: Bruker) -> QuerySet[Journalpost]:
    """Those of them whose copy has failed, which no waiting mends."""
    return _uten_kopi(leser, Q(konvertering__tilstand=Jobbtilstand.FEILET))


def _uten_kopi(leser: Bruker, hvilke: Q) -> QuerySet[Journalpost]:
    if not rettigheter(leser).har(Rolle.ARK):
        return Journalpost.objects.none()
    nyere = Dokumentversjon.objects.filter(
        dokument=OuterRef("versjon__dokument"),
        variantformat=Dokumentversjon.Variant.PRODUKSJON,
        versjonsnummer__gt=OuterRef("versjon__versjonsnummer"),
    )
    staar = Arkivkopi.objects.filter(
        hvilke,
        ~Exists(nyere),
        ferdig_tid__isnull=True,
        versjon__dokument__utgaatt_tid__isnull=True,
    )
    her = staar.filter(versjon__dokument__journalpost=OuterRef("pk")).order_by(
        Case(When(konvertering__tilstand=Jobbtilstand.FEILET, then=0), default=1), "versjon__dokument__nummer", "pk"
    )
    return (
        Journalpost.objects.filter(
            synlig_q(rettigheter(leser).noekler),
            pk__in=staar.values("versjon__dokument__journalpost_id"),
            status__in=[Journalstatus.FERDIG, Journalstatus.JOURNALFOERT],
        )
        .annotate(
            arkivnummer=Subquery(her.values("versjon__dokument__nummer")[:1]),
            arkivgrunn=Subquery(her.values("konvertering__feil")[:1]),
            arkivfeilet=Exists(her.filter(konvertering__tilstand=Jobbtilstand.FEILET)),
        )
        .select_related("sak", "tilgangskode", "saksbehandler", "enhet")
        .order_by("pk")
    )


def mislykkede(journalpost: Journalpost) -> list[Dokumentversjon]:
    """Return the newest versions on the journalpost whose archive copy has failed or waits, in order."""
    staar = (Stilling.FEILET, Stilling.VENTER, Stilling.IKKE_BESTILT)
    return [v for v, tilstand in arkivtilstander(journalpost) if not tilstand.i_orden and tilstand.stilling in staar]
