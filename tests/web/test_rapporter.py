"""Reports about the journal: what anybody may have on request, and how complete the net list is."""

import csv
import datetime as dt
import io
import re

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saksgang.demo.grunnlag import skjerming
from saksgang.kjerne import klokke
from saksgang.offentlighet.commands import avgjoer_skjerming, foreslaa_skjerming, sperr_midlertidig
from saksgang.offentlighet.queries import fullstendighet, trukket_fra_postlista
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.commands.journalfoering import avjournalfoer, utgaa
from saksgang.sakarkiv.commands.sak import opprett_sak
from saksgang.sakarkiv.models import Journalpost
from tests.tilstand import egen, inngaaende

DAG = "fra=2026-03-02&til=2026-03-02"


def rader(klient, periode=DAG):
    svar = klient.get(f"/rapporter/offentlig-journal.csv?{periode}")
    assert svar.status_code == 200
    tekst = b"".join(svar.streaming_content).decode("utf-8-sig")
    return {rad["dokumentnummer"]: rad for rad in csv.DictReader(io.StringIO(tekst), delimiter=";")}


@pytest.fixture
def journal(kommune_a):
    """One of each kind in the journal of 2 March, in an open case and in a personnel file."""
    k = kommune_a
    sak = k.sak(101)
    personal = opprett_sak(
        "Personalmappe", arkivdel=k.sak(103).arkivdel, enhet=k.enhet("TEK"), skjerming=skjerming("P", "13-fvl1"),
        av=k["pers.mia"],
    )  # fmt: skip
    poster = {
        "aapen": inngaaende(k, sak, "J", tittel="Brev om gatelys"),
        "skjermet": avgjoer_skjerming(
            inngaaende(k, sak, "J", tittel="Brev om sykdom"), skjerming("U", "13-fvl1"), av=k["led.anne"]
        ),
        "x": egen(k, sak, "X", "J", tittel="Notat om plan"),
        "mappe": inngaaende(k, personal, "J", tittel="Brev om permisjon"),
        "sperret": sperr_midlertidig(inngaaende(k, sak, "J", tittel="Brev om barn"), av=k["ark.eva"]),
        "m": inngaaende(k, sak, "M", tittel="Brev uten skann"),
        "utgaatt": utgaa(inngaaende(k, sak, "J", tittel="Brev feilsendt"), "Feil", av=k["ark.eva"]),
        "tatt av": avjournalfoer(inngaaende(k, sak, "J", tittel="Brev for tidlig"), "Feil", av=k["ark.eva"]),
    }
    return k, poster


@pytest.mark.krav("C.11")
def test_offentlig_journal_has_what_the_net_list_leaves_out_by_choice_and_nothing_that_is_closed(journal):
    k, poster = journal
    funnet = rader(k.klient("ark.eva"))
    nett = {r["dokumentnummer"] for r in k.offentlig().get("/innsyn/dag/2026-03-02.json").json()["rader"]}
    er_med = {navn for navn, jp in poster.items() if str(jp) in funnet}
    assert er_med == {"aapen", "skjermet", "x", "mappe"}
    assert {navn for navn, jp in poster.items() if str(jp) in nett} == {"aapen", "skjermet"}
    skjermet = funnet[str(poster["skjermet"])]
    assert (skjermet["tittel"], skjermet["fra"]) == ("*****", "*****")
    assert skjermet["hjemmel"] == "Offl. § 13 jf. fvl. § 13 første ledd nr. 1"
    assert funnet[str(poster["mappe"])]["sakstittel"] == "*****"
    assert (funnet[str(poster["x"])]["tittel"], funnet[str(poster["x"])]["hjemmel"]) == ("Notat om plan", "")


def test_page_and_print_have_the_same_entries_and_no_screened_word(journal):
    k, poster = journal
    eva = k.klient("ark.eva")
    side = eva.get(f"/rapporter/offentlig-journal/?{DAG}").content.decode()
    assert set(re.findall(r'<td class="snr">([^<]+)', side)) == set(rader(eva))
    pdf = eva.get(f"/rapporter/offentlig-journal.pdf?{DAG}")
    assert (pdf.status_code, pdf["Content-Type"]) == (200, "application/pdf")
    with pikepdf.open(io.BytesIO(pdf.content)) as fil:
        assert len(fil.pages) >= 1
    for ordet in ("sykdom", "Personalmappe", "barn"):
        assert ordet not in side


@pytest.mark.parametrize(
    ("periode", "sier"),
    [
        ("fra=2026-03-02&til=2026-03-01", "Til-datoen er før fra-datoen."),
        ("fra=2025-01-01&til=2026-03-01", "Perioden er lengre enn ett år."),
        ("fra=tull&til=2026-03-01", "dato"),
        ("fra=&til=", "Journaldato fra"),
    ],
)
def test_bad_period_is_refused_with_what_is_wrong(kommune_a, periode, sier):
    eva = kommune_a.klient("ark.eva")
    svar = eva.get(f"/rapporter/offentlig-journal/?{periode}")
    assert (svar.status_code, sier in svar.content.decode()) == (422, True)
    for ending in ("csv", "pdf"):
        assert eva.get(f"/rapporter/offentlig-journal.{ending}?{periode}").status_code == 409


def test_fullstendighet_accounts_for_every_entry_and_every_number(journal):
    k, poster = journal
    dag = dt.date(2026, 3, 2)
    funnet = fullstendighet(dag, dag)
    (rad,) = funnet.dager
    assert rad.publisert == len(k.offentlig().get("/innsyn/dag/2026-03-02.json").json()["rader"])
    assert rad.skjermet == 1
    assert dict(rad.holdt_utenfor) == {
        "Arkivdelen eller sakstypen er ikke på nettet": 1,
        "Gradering ikke avgjort": 1,
        "Typen føres ikke på nettet": 1,
    }
    assert rad.journalfoert == rad.publisert + 3
    assert funnet.hjemler == (("Offl. § 13 jf. fvl. § 13 første ledd nr. 1", 1),)
    hull = {h.journalnummer: h.aarsak for h in funnet.hull}
    nummer = {navn: f"{jp.journalaar}/{jp.journalsekvens}" for navn, jp in poster.items()}
    assert hull == {
        nummer["m"]: "M Midlertidig journalført, ikke journalført",
        nummer["utgaatt"]: "Utgått",
        nummer["tatt av"]: "M Midlertidig journalført, ikke journalført",
    }
    assert dict(funnet.forsinkelser)["Samme dag"] == rad.publisert
    side = k.klient("ik.vera").get("/rapporter/fullstendighet/?maaned=2026-03").content.decode()
    for ordet in ("Utgått", "Gradering ikke avgjort", nummer["m"]):
        assert ordet in side
    for ordet in ("sykdom", "gatelys", "barn"):
        assert ordet not in side


def test_delay_is_counted_in_working_days(kommune_a, settings):
    settings.PUBLISERINGSFORSINKELSE = 2
    jp = inngaaende(kommune_a, kommune_a.sak(101), "J")
    dag = dt.date(2026, 3, 2)
    foer = dict(fullstendighet(dag, dag).forsinkelser)
    assert ("Venter på publisering", 1) in fullstendighet(dag, dag).dager[0].holdt_utenfor
    assert foer["2 arbeidsdager"] == 0 and jp.publiseres_tid.date() > dag


@pytest.mark.krav("A-09", "C.11")
def test_what_is_withdrawn_from_the_net_list_leaves_a_trace_inside(kommune_a):
    k = kommune_a
    poster = {
        navn: inngaaende(k, k.sak(101), "J", tittel=f"Brev {navn}") for navn in ("av", "ut", "xx", "forslag", "x")
    }
    internt = inngaaende(k, k.sak(101), "M", tittel="Brev aldri ute")
    idag = klokke.idag()
    assert trukket_fra_postlista(idag, idag) == ()
    avjournalfoer(poster["av"], "Feil sak", av=k["ark.eva"])
    utgaa(poster["ut"], "Registrert to ganger", av=k["ark.eva"])
    sperr_midlertidig(poster["xx"], av=k["ark.eva"])
    foreslaa_skjerming(poster["forslag"], skjerming("U", "14"), av=k["ark.eva"])
    sperr_midlertidig(internt, av=k["ark.eva"])
    avgjoer_skjerming(Journalpost.objects.get(pk=poster["xx"].pk), Skjerming(), av=k["led.anne"])
    nummer = {navn: f"{jp.journalaar}/{jp.journalsekvens}" for navn, jp in poster.items()}
    assert [(t.journalnummer, t.aarsak, t.tilbake) for t in trukket_fra_postlista(idag, idag)] == [
        (nummer["forslag"], "Gradering foreslått av arkivet", False),
        (nummer["xx"], "Sperret med XX", True),
        (nummer["ut"], "Utgått", False),
        (nummer["av"], "Avjournalført", False),
    ]
    side = k.klient("ik.vera").get(f"/rapporter/fullstendighet/?maaned={idag:%Y-%m}").text
    assert "Sperret med XX" in side and "Brev xx" not in side
    assert k.klient("sb.kari").get("/rapporter/fullstendighet/").status_code == 403


def test_what_is_withdrawn_is_asked_for_by_its_moment_which_has_an_index(db):
    with CaptureQueriesContext(connection) as fanget:
        assert trukket_fra_postlista(dt.date(2026, 3, 2), dt.date(2026, 3, 3)) == ()
    (sql,) = (q["sql"] for q in fanget if 'FROM "logg_hendelse"' in q["sql"])
    assert re.search(r'"tidspunkt" >= .?2026-03-02.00:00:00.01:00', sql), sql
    assert re.search(r'"tidspunkt" < .?2026-03-04.00:00:00.01:00', sql), sql


@pytest.mark.parametrize("maaned", ["9999-12", "0001-01", "2026-13", "x"])
def test_a_month_without_another_on_each_side_of_it_is_this_month(kommune_a, maaned):
    svar = kommune_a.klient("ark.eva").get("/rapporter/fullstendighet/", {"maaned": maaned})
    assert (svar.status_code, svar.context["maaned"]) == (200, dt.date(2026, 3, 1))
