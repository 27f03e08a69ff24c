"""A grading that ends: told of in time, proposed lifted when it has ended, and opened by nobody but the leader."""

import datetime as dt

import pytest
from django.db import connection

from saksgang.demo.grunnlag import skjerming
from saksgang.flyt.commands import lag_varsler
from saksgang.flyt.models import Varsel
from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang, UgyldigInndata
from saksgang.logg.models import Hendelse
from saksgang.logg.tasks import forsegl
from saksgang.offentlighet import queries
from saksgang.offentlighet.commands import (
    avgjoer_skjerming,
    foelg_opphoer,
    foreslaa_skjerming,
    merk_inntruffet,
    sperr_midlertidig,
)
from saksgang.offentlighet.models import Graderingsopphoer, Skjermingsvurdering
from saksgang.offentlighet.queries.opphoer import ender_q
from saksgang.sakarkiv.commands.avskrivning import avskriv
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.commands.sak import avslutt_sak, gjenaapne_sak, opprett_sak
from saksgang.sakarkiv.models import Journalpost
from saksgang.tilgang.models import Hjemmel
from tests.tilstand import inngaaende

SLUTT = dt.date(2026, 4, 1)
VALGT = "leverandør er valgt"


def gradert(k, *, dato=SLUTT, hendelse="", noekkel="14", **felter):
    """A journalised letter with the secret word in its title, graded U by the leader until this day or event."""
    jp = inngaaende(k, k.sak(101), "J", tittel="Tilbud fra Kvernberg", **felter)
    return avgjoer_skjerming(jp, grad(noekkel, dato=dato, hendelse=hendelse), av=k["led.anne"])


def grad(noekkel="14", *, dato=None, hendelse=""):
    g = skjerming("U", noekkel, "TP")
    return Skjerming(
        g.kode, g.avskjerming, g.hjemmel, meroffentlighet=g.meroffentlighet, opphoerer=dato, opphoer_hendelse=hendelse
    )


def frisk(jp):
    return Journalpost.objects.select_related("sak", "tilgangskode", "hjemmel").get(pk=jp.pk)


def den(klokka, dato):
    klokka.move_to(dt.datetime.combine(dato, dt.time(8), dt.UTC))


def i_lista(k, hvem):
    return [jp.pk for jp in queries.gradering_utloeper(k[hvem])]


def varsler(k, hvem):
    return [
        v.tekst.split(": ")[1] for v in Varsel.objects.filter(bruker=k[hvem]).order_by("pk") if "gradering" in v.tekst
    ]


def test_a_grading_comes_to_its_people_before_it_ends_and_to_nobody_else(kommune_a, klokka):
    k = kommune_a
    jp = gradert(k)
    den(klokka, SLUTT - dt.timedelta(days=15))
    assert (foelg_opphoer(), i_lista(k, "sb.kari"), i_lista(k, "led.anne")) == (0, [], [])
    den(klokka, SLUTT - dt.timedelta(days=14))
    assert foelg_opphoer() == 1
    assert foelg_opphoer() == 0, "told of once"
    assert (i_lista(k, "sb.kari"), i_lista(k, "led.anne"), i_lista(k, "sb.ola")) == ([jp.pk], [jp.pk], [])
    assert list(queries.gradering_utloept(k["sb.kari"])) == []
    forsegl()
    lag_varsler()
    assert varsler(k, "sb.kari") == varsler(k, "led.anne") == ["graderingen opphører snart"]
    assert varsler(k, "sb.ola") == []
    assert not frisk(jp).forslag_aapent


def test_a_grading_past_its_day_is_proposed_open_and_hides_nothing_and_opens_nothing(kommune_a, klokka):
    k = kommune_a
    jp = gradert(k)
    foer = frisk(jp).noekler
    rad = queries.oppfoering(2026, 101, jp.journalpostnummer)
    den(klokka, SLUTT)
    assert (foelg_opphoer(), foelg_opphoer()) == (1, 0)
    jp = frisk(jp)
    assert (jp.forslag_aapent, jp.forslag_sperrer, jp.foreslaatt_kode, jp.foreslaatt_av) == (True, False, None, None)
    assert (jp.tilgangskode.kode, jp.noekler, jp.avventer_gradering) == ("U", foer, False)
    assert queries.oppfoering(2026, 101, jp.journalpostnummer) == rad
    assert "Kvernberg" not in str(rad)
    assert k.klient("u.arne").get(f"/saker/2026/101/{jp.journalpostnummer}/").status_code == 200
    assert k.klient("les.gry").get(f"/saker/2026/101/{jp.journalpostnummer}/").status_code == 404
    assert list(queries.midlertidig_sperret(k["led.anne"])) == [jp]
    assert list(queries.gradering_utloept(k["sb.kari"])) == [jp]
    vurdering = Skjermingsvurdering.objects.filter(journalpost=jp).latest("pk")
    assert (vurdering.art, vurdering.kode, vurdering.av, vurdering.merknad) == (
        "forslag", None, None, "Graderingen gjaldt til i dag",
    )  # fmt: skip
    hendelse = Hendelse.objects.get(handling="journalpost.foreslaa_opphoer")
    assert (hendelse.aktoer, hendelse.journalpost_id) == (None, jp.pk)
    avgjoer_skjerming(jp, Skjerming(), av=k["led.anne"])
    assert queries.oppfoering(2026, 101, jp.journalpostnummer).tittel == "Tilbud fra Kvernberg"
    assert i_lista(k, "sb.kari") == []
    den(klokka, SLUTT + dt.timedelta(days=1))
    assert foelg_opphoer() == 0


def test_the_leader_who_keeps_a_grading_sets_a_new_end(kommune_a, klokka):
    k = kommune_a
    jp = gradert(k)
    den(klokka, SLUTT)
    foelg_opphoer()
    with pytest.raises(UgyldigInndata, match="ikke fram i tid"):
        avgjoer_skjerming(jp, grad(dato=SLUTT), av=k["led.anne"])
    avgjoer_skjerming(jp, grad(dato=dt.date(2026, 5, 1)), av=k["led.anne"])
    assert (foelg_opphoer(), frisk(jp).forslag_aapent, i_lista(k, "led.anne")) == (0, False, [])
    den(klokka, dt.date(2026, 5, 1))
    assert (foelg_opphoer(), frisk(jp).forslag_aapent) == (1, True)


def test_a_decision_that_asks_of_no_end_lets_the_one_that_stands_go_on(kommune_a, klokka):
    k = kommune_a
    jp = gradert(k)
    avgjoer_skjerming(jp, skjerming("U", "14", "A"), av=k["led.anne"])
    assert queries.opphoer(jp).dato == SLUTT
    sperr_midlertidig(jp, av=k["ark.eva"])
    assert queries.opphoer(jp) is None


def test_an_event_is_marked_by_those_who_have_the_letter_and_proposed_at_once(kommune_a):
    k = kommune_a
    jp = gradert(k, dato=None, hendelse=VALGT, noekkel="23-3")
    assert i_lista(k, "sb.kari") == []
    with pytest.raises((IkkeTilgang, IkkeFunnet)):
        merk_inntruffet(jp, av=k["sb.ola"])
    with pytest.raises(IkkeTilgang):
        merk_inntruffet(jp, av=k["u.arne"])
    assert not frisk(jp).forslag_aapent
    merk_inntruffet(jp, av=k["sb.kari"])
    jp = frisk(jp)
    assert (jp.forslag_aapent, jp.forslag_sperrer, jp.tilgangskode.kode) == (True, False, "U")
    assert (i_lista(k, "sb.kari"), i_lista(k, "led.anne")) == ([jp.pk], [jp.pk])
    with pytest.raises(Avvist, match="allerede merket"):
        merk_inntruffet(jp, av=k["sb.kari"])
    assert Hendelse.objects.get(handling="journalpost.merke_opphoer").detaljer == {"hendelse": VALGT}
    assert foelg_opphoer() == 0


def test_an_event_is_refused_where_the_grading_ends_on_a_day(kommune_a):
    with pytest.raises(Avvist, match="ikke med en hendelse"):
        merk_inntruffet(gradert(kommune_a), av=kommune_a["sb.kari"])


def test_an_open_proposal_is_answered_before_another_is_made(kommune_a, klokka):
    k = kommune_a
    jp = gradert(k)
    foreslaa_skjerming(jp, skjerming("P", "13-fvl1"), av=k["ark.eva"])
    den(klokka, SLUTT)
    assert foelg_opphoer() == 0
    assert (frisk(jp).forslag_sperrer, frisk(jp).foreslaatt_kode.kode) == (True, "P")


def test_only_what_its_hjemmel_says_so_of_is_opened_by_itself(kommune_a, klokka):
    k = kommune_a
    Hjemmel.objects.filter(noekkel="23-3").update(aapnes_selv=True)
    jp, annen = gradert(k, noekkel="23-3"), gradert(k)
    den(klokka, SLUTT)
    assert foelg_opphoer() == 2
    assert (frisk(jp).tilgangskode, frisk(annen).tilgangskode.kode) == (None, "U")
    assert queries.oppfoering(2026, 101, jp.journalpostnummer).tittel == "Tilbud fra Kvernberg"
    assert Hendelse.objects.get(handling="journalpost.oppheve_opphoert").aktoer is None
    assert list(Hjemmel.objects.filter(aapnes_selv=True).values_list("noekkel", flat=True)) == ["23-3"]


@pytest.mark.parametrize(
    ("noekkel", "ventet"),
    [
        ("23-3", (None, VALGT)),
        ("13-fvl1", (dt.date(2086, 2, 27), "")),
        ("14", (None, "")),
    ],
)
def test_opphoersforslag_follows_the_data_of_the_hjemmel(db, noekkel, ventet):
    assert queries.opphoersforslag(Hjemmel.objects.get(noekkel=noekkel), dt.date(2026, 2, 27)) == ventet


def test_opphoersforslag_from_a_leap_day_ends_on_the_last_of_february(db):
    assert queries.opphoersforslag(Hjemmel(opphoer_aar=1), dt.date(2024, 2, 29)) == (dt.date(2025, 2, 28), "")


def test_the_dialog_proposes_the_end_and_the_page_has_the_event(kommune_a):
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "J", tittel="Tilbud fra Kvernberg")
    leder, g = k.klient("led.anne"), grad("23-3")
    valg = {"tilgangskode": g.kode.pk, "avskjermingskode": g.avskjerming.pk, "hjemmel": g.hjemmel.pk}
    felter = leder.get(
        f"/journalposter/{jp.pk}/skjerming/felter/", valg, headers={"hx-request": "true"}
    ).content.decode()
    assert f'value="{VALGT}"' in felter
    fvl = Hjemmel.objects.get(noekkel="13-fvl1").pk
    felter = leder.get(
        f"/journalposter/{jp.pk}/skjerming/felter/",
        valg | {"hjemmel": fvl, "opphoer_hendelse": VALGT},
        headers={"hx-request": "true"},
    ).content.decode()
    assert (VALGT in felter, "2086-02-27" in felter) == (False, True)
    svar = leder.post(
        f"/journalposter/{jp.pk}/skjerming/avgjoerelse/",
        valg | {"meroffentlighet_vurdert": "on", "meroffentlighet": "Nei", "opphoer_hendelse": VALGT},
    )
    assert svar.status_code == 303
    side = k.klient("sb.kari").get(f"/saker/2026/101/{jp.journalpostnummer}/").content.decode()
    assert f"Opphører når {VALGT}" in side
    assert "Hendelsen har inntruffet" in side
    assert k.klient("sb.kari").post(f"/journalposter/{jp.pk}/opphoer/").status_code == 303
    assert frisk(jp).forslag_aapent
    for sti in ("/lister/gradering-utloeper/", f"/saker/2026/101/{jp.journalpostnummer}/"):
        assert "Foreslått" in leder.get(sti).content.decode()
    assert "systemet" in leder.get(f"/journalposter/{jp.pk}/skjerming/").content.decode()


def test_what_ends_in_a_closed_case_rests_until_the_case_is_open_again(kommune_a, klokka):
    k, sak = kommune_a, kommune_a.sak(101)
    ny = opprett_sak(
        "Anbud", arkivdel=sak.arkivdel, enhet=k.enhet("TEK"), saksansvarlig=k["sb.kari"], fra_arkivet=True,
        klasser=[sak.klasseringer.get().klasse], av=k["ark.eva"],
    )  # fmt: skip
    jp = inngaaende(k, ny, "J", tittel="Tilbud fra Kvernberg")
    avgjoer_skjerming(jp, grad(dato=SLUTT), av=k["led.anne"])
    avskriv(k.mottaker(jp), "TE", av=k["sb.kari"])
    avslutt_sak(ny, av=k["ark.eva"])
    den(klokka, SLUTT)

    def hviler():
        return Graderingsopphoer.objects.get(journalpost=jp).hviler

    assert (hviler(), i_lista(k, "sb.kari")) == (False, [])
    assert (foelg_opphoer(), hviler(), i_lista(k, "sb.kari")) == (0, True, [])
    gjenaapne_sak(ny, "Klage", av=k["ark.eva"])
    assert not frisk(jp).forslag_aapent
    assert (foelg_opphoer(), hviler(), i_lista(k, "sb.kari")) == (1, False, [jp.pk])
    assert frisk(jp).forslag_aapent


def test_list_looks_through_what_does_not_rest_alone(db):
    with connection.cursor() as markoer:
        markoer.execute("SET LOCAL enable_seqscan = off")
    plan = Graderingsopphoer.objects.filter(ender_q(SLUTT)).explain()
    assert "opphoer_dato" in plan
    assert "opphoer_inntruffet" in plan
