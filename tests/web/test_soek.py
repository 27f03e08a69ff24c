"""Search: by number, title, party and ordningsverdi, never more than the reader may see."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from saksgang.arkivstruktur.commands import finn_eller_opprett_eiendom
from saksgang.demo.grunnlag import skjerming
from saksgang.offentlighet.commands import sett_skjerming
from saksgang.sakarkiv.commands.journalfoering import utgaa
from saksgang.sakarkiv.commands.sak import klasser_sak, opprett_sak, skjerm_sak, utgaa_sak
from saksgang.sakarkiv.queries import soek as soekemodul
from saksgang.sakarkiv.queries.saker import hent_kodeverdi
from tests.tilstand import inngaaende


def sok(klient, q, **mer):
    return klient.get(reverse("soek"), {"q": q} | mer)


def numre(svar):
    return re.findall(r'<td class="snr">([^<]+)', svar.content.decode())


@pytest.mark.krav("R-10.3.1.1")
@pytest.mark.parametrize(
    ("q", "funnet"),
    [
        ("2026/101", ["2026/101"]),
        ("2026/101-2", ["2026/101-2"]),
        ("2026/999", []),
        ("pumpestasjon", ["2026/104", "2026/104-1"]),
        ("politiet", ["2026/101-3"]),
        ("kulturtilsk", ["2026/102", "2026/102-1"]),
        ("strandveien vel", ["2026/104-1"]),
        ("finnesikke", []),
        ("U63", ["2026/101"]),
        ("u6*", ["2026/101"]),
        ("U62", []),
        ("M30", ["2026/104"]),
    ],
)
def test_soek_finds_by_number_title_party_and_ordningsverdi(kommune_a, q, funnet):
    assert numre(sok(kommune_a.klient("les.gry"), q)) == funnet


@pytest.mark.krav("R-C.5")
def test_soek_on_a_property_finds_it_and_not_the_neighbour(kommune_a):
    kari = kommune_a["sb.kari"]
    klasser_sak(kommune_a.sak(101), [finn_eller_opprett_eiendom(41, 70, av=kari)], av=kari)
    klasser_sak(kommune_a.sak(104), [finn_eller_opprett_eiendom(41, 7, 0, 3, av=kari)], av=kommune_a["led.anne"])
    klient = kommune_a.klient("sb.kari")
    assert numre(sok(klient, "41/7")) == ["2026/104"]
    assert numre(sok(klient, "gnr. 41 bnr. 70")) == ["2026/101"]
    assert numre(sok(klient, "41/*")) == ["2026/104", "2026/101"]


def test_soek_counts_only_what_the_reader_may_see(kommune_a):
    svar = {navn: sok(kommune_a.klient(navn), "Hemmelig") for navn in ("sb.kari", "pers.mia")}
    assert numre(svar["sb.kari"]) == []
    assert "Ingen treff" in svar["sb.kari"].content.decode()
    assert numre(svar["pers.mia"]) == ["2026/103", "2026/103-1"]
    assert "2 treff" in svar["pers.mia"].content.decode()
    assert numre(sok(kommune_a.klient("sb.kari"), "2026/103")) == []
    assert numre(sok(kommune_a.klient("sb.kari"), "2026/103-1")) == []
    assert numre(sok(kommune_a.klient("sb.kari"), "400")) == []


def test_soek_hides_the_title_of_a_case_that_the_reader_may_not_see(kommune_a):
    grad = skjerming("U", "13-fvl2")
    sett_skjerming(kommune_a.jp(101, 1), grad, av=kommune_a["led.anne"])
    skjerm_sak(kommune_a.sak(101), grad, misvisende="Skjevt", skade="Skade", av=kommune_a["led.anne"])
    svar = sok(kommune_a.klient("les.gry"), "politiet")
    assert numre(svar) == ["2026/101-3"]
    assert "Kroa" not in svar.content.decode()
    assert "Skjermet sak" in svar.content.decode()
    assert numre(sok(kommune_a.klient("les.gry"), "supplerende")) == ["2026/101-2"]


@pytest.mark.krav("R-6.1.U")
def test_soek_finds_the_cancelled_only_when_asked(kommune_a):
    eva = kommune_a["ark.eva"]
    sak = opprett_sak("Feilopprettet sak", arkivdel=kommune_a.sak(101).arkivdel, av=kommune_a["sb.kari"])
    utgaa_sak(sak, "Feil", av=eva)
    utgaa(kommune_a.jp(104, 1), "Dobbelt registrert", av=eva)
    klient = kommune_a.klient("les.gry")
    for q, nummer in (("feilopprettet", "2026/105"), ("2026/105", "2026/105"), ("2026/104-1", "2026/104-1")):
        assert numre(sok(klient, q)) == []
        assert numre(sok(klient, q, utgaatte="1")) == [nummer]


@pytest.mark.krav("R-4.2")
def test_soek_on_origin_finds_what_came_that_way_and_what_the_reader_may_see(kommune_a):
    k = kommune_a
    kari, gry = k.klient("sb.kari"), k.klient("les.gry")
    skjema = kari.get(reverse("journalpost-ny", args=[k.sak(101).pk, "inngaaende"])).content.decode()
    opphav = re.search(r'<option value="(\d+)">TLF Telefon', skjema)[1]
    for tittel in ("Spørsmål om åpningstid", "Spørsmål om helsa til Ola"):
        data = {
            "tittel": tittel, "part-0-navn": "Kroa AS", "dokumentdato": "2026-03-02", "mottatt_dato": "2026-03-02",
            "opphav": opphav, "saksbehandler": "sb.kari", "fil": SimpleUploadedFile("samtale.txt", b"Notat\n"),
        }  # fmt: skip
        assert kari.post(reverse("journalpost-ny", args=[k.sak(101).pk, "inngaaende"]), data).status_code == 303
    inngaaende(k, k.sak(101), "S", opphav=hent_kodeverdi("opphav", "BREV"), tittel="Spørsmål om skilt")
    assert "· Telefon" in kari.get(reverse("journalpost", args=[2026, 101, 6])).content.decode()
    assert numre(sok(gry, "", opphav="TLF")) == ["2026/101-7", "2026/101-6"]
    sett_skjerming(k.jp(101, 7), skjerming("U", "14"), av=k["sb.kari"])
    svar = sok(gry, "", opphav="TLF")
    assert (numre(svar), "1 treff" in svar.content.decode()) == (["2026/101-6"], True)
    for q, funnet in {"spørsmål": [7, 6], "åpningstid": [6], "skilt": [], "2026/101-6": [6], "2026/104": []}.items():
        assert numre(sok(kari, q, opphav="TLF")) == [f"2026/101-{n}" for n in funnet], q
    utgaa(k.jp(101, 6), "Feil", av=k["ark.eva"])
    svar = sok(gry, "", opphav="TLF")
    assert (numre(svar), 'href="?opphav=TLF&amp;utgaatte=1"' in svar.content.decode()) == ([], True)
    assert numre(sok(gry, "", opphav="TLF", utgaatte="1")) == ["2026/101-6"]
    assert numre(sok(gry, "", opphav="tull")) == []


def test_soek_caps_the_count(kommune_a, monkeypatch):
    monkeypatch.setattr(soekemodul, "_GRENSE", 3)
    assert "3+ treff" in sok(kommune_a.klient("les.gry"), "skjenkebevilling").content.decode()


def test_soek_answers_htmx_with_the_hits_alone(kommune_a):
    klient = kommune_a.klient("les.gry")
    svar = klient.get(reverse("soek"), {"q": "kroa"}, HTTP_HX_REQUEST="true")
    assert "<html" not in svar.content.decode()
    assert "<html" in sok(klient, "kroa").content.decode()
    assert "Skriv et saksnummer" in sok(klient, "").content.decode()


@pytest.mark.parametrize(
    "q", ["'", "a:*&|!()", "%", "*", "\\", "2026/99999999999999999999", "<script>alert(1)</script>"]
)
def test_soek_stands_any_text(kommune_a, q):
    svar = sok(kommune_a.klient("les.gry"), q)
    assert svar.status_code == 200
    assert "<script>alert" not in svar.content.decode()


def test_soek_is_for_employees(kommune_a):
    assert sok(kommune_a.klient("pol.tor"), "kroa").status_code == 403
    assert sok(kommune_a.offentlig(), "kroa").status_code == 302
