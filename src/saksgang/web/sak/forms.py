"""Forms of the case."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms

from saksgang.arkivstruktur.queries import arkivdeler
from saksgang.kjerne import klokke
from saksgang.sakarkiv.queries.saker import kodeverdier, sakstyper
from saksgang.sakarkiv.rules import Parttypesak, Rettighetsnivaa
from saksgang.tilgang.queries import avskjermingskoder, enheter, grupper, hjemler_for, tilgangskoder
from saksgang.web.skriveregler.felter import MedTittel

from .felter import Eiendomsfelt, Radvalg, finn_ordningsverdi, finn_person, forslagsfelt, skjult_id

if TYPE_CHECKING:
    from saksgang.organisasjon.models import Bruker

INGEN_KODE = "-"


class MedPerson(forms.Form):
    """Resolves the field that names a person."""

    personfelt = "saksansvarlig"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        felt = self.personfelt
        if felt in self.fields and data.get(felt):
            try:
                data[felt] = finn_person(data[felt], data.get(f"{felt}_id"))
            except forms.ValidationError as feil:
                self.add_error(felt, feil)
        return data


class MedKlasser(forms.Form):
    """Resolves the fields that name ordningsverdier, in their order."""

    klassefelter: tuple[str, ...] = ("klasse",)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        funnet = []
        for felt in self.klassefelter:
            if tekst := (data.get(felt) or "").strip():
                try:
                    funnet.append(finn_ordningsverdi(tekst, data.get(f"{felt}_id")))
                except forms.ValidationError as feil:
                    self.add_error(felt, feil)
        data["klasser"] = list(dict.fromkeys(funnet))
        return data


class Skjermingsskjema(forms.Form):
    """Code, hjemmel, avskjermingskode and group of a case."""

    tilgangskode = Radvalg(label="Tilgangskode", required=False)
    hjemmel = Radvalg(label="Hjemmel", required=False)
    avskjermingskode = Radvalg(label="Avskjerming", required=False)
    tilgangsgruppe = Radvalg(label="Tilgangsgruppe", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fyll_skjerming("Ingen kode – åpen for alle ansatte")

    def _fyll_skjerming(self, uten_kode: str) -> None:
        idag = klokke.idag()
        koder = list(tilgangskoder(idag))
        valgt = str(self["tilgangskode"].value() or "")
        kode = next((k for k in koder if str(k.pk) == valgt), None)
        self.fields["tilgangskode"].sett(koder, tom=uten_kode)  # type: ignore[attr-defined]
        self.fields["hjemmel"].sett(hjemler_for(kode, idag), tom="Velg hjemmel", tekst="visning")  # type: ignore[attr-defined]
        self.fields["avskjermingskode"].sett(avskjermingskoder(), tom="Velg hva som skjules")  # type: ignore[attr-defined]
        self.fields["tilgangsgruppe"].sett(grupper(), tom="Ingen gruppe")  # type: ignore[attr-defined]


class Nysakskjema(MedPerson, MedKlasser, MedTittel, Skjermingsskjema):
    """«Ny sak». The code is asked for in archive parts that are never published; saksansvarlig by the archive alone."""

    system_id = forms.UUIDField(widget=forms.HiddenInput)
    tittel = forms.CharField(
        label="Tittel", max_length=500, help_text="Kort og presist. Skriv ikke mer enn nødvendig om personer."
    )
    offentlig_tittel = forms.CharField(
        label="Offentlig tittel", max_length=500, required=False, help_text="Bare når tittelen ikke kan vises for alle."
    )
    arkivdel = Radvalg(label="Arkivdel")
    enhet = Radvalg(label="Enhet")
    sakstype = Radvalg(label="Sakstype", required=False)
    klasse = forslagsfelt(
        "Ordningsverdi",
        "klasse-forslag",
        "klasse_id",
        fra=1,
        required=False,
        help_text="Skriv koden eller et ord fra den",
    )
    klasse_id = skjult_id()
    eiendom = Eiendomsfelt(label="Gnr./bnr.", max_length=40, required=False, help_text="For eksempel 12/118")
    saksansvarlig = forslagsfelt("Saksansvarlig", "person-forslag", "saksansvarlig_id")
    saksansvarlig_id = skjult_id()

    def __init__(self, *args: Any, bruker: Bruker, fra_arkivet: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not fra_arkivet:
            del self.fields["saksansvarlig"], self.fields["saksansvarlig_id"]
        deler = list(arkivdeler(aapne=True))
        self.fields["arkivdel"].sett(deler)  # type: ignore[attr-defined]
        self.fields["enhet"].sett(enheter(), tom="Velg enhet", tekst="navn")  # type: ignore[attr-defined]
        self.fields["sakstype"].sett(sakstyper(), tom="Ingen bestemt type")  # type: ignore[attr-defined]
        self.initial = {
            "system_id": uuid.uuid4(),
            "arkivdel": next((d.pk for d in deler if d.kode == "SAK"), deler[0].pk if deler else None),
            "enhet": bruker.enhet_id,
            "saksansvarlig": bruker.navn,
            "saksansvarlig_id": bruker.pk,
        } | self.initial
        valgt = str(self["arkivdel"].value() or "")
        self.skjermes = any(str(d.pk) == valgt and not d.publiseres for d in deler)
        if self.skjermes:
            # A blank choice is no answer here: a personnel or pupil file is closed unless somebody says otherwise.
            self._fyll_skjerming("Velg tilgangskode")
            felt = self.fields["tilgangskode"]
            felt.choices = [*felt.choices, (INGEN_KODE, "Ingen kode – åpen for alle ansatte")]  # type: ignore[attr-defined]
            felt.required = True
        else:
            for navn in ("tilgangskode", "hjemmel", "avskjermingskode", "tilgangsgruppe"):
                del self.fields[navn]


class Tomtskjema(forms.Form):
    """A confirmation alone."""


class Begrunnelsesskjema(forms.Form):
    begrunnelse = forms.CharField(
        label="Begrunnelse", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="Står i historikken."
    )


class Redigeringsskjema(MedTittel):
    """Fields of a case that rediger_sak changes."""

    tittel = forms.CharField(label="Tittel", max_length=500)
    offentlig_tittel = forms.CharField(label="Offentlig tittel", max_length=500, required=False)
    enhet = Radvalg(label="Enhet")
    arkivdel = Radvalg(label="Arkivdel")
    sakstype = Radvalg(label="Sakstype", required=False)

    def __init__(self, *args: Any, sak: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deler = {d.pk: d for d in arkivdeler(aapne=True)} | {sak.arkivdel_id: sak.arkivdel}
        self.fields["arkivdel"].sett(deler.values())  # type: ignore[attr-defined]
        alle = {e.pk: e for e in enheter()} | {sak.enhet_id: sak.enhet}
        self.fields["enhet"].sett(alle.values(), tekst="navn")  # type: ignore[attr-defined]
        self.fields["sakstype"].sett(sakstyper(), tom="Ingen bestemt type")  # type: ignore[attr-defined]
        self.initial = {
            "tittel": sak.tittel,
            "offentlig_tittel": sak.offentlig_tittel,
            "enhet": sak.enhet_id,
            "arkivdel": sak.arkivdel_id,
            "sakstype": sak.sakstype_id,
        }


class Klasseringsskjema(MedKlasser):
    """Up to three ordningsverdier, the primary first, and a property."""

    klassefelter = ("klasse", "klasse2", "klasse3")
    klasse = forslagsfelt("Ordningsverdi", "klasse-forslag", "klasse_id", fra=1)
    klasse_id = skjult_id()
    klasse2 = forslagsfelt("Sekundær ordningsverdi", "klasse-forslag", "klasse2_id", fra=1, required=False)
    klasse2_id = skjult_id()
    klasse3 = forslagsfelt("Enda en ordningsverdi", "klasse-forslag", "klasse3_id", fra=1, required=False)
    klasse3_id = skjult_id()
    eiendom = Eiendomsfelt(label="Legg til gnr./bnr.", max_length=40, required=False, help_text="For eksempel 12/118")


class Ansvarligskjema(MedPerson):
    saksansvarlig = forslagsfelt("Ny saksansvarlig", "person-forslag", "saksansvarlig_id")
    saksansvarlig_id = skjult_id()


class Saksskjermingsskjema(Skjermingsskjema):
    """The code of a whole case, with both conditions (krav R-7.1.7)."""

    misvisende = forms.CharField(
        label="Hvorfor gir resten av dokumentene et åpenbart misvisende bilde?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    skade = forms.CharField(
        label="Hvilken skade kan offentlighet gjøre?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class Oenskeskjema(forms.Form):
    tekst = forms.CharField(label="Merknad til arkivet", required=False, widget=forms.Textarea(attrs={"rows": 2}))


class Obsskjema(forms.Form):
    dato = forms.DateField(label="OBS-dato", widget=forms.DateInput)
    merknad = forms.CharField(label="Merknad", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class Merknadsskjema(forms.Form):
    type = forms.ChoiceField(label="Type")
    tekst = forms.CharField(label="Merknad", widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [  # type: ignore[attr-defined]
            (v.kode, str(v)) for v in kodeverdier("merknad") if v.kode != "ØA"
        ]


class Partskjema(forms.Form):
    """A party to the case."""

    type = forms.ChoiceField(label="Parten er", choices=Parttypesak.choices, widget=forms.RadioSelect, initial="person")
    navn = forslagsfelt("Navn", "kontakt-forslag", "kontakt")
    kontakt = skjult_id()
    rolle = forms.CharField(
        label="Rolle", max_length=100, required=False, help_text="For eksempel søker, nabo eller klager"
    )
    organisasjonsnummer = forms.CharField(label="Organisasjonsnummer", max_length=15, required=False)
    foedselsnummer = forms.CharField(
        label="Fødselsnummer",
        max_length=13,
        required=False,
        help_text="Bare når det trengs for å kjenne parten igjen. Vises aldri i lister.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    adresse = forms.CharField(label="Adresse", max_length=300, required=False)
    postnummer = forms.CharField(label="Postnummer", max_length=10, required=False)
    poststed = forms.CharField(label="Poststed", max_length=100, required=False)
    epost = forms.EmailField(label="E-post", required=False)
    telefon = forms.CharField(label="Telefon", max_length=30, required=False)


class Rettighetsoenskeskjema(forms.Form):
    nivaa = forms.ChoiceField(
        label="Hva trenger du?", choices=Rettighetsnivaa.choices, widget=forms.RadioSelect, initial="skrive"
    )
    begrunnelse = forms.CharField(
        label="Begrunnelse", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class Rettighetsskjema(MedPerson):
    personfelt = "bruker"
    bruker = forslagsfelt("Hvem", "person-forslag", "bruker_id")
    bruker_id = skjult_id()
    nivaa = forms.ChoiceField(
        label="Rett til å", choices=Rettighetsnivaa.choices, widget=forms.RadioSelect, initial="skrive"
    )
    fra = forms.DateField(
        label="Fra", required=False, widget=forms.DateInput, help_text="Uten dato gjelder det fra i dag."
    )
    til = forms.DateField(
        label="Til og med",
        required=False,
        widget=forms.DateInput,
        help_text="Uten dato gjelder retten til den trekkes.",
    )


class Innvilgelsesskjema(forms.Form):
    til = forms.DateField(
        label="Til og med",
        required=False,
        widget=forms.DateInput,
        help_text="Uten dato gjelder retten til den trekkes.",
    )
