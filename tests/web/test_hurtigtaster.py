"""The help of the keyboard lists what the pages answer to, and nothing else."""

import re

from saksgang.flyt.commands import send_flagg
from tests.tilstand import inngaaende

AV_SKRIPTET = {"/", "?", "g i", "g r", "g m", "g f", "j k", "↵", "x", "Ctrl S", "Esc"}


def test_hurtigtaster_lists_every_letter_that_a_page_answers_to_and_no_other(kommune_a):
    k = kommune_a
    inngaaende(k, k.sak(101), "S")
    flagg = send_flagg(k.jp(101, 1), av=k["sb.ola"], til=k["sb.kari"], tekst="Se på dette")
    funnet = set()
    for person, adresse in (
        ("sb.kari", "/lister/restanse/"),
        ("ark.eva", "/lister/til-journalfoering/"),
        ("sb.kari", "/saker/2026/101/"),
        ("sb.kari", "/saker/2026/101/1/"),
        ("sb.kari", f"/flagg/{flagg.pk}/"),
    ):
        svar = k.klient(person).get(adresse)
        assert svar.status_code == 200
        html = svar.content.decode()
        funnet |= set(re.findall(r'data-tast="(.+?)"', html))
    hjelp = html[html.index('<dl class="hurtigtaster">') :]
    taster = [re.sub(r"<[^>]+>", "", dt) for dt in re.findall(r"<dt>(.*?)</dt>", hjelp[: hjelp.index("</dl>")])]
    assert set(" ".join(t for t in taster if t not in AV_SKRIPTET).split()) == funnet
    assert AV_SKRIPTET - set(taster) == set()
