from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("flyt", "0004_godkjenning_hos")]
    operations = [
        migrations.AddField(
            "varselvalg", "valgt_tid", models.DateTimeField(default=timezone.now), preserve_default=False
        ),
        migrations.AddIndex(
            "varsel",
            models.Index(
                condition=models.Q(("epost_tid__isnull", True), ("lest_tid__isnull", True)),
                fields=["bruker", "tid"],
                name="varsel_ikke_sendt",
            ),
        ),
    ]
