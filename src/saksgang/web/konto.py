"""Who gets through the door: closed sign-up, active people only, identity providers for people we already know."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import filter_users_by_email
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest, HttpResponse

from saksgang.kjerne import klokke


class Kontoadapter(DefaultAccountAdapter):
    """Login by user name and password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always closed: people are registered by the administrator."""
        return False

    def pre_login(self, request: HttpRequest, user: Any, **detaljer: Any) -> HttpResponse | None:
        """Refuse a person whose engagement has not begun or has ended, however the person logs in."""
        if not user.er_aktiv(klokke.idag()):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **detaljer)


class Identitetsadapter(DefaultSocialAccountAdapter):
    """Login through the municipality's identity provider (OIDC)."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Always closed: an unknown identity never becomes a user."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Connect a new identity to the one active user with an e-mail address that the provider vouches for.

        Two users with the same address are not told apart by it; they connect the identity from their own page.
        """
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        adresser = {adresse.email for adresse in sociallogin.email_addresses if adresse.verified}
        brukere = {bruker for adresse in adresser for bruker in filter_users_by_email(adresse)}
        if len(brukere) == 1 and (bruker := brukere.pop()).er_aktiv(klokke.idag()):
            sociallogin.connect(request, bruker)
