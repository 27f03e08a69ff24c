"""The one row that rights are computed under."""

import uuid

from django.db import migrations


def fyll(apps, schema_editor):
    apps.get_model("tilgang", "Utgave").objects.create(nummer=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("tilgang", "0003_utgave")]
    operations = [migrations.RunPython(fyll, migrations.RunPython.noop)]
