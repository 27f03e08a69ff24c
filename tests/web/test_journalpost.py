"""The journalpost's page and its acts, as the people of krav A meet them."""

import datetime as dt
import re

import pytest

from saksgang.demo.grunnlag import skjerming, tekstfil
from saksgang.flyt.commands import lag_varsler
from saksgang.flyt.models import Flagg
from saksgang.logg.commands import forsegl_logg
from saksgang.logg.models import Hendelse
from saksgang.offentlighet.commands import foreslaa_skjerming, sett_skjerming
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.commands import ferdigstill
from saksgang.sakarkiv.commands.besvarelse import besvar
from saksgang.sakarkiv.commands.dokument import legg_ved
from saksgang.sakarkiv.commands.journalpost import Part, opprett_journalpost, registrer_inngaaende
from saksgang.sakarkiv.commands.merknad import merk
from saksgang.sakarkiv.commands.rettighet import gi_rettighet
from saksgang.sakarkiv.models import InternMottaker, Journalpost, Kopi, Merknad
from saksgang.sakarkiv.queries import kurver
from saksgang.tilgang.commands import opprett_gruppe, registrer_fravaer
from tests.tilstand import egen

HTMX = {"HX-Request": "true"}


def side(jp):
    return f"/saker/{jp.sak.aar}/{jp.sak.sekvens}/{jp.journalpostnummer}/"


def handling(jp, navn):
    return f"/journalposter/{jp.pk}/{navn}/"


def tekst(svar):
    """The words of the page, without markup and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", svar.content.decode())).replace(" ,", ",")


def felter(svar):
    """Names of the enabled inputs in the page's own form."""
    html = svar.content.decode()
    html = html[html.index('id="redigering"') :]
    return {n for n in re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', html) if n[:4] != "csrf"}


def hendelser(jp):
    return list(Hendelse.objects.filter(journalpost_id=jp.pk).order_by("nummer").values_list("handling", flat=True))


# ── The page ─────────────────────────────────────────────


@pytest.mark.krav("R-10.1.1", "R-10.1.2a")
def test_page_shows_facts_document_and_who_distributed(kommune_a):
    k, jp = kommune_a, kommune_a.jp(104, 1)
    svar = k.klient("led.anne").post(handling(jp, "fordeling"), {"saksbehandler": "Kari Lunde (sb.kari)"})
    assert (svar.status_code, svar["Location"]) == (303, side(jp))
    ord_ = tekst(k.klient("sb.kari").get(side(jp)))
    for del_ in (
        "2026/104-1",
        "J Journalført",
        "Klage på støy fra pumpestasjon",
        "Strandveien vel",
        "Fordelt av Anne Hauge 02.03.2026",
        "Saksansvarlig Anne Hauge",
        "Saksbehandler Kari Lunde, Teknisk",
        "nr. 2026/4",
        "Med hilsen Strandveien vel",
    ):
        assert del_ in ord_, del_


def test_page_follows_the_id_and_an_unseen_one_is_not_there(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    svar = k.klient("sb.kari").get(f"/journalposter/{jp.pk}/")
    assert (svar.status_code, svar["Location"]) == (303, side(jp))
    skjult = k.jp(103, 1)
    klient = k.klient("sb.ola")
    for url in (side(skjult), f"/journalposter/{skjult.pk}/", handling(skjult, "forhaand"), handling(skjult, "kopier")):
        svar = klient.get(url)
        assert (url, svar.status_code) == (url, 404)
        assert "Hemmelig" not in svar.content.decode()


@pytest.mark.krav("R-C.4")
def test_opening_a_graded_one_is_logged_on_page_and_preview(kommune_a):
    k, jp = kommune_a, kommune_a.jp(103, 1)
    klient = k.klient("pers.mia")
    klient.get(side(jp))
    klient.get(handling(jp, "forhaand"), headers=HTMX)
    assert hendelser(jp)[-2:] == ["journalpost.lese", "journalpost.lese"]
    aapen = k.jp(101, 1)
    foer = hendelser(aapen)
    klient.get(side(aapen))
    assert hendelser(aapen) == foer


def test_case_that_the_reader_may_not_see_is_number_and_public_title(kommune_a):
    k = kommune_a
    jp = registrer_inngaaende(
        k.sak(103),
        status="S",
        tittel="Åpent brev",
        avsendere=[Part("NAV")],
        dokumentdato=dt.date(2026, 2, 27),
        mottatt_dato=dt.date(2026, 2, 27),
        dokumenter=[tekstfil("Hei\n")],
        av=k["pers.mia"],
    )
    svar = k.klient("les.gry").get(side(jp))
    html, ord_ = svar.content.decode(), tekst(svar)
    assert svar.status_code == 200
    assert "2026/103 Personalsak" in ord_
    assert "Ragnhild" not in html
    assert '/saker/2026/103/"' not in html
    assert "Ragnhild" in k.klient("pers.mia").get(side(jp)).content.decode()


@pytest.mark.krav("R-10.1.3")
def test_remarks_are_new_once_also_those_of_the_case(kommune_a, klokka):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    merk(jp.sak, "Tegningen ligger i 2025/907.", av=k["ark.eva"], type_="AR")
    klokka.shift(dt.timedelta(minutes=5))
    merk(jp, "Vedlegg 2 mangler.", av=k["ark.tom"], type_="AR")
    klient = k.klient("sb.kari")
    assert "Ny merknad" in tekst(klient.get(handling(jp, "forhaand"), headers=HTMX))

    def merknader(svar):
        return re.findall(r'<div class="merknad( ny)?"><header>(?:<b>Ny</b> )?(.*?)</header>', svar.content.decode())

    foerst, saa = klient.get(side(jp)), klient.get(side(jp))
    ventet = [
        "AR Arkivmerknad · Tom Bakke, arkivtjenesten · 02.03.2026 09.05",
        "AR Arkivmerknad på saken · Eva Strand, arkivtjenesten · 02.03.2026 09.00",
    ]
    assert merknader(foerst) == [(" ny", hode) for hode in ventet]
    assert merknader(saa) == [("", hode) for hode in ventet]


@pytest.mark.krav("R-10.2.1.1")
def test_checklist_links_to_its_fields_and_can_be_hidden(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    klient = k.klient("sb.kari")
    html = klient.get(side(jp)).content.decode()
    kontroll = html[html.index('id="kontroll"') : html.index('id="merknader"')]
    punkter = re.findall(r'<a href="#([\w-]+)">.*?</span>(\w+)', kontroll)
    assert [navn for _, navn in punkter] == [
        "Saksansvar", "Distribusjon", "Merknader", "Beskrivelse", "Tilgang", "Svarfrist", "Kopi",
    ]  # fmt: skip
    assert [anker for anker, _ in punkter if f'id="{anker}"' not in html] == []
    assert klient.post(handling(jp, "kontroll")).status_code == 303
    assert 'id="kontroll"' not in klient.get(side(jp)).content.decode()
    assert 'id="kontroll"' not in k.klient("les.gry").get(side(jp)).content.decode()


def menyvalg(svar):
    html = svar.content.decode()
    meny = html[html.index('id="jp-meny"') : html.index('class="fakta"')]
    return [re.sub(r"<small>.*?</small>", "", t) for t in re.findall(r"</svg><span>(.*?)</span>", meny)]


@pytest.mark.krav("C.12", "R-10.7.1", "R-5.X.4")
def test_menu_offers_only_what_is_the_readers_to_do(kommune_a):
    k = kommune_a
    inn = k.jp(101, 1)
    assert menyvalg(k.klient("sb.kari").get(side(inn))) == [
        "Besvar og avskriv restanse", "Foreløpig svar", "Besvar uten å avskrive",
        "Avskriv. oppl", "Sett svarfrist", "Sett", "Relevant for behandlingen",
        "Kopi til", "Flagg: Beskjed/Merknad", "Spør leder", "Feildistribuert", "Meld feilregistrering til arkivet",
        "Be arkivet flytte til annen sak", "Foreslå ny tittel",
        "Merknad", "Rediger opplysninger", "Skriv ut", "Gradering", "Lag sladdet versjon", "Sperr midlertidig (XX)",
        "Offentlighet er vurdert",
    ]  # fmt: skip
    assert menyvalg(k.klient("les.gry").get(side(inn))) == [
        "Kopi til", "Flagg: Beskjed/Merknad", "Spør leder", "Feildistribuert", "Meld feilregistrering til arkivet",
        "Be arkivet flytte til annen sak", "Foreslå ny tittel", "Skriv ut",
    ]  # fmt: skip
    assert {"Avjournalfør", "Utgår", "Fordel videre"} <= set(menyvalg(k.klient("ark.eva").get(side(inn))))
    utkast = menyvalg(k.klient("sb.kari").get(side(k.jp(101, 4))))
    assert ("Ferdigstill" in utkast, "Kopi til" in utkast, "Dokumenter og vedlegg" in utkast) == (True, False, True)
    assert "Kopi til" not in menyvalg(k.klient("led.anne").get(side(k.jp(101, 4))))
    svar = k.klient("led.anne").post(handling(k.jp(101, 4), "kopier"), {"mottakere": ["sb.ola"], "kommentar": ""})
    assert svar.status_code == 303  # an internal copy, which waits for F
    assert list(Kopi.objects.values_list("bruker__brukernavn", "levert")) == [("sb.ola", False)]
    xnotat = opprett_journalpost(
        k.sak(102), "X", tittel="Til orientering", interne_mottakere=[k["sb.kari"]], dokumenter=[tekstfil("x")],
        av=k["sb.per"],
    )  # fmt: skip
    ferdigstill(xnotat, offentlighet_vurdert=True, av=k["sb.per"])
    valg = menyvalg(k.klient("sb.kari").get(side(xnotat)))
    assert ("Marker som lest" in valg, "Avskriv. oppl" in valg) == (True, False)


def test_preview_is_a_fragment_with_the_primary_act(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 2)
    svar = k.klient("sb.kari").get(handling(jp, "forhaand"), headers=HTMX)
    html = svar.content.decode()
    assert svar.status_code == 200
    assert "<html" not in html
    assert re.findall(r'<form method="post" action="([^"]+)"', html)[0] == handling(jp, "besvarelse/endelig")
    assert "Forfaller om 3 dager, 05.03" in tekst(svar)


@pytest.mark.krav("R-3.1.5")
def test_registered_on_behalf_of_is_shown(kommune_a):
    k = kommune_a
    ny = f"/journalposter/ny/{k.sak(101).pk}/utgaaende/"
    data = {"tittel": "Svar om servering", "part-0-navn": "Kroa AS", "saksbehandler": "sb.kari"}
    assert k.klient("led.nils").post(ny, data).status_code == 403
    assert k.klient("led.anne").post(ny, data).status_code == 303
    jp = k.jp(101, 6)
    arbeid = k.klient("sb.kari").get("/lister/under-arbeid/", headers={"accept": "application/json"}).json()["rader"]
    assert [rad["nummer"] for rad in arbeid] == ["2026/101-6", "2026/101-5", "2026/101-4"]
    ord_ = tekst(k.klient("sb.kari").get(side(jp)))
    assert "Saksbehandler Kari Lunde" in ord_
    assert "registrert av Anne Hauge på vegne av Kari Lunde" in ord_


# ── Editing ──────────────────────────────────────────────


@pytest.mark.krav("R-3.1.3", "R-3.2.3")
def test_editing_has_inputs_for_exactly_what_may_be_edited(kommune_a):
    k = kommune_a
    utkast = k.jp(101, 4)
    journaldata = {"tittel", "offentlig_tittel", "dokumentdato", "opphav", "enhet", "forfallsdato"}
    for hvem, ventet in (("sb.kari", journaldata | {"saksbehandler"}), ("led.anne", journaldata | {"saksbehandler"})):
        funnet = felter(k.klient(hvem).get(handling(utkast, "redigering")))
        assert {f for f in funnet if not f.startswith("part-") and f != "flere"} == ventet, hvem
        assert "part-0-navn" in funnet
    gry = k.klient("les.gry")
    assert [gry.get(side(utkast)).status_code, gry.get(handling(utkast, "redigering")).status_code] == [404, 404]
    assert gry.post(handling(utkast, "redigering"), {"tittel": "Noe helt annet"}).status_code == 404
    assert k.jp(101, 4).tittel == "Foreløpig svar på søknad om skjenkebevilling"
    journalfoert = k.jp(101, 1)
    svar = k.klient("sb.kari").get(handling(journalfoert, "redigering"))
    assert felter(svar) == {"forfallsdato"}
    assert "Tittel Søknad om skjenkebevilling" in tekst(svar)
    assert k.klient("sb.ola").get(handling(journalfoert, "redigering")).status_code == 403
    assert k.klient("les.gry").get(handling(journalfoert, "redigering")).status_code == 403


@pytest.mark.krav("R-3.2.3")
def test_page_of_anothers_journalpost_has_its_facts_as_text_and_no_input(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    fakta = {}
    for hvem in ("sb.kari", "sb.ola"):
        html = k.klient(hvem).get(side(jp)).content.decode()
        fakta[hvem] = html[html.index('<dl class="fakta">') : html.index("</dl>", html.index('<dl class="fakta">'))]
        assert re.findall(r"<(?:input|select|textarea)", fakta[hvem]) == []
    lenker = {hvem: re.findall(r'aria-label="(Endre [^"]+)"', bit) for hvem, bit in fakta.items()}
    assert lenker == {"sb.kari": ["Endre svarfrist", "Endre gradering"], "sb.ola": []}
    assert "16.03.2026" in fakta["sb.ola"]


@pytest.mark.krav("R-3.1.3", "R-6.2.J2", "R-10.1.4a")
@pytest.mark.parametrize("hvem", ["les.gry", "sb.kari", "sb.ola"])
def test_editing_refuses_a_title_that_is_not_the_persons(kommune_a, hvem):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    svar = k.klient(hvem).post(handling(jp, "redigering"), {"tittel": "Noe helt annet"})
    assert svar.status_code == 403
    assert ("Send melding til arkivet" in tekst(svar)) is (hvem == "sb.kari")
    assert k.jp(101, 1).tittel == "Søknad om skjenkebevilling"


@pytest.mark.krav("R-3.1.2", "R-3.2.1")
def test_editing_is_the_own_writers_and_leaders_and_nobodys_from_another_unit(kommune_a):
    k = kommune_a
    utkast = egen(k, k.sak(102), "U", "R", tittel="Tilsagn om tilskudd", av=k["sb.per"])
    ferdig = k.jp(102, 1)
    rettet = {"tittel": "Tilsagn om kulturtilskudd"}
    for hvem in ("sb.kari", "led.anne"):
        klient = k.klient(hvem)
        assert "Rediger opplysninger" not in menyvalg(klient.get(side(ferdig)))
        assert klient.post(handling(ferdig, "redigering"), rettet).status_code == 403
        assert klient.post(handling(utkast, "redigering"), rettet).status_code == 404
    assert [k.jp(102, 1).tittel, k.jp(102, 2).tittel] == [ferdig.tittel, "Tilsagn om tilskudd"]
    for hvem, tittel in (("sb.per", "Tilsagn om kulturtilskudd"), ("led.nils", "Tilsagn om tilskudd til lag")):
        klient = k.klient(hvem)
        assert "Rediger opplysninger" in menyvalg(klient.get(side(utkast)))
        skjema = _uendret(utkast) | {"tittel": tittel, "part-0-navn": "Bakkegata vel", "saksbehandler": "sb.per"}
        if hvem == "sb.per":
            del skjema["saksbehandler"]
        assert klient.post(handling(utkast, "redigering"), skjema).status_code == 303
        assert k.jp(102, 2).tittel == tittel


@pytest.mark.krav("R-10.1.4a")
def test_editing_takes_ones_own_title_in_s_and_a_proposal_after_j(kommune_a):
    k, jp = kommune_a, _sregistrert(kommune_a)
    klient = k.klient("sb.kari")
    skjema = {
        "tittel": "Klage på gatelys", "offentlig_tittel": "", "dokumentdato": "2026-03-01",
        "mottatt_dato": "2026-03-02", "opphav": "", "enhet": str(jp.enhet_id),
        "forfallsdato": jp.forfallsdato.isoformat(), "saksbehandler": "sb.kari", "part-0-navn": "Kroa AS",
    }  # fmt: skip
    assert klient.post(handling(jp, "redigering"), skjema).status_code == 303
    assert k.jp(101, jp.journalpostnummer).tittel == "Klage på gatelys"
    assert k.klient("ark.eva").post(handling(jp, "journalfoering"), {}).status_code == 303
    svar = klient.get(handling(jp, "redigering"))
    assert "tittel" not in felter(svar)
    assert "Tittel Klage på gatelys Foreslå ny tittel" in tekst(svar)
    assert handling(jp, "tittelforslag") in svar.content.decode()
    assert klient.post(handling(jp, "redigering"), skjema | {"tittel": "Noe annet"}).status_code == 403
    assert k.jp(101, jp.journalpostnummer).tittel == "Klage på gatelys"


def test_editing_saves_what_changed_and_nothing_else(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 4)
    klient = k.klient("sb.kari")
    skjema = {
        "tittel": "Svar på søknad om skjenkebevilling",
        "offentlig_tittel": "",
        "dokumentdato": "2026-03-02",
        "opphav": "",
        "enhet": str(jp.enhet_id),
        "forfallsdato": "",
        "saksbehandler": "Kari Lunde (sb.kari)",
        "part-0-navn": "Kroa AS",
        "part-0-organisasjonsnummer": "910 075 918",
        "part-1-navn": "Politiet i Fjordvik",
        "part-1-kopi": "on",
    }
    assert klient.post(handling(jp, "redigering"), skjema).status_code == 303
    etter = k.jp(101, 4)
    assert etter.tittel == "Svar på søknad om skjenkebevilling"
    parter = etter.parter.filter(gyldig=True).order_by("rekkefoelge")
    assert list(parter.values_list("navn", "type", "organisasjonsnummer")) == [
        ("Kroa AS", "EM", "910075918"), ("Politiet i Fjordvik", "EK", ""),
    ]  # fmt: skip
    siste = Hendelse.objects.filter(journalpost_id=jp.pk).order_by("-nummer").first()
    assert (siste.handling, sorted(siste.endringer)) == ("journalpost.redigere", ["parter", "tittel"])
    assert klient.post(handling(jp, "redigering"), skjema).status_code == 303
    assert Hendelse.objects.filter(journalpost_id=jp.pk).order_by("-nummer").first() == siste


def test_editing_keeps_the_text_of_a_refused_form(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 4)
    svar = k.klient("sb.kari").post(
        handling(jp, "redigering"), {"tittel": "Mitt nye forslag", "dokumentdato": "i morgen", "enhet": jp.enhet_id}
    )
    assert svar.status_code == 422
    assert "Mitt nye forslag" in svar.content.decode()
    assert k.jp(101, 4).tittel == "Foreløpig svar på søknad om skjenkebevilling"


# ── Avskrivning, sett, svarfrist, fordeling, kopi, merknad ──


@pytest.mark.krav("R-4.7", "R-10.2.1.2a", "R-10.2.1.2b", "R-10.2.1.2c")
def test_avskrivning_shows_date_way_and_person(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    klient = k.klient("sb.kari")
    svar = klient.get(handling(jp, "avskrivning"), headers=HTMX)
    assert "Avskriv. oppl – 2026/101-1" in tekst(svar)
    valg = re.findall(r'name="maate" value="(\w+)"', svar.content.decode())
    dato = re.search(r'name="dato"[^>]*value="([^"]+)"', svar.content.decode())[1]
    assert (valg, dato) == (["TE", "TO", "TLF"], "2026-03-02")
    data = {"maate": "TLF", "dato": dato, "merknad": "Avtalt befaring 10.3."}
    svar = klient.post(handling(jp, "avskrivning"), data)
    assert (svar.status_code, svar["Location"]) == (303, side(jp))
    ord_ = tekst(klient.get(side(jp)))
    assert "Avskrevet 02.03.2026 TLF Kari Lunde" in ord_
    assert "SB Saksbehandlingsmerknad · Kari Lunde" in ord_
    assert "Avtalt befaring 10.3." in ord_
    assert [r.journalpost for r in kurver.restanse(k["sb.kari"])] == [k.jp(101, 2), k.jp(102, 1)]
    assert [r.journalpost for r in kurver.innboks(k["sb.kari"])] == [k.jp(102, 1), k.jp(101, 2)]
    assert "2026/101-1" in _offentlige_titler(k)
    for adresse in ("/innsyn/dag/2026-03-02/", "/innsyn/dag/2026-03-02.json", "/innsyn/sak/2026/101/1/"):
        svar = k.offentlig().get(adresse)
        assert (svar.status_code, "befaring" in svar.content.decode()) == (200, False)


@pytest.mark.krav("R-10.2.1.2a")
def test_avskrivning_is_refused_for_others_and_done_on_behalf_by_the_leader(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    data = {"maate": "TE", "dato": "2026-03-02"}
    assert k.klient("sb.per").get(handling(jp, "avskrivning")).status_code == 403
    assert k.klient("sb.per").post(handling(jp, "avskrivning"), data).status_code == 403
    assert k.mottaker(jp).avskrivning_id is None
    assert k.klient("led.anne").post(handling(jp, "avskrivning"), data).status_code == 303
    assert k.mottaker(jp).avskrivning_id is not None
    siste = Hendelse.objects.filter(journalpost_id=jp.pk).order_by("-nummer").first()
    assert (siste.aktoer, siste.paa_vegne_av) == (k["led.anne"], k["sb.kari"])


@pytest.mark.krav("R-5.X.4")
def test_avskrivning_of_an_xnotat_is_refused(kommune_a):
    k = kommune_a
    jp = opprett_journalpost(
        k.sak(102), "X", tittel="Til orientering", interne_mottakere=[k["sb.kari"]], dokumenter=[tekstfil("x")],
        av=k["sb.per"],
    )  # fmt: skip
    ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.per"])
    klient = k.klient("sb.kari")
    assert klient.post(handling(jp, "avskrivning"), {"maate": "TE", "dato": "2026-03-02"}).status_code == 409
    assert klient.post(handling(jp, "sett")).status_code == 303
    assert jp not in [r.journalpost for r in kurver.innboks(k["sb.kari"])]


@pytest.mark.krav("R-5.U", "R-5.S.2")
@pytest.mark.parametrize(("type_", "status", "navn"), [("U", "F", "Utgående"), ("S", "R", "Sakspapir")])
def test_avskrivning_of_a_letter_out_or_a_sakspapir_is_refused(kommune_a, type_, status, navn):
    k = kommune_a
    jp = egen(k, k.sak(101), type_, status)
    klient = k.klient("sb.kari")
    assert "Avskriv. oppl" not in menyvalg(klient.get(side(jp)))
    svar = klient.post(handling(jp, "avskrivning"), {"maate": "TE", "dato": "2026-03-02"})
    assert (svar.status_code, f"{navn} kan ikke avskrives." in tekst(svar)) == (409, True)
    assert InternMottaker.objects.filter(journalpost=jp).count() == 0


def test_avskrivning_refusal_stands_in_the_form(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    klient = k.klient("sb.kari")
    data = {"maate": "TLF", "dato": "2026-03-09", "merknad": "Ringte på mandag"}
    svar = klient.post(handling(jp, "avskrivning"), data, headers=HTMX)
    assert svar.status_code == 422
    assert "Avskrivningsdato kan ikke være i fremtiden." in tekst(svar)
    assert "Ringte på mandag" in svar.content.decode()
    assert k.mottaker(jp).avskrivning_id is None


def test_avskrivning_from_a_work_list_stays_there_and_can_be_undone(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    klient = k.klient("sb.kari")
    hode = HTMX | {"HX-Current-URL": "http://testserver/lister/restanse/"}
    svar = klient.post(handling(jp, "avskrivning"), {"maate": "TE", "dato": "2026-03-02"}, headers=hode)
    avskrivning = k.mottaker(jp).avskrivning_id
    angre = f"/journalposter/avskrivninger/{avskrivning}/oppheving/"
    assert svar.status_code == 204
    assert '"liste-endret"' in svar["HX-Trigger"]
    assert angre in svar["HX-Trigger"]
    assert k.klient("sb.per").post(angre).status_code == 403
    assert klient.post(angre, headers=hode).status_code == 204
    assert k.mottaker(jp).avskrivning_id is None


def test_avskrivning_of_a_note_with_several_is_each_recipients_own(kommune_a):
    k = kommune_a
    jp = opprett_journalpost(
        k.sak(102), "N", tittel="Ber om uttalelse", interne_mottakere=[k["sb.kari"], k["sb.ola"]],
        dokumenter=[tekstfil("x")], av=k["sb.per"],
    )  # fmt: skip
    ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.per"])
    data = {"maate": "TO", "dato": "2026-03-02"}
    assert k.klient("sb.ola").post(handling(jp, "avskrivning"), data).status_code == 303
    assert [k.mottaker(jp, p).avskrivning_id is None for p in ("sb.kari", "sb.ola")] == [True, False]
    hos_kari = str(k.mottaker(jp, "sb.kari").pk)
    assert k.klient("sb.ola").post(handling(jp, "avskrivning"), data | {"mottaker": hos_kari}).status_code == 403
    # saksansvarlig may, and says for whom
    assert k.klient("sb.per").post(handling(jp, "avskrivning"), data | {"mottaker": hos_kari}).status_code == 303
    assert InternMottaker.objects.filter(journalpost=jp, avskrivning__isnull=True).count() == 0


@pytest.mark.krav("A-42")
def test_sett_leaves_innboks_and_stays_in_restanse(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    assert k.klient("sb.ola").post(handling(jp, "sett")).status_code == 403
    assert k.klient("sb.kari").post(handling(jp, "sett")).status_code == 303
    assert jp not in [r.journalpost for r in kurver.innboks(k["sb.kari"])]
    assert jp in [r.journalpost for r in kurver.restanse(k["sb.kari"])]


def _offentlige_titler(k):
    rader = k.offentlig().get("/innsyn/dag/2026-03-02.json").json()["rader"]
    return {rad["dokumentnummer"]: rad["tittel"] for rad in rader}


@pytest.mark.krav("R-10.1.6", "A-12")
def test_svarfrist_and_remark_after_j_leave_the_public_journal_as_it_is(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 2)
    for hvem in ("sb.per", "les.gry"):
        assert k.klient(hvem).post(handling(jp, "svarfrist"), {"forfallsdato": "2026-03-20"}).status_code == 403
    klient, publikum = k.klient("sb.kari"), k.offentlig()
    foer = [publikum.get(a).content for a in ("/innsyn/dag/2026-03-02/", "/innsyn/dag/2026-03-02.json")]
    assert [str(r.journalpost) for r in kurver.restanse(k["sb.kari"])] == ["2026/101-2", "2026/101-1", "2026/102-1"]
    assert klient.post(handling(jp, "svarfrist"), {"forfallsdato": "2026-03-20"}).status_code == 303
    assert (k.jp(101, 2).forfallsdato, k.mottaker(jp).forfallsdato) == (dt.date(2026, 3, 20), dt.date(2026, 3, 20))
    assert [str(r.journalpost) for r in kurver.restanse(k["sb.kari"])] == ["2026/101-1", "2026/101-2", "2026/102-1"]
    merknad = {"type_": "AN", "tekst": "Venter på branntegning."}
    assert klient.post(handling(jp, "merknader"), merknad).status_code == 303
    ord_ = tekst(klient.get(side(jp)))
    assert "Svarfrist 20.03.2026" in ord_
    assert "Venter på branntegning." in ord_
    assert [publikum.get(a).content for a in ("/innsyn/dag/2026-03-02/", "/innsyn/dag/2026-03-02.json")] == foer


@pytest.mark.krav("R-3.1.1", "R-3.1.4")
@pytest.mark.parametrize("hvem", ["led.anne", "nes.ida"])
def test_fordeling_is_the_leaders_or_by_fullmakt_and_names_an_unknown_person(kommune_a, hvem):
    k, jp = kommune_a, kommune_a.jp(104, 1)
    assert k.klient("sb.kari").post(handling(jp, "fordeling"), {"saksbehandler": "sb.kari"}).status_code == 403
    klient = k.klient(hvem)
    svar = klient.post(handling(jp, "fordeling"), {"saksbehandler": "Nils Nobody"})
    assert (svar.status_code, "«Nils Nobody» er ikke bruker" in tekst(svar)) == (422, True)
    to = klient.post(handling(jp, "fordeling"), {"saksbehandler": ["sb.ola", "sb.kari"]})
    assert (to.status_code, "«sb.ola og sb.kari» er ikke bruker" in tekst(to)) == (422, True)
    svar = klient.post(handling(jp, "fordeling"), {"saksbehandler": "sb.per"})
    assert (svar.status_code, "hører ikke til enheten din" in tekst(svar)) == (422, True)
    assert k.mottaker(jp).bruker is None
    assert klient.post(handling(jp, "fordeling"), {"saksbehandler": "sb.ola"}).status_code == 303
    assert (k.mottaker(jp).bruker, k.jp(104, 1).fordelt_av) == (k["sb.ola"], k[hvem])


@pytest.mark.krav("R-10.7.2", "R-10.7.3", "R-10.1.7")
def test_kopi_til_persons_and_units_with_comment(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    data = {"mottakere": ["Ola Vik (sb.ola)", "Enhet: Kultur (KULT)", ""], "kommentar": "Til orientering"}
    assert k.klient("sb.kari").post(handling(jp, "kopier"), data).status_code == 303
    assert [str(r.journalpost) for r in kurver.restanse(k["sb.ola"])] == ["2026/101-3"]
    boks = tekst(k.klient("sb.ola").get("/lister/kopiboks/"))
    assert "2026/101-1" in boks
    assert "Fra Kari Lunde: Til orientering" in boks
    navn = set(Kopi.objects.filter(journalpost=jp).values_list("bruker__brukernavn", "kommentar"))
    assert navn == {(n, "Til orientering") for n in ("sb.ola", "sb.per", "led.nils", "sf.per", "u.arne")}
    assert Merknad.objects.filter(journalpost=jp).values_list("tekst", flat=True).get() == "Kopi sendt: Til orientering"
    assert [c.journalpost for c in kurver.kopiboks(k["sb.ola"])] == [jp]
    kopi = Kopi.objects.get(bruker=k["sb.ola"])
    assert k.klient("sb.per").post(f"/journalposter/kopier/{kopi.pk}/lest/").status_code == 404
    assert k.klient("sb.ola").post(f"/journalposter/kopier/{kopi.pk}/lest/").status_code == 303
    assert list(kurver.kopiboks(k["sb.ola"])) == []


@pytest.mark.krav("R-10.7.3")
def test_kopi_of_a_graded_one_is_sent_only_to_one_who_is_given_access(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    sett_skjerming(jp, skjerming("P", "13-fvl1"), av=k["sb.kari"])
    klient = k.klient("sb.kari")
    assert "Dokumentet er skjermet" in tekst(klient.get(handling(jp, "kopier")))
    data = {"mottakere": ["sb.ola", "pers.mia"], "kommentar": "Se her"}
    svar = klient.post(handling(jp, "kopier"), data)
    assert svar.status_code == 422
    assert "Ola Vik har ikke tilgang. Saksansvarlig eller leder kan gi tilgang i saken først." in tekst(svar)
    assert "Se her" in svar.content.decode()
    assert Kopi.objects.filter(journalpost=jp).count() == 0
    gi_rettighet(jp.sak, k["sb.ola"], "lese", av=k["sb.kari"])
    assert klient.post(handling(jp, "kopier"), data).status_code == 303
    assert [c.journalpost for c in kurver.kopiboks(k["sb.ola"])] == [jp]
    assert k.klient("sb.ola").get(side(jp)).status_code == 200


def test_merknad_is_refused_empty_and_for_others(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    assert k.klient("les.gry").post(handling(jp, "merknader"), {"type_": "AN", "tekst": "x"}).status_code == 403
    klient = k.klient("sb.kari")
    assert klient.post(handling(jp, "merknader"), {"type_": "AN", "tekst": " "}).status_code == 422
    assert klient.post(handling(jp, "merknader"), {"type_": "ØA", "tekst": "x"}).status_code == 422
    assert klient.post(handling(jp, "merknader"), {"type_": "AN", "tekst": "Ringer mandag"}).status_code == 303
    assert list(Merknad.objects.filter(journalpost=jp).values_list("type__kode", "tekst")) == [("AN", "Ringer mandag")]


# ── Status ───────────────────────────────────────────────


@pytest.mark.krav("R-5.U", "R-6.2.F", "R-6.2.J2", "R-9.2.1.1")
def test_ferdigstilling_journalfoering_and_the_way_back(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 4)
    kari, eva = k.klient("sb.kari"), k.klient("ark.eva")
    svar = kari.post(handling(jp, "ferdigstilling"), {})
    assert svar.status_code == 409
    for setning in ("Mottaker mangler.", "Hoveddokument mangler.", "Offentlighet er ikke vurdert."):
        assert setning in tekst(svar)
    kari.post(handling(jp, "redigering"), {"part-0-navn": "Kroa AS", **_uendret(jp)})
    legg_ved(jp, tekstfil("Svar\n").fil, filnavn="svar.txt", av=k["sb.kari"])
    assert "Jeg har vurdert om dokumentet kan være offentlig" in tekst(kari.get(handling(jp, "ferdigstilling")))
    svar = kari.post(handling(jp, "ferdigstilling"), {})
    assert (svar.status_code, "Offentlighet er ikke vurdert." in tekst(svar), k.jp(101, 4).status) == (409, True, "R")
    assert kari.post(handling(jp, "ferdigstilling"), {"offentlighet_vurdert": "on"}).status_code == 303
    assert "Offentlighet vurdert av Kari Lunde 02.03.2026" in tekst(kari.get(side(jp)))
    assert k.klient("sb.per").post(handling(jp, "gjenaapning"), {"begrunnelse": "x"}).status_code == 403
    assert kari.post(handling(jp, "gjenaapning"), {"begrunnelse": ""}).status_code == 422
    assert kari.post(handling(jp, "gjenaapning"), {"begrunnelse": "Feil dato"}).status_code == 303
    assert k.jp(101, 4).status == "R"
    assert kari.post(handling(jp, "ferdigstilling"), {}).status_code == 303
    assert kari.post(handling(jp, "journalfoering"), {}).status_code == 403
    assert "Journalnummer og journaldato tildeles." in tekst(eva.get(handling(jp, "journalfoering")))
    assert eva.post(handling(jp, "journalfoering"), {}).status_code == 303
    assert (k.jp(101, 4).status, k.jp(101, 4).journalsekvens) == ("J", 5)
    assert kari.post(handling(jp, "avjournalfoering"), {"begrunnelse": "x"}).status_code == 403
    assert eva.post(handling(jp, "avjournalfoering"), {"begrunnelse": "Feil mottaker"}).status_code == 303
    assert (k.jp(101, 4).status, k.jp(101, 4).journalsekvens) == ("F", 5)


@pytest.mark.krav("C.0")
def test_sender_of_a_coded_note_is_warned_that_its_recipients_may_read_it(kommune_a):
    k = kommune_a
    klient = k.klient("sb.kari")
    for type_, kode, varsles in (("N", None, False), ("N", "U", True), ("X", "P", True), ("U", "U", False)):
        jp = egen(k, k.sak(101), type_, "R")
        if kode:
            sett_skjerming(jp, skjerming(kode, "13-fvl1"), av=k["sb.kari"])
        ord_ = tekst(klient.get(handling(jp, "ferdigstilling")))
        assert ("Notatet er skjermet. Mottakerne får lese det" in ord_) is varsles, (type_, kode)


def _uendret(jp):
    return {
        "tittel": jp.tittel,
        "offentlig_tittel": "",
        "dokumentdato": "2026-03-02",
        "opphav": "",
        "enhet": str(jp.enhet_id),
        "forfallsdato": "",
        "saksbehandler": "Kari Lunde (sb.kari)",
    }


@pytest.mark.krav("R-7.1.1.d")
def test_journalfoering_says_what_is_in_the_way_before_and_after(kommune_a):
    k = kommune_a
    jp = _sregistrert(k)
    foreslaa_skjerming(jp, skjerming("U", "14"), av=k["ark.eva"])
    eva = k.klient("ark.eva")
    assert "Gradering ikke besluttet." in tekst(eva.get(handling(jp, "journalfoering")))
    svar = eva.post(handling(jp, "journalfoering"), {})
    assert (svar.status_code, "Gradering ikke besluttet." in tekst(svar)) == (409, True)
    assert eva.post(handling(jp, "komplett")).status_code == 303
    data = {"tilgangskode": "", "hjemmel": "", "avskjermingskode": "", "tilgangsgruppe": "", "merknad": ""}
    assert k.klient("led.anne").post(handling(jp, "skjerming/avgjoerelse"), data).status_code == 303
    assert Journalpost.objects.get(pk=jp.pk).status == "J"


def _sregistrert(k):
    return registrer_inngaaende(
        k.sak(101),
        status="S",
        tittel="Brev",
        avsendere=[Part("Kroa AS")],
        dokumentdato=dt.date(2026, 3, 1),
        mottatt_dato=dt.date(2026, 3, 2),
        dokumenter=[tekstfil("Hei\n")],
        av=k["sb.kari"],
    )


@pytest.mark.krav("R-10.10.1")
def test_utgaatt_is_the_archives_with_reason_and_nobody_deletes(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 3)
    assert k.klient("sb.ola").post(handling(jp, "utgaatt"), {"begrunnelse": "x"}).status_code == 403
    eva = k.klient("ark.eva")
    assert "kommer restansen tilbake" in tekst(eva.get(handling(jp, "utgaatt")))
    assert eva.post(handling(jp, "utgaatt"), {"begrunnelse": ""}).status_code == 422
    assert "2026/101-3" in _offentlige_titler(k)
    assert k.offentlig().get("/innsyn/sak/2026/101/3/").status_code == 200
    assert eva.post(handling(jp, "utgaatt"), {"begrunnelse": "Registrert to ganger"}).status_code == 303
    svar = eva.get(side(jp))
    assert "Registrert to ganger" in tekst(svar)
    assert 'id="jp-meny"' not in svar.content.decode()
    assert "2026/101-3" not in _offentlige_titler(k)
    assert k.offentlig().get("/innsyn/sak/2026/101/3/").status_code == 404
    ola = k["sb.ola"]
    assert [[r.journalpost for r in liste(ola)] for liste in (kurver.innboks, kurver.restanse)] == [[], []]

    def i_saken(sok):
        html = k.klient("sb.kari").get(f"/saker/2026/101/{sok}").content.decode()
        return re.findall(r'<td class="snr">(\d+)</td>', html)

    assert (i_saken(""), i_saken("?utgaatte=1")) == (["5", "4", "2", "1"], ["5", "4", "3", "2", "1"])
    assert (k.jp(101, 3).journalpostnummer, k.jp(101, 3).dokumenter.count()) == (3, 1)


@pytest.mark.krav("R-10.10.1")
def test_no_person_deletes_a_journalpost_or_gives_it_another_number(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    for bruker in Bruker.objects.order_by("pk"):
        klient = k.klient(bruker.brukernavn)
        for adresse in (side(jp), f"/journalposter/{jp.pk}/", handling(jp, "redigering"), handling(jp, "utgaatt")):
            assert klient.delete(adresse).status_code in (403, 405), (bruker, adresse)
        klient.post(handling(jp, "redigering"), {"journalpostnummer": "9", "journalsekvens": "9"})
    assert (k.jp(101, 1), k.jp(101, 1).journalsekvens, Bruker.objects.count()) == (jp, jp.journalsekvens, 24)


# ── Grading ──────────────────────────────────────────────


def _kode(kode, hjemmel):
    s = skjerming(kode, hjemmel)
    return {
        "tilgangskode": s.kode.pk,
        "hjemmel": s.hjemmel.pk,
        "avskjermingskode": s.avskjerming.pk,
        "tilgangsgruppe": "",
        "meroffentlighet_vurdert": "on",
        "meroffentlighet": s.meroffentlighet,
        "merknad": "",
    }


@pytest.mark.krav("R-10.1.5a", "R-7.1.1.c", "A-09")
def test_skjerming_is_raised_by_sb_and_lowered_by_the_leader(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    kari, anne = k.klient("sb.kari"), k.klient("led.anne")
    assert kari.get(handling(jp, "skjerming/avgjoerelse")).status_code == 403
    assert kari.post(handling(jp, "skjerming/avgjoerelse"), _kode("U", "14")).status_code == 403
    assert k.klient("sb.per").post(handling(jp, "skjerming"), _kode("U", "14")).status_code == 403
    assert k.jp(101, 1).tilgangskode is None
    assert kari.post(handling(jp, "skjerming"), _kode("U", "14")).status_code == 303
    assert k.jp(101, 1).tilgangskode.kode == "U"
    assert k.klient("les.gry").get(side(jp)).status_code == 404
    forsegl_logg()
    lag_varsler()
    assert "2026/101-1: Kari Lunde har endret skjermingen" in tekst(anne.get("/varsler/"))
    assert anne.get("/lister/midlertidig-sperret/").context["antall"] == 0
    assert anne.post(handling(jp, "skjerming/avgjoerelse"), _kode("U", "13-fvl1")).status_code == 303
    tomt = {"tilgangskode": "", "hjemmel": "", "avskjermingskode": "", "tilgangsgruppe": "", "merknad": "Kan åpnes"}
    assert kari.post(handling(jp, "skjerming"), tomt).status_code == 303
    etter = k.jp(101, 1)
    assert (etter.tilgangskode.kode, etter.forslag_aapent, etter.foreslaatt_av) == ("U", True, k["sb.kari"])
    assert k.klient("les.gry").get(side(jp)).status_code == 404
    assert "Foreslått Offentlig (Kari Lunde)" in tekst(anne.get(side(jp)))
    assert "Foreslått offentlig Fra Kari Lunde" in tekst(anne.get("/lister/midlertidig-sperret/"))
    assert anne.post(handling(jp, "skjerming/avgjoerelse"), tomt).status_code == 303
    assert k.jp(101, 1).tilgangskode is None


@pytest.mark.krav("R-10.1.5a", "R-7.2.G")
def test_skjerming_with_a_group_closes_to_the_authorised_outside_it(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    gruppe = opprett_gruppe("Skjenkekontroll", medlemmer=[k["sb.kari"]], av=k["sb.kari"])
    kari = k.klient("sb.kari")
    assert kari.post(handling(jp, "skjerming"), _kode("U", "14")).status_code == 303
    assert k.klient("u.arne").get(side(jp)).status_code == 200
    data = _kode("U", "14") | {"tilgangsgruppe": gruppe.pk}
    assert kari.post(handling(jp, "skjerming"), data).status_code == 303
    assert k.klient("u.arne").get(side(jp)).status_code == 404
    assert "Tilgangsgruppe: Skjenkekontroll" in tekst(kari.get(side(jp)))


def test_skjerming_without_hjemmel_is_refused_in_the_form_and_choices_follow_the_code(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    klient = k.klient("sb.kari")
    data = _kode("P", "13-fvl1") | {"hjemmel": "", "merknad": "Personalsak"}
    svar = klient.post(handling(jp, "skjerming"), data, headers=HTMX)
    assert svar.status_code == 422
    assert "Hjemmel mangler." in tekst(svar)
    assert "Personalsak" in svar.content.decode()
    assert k.jp(101, 1).tilgangskode is None
    for kode, med, uten in (("E", "opplæringslova", "Offl. § 23 tredje ledd"), ("U", "Offl. § 23 tredje ledd", "*")):
        valg = tekst(
            klient.get("/journalposter/skjermingsfelter/", {"tilgangskode": _kode(kode, "14")["tilgangskode"]})
        )
        assert (kode, med in valg, uten in valg) == (kode, True, False)


@pytest.mark.krav("R-9.2.1.4", "R-7.2.S", "R-7.1.6.c")
def test_grading_asks_for_code_hjemmel_and_what_is_hidden_and_the_public_sees_no_more(kommune_a):
    k, jp = kommune_a, kommune_a.jp(104, 1)
    anne, url = k.klient("led.anne"), handling(kommune_a.jp(104, 1), "skjerming/avgjoerelse")
    html = anne.get(url, headers=HTMX).content.decode()
    assert felter_i(html) == ["tilgangskode", "hjemmel", "avskjermingskode", "tilgangsgruppe", "merknad"]
    assert valg_i(html, "tilgangskode") == [
        "Offentlig (ingen kode)", "U – Unntatt offentlighet", "P – Personal", "E – Elev", "S – Skatt",
    ]  # fmt: skip
    p = _kode("P", "23-1")
    ny_kode = anne.get("/journalposter/skjermingsfelter/", {"tilgangskode": p["tilgangskode"]}).content.decode()
    assert valg_i(ny_kode, "hjemmel")[:4] == [
        "Velg …", "Offl. § 13 jf. fvl. § 13 første ledd nr. 1", "Offl. § 23 første ledd", "Offl. § 25 første ledd",
    ]  # fmt: skip
    for uten, ord_ in (("hjemmel", "Hjemmel mangler."), ("avskjermingskode", "Avskjermingskode mangler.")):
        svar = anne.post(url, p | {uten: ""})
        assert (svar.status_code, ord_ in tekst(svar)) == (422, True)
    fremmed = anne.post(url, p | {"hjemmel": _kode("U", "23-3")["hjemmel"]})
    assert fremmed.status_code == 422
    assert k.jp(104, 1).tilgangskode is None
    assert anne.post(url, p).status_code == 303
    (rad,) = [
        r for r in k.offentlig().get("/innsyn/dag/2026-03-02.json").json()["rader"] if r["dokumentnummer"] == str(jp)
    ]
    vist = {felt: rad[felt] for felt in ("tittel", "fra", "til", "hjemmel", "journaldato", "dokumenter")}
    assert vist == {
        "tittel": "*****",
        "fra": ["*****"],
        "til": ["Teknisk"],
        "hjemmel": "Offl. § 23 første ledd",
        "journaldato": "2026-03-02",
        "dokumenter": [],
    }


def felter_i(html):
    """Names of the inputs of a dialog, in order."""
    alle = re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', html[html.index('id="dialog-tittel"') :])
    return [navn for navn in alle if navn != "csrfmiddlewaretoken"]


def valg_i(html, navn):
    """The choices of a list, as they read."""
    liste = re.search(rf'<select[^>]* name="{navn}".*?</select>', html, re.DOTALL)[0]
    return re.findall(r"<option[^>]*>\s*([^<]*?)\s*</option>", liste)


@pytest.mark.krav("R-9.2.1.2", "A-09")
def test_archive_proposes_and_blocks_but_never_decides(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 3)
    eva = k.klient("ark.eva")
    assert eva.post(handling(jp, "skjerming"), _kode("U", "14")).status_code == 403
    assert eva.post(handling(jp, "skjerming/avgjoerelse"), _kode("U", "14")).status_code == 403
    assert eva.post(handling(jp, "skjerming/forslag"), _kode("U", "14")).status_code == 303
    assert (k.jp(101, 3).tilgangskode, k.jp(101, 3).forslag_sperrer) == (None, True)
    assert "Avventer gradering" in tekst(k.klient("sb.ola").get(side(jp)))
    assert k.offentlig().get("/innsyn/sak/2026/101/3/").status_code == 404
    annen = k.jp(101, 2)
    assert eva.post(handling(annen, "sperring"), {"merknad": "Helseopplysninger?"}).status_code == 303
    assert k.jp(101, 2).tilgangskode.kode == "XX"
    assert k.klient("les.gry").get(side(annen)).status_code == 404


@pytest.mark.krav("R-7.0.4", "R-9.2.1.2", "R-7.1.6.c")
def test_proposal_and_decision_stand_on_the_page_with_comment_hjemmel_and_name(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 3)
    forslag = _kode("P", "13-fvl1") | {"merknad": "Omtaler helsa til daglig leder"}
    k.klient("ark.eva").post(handling(jp, "skjerming/forslag"), forslag)
    anne = k.klient("led.anne")
    hjemmel = "Offl. § 13 jf. fvl. § 13 første ledd nr. 1"
    assert f"Tilgang Offentlig endre Hvem kan se dette? Foreslått P – Personal, {hjemmel} (Eva Strand)" in tekst(
        anne.get(side(jp))
    )
    dialog = tekst(anne.get(handling(jp, "skjerming")))
    assert f"Foreslått P – Personal, {hjemmel} (Eva Strand)" in dialog
    assert "Omtaler helsa til daglig leder" in dialog
    anne.post(handling(jp, "skjerming/avgjoerelse"), forslag | {"merknad": "Enig"})
    assert f"Tilgang P – Personal {hjemmel} På postlista skjermes: tittel og part endre" in tekst(anne.get(side(jp)))
    vurdert = tekst(anne.get(handling(jp, "historikk")))
    assert f"Forslag: P – Personal, {hjemmel} · Eva Strand Omtaler helsa til daglig leder" in vurdert
    assert (
        f"Beslutning: P – Personal, {hjemmel} · Anne Hauge Meroffentlighet vurdert: {forslag['meroffentlighet']} Enig"
        in vurdert
    )


def test_offentlighetsvurdering_is_noted_with_name(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    assert k.klient("sb.per").post(handling(jp, "offentlighetsvurdering")).status_code == 403
    klient = k.klient("sb.kari")
    assert klient.post(handling(jp, "offentlighetsvurdering")).status_code == 303
    assert "vurdert av Kari Lunde 02.03.2026" in tekst(klient.get(side(jp)))


# ── Flags ────────────────────────────────────────────────


@pytest.mark.krav("R-10.1.2b", "R-10.1.4b", "R-10.1.5b", "R-10.10.2")
def test_flags_go_to_person_archive_or_leader(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    klient = k.klient("sb.kari")
    gradering = klient.get(handling(jp, "skjerming"))
    assert ("Spør leder" in tekst(gradering), handling(jp, "flagg/leder") in gradering.content.decode()) == (True, True)
    for slag in ("feildistribuert", "feilregistrert"):
        assert klient.post(handling(jp, f"flagg/{slag}"), {"tekst": f"Er {slag}"}).status_code == 303
    assert klient.post(handling(jp, "flagg/leder"), {"aarsak": "gradering", "tekst": "Skal den ut?"}).status_code == 303
    til_ola = {"mottaker": "person", "til": "Ola Vik (sb.ola)", "tekst": "Se på denne"}
    assert klient.post(handling(jp, "flagg/melding"), til_ola).status_code == 303
    forslag = {"foreslaatt_tittel": "Søknad om skjenkebevilling for Kroa", "tekst": "Navnet mangler"}
    assert klient.post(handling(jp, "tittelforslag"), forslag).status_code == 303
    rader = Flagg.objects.order_by("pk").values_list("aarsak", "til_koe", "til_bruker__brukernavn")
    assert list(rader) == [
        ("feildistribuert", "ARK", None), ("feilregistrert", "ARK", None), ("gradering", "", "led.anne"),
        ("melding", "", "sb.ola"), ("tittel", "ARK", None),
    ]  # fmt: skip
    ord_ = tekst(klient.get(side(jp)))
    assert "Kari Lunde til arkivet" in ord_
    assert "Forslag: Søknad om skjenkebevilling for Kroa" in ord_


@pytest.mark.krav("R-10.11.1")
def test_flag_asks_a_named_archivist_or_the_archive_to_move_it(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 3)
    klient, adresse = k.klient("sb.kari"), handling(jp, "flagg/flytting")
    valg = re.findall(r'<option value="(\d*)"[^>]*>([^<]+)', klient.get(adresse).content.decode())
    assert [navn for _, navn in valg] == ["Arkivet", "Eva Strand", "Tom Bakke"]
    til = {navn: pk for pk, navn in valg}
    data = {"maalsak": "2026/102", "til": til["Eva Strand"], "tekst": "Hører til kultursaken"}
    for sak, ord_ in (("2026/103", "finnes ikke, eller du har ikke tilgang"), ("102", "Skriv saksnummeret slik"),
                      ("2026/101", "ligger allerede i sak 2026/101")):  # fmt: skip
        svar = klient.post(adresse, data | {"maalsak": sak})
        assert (svar.status_code, ord_ in tekst(svar), "Hører til kultursaken" in tekst(svar)) == (422, True, True)
    assert Flagg.objects.count() == 0
    assert klient.post(adresse, data).status_code == 303
    eva = k.klient("ark.eva")
    (rad,) = [rad for gruppe in eva.get("/flagg/").context["rader"] for rad in gruppe["rader"]]
    assert (rad.nummer, rad.kant, rad.part) == ("2026/101-3", "Flytting", "Beskjed/Merknad fra Kari Lunde")
    assert "Flyttes til 2026/102" in tekst(eva.get(rad.url))
    assert k.klient("ark.tom").get("/flagg/").context["antall"] == 0
    assert klient.post(adresse, data | {"til": "", "maalsak": "2026/104"}).status_code == 303
    for arkivar in ("ark.eva", "ark.tom"):
        assert "Hører til kultursaken" in tekst(k.klient(arkivar).get("/lister/flytting/"))


def test_flag_without_receiver_keeps_the_text(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    svar = k.klient("sb.kari").post(handling(jp, "flagg/melding"), {"mottaker": "person", "tekst": "Hvem tar denne?"})
    assert (svar.status_code, "Velg én mottaker" in tekst(svar)) == (422, True)
    assert "Hvem tar denne?" in svar.content.decode()
    assert k.klient("sb.kari").get(handling(jp, "flagg/ukjent")).status_code == 404


def test_suggestions_name_people_units_and_who_is_away(kommune_a):
    k, url = kommune_a, "/journalposter/forslag/mottakere/"
    registrer_fravaer(k["sb.kari"], fra=dt.date(2026, 3, 1), til=dt.date(2026, 3, 8), av=k["sb.kari"])
    svar = k.klient("sb.ola").get(url, {"q": "k"}).json()["forslag"]
    assert [(f["tekst"], f["under"]) for f in svar] == [
        ("Kari Lunde (sb.kari)", "Saksbehandler · Teknisk · borte til 08.03"),
        ("Vigdis Kar (raad.vikar)", "Assisterende rådmann · Rådmannens stab"),
        ("Enhet: Kultur (KULT)", "Hele enheten"),
    ]
    bare = k.klient("sb.ola").get(url, {"q": "k", "slag": "person"}).json()["forslag"]
    assert [f["verdi"] for f in bare] == [f["verdi"] for f in svar[:2]]


def test_history_is_shown_in_words(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    klient = k.klient("sb.kari")
    klient.post(handling(jp, "svarfrist"), {"forfallsdato": "2026-03-20"})
    ord_ = tekst(klient.get(handling(jp, "historikk")))
    assert "Endret svarfrist eller arbeidsdata – Kari Lunde Svarfrist: 16.03.2026 → 20.03.2026" in ord_
    assert "Registrerte inngående i arkivet – Eva Strand Status: J Journalført" in ord_


@pytest.mark.parametrize("antall", [1, 3])
def test_page_takes_the_same_number_of_queries_whatever_hangs_on_it(kommune_a, django_assert_max_num_queries, antall):
    k, jp = kommune_a, kommune_a.jp(101, 2)
    for nr in range(antall):
        merk(jp, f"Merknad {nr}", av=k["ark.eva"])
        legg_ved(jp, tekstfil(f"{nr}").fil, filnavn=f"{nr}.txt", av=k["ark.eva"])
        besvar(jp, "E", av=k["sb.kari"])
    for person in ("led.anne", "ark.eva", "sb.kari"):
        klient = k.klient(person)
        klient.get(side(jp))
        with django_assert_max_num_queries(24):
            klient.get(side(jp))
    with django_assert_max_num_queries(18):
        klient.get(handling(jp, "forhaand"), headers=HTMX)
