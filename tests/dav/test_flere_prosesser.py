"""The real server, with two processes: the lock is in the database, so each knows it."""

import datetime as dt

import httpx
import pytest
from time_machine import escape_hatch

from saksgang.lager.commands import lagre_fil
from saksgang.produksjon.queries.laas import laas_paa
from saksgang.sakarkiv.commands.dokument import Vedlagt
from tests.produksjon import docx
from tests.tilstand import egen
from tests.web.test_dokument_stort import granian
from tests.webdav import LibreOffice, Word, adresse

pytestmark = [pytest.mark.tung, pytest.mark.django_db(transaction=True)]


def test_every_process_knows_who_has_the_document(kommune_a, klokka, tmp_path):
    k = kommune_a
    klokka.move_to(dt.datetime.fromtimestamp(escape_hatch.time.time(), dt.UTC))  # the server has its own clock
    vedlagt = Vedlagt(lagre_fil(docx.lag("Første utkast"), filnavn="svar.docx"), "svar.docx")
    dokument = egen(k, k.sak(101), "U", "R", dokumenter=[vedlagt]).dokumenter.get()
    stier = adresse(dokument, k["sb.kari"]), adresse(dokument, k["led.anne"])
    with granian(tmp_path, prosesser=2) as (_, port):
        rot = f"http://127.0.0.1:{port}"

        def paa_ny_linje(gjoer):
            with httpx.Client(base_url=rot, timeout=60) as http:
                return gjoer(http)

        with httpx.Client(base_url=rot, timeout=60) as http:
            kari = Word(http, stier[0])
            assert kari.aapne() == [200, 200, 200, 207, 200]
            svar = {paa_ny_linje(lambda http: LibreOffice(http, stier[1]).laas().status_code) for _ in range(12)}
            assert svar == {423}
            ny = docx.lag("Andre utkast " * 1000)
            assert kari.lagre(ny).status_code == 204
            assert {paa_ny_linje(lambda http: Word(http, stier[1]).hent().content) for _ in range(4)} == {ny}
            uten_lengde = paa_ny_linje(lambda http: http.put(stier[1], content=iter([b"uten ", b"lengde"])).status_code)
            assert uten_lengde == 411
            assert kari.be("DELETE").status_code == 405
            assert kari.slipp().status_code == 204
        assert laas_paa(dokument) is None
        assert paa_ny_linje(lambda http: LibreOffice(http, stier[1]).laas().status_code) == 200
