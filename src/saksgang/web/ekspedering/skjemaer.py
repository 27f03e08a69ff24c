"""The forms of dispatch: the ways to each recipient, and who signed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from saksgang.kjerne import klokke
from saksgang.produksjon.queries.ekspedering import foreslaatte_koder, mottakere, valgbare_koder
from saksgang.produksjon.rules.ekspedering import EPOST, POST
from saksgang.sakarkiv.rules import Signaturmaate
from saksgang.web.journalpost.felter import Personfelt

if TYPE_CHECKING:
    from saksgang.sakarkiv.models import Journalpost, Korrespondansepart

HVER_FOR_SEG = 10
"""Up to so many recipients each choose their own ways; a letter to more goes the same ways to all."""


class Ekspeder(forms.Form):
    """The ways to each recipient, and publicity where it has not been considered."""

    def __init__(self, *args: Any, jp: Journalpost, spoer_offentlighet: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parter = mottakere(jp)
        valg = [(kode.kode, str(kode)) for kode in valgbare_koder()]
        if len(self.parter) <= HVER_FOR_SEG:
            for part in self.parter:
                self.fields[f"koder-{part.pk}"] = self._felt(part.navn, valg, foreslaatte_koder(jp, part), part)
        else:
            navn = f"Til alle {len(self.parter)} mottakerne"
            self.fields["koder"] = self._felt(navn, valg, foreslaatte_koder(jp, self.parter[0]), None)
        if spoer_offentlighet:
            self.fields["offentlighet_vurdert"] = forms.BooleanField(
                label="Jeg har vurdert om dokumentet kan være offentlig", required=False, initial=True
            )

    def _felt(
        self, navn: str, valg: Sequence[tuple[str, str]], koder: Sequence[str], part: Korrespondansepart | None
    ) -> forms.MultipleChoiceField:
        return forms.MultipleChoiceField(
            label=f"Ekspederingskode: {navn}",
            choices=valg,
            initial=list(koder),
            widget=forms.CheckboxSelectMultiple,
            help_text=self._hjelp(part),
            error_messages={"required": f"{navn} mangler ekspederingskode. Velg hvordan brevet sendes."},
        )

    def _hjelp(self, part: Korrespondansepart | None) -> str:
        if part is not None:
            return f"E-post: {part.epost}" if part.epost else ""
        med_epost = sum(bool(p.epost) for p in self.parter)
        return f"{med_epost} har e-postadresse. Velger du e-post, får de andre brevet med post." if med_epost else ""

    def valg(self) -> dict[int, list[str]]:
        """Return the ways by recipient, as the command takes them."""
        felles = self.cleaned_data.get("koder")
        if felles is None:
            return {part.pk: self.cleaned_data[f"koder-{part.pk}"] for part in self.parter}
        uten_epost = [kode for kode in felles if kode != EPOST] or [POST]
        return {part.pk: felles if part.epost else uten_epost for part in self.parter}


class Signatur(forms.Form):
    signert_av = Personfelt(label="Signert av")
    dato = forms.DateField(label="Dato")
    maate = forms.ChoiceField(
        label="Måte", choices=Signaturmaate.choices, widget=forms.RadioSelect, initial=Signaturmaate.HAANDSKREVET
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dato"].initial = klokke.idag()
