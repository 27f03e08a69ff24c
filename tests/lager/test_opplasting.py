import gc
import hashlib
import os
from pathlib import Path

import pytest
from django.http import UnreadablePostError
from django.test import RequestFactory

from saksgang.kjerne.errors import Avvist
from saksgang.lager import queries
from saksgang.lager.commands import lagre_fil
from saksgang.lager.models import Fil
from saksgang.lager.opplasting import OpplastetFil
from saksgang.lager.store import lager

from .innhold import pdf

pytestmark = pytest.mark.django_db
MB = 1024 * 1024
SIDE = os.sysconf("SC_PAGESIZE") if hasattr(os, "sysconf") else 0


class Stroem:
    """The body of a form with one file, made as it is read, so that it takes no memory itself."""

    def __init__(self, filnavn, biter, *, ryker_etter=None):
        hode = f'--X\r\nContent-Disposition: form-data; name="fil"; filename="{filnavn}"\r\n\r\n'.encode()
        hale = b'\r\n--X\r\nContent-Disposition: form-data; name="tittel"\r\n\r\nBrev\r\n--X--\r\n'
        self.lengde = len(hode) + sum(map(len, biter)) + len(hale)
        self.deler = iter([hode, *biter, hale])
        self.rest = memoryview(b"")
        self.lest = 0
        self.ryker_etter = ryker_etter
        self.hoeyest = 0

    def readline(self, antall=-1):
        return self.read(antall)

    def read(self, antall=-1):
        if self.ryker_etter is not None and self.lest > self.ryker_etter:
            raise OSError("connection reset")
        if not self.rest:
            self.rest = memoryview(next(self.deler, b""))
            self.hoeyest = max(self.hoeyest, minne())
        bit, self.rest = bytes(self.rest[:antall]), self.rest[antall:]
        self.lest += len(bit)
        return bit


def minne():
    """Return the process's memory in bytes, where the system tells."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * SIDE if statm.exists() else 0


def skjema(stroem):
    return RequestFactory().request(
        **{
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": "multipart/form-data; boundary=X",
            "CONTENT_LENGTH": str(stroem.lengde),
            "wsgi.input": stroem,
        }
    )


def kladd():
    return list(lager().rot.glob("kladd/*"))


def test_upload_goes_to_the_store_with_its_checksum_and_is_moved_into_place():
    innhold = pdf()
    foresp = skjema(Stroem("brev.pdf", [innhold]))
    opplastet = foresp.FILES["fil"]
    assert isinstance(opplastet, OpplastetFil)
    assert (opplastet.sha256, opplastet.size, opplastet.name, foresp.POST["tittel"]) == (
        hashlib.sha256(innhold).hexdigest(),
        len(innhold),
        "brev.pdf",
        "Brev",
    )
    assert opplastet.read() == innhold
    inode = opplastet.midlertidig.sti.stat().st_ino
    fil = lagre_fil(opplastet, filnavn=opplastet.name)
    assert lager().sti(fil.sha256).stat().st_ino == inode
    assert lagre_fil(opplastet, filnavn=opplastet.name) == fil
    foresp.close()
    assert queries.innhold(fil) == innhold
    assert kladd() == []


def test_upload_that_nobody_keeps_is_gone_after_the_request():
    foresp = skjema(Stroem("brev.pdf", [pdf()]))
    assert foresp.FILES["fil"].size == len(pdf())
    assert len(kladd()) == 1
    foresp.close()
    assert kladd() == []
    assert list(lager().alle()) == []


def test_upload_that_breaks_leaves_nothing():
    foresp = skjema(Stroem("brev.pdf", [b"%PDF-1.4", *[b"x" * MB] * 3], ryker_etter=MB))
    with pytest.raises(UnreadablePostError):
        foresp.FILES["fil"]
    del foresp
    gc.collect()
    assert kladd() == []


def test_upload_with_its_end_missing_leaves_nothing():
    stroem = Stroem("brev.pdf", [b"%PDF-1.4", b"x" * MB])
    stroem.deler = iter(list(stroem.deler)[:-1])
    foresp = skjema(stroem)
    assert list(foresp.FILES) == []
    assert kladd() == []


def test_upload_past_the_limit_is_dropped_on_the_way_and_refused(settings):
    settings.SAKSGANG_MAKS_FILSTOERRELSE = 2 * MB
    foresp = skjema(Stroem("brev.pdf", [b"%PDF-1.4", *[b"x" * MB] * 3]))
    opplastet = foresp.FILES["fil"]
    assert kladd() == []
    assert foresp.POST["tittel"] == "Brev"
    with pytest.raises(Avvist, match="Største tillatte størrelse er 2 MB"):
        lagre_fil(opplastet, filnavn=opplastet.name)
    assert Fil.objects.count() == 0
    foresp.close()


def test_upload_of_a_huge_file_takes_no_memory(omfang):
    antall = omfang(1024)
    bit = os.urandom(MB)
    skjema(Stroem("oppvarming.bin", [bit] * 4)).FILES["fil"].close()
    foer = minne()
    stroem = Stroem("opptak.bin", [b"\0" * 64, *[bit] * antall])
    foresp = skjema(stroem)
    fil = lagre_fil(foresp.FILES["fil"], filnavn="opptak.bin")
    foresp.close()
    assert fil.stoerrelse == antall * MB + 64
    assert max(stroem.hoeyest, minne()) - foer < 50 * MB
    assert queries.er_hel(fil)
