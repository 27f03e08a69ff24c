"""Gradings as assessed and when they end, redacted versions, what parties are given, and the check of files."""

from __future__ import annotations

import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from .rules import (
    AAPNE_SLADDINGER,
    Partsinnsynstilstand,
    Sladdetilstand,
    Unntaksgrunn,
    Unntakssvar,
    Utfall,
    Utleveringsmaate,
    Vurderingsart,
)


class Skjermingsvurdering(models.Model):
    """One proposal, decision or block: who, when, what, and why. Never changed."""

    journalpost = models.ForeignKey("sakarkiv.Journalpost", models.PROTECT, related_name="skjermingsvurderinger")
    art = models.CharField(max_length=10, choices=Vurderingsart)
    kode = models.ForeignKey("tilgang.Tilgangskode", models.PROTECT, null=True, related_name="+")
    avskjermingskode = models.ForeignKey("tilgang.Avskjermingskode", models.PROTECT, null=True, related_name="+")
    hjemmel = models.ForeignKey("tilgang.Hjemmel", models.PROTECT, null=True, related_name="+")
    gruppe = models.ForeignKey("tilgang.Tilgangsgruppe", models.PROTECT, null=True, related_name="+")
    meroffentlighet = models.CharField(max_length=1000, blank=True)
    utfall = models.CharField(max_length=1, choices=Utfall, blank=True)
    offentlig_tittel = models.CharField(max_length=500, blank=True)
    opphoerer = models.DateField(null=True)
    opphoer_hendelse = models.CharField(max_length=200, blank=True)
    merknad = models.CharField(max_length=1000, blank=True)
    av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    paa_vegne_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    tid = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.get_art_display()} {self.kode or 'Offentlig'}"


class Sladding(models.Model):
    """A redacted version of one document: the marks, the file made of them, and what the leader decided.

    kilde: the PDF that the marks are drawn on, made of original. variant: the document's public variant, once approved.
    kode, avskjermingskode, hjemmel: the grading that it was approved under.
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
    kode = models.ForeignKey("tilgang.Tilgangskode", models.PROTECT, null=True, related_name="+")
    avskjermingskode = models.ForeignKey("tilgang.Avskjermingskode", models.PROTECT, null=True, related_name="+")
    hjemmel = models.ForeignKey("tilgang.Hjemmel", models.PROTECT, null=True, related_name="+")

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


class Partsinnsyn(models.Model):
    """What a party is given of a case: proposed, decided where something is kept back, packed, delivered (R-7.1.5).

    gradert_ved: the last decision about a code in the case when it was weighed.

    Who made it, the decision, the package and the delivery are each written once; the database refuses more.
    """

    sak = models.ForeignKey("sakarkiv.Sak", models.PROTECT, related_name="partsinnsyn")
    part = models.ForeignKey("sakarkiv.Sakspart", models.PROTECT, related_name="partsinnsyn")
    laget_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    laget_tid = models.DateTimeField()
    antall_unntatt = models.PositiveIntegerField()
    gradert_ved = models.BigIntegerField(default=0)
    flagg = models.ManyToManyField("flyt.Flagg", related_name="+")
    svar = models.CharField(max_length=1, choices=Unntakssvar, blank=True)
    svar_kommentar = models.CharField(max_length=1000, blank=True)
    svart_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    svart_paa_vegne_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    svart_tid = models.DateTimeField(null=True)
    pakke = models.ForeignKey("lager.Fil", models.PROTECT, null=True, related_name="+")
    liste = models.ForeignKey("lager.Fil", models.PROTECT, null=True, related_name="+")
    pakket_tid = models.DateTimeField(null=True)
    pakkefeil = models.CharField(max_length=500, blank=True)
    levert_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    levert_tid = models.DateTimeField(null=True)
    levert_maate = models.CharField(max_length=1, choices=Utleveringsmaate, blank=True)
    mottaker = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(svar="", svart_tid__isnull=True) | (~Q(svar="") & Q(svart_tid__isnull=False)),
                name="partsinnsyn_svart_med_tid",
            ),
            models.CheckConstraint(
                condition=Q(pakke__isnull=True) | Q(antall_unntatt=0) | Q(svar="G"),
                name="partsinnsyn_unntak_er_godkjent",
            ),
            models.CheckConstraint(
                condition=Q(levert_tid__isnull=True) | (Q(pakke__isnull=False, liste__isnull=False) & ~Q(mottaker="")),
                name="partsinnsyn_levert_har_pakke",
            ),
        ]
        indexes = [
            models.Index(fields=["sak", "id"], name="partsinnsyn_i_sak"),
            models.Index(fields=["id"], name="partsinnsyn_uten_pakke", condition=Q(pakke__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"Partsinnsyn for {self.part}"

    @property
    def er_godkjent(self) -> bool:
        """Whether nothing is kept back, or a leader has agreed to it."""
        return self.antall_unntatt == 0 or self.svar == Unntakssvar.GODKJENT

    @property
    def tilstand(self) -> Partsinnsynstilstand:
        if self.levert_tid is not None:
            return Partsinnsynstilstand.LEVERT
        if self.pakke_id is not None:
            return Partsinnsynstilstand.KLAR
        if self.svar == Unntakssvar.IKKE_GODKJENT:
            return Partsinnsynstilstand.IKKE_GODKJENT
        if not self.er_godkjent:
            return Partsinnsynstilstand.VENTER
        return Partsinnsynstilstand.FEILET if self.pakkefeil else Partsinnsynstilstand.LAGES

    def loggreferanse(self) -> tuple[str, int, int, None]:
        return "partsinnsyn", self.pk, self.sak_id, None


class Partsinnsynslinje(models.Model):
    """One document of a case as a party gets it, or is refused it: by which provision, and why."""

    partsinnsyn = models.ForeignKey(Partsinnsyn, models.PROTECT, related_name="linjer")
    nummer = models.PositiveIntegerField()
    journalpost = models.ForeignKey("sakarkiv.Journalpost", models.PROTECT, related_name="partsinnsynslinjer")
    dokument = models.ForeignKey("sakarkiv.Dokument", models.PROTECT, null=True, related_name="+")
    versjon = models.ForeignKey("sakarkiv.Dokumentversjon", models.PROTECT, null=True, related_name="+")
    unntatt = models.BooleanField()
    grunnlag = models.CharField(max_length=5, choices=Unntaksgrunn, blank=True)
    begrunnelse = models.CharField(max_length=1000, blank=True)
    sladdet = models.ForeignKey("sakarkiv.Dokumentversjon", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sladdet__isnull=True) | Q(unntatt=True), name="partsinnsynslinje_sladdet_er_unntatt"
            ),
            models.UniqueConstraint(fields=["partsinnsyn", "nummer"], name="partsinnsynslinje_nummer"),
            models.CheckConstraint(
                condition=Q(unntatt=False, grunnlag="", begrunnelse="")
                | (Q(unntatt=True) & ~Q(grunnlag="") & ~Q(begrunnelse="")),
                name="partsinnsynslinje_unntak_har_grunn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journalpost} {self.dokument or ''}".strip()

    @property
    def gis(self) -> bool:
        """Whether the party gets it, whole or redacted."""
        return not self.unntatt or self.sladdet_id is not None

    @property
    def bestemmelse(self) -> str:
        return Unntaksgrunn(self.grunnlag).bestemmelse if self.grunnlag else ""


class Graderingsopphoer(models.Model):
    """When the grading that a journalpost has now ends: on a day, or with an event; empty where nobody has said.

    inntruffet: the day the event happened. varslet, foreslaatt: what the daily job has done about it. hviler: it has
    ended, or soon does, in a case that is closed: most of them in time, and no list looks through them.
    """

    journalpost = models.OneToOneField("sakarkiv.Journalpost", models.PROTECT, related_name="graderingsopphoer")
    dato = models.DateField(null=True)
    hendelse = models.CharField(max_length=200, blank=True)
    inntruffet = models.DateField(null=True)
    varslet = models.DateField(null=True)
    foreslaatt = models.DateField(null=True)
    hviler = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["dato"], name="opphoer_dato", condition=Q(dato__isnull=False, hviler=False)),
            models.Index(
                fields=["inntruffet"], name="opphoer_inntruffet", condition=Q(inntruffet__isnull=False, hviler=False)
            ),
            models.Index(fields=["id"], name="opphoer_hviler", condition=Q(hviler=True)),
        ]

    def __str__(self) -> str:
        return f"Opphør for {self.journalpost}"

    @property
    def ender(self) -> datetime.date | None:
        """The day it ends, as far as one is known: the earlier of the two."""
        return min((d for d in (self.dato, self.inntruffet) if d is not None), default=None)

    @property
    def kan_inntreffe(self) -> bool:
        """Whether it ends with an event that nobody has said has happened."""
        return self.hendelse != "" and self.inntruffet is None


class Filkontroll(models.Model):
    """What one content was found to hold, by one version of the rules: checked once, and never changed.

    ordnoekkel: which words it was looked through for, as a checksum; empty for none. funn: rule, number and pages of
    each finding, never what was found. vasket: the copy to publish, without traces, where the file had any.
    """

    fil = models.ForeignKey("lager.Fil", models.PROTECT, related_name="filkontroller")
    regelversjon = models.PositiveSmallIntegerField()
    ordnoekkel = models.CharField(max_length=64, blank=True)
    funn = models.JSONField(default=list, blank=True)
    vasket = models.ForeignKey("lager.Fil", models.PROTECT, null=True, related_name="+")
    tid = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fil", "regelversjon", "ordnoekkel"], name="filkontroll_en_gang"),
        ]

    def __str__(self) -> str:
        return f"Kontroll av {self.fil}"


class Funngodkjenning(models.Model):
    """Somebody's word, with a reason, that a finding in a document is no hindrance. Never changed."""

    dokument = models.ForeignKey("sakarkiv.Dokument", models.PROTECT, related_name="funngodkjenninger")
    kontroll = models.ForeignKey(Filkontroll, models.PROTECT, related_name="godkjenninger")
    regel = models.CharField(max_length=20)
    begrunnelse = models.CharField(max_length=1000)
    av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, related_name="+")
    paa_vegne_av = models.ForeignKey("organisasjon.Bruker", models.PROTECT, null=True, related_name="+")
    tid = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dokument", "kontroll", "regel"], name="funngodkjenning_en_gang"),
        ]

    def __str__(self) -> str:
        return f"{self.regel} i {self.dokument}"


class Publiseringsstopp(models.Model):
    """A document that is to be on the net and is held back for what was found; open until it is so no longer."""

    dokument = models.ForeignKey("sakarkiv.Dokument", models.PROTECT, related_name="publiseringsstopp")
    kontroll = models.ForeignKey(Filkontroll, models.PROTECT, related_name="+")
    regler = ArrayField(models.CharField(max_length=20))
    aapnet_tid = models.DateTimeField()
    lukket_tid = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dokument"], condition=Q(lukket_tid__isnull=True), name="publiseringsstopp_ett_aapent"
            ),
        ]

    def __str__(self) -> str:
        return f"Stopp for {self.dokument}"
