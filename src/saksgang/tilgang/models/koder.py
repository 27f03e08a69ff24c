"""Code lists of access, and the law behind it as dated rows (krav E, lov.md 2.2)."""

from __future__ import annotations

from django.db import models

XX = "XX"


class Tilgangskode(models.Model):
    """M500 tilgangsrestriksjon. No row stands for «offentlig»: an empty field does."""

    kode = models.CharField(max_length=5, unique=True)
    navn = models.CharField(max_length=100)
    rekkefoelge = models.PositiveSmallIntegerField()
    krever_hjemmel = models.BooleanField(default=True)
    gyldig_til = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kode} – {self.navn}"

    @property
    def er_xx(self) -> bool:
        return self.kode == XX


class Avskjermingskode(models.Model):
    """M502 skjermingMetadata: which parts of the entry the public does not see."""

    kode = models.CharField(max_length=5, unique=True)
    navn = models.CharField(max_length=100)
    rekkefoelge = models.PositiveSmallIntegerField()
    skjermer_tittel = models.BooleanField()
    skjermer_part = models.BooleanField()
    skjermer_alt = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.navn


class Lovkilde(models.Model):
    """A law or regulation, with the time it was in force."""

    kortnavn = models.CharField(max_length=50)
    lov_id = models.CharField(max_length=50, unique=True)
    gyldig_fra = models.DateField(null=True)
    gyldig_til = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.kortnavn


class Hjemmel(models.Model):
    """M501 skjermingshjemmel: one reference, as practice writes it, with its dates."""

    noekkel = models.CharField(max_length=20, unique=True)
    kilde = models.ForeignKey(Lovkilde, models.PROTECT, related_name="hjemler")
    visning = models.CharField(max_length=200)
    kortnavn = models.CharField(max_length=250)
    taushetsplikt = models.BooleanField(default=False)
    koder = models.ManyToManyField(Tilgangskode, related_name="hjemler")
    foerst_for = models.ManyToManyField(Tilgangskode, related_name="+", blank=True)
    rekkefoelge = models.PositiveSmallIntegerField()
    gyldig_fra = models.DateField()
    gyldig_til = models.DateField(null=True, blank=True)
    kontrollert_dato = models.DateField()
    opphoer_aar = models.PositiveSmallIntegerField(null=True, blank=True)
    opphoer_hendelse = models.CharField(max_length=200, blank=True)
    aapnes_selv = models.BooleanField(default=False)
    """Whether what it exempts is opened by itself when it ends; else the leader decides."""

    def __str__(self) -> str:
        return self.visning
