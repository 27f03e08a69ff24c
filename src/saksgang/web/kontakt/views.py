"""The contact register, and the suggestions while a sender or recipient is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from saksgang.kjerne.errors import IkkeFunnet, UgyldigInndata
from saksgang.kjerne.sider import Orden, bla
from saksgang.sakarkiv.commands.kontakt import endre_kontakt, opprett_kontakt, slaa_sammen
from saksgang.sakarkiv.queries import kontakt as kontakter
from saksgang.ui.vis import innsendt, omdiriger, proev, vis_side
from saksgang.web.adgang import ansatt

from .forms import Kontaktskjema, Sammenslaaingsskjema

if TYPE_CHECKING:
    from saksgang.organisasjon.models import Bruker
    from saksgang.sakarkiv.models import Kontakt

ETTER_NAVN = Orden(("sorteringsnavn",))


def _under(leser: Bruker, kontakt: Kontakt) -> str:
    deler = [kontakt.get_type_display()]
    if kontakt.organisasjonsnummer:
        deler.append(f"org.nr. {kontakt.organisasjonsnummer}")
    if kontakt.adressesperre:
        deler.append("adressesperre")
    if kontakter.ser_adressen(leser, kontakt):
        deler.append(" ".join(d for d in (kontakt.adresse, kontakt.postnummer, kontakt.poststed) if d))
    return " · ".join(d for d in deler if d)


@ansatt
def forslag(request: HttpRequest) -> JsonResponse:
    """Contacts by name or organisation number, with the address where it may be offered.

    felter fills the form: names as in the register; the empty ones also take away what stood there.
    """
    tekst = request.GET.get("q", "").strip()
    funnet = kontakter.sok_kontakter(tekst)[:12] if tekst else []
    svar = []
    for k in funnet:
        felter = {"kontakt": str(k.pk), "organisasjonsnummer": k.organisasjonsnummer, "type": k.type}
        svar.append(
            {
                "verdi": str(k.pk),
                "tekst": k.navn,
                "under": _under(request.user, k),
                "sperret": k.adressesperre,
                "felter": felter | kontakter.adresse(request.user, k),
            }
        )
    return JsonResponse({"forslag": svar})


@ansatt
def liste(request: HttpRequest) -> HttpResponse:
    """The register by name, narrowed by what is typed."""
    tekst = request.GET.get("q", "").strip()
    side = bla(
        kontakter.sok_kontakter(tekst),
        ETTER_NAVN,
        etter=request.GET.get("etter", ""),
        foer=request.GET.get("foer", ""),
    )
    sok = f"q={tekst}&" if tekst else ""
    return vis_side(
        request,
        "web/kontakt/liste.html",
        "web/kontakt/_liste.html",
        rader=[(k, kontakter.ser_adressen(request.user, k)) for k in side.rader],
        forrige=f"?{sok}foer={side.forrige}" if side.forrige else "",
        neste=f"?{sok}etter={side.neste}" if side.neste else "",
        q=tekst,
        tittel="Kontakter",
    )


def _skjemaside(request: HttpRequest, skjema: Kontaktskjema, status: int, **kontekst: Any) -> HttpResponse:
    finnes = None
    if "organisasjonsnummer" in skjema.errors:
        finnes = kontakter.finn_kontakt_med_orgnr(skjema.data.get("organisasjonsnummer", ""))
    return vis_side(
        request,
        "web/kontakt/skjema.html",
        "web/kontakt/_skjema.html",
        status=status,
        skjema=skjema,
        finnes=finnes,
        **kontekst,
    )


@ansatt
def ny(request: HttpRequest) -> HttpResponse:
    """A new contact; an organisation number that is taken is refused with a link to the one that has it."""
    start = {"navn": request.GET.get("navn", "")}
    skjema = Kontaktskjema(innsendt(request), initial=start)
    status = 200
    if request.method == "POST":
        kontakt, status = proev(skjema, lambda felter: _opprett(felter, request.user))
        if kontakt is not None:
            messages.success(request, f"{kontakt.navn} er lagt til i registeret.")
            return omdiriger(request, reverse("kontakt", args=[kontakt.pk]))
    return _skjemaside(request, skjema, status, tittel="Ny kontakt", avbryt=reverse("kontakter"))


@ansatt
def kontakt(request: HttpRequest, pk: int) -> HttpResponse:
    """One contact, and what may be its doubles."""
    rad = kontakter.hent_kontakt(pk)
    return vis_side(
        request,
        "web/kontakt/kontakt.html",
        "web/kontakt/_kontakt.html",
        kontakt=rad,
        adresse=kontakter.adresse(request.user, rad),
        ser_adressen=kontakter.ser_adressen(request.user, rad),
        gjeldende=kontakter.gjeldende_kontakt(rad),
        doble=[] if rad.slaatt_sammen_med_id else list(kontakter.mulige_doble(rad)[:20]),
        doubletter=list(kontakter.doubletter_av(rad)[:50]),
        tittel=rad.navn,
    )


@ansatt
def redigering(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a contact."""
    rad = kontakter.hent_kontakt(pk)
    ser = kontakter.ser_adressen(request.user, rad)
    start = {"type": rad.type, "navn": rad.navn, "organisasjonsnummer": rad.organisasjonsnummer}
    if ser:
        start |= kontakter.adresse(request.user, rad) | {"adressesperre": rad.adressesperre}
    skjema = Kontaktskjema(innsendt(request), initial=start, uten_adresse=not ser)
    status = 200
    if request.method == "POST":
        _, status = proev(skjema, lambda felter: endre_kontakt(rad, av=request.user, **felter))
        if status == 200:
            messages.success(request, "Kontakten er lagret.")
            return omdiriger(request, reverse("kontakt", args=[rad.pk]))
    return _skjemaside(
        request,
        skjema,
        status,
        kontakt=rad,
        skjult=not ser,
        tittel=f"Rediger {rad.navn}",
        avbryt=reverse("kontakt", args=[rad.pk]),
    )


@ansatt
def sammenslaaing(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge a double into the contact that stays."""
    rad = kontakter.hent_kontakt(pk)
    start = {}
    if (forvalgt := request.GET.get("med", "")).isdigit() and len(forvalgt) < 16:
        start = {"med": forvalgt, "navn": kontakter.hent_kontakt(int(forvalgt)).navn}
    skjema = Sammenslaaingsskjema(innsendt(request), initial=start)
    status = 200
    if request.method == "POST":
        staar, status = proev(skjema, lambda felter: _slaa_sammen(rad, felter, request.user))
        if staar is not None:
            messages.success(request, f"{rad.navn} er slått sammen med {staar.navn}.")
            return omdiriger(request, reverse("kontakt", args=[staar.pk]))
    return vis_side(
        request,
        "web/kontakt/skjema.html",
        "web/kontakt/_sammenslaaing.html",
        status=status,
        skjema=skjema,
        kontakt=rad,
        doble=list(kontakter.mulige_doble(rad)[:20]),
        tittel=f"Slå sammen {rad.navn}",
    )


def _opprett(felter: dict[str, Any], av: Bruker) -> Kontakt:
    resten = {navn: verdi for navn, verdi in felter.items() if navn != "type"}
    return opprett_kontakt(type_=felter["type"], av=av, **resten)


def _slaa_sammen(rad: Kontakt, felter: dict[str, Any], av: Bruker) -> Kontakt:
    staar = _som_skal_staa(rad, felter)
    slaa_sammen(rad, staar, av=av)
    return staar


def _som_skal_staa(rad: Kontakt, data: dict[str, Any]) -> Kontakt:
    if data.get("med"):
        try:
            valgt = kontakter.hent_kontakt(data["med"])
        except IkkeFunnet:
            raise UgyldigInndata({"navn": "Kontakten finnes ikke. Velg fra forslagene."}) from None
        if valgt.navn == data["navn"].strip():
            return valgt
    like = [k for k in kontakter.sok_kontakter(data["navn"])[:20] if k.navn == data["navn"].strip() and k.pk != rad.pk]
    if len(like) != 1:
        raise UgyldigInndata({"navn": "Velg kontakten fra forslagene."})
    return like[0]
