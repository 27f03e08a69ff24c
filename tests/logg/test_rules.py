import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import pytest

from saksgang.logg import rules
from saksgang.logg.models import Hendelse

HENDELSE = {
    "nummer": 7,
    "akt": uuid.UUID(int=1),
    "tidspunkt": dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC),
    "aktoer_id": 3,
    "paa_vegne_av_id": None,
    "handling": "sak.opprette",
    "objekt_type": "sak",
    "objekt_id": 11,
    "sak_id": 11,
    "journalpost_id": None,
    "lesing": False,
    "endringer": {"tittel": [None, "Søknad"], "enhet": ["A", "B"]},
    "detaljer": {},
    "xid": 900,
}


def test_kanonisk_is_fixed():
    assert rules.kanonisk(HENDELSE).decode() == (
        '{"akt":"00000000-0000-0000-0000-000000000001","aktoer_id":3,"detaljer":{},'
        '"endringer":{"enhet":["A","B"],"tittel":[null,"Søknad"]},"handling":"sak.opprette","journalpost_id":null,'
        '"lesing":false,"nummer":7,"objekt_id":11,"objekt_type":"sak","paa_vegne_av_id":null,"sak_id":11,'
        '"tidspunkt":"2026-03-02T08:00:00.000000+00:00","xid":900}'
    )


def test_kanonisk_is_the_same_in_every_time_zone():
    oslo = HENDELSE | {"tidspunkt": HENDELSE["tidspunkt"].astimezone(ZoneInfo("Europe/Oslo"))}
    assert rules.kanonisk(oslo) == rules.kanonisk(HENDELSE)


@pytest.mark.parametrize("felt", rules.FELTER[1])
def test_hendelse_hash_covers_every_field(felt):
    annet = {"akt": uuid.UUID(int=2), "tidspunkt": dt.datetime(2026, 3, 3, tzinfo=dt.UTC)}.get(felt, "annet")
    assert rules.hendelse_hash(HENDELSE | {felt: annet}) != rules.hendelse_hash(HENDELSE)


def test_felter_are_all_columns_of_an_event():
    assert set(rules.FELTER[rules.VERSJON]) == {felt.attname for felt in Hendelse._meta.concrete_fields}


def test_segl_hash_covers_what_came_before_the_moment_and_the_order():
    naa = HENDELSE["tidspunkt"]
    hasher = {
        rules.segl_hash(rules.FOERSTE, naa, ["a", "b"]),
        rules.segl_hash("1" * 64, naa, ["a", "b"]),
        rules.segl_hash(rules.FOERSTE, naa + dt.timedelta(seconds=1), ["a", "b"]),
        rules.segl_hash(rules.FOERSTE, naa, ["b", "a"]),
        rules.segl_hash(rules.FOERSTE, naa, ["a"]),
    }
    assert len(hasher) == 5
