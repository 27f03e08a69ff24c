"""The arbeidsbord: who has which basket, that list, badge and JSON agree, and what a list costs."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saksgang.demo.grunnlag import skjerming
from saksgang.flyt.commands import send_flagg, send_til_godkjenning
from saksgang.kjerne import klokke
from saksgang.kjerne.sider import Orden, bla
from saksgang.kjerne.telling import tell
from saksgang.lager.commands import lagre_fil
from saksgang.offentlighet.commands import avgjoer_skjerming
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.commands import bestill_skanning
from saksgang.sakarkiv.commands.avskrivning import merk_som_sett
from saksgang.sakarkiv.commands.journalpost import Vedlagt, rediger_journalpost
from saksgang.sakarkiv.commands.kopi import send_kopi
from saksgang.sakarkiv.commands.merknad import merk, oensk_avsluttet, sett_obs
from saksgang.sakarkiv.commands.sak import opprett_sak
from saksgang.sakarkiv.models import InternMottaker
from saksgang.sakarkiv.queries import kurver as sakarkiv
from saksgang.web import adresser
from saksgang.web.kurver import KURVER, finn_kurv, kurver_for, tall
from tests.innsynskrav.krav import gradert, krav_om
from tests.offentlighet.test_sladding import brevet
from tests.offentlighet.test_sladding import forslag as sladdet_forslag
from tests.produksjon.filer import skadet
from tests.tilstand import egen, foreslaatt, fyll_kurver, inngaaende, kodet

MINE = [
    "innboks", "restanse", "under-arbeid", "mine-saker", "kopiboks", "obs-dato", "gradering-utloeper", "flagg",
]  # fmt: skip
LEDER = [
    "til-fordeling", "ikke-fordelt", "midlertidig-sperret", "sladding", "til-godkjenning", "innsyn-til-vurdering",
]  # fmt: skip
ARKIV = [
    "til-journalfoering", "midlertidig", "reserverte-saker", "oenskes-avsluttet", "xx-over-frist",
    "besluttet-ikke-publisert", "innsynskrav", "skanning", "arkivkopier", "meldinger", "feilregistrert", "flytting",
]  # fmt: skip

SJELDNE = ["gradering-utloeper"]

BARE_EGNE = (
    "sb.kari sb.ola sb.per sf.per les.gry ms.lise adm.root pers.mia u.arne skole1.liv skole2.geir skatt.siv ik.vera"
).split()
UTEN_ARBEIDSBORD = ["ord.siri", "pol.eli", "pol.tor"]


def json_fra(klient, adresse):
    svar = klient.get(adresse, headers={"accept": "application/json"})
    assert svar.status_code == 200, svar.content
    return svar.json()


def viste(svar):
    return [rad for gruppe in svar.context["rader"] for rad in gruppe["rader"]]


def menyen(svar):
    kurver = svar.context["kurver"]
    return kurver() if callable(kurver) else kurver


@pytest.mark.krav("R-C.1", "R-4.8", "R-4.10")
@pytest.mark.parametrize(
    ("person", "ventet"),
    [
        *((person, MINE) for person in BARE_EGNE),
        *((person, MINE + LEDER) for person in ("led.anne", "led.nils", "raad.jon", "sf.bente", "raad.vikar")),
        ("nes.ida", [*MINE, "til-fordeling"]),
        *((person, ARKIV + MINE) for person in ("ark.eva", "ark.tom")),
    ],
)
def test_menu_shows_the_baskets_of_the_roles(kommune_a, person, ventet):
    assert sorted(kurv.noekkel for kurv in kurver_for(kommune_a[person])) == sorted(ventet)
    vist = [kurv for gruppe in menyen(kommune_a.klient(person).get("/lister/innboks/")) for kurv in gruppe["kurver"]]
    navn = {kurv.noekkel: kurv.navn for kurv in KURVER}
    assert [kurv["navn"] for kurv in vist] == [navn[noekkel] for noekkel in ventet if noekkel not in SJELDNE]
    assert [kurv["navn"] for kurv in vist if kurv["aktiv"]] == ["Innboks"]


@pytest.mark.krav("R-C.1")
def test_a_list_that_is_seldom_used_is_in_the_menu_when_something_is_in_it(kommune_a):
    k = kommune_a

    def vises(hvem, sti="/lister/innboks/"):
        vist = [kurv for gruppe in menyen(k.klient(hvem).get(sti)) for kurv in gruppe["kurver"]]
        return [(kurv["antall"], kurv["aktiv"]) for kurv in vist if kurv["navn"] == "Gradering utløper"]

    assert vises("sb.kari") == []
    assert vises("sb.kari", "/lister/gradering-utloeper/") == [(0, True)]
    slutt = replace(skjerming("U", "14", "TP"), opphoerer=klokke.idag() + dt.timedelta(days=3))
    avgjoer_skjerming(inngaaende(k, k.sak(101), "J"), slutt, av=k["led.anne"])
    assert [vises(hvem) for hvem in ("sb.kari", "led.anne", "les.gry")] == [[(1, False)], [(1, False)], []]


@pytest.mark.krav("R-C.1")
def test_every_person_is_tried_and_those_who_are_not_employees_have_no_baskets(kommune_a):
    med = [*BARE_EGNE, "led.anne", "led.nils", "raad.jon", "sf.bente", "raad.vikar", "nes.ida", "ark.eva", "ark.tom"]
    assert sorted(Bruker.objects.values_list("brukernavn", flat=True)) == sorted(med + UTEN_ARBEIDSBORD)
    for person in UTEN_ARBEIDSBORD:
        assert kommune_a.klient(person).get("/").status_code == 403


@pytest.mark.krav("R-C.3")
def test_menu_uses_the_words_of_the_handbook(kommune_a):
    navn = {kurv.navn for kurv in KURVER}
    c12 = {"Innboks", "Restanse", "Mine saker", "Kopiboks", "OBS-dato", "Midlertidig sperret", "Til fordeling", "Flagg"}
    assert c12 - navn == set()


@pytest.mark.krav("R-3.1.7")
def test_deputy_sees_the_leaders_baskets_in_the_period_and_not_after(kommune_a, klokka):
    k = kommune_a
    svar = k.klient("sf.bente").get("/lister/til-fordeling/")
    assert [gruppe["tittel"] for gruppe in menyen(svar)] == ["Mine lister", "Leder, for Anne Hauge"]
    assert [rad.nummer for rad in viste(svar)] == ["2026/104-1"]
    assert [g["tittel"] for g in menyen(k.klient("led.anne").get("/"))] == ["Mine lister", "Leder"]
    assert [g["tittel"] for g in menyen(k.klient("nes.ida").get("/"))] == ["Mine lister", "Fullmakt"]
    klokka.move_to(dt.datetime(2026, 3, 9, 8, 0, tzinfo=dt.UTC))
    assert k.klient("sf.bente").get("/lister/til-fordeling/").status_code == 403
    assert k.klient("led.anne").get("/lister/til-fordeling/").status_code == 200


@pytest.mark.parametrize(
    ("person", "adresse", "status"),
    [
        ("sb.kari", "/lister/til-fordeling/", 403),
        ("sb.kari", "/lister/til-journalfoering/", 403),
        ("led.anne", "/lister/til-journalfoering/", 403),
        ("ark.eva", "/lister/til-fordeling/", 403),
        ("sb.kari", "/lister/finnes-ikke/", 404),
        ("pol.tor", "/", 403),
        ("pol.tor", "/lister/innboks/", 403),
        ("ord.siri", "/flagg/", 403),
    ],
)
def test_list_is_refused_to_others(kommune_a, person, adresse, status):
    assert kommune_a.klient(person).get(adresse).status_code == status
    assert kommune_a.offentlig().get(adresse).status_code == 302


@pytest.fixture
def fulle_kurver(kommune_a):
    """Fjordvik with something in nearly every basket, some of it coded."""
    fyll_kurver(kommune_a)
    return kommune_a


@pytest.mark.krav("R-10.8.0", "R-C.1")
@pytest.mark.parametrize("person", ["sb.kari", "sb.ola", "led.anne", "sf.bente", "ark.eva", "les.gry"])
def test_list_badge_and_json_have_the_same_rows(fulle_kurver, person):
    bruker, klient = fulle_kurver[person], fulle_kurver.klient(person)
    antall = tall(bruker)
    for kurv in kurver_for(bruker):
        ventet = {rad.pk for rad in kurv.liste(bruker)}
        data = json_fra(klient, kurv.url)
        svar = klient.get(kurv.url)
        i_menyen = {p["navn"]: p["antall"] for g in menyen(svar) for p in g["kurver"]}
        assert (antall[kurv.noekkel], data["antall"], i_menyen[kurv.navn]) == (len(ventet),) * 3, kurv.noekkel
        assert set(data["ider"]) == {rad["id"] for rad in data["rader"]} == {r.id for r in viste(svar)} == ventet
    if person in ("sb.kari", "ark.eva"):
        assert sum(1 for kurv in kurver_for(bruker) if antall[kurv.noekkel]) >= 6


def test_counts_take_one_statement(kommune_a):
    bruker = kommune_a["led.anne"]
    kurver_for(bruker)
    with CaptureQueriesContext(connection) as fanget:
        tall(bruker)
    assert len(fanget) == 1


def test_tell_counts_a_slice_up_to_its_end(kommune_a):
    alle = InternMottaker.objects.order_by("pk")
    assert tell({"alle": alle, "to": alle[:2], "ingen": alle.none()}) == {"alle": alle.count(), "to": 2, "ingen": 0}


def _tre_av(k, noekkel):
    """Put three rows of their own in a basket, with what could cost one query each: units, codes, people, cases."""
    kari, per, eva, anne = k["sb.kari"], k["sb.per"], k["ark.eva"], k["led.anne"]
    arkivdel = k.sak(101).arkivdel
    for n in range(3):
        sak = opprett_sak(f"Sak {n}", arkivdel=arkivdel, enhet=k.enhet("TEK"), av=kari)
        if noekkel in ("innboks", "restanse"):
            inngaaende(k, sak, "J", forfallsdato=dt.date(2026, 3, 1 + 4 * n))
        elif noekkel == "under-arbeid":
            egen(k, sak, "U", "R")
        elif noekkel == "kopiboks":
            send_kopi(inngaaende(k, sak, "J"), [kari], av=[anne, per, eva][n])
        elif noekkel == "obs-dato":
            sett_obs(sak, klokke.idag(), av=kari)
        elif noekkel == "gradering-utloeper":
            grad = skjerming("U", "14", "TP")
            slutt = replace(grad, opphoerer=klokke.idag() + dt.timedelta(days=3 + n))
            avgjoer_skjerming(inngaaende(k, sak, "J"), slutt, av=anne)
        elif noekkel == "flagg":
            send_flagg(inngaaende(k, sak, "J"), av=[anne, per, eva][n], til=kari, tekst="Hei")
        elif noekkel in ("til-fordeling", "ikke-fordelt"):
            inngaaende(k, sak, "J", saksbehandler=None)
        elif noekkel == "midlertidig-sperret":
            jp = inngaaende(k, sak, "J")
            foreslaatt(k, jp, "U") if n else kodet(k, jp, "XX")
        elif noekkel == "sladding":
            sladdet_forslag(k, brevet(k, ["", "U", "P"][n], sak=sak))
        elif noekkel == "til-journalfoering":
            egen(k, sak, "U", "F")
        elif noekkel == "midlertidig":
            inngaaende(k, sak, "M", dokumenter=[])
        elif noekkel == "oenskes-avsluttet":
            oensk_avsluttet(sak, av=kari)
        elif noekkel == "xx-over-frist":
            kodet(k, inngaaende(k, sak, "J", saksbehandler=None, enhet=k.enhet(["TEK", "KULT", "VAR"][n])), "XX")
        elif noekkel == "besluttet-ikke-publisert":
            inngaaende(k, sak, "J")
        elif noekkel == "til-godkjenning":
            send_til_godkjenning(egen(k, sak, "U", "R"), anne, av=kari)
        elif noekkel == "arkivkopier":
            egen(k, sak, "U", "F", dokumenter=[Vedlagt(lagre_fil(skadet(f"{n}"), filnavn="b.docx"), "b.docx")])
        elif noekkel == "innsynskrav":
            krav_om(*(inngaaende(k, sak, "J") for _ in range(n + 1)))
        elif noekkel == "innsyn-til-vurdering":
            krav_om(gradert(k, "U"), inngaaende(k, sak, "J"))
        elif noekkel == "skanning":
            bestill_skanning(egen(k, sak, "U", "R") if n else sak, f"Kart {n}", av=kari)
        elif noekkel in ("meldinger", "feilregistrert", "flytting"):
            aarsak = {"meldinger": "melding", "feilregistrert": "feilregistrert", "flytting": "flytting"}[noekkel]
            send_flagg(inngaaende(k, sak, "J"), av=[kari, per, anne][n], koe="ARK", aarsak=aarsak, tekst="Hei")


@pytest.mark.parametrize("noekkel", [kurv.noekkel for kurv in KURVER])
def test_list_costs_the_same_with_one_and_three_rows(kommune_a, settings, klokka, noekkel):
    k = kommune_a
    if noekkel == "besluttet-ikke-publisert":
        settings.PUBLISERINGSFORSINKELSE = 5
    _tre_av(k, noekkel)
    if noekkel in ("xx-over-frist", "arkivkopier"):
        klokka.move_to(dt.datetime(2026, 3, 20, 8, 0, tzinfo=dt.UTC))
    person = "led.anne" if noekkel in LEDER else "ark.eva" if noekkel in ARKIV else "sb.kari"
    bruker = k[person]
    kurv = finn_kurv(bruker, noekkel)
    pk_er = [rad.pk for rad in kurv.liste(bruker)]
    assert len(pk_er) >= 3
    kostnad = []
    for antall in (1, 3):
        with CaptureQueriesContext(connection) as fanget:
            utvalg = kurv.liste(bruker).filter(pk__in=pk_er[-antall:])
            rader_ = list(kurv.felter.hent(utvalg) if kurv.felter else utvalg)
            assert len(kurv.rader(rader_, bruker, klokke.idag())) == antall
        kostnad.append(len(fanget))
    assert kostnad[0] == kostnad[1]
    klient = k.klient(person)
    with CaptureQueriesContext(connection) as fanget:
        assert klient.get(kurv.url).status_code == 200
    assert len(fanget) <= 18, [q["sql"][:120] for q in fanget]


@pytest.mark.krav("R-9.3.1c", "R-9.3.1d")
def test_restanse_groups_by_urgency_with_words(kommune_a):
    k = kommune_a
    for nr, frist in enumerate([dt.date(2026, 3, 1), dt.date(2026, 3, 2), dt.date(2026, 3, 6), dt.date(2026, 3, 7)]):
        inngaaende(k, k.sak(101), "J", tittel=f"Brev {nr}", forfallsdato=frist)
    svar = k.klient("sb.kari").get("/lister/restanse/")
    grupper = [(g["navn"], g["antall"], [r.frist for r in g["rader"]]) for g in svar.context["rader"]]
    assert grupper == [
        ("Forfalt", 1, ["2026-03-01"]),
        ("Forfaller om mindre enn 5 dager", 3, ["2026-03-02", "2026-03-05", "2026-03-06"]),
        ("Senere", 3, ["2026-03-07", "2026-03-16", "2026-03-30"]),
    ]
    html = svar.content.decode()
    assert html.count('data-nivaa="forfalt"') == 1
    assert html.count('data-nivaa="snart"') == 3
    assert "Forfalt i går" in html
    restanse = next(p for g in menyen(svar) for p in g["kurver"] if p["navn"] == "Restanse")
    assert (restanse["antall"], restanse["haster"]) == (7, 4)


@pytest.mark.krav("R-6.2.J.c", "R-9.3.1d")
def test_a_journalised_letter_is_in_innboks_and_restanse_at_once(kommune_a):
    k = kommune_a
    klient = k.klient("sb.kari")
    foer = {navn: set(json_fra(klient, f"/lister/{navn}/")["ider"]) for navn in ("innboks", "restanse")}

    def paa_arbeidsbordet():
        return {p["navn"]: p["antall"] for g in menyen(klient.get("/")) for p in g["kurver"]}

    tall_foer = paa_arbeidsbordet()
    jp = inngaaende(k, k.sak(101), "J", tittel="Nytt brev")
    for navn, ider in foer.items():
        assert set(json_fra(klient, f"/lister/{navn}/")["ider"]) - ider == {k.mottaker(jp).pk}
    en_til = {navn: tall_foer[navn] + 1 for navn in ("Innboks", "Restanse")}
    assert paa_arbeidsbordet() == tall_foer | en_til


@pytest.mark.krav("R-6.2.J.d", "R-3.1.4")
def test_undistributed_letter_is_in_the_leaders_list_alone(kommune_a):
    k = kommune_a
    rad = k.mottaker(k.jp(104, 1)).pk
    for person, ventet in {"led.anne": [rad], "sf.bente": [rad], "nes.ida": [rad], "led.nils": []}.items():
        assert json_fra(k.klient(person), "/lister/til-fordeling/")["ider"] == ventet, person


@pytest.mark.krav("A-40")
def test_undistributed_is_red_after_two_working_days(kommune_a, klokka):
    k = kommune_a

    def haster():
        svar = k.klient("led.anne").get("/lister/ikke-fordelt/")
        punkt = next(p for g in menyen(svar) for p in g["kurver"] if p["navn"] == "Ikke fordelt")
        return punkt["antall"], punkt["haster"], "Ikke fordelt på" in svar.content.decode()

    assert haster() == (1, None, False)
    klokka.move_to(dt.datetime(2026, 3, 3, 22, 30, tzinfo=dt.UTC))
    assert haster() == (1, None, False)
    klokka.move_to(dt.datetime(2026, 3, 4, 6, 0, tzinfo=dt.UTC))
    assert haster() == (1, 1, True)


@pytest.mark.krav("R-9.2.0", "R-9.2.1.3b", "R-9.2.1.3d")
def test_midlertidig_sperret_counts_days_left_for_own_units(kommune_a, klokka):
    k = kommune_a
    jp = kodet(k, inngaaende(k, k.sak(101), "J", tittel="Sperret"), "XX")
    kodet(k, inngaaende(k, k.sak(102), "J", enhet=k.enhet("KULT"), saksbehandler=k["sb.per"]), "XX")
    for dag, ord_ in [(2, "3 arbeidsdager igjen"), (5, "Frist i dag"), (6, "1 arbeidsdag over frist")]:
        klokka.move_to(dt.datetime(2026, 3, dag, 8, 0, tzinfo=dt.UTC))
        for person in ("led.anne", "sf.bente"):
            (rad,) = viste(k.klient(person).get("/lister/midlertidig-sperret/"))
            assert (rad.id, ord_ in rad.kant, rad.frist) == (jp.pk, True, "2026-03-05"), (person, dag)


@pytest.mark.krav("R-9.2.1.3e")
def test_xx_over_frist_lists_leader_and_days_over(kommune_a, klokka):
    k = kommune_a
    klokka.move_to(dt.datetime(2026, 4, 1, 8, 0, tzinfo=dt.UTC))
    jp = kodet(k, inngaaende(k, k.sak(101), "J", tittel="Sperret"), "XX")
    klokka.move_to(dt.datetime(2026, 4, 9, 8, 0, tzinfo=dt.UTC))
    assert json_fra(k.klient("ark.eva"), "/lister/xx-over-frist/")["ider"] == []
    klokka.move_to(dt.datetime(2026, 4, 10, 8, 0, tzinfo=dt.UTC))
    (rad,) = viste(k.klient("ark.eva").get("/lister/xx-over-frist/"))
    assert (rad.id, rad.part, "1 arbeidsdag over frist" in rad.kant) == (jp.pk, "Teknisk · leder Anne Hauge", True)


@pytest.mark.krav("R-10.12.2")
def test_obs_dato_takes_passed_and_near_dates_of_saksansvarlig(kommune_a):
    k = kommune_a
    datoer = [sett_obs(k.sak(101), dt.date(2026, 3, dag), av=k["sb.kari"]) for dag in (1, 6, 7)]
    assert json_fra(k.klient("sb.kari"), "/lister/obs-dato/")["ider"] == [obs.pk for obs in datoer[:2]]
    assert json_fra(k.klient("sb.ola"), "/lister/obs-dato/")["ider"] == []


def test_graded_row_is_absent_in_list_count_and_json_for_others(kommune_a):
    """The one who distributes by fullmakt alone has no key to a coded letter."""
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "J", tittel="Hemmelig klage på Bortgjemt", saksbehandler=None)
    kodet(k, jp, "U")
    leder, ida = k.klient("led.anne"), k.klient("nes.ida")
    assert k.mottaker(jp).pk in json_fra(leder, "/lister/til-fordeling/")["ider"]
    data = json_fra(ida, "/lister/til-fordeling/?filter=Bortgjemt")
    svar = ida.get("/lister/til-fordeling/")
    assert (data["antall"], data["ider"], data["rader"]) == (0, [], [])
    assert ("Bortgjemt" in svar.content.decode(), svar.context["antall"]) == (False, 1)


def test_list_sorts_filters_and_pages_without_losing_a_row(kommune_a, monkeypatch):
    k = kommune_a
    monkeypatch.setattr("saksgang.web.arbeidsbord.views.SIDE", 3)
    for n in range(7):
        jp = inngaaende(k, k.sak(101), "J", tittel=f"Gatelys {n}", forfallsdato=dt.date(2026, 3, 20 - n))
        if n % 3 == 0:
            rediger_journalpost(jp, forfallsdato=None, av=k["sb.kari"])
    klient = k.klient("sb.kari")
    for sortering in ("svarfrist", "mottatt", "nyeste", "nummer"):
        alle = json_fra(klient, f"/lister/restanse/?sortering={sortering}")
        neste, gjennom, sider = f"/lister/restanse/?sortering={sortering}", [], []
        while neste:
            data = json_fra(klient, neste)
            sider.append([rad["id"] for rad in data["rader"]])
            gjennom += sider[-1]
            forrige, neste = data["forrige"], data["neste"]
        assert sorted(gjennom) == sorted(alle["ider"]), sortering
        assert len(gjennom) == len(set(gjennom)) == 10
        tilbake = [sider[-1]]
        while forrige:
            data = json_fra(klient, forrige)
            tilbake.insert(0, [rad["id"] for rad in data["rader"]])
            forrige = data["forrige"]
        assert tilbake == sider, sortering
    funnet = json_fra(klient, "/lister/restanse/?filter=gatelys+bakkegata")
    assert (funnet["antall"], len(funnet["ider"])) == (7, 7)
    jp = k.jp(101, 2)
    assert [r["nummer"] for r in json_fra(klient, "/lister/restanse/?filter=2026/101-2")["rader"]] == [str(jp)]
    assert json_fra(klient, "/lister/restanse/?filter=%25")["ider"] == []
    assert "Ingen rader har disse ordene." in klient.get("/lister/restanse/?filter=finnesikke").content.decode()


@pytest.mark.parametrize("merke", ["x", "W10", "WzEsMiwzXQ", "bnVsbA", "WyJ4IiwgIngiXQ", "%00"])
def test_a_page_mark_that_cannot_be_read_gives_the_first_page(kommune_a, merke):
    klient = kommune_a.klient("sb.kari")
    foerste = json_fra(klient, "/lister/restanse/")["rader"]
    assert json_fra(klient, f"/lister/restanse/?etter={merke}")["rader"] == foerste
    assert json_fra(klient, f"/lister/restanse/?foer={merke}")["rader"] == foerste


def test_bla_keeps_the_order_with_empty_values(kommune_a):
    k = kommune_a
    rad = k.mottaker(k.jp(101, 1))
    InternMottaker.objects.filter(pk=rad.pk).update(forfallsdato=None)
    orden = Orden(("forfallsdato",), nullbar=True)
    alle = InternMottaker.objects.all()
    hele = [r.pk for r in bla(alle, orden, antall=100).rader]
    gjennom, etter = [], ""
    while True:
        side = bla(alle, orden, etter=etter, antall=1)
        gjennom += [r.pk for r in side.rader]
        etter = side.neste
        if not etter:
            break
    assert gjennom == hele
    siste = bla(alle, orden, etter=bla(alle, orden, antall=len(hele) - 1).neste, antall=1)
    assert [r.pk for r in bla(alle, orden, foer=siste.forrige, antall=100).rader] == hele[:-1]


def test_front_page_shows_the_first_basket_with_content(kommune_a):
    k = kommune_a
    assert k.klient("sb.kari").get("/").context["kurv"].noekkel == "innboks"
    assert k.klient("ark.eva").get("/").context["kurv"].noekkel == "til-journalfoering"
    assert k.klient("led.anne").get("/").context["kurv"].noekkel == "mine-saker"
    assert k.klient("les.gry").get("/").context["kurv"].noekkel == "innboks"
    for rad in sakarkiv.innboks(k["sb.kari"]):
        merk_som_sett(rad, av=k["sb.kari"])
    assert k.klient("sb.kari").get("/").context["kurv"].noekkel == "restanse"


def test_fragment_for_htmx_has_list_counts_and_title(kommune_a):
    svar = kommune_a.klient("sb.kari").get("/lister/restanse/", headers={"HX-Request": "true"})
    html = svar.content.decode()
    assert html.startswith("<title>Restanse (3)")
    assert (html.count('id="liste"'), html.count('id="sidemeny"'), "<!doctype" in html.lower()) == (1, 1, False)


@pytest.mark.krav("R-10.1.1")
def test_row_leads_to_page_and_preview(kommune_a):
    k = kommune_a
    jp = k.jp(101, 1)
    assert adresser.journalpost_url(jp) == "/saker/2026/101/1/"
    merk(jp, "Tegning ligger ved.", av=k["ark.eva"], type_="AR")
    klient = k.klient("sb.kari")
    for liste in ("innboks", "restanse"):
        svar = klient.get(f"/lister/{liste}/")
        (rad,) = [r for r in viste(svar) if r.journalpost_id == jp.pk]
        assert (rad.url, rad.forhaand) == (adresser.journalpost_url(jp), adresser.forhaand_url(jp))
        assert f'href="{rad.url}" hx-get="{rad.forhaand}"' in svar.content.decode()
        foran = klient.get(rad.forhaand, headers={"HX-Request": "true"}).content.decode()
        side = klient.get(rad.url).content.decode()
        dokument = "Til Fjordvik kommune\n\nMed hilsen\nKroa AS"
        for del_ in ("Søknad om skjenkebevilling", "Kroa AS", "Avskriv. oppl", "Kopi til", dokument):
            assert (del_ in side, del_ in foran) == (True, True), del_
        assert "Tegning ligger ved." in side


def test_case_preview_is_closed_where_the_case_is(kommune_a):
    k = kommune_a
    sak = k.sak(103)
    adresse = adresser.sak_forhaand_url(sak)
    assert "Ragnhild Hemmelig" in k.klient("pers.mia").get(adresse).content.decode()
    svar = k.klient("sb.kari").get(adresse)
    assert (svar.status_code, "Ragnhild" in svar.content.decode()) == (404, False)


@pytest.mark.krav("R-10.2.1.3b")
def test_klarhet_tells_ready_from_not_ready_with_the_cause(kommune_a):
    k = kommune_a
    klar = opprett_sak(
        "Klar sak", arkivdel=k.sak(101).arkivdel, enhet=k.enhet("TEK"),
        klasser=[k.sak(101).klasseringer.get(rekkefoelge=1).klasse], fra_arkivet=True, saksansvarlig=k["sb.kari"],
        av=k["ark.eva"],
    )  # fmt: skip
    for sak in (klar, k.sak(101)):
        oensk_avsluttet(sak, av=k["sb.kari"])
    klient = k.klient("ark.eva")
    html = klient.get("/lister/oenskes-avsluttet/klarhet/").content.decode()
    assert (html.count("</svg>Klar</span>"), html.count("</svg>Ikke klar</span>")) == (1, 1)
    assert "2026/101-1 er ikke avskrevet av Kari Lunde." in html
    bit = klient.get("/lister/oenskes-avsluttet/klarhet/", headers={"HX-Request": "true"}).content.decode()
    assert bit.count("hx-swap-oob") == 2
    assert k.klient("sb.kari").get("/lister/oenskes-avsluttet/klarhet/").status_code == 403


def test_utseende_is_saved_for_oneself(kommune_a):
    k = kommune_a
    klient = k.klient("sb.kari")
    svar = klient.post("/min-side/utseende/", {"fargevalg": "dark"})
    assert svar.status_code == 303
    kari = k["sb.kari"]
    assert (kari.fargevalg, kari.hurtigtaster) == ("dark", False)
    html = klient.get("/").content.decode()
    assert 'data-color-scheme="dark"' in html
    assert 'data-hurtigtaster="av"' in html
    assert klient.post("/min-side/utseende/", {"fargevalg": "rosa"}).status_code == 422
    assert Bruker.objects.filter(fargevalg="dark").count() == 1


def test_roed_boundary_of_undistributed_skips_the_weekend(kommune_a, klokka):
    """Arrived Friday: red from Tuesday."""
    k = kommune_a
    klokka.move_to(dt.datetime(2026, 3, 6, 8, 0, tzinfo=dt.UTC))
    jp = inngaaende(k, k.sak(104), "J", saksbehandler=None)
    anne = k["led.anne"]
    for dag, roed in [(7, False), (8, False), (9, False), (10, True)]:
        klokka.move_to(dt.datetime(2026, 3, dag, 8, 0, tzinfo=dt.UTC))
        assert (k.mottaker(jp) in sakarkiv.ikke_fordelt_roed(anne)) is roed, dag


def test_rows_carry_no_markup_from_titles(kommune_a):
    k = kommune_a
    inngaaende(k, k.sak(101), "J", tittel="<b>fet</b> & <script>alert(1)</script>")
    html = k.klient("sb.kari").get("/lister/innboks/").content.decode()
    assert ("<script>alert" in html, "&lt;b&gt;fet&lt;/b&gt;" in html) == (False, True)
