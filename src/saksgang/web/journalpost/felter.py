"""Form fields that take what is written: people and units («Enhet: Teknisk (TEK)»), and cases («2026/102»)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.sakarkiv.queries.saker import hent_sak
from saksgang.tilgang.queries import finn_bruker, finn_enhet, sok_brukere

FORSLAG_URL = "/journalposter/forslag/mottakere/"
I_PARENTES = re.compile(r"\(([^()]+)\)\s*$")
SAKSNUMMER = re.compile(r"(\d{4})/(\d{1,9})")
ENHET = "Enhet:"


def skriv(verdi: Any) -> str:
    """Return a person or unit as the fields read it."""
    if verdi is None or isinstance(verdi, str):
        return verdi or ""
    if hasattr(verdi, "brukernavn"):
        return f"{verdi.navn} ({verdi.brukernavn})"
    return f"{ENHET} {verdi.navn} ({verdi.kode})"


def les(tekst: str, *, med_enheter: bool) -> Any:
    """Return the person or unit that the text names, or None when there is no one such."""
    tekst = tekst.strip()
    treff = I_PARENTES.search(tekst)
    kode = treff[1].strip() if treff else tekst
    if med_enheter and (tekst.startswith(ENHET) or not treff):
        enhet = finn_enhet(kode.removeprefix(ENHET).strip())
        if enhet is not None or tekst.startswith(ENHET):
            return enhet
    if (bruker := finn_bruker(kode)) is not None:
        return bruker
    funnet = list(sok_brukere(tekst, klokke.idag())[:2]) if not treff and "@" not in tekst else []
    return funnet[0] if len(funnet) == 1 else None


def _ukjent(tekst: str) -> str:
    return f"Mottaker må være bruker i systemet: «{tekst}» finnes ikke. Skriv navnet, og velg blant forslagene."


class Enkeltinput(forms.TextInput):
    """A text input for one name. Two sent values are read as one, which nobody has: neither of them is dropped."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        sendt = data.getlist(name) if hasattr(data, "getlist") else []
        return " og ".join(sendt) if len(sendt) > 1 else super().value_from_datadict(data, files, name)


class Personfelt(forms.CharField):
    """One person."""

    def __init__(self, **valg: Any) -> None:
        attrs = {"data-forslag-url": f"{FORSLAG_URL}?slag=person", "autocomplete": "off"}
        super().__init__(widget=Enkeltinput(attrs=attrs), max_length=300, **valg)

    def prepare_value(self, value: Any) -> str:
        return skriv(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return skriv(initial).strip() != (data or "").strip()

    def clean(self, value: Any) -> Any:
        tekst = super().clean(value)
        if not tekst:
            return None
        if (bruker := les(tekst, med_enheter=False)) is None:
            raise forms.ValidationError(
                f"«{tekst}» er ikke bruker i systemet. Skriv navnet, og velg blant forslagene.", code="ukjent"
            )
        return bruker


class Radinput(forms.TextInput):
    """The same text input any number of times: one more for each that is filled, and without script two spare ones."""

    def __init__(self, etikett: str, attrs: dict[str, Any] | None = None) -> None:
        self.etikett = etikett
        super().__init__(attrs)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        verdier = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [v.strip() for v in verdier if v.strip()]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        attrs = self.build_attrs(self.attrs, attrs)
        return render_to_string(
            "web/journalpost/_radinput.html",
            {
                "navn": name,
                "id": attrs.get("id", f"id_{name}"),
                "verdier": [skriv(v) for v in value or []],
                "etikett": self.etikett,
                "url": attrs.get("data-forslag-url", ""),
                "beskrevet": attrs.get("aria-describedby", ""),
                "ugyldig": attrs.get("aria-invalid", ""),
            },
        )


class Mottakerfelt(forms.Field):
    """Persons, and units where med_enheter; a list without repetitions."""

    def __init__(self, *, med_enheter: bool = True, etikett: str = "Mottaker", **valg: Any) -> None:
        self.med_enheter = med_enheter
        url = FORSLAG_URL if med_enheter else f"{FORSLAG_URL}?slag=person"
        super().__init__(widget=Radinput(etikett, {"data-forslag-url": url}), **valg)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return [skriv(v) for v in initial or []] != list(data or [])

    def to_python(self, value: Iterable[str] | None) -> list[Any]:
        funnet, ukjente = [], []
        for tekst in value or ():
            mottaker = les(tekst, med_enheter=self.med_enheter)
            (ukjente if mottaker is None else funnet).append(mottaker or tekst)
        if ukjente:
            raise forms.ValidationError([_ukjent(tekst) for tekst in ukjente])
        return list(dict.fromkeys(funnet))


class Saksfelt(forms.CharField):
    """A case by its number, looked up through its reader: the form sets leser."""

    leser: Any = None

    def clean(self, value: Any) -> Any:
        tekst = super().clean(value)
        if (nummer := SAKSNUMMER.fullmatch(tekst)) is None:
            raise forms.ValidationError("Skriv saksnummeret slik: 2026/102.", code="ugyldig")
        try:
            return hent_sak(self.leser, int(nummer[1]), int(nummer[2]))
        except IkkeFunnet as feil:
            raise forms.ValidationError(
                f"Sak {tekst} finnes ikke, eller du har ikke tilgang til den.", code="ukjent"
            ) from feil
