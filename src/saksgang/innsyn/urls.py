"""Addresses of the public site. They are cited elsewhere and never change."""

from __future__ import annotations

import datetime as dt

from django.urls import URLPattern, path, register_converter

from . import bestilling, views


class Dato:
    """2026-03-02; what is no date is no address."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, verdi: str) -> dt.date:
        return dt.date.fromisoformat(verdi)

    def to_url(self, verdi: dt.date) -> str:
        return verdi.isoformat()


class Maaned(Dato):
    """2026-03, as its first day."""

    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, verdi: str) -> dt.date:
        return dt.date.fromisoformat(f"{verdi}-01")

    def to_url(self, verdi: dt.date) -> str:
        return verdi.isoformat()[:7]


class Aar:
    """A year in four digits."""

    regex = "[12][0-9]{3}"

    def to_python(self, verdi: str) -> int:
        return int(verdi)

    def to_url(self, verdi: int) -> str:
        return str(verdi)


class Nummer(Aar):
    """A number written one way only, and within what the database holds."""

    regex = "[1-9][0-9]{0,6}"


class Format(Aar):
    """What machines read."""

    regex = "json|csv|rss"

    def to_python(self, verdi: str) -> str:  # type: ignore[override]
        return verdi


class Noekkel(Format):
    """The secret of a requester's own page."""

    regex = "[A-Za-z0-9_-]{43}"


register_converter(Noekkel, "kravnoekkel")
register_converter(Dato, "postdato")
register_converter(Maaned, "postmaaned")
register_converter(Aar, "saksaar")
register_converter(Nummer, "loepenummer")
register_converter(Format, "dataformat")

SAK = "sak/<saksaar:aar>/<loepenummer:sekvens>"
POST = f"{SAK}/<loepenummer:nummer>"
KRAV = "krav/<kravnoekkel:hemmelighet>"
urlpatterns: list[URLPattern] = [
    path("", views.forside, name="innsyn"),
    path("sist-publisert/", views.sist_publisert, name="innsyn-sist"),
    path("feed.<dataformat:format>", views.sist_publisert, name="innsyn-feed"),
    path("maaned/<postmaaned:maaned>/", views.maaned, name="innsyn-maaned"),
    path("dag/<postdato:dato>/", views.dag, name="innsyn-dag"),
    path("dag/<postdato:dato>.<dataformat:format>", views.dag, name="innsyn-dag-format"),
    path("sok/", views.sok, name="innsyn-sok"),
    path("sok.<dataformat:format>", views.sok, name="innsyn-sok-format"),
    path("bestilling/", bestilling.bestilling, name="innsyn-bestilling"),
    path(f"{KRAV}/", bestilling.krav, name="innsyn-krav"),
    path(f"{KRAV}/begrunnelse/", bestilling.begrunnelse, name="innsyn-krav-begrunnelse"),
    path(f"{KRAV}/klage/", bestilling.klage, name="innsyn-krav-klage"),
    path(f"{KRAV}/fil/<int:fil_id>/", bestilling.utlevert, name="innsyn-krav-fil"),
    path(f"{KRAV}/brev/<int:svar_id>/", bestilling.brev, name="innsyn-krav-brev"),
    path(f"{SAK}/", views.sak, name="innsyn-sak"),
    path(f"{SAK}.<dataformat:format>", views.sak, name="innsyn-sak-format"),
    path(f"{POST}/", views.oppfoering, name="innsyn-oppfoering"),
    path(f"{POST}.<dataformat:format>", views.oppfoering, name="innsyn-oppfoering-format"),
    path(
        "fil/<saksaar:aar>/<loepenummer:sekvens>/<loepenummer:nummer>/<loepenummer:dokumentnummer>/",
        views.fil,
        name="innsyn-fil",
    ),
]
