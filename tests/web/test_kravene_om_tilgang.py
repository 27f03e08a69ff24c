"""The scenarios of krav 7.2 and 9.2.0 as they are written, from log-in to answer."""

import datetime as dt
import re

import pytest

from saksgang.demo.grunnlag import skjerming
from saksgang.offentlighet.commands import avgjoer_skjerming, sett_skjerming
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.commands.journalfoering import journalfoer
from tests.tilstand import egen, inngaaende, kodet


def _side(jp) -> str:
    return f"/saker/{jp.sak.aar}/{jp.sak.sekvens}/{jp.journalpostnummer}/"


def _fil(jp) -> str:
    return f"/filer/{jp.dokumenter.get().versjoner.get().pk}/"


def _svar(k, hvem, *adresser) -> set[int]:
    klient, statuser = k.klient(hvem), set()
    for adresse in adresser:
        svar = klient.get(adresse)
        assert not svar.streaming or b"".join(svar.streaming_content)
        statuser.add(svar.status_code)
    return statuser


@pytest.mark.krav("R-7.2.1", "A-43")
def test_every_employee_finds_and_opens_what_is_finished_and_open_and_no_draft(kommune_a):
    k = kommune_a
    brev = inngaaende(k, k.sak(101), "J", tittel="Gravemelding Bakkegata")
    ferdig = egen(
        k, k.sak(102), "N", "F", tittel="Gravemelding sendt videre", av=k["sb.per"], interne_mottakere=[k["sb.kari"]]
    )
    utkast = egen(k, k.sak(101), "U", "R", tittel="Gravemelding utkast")
    les = k.klient("les.gry")
    treff = les.get("/soek/?q=gravemelding").content.decode()
    assert "2 treff" in treff
    assert [jp.tittel in treff for jp in (brev, ferdig, utkast)] == [True, True, False]
    assert _svar(k, "les.gry", _side(brev), _fil(brev), _side(ferdig), _fil(ferdig)) == {200}
    assert _svar(k, "les.gry", _side(utkast), _fil(utkast)) == {404}
    assert _svar(k, "sb.kari", _side(utkast), _fil(utkast)) == {200}


@pytest.mark.krav("R-7.2.2")
def test_a_graded_letter_is_found_and_opened_by_the_authorised_and_is_nowhere_for_others(kommune_a):
    k = kommune_a
    jp = kodet(k, inngaaende(k, k.sak(101), "J", tittel="Sykmelding Nordavind"), "P")
    uten, med = (
        k.klient(hvem).get("/soek/?q=Sykmelding+Nordavind").content.decode() for hvem in ("les.gry", "pers.mia")
    )
    assert ("Ingen treff." in uten, "treff</p>" in uten, str(jp) in uten) == (True, False, False)
    assert ("1 treff" in med, str(jp) in med) == (True, True)
    assert _svar(k, "les.gry", _side(jp), _fil(jp), f"/journalposter/{jp.pk}/") == {404}
    assert _svar(k, "pers.mia", _side(jp), _fil(jp)) == {200}


@pytest.mark.krav("R-7.2.XX", "R-9.2.1.3a")
def test_what_is_blocked_is_open_to_four_kinds_of_people_has_three_days_and_is_off_the_net(kommune_a):
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "J", tittel="Brev til vurdering")
    adresse = f"/innsyn/sak/{jp.sak.saksnummer}/{jp.journalpostnummer}/"
    assert k.offentlig().get(adresse).status_code == 200
    jp = kodet(k, jp, "XX")
    for hvem in ("ark.eva", "led.anne", "sf.bente", "sb.kari"):
        assert _svar(k, hvem, _side(jp), _fil(jp)) == {200}, hvem
    for hvem in ("les.gry", "u.arne", "pers.mia", "led.nils", "raad.jon", "adm.root"):
        assert _svar(k, hvem, _side(jp), _fil(jp)) == {404}, hvem
    assert k.offentlig().get(adresse).status_code == 404
    assert "Brev til vurdering" not in k.offentlig().get("/innsyn/dag/2026-03-02/").content.decode()
    assert jp.xx_frist == dt.date(2026, 3, 5)


@pytest.mark.krav("R-7.2.U", "R-7.2.P", "R-7.2.S")
@pytest.mark.parametrize(
    ("kode", "aapner", "aapner_ikke"),
    [("U", "u.arne", "pers.mia"), ("P", "pers.mia", "u.arne"), ("S", "skatt.siv", "u.arne")],
)
def test_each_code_has_its_own_authorisation(kommune_a, kode, aapner, aapner_ikke):
    k = kommune_a
    jp = kodet(k, inngaaende(k, k.sak(101), "J"), kode)
    assert _svar(k, aapner, _side(jp), _fil(jp)) == {200}
    assert _svar(k, aapner_ikke, _side(jp), _fil(jp)) == {404}
    navn = k.klient(aapner).get(_side(jp)).content.decode()
    assert {"U": "Unntatt offentlighet", "P": "Personal", "S": "Skatt"}[kode] in navn


@pytest.mark.krav("R-7.2.P")
def test_leader_of_another_unit_without_the_code_does_not_see_a_personnel_letter(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(102), "N", "J", av=k["sb.per"], interne_mottakere=[k["sb.ola"]])
    jp = sett_skjerming(jp, skjerming("P", "13-fvl1"), av=k["sb.per"])
    assert _svar(k, "led.anne", _side(jp), _fil(jp)) == {404}
    assert _svar(k, "led.nils", _side(jp), _fil(jp)) == {200}


@pytest.mark.krav("R-7.2.E")
def test_pupil_letter_is_opened_in_its_own_school_alone(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "J", enhet=k.enhet("SKOLE1"), saksbehandler=k["sb.ola"])
    jp = sett_skjerming(jp, skjerming("E", "13-fvl1"), av=k["sb.kari"])
    assert _svar(k, "skole1.liv", _side(jp), _fil(jp)) == {200}
    assert _svar(k, "skole2.geir", _side(jp), _fil(jp)) == {404}


@pytest.mark.krav("R-9.2.0", "R-9.2.1.3c")
def test_leader_has_a_badge_of_what_is_blocked_until_all_is_decided(kommune_a):
    k = kommune_a
    sperret = [kodet(k, inngaaende(k, k.sak(101), "J", tittel=f"Sperret {n}"), "XX") for n in "ab"]
    kultur = egen(k, k.sak(102), "N", "J", av=k["sb.per"], interne_mottakere=[k["sb.ola"]])
    kodet(k, kultur, "XX")

    def merke(hvem) -> list[str]:
        side = k.klient(hvem).get("/").content.decode()
        funnet = re.search(r'href="/lister/midlertidig-sperret/"(.*?)</a>', side, re.DOTALL)
        return re.findall(r">\s*(\d+)\s*<", funnet[1])

    assert (merke("led.anne")[:1], merke("led.nils")[:1]) == (["2"], ["1"])
    svar = k.klient("led.anne").get("/lister/midlertidig-sperret/", headers={"accept": "application/json"}).json()
    assert (svar["antall"], len(svar["rader"])) == (2, 2)
    kodet(k, sperret[0], "U")
    assert merke("led.anne")[:1] == ["1"]
    loeftet = avgjoer_skjerming(sperret[1], Skjerming(), av=k["led.anne"])
    assert (loeftet.tilgangskode, merke("led.anne")[:1]) in ((None, []), (None, ["0"]))
    assert merke("led.nils")[:1] == ["1"]
    assert k.jp(101, sperret[0].journalpostnummer).tilgangskode.kode == "U"


@pytest.mark.krav("R-7.1.1.e", "R-10.6.1.9")
def test_setting_j_is_all_it_takes_to_be_public_and_x_never_is(kommune_a):
    k = kommune_a
    klient = k.offentlig()
    notat, xnotat = (egen(k, k.sak(101), type_, "F", tittel=f"Notat om fortau {type_}") for type_ in "NX")
    assert "Notat om fortau" not in klient.get("/innsyn/").content.decode()
    for jp in (notat, xnotat):
        journalfoer(jp, av=k["ark.eva"])
    forside = klient.get("/innsyn/").content.decode()
    assert ("Notat om fortau N" in forside, "Notat om fortau X" in forside) == (True, False)
    nummer = [f"/innsyn/sak/2026/101/{jp.journalpostnummer}/" for jp in (notat, xnotat)]
    assert [klient.get(n).status_code for n in nummer] == [200, 404]
