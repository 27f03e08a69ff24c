"""One conversion for each content, and the orders that wait for it. Nothing had been written in the first table."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lager", "0002_vern"),
        ("produksjon", "0002_tekst_og_versjon"),
        ("sakarkiv", "0004_ekspederingskoder"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.DeleteModel("Arkivkopi"),
        migrations.CreateModel(
            name="Konvertering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tilstand",
                    models.CharField(
                        choices=[("V", "Venter"), ("K", "Lages nå"), ("F", "Ferdig"), ("X", "Feilet")],
                        default="V",
                        max_length=1,
                    ),
                ),
                ("prioritet", models.PositiveSmallIntegerField(default=0)),
                ("bestilt_tid", models.DateTimeField()),
                ("startet_tid", models.DateTimeField(null=True)),
                ("ferdig_tid", models.DateTimeField(null=True)),
                ("neste_tid", models.DateTimeField(null=True)),
                ("forsoek", models.PositiveSmallIntegerField(default=0)),
                ("feil", models.CharField(blank=True, max_length=500)),
                (
                    "kilde",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="konvertering", to="lager.fil"
                    ),
                ),
                (
                    "resultat",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="lager.fil"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Arkivkopi",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bestilt_tid", models.DateTimeField()),
                ("ferdig_tid", models.DateTimeField(null=True)),
                ("beholdt", models.CharField(blank=True, max_length=500)),
                (
                    "beholdt_av",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kopi",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kopi_av",
                        to="sakarkiv.dokumentversjon",
                    ),
                ),
                (
                    "versjon",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arkivkopi",
                        to="sakarkiv.dokumentversjon",
                    ),
                ),
                (
                    "konvertering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arkivkopier",
                        to="produksjon.konvertering",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="konvertering",
            index=models.Index(
                condition=models.Q(("tilstand", "V")), fields=["-prioritet", "id"], name="konvertering_venter"
            ),
        ),
        migrations.AddIndex(
            model_name="konvertering",
            index=models.Index(condition=models.Q(("tilstand", "K")), fields=["id"], name="konvertering_kjoerer"),
        ),
        migrations.AddConstraint(
            model_name="konvertering",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("tilstand", "F"), _negated=True), ("resultat__isnull", False), _connector="OR"
                ),
                name="konvertering_ferdig_har_resultat",
            ),
        ),
        migrations.AddIndex(
            model_name="arkivkopi",
            index=models.Index(
                condition=models.Q(("ferdig_tid__isnull", True)), fields=["konvertering"], name="arkivkopi_aapne"
            ),
        ),
        migrations.AddConstraint(
            model_name="arkivkopi",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("beholdt", ""), ("ferdig_tid__isnull", True), ("kopi__isnull", True)),
                    models.Q(("beholdt", ""), ("ferdig_tid__isnull", False), ("kopi__isnull", False)),
                    models.Q(
                        ("ferdig_tid__isnull", False), ("kopi__isnull", True), models.Q(("beholdt", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="arkivkopi_ferdig_paa_en_maate",
            ),
        ),
    ]
