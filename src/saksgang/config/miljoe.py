"""Reads the environment: every variable is named and typed in one place, and an unknown one is an error."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PREFIKS = "SAKSGANG_"
SANT = {"1", "true", "ja", "on"}
USANT = {"0", "false", "nei", "off"}


class Miljoe:
    """The environment of one start. Each look-up makes its name known; `ferdig` refuses what is left."""

    def __init__(self, variabler: Mapping[str, str]):
        self.variabler = variabler
        self.kjente: set[str] = set()

    def tekst(self, navn: str, standard: str | None = None) -> str:
        """Return the variable `navn`, or the content of the file that `navn`_FILE names.

        Refused when both are set, when the file cannot be read, and when neither is set and there is no default.
        """
        self.kjente |= {navn, f"{navn}_FILE"}
        verdi, fil = self.variabler.get(navn), self.variabler.get(f"{navn}_FILE")
        if verdi is not None and fil is not None:
            raise ImproperlyConfigured(f"Både {navn} og {navn}_FILE er satt. Behold én av dem.")
        if fil is not None:
            try:
                return Path(fil).read_text(encoding="utf-8").strip()
            except OSError as feil:
                raise ImproperlyConfigured(f"{navn}_FILE kan ikke leses: {feil}") from feil
        if verdi is not None:
            return verdi.strip()
        if standard is None:
            raise ImproperlyConfigured(f"{navn} (eller {navn}_FILE) må være satt.")
        return standard

    def bryter(self, navn: str, standard: bool) -> bool:
        """Return a yes or no. Refused when the value is neither."""
        verdi = self.tekst(navn, "ja" if standard else "nei").lower()
        if verdi in SANT | USANT:
            return verdi in SANT
        raise ImproperlyConfigured(f"{navn} skal være ja eller nei, ikke «{verdi}».")

    def heltall(self, navn: str, standard: int, *, minst: int = 0) -> int:
        """Return a whole number. Refused when the value is not one, or is below `minst`."""
        verdi = self.tekst(navn, str(standard))
        if not verdi.lstrip("-").isdecimal() or int(verdi) < minst:
            raise ImproperlyConfigured(f"{navn} skal være et heltall fra {minst}, ikke «{verdi}».")
        return int(verdi)

    def liste(self, navn: str, standard: str = "") -> list[str]:
        """Return the comma-separated values of the variable."""
        return [del_.strip() for del_ in self.tekst(navn, standard).split(",") if del_.strip()]

    def dager(self, navn: str) -> frozenset[dt.date]:
        """Return the comma-separated dates of the variable. Refused when one is no date."""
        try:
            return frozenset(map(dt.date.fromisoformat, self.liste(navn)))
        except ValueError as feil:
            raise ImproperlyConfigured(f"{navn} skal være datoer som 2026-12-24, med komma mellom: {feil}") from feil

    def ferdig(self) -> None:
        """Refuse every variable with our prefix that nothing asked for: a misspelt setting must not pass unseen."""
        ukjente = sorted(n for n in self.variabler if n.startswith(PREFIKS) and n not in self.kjente)
        if ukjente:
            raise ImproperlyConfigured(f"Ukjente innstillinger: {', '.join(ukjente)}.")


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for a postgresql:// address; a socket folder is given as `?host=`.

    Refused for every other database: the product has one SQL dialect.
    """
    deler = urlsplit(url)
    if deler.scheme not in {"postgresql", "postgres"} or not deler.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL skal ha formen postgresql://bruker:passord@vert:port/database.")
    valg = dict(parse_qsl(deler.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(deler.path.strip("/")),
        "USER": unquote(deler.username or ""),
        "PASSWORD": unquote(deler.password or ""),
        "HOST": valg.pop("host", unquote(deler.hostname or "")),
        "PORT": valg.pop("port", str(deler.port or "")),
        # Every list is served by a partial index; parallel plans and JIT only add start-up time to such queries.
        "OPTIONS": {
            "options": "-c random_page_cost=1.1 -c jit=off -c max_parallel_workers_per_gather=0",
            **valg,
        },
    }
