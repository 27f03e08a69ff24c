"""What waits for a leader who is away and no one present in her place may see: the number alone (krav C.0)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from saksgang.flyt.models import Godkjenning
from saksgang.kjerne import klokke
from saksgang.organisasjon.models import Bruker, Fravaer
from saksgang.sakarkiv.models import InternMottaker, Journalpost
from saksgang.sakarkiv.rules import Journalstatus
from saksgang.tilgang.models import Rolletildeling, Stedfortreder
from saksgang.tilgang.queries import rettigheter, rettigheter_til
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
    return _antall(_borte(klokke.idag()).filter(bruker__in=ledere))


def udekket_i_alt() -> int:
    """Return the same for all leaders who are away, for the archive."""
    return _antall(_borte(klokke.idag()))


def _stillinger(dato: dt.date) -> QuerySet[Rolletildeling]:
    aktive: Any = Bruker.objects.all()
    return Rolletildeling.objects.filter(
        gjelder(dato), rolle=Rolle.LED, enhet__isnull=False, bruker__in=aktive.aktive(dato)
    )


def _fravaerende(dato: dt.date) -> QuerySet[Fravaer, Any]:
    return Fravaer.objects.filter(fra__lte=dato, til__gte=dato).values("bruker")


def _borte(dato: dt.date) -> QuerySet[Rolletildeling]:
    vikarierte = Stedfortreder.objects.filter(gjelder(dato)).values("leder")
    return _stillinger(dato).filter(Q(bruker__in=_fravaerende(dato)) | Q(bruker__in=vikarierte))


def _antall(borte: QuerySet[Rolletildeling]) -> int:
    """Return how many documents of the leaders' baskets none who is there in their place sees, each once.

    As many questions for many leaders as for one: who is away, who is there, their rights, and one count.
    """
    ledere = set(borte.values_list("bruker_id", flat=True))
    if not ledere:
        return 0
    folk: list[Any] = list(_ledere_og_de_i_stedet(ledere, klokke.idag()))
    rett = rettigheter_til(folk)
    kurver: dict[frozenset[int], tuple[set[int], set[int]]] = {}
    for leder in sorted(ledere):
        enheter = rett[leder].enheter(Funksjon.LEDE)
        i_stedet = [
            rett[person.pk]
            for person in folk
            if person.er_her
            and (
                not enheter.isdisjoint(person.stillinger)
                or leder in {v.leder_id for v in rett[person.pk].stedfortreder}
            )
        ]
        noekler: frozenset[int] = frozenset().union(*(person.noekler for person in i_stedet))
        like = kurver.setdefault(noekler, (set(), set()))
        like[0].add(leder)
        like[1].update(enheter)
    deler = [del_ for noekler, (disse, enheter) in kurver.items() for del_ in _kurvene(disse, enheter, noekler)]
    antall: int = deler[0].union(*deler[1:]).count()
    return antall


def _ledere_og_de_i_stedet(ledere: Collection[int], dato: dt.date) -> QuerySet[Bruker]:
    """Return the leaders, and those who are there today and act for them or lead some of the units themselves.

    Each with er_her: whether the person is there, and stillinger: the units led in the person's own right, of those
    that may be the leaders'; none where the person is away.
    """
    vikariater = Stedfortreder.objects.filter(gjelder(dato))
    # Their units, and those they lead as somebody's deputy; what lies below is led through them.
    over = Rolletildeling.objects.filter(
        Q(bruker__in=ledere) | Q(bruker__in=vikariater.filter(vikar__in=ledere).values("leder")),
        gjelder(dato),
        rolle=Rolle.LED,
        enhet__isnull=False,
    )
    andre = (
        _stillinger(dato)
        .filter(enhet__forfedre__overlap=ArraySubquery(over.values("enhet")))
        .exclude(bruker__in=_borte(dato).values("bruker"))
    )
    aktive: Any = Bruker.objects.all()
    folk: QuerySet[Bruker] = aktive.aktive(dato).annotate(
        er_her=~Q(pk__in=_fravaerende(dato)),
        stillinger=ArraySubquery(andre.filter(bruker=OuterRef("pk")).values("enhet")),
    )
    vikarer = vikariater.filter(leder__in=ledere).values("vikar")
    i_stedet = Q(er_her=True) & (Q(pk__in=vikarer) | Q(pk__in=andre.values("bruker")))
    return folk.filter(Q(pk__in=ledere) | i_stedet).order_by("pk")


def _kurvene(ledere: Collection[int], enheter: Collection[int], noekler: Iterable[int]) -> list[Any]:
    """Return the ids of what is coded in Midlertidig sperret, Til fordeling and Til godkjenning, and not seen."""
    i_enhetene = sorted(enheter)
    sperret = (
        Journalpost.objects.filter(Q(xx_frist__isnull=False) | Q(forslag_aapent=True), enhet_id__in=i_enhetene)
        .exclude(status=Journalstatus.UTGAAR)
        .filter(_kodet(""))
        .exclude(synlig_q(noekler))
    )
    ufordelt = InternMottaker.objects.all().ufordelt().filter(_kodet("journalpost__"), enhet_id__in=i_enhetene)
    runder = Godkjenning.objects.filter(_kodet("journalpost__"), svar="", godkjenner__in=sorted(ledere))
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
