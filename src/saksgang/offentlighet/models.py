"""The history of a journalpost's grading, what is in force stands on the journalpost itself; and redacted versions."""

from __future__ import annotations

from django.db import models

from .rules import AAPNE_SLADDINGER, Sladdetilstand, Vurderingsart


class Skjermingsvurdering(models.Model):
    """One proposal, decision or block: who, when, what, and why. Never changed."""

    journalpost = models.ForeignKey("sakarkiv.Journalpost", models.PROTECT, related_name="skjermingsvurderinger")
    art = models.CharField(max_length=10, choices=Vurderingsart)
    kode = models.ForeignKey("tilgang.Tilgangskode", models.PROTECT, null=True, related_name="+")
    avskjermingskode = models.ForeignKey("tilgang.Avskjermingskode", models.PROTECT, null=True, related_name="+")
    hjemmel = models.ForeignKey("tilgang.Hjemmel", models.PROTECT, null=True, related_name="+")
    gruppe = models.ForeignKey("tilgang.Tilgangsgruppe", models.PROTECT, null=True, related_name="+")
    meroffentlighet = models.CharField(max_length=1000, blank=True)
    offentlig_tittel = models.CharField(max_length=500, blank=True)
    merknad = models.CharField(max_length=1000, blank=True)
    av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    paa_vegne_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    tid = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.get_art_display()} {self.kode or 'Offentlig'}"


class Sladding(models.Model):
    """A redacted version of one document: the marks, the file made of them, and what the leader decided.

    kilde: the PDF that the marks are drawn on, made of original. variant: the document's public variant, once approved.
    """

    dokument = models.ForeignKey("sakarkiv.Dokument", models.PROTECT, related_name="sladdinger")
    original = models.ForeignKey("sakarkiv.Dokumentversjon", models.PROTECT, related_name="sladdinger")
    kilde = models.ForeignKey("lager.Fil", models.PROTECT, related_name="+")
    tilstand = models.CharField(max_length=1, choices=Sladdetilstand, default=Sladdetilstand.UTKAST)
    merker = models.JSONField(default=list)
    soek = models.JSONField(default=list)
    fil = models.ForeignKey("lager.Fil", models.PROTECT, null=True, related_name="+")
    variant = models.OneToOneField("sakarkiv.Dokumentversjon", models.PROTECT, null=True, related_name="sladding")
    forsoek = models.PositiveSmallIntegerField(default=0)
    feil = models.CharField(max_length=500, blank=True)
    rester = models.JSONField(default=list)
    opprettet_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    opprettet_tid = models.DateTimeField()
    sendt_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    sendt_tid = models.DateTimeField(null=True)
    avgjort_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    avgjort_tid = models.DateTimeField(null=True)
    trukket_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    trukket_tid = models.DateTimeField(null=True)
    kommentar = models.CharField(max_length=1000, blank=True)
    original_fri = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dokument"],
                condition=models.Q(tilstand__in=[str(t) for t in AAPNE_SLADDINGER]),
                name="sladding_en_aapen",
            ),
            models.UniqueConstraint(fields=["dokument"], condition=models.Q(tilstand="G"), name="sladding_en_godkjent"),
            models.CheckConstraint(
                condition=~models.Q(tilstand="G") | models.Q(variant__isnull=False),
                name="sladding_godkjent_har_variant",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="sladding_lages", condition=models.Q(tilstand="L")),
            models.Index(fields=["sendt_tid", "id"], name="sladding_forslag", condition=models.Q(tilstand="F")),
        ]

    def __str__(self) -> str:
        return f"Sladdet versjon av {self.dokument}"

    @property
    def er_aapen(self) -> bool:
        return self.tilstand in AAPNE_SLADDINGER
