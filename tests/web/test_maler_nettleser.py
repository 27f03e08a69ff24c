"""The template pages in a browser: axe, both colour schemes, both widths, and without script."""

import pytest
from django.urls import reverse

from saksgang.lager.commands import lagre_fil
from saksgang.produksjon.commands import last_opp_malversjon
from saksgang.produksjon.models import Tekstmal
from tests.nettleser import axe, for_bred
from tests.produksjon import docx

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sider(kommune_a):
    """The addresses of the pages, with a version that has errors among them."""
    k = kommune_a
    brev = Tekstmal.objects.get(kode="brev", spraak="nb")
    fil = lagre_fil(docx.lag("{{ mottaker.nvn }} {{ ukjent }}", "{{ tekst }}"), filnavn="brev.docx")
    feil = last_opp_malversjon(brev, fil, filnavn="brev.docx", av=k["ark.eva"])
    return {
        "liste": reverse("maler"),
        "ny": reverse("mal_ny"),
        "felter": reverse("mal_felter"),
        "mal": reverse("mal", args=[brev.pk]),
        "versjon": reverse("malversjon", args=[brev.versjoner.get(nummer=1).pk]),
        "feil": reverse("malversjon", args=[feil.pk]),
        "bruk": reverse("malversjon_bruk", args=[feil.pk]),
    }


@pytest.mark.parametrize(("bredde", "farger"), [(1440, "light"), (390, "dark")])
def test_template_pages_are_accessible_and_fit(kommune_a, sider, aapne, bredde, farger):
    funn = {}
    for navn, adresse in sider.items():
        side = aapne("ark.eva", adresse, bredde=bredde, farger=farger)
        funn[navn] = (axe(side), for_bred(side))
    assert funn == dict.fromkeys(sider, ([], False))


def test_a_version_is_uploaded_without_script(kommune_a, sider, aapne, tmp_path):
    sti = tmp_path / "brev.docx"
    sti.write_bytes(docx.lag("{{ mottaker.navn }}", "{{ tekst }}"))
    side = aapne("ark.eva", sider["mal"], skript=False)
    side.get_by_label("Malen som Word-dokument").set_input_files(sti)
    side.get_by_role("button", name="Last opp").click()
    side.get_by_role("link", name="Ta i bruk").click()
    side.get_by_role("button", name="Ta i bruk").click()
    assert "Versjon 3 er i bruk." in side.content()
