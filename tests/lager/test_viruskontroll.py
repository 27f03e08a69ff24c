"""The scanner here speaks ClamAV's INSTREAM protocol over a real socket; its only signature is the word VIRUS."""

import socket
import struct
import threading
from contextlib import contextmanager

import pytest

from saksgang.kjerne.errors import Avvist
from saksgang.lager.commands import lagre_fil
from saksgang.lager.models import Fil
from saksgang.lager.store import lager

from .innhold import EICAR_LIGNENDE, pdf

pytestmark = pytest.mark.django_db
MAKS = 200_000


@contextmanager
def kontroll(lytter):
    undersoekt = []

    def tjen():
        while True:
            try:
                forbindelse, _ = lytter.accept()
            except OSError:
                return
            with forbindelse, forbindelse.makefile("rb") as inn:
                assert inn.read(10) == b"zINSTREAM\0"
                innhold = b""
                while lengde := struct.unpack("!L", inn.read(4))[0]:
                    innhold += inn.read(lengde)
                    if len(innhold) > MAKS:
                        break
                undersoekt.append(innhold)
                if len(innhold) > MAKS:
                    svar = b"INSTREAM size limit exceeded. ERROR\0"
                else:
                    svar = b"stream: Proeve.Virus FOUND\0" if b"VIRUS" in innhold else b"stream: OK\0"
                forbindelse.sendall(svar)
                forbindelse.shutdown(socket.SHUT_WR)
                while inn.read(65536):
                    pass

    traad = threading.Thread(target=tjen)
    traad.start()
    try:
        yield undersoekt
    finally:
        lytter.shutdown(socket.SHUT_RDWR)
        lytter.close()
        traad.join(10)


@pytest.fixture(params=["tcp", "unix"])
def clamav(request, settings, tmp_path):
    if request.param == "tcp":
        lytter = socket.create_server(("127.0.0.1", 0))
        settings.SAKSGANG_CLAMAV = f"127.0.0.1:{lytter.getsockname()[1]}"
    else:
        lytter = socket.socket(socket.AF_UNIX)
        lytter.bind(str(tmp_path / "c"))
        lytter.listen()
        settings.SAKSGANG_CLAMAV = str(tmp_path / "c")
    with kontroll(lytter) as undersoekt:
        yield undersoekt


def test_lagre_fil_lets_the_scanner_see_all_of_a_clean_file(clamav):
    fil = lagre_fil(b"x" * 150_000, filnavn="notat.txt")
    assert clamav == [b"x" * 150_000]
    assert Fil.objects.get() == fil


def test_lagre_fil_refuses_what_the_scanner_stops(clamav):
    with pytest.raises(Avvist, match=r"Viruskontrollen stanset filen \(Proeve\.Virus\)"):
        lagre_fil(EICAR_LIGNENDE, filnavn="notat.txt")
    assert Fil.objects.count() == 0
    assert list(lager().alle()) == []


def test_lagre_fil_refuses_what_is_larger_than_the_scanner_examines(clamav):
    with pytest.raises(Avvist, match="Filen er større enn viruskontrollen undersøker"):
        lagre_fil(b"x" * 5_000_000, filnavn="notat.txt")
    assert Fil.objects.count() == 0


@pytest.mark.parametrize("adresse", ["127.0.0.1:1", "/finnes/ikke"])
def test_lagre_fil_refuses_when_the_scanner_is_down(settings, adresse):
    settings.SAKSGANG_CLAMAV = adresse
    with pytest.raises(Avvist, match="Viruskontrollen svarer ikke"):
        lagre_fil(pdf(), filnavn="brev.pdf")
    assert Fil.objects.count() == 0
    settings.SAKSGANG_CLAMAV = ""
    assert lagre_fil(pdf(), filnavn="brev.pdf") == Fil.objects.get()
