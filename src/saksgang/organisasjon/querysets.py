"""Filters on units and users."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Q


class EnhetQuerySet(models.QuerySet):
    def aktive(self) -> EnhetQuerySet:
        return self.filter(nedlagt_dato__isnull=True)


class BrukerQuerySet(models.QuerySet):
    def aktive(self, dato: dt.date) -> BrukerQuerySet:
        return self.filter(Q(aktiv_til__isnull=True) | Q(aktiv_til__gte=dato), is_active=True, aktiv_fra__lte=dato)


class BrukerManager(BaseUserManager.from_queryset(BrukerQuerySet)):  # type: ignore[misc]
    """Finds users by user name, without regard to case, as the login does."""

    def get_by_natural_key(self, brukernavn: str | None) -> object:
        return self.get(brukernavn__iexact=brukernavn)
