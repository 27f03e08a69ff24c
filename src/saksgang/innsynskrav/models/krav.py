"""The request, the documents it is about, and the questions for consent."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from saksgang.innsynskrav.rules import TIL_BEHANDLING, Journalgrunn, Kanal, Kravtilstand, Samtykkesvar


class Innsynskrav(models.Model):
    """A request for access: what is asked for, and by whom as far as they say (offl. § 28)."""

    system_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    aar = models.PositiveSmallIntegerField()
    sekvens = models.PositiveIntegerField()
    kanal = models.CharField(max_length=10, choices=Kanal)
    mottatt_dato = models.DateField()
    registrert_tid = models.DateTimeField()
    registrert_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    navn = models.CharField(max_length=200, blank=True)
    epost = models.EmailField(blank=True)
    kontaktpunkt = models.CharField(max_length=300, blank=True)
    tekst = models.TextField(blank=True)
    om_sak = models.CharField(max_length=300, blank=True)
    tilstand = models.CharField(max_length=15, choices=Kravtilstand, default=Kravtilstand.MOTTATT)
    frist = models.DateField(null=True)
    noekkel_hash = models.CharField(max_length=64, unique=True)
    noekkel_til = models.DateField(null=True)
    journalpost = models.ForeignKey("sakarkiv.Journalpost", models.PROTECT, null=True, related_name="innsynskrav")
    journalgrunn = models.CharField(max_length=12, choices=Journalgrunn, blank=True)
    journalmerknad = models.CharField(max_length=500, blank=True)
    avsluttet_grunn = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["aar", "sekvens"], name="innsynskrav_nummer")]
        indexes = [
            models.Index(
                F("frist").asc(nulls_last=True),
                F("id"),
                name="innsynskrav_koe",
                condition=Q(tilstand__in=[str(t) for t in TIL_BEHANDLING]),
            )
        ]

    def __str__(self) -> str:
        return f"IK {self.aar}/{self.sekvens}"

    @property
    def er_besvart(self) -> bool:
        return self.tilstand not in (Kravtilstand.MOTTATT, Kravtilstand.SAMTYKKE, Kravtilstand.TRUKKET)

    def loggreferanse(self) -> tuple[str, int, None, None]:
        return "innsynskrav", self.pk, None, None


class Kravlinje(models.Model):
    """One document that is asked for; without a document, an entry that has none."""

    krav = models.ForeignKey(Innsynskrav, models.PROTECT, related_name="linjer")
    journalpost = models.ForeignKey("sakarkiv.Journalpost", models.PROTECT, related_name="kravlinjer")
    dokument = models.ForeignKey("sakarkiv.Dokument", models.PROTECT, null=True, related_name="kravlinjer")
    lagt_til_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    lagt_til_tid = models.DateTimeField()
    tatt_ut_tid = models.DateTimeField(null=True)
    tatt_ut_grunn = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["krav", "journalpost", "dokument"],
                condition=Q(tatt_ut_tid__isnull=True),
                nulls_distinct=False,
                name="kravlinje_en_gang",
            )
        ]

    def __str__(self) -> str:
        return f"{self.journalpost}/{self.dokument.nummer}" if self.dokument else str(self.journalpost)

    @property
    def noekler(self) -> list[int]:
        return self.journalpost.noekler


class Samtykkespoersmaal(models.Model):
    """The request sent to the person whom the information is about (offl. § 13 third ledd); answered once."""

    linje = models.ForeignKey(Kravlinje, models.PROTECT, related_name="samtykker")
    hvem = models.CharField(max_length=200)
    sendt_dato = models.DateField()
    svarfrist = models.DateField()
    sendt_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    svar = models.CharField(max_length=5, choices=Samtykkesvar, blank=True)
    svar_dato = models.DateField(null=True)
    registrert_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"Samtykke {self.sendt_dato}"
