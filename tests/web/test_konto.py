"""The doors: closed sign-up, active people only, and an identity provider for those who already are users."""

import datetime as dt
from urllib.parse import urlsplit

import httpx
import oidc_provider_mock
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.utils import timezone

from saksgang.kjerne import klokke
from saksgang.tilgang.commands import deaktiver_bruker, opprett_bruker, opprett_foerste_administrator, tildel_rolle
from saksgang.tilgang.rules import Rolle

PASSORD = "fjord og fjell 1814"
INN = "/konto/login/"


@pytest.fixture
def adm(db):
    return opprett_foerste_administrator("adm.root", "Rut Root", PASSORD)


@pytest.fixture
def kari(adm):
    return opprett_bruker(
        brukernavn="sb.kari",
        navn="Kari Lunde",
        initialer="kl",
        enhet=None,
        epost="Kari@Fjordvik.example",
        passord=PASSORD,
        av=adm,
    )


def _innlogget(client) -> str | None:
    return client.session.get("_auth_user_id")


def test_login_with_user_name_and_password(client, kari):
    client.post(INN, {"login": "SB.kari", "password": PASSORD})
    assert _innlogget(client) == str(kari.pk)


@pytest.mark.parametrize("valg", [{"login": "sb.kari", "password": "feil"}, {"login": "kari@fjordvik.example"}])
def test_login_refuses_a_wrong_password_and_an_address(client, kari, valg):
    svar = client.post(INN, {"password": PASSORD} | valg)
    assert (svar.status_code, _innlogget(client)) == (200, None)


def test_login_is_stopped_after_repeated_failures(client, kari):
    for _ in range(5):
        client.post(INN, {"login": "sb.kari", "password": "feil"})
    svar = client.post(INN, {"login": "sb.kari", "password": PASSORD})
    assert _innlogget(client) is None
    assert svar.status_code in {200, 429}


@pytest.mark.krav("R-1.1")
def test_login_refuses_a_person_who_has_left_or_not_yet_come(client, adm, kari, time_machine):
    midnatt = timezone.make_aware(dt.datetime.combine(klokke.idag() + dt.timedelta(days=1), dt.time.min))
    time_machine.move_to(midnatt - dt.timedelta(minutes=10))
    tildel_rolle(kari, Rolle.ADM, av=adm)
    deaktiver_bruker(kari, til=klokke.idag(), av=adm)
    client.post(INN, {"login": "sb.kari", "password": PASSORD})
    assert client.get("/lister/innboks/").status_code == 200
    time_machine.move_to(midnatt + dt.timedelta(minutes=10))
    ute = client.get("/lister/innboks/")
    assert (ute.status_code, ute.url.split("?")[0], ute.content, _innlogget(client)) == (302, INN, b"", None)
    svar = client.post(INN, {"login": "sb.kari", "password": PASSORD})
    assert (svar.url, _innlogget(client)) == ("/konto/inactive/", None)
    opprett_bruker(
        brukernavn="sb.ny",
        navn="Ny Nygård",
        initialer="nn",
        enhet=None,
        passord=PASSORD,
        aktiv_fra=klokke.idag() + dt.timedelta(days=7),
        av=adm,
    )
    svar = client.post(INN, {"login": "sb.ny", "password": PASSORD})
    assert (svar.url, _innlogget(client)) == ("/konto/inactive/", None)


def test_signup_is_closed(client, adm):
    brukere = get_user_model().objects.count()
    skjema = {"username": "ny", "password1": PASSORD, "password2": PASSORD}
    for svar in (client.get("/konto/signup/"), client.post("/konto/signup/", skjema)):
        assert "account/signup_closed.html" in [mal.name for mal in svar.templates]
    assert get_user_model().objects.count() == brukere


@pytest.mark.parametrize("vei", ["/konto/email/", "/konto/confirm-email/"])
def test_the_login_lets_nobody_change_the_address_that_the_administrator_keeps(client, kari, vei):
    client.force_login(kari)
    annen = {"email": "kari@annet.example", "action_add": ""}
    assert [client.get(vei).status_code, client.post(vei, annen).status_code] == [404, 404]
    kari.refresh_from_db()
    assert (kari.epost, EmailAddress.objects.count()) == ("kari@fjordvik.example", 0)
    assert client.get("/konto/2fa/").status_code == 200


# --- OIDC -------------------------------------------------------------------------------------------------------------

PERSONER = {
    "kari-1": {"email": "kari@fjordvik.example", "email_verified": True},
    "ubekreftet": {"email": "kari@fjordvik.example", "email_verified": False},
    "fremmed": {"email": "fremmed@fjordvik.example", "email_verified": True},
    "uten-adresse": {},
}


@pytest.fixture(scope="module")
def utsteder():
    brukere = [oidc_provider_mock.User(sub=sub, claims=krav) for sub, krav in PERSONER.items()]
    with oidc_provider_mock.run_server_in_thread(user_claims=brukere) as tjener:
        yield f"http://127.0.0.1:{tjener.server_port}"


@pytest.fixture
def logg_inn(client, settings, utsteder):
    """Return a function that logs in through the provider as one of its people and returns our last answer."""
    app = {"provider_id": "fjordvik", "name": "Fjordvik", "client_id": "saksgang", "secret": "hemmelig"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app | {"settings": {"server_url": utsteder}}]}
    }

    def som(sub: str):
        til = client.post("/konto/oidc/fjordvik/login/").url
        assert til.startswith(f"{utsteder}/")
        tilbake = urlsplit(httpx.post(til, data={"sub": sub}).headers["location"])
        return client.get(f"{tilbake.path}?{tilbake.query}")

    return som


def test_oidc_opens_for_the_user_with_the_verified_address_and_keeps_the_password(client, kari, logg_inn):
    logg_inn("kari-1")
    assert _innlogget(client) == str(kari.pk)
    assert list(SocialAccount.objects.values_list("user", "provider", "uid")) == [(kari.pk, "fjordvik", "kari-1")]
    kari.refresh_from_db()
    assert kari.check_password(PASSORD)


def test_oidc_knows_a_connected_identity_again_without_the_address(client, kari, logg_inn):
    SocialAccount.objects.create(user=kari, provider="fjordvik", uid="uten-adresse")
    logg_inn("uten-adresse")
    assert _innlogget(client) == str(kari.pk)


@pytest.mark.parametrize("sub", ["ubekreftet", "fremmed", "uten-adresse"])
def test_oidc_refuses_others_and_makes_no_user(client, kari, logg_inn, sub):
    brukere = get_user_model().objects.count()
    svar = logg_inn(sub)
    assert "account/signup_closed.html" in [mal.name for mal in svar.templates]
    assert (_innlogget(client), get_user_model().objects.count()) == (None, brukere)
    assert SocialAccount.objects.count() == 0


def test_oidc_refuses_an_address_that_two_users_share(client, adm, kari, logg_inn):
    opprett_bruker(brukernavn="sb.kari2", navn="Kari To", initialer="k2", enhet=None, epost=kari.epost, av=adm)
    svar = logg_inn("kari-1")
    assert "account/signup_closed.html" in [mal.name for mal in svar.templates]
    assert (_innlogget(client), SocialAccount.objects.count()) == (None, 0)


def test_oidc_refuses_a_person_who_has_left(client, adm, kari, logg_inn, time_machine):
    SocialAccount.objects.create(user=kari, provider="fjordvik", uid="kari-1")
    deaktiver_bruker(kari, til=klokke.idag(), av=adm)
    time_machine.move_to(dt.datetime.now(dt.UTC) + dt.timedelta(days=1))
    assert (logg_inn("kari-1").url, _innlogget(client)) == ("/konto/inactive/", None)
