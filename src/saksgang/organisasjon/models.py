"""The organisation: a tree of units, and the people in it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.db import models

from .querysets import BrukerManager, EnhetQuerySet


class Enhet(models.Model):
    """An administrative unit (Noark M583 administrativEnhet)."""

    system_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kode = models.CharField(max_length=20, unique=True)
    navn = models.CharField(max_length=200)
    overordnet = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="underenheter")
    fagomraade = models.BooleanField(default=False)
    inkluder_underenheter = models.BooleanField(default=True)
    forfedre = ArrayField(models.BigIntegerField(), default=list)
    nedlagt_dato = models.DateField(null=True, blank=True)

    objects = EnhetQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kode} {self.navn}"


class Bruker(AbstractBaseUser):
    """A named person who logs in; what the person may do follows from roles, never from this row."""

    system_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    brukernavn = models.CharField(max_length=100, unique=True)
    initialer = models.CharField(max_length=10)
    navn = models.CharField(max_length=200)
    sorteringsnavn = models.CharField(max_length=400, db_index=True)
    epost = models.EmailField(blank=True)
    telefon = models.CharField(max_length=30, blank=True)
    tittel = models.CharField(max_length=100, blank=True)
    enhet = models.ForeignKey(Enhet, models.PROTECT, null=True, blank=True, related_name="brukere")
    aktiv_fra = models.DateField()
    aktiv_til = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    fargevalg = models.CharField(max_length=5, default="auto")
    hurtigtaster = models.BooleanField(default=True)

    objects = BrukerManager()

    USERNAME_FIELD = "brukernavn"
    EMAIL_FIELD = "epost"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.navn

    def er_aktiv(self, dato: dt.date) -> bool:
        """Whether the person may log in and be chosen as recipient on this date."""
        return self.is_active and self.aktiv_fra <= dato and (self.aktiv_til is None or self.aktiv_til >= dato)


class Fravaer(models.Model):
    """A person's absence, inclusive of both dates (krav A-35)."""

    bruker = models.ForeignKey(Bruker, models.PROTECT, related_name="fravaer")
    fra = models.DateField()
    til = models.DateField()
    aarsak = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(til__gte=models.F("fra")), name="fravaer_fra_foer_til")
        ]

    def __str__(self) -> str:
        return f"{self.bruker} {self.fra}–{self.til}"


class NoarkObjekt(models.Model):
    """What every Noark object carries: M001 systemID, M600 opprettetDato, M601 opprettetAv."""

    system_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    opprettet_dato = models.DateTimeField()
    opprettet_av = models.ForeignKey(Bruker, models.PROTECT, related_name="+")

    class Meta:
        abstract = True
