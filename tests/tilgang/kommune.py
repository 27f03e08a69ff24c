"""A small municipality, made through the commands."""

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine

from saksgang.tilgang.commands import (
    opprett_bruker,
    opprett_enhet,
    opprett_foerste_administrator,
    tildel_rolle,
)
from saksgang.tilgang.rules import Rolle

PASSORD = "fjord og fjell 1814"


@pytest.fixture
def tid():
    """The frozen clock of krav A: Monday 2 March 2026, 09:00 in Oslo."""
    with time_machine.travel(dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC), tick=False) as reisende:
        yield reisende


@pytest.fixture
def adm(db, tid):
    return opprett_foerste_administrator("adm.root", "Rut Root", PASSORD)


@pytest.fixture
def kommune(adm):
    """TEK (fagområde) over VAR, and KULT; a leader and a case worker in TEK, a leader in KULT."""
    tek = opprett_enhet(kode="TEK", navn="Teknisk", fagomraade=True, av=adm)
    var = opprett_enhet(kode="VAR", navn="Vann og avløp", overordnet=tek, av=adm)
    kult = opprett_enhet(kode="KULT", navn="Kultur", av=adm)

    def person(brukernavn, navn, enhet, rolle=Rolle.SB):
        bruker = opprett_bruker(brukernavn=brukernavn, navn=navn, initialer=brukernavn[3:6], enhet=enhet, av=adm)
        tildel_rolle(bruker, rolle, enhet=enhet, av=adm)
        return bruker

    return SimpleNamespace(
        adm=adm,
        tek=tek,
        var=var,
        kult=kult,
        person=person,
        anne=person("led.anne", "Anne Ås", tek, Rolle.LED),
        nils=person("led.nils", "Nils Øye", kult, Rolle.LED),
        kari=person("sb.kari", "Kari Lunde", tek),
        per=person("sb.per", "Per Aas", kult),
    )
