"""Forms of the bulk acts and of one's own choices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django import forms

from saksgang.kjerne import klokke
from saksgang.organisasjon.rules import Fargevalg
from saksgang.sakarkiv.queries.saker import kodeverdier
from saksgang.tilgang.queries import avskjermingskoder, hjemler_for, tilgangskoder

if TYPE_CHECKING:
    from saksgang.organisasjon.models import Bruker


OFFENTLIG = "offentlig"


def sett_valg(skjema: forms.Form, felt: str, valg: Iterable[Any]) -> None:
    """Fill the choices of a field."""
    cast(forms.ChoiceField, skjema.fields[felt]).choices = list(valg)


class Avskrivningsskjema(forms.Form):
    """«Avskriv. oppl» for one or several (krav R-10.2.1.2b–c)."""

    maate = forms.ChoiceField(label="Avskrivningsmåte", widget=forms.RadioSelect)
    dato = forms.DateField(label="Avskrivningsdato")
    merknad = forms.CharField(
        label="Saksbehandlingsmerknad",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="Skriv kort hva som ble gjort. Merknaden er intern.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sett_valg(self, "maate", [(k.kode, f"{k.kode} {k.navn}") for k in kodeverdier("avskrivning")])
        self.fields["dato"].initial = klokke.idag


class Svarfristskjema(forms.Form):
    """A new svarfrist."""

    forfallsdato = forms.DateField(label="Svarfrist")


class Fordelingsskjema(forms.Form):
    """Who gets the ticked letters, and if wanted the case too (krav R-3.1.4, R-9.1.2)."""

    saksbehandler = forms.ChoiceField(label="Saksbehandler")
    ogsaa_sak = forms.BooleanField(
        label="Sett også som saksansvarlig", required=False, help_text="Saksansvaret for sakene følger med."
    )

    def __init__(self, *args: Any, folk: Iterable[Bruker], borte: dict[int, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folk = {str(b.pk): b for b in folk}
        valg = []
        for pk, b in self.folk.items():
            navn = f"{b.navn} ({b.enhet.kode})" if b.enhet else b.navn
            valg.append((pk, f"{navn}, borte til {borte[b.pk].til:%d.%m}" if b.pk in borte else navn))
        sett_valg(self, "saksbehandler", [("", "Velg saksbehandler"), *valg])

    def clean_saksbehandler(self) -> Bruker | None:
        return self.folk.get(self.cleaned_data["saksbehandler"])


class Graderingsskjema(forms.Form):
    """A leader's decision for the ticked documents: open, or a code with its hjemmel (krav R-9.2.1.3c)."""

    tilgangskode = forms.ChoiceField(label="Avgjørelse", widget=forms.RadioSelect)
    hjemmel = forms.ChoiceField(label="Hjemmel", required=False, help_text="Kreves for alt annet enn Offentlig.")
    avskjermingskode = forms.ChoiceField(label="Hva offentligheten ikke skal se", required=False)
    meroffentlighet_vurdert = forms.BooleanField(
        label="Merinnsyn (meroffentlighet) vurdert for hvert av dokumentene", required=False
    )
    meroffentlighet = forms.CharField(
        label="Hvorfor kan de ikke gis, helt eller delvis?", required=False, max_length=1000, widget=forms.Textarea
    )
    merknad = forms.CharField(label="Begrunnelse", required=False, max_length=1000, widget=forms.Textarea)
    valgfritt_merke = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        idag = klokke.idag()
        self.koder = {k.kode: k for k in tilgangskoder(idag)}
        self.avskjerming = {str(a.pk): a for a in avskjermingskoder()}
        grupper = [(str(kode), [(str(h.pk), str(h)) for h in hjemler_for(kode, idag)]) for kode in self.koder.values()]
        self.hjemler = {str(h.pk): h for kode in self.koder.values() for h in hjemler_for(kode, idag)}
        sett_valg(self, "tilgangskode", [(OFFENTLIG, "Offentlig"), *((k, str(v)) for k, v in self.koder.items())])
        sett_valg(self, "hjemmel", [("", "Ingen"), *grupper])
        avskjerming = [(pk, str(kode)) for pk, kode in self.avskjerming.items()]
        sett_valg(self, "avskjermingskode", [("", "Ikke valgt"), *avskjerming])

    def clean(self) -> dict[str, Any]:
        felter: dict[str, Any] = super().clean() or self.cleaned_data
        if felter.get("tilgangskode") is not None and not felter.get("meroffentlighet_vurdert"):
            self.add_error("meroffentlighet_vurdert", "Vurder om noe likevel kan gis ut, og kryss av.")
        return felter

    def clean_tilgangskode(self) -> Any:
        return self.koder.get(self.cleaned_data["tilgangskode"])

    def clean_hjemmel(self) -> Any:
        return self.hjemler.get(self.cleaned_data["hjemmel"])

    def clean_avskjermingskode(self) -> Any:
        return self.avskjerming.get(self.cleaned_data["avskjermingskode"])


class Purreskjema(forms.Form):
    """The words of a reminder to the leaders."""

    tekst = forms.CharField(label="Melding til lederen", max_length=4000, widget=forms.Textarea)


class Utseendeskjema(forms.Form):
    """How the pages look to me."""

    fargevalg = forms.ChoiceField(label="Farger", choices=Fargevalg.choices, widget=forms.RadioSelect)
    hurtigtaster = forms.BooleanField(
        label="Hurtigtaster med én bokstav",
        required=False,
        help_text="Slå av hvis du bruker talestyring eller lett treffer taster ved et uhell.",
    )
