"""Every address of the product, with arguments for one object: what the matrix and the leak wall walk through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from saksgang.sakarkiv.models import Journalpost, Sak
from saksgang.sakarkiv.rules import NOARKVERDIER

UTENFOR = ("konto/", "static/")
"""Log-in pages belong to no case and are tested on their own."""


@dataclass
class Objekt:
    """A case, a journalpost or both, with the ids of what hangs on them."""

    navn: str
    sak: Sak
    jp: Journalpost | None = None
    ider: dict[str, int | str] = field(default_factory=dict)
    sees_som: Journalpost | None = None
    """Whose readers see what is looked for, where it is not jp."""

    def argumenter(self) -> dict[str, object]:
        verdier: dict[str, object] = {
            "dato": dt.date(2026, 3, 2),
            "maaned": dt.date(2026, 3, 1),
            "dokumentnummer": 1,
            "varsel_id": 1,
            "krav_id": 0,
            "linje_id": 0,
            "samtykke_id": 0,
            "svar_id": 0,
            "fil_id": 0,
            "hemmelighet": "x" * 43,
            "side": 1,
            "bruker_pk": self.sak.saksansvarlig_id,
            "aar": self.sak.aar,
            "sekvens": self.sak.sekvens,
            "sak_id": self.sak.pk,
            **self.ider,
        }
        if self.jp is not None:
            verdier |= {"nummer": self.jp.journalpostnummer, "pk": self.jp.pk, "journalpost_id": self.jp.pk}
        return verdier


@dataclass(frozen=True)
class Vei:
    """One named address."""

    navn: str
    moenster: str
    parametre: tuple[str, ...]

    def url(self, argumenter: dict[str, object]) -> str:
        return reverse(self.navn, kwargs={p: argumenter[p] for p in self.parametre})


SLAG = {
    "journalpost-ny": ("inngaaende", "utgaaende", "notat", "xnotat", "sakspapir"),
    "godkjenning-svar": ("godkjent", "ikke-godkjent", "videresend"),
    "journalpost-flagg": ("melding", "feildistribuert", "feilregistrert", "flytting", "leder"),
}
KURVER = (
    "innboks restanse under-arbeid mine-saker kopiboks obs-dato til-fordeling midlertidig-sperret til-journalfoering "
    "midlertidig reserverte-saker oenskes-avsluttet xx-over-frist besluttet-ikke-publisert meldinger feilregistrert "
    "flytting ikke-fordelt skanning til-godkjenning arkivkopier innsynskrav innsyn-til-vurdering sladding "
    "gradering-utloeper"
).split()
FORMATER = ("json", "csv", "rss")
SVARMAATER = ("endelig", "foreloepig", "uten", "notat")


def varianter(vei: Vei) -> list[dict[str, object]]:
    """The values that a parameter takes which belongs to no object."""
    funnet: list[dict[str, object]] = [{}]
    verdier_for = {
        "slag": SLAG.get(vei.navn, ()),
        "noekkel": KURVER,
        "format": FORMATER,
        "kodeliste": sorted(NOARKVERDIER),
        "maate": SVARMAATER,
        "regel": ("kontonummer",),
    }
    for parameter, verdier in verdier_for.items():
        if parameter in vei.parametre:
            funnet = [f | {parameter: verdi} for f in funnet for verdi in verdier]
    return funnet


def veier() -> list[Vei]:
    """Return every named address outside the log-in, in order of pattern."""
    return sorted(set(_gaa(get_resolver().url_patterns, "")), key=lambda v: (v.moenster, v.navn))


def _gaa(moenstre: list, foran: str) -> Iterator[Vei]:
    for del_ in moenstre:
        moenster = foran + str(del_.pattern)
        if moenster.startswith(UTENFOR):
            continue
        if isinstance(del_, URLResolver):
            yield from _gaa(del_.url_patterns, moenster)
        elif isinstance(del_, URLPattern) and del_.name:
            yield Vei(del_.name, moenster, tuple(sorted(del_.pattern.converters)))
