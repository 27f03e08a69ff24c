"""The choices of the reports."""

from __future__ import annotations

from django import forms


class Periode(forms.Form):
    """From and to, both days included."""

    fra = forms.DateField(label="Journaldato fra")
    til = forms.DateField(label="Til og med")
