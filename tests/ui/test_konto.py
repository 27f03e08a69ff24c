"""The login pages wear the product's own clothes and words."""

import re

import pytest
from django.contrib.auth import get_user_model

SIDER = {
    "/konto/login/": ("Logg inn", ["Brukernavn", "Passord"]),
    "/konto/logout/": ("Logg ut", []),
    "/konto/password/change/": ("Bytt passord", ["Passordet du har nå", "Nytt passord", "Nytt passord en gang til"]),
    "/konto/2fa/": ("Totrinnspålogging", []),
    "/konto/2fa/totp/activate/": ("Ta i bruk autentiseringsapp", ["Kode fra appen"]),
    "/konto/reauthenticate/": ("Bekreft at det er deg", ["Passord"]),
}


@pytest.fixture
def bruker(db):
    return get_user_model().objects.create(
        brukernavn="kari", navn="Kari Lunde", initialer="KL", sorteringsnavn="lunde kari", aktiv_fra="2020-01-01"
    )


@pytest.fixture(autouse=True)
def _sider(settings):
    settings.ROOT_URLCONF = "tests.ui.proevesider"
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if not m.startswith("saksgang.web.")]
    settings.ALLOWED_HOSTS = ["testserver"]


@pytest.mark.parametrize("vei", SIDER)
def test_konto_pages_are_norwegian_and_label_every_field(client, bruker, vei):
    if vei != "/konto/login/":
        client.force_login(bruker, backend="allauth.account.auth_backends.AuthenticationBackend")
    svar = client.get(vei, follow=True)
    html = svar.content.decode()
    overskrift, etiketter = SIDER["/konto/reauthenticate/" if "/reauthenticate/" in svar.request["PATH_INFO"] else vei]
    assert (svar.status_code, re.findall(r"<h1>([^<]*)</h1>", html)) == (200, [overskrift])
    assert re.findall(r'<label[^>]* for="[^"]+">([^<]*)</label>', html) == etiketter
    assert 'href="/static/ui/saksgang.css"' in html
    assert "style=" not in html


def test_login_refused_says_so_in_the_summary_and_keeps_the_name(client, db):
    html = client.post("/konto/login/", {"login": "kari", "password": "feil"}).content.decode()
    assert "ds-error-summary" in html
    assert 'value="kari"' in html
    assert 'value="feil"' not in html
