"""The case page: head, tabs, menus and acts."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saksgang.demo.grunnlag import skjerming
from saksgang.flyt import queries as flyt
from saksgang.flyt.commands import lag_varsler
from saksgang.logg.commands import forsegl_logg
from saksgang.logg.models import Hendelse
from saksgang.offentlighet.commands import sett_skjerming
from saksgang.sakarkiv.commands.avskrivning import avskriv
from saksgang.sakarkiv.commands.journalfoering import utgaa
from saksgang.sakarkiv.commands.journalpost import opprett_journalpost
from saksgang.sakarkiv.commands.merknad import merk
from saksgang.sakarkiv.commands.part import legg_til_sakspart
from saksgang.sakarkiv.commands.rettighet import gi_rettighet
from saksgang.sakarkiv.models import Merknad, ObsDato, Rettighetsoenske, Sak, Sakrettighet, Sakspart
from saksgang.sakarkiv.queries import kurver
from saksgang.sakarkiv.rules import Saksstatus
from saksgang.web.adresser import journalpost_url
from tests.kjerne.test_identifikatorer import FNR
from tests.tilstand import egen

NYE = [
    "Nytt utgående dokument",
    "Nytt internt notat med oppfølging (N)",
    "Nytt internt notat (X)",
    "Sakspapir",
    "Registrer inngående",
]


def url(navn, sekvens=101, *mer):
    return reverse(navn, args=[2026, sekvens, *mer])


def tekst(svar):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", svar.content.decode()))


def menypunkter(svar, id_):
    treff = re.search(rf'id="{id_}" popover.*?</div></span>', svar.content.decode(), re.DOTALL)
    return re.findall(r"<span>([^<]+)", treff[0]) if treff else None


def feil(svar):
    boks = re.search(r"<ds-error-summary.*?</ds-error-summary>", svar.content.decode(), re.DOTALL)[0]
    return re.findall(r"<li>(?:<a [^>]*>)?([^<]+)", boks)


# --- The page ---------------------------------------------------------------------------------------------------------


def test_letters_are_from_or_to_a_party_and_notes_are_from_who_wrote_them(kommune_a):
    k = kommune_a
    for type_ in "UNX":
        egen(k, k.sak(101), type_, "F", tittel=f"Dokument {type_}")
    side = tekst(k.klient("sb.kari").get(url("sak")))
    assert "Søknad om skjenkebevilling Fra Kroa AS" in side
    assert "Dokument U Til Bakkegata vel" in side
    for type_ in "NX":
        assert f"Dokument {type_} Fra {k['sb.kari']}" in side


def test_sak_shows_head_tabs_and_journalposter_newest_first(kommune_a):
    svar = kommune_a.klient("sb.kari").get(url("sak"))
    assert svar.status_code == 200
    html = svar.content.decode()
    for ord_ in ("B Behandles", "U63 Serverings- og skjenkebevilling", "02.03.2026", "Saksarkiv"):
        assert ord_ in html
    assert re.findall(r'<td class="snr">(\d+)</td>', html) == ["5", "4", "3", "2", "1"]
    faner = re.search(r'<nav class="faner".*?</nav>', html, re.DOTALL)[0]
    assert re.findall(r'href="([^"]+)"', faner) == [
        url(n) for n in ("sak", "sak-parter", "sak-merknader", "sak-obsdatoer", "sak-rettigheter", "sak-historikk")
    ]


@pytest.mark.krav("R-10.3.2.2a")
def test_sak_new_journalpost_menu_has_the_handbooks_labels(kommune_a):
    assert menypunkter(kommune_a.klient("sb.kari").get(url("sak")), "sak-ny-journalpost") == NYE


@pytest.mark.krav("R-10.3.2.3")
def test_sak_offers_no_new_journalpost_without_rights(kommune_a):
    svar = kommune_a.klient("sb.per").get(url("sak"))
    assert menypunkter(svar, "sak-ny-journalpost") is None
    assert menypunkter(svar, "sak-meny") == ["Meld papir til skanning", "Be om rettigheter"]
    assert menypunkter(svar, "sak-diverse") == ["Saksparter", "Historikk", "Hvem kan se dette?", "Registrer inngående"]


def test_sak_menu_follows_the_persons_rights(kommune_a):
    meny = {navn: menypunkter(kommune_a.klient(navn).get(url("sak")), "sak-meny") for navn in ("sb.kari", "ark.eva")}
    assert meny["sb.kari"] == [
        "Rediger saken",
        "Endre ordningsverdi",
        "Skriv merknad",
        "Sett OBS-dato",
        "Meld papir til skanning",
        "Ønskes avsluttet (ØA)",
        "Gi rettigheter i saken",
    ]
    assert meny["ark.eva"] == [
        "Avslutt saken",
        "Unnta fra prosesstyring (X)",
        "Sett saken utgått (U)",
        "Rediger saken",
        "Endre ordningsverdi",
        "Sett saksansvarlig",
        "Skriv merknad",
        "Meld papir til skanning",
    ]


@pytest.mark.krav("R-3.2.4")
def test_sak_lists_one_saksansvarlig_and_every_saksbehandler(kommune_a):
    svar = tekst(kommune_a.klient("sb.kari").get(url("sak-rettigheter")))
    assert "Saksansvarlig Kari Lunde Saksbehandlere Kari Lunde, Ola Vik" in svar


def test_sak_filters_narrow_the_list(kommune_a):
    klient = kommune_a.klient("sb.kari")

    def numre(sok):
        return re.findall(r'<td class="snr">(\d+)</td>', klient.get(url("sak") + sok).content.decode())

    assert numre("?vis=ubesvarte") == ["3", "2", "1"]
    assert numre("?vis=innogut") == ["4", "3", "2", "1"]
    assert numre("?vis=arbeid") == ["5", "4"]
    assert numre("?under=3") == ["2", "1"]


def test_sak_shows_only_the_journalposter_that_the_reader_may_see(kommune_a):
    svar = kommune_a.klient("les.gry").get(url("sak"))
    assert re.findall(r'<td class="snr">(\d+)</td>', svar.content.decode()) == ["3", "2", "1"]
    assert "Skjenkebevilling for Kroa AS" not in svar.content.decode()
    assert "Alle 3" in svar.content.decode()


def test_sak_that_is_coded_is_not_found_by_others_and_logs_who_opens_it(kommune_a):
    for navn in ("sak", "sak-parter", "sak-merknader", "sak-obsdatoer", "sak-rettigheter", "sak-historikk"):
        assert kommune_a.klient("sb.kari").get(url(navn, 103)).status_code == 404
    assert kommune_a.klient("sb.kari").get(url("sak-historikk-csv", 103)).status_code == 404
    foer = Hendelse.objects.filter(handling="sak.lese").count()
    assert kommune_a.klient("pers.mia").get(url("sak", 103)).status_code == 200
    assert Hendelse.objects.filter(handling="sak.lese").count() == foer + 1


def test_sak_pages_are_closed_to_those_who_are_not_employees(kommune_a):
    for navn in ("sak", "sak-historikk", "sak-merknad"):
        assert kommune_a.klient("pol.tor").get(url(navn)).status_code == 403
        assert kommune_a.offentlig().get(url(navn)).status_code == 302


def test_sak_asks_the_database_the_same_for_1_and_3_journalposter(kommune_a):
    klient = kommune_a.klient("les.gry")
    klient.get(url("sak", 104))
    with CaptureQueriesContext(connection) as en:
        klient.get(url("sak", 104))
    with CaptureQueriesContext(connection) as tre:
        klient.get(url("sak", 101))
    assert len(tre) == len(en)


@pytest.mark.krav("R-3.1.2")
def test_leader_of_another_unit_is_offered_no_edit_and_refused(kommune_a):
    sak = kommune_a.sak(102)
    data = {"tittel": "Tilskudd", "enhet": sak.enhet_id, "arkivdel": sak.arkivdel_id, "sakstype": ""}
    anne, nils = kommune_a.klient("led.anne"), kommune_a.klient("led.nils")
    assert menypunkter(anne.get(url("sak", 102)), "sak-meny") == ["Meld papir til skanning", "Be om rettigheter"]
    assert anne.post(url("sak-redigering", 102), data).status_code == 403
    assert kommune_a.sak(102).tittel == "Kulturtilskudd til lag og foreninger"
    assert "Rediger saken" in menypunkter(nils.get(url("sak", 102)), "sak-meny")
    assert nils.post(url("sak-redigering", 102), data).status_code == 303
    assert kommune_a.sak(102).tittel == "Tilskudd"


# --- Status -----------------------------------------------------------------------------------------------------------


@pytest.mark.krav("R-6.1.B")
def test_kontroll_is_for_the_archive(kommune_a):
    assert kommune_a.klient("sb.per").get(url("sak-kontroll", 102)).status_code == 403
    assert kommune_a.klient("sb.per").post(url("sak-kontroll", 102)).status_code == 403
    assert kommune_a.sak(102).status == Saksstatus.RESERVERT
    assert kommune_a.sak(102) in kurver.reserverte_saker(kommune_a["ark.eva"])
    assert kommune_a.klient("ark.eva").post(url("sak-kontroll", 102)).status_code == 303
    assert kommune_a.sak(102).status == Saksstatus.BEHANDLES
    assert kommune_a.sak(102) not in kurver.reserverte_saker(kommune_a["ark.eva"])


@pytest.mark.krav("R-10.3.1.9", "R-10.3.2.10")
def test_letter_at_j_is_public_and_its_uncontrolled_case_is_urgent_until_b_is_set_with_one_click(kommune_a):
    k = kommune_a
    eva, per, offentlig = k.klient("ark.eva"), k.klient("sb.per"), k.offentlig()
    brev, vanlig = egen(k, k.sak(102), "U", "F", av=k["sb.per"]), egen(k, k.sak(101), "U", "F")
    varsel = "Saken er ikke kontrollert."

    def stand():
        rader = [rad for g in eva.get("/lister/reserverte-saker/").context["rader"] for rad in g["rader"]]
        return [rad.obs for rad in rader if rad.nummer == "2026/102"], list(kurver.reserverte_saker_roed(k["ark.eva"]))

    def sier(klient, jp):
        return [varsel in tekst(klient.get(s)) for s in (url("sak", jp.sak.sekvens), journalpost_url(jp))]

    def offentlige():
        return [offentlig.get(f"/innsyn/sak/{str(jp).replace('-', '/')}/").status_code for jp in (brev, vanlig)]

    assert (stand(), sier(eva, brev), offentlige()) == (([""], []), [False, False], [404, 404])
    for jp in (brev, vanlig):
        assert eva.post(f"/journalposter/{jp.pk}/journalfoering/").status_code == 303
    assert offentlige() == [200, 200]
    assert stand() == (["Journalført, ikke kontrollert"], [k.sak(102)])
    kurvene = [kurv for gruppe in eva.get("/").context["kurver"]() for kurv in gruppe["kurver"]]
    assert [kurv["haster"] for kurv in kurvene if kurv["navn"] == "Reserverte saker"] == [1]
    assert (sier(eva, brev), sier(eva, vanlig), sier(per, brev)) == ([True, True], [False, False], [False, False])
    [knappen] = re.findall(
        rf'<form[^>]*action="({url("sak-kontroll", 102)})"', eva.get(journalpost_url(brev)).content.decode()
    )
    assert per.post(knappen).status_code == 403
    assert k.sak(102).status == Saksstatus.RESERVERT
    assert eva.post(knappen).status_code == 303
    assert k.sak(102).status == Saksstatus.BEHANDLES
    assert (stand(), sier(eva, brev)) == (([], []), [False, False])


@pytest.mark.krav("R-6.1.A", "A-21")
def test_avslutning_shows_what_remains_and_refuses_with_the_same_list(kommune_a):
    klient = kommune_a.klient("ark.eva")
    side = klient.get(url("sak-avslutning"))
    assert side.status_code == 200
    foer = re.findall(r"<li>(2026/101-[^<]+)</li>", side.content.decode())
    assert foer[:3] == [
        "2026/101-1 er ikke avskrevet av Kari Lunde.",
        "2026/101-2 er ikke avskrevet av Kari Lunde.",
        "2026/101-3 er ikke avskrevet av Ola Vik.",
    ]
    svar = klient.post(url("sak-avslutning"))
    assert svar.status_code == 409
    assert feil(svar) == foer
    assert kommune_a.sak(101).status == Saksstatus.BEHANDLES


@pytest.mark.krav("R-10.2.1.3b")
def test_tilbakesending_from_the_checklist_withdraws_oea_and_tells_sb_by_flag(kommune_a):
    kari, eva = kommune_a.klient("sb.kari"), kommune_a.klient("ark.eva")
    lenke, knapp = f'href="{url("sak-tilbakesending")}"', "Send tilbake til SB"
    assert lenke not in eva.get(url("sak-avslutning")).content.decode()
    svar = eva.post(url("sak-tilbakesending"))
    assert (svar.status_code, "ikke merket ØA" in tekst(svar)) == (409, True)
    kari.post(url("sak-oenske"), {"tekst": "Vedtaket er sendt"})
    for svar in (eva.get(url("sak-avslutning")), eva.post(url("sak-avslutning"))):
        assert (lenke in svar.content.decode(), knapp in tekst(svar)) == (True, True)
    assert kari.get(url("sak-tilbakesending")).status_code == 403
    assert kari.post(url("sak-tilbakesending")).status_code == 403
    side = eva.get(url("sak-tilbakesending"))
    assert "Kari Lunde får et flagg med det som gjenstår" in tekst(side)
    mangler = re.findall(r"<li>(2026/101-[^<]+)</li>", side.content.decode())
    assert len(mangler) == 5
    assert eva.post(url("sak-tilbakesending")).status_code == 303
    (flagg,) = flyt.flagg_til(kommune_a["sb.kari"])
    assert flagg.tekst == "Sak 2026/101 kan ikke avsluttes ennå:\n" + "\n".join(f"– {m}" for m in mangler)
    assert (flagg.fra, flagg.sak, kommune_a.sak(101).status) == (kommune_a["ark.eva"], kommune_a.sak(101), "B")
    assert "ØA Ønskes avsluttet</span>" not in kari.get(url("sak")).content.decode()
    assert list(kurver.oenskes_avsluttet(kommune_a["ark.eva"])) == []


def test_tilbakesending_of_a_case_that_is_ready_is_refused(kommune_a):
    kari, eva = kommune_a.klient("sb.kari"), kommune_a.klient("ark.eva")
    kari.post(reverse("sak-ny"), _nysak(kari))
    eva.post(url("sak-kontroll", 105))
    kari.post(url("sak-oenske", 105), {"tekst": ""})
    assert "Send tilbake til SB" not in tekst(eva.get(url("sak-avslutning", 105)))
    svar = eva.post(url("sak-tilbakesending", 105))
    assert (svar.status_code, feil(svar)) == (409, ["Ingenting mangler i saken. Den kan avsluttes."])
    assert list(kurver.oenskes_avsluttet(kommune_a["ark.eva"])) == [kommune_a.sak(105)]


@pytest.mark.krav("R-6.1.X", "R-6.1.T")
def test_unntak_inntak_and_refusal_without_a_reason(kommune_a):
    klient = kommune_a.klient("ark.eva")
    svar = klient.post(url("sak-unntak"), {"begrunnelse": " "})
    assert svar.status_code == 422
    assert feil(svar) == ["Fyll ut «Begrunnelse»."]
    assert klient.post(url("sak-unntak"), {"begrunnelse": "Rammeavtale"}).status_code == 303
    assert kommune_a.sak(101).status == Saksstatus.UNNTATT
    assert klient.post(url("sak-inntak"), {"begrunnelse": " "}).status_code == 422
    assert kommune_a.klient("sb.kari").post(url("sak-inntak"), {"begrunnelse": "Likevel"}).status_code == 403
    assert klient.post(url("sak-inntak"), {"begrunnelse": "Løpende likevel"}).status_code == 303
    assert kommune_a.sak(101).status == Saksstatus.BEHANDLES


@pytest.mark.krav("R-6.1.A")
def test_closed_case_offers_nothing_new_and_refuses_it_until_the_archive_reopens(kommune_a):
    kari, eva = kommune_a.klient("sb.kari"), kommune_a.klient("ark.eva")
    kari.post(reverse("sak-ny"), _nysak(kari))
    assert menypunkter(kari.get(url("sak", 105)), "sak-ny-journalpost") == NYE
    eva.post(url("sak-kontroll", 105))
    assert eva.post(url("sak-avslutning", 105)).status_code == 303
    svar = kari.get(url("sak", 105))
    assert [menypunkter(svar, meny) for meny in ("sak-ny-journalpost", "sak-meny")] == [None, None]
    assert "Saken er avsluttet" in tekst(svar)
    for slag in ("inngaaende", "utgaaende", "notat", "xnotat", "sakspapir"):
        svar = kari.post(f"/journalposter/ny/{kommune_a.sak(105).pk}/{slag}/", {"tittel": "Nytt"})
        assert (svar.status_code, "Be arkivet gjenåpne den først." in tekst(svar)) == (409, True), slag
    assert menypunkter(eva.get(url("sak", 105)), "sak-meny") == ["Gjenåpne saken"]
    assert kari.post(url("sak-gjenaapning", 105), {"begrunnelse": "Klage"}).status_code == 403
    assert eva.post(url("sak-gjenaapning", 105), {"begrunnelse": ""}).status_code == 422
    assert eva.post(url("sak-gjenaapning", 105), {"begrunnelse": "Klage"}).status_code == 303
    assert menypunkter(kari.get(url("sak", 105)), "sak-ny-journalpost") == NYE


@pytest.mark.krav("R-6.1.U")
def test_utgang_hides_an_empty_case_and_is_refused_while_it_holds_documents(kommune_a):
    kari, eva = kommune_a.klient("sb.kari"), kommune_a.klient("ark.eva")
    assert eva.post(url("sak-utgang"), {"begrunnelse": "Feil"}).status_code == 409
    kari.post(reverse("sak-ny"), _nysak(kari, tittel="Opprettet ved en feil"))
    assert eva.post(url("sak-utgang", 105), {"begrunnelse": "Dobbelt opprettet"}).status_code == 303
    assert kommune_a.sak(105).status == Saksstatus.UTGAAR
    assert "Opprettet ved en feil" not in kari.get(reverse("saker")).content.decode()
    assert menypunkter(eva.get(url("sak", 105)), "sak-meny") is None


# --- Other acts -------------------------------------------------------------------------------------------------------


@pytest.mark.krav("R-10.6.1.10", "R-10.6.2.10", "A-03")
@pytest.mark.parametrize("type_", ["N", "X"])
def test_oenske_follows_the_last_note_of_the_case_and_is_in_the_archives_list_until_withdrawn(kommune_a, type_):
    k = kommune_a
    per, eva = k.klient("sb.per"), k["ark.eva"]
    utgaa(k.jp(102, 1), "Feilregistrert", av=eva)
    notat = egen(k, k.sak(102), type_, "R", interne_mottakere=[k["led.anne"]], av=k["sb.per"])
    tilbud = [f'action="{url("sak-oenske", 102)}"' in per.get(journalpost_url(notat)).content.decode()]
    assert per.post(f"/journalposter/{notat.pk}/ferdigstilling/", {"offentlighet_vurdert": "on"}).status_code == 303
    assert k.klient("ark.eva").post(f"/journalposter/{notat.pk}/journalfoering/").status_code == 303
    for mottaker in notat.interne_mottakere.filter(journalpost__journalposttype="N"):
        avskriv(mottaker, "TE", av=k["led.anne"])
    tilbud.append(f'action="{url("sak-oenske", 102)}"' in per.get(journalpost_url(notat)).content.decode())
    assert tilbud == [False, True]
    foer = k.sak(102).status
    assert per.post(url("sak-oenske", 102), {"tekst": ""}).status_code == 303
    assert "ØA Ønskes avsluttet" in tekst(per.get(url("sak", 102)))
    assert (k.sak(102).status, list(kurver.oenskes_avsluttet(eva))) == (foer, [k.sak(102)])
    assert per.post(url("sak-oenske-trekk", 102)).status_code == 303
    assert list(kurver.oenskes_avsluttet(eva)) == []


@pytest.mark.krav("R-10.2.1.3a")
def test_oenske_sets_oea_leaves_status_and_is_withdrawn(kommune_a):
    kari = kommune_a.klient("sb.kari")
    assert kari.post(url("sak-oenske"), {"tekst": "Vedtaket er sendt"}).status_code == 303
    assert "ØA Ønskes avsluttet" in kari.get(url("sak")).content.decode()
    assert kommune_a.sak(101).status == Saksstatus.BEHANDLES
    assert kari.post(url("sak-oenske"), {"tekst": ""}).status_code == 409
    assert kari.post(url("sak-oenske-trekk")).status_code == 303
    assert Merknad.objects.get(type__kode="ØA").trukket_tid is not None


@pytest.mark.krav("R-10.12.1")
def test_obsdato_is_shown_on_the_case_and_marked_done(kommune_a):
    kari = kommune_a.klient("sb.kari")
    assert kari.post(url("sak-obsdato"), {"dato": "2026-03-05", "merknad": "Følg opp vedtak"}).status_code == 303
    assert kari.post(url("sak-obsdato"), {"dato": "2026-04-01", "merknad": ""}).status_code == 303
    assert "Forfaller om 3 dager, 05.03" in tekst(kari.get(url("sak")))
    assert "Følg opp vedtak" in kari.get(url("sak-obsdatoer")).content.decode()
    obs = ObsDato.objects.order_by("dato").first()
    assert kommune_a.klient("les.gry").post(url("sak-obs-utfoert", 101, obs.pk)).status_code == 403
    assert kari.post(url("sak-obs-utfoert", 102, obs.pk)).status_code == 404
    assert kari.post(url("sak-obs-utfoert", 101, obs.pk)).status_code == 303
    obs.refresh_from_db()
    assert obs.utfoert_av == kommune_a["sb.kari"]


def test_merknad_is_new_to_others_until_they_have_opened_the_tab(kommune_a):
    kari, ola = kommune_a.klient("sb.kari"), kommune_a.klient("sb.ola")
    assert kari.post(url("sak-merknad"), {"type": "SB", "tekst": "Ring Kroa før onsdag"}).status_code == 303
    assert "1, 1 ny" in ola.get(url("sak")).content.decode()
    assert "Ring Kroa før onsdag" in ola.get(url("sak-merknader")).content.decode()
    assert "1, 1 ny" not in ola.get(url("sak")).content.decode()
    assert kari.post(url("sak-merknad"), {"type": "SB", "tekst": ""}).status_code == 422


def test_redigering_and_klassering_change_the_case(kommune_a):
    kari, sak = kommune_a.klient("sb.kari"), kommune_a.sak(101)
    data = {"tittel": "Skjenkebevilling Kroa", "enhet": sak.enhet_id, "arkivdel": sak.arkivdel_id, "sakstype": ""}
    assert kari.post(url("sak-redigering"), data | {"tittel": ""}).status_code == 422
    assert kari.post(url("sak-redigering"), data).status_code == 303
    assert kommune_a.sak(101).tittel == "Skjenkebevilling Kroa"
    svar = kari.post(url("sak-klassering"), {"klasse": "Finnesikke"})
    assert feil(svar) == ["Ordningsverdien «Finnesikke» finnes ikke. Velg fra forslagene."]
    svar = kari.post(url("sak-klassering"), {"klasse": "U62", "eiendom": "41/7"})
    assert svar.status_code == 303
    side = tekst(kari.get(url("sak")))
    assert "U62 Handel" in side
    assert "Gnr. 41 bnr. 7" in side


@pytest.mark.krav("R-3.2.4")
def test_saksansvarlig_is_replaced_by_the_leader_with_both_in_the_history(kommune_a):
    anne = kommune_a.klient("led.anne")
    assert kommune_a.klient("sb.kari").post(url("sak-saksansvarlig"), {"saksansvarlig": "Ola Vik"}).status_code == 403
    svar = anne.post(url("sak-saksansvarlig"), {"saksansvarlig": "Nils Nilsen"})
    assert feil(svar) == ["Fant ingen som heter «Nils Nilsen»."]
    svar = anne.post(url("sak-saksansvarlig"), {"saksansvarlig": ["Ola Vik", "Ida Nes"]})
    assert (svar.status_code, feil(svar)) == (422, ["Fant ingen som heter «Ola Vik og Ida Nes»."])
    assert kommune_a.sak(101).saksansvarlig == kommune_a["sb.kari"]
    assert anne.post(url("sak-saksansvarlig"), {"saksansvarlig": "Ola Vik"}).status_code == 303
    assert kommune_a.sak(101).saksansvarlig == kommune_a["sb.ola"]
    historikk = tekst(anne.get(url("sak-historikk")))
    assert "02.03.2026 Satte saksansvarlig" in historikk
    assert "09.00 · Anne Hauge Saksansvarlig: Kari Lunde → Ola Vik" in historikk


@pytest.mark.krav("R-7.1.1.b", "R-7.1.7")
def test_skjerming_of_the_whole_case_needs_a_coded_document_and_both_reasons(kommune_a):
    anne = kommune_a.klient("led.anne")
    grad = skjerming("U", "13-fvl2")
    data = {
        "tilgangskode": grad.kode.pk,
        "hjemmel": grad.hjemmel.pk,
        "avskjermingskode": grad.avskjerming.pk,
        "misvisende": "Resten gir et skjevt bilde",
        "skade": "Konkurransen svekkes",
    }
    assert kommune_a.klient("sb.kari").get(url("sak-skjerming")).status_code == 403
    svar = anne.post(url("sak-skjerming"), data)
    assert svar.status_code == 409
    assert feil(svar) == ["Ingen dokumenter i saken er skjermet. Vurder dokumentene først (R 7.1.1)."]
    sett_skjerming(kommune_a.jp(101, 1), grad, av=kommune_a["led.anne"])
    svar = anne.post(url("sak-skjerming"), data | {"skade": ""})
    assert svar.status_code == 422
    assert feil(svar) == ["Skriv hvilken skade offentlighet kan gjøre."]
    svar = anne.post(url("sak-skjerming"), data)
    assert (svar.status_code, svar.url) == (303, url("sak-graderinger"))
    assert kommune_a.sak(101).tilgangskode == grad.kode
    # The documents in it are listed for individual decision: those that nobody has decided on first.
    side = anne.get(svar.url)
    assert re.findall(r'<td class="snr">(\d+)</td>', side.content.decode()) == ["2", "3", "4", "5", "1"]
    assert "Hvert dokument vurderes for seg; 4 har ingen kode" in tekst(side)
    assert f'href="/journalposter/{kommune_a.jp(101, 2).pk}/skjerming/"' in side.content.decode()
    assert kommune_a.jp(101, 2).tilgangskode is None
    assert kommune_a.klient("sb.kari").get(svar.url).status_code == 403
    assert kommune_a.klient("les.gry").get(url("sak")).status_code == 404


@pytest.mark.krav("R-4.9")
def test_parter_of_each_kind_are_listed_without_birth_number(kommune_a):
    kari = kommune_a.klient("sb.kari")
    for data in (
        {"type": "person", "navn": "Knut Eier", "rolle": "Søker", "foedselsnummer": "13097248022"},
        {"type": "gruppe", "navn": "Naboer i Storgata"},
        {"type": "organisasjon", "navn": "Kroa AS", "organisasjonsnummer": "910 075 918"},
    ):
        assert kari.post(url("sak-part-ny"), data).status_code == 303
    html = kari.get(url("sak-parter")).content.decode()
    assert re.findall(r'<span class="tittel">([^<]+)', html) == ["Knut Eier", "Kroa AS", "Naboer i Storgata"]
    for side in ("sak", "sak-parter", "sak-historikk", "sak-historikk-csv"):
        assert b"13097248022" not in b"".join(kari.get(url(side)))
    svar = kari.post(url("sak-part-ny"), {"type": "organisasjon", "navn": "X", "organisasjonsnummer": "123456789"})
    assert svar.status_code == 422
    part = Sakspart.objects.get(navn="Naboer i Storgata")
    assert kari.post(url("sak-part-avslutning", 101, part.pk)).status_code == 303
    html = kari.get(url("sak-parter")).content.decode()
    assert re.findall(r'<span class="tittel">([^<]+)', html) == ["Knut Eier", "Kroa AS"]


# --- Rights in the case -----------------------------------------------------------------------------------------------


@pytest.mark.krav("R-10.3.2.3")
def test_rettighet_is_asked_for_given_used_and_withdrawn(kommune_a):
    ola, kari = kommune_a.klient("sb.ola"), kommune_a.klient("sb.kari")
    ny_jp = reverse("journalpost-ny", args=[kommune_a.sak(101).pk, "utgaaende"])
    brev = {"tittel": "Svar til Kroa", "part-0-navn": "Kroa AS", "saksbehandler": "sb.ola"}
    assert ola.post(ny_jp, brev).status_code == 403
    assert (
        ola.post(url("sak-rettighetsoenske"), {"nivaa": "skrive", "begrunnelse": "Skal uttale meg"}).status_code == 303
    )
    assert ola.post(url("sak-rettighetsoenske"), {"nivaa": "skrive"}).status_code == 409
    side = tekst(kari.get(url("sak-rettigheter")))
    assert "Ola Vik ber om: skrive i saken" in side
    assert "1 venter" in side
    oenske = Rettighetsoenske.objects.get()
    assert ola.post(url("sak-rettighet-innvilgelse", 101, oenske.pk)).status_code == 403
    assert kari.post(url("sak-rettighet-innvilgelse", 101, oenske.pk), {"til": "2026-03-20"}).status_code == 303
    assert menypunkter(ola.get(url("sak")), "sak-ny-journalpost") == NYE
    assert ola.post(ny_jp, brev).status_code == 303
    assert (kommune_a.jp(101, 6).tittel, kommune_a.jp(101, 6).opprettet_av) == ("Svar til Kroa", kommune_a["sb.ola"])
    forsegl_logg()
    lag_varsler()
    assert "2026/101: Ola Vik ber om rettigheter i saken" in tekst(kari.get("/varsler/"))
    assert "2026/101: Kari Lunde har gitt deg rettigheter i saken" in tekst(ola.get("/varsler/"))
    gitt = Sakrettighet.objects.get()
    assert (gitt.gitt_av, gitt.til.isoformat()) == (kommune_a["sb.kari"], "2026-03-20")
    assert kari.post(url("sak-rettighet-tilbaketrekking", 101, gitt.pk)).status_code == 303
    assert menypunkter(ola.get(url("sak")), "sak-ny-journalpost") is None
    assert ola.post(ny_jp, brev).status_code == 403
    assert [h.handling for h in Hendelse.objects.filter(handling__contains="rettighet").order_by("nummer")] == [
        "sak.be_om_rettighet",
        "sak.gi_rettighet",
        "sak.trekke_rettighet",
    ]


def test_rettighet_is_refused_and_stands_as_answered(kommune_a):
    kommune_a.klient("sb.per").post(url("sak-rettighetsoenske"), {"nivaa": "lese"})
    oenske = Rettighetsoenske.objects.get()
    kari = kommune_a.klient("sb.kari")
    assert kari.post(url("sak-rettighet-avslag", 101, oenske.pk)).status_code == 303
    assert kari.post(url("sak-rettighet-avslag", 101, oenske.pk)).status_code == 409
    assert "venter" not in tekst(kari.get(url("sak-rettigheter"))).split("Historikk")[0]


def test_rettighet_is_refused_with_an_end_in_the_past(kommune_a):
    kari = kommune_a.klient("sb.kari")
    svar = kari.post(url("sak-rettighet"), {"bruker": "sb.per", "nivaa": "lese", "til": "2026-03-01"})
    assert feil(svar) == ["Sluttdatoen er passert. Velg en dato fra og med i dag."]
    assert kari.post(url("sak-rettighet"), {"bruker": "sb.per", "nivaa": "lese", "til": ""}).status_code == 303


# --- History ----------------------------------------------------------------------------------------------------------


@pytest.mark.krav("R-10.6.1.11", "R-C.4")
def test_historikk_tells_who_did_what_and_what_changed(kommune_a):
    kari = kommune_a.klient("sb.kari")
    kommune_a.klient("ark.eva").post(url("sak-unntak"), {"begrunnelse": "Rammeavtale"})
    kari.post(url("sak-obsdato"), {"dato": "2026-03-05", "merknad": "Ring"})
    side = tekst(kari.get(url("sak-historikk")))
    assert "Unntok saken fra prosesstyring" in side
    assert "Eva Strand Status: B Behandles → X Unntatt fra prosesstyring Begrunnelse: ingen → Rammeavtale" in side
    assert "Satte OBS-dato 2026/101 09.00 · Kari Lunde Dato: 05.03.2026 Merknad: Ring" in side


def test_historikk_names_the_deputys_leader(kommune_a):
    kommune_a.klient("sf.bente").post(url("sak-saksansvarlig"), {"saksansvarlig": "sb.ola"})
    side = tekst(kommune_a.klient("sb.kari").get(url("sak-historikk")))
    assert "Satte saksansvarlig 2026/101 09.00 · Bente Moen på vegne av Anne Hauge" in side


def test_historikk_leaves_out_what_the_reader_may_not_see(kommune_a):
    hemmelig = opprett_journalpost(kommune_a.sak(101), "X", tittel="Notat om Hemmeligsen", av=kommune_a["sb.kari"])
    merk(hemmelig, "Hemmeligsen er varslet", av=kommune_a["sb.kari"])
    for navn in ("sak-historikk", "sak-historikk-csv"):
        assert b"Hemmeligsen" in b"".join(kommune_a.klient("sb.kari").get(url(navn)))
        assert b"Hemmeligsen" not in b"".join(kommune_a.klient("les.gry").get(url(navn)))
    sok = f"?dokument={hemmelig.journalpostnummer}"
    assert kommune_a.klient("les.gry").get(url("sak-historikk") + sok).status_code == 404


def test_historikk_is_filtered_by_person_document_and_reading(kommune_a):
    sett_skjerming(kommune_a.jp(101, 1), skjerming("U", "14"), av=kommune_a["led.anne"])
    anne = kommune_a.klient("led.anne")

    def linjer(sok):
        svar = b"".join(anne.get(url("sak-historikk-csv") + sok)).decode("utf-8-sig")
        return [rad[2:6] for rad in csv.reader(io.StringIO(svar), delimiter=";")][1:]

    alle = linjer("")
    assert {r[0] for r in linjer(f"?person={kommune_a['led.anne'].pk}")} == {"Anne Hauge"}
    assert {r[3] for r in linjer("?dokument=1")} == {"2026/101-1"}
    assert linjer("?vis=lesing") == []
    assert linjer("?vis=endringer") == alle


def test_historikk_csv_holds_no_formula(kommune_a):
    kari = kommune_a.klient("sb.kari")
    kari.post(url("sak-merknad"), {"type": "SB", "tekst": "=1+1"})
    svar = kari.get(url("sak-historikk-csv"))
    assert svar["Content-Disposition"] == 'attachment; filename="historikk-2026-101.csv"'
    rader = list(csv.reader(io.StringIO(b"".join(svar).decode("utf-8-sig")), delimiter=";"))
    assert rader[0] == ["Nummer", "Tid", "Hvem", "På vegne av", "Hva", "Gjelder", "Endringer"]
    assert rader[1][1:6] == ["02.03.2026 09.00.00", "Kari Lunde", "", "Skrev merknad på saken", "2026/101"]
    assert not [celle for rad in rader for celle in rad if celle[:1] in "=+-@" and celle]


# --- Lists ------------------------------------------------------------------------------------------------------------


@pytest.mark.krav("R-7.1.8")
def test_foedselsnummer_of_a_party_is_masked_and_shown_on_demand_with_a_row_in_the_log(kommune_a):
    k, nummer = kommune_a, FNR
    part = legg_til_sakspart(k.sak(101), type_="person", navn="Ola Nordmann", foedselsnummer=nummer, av=k["sb.kari"])
    adresse = url("sak-part-foedselsnummer", 101, part.pk)
    kari, gry = k.klient("sb.kari"), k.klient("les.gry")
    liste = kari.get(url("sak-parter")).content.decode()
    assert (f"{FNR[:6]} *****" in liste, nummer in liste, FNR[6:] in liste, adresse in liste) == (
        True,
        False,
        False,
        True,
    )
    assert FNR[:6] not in gry.get(url("sak-parter")).content.decode()
    assert FNR[6:] not in kari.get(adresse).content.decode()
    vist = Hendelse.objects.filter(handling="sak.vise_foedselsnummer")
    assert (gry.get(adresse).status_code, gry.post(adresse).status_code, vist.count()) == (403, 403, 0)
    svar = kari.post(adresse)
    assert (f"{FNR[:6]} {FNR[6:]}" in svar.content.decode(), svar["Cache-Control"]) == (True, "no-store")
    (rad,) = vist
    assert (rad.aktoer, rad.lesing, rad.detaljer) == (k["sb.kari"], True, {"sakspart": "Ola Nordmann"})
    uten = legg_til_sakspart(k.sak(101), type_="person", navn="Kari Nordmann", av=k["sb.kari"])
    assert kari.post(url("sak-part-foedselsnummer", 101, uten.pk)).status_code == 409


@pytest.mark.krav("R-7.1.8")
def test_processing_record_lists_purpose_categories_and_retention(kommune_a):
    svar = kommune_a.klient("adm.root").get("/rapporter/behandlingsprotokoll.csv")
    for behandling in ("Krav om innsyn", "Ekspedering"):
        assert f";{behandling};" in svar.content.decode()
    rader = list(csv.DictReader(io.StringIO(svar.content.decode("utf-8-sig")), delimiter=";"))
    assert {"behandling", "formål", "registrerte", "opplysninger", "lagringstid", "rettslig grunnlag"} <= set(rader[0])
    assert [rad["behandling"] for rad in rader if not all(rad.values())] == []
    assert "Saksparter" in [rad["behandling"] for rad in rader]
    assert kommune_a.klient("sb.kari").get("/rapporter/behandlingsprotokoll.csv").status_code == 403


@pytest.mark.krav("R-10.3.2.2b", "R-10.6.2.2")
def test_mine_saker_are_open_ones_and_closed_ones_when_asked(kommune_a):
    kari, eva = kommune_a.klient("sb.kari"), kommune_a.klient("ark.eva")
    kari.post(reverse("sak-ny"), _nysak(kari))
    for act in ("sak-kontroll", "sak-avslutning"):
        assert eva.post(url(act, 105)).status_code == 303
    assert kommune_a.sak(105).status == Saksstatus.AVSLUTTET

    def mine(klient, adresse):
        html = klient.get(adresse).content.decode()
        del_ = re.search(r'aria-labelledby="mine-tittel".*?</section>', html, re.DOTALL)[0]
        return re.findall(r'<td class="snr">([^<]+)', del_)

    kurven = kari.get("/lister/mine-saker/")
    assert [rad.nummer for gruppe in kurven.context["rader"] for rad in gruppe["rader"]] == ["2026/101"]
    avsluttede = re.search(r'<a class="liten" href="([^"]+)">Vis avsluttede</a>', kurven.content.decode())[1]
    assert mine(kari, reverse("saker")) == ["2026/101"]
    assert mine(kari, avsluttede) == ["2026/105", "2026/101"]
    assert mine(kommune_a.klient("sb.ola"), avsluttede) == []


def test_saker_lists_the_units_cases_without_what_the_reader_may_not_see(kommune_a):
    svar = kommune_a.klient("sb.ola").get(reverse("saker")).content.decode()
    assert sorted(set(re.findall(r'<td class="snr">([^<]+)', svar))) == ["2026/101", "2026/104"]
    svar = kommune_a.klient("ms.lise").get(reverse("saker")).content.decode()
    assert "2026/103" not in svar
    assert "2026/103" in kommune_a.klient("pers.mia").get(reverse("saker")).content.decode()


# --- «Ny sak» ---------------------------------------------------------------------------------------------------------


def _nysak(klient, **felter):
    html = klient.get(reverse("sak-ny")).content.decode()

    def valgt(navn):
        boks = re.search(rf'<select name="{navn}".*?</select>', html, re.DOTALL)[0]
        treff = re.search(r'value="(\d+)" selected', boks)
        return treff[1] if treff else ""

    return {
        "system_id": re.search(r'name="system_id" value="([^"]+)"', html)[1],
        "tittel": "Ny lekeplass i Strandveien",
        "arkivdel": valgt("arkivdel"),
        "enhet": valgt("enhet"),
        "klasse": "L42",
    } | felter


@pytest.mark.krav("R-6.1.R", "R-10.3.1.2a")
def test_ny_sak_is_reserved_with_the_writer_as_saksansvarlig(kommune_a):
    kari = kommune_a.klient("sb.kari")
    svar = kari.post(reverse("sak-ny"), _nysak(kari, eiendom="12/118"))
    assert (svar.status_code, svar["Location"]) == (303, url("sak", 105))
    sak = kommune_a.sak(105)
    assert (sak.status, sak.saksansvarlig, sak.enhet) == ("R", kommune_a["sb.kari"], kommune_a.enhet("TEK"))
    assert [k.klasse.klasse_id for k in sak.klasseringer.order_by("rekkefoelge")] == ["L42", "12/118"]
    assert "Gnr. 12 bnr. 118" in kari.get(url("sak", 105)).content.decode()


def test_ny_sak_by_the_archive_is_b_with_the_chosen_saksansvarlig(kommune_a):
    eva = kommune_a.klient("ark.eva")
    data = _nysak(eva, saksansvarlig="Ola Vik", enhet=str(kommune_a.enhet("TEK").pk))
    assert eva.post(reverse("sak-ny"), data | {"saksansvarlig": "Ingen Slik"}).status_code == 422
    assert eva.post(reverse("sak-ny"), data).status_code == 303
    sak = kommune_a.sak(105)
    assert (sak.status, sak.saksansvarlig) == ("B", kommune_a["sb.ola"])


def test_ny_sak_ignores_a_saksansvarlig_that_a_case_worker_smuggles_in(kommune_a):
    kari = kommune_a.klient("sb.kari")
    kari.post(reverse("sak-ny"), _nysak(kari, saksansvarlig="sb.ola"))
    assert kommune_a.sak(105).saksansvarlig == kommune_a["sb.kari"]


def test_ny_sak_twice_from_one_form_is_one_case(kommune_a):
    kari = kommune_a.klient("sb.kari")
    data = _nysak(kari)
    svar = [kari.post(reverse("sak-ny"), data)["Location"] for _ in range(2)]
    assert svar == [url("sak", 105)] * 2
    assert Sak.objects.filter(tittel=data["tittel"]).count() == 1


@pytest.mark.krav("R-10.3.1.2b")
def test_ny_sak_that_is_cancelled_or_refused_takes_no_number(kommune_a):
    kari = kommune_a.klient("sb.kari")
    kari.get(reverse("sak-ny"))
    svar = kari.post(reverse("sak-ny"), _nysak(kari, tittel=""))
    assert svar.status_code == 422
    assert feil(svar) == ["Fyll ut «Tittel»."]
    assert kari.post(reverse("sak-ny"), _nysak(kari, eiendom="tolv")).status_code == 422
    assert kari.post(reverse("sak-ny"), _nysak(kari))["Location"] == url("sak", 105)


def test_ny_sak_asks_for_the_code_in_archive_parts_that_are_not_published(kommune_a):
    mia = kommune_a.klient("pers.mia")
    pers = str(kommune_a.sak(103).arkivdel_id)
    grad = skjerming("P", "13-fvl1")
    data = _nysak(mia, arkivdel=pers, tittel="Personalmappe")
    svar = mia.post(reverse("sak-ny"), data)
    assert feil(svar) == ["Velg noe under «Tilgangskode»."]
    koder = {"tilgangskode": grad.kode.pk, "avskjermingskode": grad.avskjerming.pk}
    svar = mia.post(reverse("sak-ny"), data | koder)
    assert svar.status_code == 422
    assert feil(svar) == ["Hjemmel mangler. Velg bestemmelsen som gir grunnlag for unntaket (offl. § 31)."]
    assert mia.post(reverse("sak-ny"), data | koder | {"hjemmel": grad.hjemmel.pk}).status_code == 303
    assert kommune_a.sak(105).tilgangskode == grad.kode
    assert kommune_a.klient("sb.kari").get(url("sak", 105)).status_code == 404


def test_ny_sak_takes_no_code_elsewhere(kommune_a):
    kari = kommune_a.klient("sb.kari")
    assert 'name="tilgangskode"' not in kari.get(reverse("sak-ny")).content.decode()
    kari.post(reverse("sak-ny"), _nysak(kari, tilgangskode=skjerming("U", "14").kode.pk))
    assert kommune_a.sak(105).tilgangskode is None
    felter = kari.get(reverse("sak-ny-skjerming"), {"arkivdel": kommune_a.sak(103).arkivdel_id}, HTTP_HX_REQUEST="true")
    assert 'name="tilgangskode"' in felter.content.decode()


@pytest.mark.krav("R-10.3.1.1")
@pytest.mark.parametrize(
    ("sok", "funnet"),
    [
        ({"tittel": "skjenkebevilling kroa"}, ["2026/101"]),
        ({"tittel": "Politiet Fjordvik"}, ["2026/101"]),
        ({"tittel": "Noe helt annet"}, []),
        ({"tittel": "", "eiendom": "41/7"}, ["2026/104"]),
        ({"tittel": "", "eiendom": "41/70"}, []),
        ({"tittel": "Oppfølging sykefravær Hemmelig"}, []),
    ],
)
def test_dubletter_are_found_by_title_party_and_property(kommune_a, sok, funnet):
    kommune_a.klient("ark.eva").post(url("sak-klassering", 104), {"klasse": "M30", "eiendom": "gnr. 41 bnr. 7"})
    svar = kommune_a.klient("sb.ola").get(reverse("sak-ny-dubletter"), sok, HTTP_HX_REQUEST="true")
    assert re.findall(r'class="snr">([^<]+)', svar.content.decode()) == funnet


def test_dubletter_show_a_coded_case_to_those_who_may_see_it(kommune_a):
    sok = {"tittel": "Oppfølging sykefravær Hemmelig"}
    svar = kommune_a.klient("pers.mia").get(reverse("sak-ny-dubletter"), sok, HTTP_HX_REQUEST="true")
    assert re.findall(r'class="snr">([^<]+)', svar.content.decode()) == ["2026/103"]


def test_forslag_give_ordningsverdier_and_people(kommune_a):
    kari = kommune_a.klient("sb.kari")
    svar = kari.get(reverse("klasse-forslag"), {"q": "u6"}).json()["forslag"]
    assert [f["tekst"] for f in svar] == [
        "U6 Handel og servering",
        "U62 Handel",
        "U63 Serverings- og skjenkebevilling",
    ]
    svar = kari.get(reverse("person-forslag"), {"q": "ola"}).json()["forslag"]
    assert [(f["tekst"], f["under"]) for f in svar] == [("Ola Vik", "Teknisk · Saksbehandler")]
    assert kari.get(reverse("person-forslag"), {"q": ""}).json() == {"forslag": []}


def test_granted_reader_sees_the_coded_case(kommune_a):
    sak = kommune_a.sak(103)
    gi_rettighet(sak, kommune_a["sb.ola"], "lese", av=kommune_a["pers.mia"])
    assert kommune_a.klient("sb.ola").get(url("sak", 103)).status_code == 200
    assert kommune_a.klient("sb.kari").get(url("sak", 103)).status_code == 404
