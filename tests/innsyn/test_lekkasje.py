"""The leak wall of the public site: a secret word is planted wherever it must not come out, then looked for."""

import dataclasses
import itertools
import re
from collections import deque

import pytest

from saksgang.arkivstruktur.models import Arkivdel
from saksgang.demo.grunnlag import skjerming, tekstfil
from saksgang.offentlighet.commands import avgjoer_skjerming
from saksgang.produksjon.commands import ferdigstill
from saksgang.sakarkiv.commands.journalfoering import avjournalfoer, journalfoer, utgaa
from saksgang.sakarkiv.commands.journalpost import Part
from saksgang.sakarkiv.commands.kopi import send_kopi
from saksgang.sakarkiv.commands.lenke import lenk_dokumenter
from saksgang.sakarkiv.commands.merknad import merk
from saksgang.sakarkiv.commands.part import legg_til_sakspart
from saksgang.sakarkiv.commands.sak import opprett_sak, rediger_sak, skjerm_sak
from saksgang.sakarkiv.models import Journalpost, Sak, Sakstype
from saksgang.sakarkiv.queries.lenker import hent_lenkbare
from tests.jobber import kontroller_alle
from tests.tilstand import egen, foreslaatt, inngaaende, kodet, uten_skriveregel

ORD = "Raudfjellshola"
FNR = "17912099997"
FNR_PART = "13097248022"
SOEK = [ORD, ORD.lower(), ORD[:5], f"{ORD} gatelys", f"brev {ORD}", FNR, FNR[:6]]


def _hemmelig(**felter):
    return {
        "tittel": f"{ORD} {FNR}",
        "dokumenter": [
            dataclasses.replace(tekstfil(f"{ORD}, brevet\n", f"{ORD}.txt"), tittel=f"Om {ORD}"),
            tekstfil(f"{ORD}\n", f"{ORD} vedlegg.txt"),
        ],
        **felter,
    }


FRA = {"avsendere": [Part(navn=f"{ORD} AS"), Part(navn=f"Ola {ORD}", er_person=True)]}


def _sak(k, **felter):
    felter = {"arkivdel": Arkivdel.objects.get(kode="SAK"), "saksansvarlig": k["sb.kari"]} | felter
    return opprett_sak(
        felter.pop("tittel", "Sak om gatelys"), enhet=k.enhet("TEK"), fra_arkivet=True, av=k["ark.eva"], **felter
    )


def _plant(k, settings):
    """Every kind of journalpost and case whose words the public must not see."""
    ark, led = k["ark.eva"], k["led.anne"]
    uten_skriveregel(k, "foedselsnummer")
    sak = _sak(k)

    def gradert(avskjerming, kode="U", **felter):
        jp = inngaaende(k, sak, "J", **_hemmelig(**felter))
        return avgjoer_skjerming(jp, skjerming(kode, "13-fvl1", avskjerming), av=led)

    gradert("T")
    gradert("TP", **FRA)
    gradert("TP", kode="P", **FRA, offentlig_tittel="Klage fra ****")
    gradert("A", **FRA, offentlig_tittel=f"Om {ORD}")
    gradert("PA", **FRA | {"tittel": "Brev om gatelys"})
    gradert("I", tittel="Brev om gatelys")
    for type_ in "UN":
        mottaker = {"mottakere": [Part(navn=f"{ORD} AS")]} if type_ == "U" else {}
        jp = egen(k, sak, type_, "J", **_hemmelig(**mottaker))
        avgjoer_skjerming(jp, skjerming("U", "13-fvl1"), av=led)
    kodet(k, inngaaende(k, sak, "J", **_hemmelig(**FRA)), "XX")
    foreslaatt(k, inngaaende(k, sak, "J", **_hemmelig(**FRA)), "U")
    utgaa(inngaaende(k, sak, "J", **_hemmelig(**FRA)), ORD, av=ark)
    avjournalfoer(inngaaende(k, sak, "J", **_hemmelig(**FRA)), ORD, av=ark)
    for status in "MS":
        inngaaende(k, sak, status, **_hemmelig(**FRA))
    for type_, status in [*itertools.product("UN", "RF"), ("X", "R"), ("X", "F"), ("X", "J"), ("S", "R")]:
        egen(k, sak, type_, status, **_hemmelig())
    settings.PUBLISERINGSFORSINKELSE = 2
    inngaaende(k, sak, "J", **_hemmelig(**FRA))
    settings.PUBLISERINGSFORSINKELSE = 0
    for felter in (
        {"arkivdel": Arkivdel.objects.get(kode="PERS")},
        {"sakstype": Sakstype.objects.get(kode="BARN")},
    ):
        inngaaende(k, _sak(k, tittel=f"Sak om {ORD}", **felter), "J", **_hemmelig(**FRA))
    kodet_sak = _sak(k, tittel=f"Sak om {ORD}")
    kodet(k, inngaaende(k, kodet_sak, "J", **_hemmelig(**FRA)), "U")
    inngaaende(k, kodet_sak, "J", tittel="Åpent brev om gatelys")
    skjerm_sak(Sak.objects.get(pk=kodet_sak.pk), skjerming("U", "13-fvl1"), misvisende=ORD, skade=ORD, av=led)
    _plant_lenker(k, sak)
    aapent = inngaaende(k, sak, "J", tittel=f"Brev om gatelys {FNR}", offentlig_tittel=f"Om {ORD}")
    for objekt in (aapent, sak):
        merk(objekt, f"Merknad om {ORD}", av=k["sb.kari"])
    send_kopi(aapent, [k["sb.ola"]], kommentar=f"Se {ORD}", av=k["sb.kari"])
    legg_til_sakspart(sak, type_="person", navn=f"Ola {ORD}", foedselsnummer=FNR_PART, av=k["sb.kari"])
    rediger_sak(Sak.objects.get(pk=sak.pk), offentlig_tittel=f"Om {ORD}", av=ark)
    return sak


def _plant_lenker(k, sak):
    """An open letter whose attachments are linked from what is closed to the public, or has become so since."""
    kilder = [inngaaende(k, sak, "J", **_hemmelig()) for _ in range(4)]
    kilder += [inngaaende(k, sak, "S", **_hemmelig()), egen(k, sak, "N", "F", **_hemmelig())]
    kilder.append(inngaaende(k, _sak(k, tittel=f"Sak om {ORD}", arkivdel=Arkivdel.objects.get(kode="PERS")), "J"))
    jp = egen(k, sak, "U", "R", tittel="Svar om gatelys")
    dokumenter = [d.pk for kilde in kilder for d in kilde.dokumenter.order_by("nummer")]
    lenk_dokumenter(jp, hent_lenkbare(k["sb.kari"], dokumenter), av=k["sb.kari"])
    journalfoer(ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"]), av=k["ark.eva"])
    kodet(k, kilder[0], "U")
    kodet(k, kilder[1], "XX")
    foreslaatt(k, kilder[2], "P")
    utgaa(kilder[3], "Feil", av=k["ark.eva"])


def _hent(klient, adresse):
    svar = klient.get(adresse)
    kropp = b"".join(svar.streaming_content) if svar.streaming else svar.content
    hode = "\n".join(f"{navn}: {verdi}" for navn, verdi in svar.headers.items())
    return svar.status_code, kropp, hode


def _alle_adresser(klient):
    """Everything that links lead to, and every number whether anything leads there or not."""
    for sak in Sak.objects.order_by("pk"):
        rot = f"/innsyn/sak/{sak.saksnummer}"
        yield from (f"{rot}{slutt}" for slutt in ("/", ".json", ".csv", ".rss"))
        for jp in Journalpost.objects.filter(sak=sak).order_by("pk"):
            yield from (f"{rot}/{jp.journalpostnummer}{slutt}" for slutt in ("/", ".json", ".csv", ".rss"))
            yield from (f"/innsyn/fil/{sak.saksnummer}/{jp.journalpostnummer}/{d}/" for d in range(1, 15))
    yield from (f"/innsyn/dag/2026-03-{dag:02}{slutt}" for dag in (2, 3, 4) for slutt in ("/", ".json", ".csv", ".rss"))
    yield from (f"/innsyn/dag/2026-03-02/?type={type_}" for type_ in "IUNXS")
    yield from ("/innsyn/feed.json", "/innsyn/feed.csv", "/innsyn/feed.rss", "/innsyn/maaned/2026-03/")


def _kryp(klient):
    koe, sett = deque(["/innsyn/", *_alle_adresser(klient)]), {}
    while koe:
        adresse = koe.popleft()
        if adresse in sett:
            continue
        sett[adresse] = _hent(klient, adresse)
        # A basket in the address goes along to every page: it is followed one step, or the crawl would never end.
        if adresse.endswith("/") or ("?" in adresse and "d=20" not in adresse):
            lenker = re.findall(rb'(?:href|action)="(/innsyn/[^"#]*)"', sett[adresse][1])
            koe += [lenke.decode().replace("&amp;", "&") for lenke in lenker]
    return sett


def _soek(klient, ord_):
    return {
        endelse: _hent(klient, f"/innsyn/sok{endelse}?q={ord_.replace(' ', '+')}")
        for endelse in ("/", ".json", ".csv", ".rss")
    }


@pytest.mark.krav("R-6.2.J.b", "R-5.X.3", "R-4.9", "C.11")
def test_secret_word_comes_out_nowhere_on_the_public_site(kommune_a, settings):
    k = kommune_a
    _plant(k, settings)
    kontroller_alle()
    assert Journalpost.objects.filter(tittel__contains=ORD).count() > 20
    klient = k.offentlig()
    sider = _kryp(klient)
    assert len(sider) > 200
    assert {status for status, _, _ in sider.values()} == {200, 404}
    for hemmelig in (ORD, ORD[:6], FNR, FNR_PART, "Ola Raud", "sb.kari", "Kari Lunde", "Ola Vik"):
        funn = [
            adresse
            for adresse, (_, kropp, hode) in sider.items()
            if hemmelig.lower() in kropp.decode("utf-8-sig").lower() or hemmelig.lower() in hode.lower()
        ]
        assert funn == [], hemmelig


def _uten(svar, tekst):
    """The answer without the words asked for, which the page says back to the one who asked."""
    status, kropp, hode = svar
    for form in (tekst, tekst.replace(" ", "+"), tekst.replace(" ", "%20")):
        kropp = kropp.replace(form.encode(), b"@")
    return status, kropp, re.sub("ETag: .*", "", hode)


@pytest.mark.krav("R-6.2.J.b", "C.11")
def test_search_for_a_secret_word_answers_as_for_a_word_that_is_nowhere(kommune_a, settings):
    k = kommune_a
    _plant(k, settings)
    kontroller_alle()
    klient = k.offentlig()
    for ord_ in SOEK:
        blindt = re.sub("[a-zæøå]", "q", re.sub("[A-Z]", "Q", re.sub("[0-9]", "0", ord_)))
        med, uten = _soek(klient, ord_), _soek(klient, blindt)
        assert {f: _uten(s, ord_) for f, s in med.items()} == {f: _uten(s, blindt) for f, s in uten.items()}, ord_


@pytest.mark.krav("R-6.2.J.b")
def test_word_that_is_public_comes_out_everywhere(kommune_a):
    """The test of the test: the same looks find the same word where nothing hides it."""
    k = kommune_a
    sak = _sak(k, tittel=f"Sak om {ORD}")
    jp = inngaaende(k, sak, "J", **_hemmelig(tittel=f"Brev om {ORD}", **FRA))
    kontroller_alle()
    klient = k.offentlig()
    sider = {adresse: svar for adresse, svar in _kryp(klient).items() if ORD in svar[1].decode("utf-8-sig")}
    i_saken = [f"/innsyn/sak/{sak.saksnummer}", f"/innsyn/sak/{sak.saksnummer}/{jp.journalpostnummer}"]
    assert {
        "/innsyn/",
        "/innsyn/sist-publisert/",
        f"/innsyn/bestilling/?d={sak.aar}-{sak.sekvens}-1",
        f"/innsyn/fil/{sak.saksnummer}/1/1/",
        f"/innsyn/fil/{sak.saksnummer}/1/2/",
        *(f"/innsyn/feed{f}" for f in (".json", ".csv", ".rss")),
        *(f"{sti}{f}" for sti in [*i_saken, "/innsyn/dag/2026-03-02"] for f in ("/", ".json", ".csv", ".rss")),
        *(f"/innsyn/dag/2026-03-02{f}?type=I" for f in ("/", ".json", ".csv", ".rss")),
    } == set(sider)
    for tekst in (ORD, ORD[:6]):
        for endelse, (_, kropp, _) in _soek(klient, tekst).items():
            assert f"/innsyn/sak/{sak.saksnummer}/{jp.journalpostnummer}/" in kropp.decode(), endelse
