"""What a person may choose about the pages."""

from __future__ import annotations

from django.db import models


class Fargevalg(models.TextChoices):
    """Colour scheme of the pages."""

    AUTO = "auto", "Som maskinen min"
    LYS = "light", "Lys"
    MOERK = "dark", "Mørk"
