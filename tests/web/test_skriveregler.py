"""The rules for titles in the page: while one types, when one saves, and where the archive keeps them."""

import uuid

import pytest

from saksgang.sakarkiv.models import Sak, Skriveregel


def nysak(k, **felter):
    grunn = {"arkivdel": k.sak(101).arkivdel_id, "enhet": k.enhet("TEK").pk, "klasse": "U63"}
    return {"system_id": "6f1cbb64-7b6b-4d0a-9d0b-0a6d6f1b0c11", **grunn, **felter}


@pytest.mark.krav("R-10.3.1.2c")
def test_tittelkontroll_tells_while_one_types(kommune_a):
    klient = kommune_a.klient("sb.kari")
    side = klient.get("/skriveregler/kontroll/", {"tittel": "SV: Brev.pdf"}, headers={"HX-Request": "true"})
    tekst = side.content.decode()
    assert "Må rettes" in tekst and 'data-verdi="Brev"' in tekst and "tittelbegrunnelse" not in tekst
    side = klient.get("/skriveregler/kontroll/", {"tittel": "Klage - Per Hansen"}, headers={"HX-Request": "true"})
    tekst = side.content.decode()
    assert "«Per Hansen» ser ut som et personnavn." in tekst and 'name="tittelbegrunnelse"' in tekst
    side = klient.get("/skriveregler/kontroll/", {"tittel": "Søknad om båtplass"}, headers={"HX-Request": "true"})
    assert side.content.decode().strip() == ""


@pytest.mark.krav("R-10.3.1.2c")
def test_ny_sak_with_a_warning_keeps_what_was_typed_and_takes_the_reason(kommune_a):
    k = kommune_a
    klient, foer = k.klient("sb.kari"), Sak.objects.count()
    svar = klient.post("/saker/ny/", nysak(k, tittel="Klage - Per Hansen"))
    tekst = svar.content.decode()
    assert (svar.status_code, Sak.objects.count()) == (422, foer)
    assert 'value="Klage - Per Hansen"' in tekst and 'name="tittelbegrunnelse"' in tekst
    svar = klient.post("/saker/ny/", nysak(k, tittel="Klage - Per Hansen", tittelbegrunnelse="Ordføreren"))
    assert (svar.status_code, Sak.objects.count()) == (303, foer + 1)
    svar = klient.post(
        "/saker/ny/", nysak(k, tittel="Klage 17912099997", tittelbegrunnelse="Ordføreren", system_id=str(uuid.uuid4()))
    )
    assert (svar.status_code, Sak.objects.count()) == (422, foer + 1)


def test_every_employee_reads_the_rules_and_the_archive_changes_them(kommune_a):
    k = kommune_a
    assert "Personnavn" in k.klient("les.gry").get("/skriveregler/").content.decode()
    regel = Skriveregel.objects.get(kode="personnavn")
    adresse = f"/administrasjon/skriveregler/{regel.pk}/"
    assert k.klient("les.gry").get(adresse).status_code == 403
    klient = k.klient("ark.eva")
    felter = {"navn": regel.navn, "alvor": "F", "hjelp": regel.hjelp, "aktiv": "on"}
    assert klient.post(adresse, felter | {"hjelp": ""}).status_code == 422
    assert klient.post(adresse, felter).status_code == 303
    assert Skriveregel.objects.get(pk=regel.pk).alvor == "F"
    ny = {"navn": "Diverse", "slag": "moenster", "parameter": "Diverse*", "alvor": "A", "hjelp": "Skriv hva det er."}
    assert klient.post("/administrasjon/skriveregler/ny/", ny).status_code == 303
    assert "Diverse*" in klient.get("/administrasjon/skriveregler/").content.decode()
