"""Flags: the baskets of krav C.4, and the flags of one object."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from saksgang.flyt.models import Flagg
from saksgang.flyt.rules import KOEKURVER, Koe
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Journalpost, Sak
from saksgang.tilgang.queries import brukere_med_rolle, ledere_av, rettigheter, synlig
from saksgang.tilgang.rules import Rolle


def _synlige(bruker: Bruker) -> QuerySet[Flagg]:
    return Flagg.objects.med_objekt().synlig_for_noekler(rettigheter(bruker).noekler)


def flagg_til(bruker: Bruker) -> QuerySet[Flagg]:
    """Return the open flags to bruker, newest first: the basket «Flagg» (krav C.4)."""
    return (
        _synlige(bruker)
        .filter(til_bruker=bruker, til_bruker__isnull=False, behandlet_tid__isnull=True)
        .order_by("-sendt_tid", "-pk")
    )


def flagg_behandlet(bruker: Bruker) -> QuerySet[Flagg]:
    """Return the handled flags that were to bruker or that bruker handled: «Behandlet» (krav R-C.2)."""
    return (
        _synlige(bruker)
        .filter(Q(til_bruker=bruker) | Q(behandlet_av=bruker), behandlet_tid__isnull=False)
        .order_by("-behandlet_tid", "-pk")
    )


def flagg_sendt(bruker: Bruker) -> QuerySet[Flagg]:
    """Return the flags that bruker sent, open and handled, newest first."""
    return _synlige(bruker).filter(fra=bruker).order_by("-sendt_tid", "-pk")


def med_ord(flagg: QuerySet[Flagg], tekst: str) -> QuerySet[Flagg]:
    """Narrow a list of flags to those with all these words in the message or the sender's name."""
    for ord_ in tekst.split():
        flagg = flagg.filter(Q(tekst__icontains=ord_) | Q(fra__navn__icontains=ord_))
    return flagg


def koe(bruker: Bruker, *aarsaker: str) -> QuerySet[Flagg]:
    """Return the open flags to the archive, of these causes or all, oldest first. Nobody else has the queue."""
    flagg = _koe(bruker)
    if aarsaker:
        flagg = flagg.filter(aarsak__in=aarsaker)
    return flagg.order_by("sendt_tid", "pk")


def _koe(bruker: Bruker) -> QuerySet[Flagg]:
    if not rettigheter(bruker).har(Rolle.ARK):
        return Flagg.objects.none()
    return _synlige(bruker).filter(til_bruker__isnull=True, til_koe=Koe.ARKIV, behandlet_tid__isnull=True)


def antall_flagg(bruker: Bruker) -> int:
    """Return how many rows flagg_til has."""
    return flagg_til(bruker).count()


def antall_i_koe(bruker: Bruker) -> dict[str, int]:
    """Return for each of the archive's baskets how many rows it has; nothing for others than the archive."""
    if not rettigheter(bruker).har(Rolle.ARK):
        return {}
    antall = dict(_koe(bruker).order_by("aarsak").values_list("aarsak").annotate(antall=Count("pk")))
    return {kurv: sum(antall.get(aarsak, 0) for aarsak in aarsaker) for kurv, aarsaker in KOEKURVER.items()}


def flagg_paa(objekt: Sak | Journalpost, bruker: Bruker) -> QuerySet[Flagg]:
    """Return every flag on this case or journalpost, newest first, for a reader who may see the object."""
    hvor = Q(journalpost=objekt) if isinstance(objekt, Journalpost) else Q(sak=objekt, journalpost__isnull=True)
    return _synlige(bruker).filter(hvor).order_by("-sendt_tid", "-pk")


def hent_flagg(bruker: Bruker, pk: int) -> Flagg:
    """Return a flag whose object bruker may see, or IkkeFunnet."""
    flagg = _synlige(bruker).filter(pk=pk).first()
    if flagg is None:
        raise IkkeFunnet
    return flagg


def er_mottaker(flagg: Flagg, bruker: Bruker) -> bool:
    """Whether the flag is bruker's to answer and handle: sent to bruker, or to the queue of a role bruker has."""
    if flagg.til_bruker_id is not None:
        return flagg.til_bruker_id == bruker.pk
    return rettigheter(bruker).har(Rolle(flagg.til_koe))


def arkivarer_for(journalpost: Journalpost, bruker: Bruker) -> list[Bruker]:
    """Return the archivists whom bruker may ask about a journalpost: those who see it, and not bruker."""
    alle = brukere_med_rolle(Rolle.ARK, klokke.idag())
    return [b for b in alle if b.pk != bruker.pk and synlig(journalpost, rettigheter(b))]


def ledere_for(objekt: Sak | Journalpost) -> list[Bruker]:
    """Return those who lead the object's unit today."""
    return list(ledere_av(objekt.enhet_id, klokke.idag()))
