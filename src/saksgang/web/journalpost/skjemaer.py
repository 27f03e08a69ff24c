"""The forms of the acts. Shape and choices only; every rule is the command's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms

from saksgang.flyt.rules import Aarsak
from saksgang.kjerne import klokke
from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.rules import NOTATTYPER, SVARMAATER, Journalposttype, Svarmaate
from saksgang.tilgang.queries import avskjermingskoder, grupper, hjemler_for, tilgangskoder

from .felter import Mottakerfelt, Personfelt, Saksfelt

if TYPE_CHECKING:
    from saksgang.organisasjon.models import Bruker
    from saksgang.sakarkiv.models import InternMottaker
    from saksgang.sakarkiv.queries.svar import Besvarbar
    from saksgang.tilgang.models import Tilgangskode

KORT_TEKST = forms.Textarea(attrs={"rows": 3})


class Bekreftelse(forms.Form):
    """An act that needs nothing more than yes."""


class Begrunnelse(forms.Form):
    begrunnelse = forms.CharField(label="Begrunnelse", max_length=500, widget=KORT_TEKST)


class Avskrivning(forms.Form):
    mottaker = forms.ChoiceField(label="Avskriv for", required=False)
    maate = forms.ChoiceField(label="Avskrivningsmåte", widget=forms.RadioSelect)
    dato = forms.DateField(label="Avskrevet dato")
    merknad = forms.CharField(
        label="Saksbehandlingsmerknad",
        required=False,
        max_length=4000,
        widget=KORT_TEKST,
        help_text="Kort om resultatet, for eksempel innholdet i en telefonsamtale. Vises ikke for publikum.",
    )

    def __init__(self, *args: Any, mottakere: Iterable[InternMottaker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["maate"].choices = [(k.kode, str(k)) for k in saker.kodeverdier("avskrivning")]
        self.fields["dato"].initial = klokke.idag()
        self.fields["mottaker"].choices = [(str(m.pk), str(m)) for m in mottakere]
        if len(self.fields["mottaker"].choices) < 2:
            del self.fields["mottaker"]


class Besvarelse(forms.Form):
    """How a note is answered, and for whom; a letter needs no choice."""

    journalposttype = forms.ChoiceField(
        label="Svar med",
        choices=[("X", "X Notat uten oppfølging"), ("N", "N Notat med oppfølging (mottakeren får restanse)")],
        widget=forms.RadioSelect,
        initial=NOTATTYPER[0].value,
    )
    mottaker = forms.ChoiceField(label="Svar for")

    def __init__(self, *args: Any, maate: str, mottakere: Iterable[InternMottaker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mottaker"].choices = [(str(m.pk), str(m)) for m in mottakere]
        if maate != Svarmaate.NOTAT:
            del self.fields["journalposttype"]
        if maate != Svarmaate.NOTAT or len(self.fields["mottaker"].choices) < 2:
            del self.fields["mottaker"]

    def felter(self, mottakere: Iterable[InternMottaker]) -> dict[str, Any]:
        """What was chosen, as the command takes it."""
        valgt = self.cleaned_data.get("mottaker")
        return {
            "journalposttype": self.cleaned_data.get("journalposttype"),
            "mottaker": next((m for m in mottakere if str(m.pk) == valgt), None),
        }


class Svarknytning(forms.Form):
    besvart = forms.ChoiceField(label="Svar på", widget=forms.RadioSelect)
    maate = forms.ChoiceField(label="Svarmåte", widget=forms.RadioSelect, initial=Svarmaate.ENDELIG.value)

    def __init__(self, *args: Any, tilbud: Iterable[Besvarbar], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        valg = [(str(b.journalpost.pk), f"{b.journalpost} {b.journalpost.tittel}") for b in tilbud]
        self.fields["besvart"].choices = valg
        self.fields["besvart"].initial = valg[0][0]
        self.fields["maate"].choices = [(m.value, m.label) for m in SVARMAATER[Journalposttype.INNGAAENDE]]


class Svarfrist(forms.Form):
    forfallsdato = forms.DateField(label="Svarfrist", required=False)


class Saksbehandler(forms.Form):
    saksbehandler = Personfelt(label="Saksbehandler")


class Fordeling(forms.Form):
    mottaker = forms.ChoiceField(label="Fordel for", required=False)
    saksbehandler = Personfelt(label="Saksbehandler")
    saksansvarlig = Personfelt(
        label="Saksansvarlig", required=False, help_text="Fyll ut bare hvis saken også skal få ny saksansvarlig."
    )

    def __init__(self, *args: Any, mottakere: Iterable[InternMottaker], med_sak: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mottaker"].choices = [(str(m.pk), str(m)) for m in mottakere]
        if len(self.fields["mottaker"].choices) < 2:
            del self.fields["mottaker"]
        if not med_sak:
            del self.fields["saksansvarlig"]


class InternKopi(forms.Form):
    mottakere = Mottakerfelt(
        label="Intern kopi",
        med_enheter=False,
        etikett="Kopimottaker",
        help_text="Kopien leveres når dokumentet er ferdigstilt, og gir ingen restanse.",
    )


class Kopier(forms.Form):
    mottakere = Mottakerfelt(
        label="Kopi til", etikett="Kopimottaker", help_text="Personer eller hele enheter. Kopien gir ingen restanse."
    )
    kommentar = forms.CharField(
        label="Merknad",
        required=False,
        max_length=500,
        widget=KORT_TEKST,
        help_text="Følger kopien, og blir stående som merknad på journalposten.",
    )


class Merknad(forms.Form):
    type_ = forms.ChoiceField(label="Type", widget=forms.RadioSelect, initial="AN")
    tekst = forms.CharField(label="Merknad", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type_"].choices = [(k.kode, str(k)) for k in saker.kodeverdier("merknad")]


class Ferdigstilling(forms.Form):
    offentlighet_vurdert = forms.BooleanField(
        label="Jeg har vurdert om dokumentet kan være offentlig", required=False, initial=True
    )


class Skjerming(forms.Form):
    """Code, what is hidden, hjemmel, group: for an act on a journalpost, and as a part of the registration forms."""

    tilgangskode = forms.ModelChoiceField(
        queryset=None, label="Tilgangskode", required=False, empty_label="Offentlig (ingen kode)"
    )
    avskjermingskode = forms.ModelChoiceField(
        queryset=None, label="Skjerm på postlista", required=False, empty_label="Velg …"
    )
    hjemmel = forms.ModelChoiceField(queryset=None, label="Hjemmel", required=False, empty_label="Velg …")
    tilgangsgruppe = forms.ModelChoiceField(
        queryset=None, label="Tilgangsgruppe", required=False, empty_label="Ingen gruppe"
    )
    meroffentlighet_vurdert = forms.BooleanField(label="Merinnsyn (meroffentlighet) vurdert", required=False)
    meroffentlighet = forms.CharField(
        label="Hvorfor kan det ikke gis, helt eller delvis?",
        required=False,
        max_length=1000,
        widget=KORT_TEKST,
        help_text="Offl. § 11. Ved taushetsplikt (§ 13): om resten kan gis (§ 12).",
    )

    def __init__(self, *args: Any, med_xx: bool = False, foreslaas: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if foreslaas:
            del self.fields["meroffentlighet_vurdert"], self.fields["meroffentlighet"]
        idag = klokke.idag()
        self.fields["tilgangskode"].queryset = tilgangskoder(idag, med_xx=med_xx)
        self.fields["avskjermingskode"].queryset = avskjermingskoder()
        self.fields["tilgangsgruppe"].queryset = grupper()
        self.fields["hjemmel"].queryset = hjemler_for(self.valgt_kode(), idag)

    def clean(self) -> dict[str, Any]:
        felter: dict[str, Any] = super().clean() or self.cleaned_data
        kode = felter.get("tilgangskode")
        if "meroffentlighet" not in self.fields or kode is None or kode.er_xx:
            felter["meroffentlighet"] = ""
        elif not felter.get("meroffentlighet_vurdert"):
            self.add_error(
                "meroffentlighet_vurdert",
                "Vurder om dokumentet likevel kan gis ut, helt eller delvis. Kryss av, og skriv hvorfor ikke.",
            )
        felter.pop("meroffentlighet_vurdert", None)
        return felter

    def skjuler_tittel(self) -> bool:
        """Whether the choice in the form hides the title, but not the whole entry."""
        verdi = self["avskjermingskode"].value()
        valgt = next(
            (a for a in self.fields["avskjermingskode"].queryset if str(a.pk) == str(getattr(verdi, "pk", verdi))), None
        )
        return valgt is not None and valgt.skjermer_tittel and not valgt.skjermer_alt

    def valgt_kode(self) -> Tilgangskode | None:
        """The code as it stands in the form now; hjemler are those of this code."""
        verdi = self["tilgangskode"].value()
        koder = {str(k.pk): k for k in self.fields["tilgangskode"].queryset}
        kode = koder.get(str(getattr(verdi, "pk", verdi)))
        return None if kode is None or kode.er_xx else kode


class Skjermingsvurdering(Skjerming):
    """The act of grading: also which words of the title the public is not to see."""

    skjermet_ord = forms.TypedMultipleChoiceField(
        label="Ord i tittelen", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    ordvalg = forms.BooleanField(required=False, widget=forms.HiddenInput)
    delvis = forms.BooleanField(
        label="Resten kan gis i sladdet versjon",
        required=False,
        help_text="Offl. § 12. Du går rett til sladdingen når graderingen er lagret.",
    )
    opphoerer = forms.DateField(label="Opphører", required=False)
    opphoer_hendelse = forms.CharField(label="Eller når", required=False, max_length=200)
    merknad = forms.CharField(label="Begrunnelse eller merknad", required=False, max_length=1000, widget=KORT_TEKST)

    def __init__(self, *args: Any, tittel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tittel = tittel
        self.fields["skjermet_ord"].choices = list(enumerate(tittel.split()))

    def ordene(self) -> list[tuple[int, str, bool]]:
        """Return each word with its number and whether it is marked."""
        merket = {str(verdi) for verdi in self["skjermet_ord"].value() or ()}
        return [(nummer, ordet, str(nummer) in merket) for nummer, ordet in enumerate(self.tittel.split())]


class Sperring(forms.Form):
    merknad = forms.CharField(label="Hva må vurderes?", required=False, max_length=1000, widget=KORT_TEKST)


class Tittelforslag(forms.Form):
    foreslaatt_tittel = forms.CharField(label="Ny tittel", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    tekst = forms.CharField(label="Hvorfor?", max_length=4000, widget=KORT_TEKST)


FLAGGAARSAKER = {
    "melding": (Aarsak.MELDING, "Flagg: Beskjed/Merknad", "Send flagg"),
    "feildistribuert": (Aarsak.FEILDISTRIBUERT, "Feildistribuert", "Send til arkivet"),
    "feilregistrert": (Aarsak.FEILREGISTRERT, "Meld feilregistrering til arkivet", "Send til arkivet"),
    "flytting": (Aarsak.FLYTTING, "Be arkivet flytte til annen sak", "Send til arkivet"),
    "leder": (Aarsak.GRADERING, "Spør leder", "Send til leder"),
}


class Flagg(forms.Form):
    mottaker = forms.ChoiceField(
        label="Til",
        choices=[("person", "En person"), ("ARK", "Arkivet")],
        widget=forms.RadioSelect,
        initial="person",
    )
    til = Personfelt(label="Person", required=False, help_text="Skriv navnet når flagget går til en person.")
    tekst = forms.CharField(label="Melding", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, fast_mottaker: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fast_mottaker:
            del self.fields["mottaker"], self.fields["til"]


class SpoersmaalTilLeder(Flagg):
    aarsak = forms.ChoiceField(
        label="Gjelder",
        choices=[(Aarsak.GRADERING.value, "Gradering"), (Aarsak.RESTANSE.value, "Restanse")],
        widget=forms.RadioSelect,
        initial=Aarsak.GRADERING.value,
    )
    field_order = ["aarsak", "tekst"]


class Flytteoenske(forms.Form):
    """Which case it belongs to, and who in the archive is asked (krav R-10.11.1)."""

    valgfritt_merke = False

    maalsak = Saksfelt(label="Riktig sak", help_text="Saksnummeret, for eksempel 2026/102.")
    til = forms.ChoiceField(label="Til")
    tekst = forms.CharField(label="Melding", max_length=4000, widget=KORT_TEKST)

    def __init__(self, *args: Any, arkivarer: Iterable[Bruker], leser: Bruker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arkivarer = {str(b.pk): b for b in arkivarer}
        self.fields["til"].choices = [("", "Arkivet"), *((pk, b.navn) for pk, b in self.arkivarer.items())]
        self.fields["til"].required = False
        self.fields["maalsak"].leser = leser

    def clean_til(self) -> Bruker | None:
        return self.arkivarer.get(self.cleaned_data["til"])


class Utgaatt(Begrunnelse):
    """The reason; the warning stands above it."""
