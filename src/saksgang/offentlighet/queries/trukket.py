"""What has been taken off the net list: the public sees nothing of it, inside it leaves a trace (krav C.11, A-09)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from saksgang.kjerne import klokke
from saksgang.kjerne.periode import doegn
from saksgang.logg.models import Hendelse
from saksgang.offentlighet.querysets import offentlig_q
from saksgang.sakarkiv.models import Journalpost
from saksgang.tilgang.rules import Handling

from .kurver import hoerer_paa_nettet

AARSAKER: dict[str, str] = {
    Handling.AVJOURNALFOERE: "Avjournalført",
    Handling.UTGAA: "Utgått",
    Handling.MIDLERTIDIG_SPERRE: "Sperret med XX",
    Handling.FORESLAA_SKJERMING: "Gradering foreslått av arkivet",
}


@dataclass(frozen=True)
class Trukket:
    """One withdrawal: which entry, when, and why. tilbake: whether it is on the net list again."""

    journalnummer: str
    tid: dt.datetime
    aarsak: str
    tilbake: bool


def paa_postlista(journalpost: Journalpost) -> bool:
    """Whether the public sees the entry on the net list now."""
    return Journalpost.objects.filter(offentlig_q(klokke.naa()), pk=journalpost.pk).exists()


def trukket_fra_postlista(fra: dt.date, til: dt.date) -> tuple[Trukket, ...]:
    """Return what was withdrawn in the period, from the log, newest first: numbers, times and acts, nothing of what.

    An entry that was blocked with XX before it was taken out of the journal stands once for each.
    """
    foerst, etter = doegn(fra, til)
    hendelser = [
        h
        for h in Hendelse.objects.filter(
            Q(detaljer__trukket=True) | Q(endringer__has_key="publiseres_tid"),
            handling__in=list(AARSAKER),
            tidspunkt__gte=foerst,
            tidspunkt__lt=etter,
        ).order_by("-nummer")
        if h.detaljer.get("trukket") or _var_ute(h)
    ]
    poster = Journalpost.objects.select_related("sak__arkivdel", "sak__sakstype").in_bulk(
        {h.journalpost_id for h in hendelser}
    )
    ute = set(Journalpost.objects.filter(offentlig_q(klokke.naa()), pk__in=list(poster)).values_list("pk", flat=True))
    return tuple(
        Trukket(f"{jp.journalaar}/{jp.journalsekvens}", h.tidspunkt, AARSAKER[h.handling], jp.pk in ute)
        for h in hendelser
        if (jp := poster.get(h.journalpost_id)) is not None and hoerer_paa_nettet(jp)
    )


def _var_ute(hendelse: Hendelse) -> bool:
    """Whether the time to publish had come when the act took it away."""
    foer = hendelse.endringer.get("publiseres_tid", [None])[0]
    return foer is not None and dt.datetime.fromisoformat(foer) <= hendelse.tidspunkt
