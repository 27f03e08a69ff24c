"""Form fields that give objects: what was chosen is looked up through the queries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django import forms

from saksgang.tilgang.queries import enheter, finn_bruker

I_PARENTES = re.compile(r"\(([^()\s]+)\)\s*$")


def _valg(rader: Callable[[], Iterable[Any]], tomt: str | None) -> Callable[[], list[tuple[str, str]]]:
    def valg() -> list[tuple[str, str]]:
        funnet = [(str(rad.pk), str(rad)) for rad in rader()]
        return funnet if tomt is None else [("", tomt), *funnet]

    return valg


class Radvelger(forms.ChoiceField):
    """One row of a list, or None."""

    def __init__(self, *, rader: Callable[[], Iterable[Any]], tomt: str = "Velg …", **valg: Any) -> None:
        self.rader = rader
        super().__init__(choices=_valg(rader, tomt), **valg)

    def prepare_value(self, value: Any) -> Any:
        return getattr(value, "pk", value)

    def clean(self, value: Any) -> Any:
        pk = super().clean(value)
        return next((rad for rad in self.rader() if str(rad.pk) == pk), None)


class Radvelgere(forms.MultipleChoiceField):
    """Any number of rows of a list."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, rader: Callable[[], Iterable[Any]], **valg: Any) -> None:
        self.rader = rader
        super().__init__(choices=_valg(rader, None), **valg)

    def prepare_value(self, value: Any) -> Any:
        return [getattr(rad, "pk", rad) for rad in value] if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        valgte = set(super().clean(value))
        return [rad for rad in self.rader() if str(rad.pk) in valgte]


class Enhetsfelt(Radvelger):
    """A unit that is in use."""

    def __init__(self, **valg: Any) -> None:
        super().__init__(rader=enheter, **({"label": "Enhet"} | valg))


class Brukerfelt(forms.CharField):
    """A person, written as user name or chosen among the suggestions «Kari Lunde (sb.kari)»."""

    def __init__(self, **valg: Any) -> None:
        super().__init__(
            widget=forms.TextInput(attrs={"data-forslag-url": "/min-side/forslag/brukere/"}),
            **({"help_text": "Skriv navn eller brukernavn, og velg i lista."} | valg),
        )

    def prepare_value(self, value: Any) -> Any:
        return f"{value.navn} ({value.brukernavn})" if hasattr(value, "brukernavn") else value

    def clean(self, value: Any) -> Any:
        tekst = super().clean(value)
        if not tekst:
            return None
        treff = I_PARENTES.search(tekst)
        bruker = finn_bruker(treff[1] if treff else tekst)
        if bruker is None:
            raise forms.ValidationError("Fant ingen med dette brukernavnet. Skriv en del av navnet og velg i lista.")
        return bruker


class Datofelt(forms.DateField):
    """A date, chosen or written."""

    def __init__(self, **valg: Any) -> None:
        super().__init__(widget=forms.DateInput(), error_messages={"invalid": "Skriv datoen som dd.mm.åååå."}, **valg)
