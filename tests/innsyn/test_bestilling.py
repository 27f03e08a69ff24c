"""Asking for access on the public site: no log-in, cookie or script; and the own page afterwards (krav R-11.1)."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client, override_settings
from lxml import html

from saksgang.innsynskrav.commands import avgjoer_klage, avslutt_uten_svar, svar_paa_krav, vurder
from saksgang.innsynskrav.models import Innsynskrav
from saksgang.innsynskrav.queries import linjer, noekkel_for
from saksgang.logg.models import Hendelse
from tests.innsynskrav.krav import avslaa, gradert, krav_om
from tests.tilstand import foreslaatt, inngaaende, kodet

SIDE = "/innsyn/bestilling/"
SKJEMA = "application/x-www-form-urlencoded"


def send(klient, **felter):
    return klient.post(SIDE, urlencode(felter, doseq=True), content_type=SKJEMA)


def ref(jp):
    return f"{jp.sak.aar}-{jp.sak.sekvens}-{jp.journalpostnummer}"


def lenker(svar):
    return html.fromstring(svar.content.decode()).xpath("//a/@href")


@pytest.mark.krav("R-11.1")
def test_the_public_orders_a_graded_entry_and_the_archive_answers_with_hjemmel_and_appeal(kommune_a):
    k = kommune_a
    jp = gradert(k, "U")
    publikum = Client(enforce_csrf_checks=True)
    oppfoering = publikum.get(f"/innsyn/sak/2026/101/{jp.journalpostnummer}/")
    (bestill,) = [adresse for adresse in lenker(oppfoering) if f"d={ref(jp)}" in adresse]
    kurv = publikum.get(bestill)
    assert f'name="d" value="{ref(jp)}"' in kurv.content.decode()
    svar = send(publikum, d=ref(jp), epost="avisa@example.no", tekst="Brevet, takk")
    assert (svar.status_code, publikum.cookies) == (303, {})
    krav = Innsynskrav.objects.get()
    (rad,) = k.klient("ark.eva").get("/lister/innsynskrav/", headers={"accept": "application/json"}).json()["rader"]
    assert (rad["tittel"], rad["frist"], rad["nummer"]) == (f"Innsyn i {jp}", "2026-03-09", "IK 2026/1")
    avslaa(k, krav)
    side = publikum.get(svar.url.partition("?")[0]).content.decode()
    assert "Avslag" in side
    assert "Offl. § 14 første ledd" in side
    assert "Send klage" in side
    assert "23.03.2026" in side


def test_the_basket_goes_along_in_every_link_and_loses_what_is_taken_out(kommune_a):
    k = kommune_a
    klient = k.offentlig()
    forside = klient.get("/innsyn/?d=2026-101-1")
    sti = [
        adresse
        for adresse in lenker(forside)
        if adresse.startswith("/innsyn/") and not adresse.startswith("/innsyn/fil/")
    ]
    assert [a for a in sti if "d=2026-101-1" not in a and not re.search(r"\.(json|csv|rss)", a)] == []
    assert any("d=2026-101-2&d=2026-101-1" in a for a in sti)
    assert "1 journalpost i kurven" in forside.content.decode()
    assert 'name="d" value="2026-101-1"' in forside.content.decode()  # the search takes it along too
    to = klient.get(f"{SIDE}?d=2026-101-1&d=2026-101-2&q=støy")
    assert "/innsyn/bestilling/?d=2026-101-1&d=2026-101-2&d=2026-104-1" in lenker(to)  # found by the search
    assert {"/innsyn/bestilling/?d=2026-101-1", "/innsyn/bestilling/?d=2026-101-2"} <= set(lenker(to))


def test_a_hidden_entry_in_the_basket_reads_as_one_that_never_was(kommune_a):
    k = kommune_a
    skjulte = [
        k.jp(103, 1),
        k.jp(101, 4),
        inngaaende(k, k.sak(101), "M", tittel="Zqskjultqz"),
        kodet(k, inngaaende(k, k.sak(101), "J", tittel="Zqskjultqz"), "XX"),
        foreslaatt(k, inngaaende(k, k.sak(101), "J", tittel="Zqskjultqz"), "U"),
    ]
    klient = k.offentlig()

    def uten_ref(svar, r):
        return svar.status_code, svar.content.decode().replace(r, "@")

    ingen = "2026-999-1"
    for metode in (lambda r: klient.get(f"{SIDE}?d={r}"), lambda r: send(klient, d=r, tekst="Dette")):
        ventet = uten_ref(metode(ingen), ingen)
        for jp in skjulte:
            assert uten_ref(metode(ref(jp)), ref(jp)) == ventet, jp
    assert ventet[0] == 422
    assert not Innsynskrav.objects.exists()


def test_what_was_typed_stays_and_every_error_says_what_to_do(kommune_a):
    klient = kommune_a.offentlig()
    svar = send(klient, d="2026-101-1", navn="Ola", epost="ugyldig", tekst="Om gatelys")
    side = svar.content.decode()
    assert svar.status_code == 422
    for bit in ('value="Ola"', 'value="ugyldig"', "Om gatelys", 'value="2026-101-1"', "navn@eksempel.no"):
        assert bit in side
    tom = send(klient)
    assert (tom.status_code, "Skriv hvilken sak eller hvilke dokumenter" in tom.content.decode()) == (422, True)
    assert send(klient, tekst="x" * 4001).status_code == 422


def test_programs_and_floods_are_kept_out(kommune_a):
    klient = kommune_a.offentlig()
    felle = send(klient, tekst="Kjøp nå", nettsted="https://spam.example")
    assert (felle.status_code, "La dette feltet stå tomt" in felle.content.decode()) == (422, True)
    assert klient.post(SIDE, {"tekst": "Med filer"}).status_code == 422  # multipart is not read
    with override_settings(ACCOUNT_RATE_LIMITS={"innsynskrav": "2/h/ip"}):
        statuser = [send(klient, tekst="Alt om gatelys").status_code for _ in range(3)]
        assert statuser == [303, 303, 429]
        sperret = send(klient, tekst="Skrevet tekst").content.decode()
        assert "Vent en time" in sperret
        assert "Skrevet tekst" in sperret
    assert Innsynskrav.objects.count() == 2


def test_the_own_page_is_kept_from_caches_search_engines_and_others(kommune_a):
    k = kommune_a
    krav = krav_om(k.jp(101, 1), gradert(k, "P", tittel="Zqtittelqz"))
    for linje in linjer(krav):
        if linje.journalpost.tilgangskode is None:
            vurder([linje], "helt", av=k["ark.eva"])
    avslaa(k, krav)
    klient = k.offentlig()
    adresse = f"/innsyn/krav/{noekkel_for(krav.system_id)}/"
    svar = klient.get(adresse)
    assert (svar["Cache-Control"], svar["X-Robots-Tag"], svar["Referrer-Policy"]) == (
        "no-store",
        "noindex",
        "no-referrer",
    )
    side = svar.content.decode()
    assert "Zqtittelqz" not in side
    (fil,) = [a for a in lenker(svar) if "/fil/" in a]
    (brev,) = [a for a in lenker(svar) if "/brev/" in a]
    hentet = klient.get(fil)
    assert b"".join(hentet.streaming_content).startswith("Søknad om skjenkebevilling".encode())
    assert Hendelse.objects.filter(handling="journalpost.hente_innsyn", journalpost_id=k.jp(101, 1).pk).count() == 1
    assert b"".join(klient.get(brev).streaming_content).startswith(b"%PDF")
    annet = noekkel_for(krav_om(k.jp(101, 2)).system_id)
    for andres in (fil, brev):
        feil = andres.replace(noekkel_for(krav.system_id), annet)
        assert klient.get(feil).status_code == 404
        assert klient.get(andres.replace(noekkel_for(krav.system_id), "x" * 43)).status_code == 404
    assert klient.get(f"/innsyn/krav/{annet[:-1]}{'A' if annet[-1] != 'A' else 'B'}/").status_code == 404


def test_the_requester_asks_for_reasons_and_appeals_from_the_own_page(kommune_a):
    k = kommune_a
    krav = krav_om(gradert(k, "U"))
    adresse = f"/innsyn/krav/{noekkel_for(krav.system_id)}/"
    publikum = Client(enforce_csrf_checks=True)
    for hva in ("klage", "begrunnelse"):
        avvist = publikum.post(f"{adresse}{hva}/", "", content_type=SKJEMA)
        assert avvist.status_code == 409, hva
    avslaa(k, krav)
    assert publikum.post(f"{adresse}begrunnelse/", "", content_type=SKJEMA).status_code == 303
    assert publikum.post(f"{adresse}klage/", "tekst=Uenig", content_type=SKJEMA).status_code == 303
    krav.refresh_from_db()
    assert (krav.tilstand, krav.klager.get().tekst) == ("klage", "Uenig")
    assert "Klage til behandling" in publikum.get(adresse).content.decode()
    assert publikum.post(f"{adresse}klage/", "tekst=Igjen", content_type=SKJEMA).status_code == 409
    assert publikum.post(f"/innsyn/krav/{'x' * 43}/klage/", "tekst=Uenig", content_type=SKJEMA).status_code == 404


def test_a_title_that_has_been_hidden_since_is_hidden_on_the_own_page(kommune_a):
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "J", tittel="Zqtittelqz")
    krav = krav_om(jp)
    klient, adresse = k.offentlig(), f"/innsyn/krav/{noekkel_for(krav.system_id)}/"
    assert "Zqtittelqz" in klient.get(adresse).content.decode()
    foreslaatt(k, jp, "U")
    assert "Zqtittelqz" not in klient.get(adresse).content.decode()
    vurder([linjer(krav)[0]], "avslag", hjemmel=gradert(k, "U").hjemmel, merinnsyn="Nei", av=k["ark.eva"])
    svar_paa_krav(krav, av=k["ark.eva"])
    assert "Zqtittelqz" not in klient.get(adresse).content.decode()


def test_a_request_that_was_ended_without_an_answer_says_so_and_may_be_appealed(kommune_a):
    k = kommune_a
    krav = krav_om(k.jp(101, 1))
    avslutt_uten_svar(krav, "Zqinterngrunn", av=k["ark.eva"])
    side = f"/innsyn/krav/{noekkel_for(krav.system_id)}/"
    klient = k.offentlig()
    vist = klient.get(side).content.decode()
    assert "Kravet er avsluttet uten svar." in vist
    assert "Zqinterngrunn" not in vist
    svar = klient.post(f"{side}klage/", urlencode({"tekst": "Jeg har ikke trukket kravet."}), content_type=SKJEMA)
    assert svar.status_code == 303
    vist = klient.get(side).content.decode()
    assert "Klagen er mottatt 02.03.2026." in vist
    assert "avsluttet uten svar" not in vist
    avgjoer_klage(krav, "omgjort", "Zqmerknad", av=k["ark.eva"])
    krav.refresh_from_db()
    assert (krav.tilstand, krav.noekkel_til) == ("mottatt", None)
    vist = klient.get(side).content.decode()
    assert "Kommunen gjorde om avslaget 02.03.2026." in vist
    assert "Zqmerknad" not in vist
