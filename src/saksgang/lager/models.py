"""What the store holds. The database itself refuses to change or remove a row (see the trigger migration)."""

from __future__ import annotations

from django.db import models


class Fil(models.Model):
    """One content, whatever number of documents refer to it (Noark M705–M707: format, checksum, size)."""

    sha256 = models.CharField(max_length=64, unique=True)
    stoerrelse = models.BigIntegerField()
    format = models.CharField(max_length=20)
    mimetype = models.CharField(max_length=127)
    opprettet_dato = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="fil_sha256"),
            models.CheckConstraint(condition=models.Q(stoerrelse__gt=0), name="fil_ikke_tom"),
        ]

    def __str__(self) -> str:
        return self.sha256
