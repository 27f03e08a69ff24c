"""The search form of the public site."""

from __future__ import annotations

from typing import Any

from django import forms


class Soekeskjema(forms.Form):
    """Words or a number, and a period of journaldato. Sent with GET, so that a search has an address."""

    valgfritt_merke = False

    q = forms.CharField(label="Søk etter", required=False, max_length=200, widget=forms.SearchInput)
    fra = forms.DateField(label="Fra dato", required=False, widget=forms.DateInput)
    til = forms.DateField(label="Til dato", required=False, widget=forms.DateInput)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        data = super().clean() or {}
        if data.get("fra") and data.get("til") and data["til"] < data["fra"]:
            self.add_error("til", "Til-datoen er før fra-datoen. Bytt dem om.")
        return data
