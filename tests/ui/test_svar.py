"""How refusals and answers look to a browser, to htmx and to a program."""

import json

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django_htmx.middleware import HtmxMiddleware

from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang, UgyldigInndata, UlovligOvergang
from saksgang.ui import views
from saksgang.ui.middleware import AvvistMiddleware
from saksgang.ui.vis import legg_feil, omdiriger, oppdater, vil_ha_fragment

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/saker/2026/101/?side=2"}
FEIL = [
    (IkkeFunnet("hemmelig sak"), 404),
    (Http404("hemmelig sak"), 404),
    (IkkeTilgang("Bare leder kan fordele."), 403),
    (PermissionDenied("hemmelig"), 403),
    (UgyldigInndata({"tittel": "Skriv en tittel."}), 422),
    (Avvist(["2026/101-2 er ikke avskrevet.", "Et dokument er utsjekket."]), 409),
    (UlovligOvergang("Kan ikke gå fra A til B."), 409),
]


def svar(feil, **hoder):
    def visning(request):
        raise feil

    kjede = AvvistMiddleware(lambda r: HttpResponse())
    request = RequestFactory().get("/saker/2026/101/", headers=hoder)
    HtmxMiddleware(lambda r: HttpResponse())(request)
    return kjede.process_exception(request, feil)


@pytest.mark.parametrize(("feil", "status"), FEIL, ids=lambda v: type(v).__name__ if isinstance(v, Exception) else v)
def test_refusal_has_its_status_in_every_form(feil, status):
    assert svar(feil).status_code == status
    assert svar(feil, **HTMX).status_code == status
    program = svar(feil, Accept="application/json")
    assert (program.status_code, program["Content-Type"]) == (status, "application/json")
    assert json.loads(program.content)["status"] == status


def test_other_errors_are_left_to_django():
    assert svar(ValueError("x")) is None


def test_unseen_is_answered_as_what_never_was():
    for hoder in ({}, HTMX, {"Accept": "application/json"}):
        assert svar(IkkeFunnet("2026/99 finnes, men er skjermet"), **hoder).content == svar(Http404(), **hoder).content
    request = RequestFactory().get("/saker/2026/101/")
    assert views.feil404(request, Http404()).content == svar(IkkeFunnet("skjermet")).content


def test_refusal_to_htmx_goes_to_the_alerts_and_carries_every_sentence():
    s = svar(Avvist(["Første grunn.", "Andre <grunn>."]), **HTMX)
    assert (s["HX-Retarget"], s["HX-Reswap"]) == ("#varsler", "innerHTML")
    tekst = s.content.decode()
    assert "<html" not in tekst
    assert "Første grunn." in tekst
    assert "Andre &lt;grunn&gt;." in tekst


def test_refusal_page_carries_the_sentences_and_a_way_back():
    side = svar(
        Avvist("2026/101-2 er ikke avskrevet."), Referer="http://testserver/saker/2026/101/?fane=2"
    ).content.decode()
    assert "2026/101-2 er ikke avskrevet." in side
    assert 'href="/saker/2026/101/?fane=2"' in side
    assert "annetsted" not in svar(Avvist("x"), Referer="http://annetsted.example/").content.decode()


def test_unusable_input_names_the_fields_to_a_program():
    assert json.loads(svar(UgyldigInndata({"tittel": "Skriv en tittel."}), Accept="application/json").content) == {
        "status": 422,
        "tittel": "Opplysningene kan ikke brukes",
        "feil": ["Skriv en tittel."],
        "felter": {"tittel": "Skriv en tittel."},
    }


def test_django_own_errors_have_pages_in_norwegian():
    request = RequestFactory().get("/x/")
    sider = [views.feil400, views.feil403, views.feil404, views.feil500, views.csrf_feil]
    assert [side(request).status_code for side in sider] == [400, 403, 404, 500, 403]
    assert "Prøv en gang til" in views.feil500(request).content.decode()


@pytest.fixture(autouse=True)
def _adresser(settings):
    settings.ROOT_URLCONF = "tests.ui.proevesider"


def gjennom(svar_inn, **hoder):
    request = RequestFactory().get("/liste/", headers=hoder)
    HtmxMiddleware(lambda r: HttpResponse())(request)
    return AvvistMiddleware(lambda r: svar_inn)(request)


def test_redirect_to_htmx_moves_the_page_instead_of_filling_the_target():
    assert gjennom(HttpResponseRedirect("/saker/1/")).status_code == 302
    s = gjennom(HttpResponseRedirect("/saker/1/"), **HTMX)
    assert (s.status_code, s["HX-Redirect"]) == (204, "/saker/1/")


def test_session_that_ran_out_returns_to_the_page_and_not_to_the_fragment():
    s = gjennom(HttpResponseRedirect("/konto/login/?next=/liste/"), **HTMX)
    assert s["HX-Redirect"] == "/konto/login/?next=%2Fsaker%2F2026%2F101%2F%3Fside%3D2"


def test_omdiriger_is_see_other_to_a_form_and_a_header_to_htmx():
    request = RequestFactory().post("/x/")
    s = omdiriger(request, "/saker/1/")
    assert (s.status_code, s["Location"]) == (303, "/saker/1/")
    request = RequestFactory().post("/x/", headers=HTMX)
    HtmxMiddleware(lambda r: HttpResponse())(request)
    assert (omdiriger(request, "/saker/1/").status_code, omdiriger(request, "/saker/1/")["HX-Redirect"]) == (
        204,
        "/saker/1/",
    )


def test_history_restore_gets_the_whole_page():
    for ekstra, ventet in (
        ({}, True),
        ({"HX-History-Restore-Request": "true"}, False),
        ({"HX-Boosted": "true"}, False),
    ):
        request = RequestFactory().get("/x/", headers=HTMX | ekstra)
        HtmxMiddleware(lambda r: HttpResponse())(request)
        assert vil_ha_fragment(request) == ventet
    assert vil_ha_fragment(RequestFactory().get("/x/")) is False


def test_oppdater_tells_the_page_what_happened():
    s = oppdater("liste-endret", "2026/101-2 er avskrevet.", angre="/angre/")
    assert (s.status_code, json.loads(s["HX-Trigger"])) == (
        204,
        {"liste-endret": {}, "melding": {"tekst": "2026/101-2 er avskrevet.", "angre": "/angre/"}, "lukk-dialog": {}},
    )


class Skjema(forms.Form):
    tittel = forms.CharField()


def test_legg_feil_puts_a_refusal_at_its_field_else_above_the_form():
    skjema = Skjema({"tittel": "x"})
    legg_feil(skjema, UgyldigInndata({"tittel": "Skriv hele ord.", "annet": "Velg en part."}))
    assert skjema.errors == {"tittel": ["Skriv hele ord."], "__all__": ["Velg en part."]}
    skjema = Skjema({"tittel": "x"})
    legg_feil(skjema, Avvist(["En.", "To."], felt="tittel"))
    legg_feil(skjema, IkkeTilgang("Tre."))
    assert skjema.errors == {"tittel": ["En.", "To."], "__all__": ["Tre."]}
