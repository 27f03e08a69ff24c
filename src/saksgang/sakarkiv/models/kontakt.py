"""The register of persons and organisations outside the municipality."""

from __future__ import annotations

from django.db import models

from saksgang.sakarkiv.rules import Parttypesak


class Adressat(models.Model):
    """Name and address as written on a letter, or kept in the register."""

    navn = models.CharField(max_length=300)
    organisasjonsnummer = models.CharField(max_length=9, blank=True)
    adresse = models.CharField(max_length=300, blank=True)
    postnummer = models.CharField(max_length=10, blank=True)
    poststed = models.CharField(max_length=100, blank=True)
    epost = models.EmailField(blank=True)
    telefon = models.CharField(max_length=30, blank=True)

    class Meta:
        abstract = True


class Kontakt(Adressat):
    """A person or organisation; merged doubles point at the one that stays."""

    type = models.CharField(max_length=15, choices=Parttypesak)
    sorteringsnavn = models.CharField(max_length=600, db_index=True)
    adressesperre = models.BooleanField(default=False)
    slaatt_sammen_med = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="doubletter")
    opprettet_dato = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisasjonsnummer"],
                condition=~models.Q(organisasjonsnummer="") & models.Q(slaatt_sammen_med__isnull=True),
                name="kontakt_ett_orgnr",
            )
        ]

    def __str__(self) -> str:
        return self.navn

    def loggreferanse(self) -> tuple[str, int, None, None]:
        return "kontakt", self.pk, None, None
