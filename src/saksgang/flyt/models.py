"""Flagg, varsel, and the timetable of what runs by itself."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from saksgang.sakarkiv.models import Journalpost, Sak

from .querysets import FlaggQuerySet, VarselQuerySet
from .rules import Aarsak, Flaggtype, Koe


class Flagg(models.Model):
    """A message to a person or a role's queue about a case or journalpost; never deleted (krav R-C.2)."""

    type = models.CharField(max_length=2, choices=Flaggtype, default=Flaggtype.BESKJED)
    fra = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    til_bruker = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, blank=True, related_name="+")
    til_koe = models.CharField(max_length=3, choices=Koe, blank=True)
    aarsak = models.CharField(max_length=15, choices=Aarsak, default=Aarsak.MELDING)
    sak = models.ForeignKey("sakarkiv.Sak", models.PROTECT, related_name="flagg")
    journalpost = models.ForeignKey("sakarkiv.Journalpost", models.PROTECT, null=True, blank=True, related_name="flagg")
    tekst = models.TextField()
    foreslaatt_tittel = models.CharField(max_length=500, blank=True)
    maalsak = models.ForeignKey("sakarkiv.Sak", models.PROTECT, null=True, blank=True, related_name="+")
    svar_paa = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="svar")
    sendt_tid = models.DateTimeField()
    lest_tid = models.DateTimeField(null=True)
    behandlet_tid = models.DateTimeField(null=True)
    behandlet_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    behandlet_merknad = models.CharField(max_length=500, blank=True)

    objects = FlaggQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(til_bruker__isnull=False, til_koe="") | Q(til_bruker__isnull=True, til_koe="ARK"),
                name="flagg_en_mottaker",
            ),
            models.CheckConstraint(
                condition=Q(behandlet_tid__isnull=True, behandlet_av__isnull=True)
                | Q(behandlet_tid__isnull=False, behandlet_av__isnull=False),
                name="flagg_behandlet_av_noen",
            ),
            models.CheckConstraint(
                condition=~Q(aarsak="tittel") | ~Q(foreslaatt_tittel=""), name="flagg_tittelforslag_har_tittel"
            ),
        ]
        indexes = [
            models.Index(
                F("til_bruker_id"),
                F("sendt_tid").desc(),
                F("id").desc(),
                name="flagg_aapne_person",
                condition=Q(behandlet_tid__isnull=True, til_bruker__isnull=False),
            ),
            models.Index(
                fields=["til_koe", "sendt_tid", "id"],
                name="flagg_aapne_koe",
                condition=Q(behandlet_tid__isnull=True, til_bruker__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} {self.pk}"

    @property
    def objekt(self) -> Journalpost | Sak:
        return self.journalpost or self.sak

    @property
    def noekler(self) -> list[int]:
        return self.objekt.noekler

    @property
    def er_aapent(self) -> bool:
        return self.behandlet_tid is None

    def loggreferanse(self) -> tuple[str, int, int, int | None]:
        return "flagg", self.pk, self.sak_id, self.journalpost_id


class Varsel(models.Model):
    """A notification to one person of one event. It carries the object's number, never its title (krav C.0)."""

    bruker = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    hendelse = models.BigIntegerField()
    sak = models.ForeignKey("sakarkiv.Sak", models.PROTECT, related_name="+")
    journalpost = models.ForeignKey("sakarkiv.Journalpost", models.PROTECT, null=True, related_name="+")
    tekst = models.CharField(max_length=500)
    grunn = models.CharField(max_length=200)
    tid = models.DateTimeField()
    lest_tid = models.DateTimeField(null=True)

    objects = VarselQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bruker", "hendelse"], name="varsel_en_gang")]
        indexes = [
            models.Index(F("bruker_id"), F("tid").desc(), F("id").desc(), name="varsel_liste"),
            models.Index(fields=["bruker"], name="varsel_uleste", condition=Q(lest_tid__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.tekst


class Leseposisjon(models.Model):
    """How far a reader of the log has come: the last seal it has handled."""

    navn = models.CharField(max_length=50, unique=True)
    segl = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.navn}: segl {self.segl}"


class Tidsplan(models.Model):
    """A recurring job: when it runs, and what came of it the last time."""

    navn = models.CharField(max_length=50, unique=True)
    intervall_sekunder = models.PositiveIntegerField(null=True)
    klokkeslett = models.TimeField(null=True)
    neste = models.DateTimeField()
    siste_start = models.DateTimeField(null=True)
    siste_slutt = models.DateTimeField(null=True)
    siste_resultat = models.CharField(max_length=200, blank=True)
    siste_feil = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(intervall_sekunder__isnull=False, klokkeslett__isnull=True)
                | Q(intervall_sekunder__isnull=True, klokkeslett__isnull=False),
                name="tidsplan_intervall_eller_klokkeslett",
            )
        ]

    def __str__(self) -> str:
        return self.navn

    @property
    def avbrutt(self) -> bool:
        """Whether the last run has not ended: it is running, or the worker was stopped under way."""
        return self.siste_start is not None and (self.siste_slutt is None or self.siste_slutt < self.siste_start)

    def er_forsinket(self, naa: dt.datetime) -> bool:
        """Whether a run was missed: due for more than five minutes."""
        return naa - self.neste > dt.timedelta(minutes=5)
