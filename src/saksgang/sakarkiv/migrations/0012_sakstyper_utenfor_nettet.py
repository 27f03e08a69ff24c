"""Seeds the rest of the kinds of case that are never on the net (offentlegforskrifta §§ 7 and 9)."""

from django.db import migrations

SAKSTYPER = [
    ("EKTESKAP", "Ekteskap, separasjon og skilsmisse"),
    ("PSYK", "Psykisk helsevern"),
]


def fyll(apps, schema_editor):
    Sakstype = apps.get_model("sakarkiv", "Sakstype")
    for kode, navn in SAKSTYPER:
        Sakstype.objects.get_or_create(kode=kode, defaults={"navn": navn, "unntatt_nett": True})


class Migration(migrations.Migration):
    dependencies = [("sakarkiv", "0011_relevant_for_behandling")]
    operations = [migrations.RunPython(fyll, migrations.RunPython.noop)]
