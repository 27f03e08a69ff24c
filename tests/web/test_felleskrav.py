"""What runs through the whole routine: one event for one change, ordningsverdier, what a search counts."""

import re

import pytest

from saksgang.arkivstruktur.commands import opprett_klasse, opprett_system
from saksgang.arkivstruktur.models import Klasse
from saksgang.arkivstruktur.rules import Klassifikasjonstype
from saksgang.demo.grunnlag import tekstfil
from saksgang.logg.models import Hendelse
from saksgang.sakarkiv.commands.sak import klasser_sak
from tests.tilstand import inngaaende

from .test_journalpost import _kode, handling, tekst

SAK = "/saker/2026/101"


def treff(klient, q):
    svar = klient.get("/soek/", {"q": q})
    return re.findall(r'<td class="snr">([^<]+)', svar.content.decode()), "Ingen treff" in svar.content.decode()


@pytest.mark.krav("R-C.4")
def test_one_change_is_one_event_with_who_and_what_and_patch_is_not_there(kommune_a):
    k = kommune_a
    jp, kari, anne = k.jp(101, 1), k.klient("sb.kari"), k.klient("led.anne")
    sak = k.sak(101)
    saken = {"tittel": "Skjenkebevilling for Kroa", "enhet": sak.enhet_id, "arkivdel": sak.arkivdel_id, "sakstype": ""}
    for klient, hvem, adresse, data, handling_, endret in [
        (kari, "sb.kari", f"{SAK}/redigering/", saken, "sak.redigere", ["sakstype", "tittel"]),
        (kari, "sb.kari", f"{SAK}/merknader/ny/", {"type": "SB", "tekst": "Ring"}, "sak.merke", []),
        (kari, "sb.kari", f"{SAK}/rettigheter/ny/", {"bruker": "sb.per", "nivaa": "lese", "til": ""},
         "sak.gi_rettighet", []),
        (kari, "sb.kari", handling(jp, "svarfrist"), {"forfallsdato": "2026-03-20"},
         "journalpost.redigere_arbeidsdata", ["forfallsdato"]),
        (anne, "led.anne", handling(jp, "skjerming/avgjoerelse"), _kode("U", "14"), "journalpost.avgjoere_skjerming",
         None),
    ]:  # fmt: skip
        foer = Hendelse.objects.count()
        assert klient.post(adresse, data).status_code == 303, adresse
        nye = list(Hendelse.objects.order_by("nummer")[foer:])
        assert [(h.handling, h.aktoer.brukernavn) for h in nye] == [(handling_, hvem)]
        assert endret is None or sorted(nye[0].endringer) == endret
    antall = Hendelse.objects.count()
    for adresse in (f"{SAK}/", f"{SAK}/1/", f"{SAK}/redigering/", f"{SAK}/historikk/"):
        for metode in ("patch", "put", "delete"):
            assert getattr(anne, metode)(adresse).status_code == 405, adresse
    assert Hendelse.objects.count() == antall


@pytest.mark.krav("R-C.5")
def test_search_by_ordningsverdi_takes_what_is_below_and_never_a_persons_number(kommune_a):
    k = kommune_a
    anne, gry, eva = k["led.anne"], k.klient("les.gry"), k["ark.eva"]
    assert treff(gry, "U6*") == (["2026/101"], False)
    klasser_sak(k.sak(104), [Klasse.objects.get(klasse_id="U62")], av=anne)
    klasser_sak(k.sak(102), [Klasse.objects.get(klasse_id="V")], av=eva)
    assert [treff(gry, q)[0] for q in ("U6*", "u6", "U62", "U", "M30")] == [
        ["2026/104", "2026/101"], ["2026/104", "2026/101"], ["2026/104"], ["2026/104", "2026/101"], [],
    ]  # fmt: skip
    assert treff(gry, "U7*") == ([], True)
    system = opprett_system(kode="PNR", tittel="Fødselsnummer", klassifikasjonstype=Klassifikasjonstype.PNR, av=eva)
    person = opprett_klasse(system, klasse_id="17912099997", tittel="Mappe", av=eva)
    klasser_sak(k.sak(104), [Klasse.objects.get(klasse_id="U62"), person], av=anne)
    for q in ("17912099997", "1791*", "179120"):
        assert treff(gry, q) == ([], True), q
    for hvem in ("les.gry", "led.anne"):
        side = k.klient(hvem).get("/saker/2026/104/").content.decode()
        assert ("17912099997" in side, "179120 *****" in side) == (False, True)


@pytest.mark.krav("R-C.6")
def test_search_neither_shows_nor_counts_what_is_graded(kommune_a):
    k = kommune_a
    gry, kari = k.klient("les.gry"), k.klient("sb.kari")
    for nr, tittel in enumerate(("Støvplage fra grustaket", "Støvplage fra asfaltverket"), 6):
        jp = inngaaende(k, k.sak(101), "J", tittel=tittel, dokumenter=[tekstfil("Vi klager.\n")])
        assert jp.journalpostnummer == nr
    assert "2 treff" in tekst(gry.get("/soek/", {"q": "støvplage"}))
    assert kari.post(handling(jp, "skjerming"), _kode("U", "14")).status_code == 303
    assert treff(gry, "støvplage") == (["2026/101-6"], False)
    assert "1 treff" in tekst(gry.get("/soek/", {"q": "støvplage"}))
    assert treff(gry, "asfaltverket") == ([], True)
    assert treff(kari, "asfaltverket") == (["2026/101-7"], False)
