"""The leak wall where Word and LibreOffice come in."""

import datetime as dt

from saksgang.lager.commands import lagre_fil
from saksgang.sakarkiv.commands.dokument import Vedlagt
from saksgang.tilgang.commands import avslutt_tildeling
from saksgang.tilgang.models import Rolletildeling
from saksgang.tilgang.rules import Rolle
from tests.test_lekkasje import ord_for
from tests.tilstand import egen
from tests.webdav import Word, adresse, uten_tjener


def test_webdav_says_nothing_to_who_has_lost_the_document(kommune_a):
    k, ordet = kommune_a, ord_for("webdav")
    innholdet = b"{\\rtf1\\ansi " + ordet.encode() + b"\\par}"
    vedlagt = Vedlagt(lagre_fil(innholdet, filnavn=f"{ordet}.rtf"), f"{ordet}.rtf")
    jp = egen(k, k.sak(101), "U", "R", tittel=f"Svar {ordet}", dokumenter=[vedlagt])
    dokument = jp.dokumenter.get()
    with uten_tjener() as http:
        kari, anne = (Word(http, adresse(dokument, k[hvem])) for hvem in ("sb.kari", "led.anne"))
        kari.laas()

        def sagt():
            metoder = [anne.be(m) for m in ("OPTIONS", "HEAD", "GET", "PROPFIND", "DELETE")]
            svar = [*metoder, anne.laas(), anne.lagre(b"{\\rtf1}"), anne.forny(), anne.slipp()]
            return " ".join(f"{s.text} {s.headers!r}" for s in svar).lower()

        assert sagt().count(ordet) >= 2  # the file, and the sentence that says who has it
        for tildeling in Rolletildeling.objects.filter(bruker=k["led.anne"], rolle=Rolle.LED):
            avslutt_tildeling(tildeling, til=dt.date(2026, 3, 1), av=k["adm.root"])
        assert ordet not in sagt()
        assert "kari" not in sagt()
