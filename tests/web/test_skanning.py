"""Scanning orders through the pages: ordered by the case worker, carried out by the archive from its basket."""

import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from saksgang.produksjon.models import Skanneordre
from tests.lager.innhold import pdf
from tests.tilstand import egen


def innhold():
    fil = pdf()
    return SimpleUploadedFile("skann.pdf", fil if isinstance(fil, bytes) else fil.read(), "application/pdf")


@pytest.mark.krav("R-8.3")
def test_case_order_goes_from_the_case_through_the_basket_to_the_journalpost(kommune_a):
    k = kommune_a
    kari, eva = k.klient("sb.kari"), k.klient("ark.eva")
    assert "Meld papir til skanning" in kari.get("/saker/2026/101/").content.decode()
    assert kari.post("/saker/2026/101/skanning/", {"beskrivelse": ""}).status_code == 422
    assert kari.post("/saker/2026/101/skanning/", {"beskrivelse": "Avisutklipp"}).status_code == 303
    ordre = Skanneordre.objects.get()
    (rad,) = eva.get("/lister/skanning/", headers={"accept": "application/json"}).json()["rader"]
    assert (rad["nummer"], rad["tittel"], rad["part"]) == ("2026/101", "Avisutklipp", f"Fra {k['sb.kari'].navn}")
    assert kari.get("/lister/skanning/").status_code == 403
    side = f"/skanning/{ordre.pk}/"
    assert "Legg inn skanning" not in kari.get(side).content.decode()
    assert kari.post(side, {"nummer": "1", "fil": innhold()}).status_code == 403
    assert "Legg inn skanning" in eva.get(side).content.decode()
    feil = eva.post(side, {"nummer": "99", "fil": innhold()})
    assert (feil.status_code, "2026/101 har ikke dokument 99. Registrer det først." in feil.content.decode()) == (
        422,
        True,
    )
    assert eva.post(side, {"nummer": "1", "fil": innhold()}).url == "/lister/skanning/"
    assert "Registrert som 2026/101-1" in kari.get(side).content.decode()
    assert eva.get("/lister/skanning/", headers={"accept": "application/json"}).json()["rader"] == []


@pytest.mark.krav("R-10.2.2.4b")
def test_placeholder_is_ordered_filled_sent_on_paper_or_called_off_from_the_documents(kommune_a):
    k = kommune_a
    kari, eva = k.klient("sb.kari"), k.klient("ark.eva")
    jp = egen(k, k.sak(101), "U", "R")
    for navn in ("Kart", "Bilde", "Tegning"):
        assert kari.post(f"/journalposter/{jp.pk}/skanning/", {"beskrivelse": navn}).status_code == 303
    kart, bilde, tegning = Skanneordre.objects.order_by("pk")
    liste = kari.get(f"/journalposter/{jp.pk}/dokumenter/").content.decode()
    assert liste.count('data-color="warning">Til skanning<') == 3
    assert eva.post(f"/skanning/{kart.pk}/", {"fil": innhold()}).status_code == 303
    assert kari.post(f"/skanning/{bilde.pk}/papir/").status_code == 303
    assert kari.post(f"/skanning/{tegning.pk}/avbestilling/", {"begrunnelse": ""}).status_code == 422
    assert kari.post(f"/skanning/{tegning.pk}/avbestilling/", {"begrunnelse": "Finnes på nett"}).status_code == 303
    assert [o.get_tilstand_display() for o in Skanneordre.objects.order_by("pk")] == [
        "Utført",
        "Sendes på papir",
        "Avbrutt",
    ]
    assert "Sendes på papir." in kari.get(f"/saker/2026/101/{jp.journalpostnummer}/?dok=3").content.decode()


def test_forside_bears_number_description_and_code_but_no_title(kommune_a):
    k = kommune_a
    kari = k.klient("sb.kari")
    jp = egen(k, k.sak(101), "U", "R", tittel="Svar om noe hemmelig")
    kari.post(f"/journalposter/{jp.pk}/skanning/", {"beskrivelse": "Kart over tomta"})
    svar = kari.get(f"/skanning/{Skanneordre.objects.get().pk}/forside.pdf")
    assert (svar.status_code, svar["Content-Type"]) == (200, "application/pdf")
    with pikepdf.open(io.BytesIO(svar.content)) as dokument:
        assert (len(dokument.pages), str(dokument.docinfo["/Title"])) == (1, "Til skanning")
