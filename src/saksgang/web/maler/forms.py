"""What is typed about a template. Plain forms: the rules are in the commands."""

from __future__ import annotations

from django import forms

from saksgang.produksjon.rules import BEHANDLINGSFORMER, MALTYPER, Spraak
from saksgang.sakarkiv.rules import Journalposttype
from saksgang.web.administrasjon.felter import Datofelt

TYPER = [(kode, f"{kode} {Journalposttype(kode).label}") for kode in MALTYPER]


class Malskjema(forms.Form):
    navn = forms.CharField(label="Navn", max_length=100, help_text="Det malen heter når man velger den.")
    typer = forms.MultipleChoiceField(label="Dokumenttyper", choices=TYPER, widget=forms.CheckboxSelectMultiple)
    behandlingsform = forms.ChoiceField(
        label="Behandlingsform",
        required=False,
        choices=[("", "Begge"), *BEHANDLINGSFORMER.items()],
        help_text="Bare for sakspapir: skiller politiske saker fra delegerte.",
    )
    foreloepig = forms.BooleanField(
        label="Foreløpig svar", required=False, help_text="Foreslås når noen velger «Foreløpig svar»."
    )
    enkeltvedtak = forms.BooleanField(
        label="Enkeltvedtak", required=False, help_text="Brevet er et enkeltvedtak og sendes ikke på e-post alene."
    )
    rekkefoelge = forms.IntegerField(
        label="Plass i lista", min_value=1, max_value=999, initial=1, help_text="Den med lavest tall foreslås først."
    )
    gyldig_til = Datofelt(label="Gjelder til", required=False, help_text="Siste dag malen kan velges.")


class NyMal(Malskjema):
    kode = forms.SlugField(label="Kode", max_length=40, help_text="Kort navn med små bokstaver, som «byggesak-svar».")
    spraak = forms.ChoiceField(label="Målform", choices=Spraak.choices, initial=Spraak.BOKMAAL)
    field_order = ["navn", "kode", "spraak", "typer"]


class Malfil(forms.Form):
    """The file itself: the store and the check say what is wrong with it."""

    fil = forms.FileField(
        label="Malen som Word-dokument",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text="Filen må ha endelsen .docx.",
    )
