"""What is typed on the administration pages. Plain forms: the rules are in the commands."""

from __future__ import annotations

from typing import Any

from django import forms

from saksgang.arkivstruktur.queries import arkiver, systemer
from saksgang.arkivstruktur.rules import Arkivdelstatus, Klassifikasjonstype
from saksgang.flyt.rules import Varselmaate
from saksgang.kjerne import klokke
from saksgang.sakarkiv.rules.skriveregel import SLAG
from saksgang.tilgang.queries import tilgangskoder
from saksgang.tilgang.rules import Funksjon, Kilde, Rolle
from saksgang.web.sak.felter import finn_ordningsverdi, forslagsfelt, skjult_id

from .felter import Brukerfelt, Datofelt, Enhetsfelt, Radvelger, Radvelgere

MAKS_CSV = 8 * 1024 * 1024


def _koder() -> Any:
    return tilgangskoder(klokke.idag())


def _koder_med_xx() -> Any:
    return tilgangskoder(klokke.idag(), med_xx=True)


class Bekreftelse(forms.Form):
    """Nothing to fill in."""


class Enhetsskjema(forms.Form):
    kode = forms.CharField(max_length=20, help_text="Kort forkortelse, som TEK.")
    navn = forms.CharField(max_length=200)
    overordnet = Enhetsfelt(label="Overordnet enhet", required=False, tomt="Ingen (øverst)")
    fagomraade = forms.BooleanField(
        label="Fagområde",
        required=False,
        help_text="Lederen er fagsjef. Ledere over et fagområde leser ikke det skjermede innholdet i det.",
    )
    inkluder_underenheter = forms.BooleanField(label="Lederen leder også underenhetene", required=False, initial=True)


class Nedleggelse(forms.Form):
    dato = Datofelt(label="Nedlagt fra")


class Brukerskjema(forms.Form):
    brukernavn = forms.CharField(max_length=100)
    navn = forms.CharField(max_length=200)
    initialer = forms.CharField(max_length=10)
    enhet = Enhetsfelt(required=False, tomt="Ingen (politiker eller drift)")
    tittel = forms.CharField(label="Stillingstittel", max_length=100, required=False)
    epost = forms.EmailField(label="E-post", required=False)
    telefon = forms.CharField(max_length=30, required=False)
    aktiv_fra = Datofelt(label="Aktiv fra")


class NyBruker(Brukerskjema):
    passord = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        required=False,
        help_text="Minst 12 tegn. Tomt når brukeren logger inn gjennom virksomhetens egen pålogging.",
        strip=False,
    )


class Passord(forms.Form):
    passord = forms.CharField(
        label="Nytt passord",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Minst 12 tegn. Åpne økter avsluttes.",
        strip=False,
    )


class SisteDag(forms.Form):
    til = Datofelt(label="Siste dag", help_text="Velg gårsdagen for å avslutte med én gang.")


class Rolleskjema(forms.Form):
    bruker = Brukerfelt()
    rolle = forms.ChoiceField(
        choices=[
            ("", "Velg …"),
            *((rolle.value, f"{rolle.value} {rolle.label}") for rolle in Rolle if rolle != Rolle.SF),
        ]
    )
    enhet = Enhetsfelt(required=False, tomt="Ingen", help_text="Må velges for saksbehandler og leder.")
    kilde = forms.ChoiceField(
        choices=[(kilde.value, kilde.label) for kilde in (Kilde.STILLING, Kilde.NESTLEDER)],
        initial=Kilde.STILLING,
        help_text="Nestleder gjelder lederrollen.",
    )
    fra = Datofelt()
    til = Datofelt(label="Til og med", required=False)
    tilgangskoder = Radvelgere(
        rader=_koder_med_xx,
        label="Begrens arkivrollen til",
        required=False,
        help_text="Bare for arkivtjenesten. Ingen valgt betyr alle koder.",
    )


class Fullmaktsskjema(forms.Form):
    bruker = Brukerfelt()
    funksjon = forms.ChoiceField(
        choices=[("", "Velg …"), *((f.value, f.label) for f in Funksjon if f != Funksjon.LEDE)]
    )
    enhet = Enhetsfelt()
    fra = Datofelt()
    til = Datofelt(label="Til og med", required=False)


class Periodeskjema(forms.Form):
    """Period and codes of a deputy."""

    fra = Datofelt()
    til = Datofelt(label="Til og med")
    koder = Radvelgere(
        rader=_koder_med_xx,
        label="Tilgangskoder",
        required=False,
        help_text="Stedfortrederen leser skjermede dokumenter i enheten bare for kodene som er krysset av.",
    )


class MinStedfortreder(Periodeskjema):
    vikar = Brukerfelt(label="Stedfortreder")
    field_order: tuple[str, ...] = ("vikar", "fra", "til", "koder")


class Stedfortrederskjema(MinStedfortreder):
    leder = Brukerfelt(label="Leder")
    field_order = ("leder", "vikar", "fra", "til", "koder")


class Autorisasjonsskjema(forms.Form):
    bruker = Brukerfelt()
    kode = Radvelger(rader=_koder, label="Tilgangskode")
    enhet = Enhetsfelt(required=False, tomt="Hele virksomheten", help_text="Gjelder også underenhetene.")
    fra = Datofelt()
    til = Datofelt(label="Til og med", required=False)


class Gruppeskjema(forms.Form):
    navn = forms.CharField(max_length=100)


class Medlemsskjema(forms.Form):
    bruker = Brukerfelt(label="Nytt medlem")
    fra = Datofelt(required=False, help_text="Uten dato gjelder det fra i dag.")
    til = Datofelt(label="Til og med", required=False, help_text="Uten dato gjelder det inntil videre.")


class Gruppeeier(forms.Form):
    eier = Brukerfelt(label="Ny eier")


class NyGruppeHer(Gruppeskjema):
    """A group made on the spot; the one who makes it is a member."""

    medlem = Brukerfelt(
        label="Første medlem",
        required=False,
        help_text="Du er selv med. Skriv navn eller brukernavn, og velg i lista; flere legger du til etterpå.",
    )
    til = Datofelt(label="Til og med", required=False, help_text="Uten dato gjelder det inntil videre.")

    def medlemmer(self) -> list[Any]:
        return [m for m in [self.cleaned_data.get("medlem")] if m is not None]


class MittFravaer(forms.Form):
    fra = Datofelt()
    til = Datofelt(label="Til og med")
    aarsak = forms.CharField(
        label="Merknad", max_length=100, required=False, help_text="Synlig for kolleger. Skriv ikke helseopplysninger."
    )


class Fravaersskjema(MittFravaer):
    bruker = Brukerfelt()
    field_order = ("bruker", "fra", "til", "aarsak")


class Arkivskjema(forms.Form):
    tittel = forms.CharField(max_length=200)
    arkivskaper = forms.CharField(max_length=200)
    arkivskaper_id = forms.CharField(label="Arkivskapers organisasjonsnummer", max_length=50, required=False)
    beskrivelse = forms.CharField(widget=forms.Textarea, required=False)


class Arkivdelendring(forms.Form):
    tittel = forms.CharField(max_length=200)
    klassifikasjonssystem = Radvelger(rader=systemer, required=False, tomt="Ingen")
    publiseres = forms.BooleanField(
        label="Med på den offentlige postlista på nett",
        required=False,
        initial=True,
        help_text="Tas av for personal- og elevarkiv.",
    )
    arkivdelstatus = forms.ChoiceField(
        label="Status", choices=[(s.value, f"{s.value} {s.label}") for s in Arkivdelstatus]
    )


class Arkivdelskjema(Arkivdelendring):
    arkiv = Radvelger(rader=arkiver)
    kode = forms.CharField(max_length=20, help_text="Som SAK, BYGG, PERS eller ELEV.")
    arkivdelstatus = None  # type: ignore[assignment]  # a new part is open
    field_order = ("arkiv", "kode")


class Systemskjema(forms.Form):
    kode = forms.CharField(max_length=20)
    tittel = forms.CharField(max_length=200)
    klassifikasjonstype = forms.ChoiceField(
        label="Type", choices=[("", "Velg …"), *((t.value, f"{t.value} {t.label}") for t in Klassifikasjonstype)]
    )
    skjermet = forms.BooleanField(
        label="Ordningsverdiene er personer, og vises aldri hele", required=False, help_text="Alltid på for PNR."
    )


class Klassetittel(forms.Form):
    tittel = forms.CharField(max_length=300)


class Klasseskjema(Klassetittel):
    klasse_id = forms.CharField(label="Ordningsverdi", max_length=50)
    overordnet = forms.CharField(label="Overordnet ordningsverdi", max_length=50, required=False)
    field_order = ("klasse_id", "tittel", "overordnet")


class Kodeverdi(forms.Form):
    """A value of a code list; what it is called in Noark only where the list has such a thing."""

    valgfritt_merke = False

    navn = forms.CharField(max_length=100, help_text="Vises sammen med koden.")
    noark = forms.ChoiceField(label="I Noark 5-uttrekk", required=False)

    def __init__(self, *args: Any, noark: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["noark"].choices = [(verdi, verdi or "Ingen") for verdi in noark]  # type: ignore[attr-defined]
        if len(noark) == 1:
            del self.fields["noark"]


class NyKodeverdi(Kodeverdi):
    kode = forms.CharField(max_length=15, help_text="Kort, med store bokstaver, som TLF. Kan ikke endres siden.")
    field_order = ("kode", "navn", "noark")


class Fordelingsregelskjema(forms.Form):
    """A unit, an ordningsverdi or what is left, and a person or the leader."""

    valgfritt_merke = False

    enhet = Enhetsfelt()
    ordningsverdi = forslagsfelt(
        "Ordningsverdi",
        "klasse-forslag",
        "ordningsverdi_id",
        fra=1,
        required=False,
        help_text="Gjelder også det som ligger under. Tomt betyr «Ellers»: alt som ikke har en egen regel.",
    )
    ordningsverdi_id = skjult_id()
    saksbehandler = Brukerfelt(
        required=False, help_text="Skriv navn eller brukernavn, og velg i lista. Tomt betyr at lederen fordeler."
    )

    def clean(self) -> dict[str, Any]:
        felter = super().clean() or {}
        tekst = felter.get("ordningsverdi", "")
        felter["ordningsverdi"] = None
        if tekst:
            try:
                felter["ordningsverdi"] = finn_ordningsverdi(tekst, felter.get("ordningsverdi_id"))
            except forms.ValidationError as feil:
                self.add_error("ordningsverdi", feil)
        return felter


class Skriveregelskjema(forms.Form):
    navn = forms.CharField(max_length=100)
    parameter = forms.CharField(max_length=500, required=False)
    alvor = forms.ChoiceField(
        choices=[("F", "Feil: stopper lagring"), ("A", "Advarsel: kan overstyres med begrunnelse")],
        widget=forms.RadioSelect,
        initial="A",
    )
    hjelp = forms.CharField(
        max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text="Vises for den som skriver tittelen."
    )
    aktiv = forms.BooleanField(label="I bruk", required=False)

    def __init__(self, *args: Any, slag: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parameter = SLAG[slag].parameter if slag in SLAG else ""
        if parameter:
            self.fields["parameter"].label = parameter
        else:
            del self.fields["parameter"]


class NySkriveregel(forms.Form):
    navn = forms.CharField(max_length=100)
    slag = forms.ChoiceField(
        label="Leter etter",
        choices=[("", "Velg …"), *((kode, slag.navn) for kode, slag in SLAG.items())],
    )
    parameter = forms.CharField(
        label="Antall, ord eller mønster",
        max_length=500,
        required=False,
        help_text="Et tall, ord med komma mellom, eller et mønster for hele tittelen med * og ?.",
    )
    alvor = forms.ChoiceField(
        choices=[("F", "Feil: stopper lagring"), ("A", "Advarsel: kan overstyres med begrunnelse")],
        widget=forms.RadioSelect,
        initial="A",
    )
    hjelp = forms.CharField(
        max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text="Vises for den som skriver tittelen."
    )


class Varslingsskjema(forms.Form):
    maate = forms.ChoiceField(
        label="Varsler på e-post",
        choices=[(maate.value, maate.label) for maate in (Varselmaate.STRAKS, Varselmaate.DAGLIG, Varselmaate.INGEN)],
        widget=forms.RadioSelect,
    )


class Serieskjema(forms.Form):
    serie = forms.ChoiceField(choices=[("sak", "Saksnummer"), ("journal", "Journalnummer")])
    aar = forms.IntegerField(label="År", min_value=1900, max_value=2200)
    foerste = forms.IntegerField(label="Første nummer", min_value=1)


class Importskjema(forms.Form):
    """A CSV file, or the text of it: after a dry run the text is there to be taken in."""

    valgfritt_merke = False

    fil = forms.FileField(label="CSV-fil", required=False)
    tekst = forms.CharField(
        label="Eller lim inn", widget=forms.Textarea(attrs={"rows": 12}), required=False, strip=False
    )

    def clean(self) -> dict[str, Any]:
        felter = super().clean() or {}
        fil = felter.get("fil")
        if not fil and not felter.get("tekst", "").strip():
            raise forms.ValidationError("Velg en CSV-fil, eller lim inn innholdet.")
        if fil and fil.size > MAKS_CSV:
            raise forms.ValidationError("Fila er større enn 8 MB. Del den i flere.")
        return felter
