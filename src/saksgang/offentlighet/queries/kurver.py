"""The leader's and the archive's lists about grading (krav C.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery

from saksgang.kjerne import klokke
from saksgang.offentlighet.models import Publiseringsstopp, Skjermingsvurdering
from saksgang.offentlighet.querysets import hoerer_paa_nettet_q, postlistetyper
from saksgang.offentlighet.rules import Postlisteutsikt, Vurderingsart
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Journalpost
from saksgang.sakarkiv.rules import Journalstatus
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.querysets import synlig_q
from saksgang.tilgang.rules import Funksjon, Rolle


def _journalposter(leser: Bruker) -> QuerySet[Journalpost]:
    return (
        Journalpost.objects.filter(synlig_q(rettigheter(leser).noekler))
        .exclude(status=Journalstatus.UTGAAR)
        .select_related("sak", "tilgangskode", "saksbehandler", "enhet", "foreslaatt_kode", "foreslaatt_av")
    )


def midlertidig_sperret(leser: Bruker) -> QuerySet[Journalpost]:
    """XX and undecided proposals in the units where the reader decides gradings; the oldest deadline first."""
    enheter = sorted(rettigheter(leser).enheter(Funksjon.GRADERE))
    return (
        _journalposter(leser)
        .filter(Q(xx_frist__isnull=False) | Q(forslag_aapent=True), enhet_id__in=enheter)
        .order_by(F("xx_frist").asc(nulls_last=True), "pk")
    )


def sperret_over_frist(leser: Bruker, idag: dt.date | None = None) -> QuerySet[Journalpost]:
    """Those of midlertidig_sperret whose three working days are over: red."""
    return midlertidig_sperret(leser).filter(xx_frist__lt=idag or klokke.idag())


def xx_over_frist(leser: Bruker, idag: dt.date | None = None) -> QuerySet[Journalpost]:
    """XX older than its three working days, all units, for the archive (krav R-9.2.1.3e)."""
    if not rettigheter(leser).har(Rolle.ARK):
        return Journalpost.objects.none()
    return _journalposter(leser).filter(xx_frist__lt=idag or klokke.idag()).order_by("xx_frist", "pk")


def besluttet_ikke_publisert(leser: Bruker) -> QuerySet[Journalpost]:
    """J with the grading decided, that the net list does not show yet, or not all of (A-37), for the archive.

    What never comes there, as an X, does not wait for it.
    stopp: the rules that hold back the first document that is held back, where one is.
    """
    if not rettigheter(leser).har(Rolle.ARK):
        return Journalpost.objects.none()
    aapne = Publiseringsstopp.objects.filter(lukket_tid__isnull=True)
    her = aapne.filter(dokument__journalpost=OuterRef("pk")).order_by("dokument__nummer", "pk")
    # Each of the two has an index; with «or» between them, every journalpost would be looked through.
    senere = Journalpost.objects.filter(
        hoerer_paa_nettet_q(), status=Journalstatus.JOURNALFOERT, publiseres_tid__gt=klokke.naa()
    )
    return (
        _journalposter(leser)
        .filter(
            pk__in=senere.order_by().values("pk").union(aapne.order_by().values("dokument__journalpost")),
            status=Journalstatus.JOURNALFOERT,
            xx_frist__isnull=True,
            forslag_sperrer=False,
        )
        .annotate(stopp=Subquery(her.values("regler")[:1]))
        .order_by("publiseres_tid", "pk")
    )


def holdt_tilbake(leser: Bruker) -> QuerySet[Journalpost]:
    """Those of them with a document that is held back for what was found in it: red."""
    aapne = Publiseringsstopp.objects.filter(lukket_tid__isnull=True)
    return besluttet_ikke_publisert(leser).filter(pk__in=aapne.values("dokument__journalpost"))


def vurderinger(journalpost: Journalpost) -> QuerySet[Skjermingsvurdering]:
    """The history of a journalpost's grading, newest first."""
    return journalpost.skjermingsvurderinger.select_related(
        "kode", "avskjermingskode", "hjemmel", "av", "paa_vegne_av"
    ).order_by("-tid", "-pk")


def sist_gradert(journalposter: Iterable[Journalpost]) -> int:
    """Return the last decision or block among these entries; 0 where their codes have never been decided.

    What was weighed on an earlier one has been weighed on another grading than the one that stands.
    """
    rader = Skjermingsvurdering.objects.filter(journalpost__in=[jp.pk for jp in journalposter])
    siste: int | None = rader.exclude(art=Vurderingsart.FORSLAG).aggregate(siste=Max("pk"))["siste"]
    return siste or 0


def hoerer_paa_nettet(journalpost: Journalpost) -> bool:
    """Whether the net list will have an entry of this once it is J and decided: krav C.11, 1 and 4, of a loaded row."""
    return journalpost.journalposttype in postlistetyper() and publiseres(journalpost)


def publiseres(journalpost: Journalpost) -> bool:
    """Whether the archive part and the type of the case are on the net at all: krav C.11, 4, of a loaded row."""
    sak = journalpost.sak
    unntatt = sak.sakstype is not None and sak.sakstype.unntatt_nett
    return sak.arkivdel.publiseres and not unntatt


def utsikt_til_postlisten(journalposter: Iterable[Journalpost]) -> Postlisteutsikt:
    """Return how many of these become open and screened entries of the net list once they are J, and how many none."""
    aapne = skjermede = utenfor = 0
    for jp in journalposter:
        if not hoerer_paa_nettet(jp):
            utenfor += 1
        elif jp.tilgangskode_id is None:
            aapne += 1
        else:
            skjermede += 1
    return Postlisteutsikt(aapne, skjermede, utenfor)
