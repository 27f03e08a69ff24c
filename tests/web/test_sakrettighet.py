"""A right in a case has a period: it is reminded of before it ends, renewed with one click, and kept as history."""

import datetime as dt

import pytest

from saksgang.flyt.commands import lag_varsler
from saksgang.flyt.models import Varsel
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.logg.models import Hendelse
from saksgang.logg.tasks import forsegl
from saksgang.sakarkiv.commands.rettighet import forny_rettighet, gi_rettighet, minn_om_rettigheter, trekk_rettighet
from saksgang.sakarkiv.commands.sak import sett_saksansvarlig
from saksgang.sakarkiv.models import Sakrettighet
from tests.nettleser import axe
from tests.tilstand import inngaaende, kodet

SIDE = "/saker/2026/101/rettigheter/"


def tekst(svar) -> str:
    return " ".join(svar.content.decode().split())


def dag(d: int, m: int = 3) -> dt.datetime:
    return dt.datetime(2026, m, d, 8, tzinfo=dt.UTC)


def forny(rettighet) -> str:
    return f"{SIDE}{rettighet.pk}/fornyelse/"


@pytest.mark.krav("R-10.3.2.3", "R-7.2.2")
def test_right_begins_and_ends_with_its_period_and_is_renewed_with_one_click(kommune_a, klokka):
    k = kommune_a
    jp = kodet(k, inngaaende(k, k.sak(101), "J"), "P")
    lesbar = f"/saker/2026/101/{jp.journalpostnummer}/"
    felter = {"bruker": "les.gry", "nivaa": "lese", "fra": "2026-03-04", "til": "2026-03-13"}
    assert k.klient("sb.kari").post(f"{SIDE}ny/", felter).status_code == 303
    gitt = Sakrettighet.objects.get()
    assert k.klient("les.gry").get(lesbar).status_code == 404
    klokka.move_to(dag(4))
    assert k.klient("les.gry").get(lesbar).status_code == 200
    assert "Tar snart slutt" not in tekst(k.klient("sb.kari").get(SIDE))
    klokka.move_to(dag(6))
    assert "Tar snart slutt" in tekst(k.klient("sb.kari").get(SIDE))
    assert "Forny til 23.03.2026" in tekst(k.klient("sb.kari").get(SIDE))
    assert "Forny til" not in tekst(k.klient("les.gry").get(SIDE))
    assert k.klient("les.gry").post(forny(gitt)).status_code == 403
    assert k.klient("sb.per").post(forny(gitt)).status_code == 403
    assert k.klient("sb.kari").post(forny(gitt)).status_code == 303
    assert Sakrettighet.objects.get().til == dt.date(2026, 3, 23)
    rad = Hendelse.objects.latest("nummer")
    assert (rad.handling, rad.endringer) == ("sak.fornye_rettighet", {"til": ["2026-03-13", "2026-03-23"]})
    klokka.move_to(dag(24))
    assert k.klient("les.gry").get(lesbar).status_code == 404
    html = tekst(k.klient("sb.kari").get(SIDE))
    assert "Utløpt 23.03.2026" in html.split("Tidligere")[1]
    assert "Forny til 12.04.2026" in html
    assert k.klient("sb.kari").post(forny(gitt)).status_code == 303
    assert k.klient("les.gry").get(lesbar).status_code == 200
    assert [(r.fra.day, r.til) for r in Sakrettighet.objects.order_by("pk")] == [
        (4, dt.date(2026, 3, 23)),
        (24, dt.date(2026, 4, 12)),
    ]
    assert k.klient("sb.kari").post(forny(gitt)).status_code == 409


def test_right_is_refused_backwards_and_renewal_without_end_or_withdrawn(kommune_a):
    k, sak, kari = kommune_a, kommune_a.sak(101), kommune_a["sb.kari"]
    for felt, periode in (("til", {"fra": dt.date(2026, 3, 9), "til": dt.date(2026, 3, 8)}),
                          ("fra", {"fra": dt.date(2026, 3, 1)})):  # fmt: skip
        with pytest.raises(UgyldigInndata) as feil:
            gi_rettighet(sak, k["les.gry"], "lese", **periode, av=kari)
        assert list(feil.value.felter) == [felt]
    with pytest.raises(Avvist, match="trenger ikke fornyes"):
        forny_rettighet(gi_rettighet(sak, k["les.gry"], "lese", av=kari), av=kari)
    trukket = trekk_rettighet(gi_rettighet(sak, k["sb.per"], "lese", til=dt.date(2026, 3, 20), av=kari), av=kari)
    with pytest.raises(Avvist, match="trukket"):
        forny_rettighet(trukket, av=kari)
    side = tekst(k.klient("sb.kari").get(SIDE)).split("Tidligere")[1]
    assert f"Trukket 02.03.2026 av {kari.navn}" in side
    assert "Forny til" not in side


@pytest.mark.krav("R-10.3.2.3")
def test_end_is_reminded_of_once_to_the_giver_saksansvarlig_and_the_holder(kommune_a, klokka):
    k, sak = kommune_a, kommune_a.sak(101)
    gi_rettighet(sak, k["les.gry"], "lese", til=dt.date(2026, 3, 20), av=k["sb.kari"])
    gi_rettighet(sak, k["sb.per"], "skrive", til=dt.date(2026, 3, 4), av=k["sb.kari"])  # too short to be reminded of
    trekk_rettighet(gi_rettighet(sak, k["nes.ida"], "lese", til=dt.date(2026, 3, 20), av=k["sb.kari"]), av=k["sb.kari"])
    gi_rettighet(sak, k["u.arne"], "lese", av=k["sb.kari"])
    sett_saksansvarlig(sak, k["sb.ola"], av=k["led.anne"])
    assert minn_om_rettigheter() == 0
    klokka.move_to(dag(13))
    assert (minn_om_rettigheter(), minn_om_rettigheter()) == (1, 0)
    forsegl()
    lag_varsler()
    fikk = {v.bruker.brukernavn: v.tekst for v in Varsel.objects.filter(tekst__contains="tar slutt")}
    assert fikk == {
        "sb.kari": f"2026/101: rettigheten til {k['les.gry'].navn} tar slutt 20.03.2026",
        "sb.ola": f"2026/101: rettigheten til {k['les.gry'].navn} tar slutt 20.03.2026",
        "les.gry": "2026/101: rettigheten din i saken tar slutt 20.03.2026",
    }
    forny_rettighet(Sakrettighet.objects.get(bruker=k["les.gry"]), av=k["sb.ola"])
    assert minn_om_rettigheter() == 0
    forsegl()
    lag_varsler()
    assert Varsel.objects.filter(bruker=k["les.gry"], tekst__contains="har fornyet rettighetene dine").exists()
    klokka.move_to(dag(6, 4))
    assert minn_om_rettigheter() == 1


def test_end_in_a_closed_case_is_told_to_those_who_see_it_alone(kommune_a, klokka):
    k, sak = kommune_a, kommune_a.sak(103)
    gi_rettighet(sak, k["les.gry"], "lese", til=dt.date(2026, 3, 20), av=k["pers.mia"])
    sett_saksansvarlig(sak, k["raad.jon"], av=k["ark.eva"])
    klokka.move_to(dag(13))
    assert minn_om_rettigheter() == 1
    forsegl()
    lag_varsler()
    fikk = set(Varsel.objects.filter(tekst__contains="tar slutt").values_list("bruker__brukernavn", flat=True))
    assert fikk == {"pers.mia", "raad.jon", "les.gry"}
    assert not Varsel.objects.filter(tekst__icontains="Ragnhild").exists()


def test_a_right_sent_twice_is_given_once_so_that_withdrawing_it_ends_it(kommune_a):
    k, sak, kari = kommune_a, kommune_a.sak(101), kommune_a["sb.kari"]
    felter = {"bruker": k["les.gry"], "nivaa": "lese", "av": kari}
    gitt = gi_rettighet(sak, fra=dt.date(2026, 3, 4), til=dt.date(2026, 3, 10), **felter)
    for fra, til in ((4, 10), (2, 4), (10, 20), (2, None), (5, 6)):
        with pytest.raises(Avvist, match=r"har alt denne rettigheten fra 04.03.2026 til 10.03.2026. Forny eller trekk"):
            gi_rettighet(sak, fra=dt.date(2026, 3, fra), til=til and dt.date(2026, 3, til), **felter)
    gi_rettighet(sak, fra=dt.date(2026, 3, 2), til=dt.date(2026, 3, 3), **felter)
    gi_rettighet(sak, fra=dt.date(2026, 3, 11), **felter)
    gi_rettighet(sak, k["les.gry"], "skrive", av=kari)
    stale = Sakrettighet.objects.get(pk=gitt.pk)
    trekk_rettighet(gitt, av=kari)
    with pytest.raises(Avvist, match="allerede trukket"):
        trekk_rettighet(stale, av=k["led.anne"])
    gi_rettighet(sak, fra=dt.date(2026, 3, 4), til=dt.date(2026, 3, 10), **felter)


@pytest.mark.nettleser
@pytest.mark.tung
def test_dates_of_a_right_are_named_on_the_phone_and_the_reminder_stands_under_its_date(kommune_a, aapne, klokka):
    k = kommune_a
    gi_rettighet(k.sak(101), k["les.gry"], "lese", til=dt.date(2026, 3, 20), av=k["sb.kari"])
    klokka.move_to(dag(14))
    side = aapne("sb.kari", SIDE, bredde=390)
    rad = side.locator("tbody tr").first
    merker = rad.evaluate("r => [...r.cells].map(c => getComputedStyle(c, '::before').content)")
    assert merker[2:5] == ['"Fra "', '"Til og med "', '"Gitt av "']
    assert axe(side) == []
    fra, til, varsel = (
        aapne("sb.kari", SIDE)
        .locator("tbody tr")
        .first.evaluate(
            """r => {
            const topp = node => { const o = document.createRange(); o.selectNodeContents(node)
                return o.getBoundingClientRect() }
            return [topp(r.cells[2].firstChild).top, topp(r.cells[3].firstChild).top,
                r.querySelector(".frist").getBoundingClientRect().top]
        }"""
        )
    )
    assert abs(fra - til) < 1
    assert varsel > til + 10
