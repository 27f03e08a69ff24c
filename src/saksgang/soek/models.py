"""One narrow row per searchable object, with the keys that the reader's must meet (design 2.1)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from saksgang.tilgang.querysets import SkjermetQuerySet


class Soekerad(models.Model):
    """What is found of one case or journalpost. tekst is normalised by kjerne.tekst."""

    objekt_type = models.CharField(max_length=20)
    objekt_id = models.BigIntegerField()
    sak_id = models.BigIntegerField()
    dato = models.DateField()
    tittel = models.TextField()
    tekst = models.TextField(blank=True)
    utgaatt = models.BooleanField(default=False)
    noekler = ArrayField(models.IntegerField(), default=list)
    vektor = models.GeneratedField(
        expression=SearchVector("tittel", weight="A", config="norwegian")
        + SearchVector("tekst", weight="B", config="norwegian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = SkjermetQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["objekt_type", "objekt_id"], name="soekerad_ett_objekt")]
        indexes = [GinIndex(fields=["vektor", "noekler"], name="soekerad_gin", fastupdate=False)]

    def __str__(self) -> str:
        return f"{self.objekt_type} {self.objekt_id}"
