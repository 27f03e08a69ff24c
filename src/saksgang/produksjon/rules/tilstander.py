"""Where things stand in production. None of them is a Noark status."""

from __future__ import annotations

from django.db import models


class Jobbtilstand(models.TextChoices):
    """Where ordered work stands; shown on the document (design 7)."""

    VENTER = "V", "Venter"
    KJOERER = "K", "Lages nå"
    FERDIG = "F", "Ferdig"
    FEILET = "X", "Feilet"


class Ekspederingstilstand(models.TextChoices):
    """Where the sending to one recipient by one way stands."""

    I_KOE = "V", "Venter på sending"
    SENDER = "K", "Sendes nå"
    EKSPEDERT = "F", "Ekspedert"
    FEILET = "X", "Feilet"
    AVBRUTT = "A", "Avbrutt"


class Skannetilstand(models.TextChoices):
    BESTILT = "B", "Bestilt"
    UTFOERT = "U", "Utført"
    PAA_PAPIR = "P", "Sendes på papir"
    AVBRUTT = "A", "Avbrutt"


class Skriveform(models.TextChoices):
    """Where the text of a produced document is written: the field in the page, or a file in Word or LibreOffice."""

    NETTLESER = "N", "Skrives i nettleseren"
    FIL = "F", "Skrives i Word eller LibreOffice"


class Maltilstand(models.TextChoices):
    UTKAST = "U", "Utkast"
    I_BRUK = "B", "I bruk"
    AVLOEST = "A", "Avløst"


class Spraak(models.TextChoices):
    BOKMAAL = "nb", "Bokmål"
    NYNORSK = "nn", "Nynorsk"
