"""Code lists that are valid on a date."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from saksgang.tilgang.models import Avskjermingskode, Hjemmel, Tilgangskode


def tilgangskoder(dato: dt.date, *, med_xx: bool = False) -> QuerySet[Tilgangskode]:
    """Return the codes that may be set on a date."""
    koder = Tilgangskode.objects.filter(Q(gyldig_til__isnull=True) | Q(gyldig_til__gte=dato))
    return (koder if med_xx else koder.exclude(kode="XX")).order_by("rekkefoelge", "pk")


def avskjermingskoder() -> QuerySet[Avskjermingskode]:
    """Return what can be hidden from the public entry."""
    return Avskjermingskode.objects.order_by("rekkefoelge", "pk")


def hjemler_for(kode: Tilgangskode | None, dato: dt.date) -> QuerySet[Hjemmel]:
    """Return the law references valid on a date for a code, the usual ones of that code first."""
    gyldige = Hjemmel.objects.filter(Q(gyldig_til__isnull=True) | Q(gyldig_til__gte=dato), gyldig_fra__lte=dato)
    if kode is None:
        return gyldige.order_by("rekkefoelge", "pk")
    foerst = Hjemmel.foerst_for.through.objects.filter(hjemmel=OuterRef("pk"), tilgangskode=kode)
    return gyldige.filter(koder=kode).annotate(vanlig=Exists(foerst)).order_by("-vanlig", "rekkefoelge", "pk")
