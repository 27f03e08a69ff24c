"""The choices of the reports."""

from __future__ import annotations

from typing import Any

from django import forms


class Periode(forms.Form):
    """From and to, both days included."""

    fra = forms.DateField(label="Journaldato fra")
    til = forms.DateField(label="Til og med")


class Ekspederingsperiode(Periode):
    """The same for days of dispatch."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fra"].label = "Ekspedert fra"


class Endringsperiode(Periode):
    """The same for days of change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fra"].label = "Endret fra"
