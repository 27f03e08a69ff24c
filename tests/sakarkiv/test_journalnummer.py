"""Journal numbers and dates (krav C.9, A-38): given together, once, and never again to anything else."""

import datetime as dt

import pytest

from saksgang.sakarkiv.commands.journalfoering import avjournalfoer, journalfoer, utgaa
from saksgang.sakarkiv.models import Journalpost
from tests.tilstand import egen, inngaaende

MANDAG, TIRSDAG = dt.date(2026, 3, 2), dt.date(2026, 3, 3)


def nummer(jp):
    jp = Journalpost.objects.get(pk=jp.pk)
    return jp.journalsekvens, jp.journaldato


@pytest.mark.krav("C.9", "A-38")
def test_journal_number_is_given_at_m_by_the_archive_and_at_j_to_all_else(kommune_a, klokka):
    k = kommune_a
    siste = Journalpost.objects.order_by("-journalsekvens").exclude(journalsekvens=None)[0].journalsekvens
    m, s = inngaaende(k, k.sak(101), "M"), inngaaende(k, k.sak(101), "S")
    egne = [egen(k, k.sak(101), type_, "F") for type_ in "UNX"]
    assert [nummer(jp) for jp in (m, s, *egne)] == [(siste + 1, MANDAG), *[(None, None)] * 4]
    klokka.move_to(dt.datetime(2026, 3, 3, 8, 0, tzinfo=dt.UTC))
    for jp in (m, *egne, s):
        journalfoer(jp, av=k["ark.eva"])
    assert [nummer(jp) for jp in (m, *egne, s)] == [
        (siste + 1, MANDAG), *((siste + n, TIRSDAG) for n in (2, 3, 4, 5))
    ]  # fmt: skip


@pytest.mark.krav("C.9", "R-10.10.1")
def test_numbers_are_kept_through_avjournalfoering_and_never_used_again(kommune_a, klokka):
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "J")
    gitt = nummer(jp)
    klokka.move_to(dt.datetime(2026, 3, 3, 8, 0, tzinfo=dt.UTC))
    avjournalfoer(jp, "Feil avsender", av=k["ark.eva"])
    assert nummer(jp) == gitt
    utgaa(jp, "Dobbelt", av=k["ark.eva"])
    neste = inngaaende(k, k.sak(101), "J")
    assert nummer(jp) == gitt
    assert nummer(neste) == (gitt[0] + 1, TIRSDAG)
    assert [jp.journalpostnummer, neste.journalpostnummer] == [6, 7]
