"""External senders and recipients as rows of a form: «part-0-navn», «part-1-navn» …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from saksgang.kjerne.errors import IkkeFunnet
from saksgang.kjerne.identifikatorer import orgnr_gyldig
from saksgang.sakarkiv.commands.journalpost import Part
from saksgang.sakarkiv.queries.kontakt import gjeldende_kontakt, hent_kontakt

if TYPE_CHECKING:
    from saksgang.sakarkiv.models import Kontakt, Korrespondansepart

_NAVN = re.compile(r"^part-(\d+)-navn$")


class Partsrad(forms.Form):
    """One sender or recipient."""

    navn = forms.CharField(label="Navn", required=False, max_length=300)
    kontakt = forms.IntegerField(required=False, widget=forms.HiddenInput)
    organisasjonsnummer = forms.CharField(label="Organisasjonsnummer", required=False, max_length=11)
    adresse = forms.CharField(label="Adresse", required=False, max_length=300)
    postnummer = forms.CharField(label="Postnummer", required=False, max_length=10)
    poststed = forms.CharField(label="Poststed", required=False, max_length=100)
    epost = forms.EmailField(label="E-postadresse", required=False)
    er_person = forms.BooleanField(label="Privatperson", required=False)
    kopi = forms.BooleanField(label="Kopimottaker", required=False)

    def clean_organisasjonsnummer(self) -> str:
        nummer = self.cleaned_data["organisasjonsnummer"].replace(" ", "")
        if nummer and not orgnr_gyldig(nummer):
            raise forms.ValidationError("Organisasjonsnummeret er ikke gyldig. Det har ni sifre; kontroller tallene.")
        return nummer

    @property
    def prefiks(self) -> str:
        return f"{self.prefix}-"

    @property
    def utfylt(self) -> bool:
        return bool((self["navn"].value() or "").strip())

    @property
    def har_adresse(self) -> bool:
        return any(self[f].value() for f in ("organisasjonsnummer", "adresse", "postnummer", "poststed", "epost"))


class Parter:
    """All the rows of one form: those sent, or those that stand, and empty ones to fill."""

    def __init__(
        self,
        data: Any = None,
        *,
        etikett: str,
        med_kopi: bool = False,
        staar: Sequence[Korrespondansepart] = (),
    ) -> None:
        self.etikett, self.med_kopi, self.feil = etikett, med_kopi, ""
        if data is not None:
            numre = sorted({int(t[1]) for navn in data if (t := _NAVN.match(navn))})
            self.rader = [Partsrad(data, prefix=f"part-{n}") for n in numre]
        else:
            self.rader = [
                Partsrad(prefix=f"part-{n}", initial=_initial(part, kopi=part.type == "EK"))
                for n, part in enumerate(staar)
            ]
        self.neste = 1 + max((int(r.prefix.rpartition("-")[2]) for r in self.rader), default=-1)
        if not self.rader:
            self.rader, self.neste = [self.tom(0)], 1

    def tom(self, nummer: int) -> Partsrad:
        return Partsrad(prefix=f"part-{nummer}")

    @property
    def reserve(self) -> list[Partsrad]:
        """Empty rows for those without script."""
        return [self.tom(self.neste + n) for n in range(2)]

    @property
    def mal(self) -> Partsrad:
        """The row that the script makes new ones of."""
        return Partsrad(prefix="part-__n__")

    @property
    def gyldige(self) -> bool:
        return all([rad.is_valid() for rad in self.rader])  # noqa: C419 - every row shall show its errors

    def liste(self) -> list[Part]:
        """Return the rows that have a name."""
        parter = []
        for rad in self.rader:
            felter = dict(rad.cleaned_data)
            kontakt_id = felter.pop("kontakt", None)
            if felter["navn"].strip():
                parter.append(Part(kontakt=_kontakt(kontakt_id), **felter))
        return parter


def _kontakt(kontakt_id: int | None) -> Kontakt | None:
    if kontakt_id is None:
        return None
    try:
        return gjeldende_kontakt(hent_kontakt(kontakt_id))
    except IkkeFunnet:
        return None


def som_staar(parter: Sequence[Korrespondansepart]) -> list[Part]:
    """Return stored parties as the form would give them, to see whether anything is changed."""
    return [
        Part(kontakt=p.kontakt, **{n: v for n, v in _initial(p, kopi=p.type == "EK").items() if n != "kontakt"})
        for p in parter
    ]


def _initial(part: Korrespondansepart, *, kopi: bool) -> dict[str, Any]:
    return {
        "navn": part.navn,
        "kontakt": part.kontakt_id,
        "organisasjonsnummer": part.organisasjonsnummer,
        "adresse": part.adresse,
        "postnummer": part.postnummer,
        "poststed": part.poststed,
        "epost": part.epost,
        "er_person": part.er_person,
        "kopi": kopi,
    }
