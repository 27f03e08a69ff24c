"""Which file of a document the public may open: the one answer for lists, pages, feeds and the file itself."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from saksgang.kjerne import klokke
from saksgang.lager.models import Fil
from saksgang.offentlighet.models import Sladding
from saksgang.offentlighet.querysets import aapen_kilde_q
from saksgang.sakarkiv.models import Dokument, Dokumentversjon

from .sladding import gjeldende, holdes_tilbake, med_sladdinger

FORMATER = {
    "application/pdf": ("PDF", "pdf"),
    "image/jpeg": ("JPEG", "jpg"),
    "image/png": ("PNG", "png"),
    "image/tiff": ("TIFF", "tif"),
    "text/plain": ("Tekst", "txt"),
}


def _versjoner() -> QuerySet[Dokumentversjon]:
    return Dokumentversjon.objects.select_related("fil", "arkivkopi__konvertering__resultat").order_by("pk")


def dokumenter() -> QuerySet[Dokument]:
    """Documents with their versions and, for those that are linked, where they came in as far as that is public."""
    naa = klokke.naa()
    kilder = (
        Dokument.objects.filter(aapen_kilde_q(naa, "journalpost__"), utgaatt_tid__isnull=True)
        .select_related("journalpost__sak", "journalpost__avskjermingskode")
        .prefetch_related(Prefetch("versjoner", _versjoner()), med_sladdinger())
        .order_by("pk")
    )
    return (
        Dokument.objects.filter(utgaatt_tid__isnull=True)
        .select_related("journalpost__sak", "journalpost__avskjermingskode")
        .prefetch_related(
            Prefetch("versjoner", _versjoner()),
            med_sladdinger(),
            Prefetch("lenket_fra", kilder, to_attr="aapen_kilde"),
        )
        .order_by("pk")
    )


def aapen_kilde(dokument: Dokument) -> Dokument | None:
    """Return where a linked document came in, when the public may read it there; None where nobody has looked."""
    return getattr(dokument, "aapen_kilde", None)


def gjeldende_sladding(dokument: Dokument) -> Sladding | None:
    """Return the approved redacted version that is published in the document's place; None where there is none."""
    if dokument.lenket_fra_id is not None:
        return None
    return gjeldende(dokument.sladdinger.all(), _skrevet(dokument), dokument.journalpost)


def offentlig_fil(dokument: Dokument) -> Fil | None:
    """Return the file to publish: the redacted one where one is approved, else the newest version's, never a draft's.

    Of an entry with a code only the redacted one; nor is the original published where somebody has found that it needs
    redacting, until the leader says that it may be.

    The archive copy says nothing of who wrote it, and a PDF waits for it. None for what is in no format to publish: a
    word processor's file carries its writers and its deleted text along. Of a linked document the public reads what it
    may read where it came in, as long as that is what was linked.
    """
    kodet = dokument.journalpost.tilgangskode_id is not None
    if dokument.lenket_fra_id is not None:
        kilde = None if kodet else aapen_kilde(dokument)
        return offentlig_fil(kilde) if kilde is not None and _skrevet(kilde) == _skrevet(dokument) else None
    sladding = gjeldende_sladding(dokument)
    if sladding is not None and sladding.variant is not None:
        return sladding.variant.fil
    if kodet or holdes_tilbake(dokument.sladdinger.all()):
        return None
    return hel_fil(dokument)


def _skrevet(dokument: Dokument) -> int | None:
    """Return the newest content as it was written or came."""
    skrevet = [v for v in dokument.versjoner.all() if v.variantformat == Dokumentversjon.Variant.PRODUKSJON]
    return max(skrevet, key=lambda v: (v.versjonsnummer, v.pk)).fil_id if skrevet else None


def _uten_spor(versjon: Dokumentversjon) -> Fil | None:
    """Return a version's content; of a PDF as it came, the one made of it, where nothing tells who made it and how."""
    raa = versjon.variantformat == Dokumentversjon.Variant.PRODUKSJON and versjon.fil.mimetype == "application/pdf"
    if not raa:
        return versjon.fil
    bestilling = getattr(versjon, "arkivkopi", None)
    return bestilling.konvertering.resultat if bestilling is not None else None


def hel_fil(dokument: Dokument) -> Fil | None:
    """Return a document's newest content whole, in a format to give out and without traces of who wrote it, or None.

    Never redacted: whether it may be read is asked before.
    """
    versjoner = [v for v in dokument.versjoner.all() if v.variantformat != Dokumentversjon.Variant.OFFENTLIG]
    nyeste = max((v.versjonsnummer for v in versjoner), default=0)
    siste = [v for v in versjoner if v.versjonsnummer == nyeste]
    siste.sort(key=lambda v: (v.variantformat == Dokumentversjon.Variant.ARKIV, v.pk))
    filer = [fil for v in siste if (fil := _uten_spor(v)) is not None and fil.mimetype in FORMATER]
    return filer[-1] if filer else None
