"""The public's search: what offentlig_rad shows is found, and nothing else is."""

import datetime as dt

import pytest

from saksgang.demo.grunnlag import skjerming
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.offentlighet import queries
from saksgang.offentlighet.commands import avgjoer_skjerming
from saksgang.sakarkiv.commands.journalfoering import journalfoer
from saksgang.sakarkiv.commands.journalpost import Part
from saksgang.sakarkiv.commands.sak import kontroller_sak, rediger_sak, skjerm_sak
from tests.tilstand import egen, inngaaende, kodet, uten_skriveregel

MANDAG = dt.date(2026, 3, 2)


def treff(tekst, *periode, **valg):
    return [rad.dokumentnummer for rad in queries.sok(tekst, *periode, **valg).rader]


def saker(tekst):
    return [s.saksnummer for s in queries.sok(tekst).saker]


@pytest.mark.parametrize(
    ("tekst", "ventet"),
    [
        ("skjenkebevilling", [3, 2, 1]),
        ("SKJENKEBEVILLINGEN", [3, 2, 1]),
        ("skjenkebev", [3, 2, 1]),
        ("supplerende kroa", [2]),
        ("kroa supplerende", [2]),
        ("politi", [3]),
        ("kroa støy", []),
        ("2026/101", [3, 2, 1]),
        (" 2026/101-2 ", [2]),
        ("2026/101-4", []),
        ("2026/102", []),
        ("2026/999", []),
        ("", []),
        ("–", []),
        ("og", []),
    ],
)
def test_sok_finds_by_title_party_and_number(kommune_a, tekst, ventet):
    assert treff(tekst) == [f"2026/101-{n}" for n in ventet]


def test_sok_narrows_to_a_period_of_journaldato(kommune_a):
    dag = dt.timedelta(days=1)
    assert len(treff("skjenkebevilling", MANDAG, MANDAG)) == 3
    assert treff("skjenkebevilling", MANDAG + dag) == treff("skjenkebevilling", None, MANDAG - dag) == []


def test_sok_finds_the_case_by_its_public_title(kommune_a):
    assert saker("skjenkebevilling kroa") == saker("2026/101") == ["2026/101"]
    assert saker("2026/101-1") == saker("supplerende") == []


@pytest.mark.krav("R-6.1.R")
def test_sok_finds_no_case_in_r(kommune_a):
    k = kommune_a

    journalfoer(k.jp(102, 1), av=k["ark.eva"])
    assert (saker("kulturtilskudd lag"), saker("2026/102"), treff("2026/102")) == ([], [], [])
    assert treff("2026/102-1") == treff("uttalelse kulturtilskudd") == ["2026/102-1"]
    kontroller_sak(k.sak(102), av=k["ark.eva"])
    assert saker("kulturtilskudd lag") == saker("2026/102") == ["2026/102"]
    assert treff("2026/102") == ["2026/102-1"]


@pytest.mark.parametrize(
    ("avskjerming", "offentlig_tittel", "funnet"),
    [
        ("I", "Skrevet", {"raudfjell", "solveig"}),
        ("PA", "Skrevet", {"raudfjell"}),
        ("T", "", {"solveig"}),
        ("T", "Skrevet", {"skrevet", "solveig", "skrevet solveig"}),
        ("TP", "Skrevet", {"skrevet"}),
        ("A", "Skrevet", set()),
    ],
)
def test_sok_screened_words_find_nothing(kommune_a, avskjerming, offentlig_tittel, funnet):
    k = kommune_a
    jp = inngaaende(
        k,
        k.sak(104),
        "J",
        tittel="Sak om Raudfjell",
        offentlig_tittel=offentlig_tittel,
        avsendere=[Part(navn="Solveig Mork")],
    )
    avgjoer_skjerming(jp, skjerming("U", "13-fvl1", avskjerming), av=k["led.anne"])
    ord_ = ["raudfjell", "solveig", "skrevet", "skrevet solveig", "raudfjell solveig", "raudfj", "solve"]
    assert {o for o in ord_ if treff(o) == [str(jp)]} - {"raudfj", "solve", "raudfjell solveig"} == funnet
    if "raudfjell" not in funnet:
        assert treff("raudfj") == treff("raudfjell mork") == []
    if "solveig" not in funnet:
        assert treff("solve") == treff("mork") == []


def test_sok_finds_a_coded_case_by_its_public_title_alone(kommune_a):
    k = kommune_a
    kodet(k, k.jp(104, 1), "U", avskjerming="I")
    rediger_sak(k.sak(104), offentlig_tittel="Nabosak", av=k["ark.eva"])
    assert (saker("pumpestasjon"), saker("nabosak")) == (["2026/104"], [])
    skjerm_sak(k.sak(104), skjerming("U", "13-fvl1"), misvisende="Ja", skade="Ja", av=k["led.anne"])
    assert (saker("pumpestasjon"), saker("nabosak")) == ([], ["2026/104"])


@pytest.mark.krav("C.11", "S25")
def test_sok_finds_no_person_by_name_in_an_entry_older_than_a_year(kommune_a, klokka):
    k = kommune_a
    inngaaende(
        k,
        k.sak(104),
        "J",
        tittel="Klage fra Solveig Mork på gjerde",
        avsendere=[Part(navn="Solveig Mork", er_person=True), Part(navn="Gjerdelaget AS")],
    )
    klokka.move_to(dt.datetime(2027, 3, 2, 8, 0, tzinfo=dt.UTC))
    assert treff("solveig mork") == treff("mork gjerde") == treff("gjerdelaget") == ["2026/104-2"]
    klokka.move_to(dt.datetime(2027, 3, 3, 8, 0, tzinfo=dt.UTC))
    assert treff("gjerdelaget") == treff("klage gjerde") == treff("2026/104-2") == ["2026/104-2"]
    for tekst in ("solveig mork", "solveig", "mork gjerde", "solv"):
        assert treff(tekst) == []


@pytest.mark.krav("C.11", "S25")
def test_a_person_who_is_named_in_the_title_alone_is_not_found_either_after_a_year(kommune_a, klokka):
    k = kommune_a
    uten_skriveregel(k, "personnavn")
    inngaaende(k, k.sak(104), "J", tittel="Uttalelse om Solveig Morks gjerde", avsendere=[Part(navn="Gjerdelaget AS")])
    rediger_sak(k.sak(104), tittel="Nabosak mot Solveig Mork", av=k["ark.eva"])
    klokka.move_to(dt.datetime(2027, 3, 2, 8, 0, tzinfo=dt.UTC))
    assert (treff("solveig mork"), saker("mork")) == (["2026/104-2"], ["2026/104"])
    klokka.move_to(dt.datetime(2027, 3, 3, 8, 0, tzinfo=dt.UTC))
    assert treff("gjerdelaget") == treff("uttalelse gjerde") == ["2026/104-2"]
    assert saker("nabosak") == ["2026/104"]
    for tekst in ("solveig mork", "solveig", "mork gjerde", "morks", "uttalelse mor", "MORK"):
        assert (treff(tekst), saker(tekst)) == ([], []), tekst


@pytest.mark.parametrize("tekst", ["17912099997", "179120 99997", "179120", "1791", "99997"])
def test_sok_finds_nothing_by_foedselsnummer_or_part_of_it(kommune_a, tekst):
    k = kommune_a
    uten_skriveregel(k, "foedselsnummer")
    for skrevet in ("17912099997", "179120 99997", "179120\u00ad99997"):
        inngaaende(k, k.sak(104), "J", tittel=f"Brev {skrevet} om gate", avsendere=[Part(navn=f"Per {skrevet}")])
    assert len(treff("brev gate")) == 3
    assert treff(tekst) == []


def test_sok_folds_accents_as_the_index_does(kommune_a):
    k = kommune_a
    inngaaende(k, k.sak(104), "J", tittel="Kafé Šjur og Ängen")
    for tekst in ("kafe", "Kafé", "sjur", "Šjur", "ængen", "ängen"):
        assert treff(tekst) == ["2026/104-2"], tekst


def test_sok_forgets_what_is_withdrawn(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "J", tittel="Raudfjell")
    assert treff("raudfjell") == [str(jp)]
    kodet(k, jp, "XX")
    assert treff("raudfjell") == treff(str(jp)) == []


def test_sok_pages_and_refuses_past_the_last(kommune_a, monkeypatch):
    monkeypatch.setattr(queries.offentlig_soek, "SIDE", 2)
    sider = [queries.sok("skjenkebevilling", side=s) for s in (1, 2)]
    assert [[r.nummer for r in s.rader] for s in sider] == [["3", "2"], ["1"]]
    assert [(s.antall, s.sider, s.flere, len(s.saker)) for s in sider] == [(3, 2, False, 1), (3, 2, False, 0)]
    for side in (0, 3):
        with pytest.raises(IkkeFunnet):
            queries.sok("skjenkebevilling", side=side)
    monkeypatch.setattr(queries.offentlig_soek, "GRENSE", 2)
    treff_ = queries.sok("skjenkebevilling")
    assert (len(treff_.rader), treff_.antall, treff_.flere) == (2, 2, True)


@pytest.mark.parametrize("nyeste", [(), ((0, 1), (1, 3)), ((0, 1000),)])
def test_sok_finds_the_same_whether_the_word_is_rare_or_common(kommune_a, monkeypatch, nyeste):
    k = kommune_a
    egen(k, k.sak(101), "U", "J", tittel="Svar om skjenkebevilling", mottakere=[Part(navn="Kroa AS")])
    kodet(k, k.jp(101, 2), "U")
    kodet(k, k.jp(101, 3), "XX")
    tekster = ["skjenkebevilling", "kroa", "supplerende", "uttalelse", "svar kroa", "støy", "skj"]
    sjeldent = {t: (treff(t), saker(t)) for t in tekster}
    assert sjeldent["skjenkebevilling"] == (["2026/101-6", "2026/101-1"], ["2026/101"])
    assert sjeldent["supplerende"] == sjeldent["uttalelse"] == ([], [])
    monkeypatch.setattr(queries.offentlig_soek, "KANDIDATER", 0)
    monkeypatch.setattr(queries.offentlig_soek, "NYESTE", nyeste)
    for grense in (1, 500):
        monkeypatch.setattr(queries.offentlig_soek, "GRENSE", grense)
        assert {t: (treff(t), saker(t)) for t in tekster} == {
            t: (poster[:grense], saker_) for t, (poster, saker_) in sjeldent.items()
        }
