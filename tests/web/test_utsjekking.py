"""«Sjekk ut», «Sjekk inn», «Angre utsjekking» and «Bryt utsjekking» in the list of documents and on the page."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from saksgang.flyt.commands import send_til_godkjenning
from saksgang.lager.commands import lagre_fil
from saksgang.sakarkiv.commands.dokument import Vedlagt
from saksgang.web.adresser import godkjenning_url
from tests.lager import innhold
from tests.tilstand import egen
from tests.webdav import Word, uten_tjener

from .test_journalpost import HTMX, handling, side, tekst

SJEKKET_UT_AV_KARI = "Sjekket ut av Kari Lunde siden 02.03.2026 09.00"


def vei(dokument, navn):
    return f"/journalposter/dokumenter/{dokument.pk}/{navn}/"


@pytest.fixture
def brev(kommune_a):
    jp = egen(kommune_a, kommune_a.sak(101), "U", "R")
    return kommune_a, jp, jp.dokumenter.get()


def test_out_and_in_again_by_plain_forms(brev):
    k, jp, dokument = brev
    kari = k.klient("sb.kari")
    assert f'formaction="{vei(dokument, "utsjekking")}"' in kari.get(handling(jp, "dokumenter")).content.decode()
    svar = kari.post(vei(dokument, "utsjekking"))
    assert (svar.status_code, svar["Location"]) == (303, handling(jp, "dokumenter"))
    lista = kari.get(handling(jp, "dokumenter"))
    assert "Sjekket ut av deg siden 02.03.2026 09.00" in tekst(lista)
    assert "Last ned Sjekk inn Angre utsjekking" in tekst(lista)
    assert "Ny versjon" not in tekst(lista)
    assert kari.post(vei(dokument, "innsjekking"), {}).status_code == 422
    ny = {"fil": SimpleUploadedFile("svar.txt", b"Endret\n")}
    assert kari.post(vei(dokument, "innsjekking"), ny).status_code == 303
    lista = tekst(kari.get(handling(jp, "dokumenter")))
    assert "sjekket inn med ny versjon" in lista
    assert "Versjon 2" in lista
    assert "Sjekk ut" in lista


def test_who_has_it_is_said_to_all_who_see_it_and_only_leader_and_archive_may_break_it(brev):
    k, jp, dokument = brev
    k.klient("sb.kari").post(vei(dokument, "utsjekking"))
    for hvem in ("led.anne", "ark.eva"):
        klient = k.klient(hvem)
        assert SJEKKET_UT_AV_KARI in tekst(klient.get(side(jp)))
        lista = tekst(klient.get(handling(jp, "dokumenter")))
        assert SJEKKET_UT_AV_KARI in lista
        assert "Bryt utsjekking" in lista
        assert "Sjekk inn" not in lista
        assert klient.post(vei(dokument, "utsjekking/brudd"), {}).status_code == 422
    svar = k.klient("led.anne").post(vei(dokument, "utsjekking"))
    assert (svar.status_code, "er sjekket ut av Kari Lunde" in tekst(svar)) == (409, True)
    svar = k.klient("led.anne").post(vei(dokument, "utsjekking/angring"))
    assert (svar.status_code, "er sjekket ut av Kari Lunde" in tekst(svar)) == (409, True)
    assert k.klient("sb.kari").post(vei(dokument, "utsjekking/brudd"), {"begrunnelse": "Min"}).status_code == 403
    assert k.klient("les.gry").get(vei(dokument, "utsjekking/angring")).status_code == 404
    svar = k.klient("ark.eva").post(vei(dokument, "utsjekking/brudd"), {"begrunnelse": "Kari er syk"})
    assert svar.status_code == 303
    assert "Sjekket ut" not in tekst(k.klient("sb.kari").get(handling(jp, "dokumenter")))
    assert "Begrunnelse: Kari er syk" in tekst(k.klient("sb.kari").get(handling(jp, "historikk")))


def test_refusal_of_htmx_is_said_above_the_page_and_success_shows_the_list_anew(brev):
    k, jp, dokument = brev
    svar = k.klient("sb.kari").post(vei(dokument, "utsjekking"), headers=HTMX)
    assert (svar.status_code, svar["HX-Redirect"]) == (204, handling(jp, "dokumenter"))
    svar = k.klient("sb.kari").post(vei(dokument, "utsjekking"), headers=HTMX)
    assert (svar.status_code, "Du har sjekket ut «Svar om gatelys»" in tekst(svar)) == (409, True)


def test_giving_up_leaves_the_document_as_it_was(brev):
    k, jp, dokument = brev
    kari = k.klient("sb.kari")
    kari.post(vei(dokument, "utsjekking"))
    assert "Angre utsjekking av «Svar om gatelys»" in tekst(kari.get(vei(dokument, "utsjekking/angring")))
    assert kari.post(vei(dokument, "utsjekking/angring")).status_code == 303
    assert dokument.versjoner.count() == 1
    assert kari.post(vei(dokument, "innsjekking"), {"fil": SimpleUploadedFile("a.txt", b"A\n")}).status_code == 409


@pytest.mark.parametrize(
    ("filnavn", "bytes_", "program"),
    [("svar.docx", innhold.word(), "ms-word"), ("kart.odt", innhold.odf(), "ms-word")],
)
def test_rediger_gives_links_for_the_programs_that_open_the_document(kommune_a, filnavn, bytes_, program):
    k = kommune_a
    vedlagt = Vedlagt(lagre_fil(bytes_, filnavn=filnavn), filnavn)
    dokument = egen(k, k.sak(101), "U", "R", dokumenter=[vedlagt]).dokumenter.get()
    kari = k.klient("sb.kari")
    assert vei(dokument, "redigering") in kari.get(handling(dokument.journalpost, "dokumenter")).content.decode()
    svar = kari.post(vei(dokument, "redigering"), headers=HTMX)
    assert (svar.status_code, svar["Cache-Control"]) == (200, "no-store")
    lenker = {
        ordning: unescape(adresse)
        for ordning, adresse in re.findall(r'href="([a-z.-]+):ofe\|u\|([^"]+)"', svar.content.decode())
    }
    assert set(lenker) == {program, "vnd.libreoffice.command"}
    adresse = lenker[program]
    assert adresse.startswith("http://testserver/dav/")
    with uten_tjener() as http:
        p = Word(http, adresse)
        p.aapne()
        assert p.innhold == bytes_
    lista = tekst(kari.get(handling(dokument.journalpost, "dokumenter")))
    assert "Åpent i Word eller LibreOffice hos deg siden 02.03.2026 09.00" in lista
    assert "Angre utsjekking" in lista
    assert "Sjekk inn" not in lista
    svar = kari.post(vei(dokument, "redigering"), headers=HTMX)
    assert (svar.status_code, "Lagre og lukk det der først" in tekst(svar)) == (409, True)


def test_rediger_is_not_offered_for_what_the_programs_do_not_write(brev):
    k, jp, dokument = brev
    kari = k.klient("sb.kari")
    assert vei(dokument, "redigering") not in kari.get(handling(jp, "dokumenter")).content.decode()
    svar = kari.post(vei(dokument, "redigering"))
    assert (svar.status_code, "Velg «Sjekk ut» i stedet" in tekst(svar)) == (409, True)


def test_the_approver_mends_in_word_from_the_page_of_the_approval(kommune_a):
    k = kommune_a
    vedlagt = Vedlagt(lagre_fil(innhold.word(), filnavn="svar.docx"), "svar.docx")
    jp = egen(k, k.sak(101), "U", "R", dokumenter=[vedlagt])
    runde = send_til_godkjenning(jp, k["led.anne"], av=k["sb.kari"])
    rediger = vei(jp.dokumenter.get(), "redigering")
    anne, kari = k.klient("led.anne"), k.klient("sb.kari")
    assert rediger in anne.get(godkjenning_url(runde)).content.decode()
    assert rediger not in kari.get(side(jp)).content.decode()
    assert "ms-word:ofe|u|" in anne.post(rediger, headers=HTMX).content.decode()
    svar = kari.post(rediger, headers=HTMX)
    assert (svar.status_code, "er til godkjenning hos Anne Hauge" in tekst(svar)) == (409, True)
