"""The one clock. Commands ask it; rules get the date handed to them."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def naa() -> dt.datetime:
    """Return the present moment, time-zone aware."""
    return timezone.now()


def idag() -> dt.date:
    """Return today's date in the municipality's time zone."""
    return timezone.localdate()
