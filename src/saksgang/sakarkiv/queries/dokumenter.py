"""The versions of documents that count."""

from __future__ import annotations

from django.db.models import QuerySet

from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Journalpost, Sak

_PRODUKSJON = Dokumentversjon.Variant.PRODUKSJON


def _gjeldende() -> QuerySet[Dokumentversjon]:
    return (
        Dokumentversjon.objects.filter(variantformat=_PRODUKSJON, dokument__utgaatt_tid__isnull=True)
        .select_related("fil", "dokument__journalpost__sak")
        .order_by("dokument_id", "-versjonsnummer", "-pk")
        .distinct("dokument_id")
    )


def gjeldende_versjoner(objekt: Journalpost | Sak) -> list[Dokumentversjon]:
    """Return the newest version of each document on a journalpost, or in a whole case, in order."""
    soek = (
        {"dokument__journalpost": objekt} if isinstance(objekt, Journalpost) else {"dokument__journalpost__sak": objekt}
    )
    return sorted(
        _gjeldende().filter(**soek),
        key=lambda v: (v.dokument.journalpost.journalpostnummer, v.dokument.nummer, v.pk),
    )


def gjeldende_versjon(dokument: Dokument) -> Dokumentversjon | None:
    """Return the newest version of a document as it was written or came; None where it has no file."""
    return (
        dokument.versjoner.filter(variantformat=_PRODUKSJON)
        .select_related("fil", "dokument__journalpost__sak")
        .order_by("-versjonsnummer", "-pk")
        .first()
    )
