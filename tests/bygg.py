"""The people and cases of krav A: built once through the commands, then copied into each test."""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
import time_machine
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client

from saksgang.demo.grunnlag import PASSORD, bygg_organisasjon, bygg_saker
from saksgang.offentlighet.commands import sett_filkontroll_ajour
from saksgang.organisasjon.models import Bruker, Enhet
from saksgang.sakarkiv.models import InternMottaker, Journalpost, Sak

T = TypeVar("T")
KLOKKE = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
"""Monday 2 March 2026, 09:00 in Oslo."""


@dataclass
class Kommune:
    """Fjordvik in a test. Every look-up reads the database, so that nothing is stale."""

    def __getitem__(self, brukernavn: str) -> Bruker:
        return Bruker.objects.select_related("enhet").get(brukernavn=brukernavn)

    def enhet(self, kode: str) -> Enhet:
        return Enhet.objects.get(kode=kode)

    def sak(self, sekvens: int, aar: int = 2026) -> Sak:
        return Sak.objects.get(aar=aar, sekvens=sekvens)

    def jp(self, sekvens: int, nummer: int, aar: int = 2026) -> Journalpost:
        return Journalpost.objects.select_related("sak", "tilgangskode").get(
            sak__aar=aar, sak__sekvens=sekvens, journalpostnummer=nummer
        )

    def mottaker(self, jp: Journalpost, brukernavn: str | None = None) -> InternMottaker:
        """The recipient's row of a person, or the only one."""
        rader = jp.interne_mottakere.filter(gyldig=True)
        return rader.get(bruker__brukernavn=brukernavn) if brukernavn else rader.get()

    def klient(self, brukernavn: str) -> Client:
        """An HTTP client in which the person is logged in."""
        klient = Client()
        klient.force_login(self[brukernavn])
        return klient

    def offentlig(self) -> Client:
        """An HTTP client without session."""
        return Client()

    passord = PASSORD


@pytest.fixture
def klokka():
    """The frozen clock of krav A; klokka.move_to(...) moves it."""
    with time_machine.travel(KLOKKE, tick=False) as reisende:
        yield reisende


@pytest.fixture(scope="session")
def _avbildning(django_db_setup, django_db_blocker, tmp_path_factory):
    """Fjordvik, built once in a transaction: its rows and files."""
    lager = tmp_path_factory.mktemp("kravA")
    with django_db_blocker.unblock():
        rader, _ = avbild(lambda: bygg_saker(bygg_organisasjon()), lager)
    return rader, lager


def glem_lagrede_rettigheter() -> None:
    """Forget the rights that are remembered by id: what is rolled back gives its ids back, as no real database does."""
    sys.modules["saksgang.tilgang.queries.rettigheter"]._lagret.clear()


def avbild(bygg: Callable[[], T], lager: Path) -> tuple[dict[str, bytes], T]:
    """Return the rows that something built makes in an empty database, and what it returned; all is rolled back."""
    from django.test import override_settings  # noqa: PLC0415 - only when a test needs the people

    rader: dict[str, bytes] = {}
    glem_lagrede_rettigheter()
    with (
        override_settings(SAKSGANG_LAGER=lager, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]),
        time_machine.travel(KLOKKE, tick=False),
        transaction.atomic(),
    ):
        tomme = {t for t in connection.introspection.table_names() if not _har_rader(t)}
        bygget = bygg()
        sett_filkontroll_ajour(Journalpost.objects.values_list("pk", flat=True))
        with connection.cursor() as peker:
            for tabell in connection.introspection.table_names():
                if tabell in tomme and _har_rader(tabell):
                    kolonner = _kolonner(tabell)
                    with peker.cursor.copy(f'COPY "{tabell}" ({kolonner}) TO STDOUT') as kopi:
                        rader[tabell] = b"".join(bytes(bit) for bit in kopi)
                elif tabell == "tilgang_tilgang":
                    with peker.cursor.copy(
                        f"COPY (SELECT {_kolonner(tabell)} FROM \"{tabell}\" WHERE klasse <> 'aapen') TO STDOUT"
                    ) as kopi:
                        rader[tabell] = b"".join(bytes(bit) for bit in kopi)
        transaction.set_rollback(True)
    return rader, bygget


def avbild_videre(
    avbildning: tuple[dict[str, bytes], Path], bygg: Callable[[Kommune], T]
) -> tuple[dict[str, bytes], T]:
    """Return the rows of Fjordvik with what is built further on it, and what that returned. The files lie together."""
    rader, lager = avbildning

    def begge() -> T:
        legg_inn(rader)
        return bygg(Kommune())

    return avbild(begge, lager)


def _har_rader(tabell: str) -> bool:
    with connection.cursor() as peker:
        peker.execute(f'SELECT EXISTS (SELECT 1 FROM "{tabell}")')
        return peker.fetchone()[0]


def _kolonner(tabell: str) -> str:
    with connection.cursor() as peker:
        peker.execute(
            "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
            [f'"{tabell}"'],
        )
        return peker.fetchone()[0]


def legg_inn(rader: dict[str, bytes]) -> None:
    with transaction.atomic(), connection.cursor() as peker:
        for tabell, innhold in rader.items():
            with peker.cursor.copy(f'COPY "{tabell}" ({_kolonner(tabell)}) FROM STDIN') as kopi:
                kopi.write(io.BytesIO(innhold).getvalue())
        modeller = connection.introspection.installed_models(list(rader))
        for setning in connection.ops.sequence_reset_sql(no_style(), list(modeller)):
            peker.execute(setning)


@pytest.fixture
def kommune_a(_avbildning, db, klokka, settings) -> Kommune:
    """Fjordvik, its people and cases 101–104, at the frozen clock of krav A."""
    rader, lager = _avbildning
    settings.SAKSGANG_LAGER = lager
    legg_inn(rader)
    return Kommune()
