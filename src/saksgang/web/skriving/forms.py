"""The small forms of the writing page."""

from __future__ import annotations

from django import forms

from saksgang.web.skriveregler.felter import MedTittel


class Tittel(MedTittel):
    """The title, held to the rules for titles."""

    tittel = forms.CharField(label="Tittel", max_length=500)


class NySvarfrist(forms.Form):
    """A svarfrist that goes with a preliminary answer; empty: the old one stays."""

    ny_svarfrist = forms.DateField(label="Ny svarfrist", required=False)
