"""Assessments, answers with what was handed out, reasons and appeals, and the e-mails about them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from saksgang.innsynskrav.rules import Bortfall, Kanal, Klageutfall, Meldingsslag, Meldingstilstand, Rest, Utfall

from .krav import Innsynskrav, Kravlinje


class Innsynsvurdering(models.Model):
    """One proposal or decision about one document: outcome, hjemmel, why, by whom. Never changed.

    gradert_ved, versjon: the last decision about the entry's code, and the content, that it was made on.
    foedselsnummer_gis: the assessor knew that national identity numbers stand in it.
    """

    linje = models.ForeignKey(Kravlinje, models.PROTECT, related_name="vurderinger")
    er_forslag = models.BooleanField()
    utfall = models.CharField(max_length=10, choices=Utfall)
    hjemmel = models.ForeignKey("tilgang.Hjemmel", models.PROTECT, null=True, related_name="+")
    rest = models.CharField(max_length=1, choices=Rest, blank=True)
    merinnsyn = models.CharField(max_length=1000, blank=True)
    begrunnelse = models.CharField(max_length=1000, blank=True)
    bortfall = models.CharField(max_length=10, choices=Bortfall, blank=True)
    bortfall_hvem = models.CharField(max_length=200, blank=True)
    bortfall_hvorfor = models.CharField(max_length=1000, blank=True)
    foedselsnummer_gis = models.BooleanField(default=False)
    gradert_ved = models.BigIntegerField(default=0)
    versjon = models.ForeignKey("sakarkiv.Dokumentversjon", models.PROTECT, null=True, related_name="+")
    av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    paa_vegne_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    tid = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.get_utfall_display()} {self.hjemmel or ''}".strip()

    @property
    def full_hjemmel(self) -> str:
        """Paragraph, ledd and letter or number, with its companion, and § 12 where the rest is withheld too."""
        if self.hjemmel is None:
            return ""
        return f"{self.hjemmel.visning}, jf. § 12 bokstav {self.rest}" if self.rest else self.hjemmel.visning


class Innsynssvar(models.Model):
    """A letter that answers the request, as it was sent. Never changed."""

    krav = models.ForeignKey(Innsynskrav, models.PROTECT, related_name="svar")
    slag = models.CharField(max_length=12, choices=Meldingsslag)
    tekst = models.TextField(blank=True)
    har_avslag = models.BooleanField()
    brev = models.ForeignKey("lager.Fil", models.PROTECT, related_name="+")
    av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    tid = models.DateTimeField()
    dato = models.DateField()

    def __str__(self) -> str:
        return f"Svar på {self.krav}"


class Utlevering(models.Model):
    """A file that an answer handed out: nothing but what stands here leaves the house. Never changed."""

    svar = models.ForeignKey(Innsynssvar, models.PROTECT, related_name="utleveringer")
    vurdering = models.ForeignKey(Innsynsvurdering, models.PROTECT, related_name="utleveringer")
    fil = models.ForeignKey("lager.Fil", models.PROTECT, related_name="+")
    filnavn = models.CharField(max_length=100)
    i_epost = models.BooleanField()

    def __str__(self) -> str:
        return self.filnavn


class Begrunnelsesoenske(models.Model):
    """A wish for nærmere begrunnelse, answered within ten working days (offl. § 31 second ledd)."""

    krav = models.ForeignKey(Innsynskrav, models.PROTECT, related_name="begrunnelsesoensker")
    bedt_dato = models.DateField()
    kanal = models.CharField(max_length=10, choices=Kanal)
    svar = models.ForeignKey(Innsynssvar, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"Begrunnelse bedt om {self.bedt_dato}"


class Innsynsklage(models.Model):
    """An appeal to Statsforvalteren, sent through the municipality (offl. § 32).

    vurdert_til: where it won, the last assessment that it overturned.
    """

    krav = models.ForeignKey(Innsynskrav, models.PROTECT, related_name="klager")
    mottatt_dato = models.DateField()
    kanal = models.CharField(max_length=10, choices=Kanal)
    tekst = models.TextField(blank=True)
    oversendt_dato = models.DateField(null=True)
    utfall = models.CharField(max_length=10, choices=Klageutfall, blank=True)
    utfall_dato = models.DateField(null=True)
    utfall_merknad = models.CharField(max_length=1000, blank=True)
    vurdert_til = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["krav"], condition=Q(utfall=""), name="innsynsklage_en_aapen_per_krav")
        ]

    def __str__(self) -> str:
        return f"Klage {self.mottatt_dato}"


class Kravmelding(models.Model):
    """An e-mail to the requester: sent by the queue, once."""

    krav = models.ForeignKey(Innsynskrav, models.PROTECT, related_name="meldinger")
    slag = models.CharField(max_length=12, choices=Meldingsslag)
    svar = models.ForeignKey(Innsynssvar, models.PROTECT, null=True, related_name="meldinger")
    tilstand = models.CharField(max_length=10, choices=Meldingstilstand, default=Meldingstilstand.I_KOE)
    neste_tid = models.DateTimeField(null=True)
    forsoek = models.PositiveSmallIntegerField(default=0)
    feil = models.CharField(max_length=500, blank=True)
    meldings_id = models.CharField(max_length=200, blank=True)
    sendt_tid = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], name="kravmelding_koe", condition=Q(tilstand="koe"))]

    def __str__(self) -> str:
        return f"{self.get_slag_display()} om {self.krav}"
