"""The pages where archive and administrator keep the text templates."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saksgang.produksjon.models import Tekstmal, Tekstmalversjon
from saksgang.produksjon.queries.maler import maler_for
from tests.produksjon import docx

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def fil(*avsnitt, navn="mal.docx"):
    """A template as the browser sends it."""
    return SimpleUploadedFile(navn, docx.lag(*avsnitt), DOCX)


def side(svar) -> str:
    """What stands on the page."""
    return svar.content.decode()


@pytest.mark.parametrize("hvem", ["ark.eva", "adm.root"])
def test_a_template_is_made_checked_mended_and_taken_into_use(kommune_a, hvem):
    klient = kommune_a.klient(hvem)
    svar = klient.post(
        "/maler/ny/",
        {"navn": "Byggesvar", "kode": "byggesvar", "spraak": "nb", "typer": ["U"], "rekkefoelge": "9"},
    )
    mal = Tekstmal.objects.get(kode="byggesvar")
    assert (svar.status_code, svar["Location"]) == (303, reverse("mal", args=[mal.pk]))
    opplasting = reverse("mal_ny_versjon", args=[mal.pk])
    svar = klient.post(opplasting, {"fil": fil("{{ mottaker.nvn }}", "{{ tekst }}")}, follow=True)
    assert "Ukjent flettefelt: mottaker.nvn. Mente du mottaker.navn?" in side(svar)
    assert "Ukjent felt" in side(svar)
    assert "Ta i bruk" not in side(svar)
    svar = klient.post(opplasting, {"fil": fil("{{ mottaker.navn }}", "{{ tekst }}")}, follow=True)
    versjon = mal.versjoner.get(nummer=2)
    assert reverse("malversjon_bruk", args=[versjon.pk]) in side(svar)
    eksempel = klient.get(reverse("malversjon_eksempel", args=[versjon.pk]))
    assert docx.linjer(b"".join(eksempel.streaming_content)) == ["Kroa AS"]
    raa = klient.get(reverse("malversjon_fil", args=[versjon.pk]))
    assert docx.linjer(b"".join(raa.streaming_content)) == ["{{ mottaker.navn }}", "{{ tekst }}"]
    assert mal not in maler_for("U")
    klient.post(reverse("malversjon_bruk", args=[versjon.pk]))
    assert maler_for("U")[-1].spraak == "nn"
    assert mal in maler_for("U")
    assert "Versjon 2" in side(klient.get("/maler/"))


def test_an_upload_that_is_refused_says_why_at_the_field(kommune_a):
    klient = kommune_a.klient("ark.eva")
    mal = Tekstmal.objects.get(kode="brev", spraak="nb")
    adresse = reverse("mal_ny_versjon", args=[mal.pk])
    for innhold, setning in (
        (SimpleUploadedFile("mal.docx", b"PK\x03\x04 nei", DOCX), "mal.docx"),
        (SimpleUploadedFile("mal.docx", b"", DOCX), "er tom"),
        (SimpleUploadedFile("mal.txt", b"tekst", "text/plain"), "er ikke et Word-dokument"),
        (SimpleUploadedFile("mal.docm", docx.lag("x"), DOCX), "tas ikke imot"),
    ):
        svar = klient.post(adresse, {"fil": innhold})
        assert svar.status_code in (409, 422)
        assert setning in side(svar)
    svar = klient.post(adresse, {})
    assert (svar.status_code, "Fyll ut «Malen som Word-dokument»." in side(svar)) == (422, True)
    assert Tekstmalversjon.objects.filter(mal=mal).count() == 1


def test_a_version_with_errors_is_refused_with_all_of_them(kommune_a):
    klient = kommune_a.klient("ark.eva")
    mal = Tekstmal.objects.get(kode="brev", spraak="nb")
    klient.post(reverse("mal_ny_versjon", args=[mal.pk]), {"fil": fil("{{ en }} {{ to }}", "{{ tekst }}")})
    versjon = mal.versjoner.get(nummer=2)
    svar = klient.post(reverse("malversjon_bruk", args=[versjon.pk]))
    assert svar.status_code == 409
    assert "Ukjent flettefelt: en." in side(svar)
    assert "Ukjent flettefelt: to." in side(svar)
    assert klient.get(reverse("malversjon_eksempel", args=[versjon.pk])).status_code == 409


def test_fields_are_printed_and_standard_templates_added_back(kommune_a):
    klient = kommune_a.klient("adm.root")
    assert "{{ tekst_start }}" in side(klient.get("/maler/flettefelter/"))
    assert "saksbehandler.telefon" in side(klient.get("/maler/flettefelter/"))
    assert "Legg inn standardmalene" not in side(klient.get("/maler/"))
    Tekstmal.objects.filter(kode="brev").update(kode="vaart-brev")
    assert "Legg inn standardmalene" in side(klient.get("/maler/"))
    klient.post("/maler/standardmaler/")
    assert Tekstmal.objects.filter(kode="brev").count() == 2


def test_malliste_costs_the_same_whatever_it_holds(kommune_a):
    klient = kommune_a.klient("ark.eva")
    klient.get("/maler/")
    with CaptureQueriesContext(connection) as mange:
        klient.get("/maler/")
    Tekstmalversjon.objects.exclude(mal__kode="brev").delete()
    Tekstmal.objects.exclude(kode="brev").delete()
    with CaptureQueriesContext(connection) as faa:
        klient.get("/maler/")
    assert (len(mange), Tekstmal.objects.count()) == (len(faa), 2)
