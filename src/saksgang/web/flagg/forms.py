"""Forms of a flag's receiver."""

from __future__ import annotations

from typing import Any

from django import forms

from saksgang.web.arbeidsbord.forms import sett_valg
from saksgang.web.journalpost.felter import Personfelt


class Svarskjema(forms.Form):
    """The answer to a flag."""

    tekst = forms.CharField(label="Svar", max_length=4000, widget=forms.Textarea)


class Behandlingsskjema(forms.Form):
    """What was done about it, if there is something to say."""

    tekst = forms.CharField(
        label="Merknad", required=False, max_length=500, widget=forms.Textarea, help_text="Avsenderen ser merknaden."
    )


class Omfordelingsskjema(forms.Form):
    """Who is to have a misdistributed letter; and whose part, where a note has several."""

    mottaker = forms.ChoiceField(label="Fordelt feil til")
    saksbehandler = Personfelt(label="Ny saksbehandler", help_text="Enheten følger saksbehandleren.")

    def __init__(self, *args: Any, mottakere: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mottakere = {str(m.pk): m for m in mottakere}
        sett_valg(self, "mottaker", ((pk, str(m)) for pk, m in self.mottakere.items()))
        if len(mottakere) == 1:
            self.fields["mottaker"].widget = forms.HiddenInput()
            self.fields["mottaker"].initial = mottakere[0].pk

    def clean_mottaker(self) -> Any:
        return self.mottakere[self.cleaned_data["mottaker"]]
