"""The forms of approval. Shape and choices only; every rule is the command's."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from saksgang.organisasjon.models import Bruker, Fravaer
    from saksgang.tilgang.queries import Godkjenner

KORT_TEKST = forms.Textarea(attrs={"rows": 3})


class Godkjennerfelt(forms.ChoiceField):
    """One of those who may approve; each with what they are, and whether they are away."""

    def __init__(self, **valg: Any) -> None:
        super().__init__(choices=(), **valg)
        self.folk: dict[str, Bruker] = {}

    def sett(self, valg: Iterable[Godkjenner], borte: dict[int, Fravaer]) -> None:
        """Offer these."""
        valg = list(valg)
        self.folk = {str(g.bruker.pk): g.bruker for g in valg}
        self.choices = [("", "Velg hvem"), *((str(g.bruker.pk), _navn(g, borte)) for g in valg)]

    def clean(self, value: Any) -> Any:
        return self.folk.get(super().clean(value))


def _navn(g: Godkjenner, borte: dict[int, Fravaer]) -> str:
    navn = f"{g.bruker.navn}, {g.som[:1].lower()}{g.som[1:]}"
    return f"{navn} (borte til {borte[g.bruker.pk].til:%d.%m})" if g.bruker.pk in borte else navn


class Sending(forms.Form):
    """«Send til godkjenning»: to whom, by when, with what words (krav R-10.2.2.6a)."""

    til = Godkjennerfelt(label="Til")
    frist = forms.DateField(label="Frist for svar", required=False)
    kommentar = forms.CharField(label="Kommentar", required=False, max_length=4000, widget=KORT_TEKST)

    def __init__(self, *args: Any, valg: Collection[Godkjenner], borte: dict[int, Fravaer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["til"].sett(valg, borte)


class Godkjent(forms.Form):
    kommentar = forms.CharField(label="Kommentar", required=False, max_length=4000, widget=KORT_TEKST)


class IkkeGodkjent(forms.Form):
    kommentar = forms.CharField(
        label="Kommentar",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Skriv hva som må rettes."},
    )


class Videresending(Sending):
    """«Godkjent – videresend»."""

    til = None
    videre_til = Godkjennerfelt(label="Videre til")
    field_order = ["videre_til", "frist", "kommentar"]

    def __init__(self, *args: Any, valg: Collection[Godkjenner], borte: dict[int, Fravaer], **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)
        self.fields["videre_til"].sett(valg, borte)
