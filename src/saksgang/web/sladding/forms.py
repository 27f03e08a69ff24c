"""What is asked for when a document is redacted, and when the leader answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from saksgang.offentlighet.sladding.soek import MOENSTERNAVN

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from saksgang.tilgang.models import Hjemmel

PROSENT = {"min_value": 0, "max_value": 100}


class _MedHjemmel(forms.Form):
    """A mark may say by what it is made."""

    hjemmel = forms.ModelChoiceField(label="Hjemmel", queryset=None, required=False, empty_label="Ingen valgt")

    def __init__(self, *args: Any, hjemler: QuerySet[Hjemmel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hjemmel"].queryset = hjemler  # type: ignore[attr-defined]


class Ord(_MedHjemmel):
    ord = forms.CharField(label="Ord", max_length=200, help_text="Et navn, en adresse eller noe annet som står der.")
    inne = forms.BooleanField(label="Også inne i andre ord", required=False)
    field_order = ("ord", "inne", "hjemmel")


class Moenster(_MedHjemmel):
    moenster = forms.ChoiceField(
        label="Nummer og adresser", choices=[(str(m), navn) for m, navn in MOENSTERNAVN.items()]
    )
    field_order = ("moenster", "hjemmel")


class Omraade(_MedHjemmel):
    """A rectangle in per cent of the page: what the script draws, and what can be written without it."""

    side = forms.IntegerField(label="Side", min_value=1)
    x = forms.FloatField(label="Fra venstre (%)", **PROSENT)
    y = forms.FloatField(label="Fra toppen (%)", **PROSENT)
    b = forms.FloatField(label="Bredde (%)", **PROSENT)
    h = forms.FloatField(label="Høyde (%)", **PROSENT)
    field_order = ("side", "x", "y", "b", "h", "hjemmel")


class Godkjenning(forms.Form):
    """Only to be confirmed."""


class Avvisning(forms.Form):
    kommentar = forms.CharField(label="Kommentar", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    original_fri = forms.BooleanField(
        label="Originalen kan ligge på nettet",
        required=False,
        help_text="Kryss av bare hvis dokumentet ikke trenger å sladdes.",
    )

    def __init__(self, *args: Any, gradert: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if gradert:
            del self.fields["original_fri"]


class Tilbaketrekking(Avvisning):
    kommentar = None  # type: ignore[assignment]
    begrunnelse = forms.CharField(label="Begrunnelse", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ("begrunnelse", "original_fri")
