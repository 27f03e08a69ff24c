"""«Ny sak»: the number comes when it is saved, and what may be the same case is shown while the title is typed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from saksgang.arkivstruktur.commands import finn_eller_opprett_eiendom
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.commands.sak import opprett_sak
from saksgang.sakarkiv.queries.soek import mulige_dubletter
from saksgang.tilgang.queries import kan
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import legg_feil, omdiriger, vis_side
from saksgang.web.adgang import ansatt
from saksgang.web.sak.forms import INGEN_KODE, Nysakskjema

from .felles import url


def _skjerming(data: dict) -> Skjerming:
    return Skjerming(
        kode=data.get("tilgangskode"),
        avskjerming=data.get("avskjermingskode"),
        hjemmel=data.get("hjemmel"),
        gruppe=data.get("tilgangsgruppe"),
    )


@ansatt
def ny(request: HttpRequest) -> HttpResponse:
    """Reserve a new case; the archive makes it B at once, and may choose who is saksansvarlig (krav R-10.3.1.2)."""
    bruker = request.user
    fra_arkivet = kan(bruker, Handling.OPPRETTE_SAK_ARKIV)
    skjema = Nysakskjema(request.POST if request.method == "POST" else None, bruker=bruker, fra_arkivet=fra_arkivet)
    status = 200
    if request.method == "POST":
        status = 422
        if skjema.is_valid():
            data = skjema.cleaned_data
            try:
                klasser = data["klasser"]
                if nr := data["eiendom"]:
                    klasser.append(
                        finn_eller_opprett_eiendom(
                            nr.gaardsnummer, nr.bruksnummer, nr.festenummer, nr.seksjonsnummer, av=bruker
                        )
                    )
                sak = opprett_sak(
                    data["tittel"],
                    arkivdel=data["arkivdel"],
                    enhet=data["enhet"],
                    saksansvarlig=data.get("saksansvarlig"),
                    klasser=klasser,
                    sakstype=data["sakstype"],
                    offentlig_tittel=data["offentlig_tittel"],
                    skjerming=_skjerming(data),
                    fra_arkivet=fra_arkivet,
                    system_id=data["system_id"],
                    tittelbegrunnelse=skjema.tittelbegrunnelse,
                    av=bruker,
                )
            except (Avvist, UgyldigInndata) as feil:
                legg_feil(skjema, feil)
                status = feil.status
            else:
                messages.success(request, f"Sak {sak.saksnummer} er opprettet.")
                return omdiriger(request, url("sak", sak))
    return vis_side(
        request,
        "web/sak/ny.html",
        "web/sak/_ny.html",
        status=status,
        skjema=skjema,
        fra_arkivet=fra_arkivet,
        ingen_kode=INGEN_KODE,
        dubletter=_dubletter(request, request.POST) if request.method == "POST" else [],
        tittel="Ny sak",
    )


def _dubletter(request: HttpRequest, felter: object) -> list:
    hent = felter.get  # type: ignore[attr-defined]
    return mulige_dubletter(request.user, hent("tittel", "")[:500], eiendom=hent("eiendom", "")[:40])


@ansatt
def dubletter(request: HttpRequest) -> HttpResponse:
    """Cases that the one being typed may double (krav R-10.3.1.1)."""
    return vis_side(
        request,
        "ui/side.html",
        "web/sak/_dubletter.html",
        dubletter=_dubletter(request, request.GET),
        spurt=bool(request.GET.get("tittel") or request.GET.get("eiendom")),
        tittel="Mulige eksisterende saker",
    )


@ansatt
def skjermingsfelter(request: HttpRequest) -> HttpResponse:
    """The fields of the code, for the archive part and code chosen so far."""
    bruker = request.user
    skjema = Nysakskjema(
        bruker=bruker,
        fra_arkivet=kan(bruker, Handling.OPPRETTE_SAK_ARKIV),
        initial={
            navn: request.GET[navn]
            for navn in ("arkivdel", "tilgangskode", "hjemmel", "avskjermingskode", "tilgangsgruppe")
            if request.GET.get(navn)
        },
    )
    return vis_side(request, "ui/side.html", "web/sak/_skjermingsfelter.html", skjema=skjema, tittel="Tilgang")
