"""New journalposter in a case: incoming, outgoing, the two kinds of note, and case papers (krav C.1, C.12)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang, UgyldigInndata
from saksgang.offentlighet.commands import registrer_i_arkivet
from saksgang.produksjon.commands import opprett_fra_mal
from saksgang.sakarkiv.commands.fordeling import foreslaatt_saksbehandler
from saksgang.sakarkiv.commands.journalpost import registrer_inngaaende
from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.rules import Journalposttype, Journalstatus
from saksgang.tilgang.queries import enheter, hent_enhet, kan, rettigheter
from saksgang.tilgang.rules import Handling, Rolle
from saksgang.ui.vis import legg_feil, omdiriger, vis, vis_side
from saksgang.web.adgang import ansatt
from saksgang.web.dokument.filer import med_filer
from saksgang.web.maler.felter import Malfelt
from saksgang.web.skriveregler.felter import MedTittel

from .felles import sak_url, skriving_url, url_for
from .felter import Mottakerfelt, Personfelt
from .parter import Parter
from .skjemaer import Skjerming
from .skjerming import av_skjema

if TYPE_CHECKING:
    from saksgang.sakarkiv.models import Journalpost, Sak


@dataclass(frozen=True)
class Slag:
    """One choice of «Ny journalpost», with the handbook's words."""

    navn: str
    type: Journalposttype
    tittel: str


_T = Journalposttype
_SLAG = (
    Slag("inngaaende", _T.INNGAAENDE, "Nytt inngående dokument"),
    Slag("utgaaende", _T.UTGAAENDE, "Nytt utgående dokument"),
    Slag("notat", _T.NOTAT, "Nytt internt notat med oppfølging (N)"),
    Slag("xnotat", _T.XNOTAT, "Nytt internt notat (X)"),
    Slag("sakspapir", _T.SAKSPAPIR, "Nytt sakspapir"),
)
SLAG = {slag.navn: slag for slag in _SLAG}


class Registrering(MedTittel, Skjerming):
    """The fields that every type has; each type takes away what is not its own."""

    tittel = forms.CharField(
        label="Tittel",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Skriv hva dokumentet gjelder, uten forkortelser og uten opplysninger som er taushetsbelagte.",
    )
    offentlig_tittel = forms.CharField(
        label="Offentlig tittel",
        required=False,
        max_length=500,
        help_text="Bare når tittelen må skjermes: det publikum ser.",
    )
    status = forms.ChoiceField(
        label="Status",
        choices=[("J", "J Journalført"), ("M", "M Midlertidig journalført")],
        widget=forms.RadioSelect,
        initial="J",
        help_text="M når dokumentet ikke er skannet, eller opplysningene ikke er fullstendige.",
    )
    dokumentdato = forms.DateField(label="Dokumentdato")
    mottatt_dato = forms.DateField(label="Mottatt dato")
    forfallsdato = forms.DateField(label="Svarfrist", required=False)
    opphav = forms.ModelChoiceField(queryset=None, label="Opphav", required=False, empty_label="Ikke oppgitt")
    enhet = forms.ModelChoiceField(queryset=None, label="Enhet", required=False, empty_label="Sakens enhet")
    saksbehandler = Personfelt(label="Saksbehandler", required=False)
    interne_mottakere = Mottakerfelt(label="Mottakere", help_text="Personer eller enheter i virksomheten.")
    kopier = Mottakerfelt(label="Intern kopi", required=False, med_enheter=False, etikett="Kopimottaker")
    mal = Malfelt()
    forslag_merknad = forms.CharField(
        label="Merknad til lederen", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, type_: Journalposttype, arkiv: bool, **kwargs: Any) -> None:
        inn = type_ == Journalposttype.INNGAAENDE
        super().__init__(*args, med_xx=inn and arkiv, foreslaas=inn and arkiv, **kwargs)
        self.fields["opphav"].queryset = saker.kodeverdier("opphav")
        self.fields["enhet"].queryset = enheter()
        bort = (
            {"interne_mottakere", "kopier", "mal"} if inn else {"status", "mottatt_dato", "opphav", "forslag_merknad"}
        )
        if not (inn and arkiv):
            bort |= {"status", "forslag_merknad"}
        if type_ not in (Journalposttype.NOTAT, Journalposttype.XNOTAT):
            bort |= {"interne_mottakere"}
        if type_ in (Journalposttype.UTGAAENDE, Journalposttype.XNOTAT, Journalposttype.SAKSPAPIR):
            bort |= {"forfallsdato"}
        if not inn:
            bort |= {"enhet"}
            self.fields["dokumentdato"].required = False
        else:
            self.fields["forfallsdato"].help_text = "Uten dato: 28 dager etter mottatt dato."
            self.fields["saksbehandler"].help_text = "Uten navn går brevet til lederens liste «Til fordeling»."
        for navn in bort:
            del self.fields[navn]
        if not inn:
            self.fields["mal"].tilby(type_)


def _hent(request: HttpRequest, sak_id: int) -> Sak:
    return saker.hent_sak_id(request.user, sak_id)


@ansatt
def ny(request: HttpRequest, sak_id: int, slag: str) -> HttpResponse:
    """Register a journalpost of the kind in the case, with its documents, in one act."""
    if slag not in SLAG:
        raise IkkeFunnet
    s, sak = SLAG[slag], _hent(request, sak_id)
    arkiv = rettigheter(request.user).har(Rolle.ARK)
    inn = s.type == Journalposttype.INNGAAENDE
    if not inn and not kan(request.user, Handling.OPPRETTE_JOURNALPOST, sak):
        raise IkkeTilgang(
            f"Du har ikke rett til å opprette journalposter i sak {sak.saksnummer}. Be saksansvarlig om rettigheter."
        )
    if sak.er_avsluttet:
        raise Avvist(f"Sak {sak.saksnummer} er avsluttet. Be arkivet gjenåpne den først.")
    data = request.POST if request.method == "POST" else None
    regel, foreslaatt = foreslaatt_saksbehandler(sak.enhet, sak) if inn and arkiv else (None, None)
    skjema = Registrering(
        data, type_=s.type, arkiv=arkiv, initial=_initial(request, sak, s, arkiv=arkiv, foreslaatt=foreslaatt)
    )
    eksterne = s.type in (Journalposttype.INNGAAENDE, Journalposttype.UTGAAENDE)
    parter = Parter(data, etikett="Avsender" if inn else "Mottaker", med_kopi=not inn) if eksterne else None
    status = 200
    feil_filer = ""
    if data is not None and "flere" not in data:
        status = 422
        if _gyldig(skjema, parter, inn=inn):
            try:
                jp = _registrer(request, sak, s, skjema.cleaned_data, parter, arkiv=arkiv)
            except (Avvist, UgyldigInndata) as feil:
                status = feil.status
                feil_filer = _legg_feil(skjema, parter, feil)
            else:
                mal = skjema.cleaned_data.get("mal")
                messages.success(request, _melding(jp, mal, len(request.FILES.getlist("fil"))))
                return omdiriger(request, skriving_url(jp) if mal is not None else url_for(jp))
    elif data is not None:
        skjema = Registrering(type_=s.type, arkiv=arkiv, initial=_skrevet(data))
    return vis_side(
        request,
        "web/journalpost/ny.html",
        "web/journalpost/_ny.html",
        status=status,
        sak=sak,
        sak_url=sak_url(sak),
        slag=s,
        skjema=skjema,
        parter=parter,
        regel=_regeltekst(regel),
        arkiv=arkiv,
        inn=inn,
        feil_filer=feil_filer,
        filer_falt_bort=bool(request.FILES),
    )


def _melding(jp: Journalpost, mal: Any, filer: int) -> str:
    if mal is None:
        return f"{jp} er registrert."
    vedlegg = {0: "", 1: " Fila er lagt ved."}.get(filer, f" {filer} filer er lagt ved.")
    return f"{jp} er registrert, og hoveddokumentet er laget fra «{mal}».{vedlegg}"


def _gyldig(skjema: Registrering, parter: Parter | None, *, inn: bool) -> bool:
    gyldig = skjema.is_valid()
    if parter is not None:
        gyldig = parter.gyldige and gyldig
        if inn and not any(rad.utfylt for rad in parter.rader):
            parter.feil = "Avsender mangler. Skriv hvem brevet er fra."
            skjema.add_error(None, parter.feil)
            gyldig = False
    return gyldig


def _legg_feil(skjema: Registrering, parter: Parter | None, feil: Avvist | UgyldigInndata) -> str:
    """Put the refusal where it belongs; return what concerns the files."""
    felter = feil.felter if isinstance(feil, UgyldigInndata) else {}
    if parter is not None:
        parter.feil = felter.get("avsendere", "") or felter.get("mottakere", "")
    legg_feil(skjema, feil)
    if isinstance(feil, Avvist) and feil.felt == "fil":
        return " ".join(feil.setninger)
    return felter.get("dokumenter", "")


def _registrer(
    request: HttpRequest, sak: Sak, s: Slag, felter: dict[str, Any], parter: Parter | None, *, arkiv: bool
) -> Journalpost:
    filer = request.FILES.getlist("fil")
    skjerming = av_skjema(felter)
    felles = {
        "tittel": felter["tittel"],
        "offentlig_tittel": felter["offentlig_tittel"],
        "tittelbegrunnelse": request.POST.get("tittelbegrunnelse", ""),
        "av": request.user,
    }
    if s.type != Journalposttype.INNGAAENDE:
        return med_filer(
            filer,
            opprett_fra_mal,
            sak,
            s.type,
            **felles,
            mal=felter["mal"],
            mottakere=parter.liste() if parter else (),
            interne_mottakere=felter.get("interne_mottakere", ()),
            kopier=felter["kopier"],
            saksbehandler=felter["saksbehandler"],
            dokumentdato=felter["dokumentdato"],
            forfallsdato=felter.get("forfallsdato"),
            skjerming=skjerming,
        )
    felles |= {
        "avsendere": parter.liste() if parter else (),
        "dokumentdato": felter["dokumentdato"],
        "mottatt_dato": felter["mottatt_dato"],
        "forfallsdato": felter["forfallsdato"],
        "opphav": felter["opphav"],
        "enhet": felter["enhet"],
        "saksbehandler": felter["saksbehandler"],
    }
    if not arkiv:
        return med_filer(
            filer, registrer_inngaaende, sak, status=Journalstatus.REGISTRERT, skjerming=skjerming, **felles
        )
    sperr = skjerming.kode is not None and skjerming.kode.er_xx
    return med_filer(
        filer,
        registrer_i_arkivet,
        sak,
        status=felter["status"],
        sperr=sperr,
        forslag=None if sperr else skjerming,
        forslag_merknad=felter["forslag_merknad"],
        **felles,
    )


def _initial(request: HttpRequest, sak: Sak, s: Slag, *, arkiv: bool, foreslaatt: Any) -> dict[str, Any]:
    idag = klokke.idag()
    felter: dict[str, Any] = {
        "dokumentdato": idag if s.type != Journalposttype.INNGAAENDE else None,
        "mottatt_dato": idag,
        "tilgangskode": sak.tilgangskode_id,
        "avskjermingskode": sak.avskjermingskode_id,
        "hjemmel": sak.hjemmel_id,
        "tilgangsgruppe": sak.tilgangsgruppe_id,
    }
    if s.type != Journalposttype.INNGAAENDE:
        felter["saksbehandler"] = request.user
    elif arkiv:
        felter |= {"saksbehandler": foreslaatt, "enhet": sak.enhet_id}
    else:
        felter["saksbehandler"] = request.user
    return felter


def _skrevet(data: Any) -> dict[str, Any]:
    """What was typed, to be shown again unchecked with more rows."""
    skrevet = {navn: data.get(navn) for navn in data}
    for navn in ("interne_mottakere", "kopier"):
        skrevet[navn] = [v for v in data.getlist(navn) if v.strip()]
    return skrevet


def _regeltekst(regel: Any) -> str:
    if regel is None:
        return ""
    hvem = regel.saksbehandler.navn if regel.saksbehandler else "lederen, i «Til fordeling»"
    for_hva = f"ordningsverdi {regel.klasse}" if regel.klasse else "annen post"
    return f"Fordelingsavtale for {regel.enhet.navn}: {for_hva} går til {hvem}."


@ansatt
@require_safe
def fordelingsforslag(request: HttpRequest, sak_id: int) -> HttpResponse:
    """The saksbehandler field again, for the unit that is chosen now, with the agreement that decides it."""
    sak = _hent(request, sak_id)
    valgt = request.GET.get("enhet", "")
    enhet = hent_enhet(int(valgt)) if valgt.isdigit() else sak.enhet
    regel, foreslaatt = foreslaatt_saksbehandler(enhet, sak)
    skjema = Registrering(type_=Journalposttype.INNGAAENDE, arkiv=True, initial={"saksbehandler": foreslaatt})
    return vis(
        request, "web/journalpost/_fordelingsfelt.html", skjema=skjema, regel=_regeltekst(regel), tittel="Fordeling"
    )
