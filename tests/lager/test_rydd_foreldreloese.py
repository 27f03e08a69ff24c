import datetime as dt
import os
import threading

import pytest
from django.db import connection, transaction

from saksgang.kjerne import klokke
from saksgang.lager import queries
from saksgang.lager.commands import lagre_fil, rydd_foreldreloese
from saksgang.lager.models import Fil
from saksgang.lager.store import lager
from saksgang.lager.tasks import rydd_lager

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


class Avbrutt(Exception):
    pass


def foreldreloes(innhold=b"avbrutt"):
    """Leave the file of an act that was rolled back, and return its checksum."""
    with pytest.raises(Avbrutt), transaction.atomic():
        sha256 = lagre_fil(innhold, filnavn="notat.txt").sha256
        raise Avbrutt
    return sha256


def eldes(sha256, dager=2):
    tid = (klokke.naa() - dt.timedelta(days=dager)).timestamp()
    os.utime(lager().sti(sha256), (tid, tid))


def test_rydd_foreldreloese_removes_the_file_of_an_aborted_act_only():
    borte, ny = foreldreloes(), foreldreloes(b"nettopp avbrutt")
    beholdt = lagre_fil(b"beholdt", filnavn="notat.txt")
    eldes(borte)
    eldes(beholdt.sha256)
    assert rydd_lager() == 1
    assert list(lager().alle()) == sorted([ny, beholdt.sha256])
    assert queries.er_hel(beholdt)
    assert rydd_foreldreloese(klokke.naa() + dt.timedelta(minutes=1)) == 1
    assert list(lager().alle()) == [beholdt.sha256]


def test_rydd_foreldreloese_removes_what_a_dead_process_left_half():
    skriver = lager().skriver()
    skriver.skriv(b"halvt")
    skriver._fil.close()
    assert rydd_lager() == 0
    tid = (klokke.naa() - dt.timedelta(days=2)).timestamp()
    os.utime(skriver.sti, (tid, tid))
    assert rydd_lager() == 1
    assert not skriver.sti.exists()


def test_rydd_foreldreloese_spares_the_file_of_an_act_under_way():
    sha256 = foreldreloes()
    lagret, slipp = threading.Event(), threading.Event()

    def treg_akt():
        with transaction.atomic():
            lagre_fil(b"avbrutt", filnavn="notat.txt")
            eldes(sha256)
            lagret.set()
            slipp.wait(30)
        connection.close()

    traad = threading.Thread(target=treg_akt)
    traad.start()
    assert lagret.wait(30)
    assert Fil.objects.count() == 0
    assert rydd_lager() == 0
    slipp.set()
    traad.join(30)
    assert rydd_lager() == 0
    assert queries.er_hel(queries.hent(sha256))


def test_lagre_fil_again_makes_an_orphan_young():
    sha256 = foreldreloes()
    eldes(sha256)
    foreldreloes()
    assert rydd_lager() == 0
    assert lager().finnes(sha256)
