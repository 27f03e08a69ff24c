"""Form fields that give rows: a choice, a person typed by name, a class typed by id or title, a property."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse_lazy

from saksgang.arkivstruktur.queries import hent_klasse, klasser
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.kjerne.identifikatorer import les_matrikkel
from saksgang.tilgang.queries import finn_bruker, hent_bruker, sok_brukere
from saksgang.web.journalpost.felter import Enkeltinput

if TYPE_CHECKING:
    from saksgang.arkivstruktur.models import Klasse
    from saksgang.kjerne.identifikatorer import Matrikkelnummer
    from saksgang.organisasjon.models import Bruker


class Radvalg(forms.ChoiceField):
    """A choice among the rows of a query; its value is the row."""

    def sett(self, rader: Iterable[Any], *, tom: str | None = None, tekst: str = "__str__") -> None:
        """Fill the choices. tom: words for no choice at all."""
        self.rader = {str(rad.pk): rad for rad in rader}
        navn = [(pk, str(rad) if tekst == "__str__" else getattr(rad, tekst)) for pk, rad in self.rader.items()]
        self.choices = [("", tom), *navn] if tom is not None else navn

    def clean(self, value: Any) -> Any:
        return self.rader.get(super().clean(value))


def forslagsfelt(etikett: str, url: str, mot: str, *, fra: int = 2, **valg: Any) -> forms.CharField:
    """A text field with suggestions; the chosen row's id goes to the hidden field mot."""
    attrs = {
        "data-forslag-url": reverse_lazy(url),
        "data-forslag-mot": f"id_{mot}",
        "data-forslag-fra": str(fra),
        "autocomplete": "off",
    }
    return forms.CharField(label=etikett, max_length=400, widget=Enkeltinput(attrs=attrs), **valg)


def skjult_id() -> forms.IntegerField:
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


def finn_person(tekst: str, id_: int | None) -> Bruker:
    """Return the person chosen from the suggestions, or the only one with that name or user name."""
    tekst = tekst.strip()
    if id_:
        try:
            if (person := hent_bruker(id_)).navn == tekst:
                return person
        except IkkeFunnet:
            pass
    if person_ := finn_bruker(tekst):
        return person_
    funnet = list(sok_brukere(tekst, klokke.idag())[:2])
    if len(funnet) != 1:
        raise forms.ValidationError(
            f"Flere heter «{tekst}». Velg fra forslagene." if funnet else f"Fant ingen som heter «{tekst}»."
        )
    return funnet[0]


def finn_ordningsverdi(tekst: str, id_: int | None) -> Klasse:
    """Return the class chosen from the suggestions, or the one whose id is the first word."""
    tekst = tekst.strip()
    if id_:
        try:
            if str(klasse := hent_klasse(id_)) == tekst:
                return klasse
        except IkkeFunnet:
            pass
    foerste = tekst.split(maxsplit=1)[0]
    like = [
        k
        for k in klasser(prefiks=foerste)[:50]
        if k.klasse_id.lower() == foerste.lower() and not k.klassifikasjonssystem.skjermet
    ]
    if len(like) != 1:
        raise forms.ValidationError(
            f"«{foerste}» finnes i flere systemer. Velg fra forslagene."
            if like
            else f"Ordningsverdien «{tekst}» finnes ikke. Velg fra forslagene."
        )
    return like[0]


class Eiendomsfelt(forms.CharField):
    """Gnr/bnr as people write it; its value is a Matrikkelnummer."""

    def clean(self, value: Any) -> Matrikkelnummer | None:
        tekst = super().clean(value)
        if not tekst:
            return None
        nummer = les_matrikkel(tekst)
        if nummer is None:
            raise forms.ValidationError("Skriv gårds- og bruksnummer som 12/118, eller 12/118/0/5 med seksjon.")
        return nummer
