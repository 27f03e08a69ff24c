"""Seeds the ways of dispatch (krav C.5, A-33, A-34)."""

from django.db import migrations

KODER = [
    ("P", "Post", True),
    ("E", "E-post", True),
    ("F", "Telefaks", True),
    ("D", "Digital post (SvarUt eller eFormidling)", True),
    ("H", "Levert for hånd", True),
    ("I", "Intern", False),
]


def fyll(apps, schema_editor):
    apps.get_model("sakarkiv", "Kodeverdi").objects.bulk_create(
        apps.get_model("sakarkiv", "Kodeverdi")(
            liste="ekspedering", kode=kode, navn=navn, noark="", manuell=manuell, rekkefoelge=nr
        )
        for nr, (kode, navn, manuell) in enumerate(KODER, 1)
    )


class Migration(migrations.Migration):
    dependencies = [("sakarkiv", "0003_svar_og_ekspedering")]
    operations = [migrations.RunPython(fyll, migrations.RunPython.noop)]
