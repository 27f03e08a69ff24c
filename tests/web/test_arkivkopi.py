"""Archive copy and preview in the page: a draft shown as PDF, and a copy that failed with its ways on."""

from saksgang.lager.commands import lagre_fil
from saksgang.produksjon.commands import ferdigstill
from saksgang.produksjon.models import Arkivkopi
from saksgang.sakarkiv.commands.journalpost import Vedlagt
from saksgang.sakarkiv.models import Dokumentversjon
from tests.jobber import kjoer_jobber
from tests.produksjon.filer import skadet
from tests.tilstand import egen

HTMX = {"HX-Request": "true"}
EPOST = b"From: a@b.no\r\nTo: c@d.no\r\nSubject: Befaring\r\nDate: Mon, 2 Mar 2026 09:00:00 +0100\r\n\r\nVi kommer.\r\n"


def utkast(k, innhold, navn):
    return egen(k, k.sak(101), "U", "R", dokumenter=[Vedlagt(lagre_fil(innhold, filnavn=navn), navn)])


def versjon(jp):
    return Dokumentversjon.objects.get(dokument__journalpost=jp, variantformat="P")


def side(klient, jp):
    return klient.get(f"/saker/2026/101/{jp.journalpostnummer}/").content.decode()


def test_draft_that_a_browser_cannot_show_is_shown_as_pdf_to_those_who_see_it(kommune_a):
    k = kommune_a
    jp, klient = utkast(k, EPOST, "befaring.eml"), k.klient("sb.kari")
    adresse = f"/filer/{versjon(jp).pk}"
    assert "Vis som PDF" in side(klient, jp)
    assert klient.get(f"{adresse}/pdf/").status_code == 404
    svar = klient.post(f"{adresse}/forhaandsvisning/", headers=HTMX)
    assert "Lager PDF" in svar.content.decode() and "every 2s" in svar.content.decode()
    kjoer_jobber()
    assert f"{adresse}/pdf/" in klient.get(f"{adresse}/forhaandsvisning/", headers=HTMX).content.decode()
    assert f"{adresse}/pdf/" in side(klient, jp)
    pdf = klient.get(f"{adresse}/pdf/")
    assert (pdf.status_code, b"".join(pdf.streaming_content)[:5]) == (200, b"%PDF-")
    for metode, hva in (("get", "pdf"), ("get", "forhaandsvisning"), ("post", "forhaandsvisning")):
        assert getattr(k.klient("les.gry"), metode)(f"{adresse}/{hva}/").status_code == 404


def test_failed_archive_copy_says_why_and_is_tried_again_or_kept_by_the_archive(kommune_a):
    k = kommune_a
    jp = utkast(k, skadet(), "brev.docx")
    jp = ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"])
    kjoer_jobber()
    kopi = Arkivkopi.objects.get()
    assert kopi.konvertering.tilstand == "X"
    adresse = f"/filer/{kopi.versjon_id}"
    tekst = side(k.klient("sb.kari"), jp)
    assert "Arkivkopi: feilet" in tekst and "Prøv igjen" in tekst and "Behold originalen" not in tekst
    assert "Prøv igjen" not in side(k.klient("les.gry"), jp)
    assert k.klient("les.gry").post(f"{adresse}/arkivkopi/").status_code == 403
    assert k.klient("sb.kari").post(f"{adresse}/arkivkopi/").status_code == 303
    kjoer_jobber()
    assert k.klient("sb.kari").post(f"{adresse}/original/", {"begrunnelse": "Kan ikke"}).status_code == 403
    ark = k.klient("ark.eva")
    assert "Behold originalen" in side(ark, jp)
    assert ark.post(f"{adresse}/original/", {"begrunnelse": ""}, headers=HTMX).status_code == 422
    assert ark.post(f"{adresse}/original/", {"begrunnelse": "Skadet hos avsender"}, headers=HTMX).status_code == 204
    assert "Originalen er beholdt" in side(ark, jp)
