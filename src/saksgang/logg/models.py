"""Events and seals. The database itself refuses to change or remove a row (see the trigger migration)."""

from __future__ import annotations

from django.db import models
from django.db.models import Func
from django.db.models.functions import Cast


class NaavaerendeXid(Func):
    """PostgreSQL's full transaction id, which never wraps around within a cluster."""

    function = "pg_current_xact_id"
    template = "(%(function)s()::text)"
    output_field = models.TextField()


class Hendelse(models.Model):
    """One act on one object: who, when, on whose behalf, what changed from and to (krav R-C.4)."""

    nummer = models.BigAutoField(primary_key=True)
    akt = models.UUIDField()
    tidspunkt = models.DateTimeField()
    aktoer = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    paa_vegne_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    handling = models.CharField(max_length=60)
    objekt_type = models.CharField(max_length=40)
    objekt_id = models.BigIntegerField()
    sak_id = models.BigIntegerField(null=True)
    journalpost_id = models.BigIntegerField(null=True)
    lesing = models.BooleanField(default=False)
    endringer = models.JSONField(default=dict)
    detaljer = models.JSONField(default=dict)
    xid = models.BigIntegerField(db_default=Cast(NaavaerendeXid(), models.BigIntegerField()), editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["sak_id", "nummer"], name="hendelse_sak"),
            models.Index(fields=["objekt_type", "objekt_id", "nummer"], name="hendelse_objekt"),
            models.Index(fields=["handling", "tidspunkt"], name="hendelse_handling"),
        ]

    def __str__(self) -> str:
        return f"{self.nummer} {self.handling}"


class Segl(models.Model):
    """A seal over a batch of events and over the seal before it."""

    nummer = models.BigAutoField(primary_key=True)
    # Which canonical form the digests are made of, so that a field added later leaves old seals unbroken.
    versjon = models.PositiveSmallIntegerField(default=1)
    tidspunkt = models.DateTimeField()
    antall = models.PositiveIntegerField()
    forrige = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"Segl {self.nummer}"


class SegletHendelse(models.Model):
    """Which seal covers an event, and the event's own digest, so that a breach can be pointed at."""

    hendelse = models.OneToOneField(Hendelse, models.PROTECT, primary_key=True, related_name="+")
    segl = models.ForeignKey(Segl, models.PROTECT, related_name="+")
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.hendelse_id} i segl {self.segl_id}"
