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


class Bestillingsskjema(forms.Form):
    """A request for access. Everything is optional but that something is asked for."""

    om_sak = forms.CharField(
        label="Sak",
        required=False,
        max_length=300,
        help_text="Saksnummer, eller hva saken gjelder. Trengs ikke når du har valgt på postlista.",
    )
    tekst = forms.CharField(
        label="Hva vil du se?",
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text="Skriv med egne ord. Du trenger ikke si hvorfor.",
    )
    navn = forms.CharField(
        label="Navn", required=False, max_length=200, help_text="Du kan kreve innsyn uten å si hvem du er."
    )
    epost = forms.EmailField(
        label="E-post",
        required=False,
        help_text="Uten e-post får du en egen side der svaret hentes.",
        error_messages={"invalid": "Skriv adressen som navn@eksempel.no, eller la feltet stå tomt."},
    )
    nettsted = forms.CharField(label="La dette feltet stå tomt", required=False)

    def clean_nettsted(self) -> str:
        """Refuse what fills in a field that nobody sees: a program does."""
        if self.cleaned_data["nettsted"]:
            raise forms.ValidationError("Kravet ble ikke sendt. Tøm feltet «La dette feltet stå tomt», og send igjen.")
        return ""


class Klageskjema(forms.Form):
    """An appeal; it needs no reasons."""

    tekst = forms.CharField(
        label="Hva klager du på?",
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text="Skriv hvilke dokumenter det gjelder, og gjerne hvorfor.",
    )
