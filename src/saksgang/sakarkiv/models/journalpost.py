"""Journalpost, its parties, and its internal recipients."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from saksgang.organisasjon.models import NoarkObjekt
from saksgang.sakarkiv.querysets import InternMottakerQuerySet, JournalpostQuerySet
from saksgang.sakarkiv.rules import (
    Godkjenningstilstand,
    Journalposttype,
    Journalstatus,
    Parttype,
    Signaturmaate,
    overganger_journalpost,
)
from saksgang.tilgang.models import Hjemmel, Skjermbar, Tilgangskode
from saksgang.tilgang.rules import Handling

from .avskrivning import Avskrivning
from .kodeverk import Kodeverdi
from .kontakt import Adressat, Kontakt
from .sak import Sak


class Journalpost(NoarkObjekt, Skjermbar):
    """One entry in the journal: one saksdokument with its attachments, always in a case."""

    sak = models.ForeignKey(Sak, models.PROTECT, related_name="journalposter")
    journalpostnummer = models.PositiveIntegerField()
    journalposttype = models.CharField(max_length=1, choices=Journalposttype)
    status = models.CharField(max_length=1, choices=Journalstatus)
    status_foer_utgaatt = models.CharField(max_length=1, blank=True)
    tittel = models.CharField(max_length=500)
    offentlig_tittel = models.CharField(max_length=500, blank=True)
    partsnavn = models.CharField(max_length=400, blank=True)
    journalaar = models.PositiveSmallIntegerField(null=True)
    journalsekvens = models.PositiveIntegerField(null=True)
    journaldato = models.DateField(null=True)
    dokumentdato = models.DateField(null=True, blank=True)
    mottatt_dato = models.DateField(null=True, blank=True)
    forfallsdato = models.DateField(null=True, blank=True)
    ferdig_tid = models.DateTimeField(null=True)
    enhet = models.ForeignKey("organisasjon.Enhet", models.PROTECT, related_name="journalposter")
    saksbehandler = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, blank=True, related_name="+")
    fordelt_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    fordelt_tid = models.DateTimeField(null=True)
    journalfoert_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    journalfoert_tid = models.DateTimeField(null=True)
    publiseres_tid = models.DateTimeField(null=True)
    ferdig_i_arkivet_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    opphav = models.ForeignKey(Kodeverdi, models.PROTECT, null=True, blank=True, related_name="+")
    offentlighet_vurdert_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    offentlighet_vurdert_tid = models.DateTimeField(null=True)
    meroffentlighet = models.CharField(max_length=1000, blank=True)
    forslag_aapent = models.BooleanField(default=False)
    forslag_sperrer = models.BooleanField(default=False)
    foreslaatt_kode = models.ForeignKey(Tilgangskode, models.PROTECT, null=True, blank=True, related_name="+")
    foreslaatt_hjemmel = models.ForeignKey(Hjemmel, models.PROTECT, null=True, blank=True, related_name="+")
    foreslaatt_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    xx_satt_tid = models.DateTimeField(null=True)
    xx_frist = models.DateField(null=True)
    besluttet_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    besluttet_av_leder = models.BooleanField(default=False)
    statusbegrunnelse = models.CharField(max_length=500, blank=True)
    deres_referanse = models.CharField(max_length=100, blank=True)
    enkeltvedtak = models.BooleanField(default=False)
    relevant_for_behandling = models.BooleanField(default=False)
    ekspederingskoder = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    ekspedert_dato = models.DateField(null=True)
    godkjenning = models.CharField(max_length=1, choices=Godkjenningstilstand, blank=True)
    godkjenner = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    forelagt_ider = ArrayField(models.BigIntegerField(), default=list, blank=True)
    signert_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    signert_dato = models.DateField(null=True)
    signaturmaate = models.CharField(max_length=1, choices=Signaturmaate, blank=True)

    objects = JournalpostQuerySet.as_manager()

    LASTES_MED: ClassVar = ("sak",)
    """What every act on a journalpost asks about: loaded with it when it is locked."""

    class Meta:
        constraints = [
            *Skjermbar.Meta.constraints,
            models.UniqueConstraint(fields=["sak", "journalpostnummer"], name="journalpost_nummer_i_sak"),
            models.UniqueConstraint(fields=["journalaar", "journalsekvens"], name="journalpost_journalnummer"),
            models.CheckConstraint(
                condition=Q(journaldato__isnull=True, journalaar__isnull=True, journalsekvens__isnull=True)
                | Q(journaldato__isnull=False, journalaar__isnull=False, journalsekvens__isnull=False),
                name="journalpost_nummer_og_dato_sammen",
            ),
            models.CheckConstraint(
                condition=~Q(status="J") | Q(journaldato__isnull=False), name="journalpost_j_har_nummer"
            ),
            models.CheckConstraint(
                condition=Q(journalposttype="I", status__in=["M", "S", "J", "U"])
                | (~Q(journalposttype="I") & Q(status__in=["R", "F", "J", "U"])),
                name="journalpost_status_for_type",
            ),
        ]
        indexes = [
            models.Index(F("saksbehandler_id"), F("id").desc(), name="jp_under_arbeid", condition=Q(status="R")),
            models.Index(
                fields=["id"],
                name="jp_til_journalfoering",
                condition=Q(status__in=["S", "F"]) | Q(status="M", ferdig_i_arkivet_av__isnull=False),
            ),
            models.Index(fields=["id"], name="jp_midlertidig", condition=Q(status="M")),
            models.Index(fields=["enhet", "xx_frist", "id"], name="jp_sperret", condition=Q(xx_frist__isnull=False)),
            models.Index(fields=["enhet", "id"], name="jp_forslag", condition=Q(forslag_aapent=True)),
            models.Index(
                F("journaldato"), F("journalaar"), F("journalsekvens"), name="jp_offjournal", condition=Q(status="J")
            ),
            models.Index(
                F("journaldato"),
                F("journalaar"),
                F("journalsekvens"),
                name="jp_nummer_uten_j",
                condition=Q(journaldato__isnull=False) & ~Q(status="J"),
            ),  # fmt: skip
            models.Index(F("publiseres_tid").desc(), F("id").desc(), name="jp_publisert", condition=Q(status="J")),
            GinIndex(fields=["ekspederingskoder"], name="jp_ekspedering", condition=~Q(ekspederingskoder=[])),
            GinIndex(fields=["noekler"], name="jp_noekler", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"{self.sak.saksnummer}-{self.journalpostnummer}"

    @property
    def overganger(self) -> dict[tuple[str | None, str], Handling]:
        return overganger_journalpost(self.journalposttype)

    @property
    def avventer_gradering(self) -> bool:
        """Whether the grading is undecided: XX stands, or an ARK proposal other than offentlig is open (A-08)."""
        return self.forslag_sperrer or (self.tilgangskode is not None and self.tilgangskode.er_xx)

    @property
    def er_journalfoert(self) -> bool:
        return self.status == Journalstatus.JOURNALFOERT

    @property
    def hos_godkjenner_id(self) -> int | None:
        """The person before whom the document lies for approval now (krav C.6)."""
        return self.godkjenner_id if self.godkjenning == Godkjenningstilstand.AAPEN else None

    @property
    def er_godkjent(self) -> bool:
        """Whether it has been approved, and not changed since."""
        return self.godkjenning == Godkjenningstilstand.GODKJENT

    def loggreferanse(self) -> tuple[str, int, int, int]:
        return "journalpost", self.pk, self.sak_id, self.pk


class Korrespondansepart(Adressat):
    """An external party of the letter, or the internal sender of a note (M087)."""

    journalpost = models.ForeignKey(Journalpost, models.PROTECT, related_name="parter")
    type = models.CharField(max_length=2, choices=Parttype)
    er_person = models.BooleanField(default=False)
    kontakt = models.ForeignKey(Kontakt, models.PROTECT, null=True, blank=True, related_name="+")
    bruker = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, blank=True, related_name="+")
    rekkefoelge = models.PositiveIntegerField()
    ekspederingskoder = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    gyldig = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.navn


class InternMottaker(models.Model):
    """A person or unit that must handle or read it; Innboks, Restanse and Til fordeling read this table."""

    journalpost = models.ForeignKey(Journalpost, models.PROTECT, related_name="interne_mottakere")
    journalposttype = models.CharField(max_length=1, choices=Journalposttype)
    bruker = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, blank=True, related_name="+")
    enhet = models.ForeignKey("organisasjon.Enhet", models.PROTECT, related_name="+")
    forfallsdato = models.DateField(null=True, blank=True)
    mottatt_tid = models.DateTimeField()
    levert = models.BooleanField(default=False)
    sett_tid = models.DateTimeField(null=True)
    avskrivning = models.OneToOneField(Avskrivning, models.PROTECT, null=True, related_name="gjelder")
    gyldig = models.BooleanField(default=True)

    objects = InternMottakerQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                F("bruker_id"),
                F("mottatt_tid").desc(),
                F("id").desc(),
                name="im_innboks",
                condition=Q(levert=True, avskrivning__isnull=True, sett_tid__isnull=True, bruker__isnull=False),
            ),
            models.Index(
                fields=["bruker", "forfallsdato", "id"],
                name="im_restanse_bruker",
                condition=Q(levert=True, avskrivning__isnull=True, journalposttype__in=["I", "N"]),
            ),
            models.Index(
                fields=["enhet", "forfallsdato", "id"],
                name="im_restanse_enhet",
                condition=Q(levert=True, avskrivning__isnull=True, journalposttype__in=["I", "N"]),
            ),
            models.Index(
                fields=["enhet", "mottatt_tid", "id"],
                name="im_fordeling",
                condition=Q(levert=True, avskrivning__isnull=True, sett_tid__isnull=True, bruker__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bruker or self.enhet}"

    @property
    def noekler(self) -> list[int]:
        return self.journalpost.noekler

    def loggreferanse(self) -> tuple[str, int, int, int]:
        return self.journalpost.loggreferanse()


class Kopi(models.Model):
    """A copy to a colleague: to read, without restanse (krav R-10.7.*)."""

    journalpost = models.ForeignKey(Journalpost, models.PROTECT, related_name="kopier")
    bruker = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    kommentar = models.CharField(max_length=500, blank=True)
    av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    tid = models.DateTimeField()
    levert = models.BooleanField(default=True)
    lest_tid = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                F("bruker_id"),
                F("tid").desc(),
                F("id").desc(),
                name="kopi_kopiboks",
                condition=Q(levert=True, lest_tid__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"Kopi til {self.bruker}"
