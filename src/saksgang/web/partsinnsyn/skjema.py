"""Forms of partsinnsyn: every document ticked, and why where one is not; the leader's answer; the delivery."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.boundfield import BoundField

from saksgang.offentlighet.commands import Unntak
from saksgang.offentlighet.rules import LENGSTE_BEGRUNNELSE, Unntaksgrunn, Unntakssvar, Utleveringsmaate

if TYPE_CHECKING:
    from saksgang.offentlighet.queries import Saksdokument
    from saksgang.sakarkiv.models import Journalpost


@dataclass(frozen=True)
class Rad:
    """One document in the form."""

    dokument: Saksdokument
    med: BoundField
    grunnlag: BoundField
    begrunnelse: BoundField
    sladdet: BoundField | None


class Partsinnsynsskjema(forms.Form):
    """One tick for each document of the case; what is not ticked needs a provision and a reason."""

    def __init__(self, data: Any, dokumenter: Sequence[Saksdokument]) -> None:
        self.dokumenter = dokumenter
        self.vist = frozenset(data.get("vist", "").split()) if data is not None else frozenset()
        if data is not None:
            data = data.copy()
            for d in dokumenter:  # what has come since the page was opened is given, too, until somebody unticks it
                if d.noekkel not in self.vist:
                    data[f"med_{d.noekkel}"] = "on"
        super().__init__(data)
        for d in dokumenter:
            grunner = [g for g in Unntaksgrunn if d.er_internt or g != Unntaksgrunn.INTERNT]
            om = f"{d.journalpost.journalpostnummer} {d.tittel}"
            self.fields[f"med_{d.noekkel}"] = forms.BooleanField(label=d.tittel, initial=True, required=False)
            self.fields[f"grunnlag_{d.noekkel}"] = forms.ChoiceField(
                label=f"Bestemmelse for {om}",
                choices=[("", "Velg bestemmelse"), *((g.value, g.label) for g in grunner)],
                required=False,
            )
            self.fields[f"begrunnelse_{d.noekkel}"] = forms.CharField(
                label=f"Tungtveiende grunn for {om}",
                max_length=LENGSTE_BEGRUNNELSE,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

            if d.sladdet is not None:
                self.fields[f"sladdet_{d.noekkel}"] = forms.BooleanField(
                    label="Gi den sladdede versjonen i stedet", required=False
                )

    @property
    def viste(self) -> str:
        """The keys of what the page shows now, for the form to send back."""
        return " ".join(d.noekkel for d in self.dokumenter)

    @property
    def poster(self) -> Iterator[tuple[Journalpost, list[Rad]]]:
        """The rows, journalpost by journalpost."""
        for _, gruppe in groupby(self.dokumenter, key=lambda d: d.journalpost.pk):
            rader = [
                Rad(
                    d,
                    self[f"med_{d.noekkel}"],
                    self[f"grunnlag_{d.noekkel}"],
                    self[f"begrunnelse_{d.noekkel}"],
                    self[f"sladdet_{d.noekkel}"] if d.sladdet is not None else None,
                )
                for d in gruppe
            ]
            yield rader[0].dokument.journalpost, rader

    def valg(self) -> dict[str, Unntak | None]:
        """Return what was chosen for each document that the page showed."""
        ut: dict[str, Unntak | None] = dict.fromkeys(self.vist)
        for d in self.dokumenter:
            if d.noekkel in self.vist and not self.cleaned_data[f"med_{d.noekkel}"]:
                ut[d.noekkel] = Unntak(
                    self.cleaned_data[f"grunnlag_{d.noekkel}"],
                    self.cleaned_data[f"begrunnelse_{d.noekkel}"],
                    self.cleaned_data.get(f"sladdet_{d.noekkel}", False),
                )
        return ut


class Svarskjema(forms.Form):
    svar = forms.ChoiceField(label="Unntakene", choices=Unntakssvar.choices, widget=forms.RadioSelect)
    kommentar = forms.CharField(
        label="Kommentar", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Må skrives når du ikke godkjenner.",
    )  # fmt: skip


class Utleveringsskjema(forms.Form):
    maate = forms.ChoiceField(label="Hvordan", choices=Utleveringsmaate.choices, widget=forms.RadioSelect)
    mottaker = forms.CharField(
        label="Mottaker", max_length=300, help_text="Parten selv, eller den som har fullmakt fra parten."
    )
