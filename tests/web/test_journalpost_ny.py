"""Registering new journalposter from the case."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from saksgang.lager.models import Fil
from saksgang.sakarkiv.models import Journalpost
from saksgang.sakarkiv.queries import kurver
from saksgang.tilgang.commands import deaktiver_bruker

from .test_journalpost import HTMX, _kode, side, tekst

UTEN_KODE = {"tilgangskode": "", "hjemmel": "", "avskjermingskode": "", "tilgangsgruppe": ""}


def ny(k, slag, sekvens=101):
    return f"/journalposter/ny/{k.sak(sekvens).pk}/{slag}/"


def fil(navn="brev.txt", innhold="Til Fjordvik kommune\n"):
    return SimpleUploadedFile(navn, innhold.encode())


def brev(k, **felter):
    return {
        "tittel": "Klage på skjenkebevilling",
        "offentlig_tittel": "",
        "part-0-navn": "Naboen AS",
        "dokumentdato": "2026-02-27",
        "mottatt_dato": "2026-03-02",
        "forfallsdato": "",
        "opphav": "",
        "enhet": str(k.enhet("TEK").pk),
        "saksbehandler": "Kari Lunde (sb.kari)",
        "status": "J",
        "forslag_merknad": "",
        **UTEN_KODE,
        **felter,
    }


def siste():
    return Journalpost.objects.select_related("sak", "tilgangskode").order_by("-pk").first()


@pytest.mark.krav("R-5.I", "R-6.2.J.a", "R-6.2.J.c", "R-10.1.1")
def test_archive_registers_with_status_j_preset_and_it_is_in_the_lists_at_once(kommune_a):
    k = kommune_a
    eva = k.klient("ark.eva")
    html = eva.get(ny(k, "inngaaende")).content.decode()
    assert re.findall(r'name="status" value="(\w)"[^>]*checked', html) == ["J"]
    antall = Journalpost.objects.count()
    svar = eva.post(ny(k, "inngaaende"), brev(k, **{"part-0-navn": ""}) | {"fil": fil()})
    assert (svar.status_code, "Avsender mangler." in tekst(svar)) == (422, True)
    assert "Klage på skjenkebevilling" in svar.content.decode()
    assert (Journalpost.objects.count(), Fil.objects.filter(stoerrelse=21).count()) == (antall, 0)
    svar = eva.post(ny(k, "inngaaende"), brev(k) | {"fil": [fil(), fil("tegning.txt", "En tegning\n")]})
    jp = siste()
    assert (svar.status_code, svar["Location"]) == (303, side(jp))
    assert (jp.status, jp.journalsekvens, jp.forfallsdato) == ("J", 5, dt.date(2026, 3, 30))
    dokumenter = jp.dokumenter.order_by("nummer").values_list("nummer", "tilknytning", "tittel")
    assert list(dokumenter) == [(1, "H", "Klage på skjenkebevilling"), (2, "V", "tegning")]
    assert jp in [r.journalpost for r in kurver.innboks(k["sb.kari"])]
    assert jp in [r.journalpost for r in kurver.restanse(k["sb.kari"])]
    postliste = k.offentlig().get("/innsyn/dag/2026-03-02.json").json()["rader"]
    assert [(r["tittel"], r["fra"]) for r in postliste if r["dokumentnummer"] == str(jp)] == [
        ("Klage på skjenkebevilling", ["Naboen AS"])
    ]


@pytest.mark.krav("R-5.0")
@pytest.mark.parametrize(
    ("slag", "type_", "felter"),
    [
        ("inngaaende", "I", {"part-0-navn": "Naboen AS", "dokumentdato": "2026-02-27", "mottatt_dato": "2026-03-02"}),
        ("utgaaende", "U", {"part-0-navn": "Kroa AS"}),
        ("notat", "N", {"interne_mottakere": ["sb.per"]}),
        ("xnotat", "X", {"interne_mottakere": ["sb.per"]}),
        ("sakspapir", "S", {}),
    ],
)
def test_each_type_is_registered_with_its_required_fields_and_names_the_one_that_is_missing(
    kommune_a, slag, type_, felter
):
    k = kommune_a
    kari, antall = k.klient("sb.kari"), Journalpost.objects.count()
    hel = {"tittel": "Uteservering", "saksbehandler": "sb.kari", **UTEN_KODE, **felter}
    ord_ = {
        "tittel": "Fyll ut «Tittel».",
        "part-0-navn": "Avsender mangler.",
        "dokumentdato": "Fyll ut «Dokumentdato».",
        "mottatt_dato": "Fyll ut «Mottatt dato».",
        "interne_mottakere": "Fyll ut «Mottakere».",
    }
    for felt in ("tittel", *felter):
        if (type_, felt) == ("U", "part-0-navn"):
            continue  # a letter out needs its recipient first at F (R-5.U)
        svar = kari.post(ny(k, slag), hel | {felt: ""})
        assert (felt, svar.status_code, ord_[felt] in tekst(svar)) == (felt, 422, True)
    assert Journalpost.objects.count() == antall
    assert kari.post(ny(k, slag), hel).status_code == 303
    assert siste().journalposttype == type_


@pytest.mark.krav("R-5.S.1")
def test_sakspapir_is_registered_and_not_finished_without_a_behandling(kommune_a):
    k = kommune_a
    kari = k.klient("sb.kari")
    data = {"tittel": "Skjenkebevilling", "saksbehandler": "", **UTEN_KODE, "fil": fil()}
    assert kari.post(ny(k, "sakspapir"), data).status_code == 303
    jp = siste()
    svar = kari.post(f"/journalposter/{jp.pk}/ferdigstilling/", {"offentlighet_vurdert": "on"})
    setning = "Sakspapiret er ikke knyttet til en behandling i utvalg eller fullmaktsorgan."
    assert (svar.status_code, setning in tekst(svar)) == (409, True)
    assert siste().status == "R"


def test_j_without_a_main_document_is_refused_and_m_is_not(kommune_a):
    k = kommune_a
    eva = k.klient("ark.eva")
    svar = eva.post(ny(k, "inngaaende"), brev(k))
    assert (svar.status_code, "Hoveddokument mangler." in tekst(svar)) == (422, True)
    assert eva.post(ny(k, "inngaaende"), brev(k, status="M")).status_code == 303
    assert siste().status == "M"


@pytest.mark.krav("R-9.1.1", "R-6.2.J.d")
def test_agreement_presets_the_case_worker_and_archive_may_deviate(kommune_a):
    k = kommune_a
    eva = k.klient("ark.eva")
    svar = eva.get(ny(k, "inngaaende"))
    assert 'name="saksbehandler" value="Ola Vik (sb.ola)"' in svar.content.decode()
    assert "Fordelingsavtale for Teknisk: ordningsverdi U63" in tekst(svar)
    i_kultur = eva.get(f"/journalposter/fordelingsforslag/{k.sak(101).pk}/", {"enhet": k.enhet("KULT").pk})
    assert "Fordelingsavtale" not in tekst(i_kultur)
    assert "sb.ola" not in i_kultur.content.decode()
    forvalgt = brev(k, saksbehandler="Ola Vik (sb.ola)")
    assert eva.post(ny(k, "inngaaende"), forvalgt | {"fil": fil()}).status_code == 303
    etter_avtalen = siste()
    assert etter_avtalen in [r.journalpost for r in kurver.innboks(k["sb.ola"])]
    assert [r.journalpost for r in kurver.til_fordeling(k["led.anne"])] == [k.jp(104, 1)]
    ellers = eva.get(ny(k, "inngaaende", 104))
    assert "annen post går til lederen, i «Til fordeling»." in tekst(ellers)
    assert re.findall(r'name="saksbehandler"( value="[^"]*")?', ellers.content.decode()) == [""]
    assert eva.post(ny(k, "inngaaende", 104), brev(k, saksbehandler="") | {"fil": fil()}).status_code == 303
    uten_avtale = siste()
    assert eva.post(ny(k, "inngaaende"), brev(k, saksbehandler="") | {"fil": fil()}).status_code == 303
    avvik = siste()
    assert [r.journalpost for r in kurver.til_fordeling(k["led.anne"])] == [k.jp(104, 1), uten_avtale, avvik]
    assert [jp.saksbehandler for jp in (etter_avtalen, uten_avtale, avvik)] == [k["sb.ola"], None, None]


@pytest.mark.krav("R-6.2.S", "R-8.2")
def test_case_worker_registers_with_status_s_whatever_is_sent(kommune_a):
    k = kommune_a
    kari = k.klient("sb.kari")
    assert 'name="status"' not in kari.get(ny(k, "inngaaende")).content.decode()
    assert kari.post(ny(k, "inngaaende"), brev(k) | {"fil": fil()}).status_code == 303
    jp = siste()
    assert (jp.status, jp.saksbehandler, jp.journalsekvens) == ("S", k["sb.kari"], None)
    assert jp in list(kurver.til_journalfoering(k["ark.eva"]))


@pytest.mark.krav("R-8.2")
def test_what_a_case_worker_registers_or_finishes_is_found_by_others_at_once_unless_graded(kommune_a):
    k = kommune_a
    kari = k.klient("sb.kari")

    def funnet(hvem):
        svar = tekst(k.klient(hvem).get("/soek/", {"q": "kaianlegg"}))
        return re.findall(r"2026/101-\d", svar), re.findall(r"(\d+) treff|Ingen (treff)", svar)[0]

    grad = {n: v for n, v in _kode("U", "14").items() if n != "merknad"}
    svar = kari.post(ny(k, "inngaaende"), brev(k, tittel="Gradert om kaianlegg", **grad) | {"fil": fil()})
    assert (svar.status_code, siste().status) == (303, "S")
    assert (funnet("les.gry"), funnet("sb.kari")) == (([], ("", "treff")), (["2026/101-6"], ("1", "")))
    epost = re.search(r'<option value="(\d+)">EPOST', kari.get(ny(k, "inngaaende")).content.decode())[1]
    felter = brev(k, tittel="E-post om kaianlegg", opphav=epost)
    assert kari.post(ny(k, "inngaaende"), felter | {"fil": fil()}).status_code == 303
    assert (siste().status, str(siste().opphav), funnet("les.gry")) == (
        "S",
        "EPOST E-post",
        (["2026/101-7"], ("1", "")),
    )
    eget = {"tittel": "Svar om kaianlegg", "part-0-navn": "Naboen AS", "saksbehandler": "sb.kari", "dokumentdato": "",
            "offentlig_tittel": "", **UTEN_KODE}  # fmt: skip
    assert kari.post(ny(k, "utgaaende"), eget | {"fil": fil()}).status_code == 303
    assert funnet("les.gry") == (["2026/101-7"], ("1", ""))
    ferdig = kari.post(f"/journalposter/{siste().pk}/ferdigstilling/", {"offentlighet_vurdert": "on"})
    assert (ferdig.status_code, funnet("les.gry")) == (303, (["2026/101-8", "2026/101-7"], ("2", "")))


@pytest.mark.krav("R-7.1.1.d", "R-9.2.1.2", "A-08")
def test_archive_proposes_a_code_or_xx_in_the_same_act(kommune_a):
    k = kommune_a
    eva = k.klient("ark.eva")
    felter = brev(k, forslag_merknad="Helse") | {n: v for n, v in _kode("U", "14").items() if n != "merknad"}
    assert eva.post(ny(k, "inngaaende"), felter | {"fil": fil()}).status_code == 303
    jp = siste()
    assert (jp.status, jp.tilgangskode, jp.forslag_sperrer, jp.ferdig_i_arkivet_av) == ("M", None, True, k["ark.eva"])
    xx = re.search(r'<option value="(\d+)">XX', eva.get(ny(k, "inngaaende")).content.decode())[1]
    assert eva.post(ny(k, "inngaaende"), brev(k, tilgangskode=xx) | {"fil": fil()}).status_code == 303
    assert (siste().status, siste().tilgangskode.kode) == ("M", "XX")
    assert "XX – Midlertidig" not in k.klient("sb.kari").get(ny(k, "inngaaende")).content.decode()


@pytest.mark.krav("R-5.U", "R-6.2.R")
def test_outgoing_takes_several_recipients_and_stays_reserved(kommune_a):
    k = kommune_a
    data = {
        "tittel": "Vedtak om skjenkebevilling",
        "part-0-navn": "Kroa AS",
        "part-0-organisasjonsnummer": "910075918",
        "part-1-navn": "Politiet i Fjordvik",
        "part-1-kopi": "on",
        "part-2-navn": "",
        "dokumentdato": "2026-03-02",
        "saksbehandler": "sb.kari",
        "kopier": ["sb.ola"],
        "offentlig_tittel": "",
        **UTEN_KODE,
    }
    assert k.klient("sb.kari").post(ny(k, "utgaaende"), data | {"fil": fil("vedtak.txt")}).status_code == 303
    jp = siste()
    assert (jp.journalposttype, jp.status, jp.partsnavn) == ("U", "R", "Kroa AS og Politiet i Fjordvik")
    assert list(jp.parter.order_by("rekkefoelge").values_list("navn", "type")) == [
        ("Kroa AS", "EM"), ("Politiet i Fjordvik", "EK"),
    ]  # fmt: skip
    assert list(jp.kopier.values_list("bruker__brukernavn", "levert")) == [("sb.ola", False)]
    assert k.klient("sb.ola").get(side(jp)).status_code == 404
    assert k.klient("sb.ola").get(ny(k, "utgaaende", 104)).status_code == 403


@pytest.mark.krav("R-5.N.1", "R-5.X.2", "R-10.6.1.3", "R-10.6.1.8")
def test_notes_go_to_users_and_units_only(kommune_a):
    k = kommune_a
    per = k.klient("sb.per")
    valg = per.get("/saker/2026/102/").content.decode()
    for ordet in ("Nytt internt notat med oppfølging (N)", "Nytt internt notat (X)"):
        assert ordet in valg
    felles = {"tittel": "Ber om innspill", "offentlig_tittel": "", "dokumentdato": "", "saksbehandler": "", **UTEN_KODE}
    deaktiver_bruker(k["sb.ola"], til=dt.date(2026, 3, 1), av=k["adm.root"])
    for slag in ("notat", "xnotat"):
        for mottaker in ("post@firma.no", "Ukjent Person", "sb.ola", "pol.tor"):
            svar = per.post(ny(k, slag, 102), felles | {"interne_mottakere": [mottaker]})
            assert (svar.status_code, "Mottaker må være bruker i systemet" in tekst(svar)) == (422, True), mottaker
    assert k.sak(102).siste_dokumentnummer == 1
    mottakere = ["Kari Lunde (sb.kari)", "Enhet: Teknisk (TEK)"]
    for slag, type_, lister in (("notat", "N", (1, 1)), ("xnotat", "X", (1, 0))):
        data = felles | {"interne_mottakere": mottakere, "forfallsdato": "", "fil": fil()}
        assert per.post(ny(k, slag, 102), data).status_code == 303
        jp = siste()
        assert (jp.journalposttype, jp.status) == (type_, "R")
        hos_kari = [
            [r.journalpost for r in liste(k["sb.kari"])].count(jp) for liste in (kurver.innboks, kurver.restanse)
        ]
        assert hos_kari == [0, 0]
        ferdig = per.post(f"/journalposter/{jp.pk}/ferdigstilling/", {"offentlighet_vurdert": "on"})
        assert ferdig.status_code == 303
        hos_kari = [
            [r.journalpost for r in liste(k["sb.kari"])].count(jp) for liste in (kurver.innboks, kurver.restanse)
        ]
        assert tuple(hos_kari) == lister
        assert jp in [r.journalpost for r in kurver.til_fordeling(k["led.anne"])]


@pytest.mark.krav("R-7.1.1.a", "A-36")
def test_code_of_the_case_is_preselected_and_can_be_removed(kommune_a):
    k = kommune_a
    klient = k.klient("pers.mia")

    def valgt(svar):
        return re.findall(r'<option value="\d+" selected>([A-Z]+) –', svar.content.decode())

    assert valgt(k.klient("sb.kari").get(ny(k, "utgaaende"))) == []
    assert valgt(klient.get(ny(k, "utgaaende", 103))) == ["P"]
    data = {"tittel": "Innkalling", "part-0-navn": "NAV", "saksbehandler": "", "dokumentdato": "", **UTEN_KODE}
    assert klient.post(ny(k, "utgaaende", 103), data).status_code == 303
    assert siste().tilgangskode is None
    forhaandsvalgt = _kode("P", "13-fvl1")
    del forhaandsvalgt["merknad"]
    assert klient.post(ny(k, "utgaaende", 103), data | forhaandsvalgt).status_code == 303
    assert siste().tilgangskode.kode == "P"
    ble = k.klient("raad.jon").post(f"/journalposter/{siste().pk}/skjerming/avgjoerelse/", UTEN_KODE | {"merknad": ""})
    assert (ble.status_code, siste().tilgangskode) == (303, None)


@pytest.mark.krav("R-4.5", "R-5.0")
def test_nothing_is_registered_without_a_case_that_one_sees_or_of_an_unknown_kind(kommune_a):
    k = kommune_a
    antall, kari = Journalpost.objects.count(), k.klient("sb.kari")
    for adresse in (ny(k, "inngaaende", 103), "/journalposter/ny/0/inngaaende/", "/journalposter/ny/", ny(k, "q")):
        assert kari.get(adresse).status_code == 404, adresse
        assert kari.post(adresse, brev(k) | {"fil": fil()}).status_code == 404, adresse
    assert Journalpost.objects.count() == antall
    assert kari.post(ny(k, "inngaaende"), brev(k) | {"fil": fil()}).status_code == 303


def test_more_rows_without_script_keeps_what_was_typed(kommune_a):
    k = kommune_a
    data = {"tittel": "Vedtak", "part-0-navn": "Kroa AS", "part-1-navn": "Naboen", "flere": "1", "kopier": ["sb.ola"]}
    antall = Journalpost.objects.count()
    svar = k.klient("sb.kari").post(ny(k, "utgaaende"), data)
    html = svar.content.decode()
    assert (svar.status_code, Journalpost.objects.count()) == (200, antall)
    ventet = ('value="Kroa AS"', 'value="Naboen"', 'value="sb.ola"', "Vedtak</textarea>")
    assert [html.count(v) for v in ventet] == [1, 1, 1, 1]
    assert re.findall(r'name="part-(\d+)-navn"', html) == ["0", "1", "2", "3"]


def test_refused_file_leaves_nothing_and_is_named(kommune_a):
    k = kommune_a
    antall, filer = Journalpost.objects.count(), Fil.objects.count()
    data = brev(k) | {"fil": [fil(), fil("virus.exe")]}
    svar = k.klient("ark.eva").post(ny(k, "inngaaende"), data, headers=HTMX)
    assert (svar.status_code, "«virus.exe» er en .exe-fil og tas ikke imot" in tekst(svar)) == (409, True)
    assert (Journalpost.objects.count(), Fil.objects.count()) == (antall, filer)
