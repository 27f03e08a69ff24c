"""Forms about requests for access."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms

from saksgang.innsynskrav.rules import Bortfall, Journalgrunn, Kanal, Klageutfall, Rest, Samtykkesvar, Utfall
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.sakarkiv.queries.saker import hent_journalpost
from saksgang.tilgang.queries import hjemler_for
from saksgang.web.arbeidsbord.forms import sett_valg
from saksgang.web.journalpost.felter import Saksfelt

if TYPE_CHECKING:
    from saksgang.organisasjon.models import Bruker

KORT = forms.Textarea(attrs={"rows": 2})
_NUMMER = re.compile(r"(\d{4})/(\d{1,7})-(\d{1,7})")


class Poster(forms.CharField):
    """Entries by their numbers, looked up through their reader: the form sets leser."""

    leser: Any = None

    def clean(self, value: Any) -> list[Any]:
        tekst = super().clean(value)
        funnet = []
        for nummer in re.split(r"[\s,;]+", tekst.strip()) if tekst.strip() else ():
            if (treff := _NUMMER.fullmatch(nummer)) is None:
                raise forms.ValidationError("Skriv numrene slik: 2026/101-5, med mellomrom mellom.")
            try:
                funnet.append(hent_journalpost(self.leser, *(int(del_) for del_ in treff.groups())))
            except IkkeFunnet:
                raise forms.ValidationError(f"{nummer} finnes ikke, eller du har ikke tilgang.") from None
        return funnet


class Kravskjema(forms.Form):
    """A request that came orally, by letter or by e-mail."""

    kanal = forms.ChoiceField(
        label="Kom på", widget=forms.RadioSelect, choices=[v for v in Kanal.choices if v[0] != Kanal.NETT]
    )
    mottatt_dato = forms.DateField(label="Mottatt", widget=forms.DateInput)
    poster = Poster(
        label="Journalposter",
        required=False,
        max_length=1000,
        help_text="Numrene, som 2026/101-5, med mellomrom mellom.",
    )
    om_sak = forms.CharField(label="Sak", required=False, max_length=300)
    tekst = forms.CharField(label="Hva kravet gjelder", required=False, max_length=4000, widget=forms.Textarea)
    navn = forms.CharField(label="Navn", required=False, max_length=200, help_text="Ingen må oppgi navn (offl. § 28).")
    epost = forms.EmailField(label="E-post", required=False)
    kontaktpunkt = forms.CharField(label="Adresse eller telefon", required=False, max_length=300)

    def __init__(self, *args: Any, leser: Bruker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["poster"].leser = leser
        self.fields["mottatt_dato"].initial = klokke.idag()


class Posteskjema(forms.Form):
    """More entries in a request."""

    poster = Poster(label="Journalposter", max_length=1000, help_text="Numrene, som 2026/101-5, med mellomrom mellom.")

    def __init__(self, *args: Any, leser: Bruker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["poster"].leser = leser


class Utfallsvalg(forms.RadioSelect):
    """The outcomes; the one that the law closes cannot be chosen, and the server refuses it too."""

    stengt = ""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        valg = super().create_option(name, value, *args, **kwargs)
        if str(value) == self.stengt:
            valg["attrs"]["disabled"] = True
        return valg


class Vurderingsskjema(forms.Form):
    """The outcome for a document, with what the law asks to be considered."""

    utfall = forms.ChoiceField(label="Svar", widget=Utfallsvalg, choices=Utfall.choices)
    bortfall = forms.ChoiceField(label="Taushetsplikten står ikke i veien", required=False)
    bortfall_hvem = forms.CharField(label="Hvem", required=False, max_length=200)
    bortfall_hvorfor = forms.CharField(label="Hva viser det?", required=False, max_length=1000, widget=KORT)
    hjemmel = forms.ModelChoiceField(queryset=None, label="Hjemmel", required=False, empty_label="Velg …")
    rest = forms.ChoiceField(
        label="Resten av dokumentet",
        required=False,
        help_text="Hvorfor resten ikke gis heller, ved avslag (offl. § 12).",
    )
    merinnsyn = forms.CharField(
        label="Merinnsyn vurdert",
        required=False,
        max_length=1000,
        widget=KORT,
        help_text="Hvorfor det ikke kan gis likevel (offl. § 11). Kreves for alle hjemler som sier «kan».",
    )
    begrunnelse = forms.CharField(
        label="Intern merknad", required=False, max_length=1000, widget=KORT, help_text="Vises ikke i svaret."
    )
    foedselsnummer_gis = forms.BooleanField(
        label="Fødselsnummer i dokumentet skal gis",
        required=False,
        help_text="Bare når den som krever innsyn, har rett til å se dem.",
    )
    alle = forms.BooleanField(label="Samme svar for alle dokumentene i journalposten", required=False)

    def __init__(
        self, *args: Any, taus: bool, bortfalt: bool, flere: bool, foedselsnummer: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hjemmel"].queryset = hjemler_for(None, klokke.idag())
        sett_valg(self, "rest", [("", "Velg …"), *Rest.choices])
        sett_valg(self, "bortfall", [("", "Velg …"), *Bortfall.choices])
        if taus and not bortfalt:
            self.fields["utfall"].widget.stengt = Utfall.HELT
        if not bortfalt:
            for felt in ("bortfall", "bortfall_hvem", "bortfall_hvorfor"):
                del self.fields[felt]
        if not foedselsnummer:
            del self.fields["foedselsnummer_gis"]
        if not flere:
            del self.fields["alle"]


class Samtykkeskjema(forms.Form):
    hvem = forms.CharField(label="Hvem er spurt?", max_length=200, help_text="Vises bare for dem som behandler kravet.")


class Samtykkesvarskjema(forms.Form):
    svar = forms.ChoiceField(label="Svar", widget=forms.RadioSelect, choices=Samtykkesvar.choices)
    dato = forms.DateField(label="Svarte", widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dato"].initial = klokke.idag()


class Begrunnelse(forms.Form):
    begrunnelse = forms.CharField(label="Begrunnelse", max_length=500, widget=KORT)


class Svarskjema(forms.Form):
    tekst = forms.CharField(
        label="Tekst i brevet",
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text="Kommer over lista. Avgjørelsene, hjemlene og retten til å klage står der uansett.",
    )


class Begrunnelsesskjema(forms.Form):
    tekst = forms.CharField(
        label="Nærmere begrunnelse",
        max_length=4000,
        widget=forms.Textarea,
        help_text="De viktigste hensynene som var avgjørende (offl. § 31 andre ledd). Skriv ikke det som er unntatt.",
    )


class Henvendelse(forms.Form):
    """How and when the requester turned to the municipality again."""

    kanal = forms.ChoiceField(
        label="Kom på", widget=forms.RadioSelect, choices=[v for v in Kanal.choices if v[0] != Kanal.NETT]
    )
    dato = forms.DateField(label="Mottatt", widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dato"].initial = klokke.idag()


class Klageskjema(Henvendelse):
    tekst = forms.CharField(label="Klagen", required=False, max_length=4000, widget=forms.Textarea)


class Klageutfallsskjema(forms.Form):
    utfall = forms.ChoiceField(label="Utfall", widget=forms.RadioSelect, choices=Klageutfall.choices)
    merknad = forms.CharField(label="Merknad", required=False, max_length=1000, widget=KORT)


class Sakskjema(forms.Form):
    sak = Saksfelt(label="Sak", max_length=20, help_text="Saken kravet journalføres i, som 2026/101.")
    grunn = forms.ChoiceField(label="Hvorfor journalføres kravet?", widget=forms.RadioSelect)
    merknad = forms.CharField(
        label="Merknad", required=False, max_length=500, widget=KORT, help_text="Må skrives når grunnen er en annen."
    )

    def __init__(self, *args: Any, leser: Bruker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sett_valg(self, "grunn", Journalgrunn.choices)
        self.fields["sak"].leser = leser
