"""Sak (saksmappe) and what belongs to it."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from saksgang.kjerne.identifikatorer import masker_fnr_for_liste
from saksgang.organisasjon.models import NoarkObjekt
from saksgang.sakarkiv.querysets import SakQuerySet
from saksgang.sakarkiv.rules import OVERGANGER_SAK, Parttypesak, Rettighetsnivaa, Saksstatus
from saksgang.tilgang.models import Skjermbar
from saksgang.tilgang.rules import Handling

from .kodeverk import Sakstype
from .kontakt import Adressat, Kontakt


class Sak(NoarkObjekt, Skjermbar):
    """A case: journalposter under one number, one saksansvarlig, one unit."""

    aar = models.PositiveSmallIntegerField()
    sekvens = models.PositiveIntegerField()
    tittel = models.CharField(max_length=500)
    offentlig_tittel = models.CharField(max_length=500, blank=True)
    status = models.CharField(max_length=1, choices=Saksstatus)
    saksdato = models.DateField()
    saksansvarlig = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="saker")
    enhet = models.ForeignKey("organisasjon.Enhet", models.PROTECT, related_name="saker")
    arkivdel = models.ForeignKey("arkivstruktur.Arkivdel", models.PROTECT, related_name="saker")
    sakstype = models.ForeignKey(Sakstype, models.PROTECT, null=True, blank=True, related_name="saker")
    siste_dokumentnummer = models.PositiveIntegerField(default=0)
    kontrollert_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    kontrollert_dato = models.DateTimeField(null=True)
    avsluttet_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    avsluttet_dato = models.DateTimeField(null=True)
    statusbegrunnelse = models.CharField(max_length=500, blank=True)
    skjerming_misvisende = models.CharField(max_length=1000, blank=True)
    skjerming_skade = models.CharField(max_length=1000, blank=True)
    sist_endret = models.DateTimeField()

    objects = SakQuerySet.as_manager()

    class Meta:
        constraints = [
            *Skjermbar.Meta.constraints,
            models.UniqueConstraint(fields=["aar", "sekvens"], name="sak_saksnummer"),
        ]
        indexes = [
            models.Index(
                F("saksansvarlig_id"),
                F("sist_endret").desc(),
                F("id").desc(),
                name="sak_mine",
                condition=Q(status__in=["R", "B", "X"]),
            ),
            models.Index(fields=["aar", "sekvens"], name="sak_reserverte", condition=Q(status="R")),
            GinIndex(fields=["noekler"], name="sak_noekler", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.saksnummer

    @property
    def saksnummer(self) -> str:
        return f"{self.aar}/{self.sekvens}"

    @property
    def overganger(self) -> dict[tuple[str | None, str], Handling]:
        return OVERGANGER_SAK

    @property
    def er_avsluttet(self) -> bool:
        return self.status in (Saksstatus.AVSLUTTET, Saksstatus.UTGAAR)

    def loggreferanse(self) -> tuple[str, int, int, None]:
        return "sak", self.pk, self.pk, None


class Klassering(models.Model):
    """A case's ordningsverdi; number 1 is the primary one."""

    sak = models.ForeignKey(Sak, models.PROTECT, related_name="klasseringer")
    klasse = models.ForeignKey("arkivstruktur.Klasse", models.PROTECT, related_name="klasseringer")
    rekkefoelge = models.PositiveSmallIntegerField()
    gyldig = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sak", "rekkefoelge"], condition=Q(gyldig=True), name="klassering_rekkefoelge"
            )
        ]

    def __str__(self) -> str:
        return f"{self.klasse}"


class Sakspart(Adressat):
    """A party to the case, whatever letters pass (krav R-4.9, M302 sakspart)."""

    sak = models.ForeignKey(Sak, models.PROTECT, related_name="parter")
    type = models.CharField(max_length=15, choices=Parttypesak)
    rolle = models.CharField(max_length=100, blank=True)
    kontakt = models.ForeignKey(Kontakt, models.PROTECT, null=True, blank=True, related_name="+")
    foedselsnummer = models.CharField(max_length=11, blank=True)
    avsluttet_dato = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.navn

    @property
    def maskert_foedselsnummer(self) -> str:
        """What a list shows of the number (krav R-7.1.8)."""
        return masker_fnr_for_liste(self.foedselsnummer)


class ObsDato(models.Model):
    """A date to look at the case again, with a remark (krav R-10.12.1)."""

    sak = models.ForeignKey(Sak, models.PROTECT, related_name="obsdatoer")
    dato = models.DateField()
    merknad = models.CharField(max_length=500, blank=True)
    satt_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    satt_tid = models.DateTimeField()
    utfoert_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    utfoert_tid = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["dato", "id"], name="obs_aapne", condition=Q(utfoert_tid__isnull=True))]

    def __str__(self) -> str:
        return f"{self.dato} {self.merknad}"


class Sakrettighet(models.Model):
    """A person's right in one case, for a period (krav R-10.3.2.3)."""

    sak = models.ForeignKey(Sak, models.PROTECT, related_name="rettigheter")
    bruker = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    nivaa = models.CharField(max_length=10, choices=Rettighetsnivaa)
    fra = models.DateField()
    til = models.DateField(null=True, blank=True)
    gitt_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    gitt_tid = models.DateTimeField()
    trukket_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    trukket_tid = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["bruker", "nivaa"], name="sakrett_gyldige", condition=Q(trukket_tid__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.bruker}: {self.get_nivaa_display()}"


class Rettighetsoenske(models.Model):
    """A wish for rights in a case, and what saksansvarlig answered."""

    class Svar(models.TextChoices):
        AAPENT = "", "Ikke besvart"
        GITT = "gitt", "Gitt"
        AVSLAATT = "avslaatt", "Avslått"

    sak = models.ForeignKey(Sak, models.PROTECT, related_name="oensker")
    bruker = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    nivaa = models.CharField(max_length=10, choices=Rettighetsnivaa)
    begrunnelse = models.CharField(max_length=500, blank=True)
    tid = models.DateTimeField()
    svar = models.CharField(max_length=10, choices=Svar, blank=True, default=Svar.AAPENT)
    besvart_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    besvart_tid = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sak", "bruker", "nivaa"], condition=Q(svar=""), name="rettighetsoenske_ett_aapent"
            )
        ]

    def __str__(self) -> str:
        return f"{self.bruker}: {self.get_nivaa_display()}"
