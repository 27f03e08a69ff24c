"""Arkiv, arkivdel, klassifikasjonssystem, klasse, and the series that numbers come from."""

from __future__ import annotations

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from saksgang.kjerne.identifikatorer import masker_fnr_for_liste
from saksgang.organisasjon.models import NoarkObjekt

from .rules import Arkivdelstatus, Arkivstatus, Klassifikasjonstype


class Arkiv(NoarkObjekt):
    """The archive of one creator (Noark arkiv and arkivskaper)."""

    tittel = models.CharField(max_length=200)
    beskrivelse = models.TextField(blank=True)
    arkivstatus = models.CharField(max_length=1, choices=Arkivstatus, default=Arkivstatus.OPPRETTET)
    arkivskaper = models.CharField(max_length=200)
    arkivskaper_id = models.CharField(max_length=50, blank=True)

    def __str__(self) -> str:
        return self.tittel


class Klassifikasjonssystem(NoarkObjekt):
    """A way of ordering cases. skjermet: the class ids name persons and are never shown whole (krav R-4.9)."""

    kode = models.CharField(max_length=20, unique=True)
    tittel = models.CharField(max_length=200)
    klassifikasjonstype = models.CharField(max_length=3, choices=Klassifikasjonstype)
    skjermet = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.tittel


class Arkivdel(NoarkObjekt):
    """A part of the archive. publiseres: whether its entries are on the net list (krav C.11 step 4)."""

    arkiv = models.ForeignKey(Arkiv, models.PROTECT, related_name="arkivdeler")
    kode = models.CharField(max_length=20, unique=True)
    tittel = models.CharField(max_length=200)
    arkivdelstatus = models.CharField(max_length=1, choices=Arkivdelstatus, default=Arkivdelstatus.AKTIV)
    publiseres = models.BooleanField(default=True)
    klassifikasjonssystem = models.ForeignKey(
        Klassifikasjonssystem, models.PROTECT, null=True, blank=True, related_name="arkivdeler"
    )
    avsluttet_dato = models.DateTimeField(null=True, blank=True)
    avsluttet_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.kode} {self.tittel}"

    @property
    def tar_imot_saker(self) -> bool:
        """Whether new cases may be put here."""
        return self.arkivdelstatus in {Arkivdelstatus.AKTIV, Arkivdelstatus.OVERLAPPING}


class Klasse(NoarkObjekt):
    """A class, label Ordningsverdi. sti: the ids from the top down, each followed by «|»."""

    klassifikasjonssystem = models.ForeignKey(Klassifikasjonssystem, models.PROTECT, related_name="klasser")
    klasse_id = models.CharField(max_length=50)
    tittel = models.CharField(max_length=300)
    overordnet = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="underklasser")
    sti = models.TextField()
    nedlagt_dato = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["klassifikasjonssystem", "klasse_id"], name="klasse_id_i_system")
        ]
        indexes = [
            models.Index(F("klassifikasjonssystem"), OpClass("sti", name="text_pattern_ops"), name="klasse_sti"),
            models.Index(OpClass(Upper("klasse_id"), name="text_pattern_ops"), name="klasse_id_prefiks"),
        ]

    def __str__(self) -> str:
        return f"{self.visning} {self.tittel}".strip()

    @property
    def visning(self) -> str:
        """The id as it may be shown; a person's number is cut to the date of birth."""
        return masker_fnr_for_liste(self.klasse_id) if self.klassifikasjonssystem.skjermet else self.klasse_id


class Nummerserie(models.Model):
    """The next number of a series in a year. Its row is locked from a number is taken until the act is done."""

    serie = models.CharField(max_length=40)
    aar = models.PositiveSmallIntegerField()
    foerste = models.PositiveIntegerField(default=1)
    neste = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["serie", "aar"], name="nummerserie_en_per_aar"),
            models.CheckConstraint(condition=Q(neste__gte=F("foerste")), name="nummerserie_gaar_framover"),
        ]

    def __str__(self) -> str:
        return f"{self.serie} {self.aar}: {self.neste}"

    @property
    def i_bruk(self) -> bool:
        """Whether a number has been taken."""
        return self.neste > self.foerste
