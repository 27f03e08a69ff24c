"""Choosing a template in a form."""

from __future__ import annotations

from typing import Any

from django import forms

from saksgang.produksjon.queries.maler import maler_for


class Malfelt(forms.ChoiceField):
    """One of the templates for a type, the best one chosen beforehand; None is a document of one's own."""

    def __init__(self, **valg: Any) -> None:
        super().__init__(
            **{
                "label": "Tekstmal",
                "required": False,
                "help_text": "Hoveddokumentet lages fra malen, med opplysningene flettet inn.",
                **valg,
            }
        )
        self.maler: dict[str, Any] = {}

    def tilby(self, journalposttype: str, *, foreloepig: bool = False, tomt: str = "Ingen: jeg har en fil") -> None:
        """Offer the templates for a type. tomt: what it is called to choose none of them; empty forbids it."""
        maler = maler_for(journalposttype, foreloepig=foreloepig)
        self.maler = {str(mal.pk): mal for mal in maler}
        navn = [(pk, self._navn(mal)) for pk, mal in self.maler.items()]
        self.choices = [*navn, *([("", tomt)] if tomt else [])]
        self.initial = navn[0][0] if navn else ""

    def _navn(self, mal: Any) -> str:
        annet_maal = mal.spraak != next(iter(self.maler.values())).spraak
        return f"{mal.navn} ({mal.get_spraak_display().lower()})" if annet_maal else mal.navn

    def clean(self, value: Any) -> Any:
        return self.maler.get(super().clean(value))
