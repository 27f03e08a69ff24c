"""The benchmark's rows are what the commands would have made, so that what is measured is the product."""

import datetime as dt

import pytest

from bench.generator import fyll
from saksgang.sakarkiv.commands.noekler import oppdater_hele_saken
from saksgang.sakarkiv.models import InternMottaker, Journalpost, Sak
from saksgang.soek.models import Soekerad
from saksgang.tilgang.models import Tilgang

pytestmark = [pytest.mark.tung, pytest.mark.django_db(transaction=True)]


def _bilde():
    return (
        list(Sak.objects.order_by("pk").values_list("pk", "noekler")),
        list(Journalpost.objects.order_by("pk").values_list("pk", "noekler")),
        list(InternMottaker.objects.order_by("pk").values_list("pk", "levert")),
        list(
            Soekerad.objects.order_by("objekt_type", "objekt_id").values_list(
                "objekt_type", "objekt_id", "sak_id", "dato", "tittel", "noekler", "utgaatt"
            )
        ),
        Tilgang.objects.count(),
    )


def test_fyll_makes_rows_that_the_commands_leave_as_they_are():
    fyll(300, dt.date(2026, 3, 2), si=lambda _tekst: None)
    foer = _bilde()
    assert len(foer[1]) == 300
    for sak in Sak.objects.order_by("pk"):
        oppdater_hele_saken(sak)
    assert _bilde() == foer


def test_fyll_numbers_without_gaps():
    fyll(300, dt.date(2026, 3, 2), si=lambda _tekst: None)
    for rader in (
        Sak.objects.order_by("aar", "sekvens").values_list("aar", "sekvens"),
        Journalpost.objects.exclude(journalaar=None)
        .order_by("journalaar", "journalsekvens")
        .values_list("journalaar", "journalsekvens"),
    ):
        per_aar: dict[int, list[int]] = {}
        for aar, nummer in rader:
            per_aar.setdefault(aar, []).append(nummer)
        assert {aar: numre for aar, numre in per_aar.items() if numre != list(range(1, len(numre) + 1))} == {}
