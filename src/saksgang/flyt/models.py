"""Flagg, varsel, and the timetable of what runs by itself."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from saksgang.sakarkiv.models import Journalpost, Sak

from .querysets import FlaggQuerySet, VarselQuerySet
from .rules import Aarsak, Flaggtype, Godkjenningssvar, Koe, Varselmaate


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


class Godkjenning(models.Model):
    """One round of approval: an own document laid before one person, and the answer (krav C.6, R-8.4–8.5)."""

    journalpost = models.ForeignKey(Journalpost, models.PROTECT, related_name="godkjenninger")
    runde = models.PositiveSmallIntegerField()
    flagg = models.OneToOneField(Flagg, models.PROTECT, related_name="godkjenning")
    bedt_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    godkjenner = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    frist = models.DateField(null=True, blank=True)
    svar = models.CharField(max_length=1, choices=Godkjenningssvar, blank=True)
    kommentar = models.TextField(blank=True)
    svart_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    svart_tid = models.DateTimeField(null=True)
    svarflagg = models.ForeignKey(Flagg, models.PROTECT, null=True, related_name="+")
    forrige = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="neste")
    versjoner_foer = models.JSONField(default=dict)
    versjoner_etter = models.JSONField(default=dict)
    ugyldig_tid = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["journalpost", "runde"], name="godkjenning_runde"),
            models.UniqueConstraint(fields=["journalpost"], condition=Q(svar=""), name="godkjenning_en_aapen"),
            models.CheckConstraint(
                condition=Q(svar="", svart_tid__isnull=True) | (~Q(svar="") & Q(svart_tid__isnull=False)),
                name="godkjenning_svart_med_tid",
            ),
        ]
        indexes = [
            models.Index(fields=["godkjenner", "frist", "id"], name="godkjenning_hos", condition=Q(svar="")),
        ]

    def __str__(self) -> str:
        return f"Godkjenning {self.runde} av {self.journalpost}"

    @property
    def noekler(self) -> list[int]:
        return self.journalpost.noekler

    @property
    def er_aapen(self) -> bool:
        return self.svar == ""

    def loggreferanse(self) -> tuple[str, int, int, int]:
        return "godkjenning", self.pk, self.journalpost.sak_id, self.journalpost_id


class Varselvalg(models.Model):
    """How a person wants to be told by e-mail; the list in the page is there for everybody."""

    bruker = models.OneToOneField("organisasjon.Bruker", models.PROTECT, related_name="+")
    maate = models.CharField(max_length=1, choices=Varselmaate, default=Varselmaate.INGEN)
    valgt_tid = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.bruker}: {self.get_maate_display()}"


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
    epost_tid = models.DateTimeField(null=True)

    objects = VarselQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bruker", "hendelse"], name="varsel_en_gang")]
        indexes = [
            models.Index(F("bruker_id"), F("tid").desc(), F("id").desc(), name="varsel_liste"),
            models.Index(fields=["bruker"], name="varsel_uleste", condition=Q(lest_tid__isnull=True)),
            models.Index(
                fields=["bruker", "tid"],
                name="varsel_ikke_sendt",
                condition=Q(lest_tid__isnull=True, epost_tid__isnull=True),
            ),
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
