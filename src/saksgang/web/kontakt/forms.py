"""Forms of the contact register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy

from saksgang.sakarkiv.rules import ADRESSEFELTER, Parttypesak


class Kontaktskjema(forms.Form):
    """A contact. Behind an adressesperre the fields of the address are the archive's alone."""

    type = forms.ChoiceField(
        label="Kontakten er", choices=Parttypesak.choices, widget=forms.RadioSelect, initial="organisasjon"
    )
    navn = forms.CharField(label="Navn", max_length=300)
    organisasjonsnummer = forms.CharField(
        label="Organisasjonsnummer",
        max_length=15,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    adresse = forms.CharField(label="Adresse", max_length=300, required=False)
    postnummer = forms.CharField(label="Postnummer", max_length=10, required=False)
    poststed = forms.CharField(label="Poststed", max_length=100, required=False)
    epost = forms.EmailField(label="E-post", required=False)
    telefon = forms.CharField(label="Telefon", max_length=30, required=False)
    adressesperre = forms.BooleanField(
        label="Adressesperre",
        required=False,
        help_text="Adresse, telefon og e-post vises bare for arkivtjenesten. Bare arkivtjenesten kan oppheve sperren.",
    )

    def __init__(self, *args: Any, uten_adresse: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if uten_adresse:
            for felt in (*ADRESSEFELTER, "adressesperre"):
                del self.fields[felt]


class Sammenslaaingsskjema(forms.Form):
    """The contact that stays."""

    navn = forms.CharField(
        label="Kontakten som skal stå",
        max_length=300,
        widget=forms.TextInput(
            attrs={
                "data-forslag-url": reverse_lazy("kontakt-forslag"),
                "data-forslag-mot": "id_med",
                "autocomplete": "off",
            }
        ),
    )
    med = forms.IntegerField(required=False, widget=forms.HiddenInput)
