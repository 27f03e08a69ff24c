"""What is given whole is looked through first, also where it never was to be on the net (offl. § 26 fifth ledd)."""

from __future__ import annotations

from django_tasks import task

from saksgang.innsynskrav.models import Innsynsvurdering
from saksgang.innsynskrav.queries.filer import hel_fil
from saksgang.innsynskrav.rules import UBESVART, Utfall
from saksgang.offentlighet.commands import kontroller_innhold
from saksgang.offentlighet.queries import er_kontrollert
from saksgang.produksjon.konvertering import Avbrutt
from saksgang.sakarkiv.models import Dokument


def bestill_kontroll(dokument: Dokument | None) -> None:
    """Order a check of what the document would hand out, where none has been made; part of another act."""
    fil = hel_fil(dokument) if dokument is not None else None
    if fil is not None and not er_kontrollert(fil):
        kontroller_innsynsfiler.enqueue()


@task()
def kontroller_innsynsfiler() -> int:
    """The queue's alarm clock: what is to be checked stands in the rows; return how many were."""
    gitt = Innsynsvurdering.objects.filter(utfall=Utfall.HELT, linje__krav__tilstand__in=UBESVART)
    gitt = gitt.filter(linje__dokument__isnull=False, linje__tatt_ut_tid__isnull=True)
    filer = {
        fil.pk: fil
        for v in gitt.select_related("linje__dokument").order_by("pk")
        if v.linje.dokument is not None and (fil := hel_fil(v.linje.dokument)) is not None
    }
    try:
        return kontroller_innhold(filer.values())
    except Avbrutt:  # the worker is told to stop; the next assessment rings again
        return 0
