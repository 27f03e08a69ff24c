"""Rules for how titles are written, kept by the archive (krav R-10.3.1.2c)."""

from __future__ import annotations

from django.db import models


class Skriveregel(models.Model):
    """One rule: what is looked for, how grave it is, and the help that goes with it."""

    class Alvor(models.TextChoices):
        FEIL = "F", "Feil: stopper lagring"
        ADVARSEL = "A", "Advarsel: kan overstyres med begrunnelse"

    kode = models.SlugField(max_length=40, unique=True)
    navn = models.CharField(max_length=100)
    slag = models.CharField(max_length=20)
    parameter = models.CharField(max_length=500, blank=True)
    alvor = models.CharField(max_length=1, choices=Alvor)
    hjelp = models.CharField(max_length=500)
    aktiv = models.BooleanField(default=True)
    rekkefoelge = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.navn
