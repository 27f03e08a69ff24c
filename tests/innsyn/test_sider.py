"""The public site: the same rows in four formats, stable addresses, no cookie, nothing for search engines."""

import csv
import datetime as dt
import io
import re

import pytest
from django.urls import reverse
from lxml import etree, html

from saksgang.demo.grunnlag import skjerming, tekstfil
from saksgang.innsyn.formater import KOLONNER
from saksgang.lager.queries import innhold
from saksgang.offentlighet import queries
from saksgang.offentlighet.commands import avgjoer_skjerming
from saksgang.sakarkiv.commands.journalfoering import journalfoer, utgaa
from saksgang.sakarkiv.commands.journalpost import Part
from tests.tilstand import egen, inngaaende, kodet

DAG = "/innsyn/dag/2026-03-02"
FORMATER = ["/", ".json", ".csv", ".rss"]
FNUTT = 'Brev & <b>«støy»</b>; "Lia"'


@pytest.fixture
def k(kommune_a):
    """Fjordvik with entries that are graded, several-documented, internal and hard to write."""
    k = kommune_a
    inngaaende(
        k,
        k.sak(101),
        "J",
        tittel=FNUTT,
        avsendere=[Part(navn="=Lia vel"), Part(navn="Ola & Co")],
        dokumenter=[tekstfil("Brevet\n"), tekstfil("Kart\n", "kart.txt")],
    )
    egen(k, k.sak(101), "U", "J", mottakere=[Part(navn="Kroa AS"), Part(navn="Politiet", kopi=True)])
    jp = inngaaende(k, k.sak(104), "J", tittel="Klage fra Ola", offentlig_tittel="Klage fra ***")
    avgjoer_skjerming(jp, skjerming("U", "13-fvl1"), av=k["led.anne"])
    journalfoer(k.jp(102, 1), av=k["ark.eva"])
    return k


def _tekst(node):
    return " ".join(node.text_content().split())


def _med(node, klasse, under="self::*"):
    return node.xpath(f".//*[contains(concat(' ', normalize-space(@class), ' '), ' {klasse} ')]/{under}")


def _finn(node, klasse):
    funnet = _med(node, klasse)
    return _tekst(funnet[0]) if funnet else ""


def fra_html(svar):
    rader = _med(html.fromstring(svar.content.decode()), "post")
    return [
        (
            _finn(rad, "snr"),
            _tekst(rad.find(".//h3")),
            _finn(rad, "fra"),
            _finn(rad, "til"),
            _finn(rad, "kopi"),
            _finn(rad, "sakstittel"),
            _finn(rad, "hjemmel"),
            rad.find(".//h3/a").get("href"),
        )
        for rad in rader
    ]


def fra_json(svar):
    return [
        (
            rad["dokumentnummer"],
            rad["tittel"],
            *(", ".join(rad[felt]) for felt in ("fra", "til", "kopi")),
            rad["sakstittel"],
            rad["hjemmel"],
            rad["adresse"].removeprefix("http://testserver"),
        )
        for rad in svar.json()["rader"]
    ]


def fra_csv(svar):
    assert svar.content.startswith(b"\xef\xbb\xbf")
    rader = list(csv.DictReader(io.StringIO(svar.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    return [
        (
            rad["dokumentnummer"],
            rad["tittel"],
            *(re.sub("^'(?=[=+@-])", "", rad[felt]).replace("; ", ", ") for felt in ("fra", "til", "kopi")),
            rad["sakstittel"],
            rad["hjemmel"],
            rad["adresse"].removeprefix("http://testserver"),
        )
        for rad in rader
    ]


def fra_rss(svar):
    rader = []
    for item in etree.fromstring(svar.content).iterfind("channel/item"):
        linjer = dict(linje.split(": ", 1) for linje in item.findtext("description").splitlines() if ": " in linje)
        nummer, tittel = item.findtext("title").split(" ", 1)
        assert item.findtext("guid") == item.findtext("link")
        rader.append(
            (
                nummer,
                tittel,
                *(linjer.get(felt, "").replace("; ", ", ") for felt in ("Fra", "Til", "Kopi til")),
                linjer["Sak"].split(" ", 1)[1],
                linjer.get("Unntatt", ""),
                item.findtext("link").removeprefix("http://testserver"),
            )
        )
    return rader


LESERE = {"/": fra_html, ".json": fra_json, ".csv": fra_csv, ".rss": fra_rss}


def rader(klient, sti, query=""):
    """The rows of an address, asserted to be the same in all four formats."""
    funnet = {}
    for endelse, les in LESERE.items():
        svar = klient.get(f"{sti}{endelse}{query}")
        assert svar.status_code == 200, (sti, endelse)
        funnet[endelse] = les(svar)
    assert funnet[".json"] == funnet[".csv"] == funnet[".rss"]
    return funnet["/"], funnet[".json"]


@pytest.mark.krav("R-6.2.J.b", "R-5.N.2")
def test_day_gives_the_same_rows_in_all_formats(k):
    vist, data = rader(k.offentlig(), DAG)
    assert vist == data
    sak = "Søknad om skjenkebevilling – Kroa AS"
    assert vist[4:] == [
        ("2026/101-6", FNUTT, "=Lia vel, Ola & Co", "Teknisk", "", sak, "", "/innsyn/sak/2026/101/6/"),
        ("2026/101-7", "Svar om gatelys", "Teknisk", "Kroa AS", "Politiet", sak, "", "/innsyn/sak/2026/101/7/"),
        (
            "2026/104-2",
            "Klage fra *****",
            "*****",
            "Teknisk",
            "",
            "Varsel om støy fra pumpestasjon i Strandveien",
            "Offl. § 13 jf. fvl. § 13 første ledd nr. 1",
            "/innsyn/sak/2026/104/2/",
        ),
        (
            "2026/102-1",
            "Ber om uttalelse til søknad om kulturtilskudd",
            "Kultur",
            "Teknisk",
            "",
            "Kulturtilskudd til lag og foreninger",
            "",
            "/innsyn/sak/2026/102/1/",
        ),
    ]
    assert [rad[0] for rad in vist[:4]] == ["2026/101-1", "2026/101-2", "2026/101-3", "2026/104-1"]


def test_feed_search_and_day_of_one_type_give_the_same_rows_in_all_formats(k):
    klient = k.offentlig()
    for sti, query, antall in [("/innsyn/sok", "?q=skjenkebevilling", 3), (DAG, "?type=N", 1)]:
        vist, data = rader(klient, sti, query)
        assert vist == data
        assert len(vist) == antall
    feed = [LESERE[f](klient.get(f"/innsyn/feed{f}")) for f in (".json", ".csv", ".rss")]
    assert fra_html(klient.get("/innsyn/sist-publisert/")) == feed[0] == feed[1] == feed[2]
    assert len(feed[0]) == 8


def test_case_and_entry_give_the_same_rows_in_all_formats(k):
    klient = k.offentlig()
    vist, data = rader(klient, "/innsyn/sak/2026/101")
    uten_sakstittel = [rad[:5] + ("",) + rad[6:] for rad in data]
    assert vist == uten_sakstittel
    assert len(vist) == 5
    data = [LESERE[f](klient.get(f"/innsyn/sak/2026/101/7{f}")) for f in (".json", ".csv", ".rss")]
    side = html.fromstring(klient.get("/innsyn/sak/2026/101/7/").content.decode())
    felter = [_finn(side, felt) for felt in ("snr", "fra", "til", "kopi", "sakstittel", "hjemmel")]
    assert data[0] == data[1] == data[2] == [(felter[0], _tekst(side.find(".//h1")), *felter[1:], data[0][0][-1])]


def test_csv_is_safe_in_a_spreadsheet(k):
    svar = k.offentlig().get(f"{DAG}.csv")
    linjer = svar.content.decode("utf-8-sig").split("\r\n")
    assert linjer[0] == ";".join(KOLONNER)
    assert "'=Lia vel; Ola & Co" in linjer[5]
    assert svar["Content-Type"] == "text/csv; charset=utf-8"
    assert svar["Content-Disposition"] == 'attachment; filename="dag-2026-03-02.csv"'


# ── Headers ──────────────────────────────────────────────

ADRESSER = [
    "/innsyn/",
    "/innsyn/sist-publisert/",
    "/innsyn/maaned/2026-03/",
    "/innsyn/sok/",
    "/innsyn/sok/?q=kroa",
    "/innsyn/sok/?fra=tull",
    "/innsyn/fil/2026/101/1/1/",
    *(f"{sti}{f}" for sti in (DAG, "/innsyn/sak/2026/101", "/innsyn/sak/2026/101/1") for f in FORMATER),
    *(f"/innsyn/feed{f}" for f in FORMATER[1:]),
    *(f"/innsyn/sok{f}?q=kroa" for f in FORMATER[1:]),
]


@pytest.mark.krav("R-7.0.1")
@pytest.mark.parametrize("adresse", ADRESSER)
def test_public_answer_sets_no_cookie_and_may_be_stored(kommune_a, adresse):
    k = kommune_a
    innlogget = k.klient("sb.kari")
    svar, som_ansatt = k.offentlig().get(adresse), innlogget.get(adresse)
    kropp = b"".join(svar) if svar.streaming else svar.content
    assert (b"".join(som_ansatt) if som_ansatt.streaming else som_ansatt.content) == kropp
    assert dict(som_ansatt.headers) == dict(svar.headers)
    assert svar.status_code == 200
    assert not svar.cookies
    assert not som_ansatt.cookies
    assert "Vary" not in svar
    assert svar["X-Robots-Tag"] == "noindex"
    assert svar["Cache-Control"] == "public, no-cache"
    assert k.offentlig().get(adresse, headers={"If-None-Match": svar["ETag"]}).status_code == 304
    if svar["Content-Type"].startswith("text/html"):
        assert b"<script" not in kropp
        assert b" style=" not in kropp
        assert re.search(rb"\son\w+=", kropp) is None


@pytest.mark.krav("R-7.0.1")
def test_browser_that_asks_for_the_icon_of_a_file_is_not_sent_to_the_login_and_gets_no_cookie(client):
    svar = client.get("/favicon.ico")
    assert (svar.status_code, svar.url, dict(svar.cookies)) == (302, "/static/ui/favicon.svg", {})


def test_etag_changes_when_an_entry_is_withdrawn(kommune_a):
    k = kommune_a
    foer = k.offentlig().get(f"{DAG}/")["ETag"]
    kodet(k, k.jp(101, 1), "XX")
    svar = k.offentlig().get(f"{DAG}/", headers={"If-None-Match": foer})
    assert svar.status_code == 200
    assert "2026/101-1" not in svar.content.decode()


def test_site_is_read_only(kommune_a):
    klient = kommune_a.offentlig()
    assert [klient.post(adresse).status_code for adresse in ADRESSER] == [405] * len(ADRESSER)
    assert klient.head(f"{DAG}/").status_code == 200


# ── What is not there ────────────────────────────────────


@pytest.mark.krav("A-22", "C.0")
def test_unseen_is_the_same_404_whatever_the_reason(kommune_a):
    k = kommune_a
    utgaa(k.jp(101, 1), "Feil", av=k["ark.eva"])
    kodet(k, k.jp(101, 2), "XX")
    x = egen(k, k.sak(101), "X", "J")
    gradert = inngaaende(k, k.sak(104), "J")
    kodet(k, gradert, "U")
    klient = k.offentlig()
    aldri = klient.get("/innsyn/sak/2026/101/999/")
    assert aldri.status_code == 404
    uten = [
        *(f"/innsyn/sak/2026/101/{n}/" for n in (1, 2, 4, 5, x.journalpostnummer)),
        "/innsyn/sak/2026/102/",
        "/innsyn/sak/2026/102/1/",
        "/innsyn/sak/2026/102/1.json",
        "/innsyn/sak/2026/103/",
        "/innsyn/sak/2026/103.csv",
        "/innsyn/sak/2026/999/",
        "/innsyn/fil/2026/101/1/1/",
        "/innsyn/fil/2026/101/2/1/",
        f"/innsyn/fil/2026/101/{x.journalpostnummer}/1/",
        "/innsyn/fil/2026/104/2/1/",
        "/innsyn/fil/2026/101/3/2/",
        f"{DAG}/?side=2",
        f"{DAG}/?side=tull",
        "/innsyn/sok/?q=kroa&side=0",
    ]
    for adresse in uten:
        svar = klient.get(adresse)
        assert (svar.status_code, svar.content, dict(svar.headers)) == (404, aldri.content, dict(aldri.headers)), (
            adresse
        )


@pytest.mark.parametrize(
    "adresse",
    [
        "/innsyn/dag/2026-02-30/",
        "/innsyn/dag/2026-3-2/",
        "/innsyn/dag/2026-03-02.xml",
        "/innsyn/sak/2026/0101/",
        "/innsyn/sak/2026/99999999999/",
        "/innsyn/maaned/2026-13/",
    ],
)
def test_address_has_one_form(kommune_a, adresse):
    assert kommune_a.offentlig().get(adresse).status_code == 404


def test_search_data_refuses_an_unusable_date(kommune_a):
    svar = kommune_a.offentlig().get("/innsyn/sok.json?q=kroa&fra=tull", headers={"Accept": "application/json"})
    assert (svar.status_code, list(svar.json()["felter"])) == (422, ["fra"])
    side = kommune_a.offentlig().get("/innsyn/sok/?q=kroa&fra=2026-03-02&til=2026-03-01").content.decode()
    assert "Til-datoen er før fra-datoen. Bytt dem om." in side


# ── Files ────────────────────────────────────────────────


def test_fil_is_byte_identical_under_a_name_made_from_its_number(kommune_a):
    k = kommune_a
    svar = k.offentlig().get("/innsyn/fil/2026/101/1/1/")
    fil = k.jp(101, 1).dokumenter.get().versjoner.get().fil
    assert b"".join(svar.streaming_content) == innhold(fil)
    assert svar["Content-Disposition"] == 'inline; filename="2026-101-1-1.txt"'
    assert svar["X-Content-Type-Options"] == "nosniff"


def test_every_file_link_opens_and_full_text_off_leaves_none(kommune_a, settings):
    k = kommune_a
    kodet(k, k.jp(101, 2), "U", avskjerming="I")
    klient = k.offentlig()

    def lenker():
        rader_ = klient.get(f"{DAG}.json").json()["rader"]
        return [d["adresse"].removeprefix("http://testserver") for r in rader_ for d in r["dokumenter"] if d["adresse"]]

    assert lenker() == [f"/innsyn/fil/2026/{s}/1/" for s in ("101/1", "101/3", "104/1")]
    for lenke in lenker():
        assert b"".join(klient.get(lenke).streaming_content)
    settings.FULLTEKST_PAA_POSTLISTE = False
    assert lenker() == []
    assert klient.get("/innsyn/fil/2026/101/1/1/").status_code == 404


# ── Pages ────────────────────────────────────────────────


def side(klient, adresse):
    return html.fromstring(klient.get(adresse).content.decode())


@pytest.mark.krav("R-7.0.1")
def test_front_page_leads_to_today_the_last_published_the_feeds_and_the_search(kommune_a):
    forside = side(kommune_a.offentlig(), "/innsyn/")
    adresser = {a.get("href") for a in forside.iterfind(".//main//a")}
    assert {
        f"{DAG}/",
        "/innsyn/sist-publisert/",
        "/innsyn/feed.rss",
        "/innsyn/feed.json",
        "/innsyn/feed.csv",
    } <= adresser
    assert [s.get("action") for s in forside.iterfind(".//main//form")] == ["/innsyn/sok/"]
    assert [_tekst(h) for h in forside.iterfind(".//h2")][:2] == ["I dag, mandag 2. mars 2026", "Sist publisert"]


def test_day_shows_its_neighbours_counts_and_completeness(k, klokka):
    klokka.move_to(dt.datetime(2026, 3, 5, 8, 0, tzinfo=dt.UTC))
    egen(k, k.sak(101), "U", "J")
    klient = k.offentlig()
    mandag = side(klient, f"{DAG}/")
    assert [a.get("href") for a in mandag.iterfind(".//a[@rel='next']")] == ["/innsyn/dag/2026-03-05/"]
    assert [_tekst(b) for b in _med(mandag, "noekkeltall", "descendant::b")] == ["8", "7", "1"]
    assert [_tekst(a) for a in _med(mandag, "ds-tag")][:4] == [
        "Alle 8",
        "Inngående 6",
        "Utgående 1",
        "Notat 1",
    ]
    kalender = [(_tekst(a), a.get("href"), a.get("aria-current")) for a in _med(mandag, "kalender", "descendant::a")]
    assert kalender == [
        ("2: 8 journalposter", "/innsyn/dag/2026-03-02/", "date"),
        ("5: 1 journalpost", "/innsyn/dag/2026-03-05/", None),
    ]
    tom = side(klient, "/innsyn/dag/2026-03-03/")
    assert _finn(tom, "tom") == (
        "Ingen journalposter er publisert for denne dagen.Dagen før med postliste: mandag 2. mars 2026"
    )


def test_late_entry_says_when_it_came(kommune_a, klokka):
    k = kommune_a
    kodet(k, k.jp(101, 1), "XX")
    klokka.move_to(dt.datetime(2026, 3, 5, 8, 0, tzinfo=dt.UTC))
    kodet(k, k.jp(101, 1), "U")
    for adresse in (f"{DAG}/", "/innsyn/sist-publisert/"):
        rad = side(k.offentlig(), adresse).get_element_by_id("d2026-101-1")
        assert "Journaldato 02.03.2026, publisert 05.03.2026" in _tekst(rad)


def test_long_day_is_paged_for_people_and_whole_for_machines(kommune_a, monkeypatch):
    klient = kommune_a.offentlig()
    monkeypatch.setattr(queries.offentlig, "SIDE", 3)
    monkeypatch.setattr(queries, "SIDE", 3)
    foerste, andre = side(klient, f"{DAG}/"), side(klient, f"{DAG}/?side=2")
    assert [len(_med(s, "post")) for s in (foerste, andre)] == [3, 1]
    assert [a.get("href") for a in _med(foerste, "sidevelger", "a")] == [f"{DAG}/?side=2"]
    assert [a.get("href") for a in _med(andre, "sidevelger", "a")] == [f"{DAG}/"]
    assert _finn(andre, "sidevelger") == "ForrigeViser 4–4 av 4"
    assert len(klient.get(f"{DAG}.json").json()["rader"]) == 4


def test_addresses_of_rows_are_those_of_the_url_table(kommune_a):
    rad = kommune_a.offentlig().get(f"{DAG}.json").json()["rader"][0]
    sted = {"aar": 2026, "sekvens": 101}
    assert rad["adresse"].endswith(reverse("innsyn-oppfoering", kwargs=sted | {"nummer": 1}))
    assert rad["saksadresse"].endswith(reverse("innsyn-sak", kwargs=sted))
    assert rad["dokumenter"][0]["adresse"].endswith(
        reverse("innsyn-fil", kwargs=sted | {"nummer": 1, "dokumentnummer": 1})
    )


def test_empty_site_says_what_would_be_there(db, client):
    sider = {a: client.get(a).content.decode() for a in ("/innsyn/", "/innsyn/sist-publisert/", f"{DAG}/")}
    assert "Ingen journalposter er publisert for i dag ennå." in sider["/innsyn/"]
    assert "Ingenting er publisert ennå." in sider["/innsyn/sist-publisert/"]
    assert "Ingen journalposter er publisert for denne dagen." in sider[f"{DAG}/"]
    assert client.get("/innsyn/feed.json").json()["rader"] == []
