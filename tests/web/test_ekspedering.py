"""Dispatch in the page: the four clicks' dialog, where each letter stands, the print and the signature."""

import io
import re

import pikepdf
import pytest

from saksgang.produksjon.commands import bestill_skanning, ekspeder
from saksgang.produksjon.commands.epost import send_ventende
from saksgang.produksjon.models import Ekspedering
from saksgang.sakarkiv.models import Journalpost
from tests.lager.innhold import pdf
from tests.produksjon.test_ekspedering import KROA, NABO, brev, valg
from tests.tilstand import egen, kodet

HTMX = {"HX-Request": "true"}


def side(klient, jp):
    return klient.get(f"/saker/2026/101/{jp.journalpostnummer}/").content.decode()


@pytest.mark.krav("R-10.2.2.7", "R-10.3.2.9", "R-9.2.1.1")
def test_ferdigstill_og_ekspeder_asks_once_and_says_f_with_the_badge(kommune_a):
    k = kommune_a
    jp, klient = brev(k, mottakere=[KROA]), k.klient("sb.kari")
    adresse = f"/journalposter/{jp.pk}/ekspedering/"
    assert "Ferdigstill og ekspeder" in side(klient, jp)
    dialog = klient.get(adresse, headers=HTMX).content.decode()
    assert "Bekreft" in dialog and "Ekspederingskode: Kroa AS" in dialog and "offentlighet_vurdert" in dialog
    felt = f"koder-{jp.parter.get(gyldig=True).pk}"
    svar = klient.post(adresse, {felt: ["P"]}, headers=HTMX)
    assert (svar.status_code, Journalpost.objects.get(pk=jp.pk).status) == (409, "R")
    assert "Offentlighet er ikke vurdert" in svar.content.decode()
    svar = klient.post(adresse, {"offentlighet_vurdert": "on"}, headers=HTMX)
    assert svar.status_code == 422 and "mangler ekspederingskode" in svar.content.decode()
    svar = klient.post(adresse, {felt: ["P"], "offentlighet_vurdert": "on"}, headers=HTMX)
    assert (svar.status_code, Journalpost.objects.get(pk=jp.pk).status) == (204, "F")
    tekst = side(klient, jp)
    assert "F Ferdig" in tekst and "Ekspedert 02.03.2026 (Post)" in tekst


def test_only_those_who_may_dispatch_meet_the_choice(kommune_a):
    k = kommune_a
    jp = brev(k, "F", mottakere=[KROA])
    adresse = f"/journalposter/{jp.pk}/ekspedering/"
    assert k.klient("les.gry").get(adresse).status_code == 403
    assert k.klient("les.gry").post(adresse, {}).status_code == 403
    assert "Ekspeder" not in side(k.klient("les.gry"), jp)
    assert k.klient("sb.kari").get(adresse).status_code == 200
    utkast = brev(k, mottakere=[KROA])
    assert k.klient("les.gry").get(f"/journalposter/{utkast.pk}/ekspedering/").status_code == 404
    assert k.klient("les.gry").get(f"/journalposter/{utkast.pk}/utskrift/").status_code == 404


def test_failed_email_stands_on_the_letter_with_a_way_on(kommune_a, smtp):
    k = kommune_a
    jp, klient = brev(k, "F", mottakere=[KROA]), k.klient("sb.kari")
    ekspeder(jp, valg=valg(jp, "E"), av=k["sb.kari"])
    assert "Venter på sending" in side(klient, jp)
    smtp.avvis = "550 Ukjent mottaker"
    send_ventende()
    rad = Ekspedering.objects.get()
    tekst = side(klient, jp)
    assert "550" in tekst and "Prøv igjen" in tekst and "Send på papir i stedet" in tekst
    assert "Prøv igjen" not in side(k.klient("les.gry"), jp)
    assert k.klient("les.gry").post(f"/journalposter/ekspederinger/{rad.pk}/papir/").status_code == 403
    smtp.avvis = None
    assert klient.post(f"/journalposter/ekspederinger/{rad.pk}/igjen/").status_code == 303
    assert (send_ventende(), len(smtp.meldinger)) == (1, 1)
    assert "Ekspedert 02.03.2026 (E-post)" in side(klient, jp)
    assert klient.post(f"/journalposter/ekspederinger/{rad.pk}/igjen/").status_code == 409


def test_letter_to_many_goes_the_same_ways_to_all(kommune_a):
    k = kommune_a
    jp = brev(k, mottakere=[KROA, *[NABO] * 14])
    klient, adresse = k.klient("sb.kari"), f"/journalposter/{jp.pk}/ekspedering/"
    assert "Til alle 15 mottakerne" in klient.get(adresse, headers=HTMX).content.decode()
    svar = klient.post(adresse, {"koder": ["P"], "offentlighet_vurdert": "on"}, headers=HTMX)
    assert svar.status_code == 204
    assert Ekspedering.objects.filter(tilstand="F", kode__kode="P").count() == 15


@pytest.mark.krav("R-8.6")
def test_skriv_ut_gives_one_pdf_in_order_and_the_signature_is_shown(kommune_a):
    k = kommune_a
    jp, klient = brev(k, mottakere=[KROA]), k.klient("sb.kari")
    svar = klient.get(f"/journalposter/{jp.pk}/utskrift/")
    assert (svar.status_code, svar["Content-Type"]) == (200, "application/pdf")
    with pikepdf.open(io.BytesIO(svar.content)) as samlet, pikepdf.open(io.BytesIO(pdf())) as ett:
        assert len(samlet.pages) == 2 * len(ett.pages)
    adresse = f"/journalposter/{jp.pk}/signatur/"
    felter = {"signert_av": f"{k['led.anne'].navn} (led.anne)", "dato": "2026-03-02", "maate": "H"}
    svar = klient.post(adresse, felter | {"dato": "2026-03-03"}, headers=HTMX)
    assert svar.status_code == 422 and "fremtiden" in svar.content.decode()
    assert klient.post(adresse, felter, headers=HTMX).status_code == 204
    assert "Signert" in side(klient, jp) and "håndskrevet" in side(klient, jp)


def test_skriv_ut_says_what_has_no_pdf_yet(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "F")
    svar = k.klient("sb.kari").get(f"/journalposter/{jp.pk}/utskrift/")
    assert svar.status_code == 409 and "har ingen PDF ennå" in svar.content.decode()


def test_skriv_ut_says_what_never_becomes_pdf_by_itself(kommune_a):
    k = kommune_a
    jp, klient = brev(k), k.klient("sb.kari")
    bestill_skanning(jp, "Avisutklipp", av=k["sb.kari"])
    svar = klient.get(f"/journalposter/{jp.pk}/utskrift/")
    tekst = svar.content.decode()
    assert svar.status_code == 409 and "«Avisutklipp» har ingen fil. Vent til arkivet har skannet det." in tekst
    assert "Den lages nå" not in tekst


@pytest.mark.krav("R-10.4.3")
def test_way_of_dispatch_stands_beside_the_type(kommune_a):
    k = kommune_a
    jp = brev(k, "F", mottakere=[KROA])
    ekspeder(jp, valg=valg(jp, "F"), av=k["sb.kari"])
    tekst = side(k.klient("sb.kari"), jp)
    assert "Ekspedert 02.03.2026 (Telefaks)" in tekst


@pytest.mark.krav("R-10.4.3")
def test_way_of_dispatch_is_searched_for_and_counted_and_tells_nobody_of_what_is_closed(kommune_a):
    k = kommune_a
    faks, post, skjult = (brev(k, "F", mottakere=[KROA], tittel=f"Svar om {hva}") for hva in ("faks", "post", "helse"))
    for jp, kode in ((faks, "F"), (post, "P"), (skjult, "F")):
        ekspeder(jp, valg=valg(jp, kode), av=k["sb.kari"])
    kodet(k, skjult, "P")

    def funnet(hvem, **utvalg):
        svar = k.klient(hvem).get("/soek/", utvalg).content.decode()
        return [str(jp) for jp in (faks, post, skjult) if f'<td class="snr">{jp}</td>' in svar], svar

    assert funnet("les.gry", ekspedering="F")[0] == [str(faks)]
    assert funnet("sb.kari", ekspedering="F")[0] == [str(faks), str(skjult)]
    assert funnet("sb.kari", ekspedering="F", q="faks")[0] == [str(faks)]
    assert funnet("sb.kari", ekspedering="P")[0] == [str(post)]
    assert funnet("les.gry", ekspedering="tull")[0] == []
    assert "helse" not in funnet("les.gry", ekspedering="F")[1]
    rapport = "/rapporter/ekspedering/?fra=2026-03-01&til=2026-03-31"
    tall = dict(
        re.findall(
            r">(\w+) [^<]*</a></td><td class=\"tall\">(\d+)</td>", k.klient("ark.eva").get(rapport).content.decode()
        )
    )
    assert (tall["F"], tall["P"]) == ("2", "1")
    tom = k.klient("ark.eva").get("/rapporter/ekspedering/?fra=2026-02-01&til=2026-02-28").content.decode()
    assert "Ingenting er ekspedert i perioden." in tom
    assert k.klient("ark.eva").get("/rapporter/ekspedering/?fra=2026-03-02&til=2026-03-01").status_code == 422
    assert k.klient("sb.kari").get(rapport).status_code == 403
