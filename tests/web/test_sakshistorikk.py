"""The history of a case: everything that was done, in the page, in the spreadsheet and in the print."""

import csv
import datetime as dt
import io
import re

import pikepdf
import pypdfium2
import pytest

from saksgang.sakarkiv.commands.merknad import merk
from saksgang.web.sak import trykk as historikktrykk
from tests.tilstand import inngaaende

from .test_journalpost import _kode, handling, side
from .test_journalpost_ny import brev, fil, ny, siste

HISTORIKK = "/saker/2026/101/historikk"


def i_siden(klient, sok=""):
    """(what, who) of each line of the page."""
    html = klient.get(f"{HISTORIKK}/{sok}").content.decode()
    tidslinje = re.findall(r'<ol class="tidslinje">(.*?)</ol>', html, re.DOTALL)
    linjer = re.findall(r"<li>(.*?)</li>", "".join(tidslinje), re.DOTALL)
    rene = [re.sub(r"\s+", " ", re.sub(r"<small>|<[^>]+>", "|", linje)) for linje in linjer]
    return [
        (re.search(r"\|+([^|]+)\|", r)[1].strip(), re.search(r"(\d\d\.\d\d) · ([^|]+)", r)[2].strip()) for r in rene
    ]


def i_fila(klient, sok=""):
    svar = b"".join(klient.get(f"{HISTORIKK}.csv{sok}")).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(svar), delimiter=";"))


def i_trykket(klient, sok=""):
    svar = klient.get(f"{HISTORIKK}.pdf{sok}")
    assert (svar.status_code, svar["Content-Type"]) == (200, "application/pdf")
    dokument = pypdfium2.PdfDocument(svar.content)
    sider = [nr.get_textpage().get_text_bounded() for nr in dokument]
    return re.sub(r"\s+", " ", " ".join(sider)), svar.content


@pytest.mark.krav("R-10.6.1.11", "R-C.4")
def test_historikk_lists_every_act_with_actor_and_time_also_as_csv_and_pdf(kommune_a, klokka):
    k = kommune_a
    kari, anne, eva, ola = (k.klient(navn) for navn in ("sb.kari", "led.anne", "ark.eva", "sb.ola"))
    foer = len(i_fila(kari))
    jp = k.jp(101, 1)

    def post(klient, adresse, **data):
        klokka.shift(dt.timedelta(minutes=1))
        assert klient.post(adresse, data).status_code == 303, adresse

    post(eva, ny(k, "inngaaende"), **brev(k, saksbehandler=""), fil=fil())
    nytt = siste()
    post(anne, handling(nytt, "fordeling"), saksbehandler="sb.ola")
    post(kari, handling(jp, "svarfrist"), forfallsdato="2026-03-20")
    post(kari, handling(jp, "flagg/feilregistrert"), tekst="Dobbelt")
    post(kari, handling(jp, "kopier"), mottakere=["sb.per"], kommentar="")
    post(ola, handling(nytt, "skjerming"), **_kode("U", "14"))
    klokka.shift(dt.timedelta(minutes=1))
    assert kari.get(side(nytt)).status_code == 200
    post(ola, handling(nytt, "avskrivning"), maate="TLF", dato="2026-03-02", merknad="Avklart")
    post(kari, "/saker/2026/101/merknader/ny/", type="SB", tekst="Ring Kroa")
    post(kari, "/saker/2026/101/oenske/", tekst="")
    ventet = [
        ("Ønsket saken avsluttet (ØA)", "Kari Lunde", "10"),
        ("Skrev merknad på saken", "Kari Lunde", "09"),
        ("Avskrev", "Ola Vik", "08"),
        ("Åpnet skjermet journalpost", "Kari Lunde", "07"),
        ("Satte eller hevet tilgangskode", "Ola Vik", "06"),
        ("Sendte kopi", "Kari Lunde", "05"),
        ("Sendte flagg", "Kari Lunde", "04"),
        ("Endret svarfrist eller arbeidsdata", "Kari Lunde", "03"),
        ("Fordelte", "Anne Hauge", "02"),
        ("Registrerte inngående i arkivet", "Eva Strand", "01"),
    ]
    fila = i_fila(kari)
    assert len(fila) == foer + len(ventet)
    assert [(r["Hva"], r["Hvem"], r["Tid"]) for r in fila[: len(ventet)]] == [
        (hva, hvem, f"02.03.2026 09.{minutt}.00") for hva, hvem, minutt in ventet
    ]
    assert i_siden(kari) == [(r["Hva"], r["Hvem"]) for r in fila]
    tekst, pdf = i_trykket(kari)
    assert "Historikk for sak 2026/101" in tekst
    assert f"{len(fila)} hendelser, nyeste først." in tekst
    assert "Hentet 02.03.2026 kl. 09.10 av Kari Lunde." in tekst
    plass = [tekst.index(f"09.{minutt}.00 {hvem} {hva}") for hva, hvem, minutt in ventet]
    assert plass == sorted(plass)
    assert len(re.findall(r"\d\d\.\d\d\.\d\d ", tekst)) == len(fila)
    with pikepdf.open(io.BytesIO(pdf)) as dokument, dokument.open_metadata() as opplysninger:
        assert opplysninger.pdfa_status == "2B"
        assert opplysninger["pdfuaid:part"] == "1"


def test_historikk_as_pdf_leaves_out_what_the_reader_may_not_see(kommune_a):
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "J", tittel="Brev om Hemmeligsen")
    merk(jp, "Hemmeligsen er varslet", av=k["sb.kari"])
    adresse = handling(jp, "skjerming")
    assert k.klient("sb.kari").post(adresse, _kode("P", "13-fvl1")).status_code == 303
    assert "Hemmeligsen" in i_trykket(k.klient("sb.kari"))[0]
    tekst, pdf = i_trykket(k.klient("les.gry"))
    assert ("Hemmeligsen" in tekst, b"Hemmeligsen" in pdf) == (False, False)
    assert k.klient("les.gry").get(f"{HISTORIKK}.pdf?dokument={jp.journalpostnummer}").status_code == 404
    for navn in ("pol.tor", None):
        klient = k.klient(navn) if navn else k.offentlig()
        assert klient.get(f"{HISTORIKK}.pdf").status_code == (403 if navn else 302)
    assert k.klient("sb.kari").get("/saker/2026/103/historikk.pdf").status_code == 404


def test_historikk_as_pdf_follows_the_filter_and_says_when_it_is_cut(kommune_a, monkeypatch):
    k = kommune_a
    anne = k.klient("led.anne")
    anne.post(handling(k.jp(101, 1), "skjerming/avgjoerelse"), _kode("U", "14"))
    alle = len(i_fila(anne))
    tekst, _ = i_trykket(anne, "?dokument=1")
    assert ("2026/101-1" in tekst, "2026/101-2" in tekst, "hendelser i utvalget" in tekst) == (True, False, True)
    monkeypatch.setattr(historikktrykk, "PDF_HOEYST", 3)
    monkeypatch.setattr("saksgang.web.sak.views.side.PDF_HOEYST", 3)
    tekst, _ = i_trykket(anne)
    assert alle > 3
    assert "De 3 siste hendelsene, nyeste først. Resten er i CSV-fila." in tekst
    assert len(re.findall(r"\d\d\.\d\d\.\d\d ", tekst)) == 3


@pytest.mark.parametrize("tekst", ["*fet* #eval(1) $x$ <a> \\ // ~", "日本 😀 العربية", "tegn\x07med\x1bstyring"])
def test_historikk_as_pdf_stands_any_text(kommune_a, tekst):
    k = kommune_a
    merk(k.sak(101), f"Før {tekst} etter", av=k["sb.kari"])
    trykt, _ = i_trykket(k.klient("sb.kari"))
    assert re.search(r"Før .+ etter", trykt)
    if tekst.startswith("*"):
        assert "Før *fet* #eval(1) $x$ <a> \\ // ~ etter" in trykt
