"""What waits for a leader who is away and no one present in her place may see: the number alone (krav C.0)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from saksgang.flyt.models import Godkjenning
from saksgang.kjerne import klokke
from saksgang.organisasjon.models import Bruker, Fravaer
from saksgang.sakarkiv.models import InternMottaker, Journalpost
from saksgang.sakarkiv.rules import Journalstatus
from saksgang.tilgang.models import Rolletildeling, Stedfortreder
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.queries.rettigheter import gjelder
from saksgang.tilgang.querysets import synlig_q
from saksgang.tilgang.rules import Funksjon, Rolle

TAK = 100
"""No basket is counted further than this."""


def udekket_for(bruker: Bruker) -> int:
    """Return how many coded documents wait for the person, or for whom it stands in, and no one present may see.

    Nothing while the leader is there: neither absent nor with a deputy who acts today.
    """
    ledere = {bruker.pk, *(rett.leder_id for rett in rettigheter(bruker).stedfortreder)}
    return _antall(ledere & _ledere_som_er_borte(klokke.idag()))


def udekket_i_alt() -> int:
    """Return the same for all leaders who are away, for the archive."""
    return _antall(_ledere_som_er_borte(klokke.idag()))


def _ledere_som_er_borte(dato: dt.date) -> set[int]:
    fravaerende = Fravaer.objects.filter(fra__lte=dato, til__gte=dato).values("bruker")
    vikarierte = Stedfortreder.objects.filter(gjelder(dato)).values("leder")
    borte = _stillinger(dato).filter(Q(bruker__in=fravaerende) | Q(bruker__in=vikarierte))
    return set(borte.values_list("bruker_id", flat=True))


def _stillinger(dato: dt.date) -> QuerySet[Rolletildeling]:
    aktive: Any = Bruker.objects.all()
    return Rolletildeling.objects.filter(
        gjelder(dato), rolle=Rolle.LED, enhet__isnull=False, bruker__in=aktive.aktive(dato)
    )


def _antall(ledere: set[int]) -> int:
    """Return how many documents of the leaders' baskets none who is there in their place sees, each once.

    One count; the rights are read per leader and deputy, so the queries are bounded by the leaders who are away.
    """
    if not ledere:
        return 0
    dato, deler = klokke.idag(), []
    for leder in Bruker.objects.filter(pk__in=ledere).order_by("pk"):
        enheter = rettigheter(leder).enheter(Funksjon.LEDE)
        noekler: set[int] = set()
        for annen in _i_stedet(leder, enheter, dato):
            noekler.update(rettigheter(annen).noekler)
        deler += _kurvene(leder, enheter, noekler)
    return deler[0].union(*deler[1:]).count() if deler else 0


def _i_stedet(leder: Bruker, enheter: Iterable[int], dato: dt.date) -> QuerySet[Bruker]:
    """Return those who are there today and act for the leader, or lead some of the units in their own right."""
    vikarer = Stedfortreder.objects.filter(gjelder(dato), leder=leder).values("vikar")
    andre = _stillinger(dato).filter(enhet__in=sorted(enheter)).exclude(bruker=leder)
    andre = andre.exclude(bruker__in=_ledere_som_er_borte(dato))
    folk: Any = Bruker.objects.filter(Q(pk__in=vikarer) | Q(pk__in=andre.values("bruker")))
    borte = Fravaer.objects.filter(fra__lte=dato, til__gte=dato).values("bruker")
    til_stede: QuerySet[Bruker] = folk.aktive(dato).exclude(pk__in=borte).order_by("pk")
    return til_stede


def _kurvene(leder: Bruker, enheter: Iterable[int], noekler: Iterable[int]) -> list[Any]:
    """Return the ids of what is coded in Midlertidig sperret, Til fordeling and Til godkjenning, and not seen."""
    i_enhetene = sorted(enheter)
    sperret = (
        Journalpost.objects.filter(Q(xx_frist__isnull=False) | Q(forslag_aapent=True), enhet_id__in=i_enhetene)
        .exclude(status=Journalstatus.UTGAAR)
        .filter(_kodet(""))
        .exclude(synlig_q(noekler))
    )
    ufordelt = InternMottaker.objects.all().ufordelt().filter(_kodet("journalpost__"), enhet_id__in=i_enhetene)
    runder = Godkjenning.objects.filter(_kodet("journalpost__"), svar="", godkjenner=leder)
    return [
        sperret.order_by("pk").values_list("pk", flat=True)[: TAK + 1],
        *(
            rader.exclude(synlig_q(noekler, "journalpost__"))
            .order_by("journalpost_id")
            .values_list("journalpost_id", flat=True)[: TAK + 1]
            for rader in (ufordelt, runder)
        ),
    ]


def _kodet(foran: str) -> Q:
    return Q(**{f"{foran}tilgangskode__isnull": False}) | Q(**{f"{foran}forslag_sperrer": True})
