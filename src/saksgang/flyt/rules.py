"""Flag types, causes, the archive's baskets, and when a job runs next."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils import timezone


class Flaggtype(models.TextChoices):
    """The handbook's four (krav C.5)."""

    BESKJED = "BM", "Beskjed/Merknad"
    TIL_GODKJENNING = "TG", "Til godkjenning"
    GODKJENT = "GK", "Godkjent"
    IKKE_GODKJENT = "IG", "Ikke godkjent"


class Aarsak(models.TextChoices):
    """What a Beskjed/Merknad is about; the archive's baskets sort by it."""

    MELDING = "melding", "Melding"
    FEILDISTRIBUERT = "feildistribuert", "Feildistribuert"
    FEILREGISTRERT = "feilregistrert", "Feilregistrert"
    FLYTTING = "flytting", "Flytting"
    TITTEL = "tittel", "Forslag til ny tittel"
    GRADERING = "gradering", "Spørsmål om gradering"
    RESTANSE = "restanse", "Spørsmål om restanse"
    SVAR = "svar", "Svar"


class Godkjenningssvar(models.TextChoices):
    """What became of one round of approval."""

    GODKJENT = "G", "Godkjent"
    IKKE_GODKJENT = "I", "Ikke godkjent"
    VIDERESENDT = "V", "Godkjent – videresendt"
    TRUKKET = "T", "Trukket tilbake"


SVARTYPE = {Godkjenningssvar.GODKJENT: Flaggtype.GODKJENT, Godkjenningssvar.IKKE_GODKJENT: Flaggtype.IKKE_GODKJENT}
"""The flag that takes an answer back to the one who asked."""


class Varselmaate(models.TextChoices):
    """How notifications go by e-mail."""

    INGEN = "I", "Ingen e-post"
    STRAKS = "S", "Straks"
    DAGLIG = "D", "Samlet en gang om dagen"


class Koe(models.TextChoices):
    """Receivers that are a role, not a person."""

    ARKIV = "ARK", "Arkivet"


KOEKURVER: dict[str, tuple[Aarsak, ...]] = {
    "meldinger": (
        Aarsak.MELDING,
        Aarsak.FEILDISTRIBUERT,
        Aarsak.TITTEL,
        Aarsak.GRADERING,
        Aarsak.RESTANSE,
        Aarsak.SVAR,
    ),
    "feilregistrert": (Aarsak.FEILREGISTRERT,),
    "flytting": (Aarsak.FLYTTING,),
}
"""The archive's three baskets of krav C.4: Meldinger, Feilregistrert, Flytting."""

SPOERSMAAL_TIL_LEDER = frozenset({Aarsak.GRADERING, Aarsak.RESTANSE})


def neste_kjoering(naa: dt.datetime, *, hvert: int | None, klokkeslett: dt.time | None) -> dt.datetime:
    """Return when a job that starts now is due again: after so many seconds, or at the next such time of day."""
    if klokkeslett is None:
        return naa + dt.timedelta(seconds=hvert or 0)
    lokal = timezone.localtime(naa)
    dato = lokal.date() if lokal.time() < klokkeslett else lokal.date() + dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(dato, klokkeslett))
