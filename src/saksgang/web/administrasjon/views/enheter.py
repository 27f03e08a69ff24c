"""Units."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from saksgang.kjerne import klokke
from saksgang.tilgang.commands import endre_enhet, importer_enheter_csv, legg_ned_enhet, opprett_enhet
from saksgang.tilgang.queries import enheter as alle_enheter
from saksgang.tilgang.queries import hent_enhet
from saksgang.tilgang.rules import Handling
from saksgang.web.administrasjon.forms import Enhetsskjema, Nedleggelse
from saksgang.web.administrasjon.visning import Forespoersel, Lenke, Rad, ja, krever, liste, sendt, utfoer

from .importer import importside


def _smuler() -> list[Lenke]:
    return [Lenke("Enheter", reverse("administrasjon_enheter"))]


@krever(Handling.ADMINISTRERE)
def enheter(request: Forespoersel) -> HttpResponse:
    """The units, those that are closed down last."""
    rader = sorted(alle_enheter(med_nedlagte=True), key=lambda enhet: enhet.nedlagt_dato is not None)
    return liste(
        request,
        tittel="Enheter",
        kolonner=["Kode", "Navn", "Overordnet", "Fagområde", "Leder underenheter", "Nedlagt"],
        rader=[
            Rad(
                [
                    enhet.kode,
                    enhet.navn,
                    enhet.overordnet.kode if enhet.overordnet else "",
                    ja(enhet.fagomraade),
                    ja(enhet.inkluder_underenheter),
                    f"{enhet.nedlagt_dato:%d.%m.%Y}" if enhet.nedlagt_dato else "",
                ],
                url=reverse("administrasjon_enhet", args=[enhet.pk]),
                handlinger=()
                if enhet.nedlagt_dato
                else [Lenke("Legg ned", reverse("administrasjon_enhetsnedleggelse", args=[enhet.pk]))],
                dempet=enhet.nedlagt_dato is not None,
            )
            for enhet in rader
        ],
        knapper=[
            Lenke("Ny enhet", reverse("administrasjon_ny_enhet"), "Plus"),
            Lenke("Importer", reverse("administrasjon_enhetsimport"), "Upload"),
        ],
        tom="Ingen enheter ennå. Opprett den første, eller importer dem fra CSV.",
    )


@krever(Handling.ADMINISTRERE)
def ny_enhet(request: Forespoersel) -> HttpResponse:
    """A new unit."""
    return utfoer(
        request,
        Enhetsskjema(sendt(request)),
        lambda felter: opprett_enhet(**felter, av=request.user),
        melding="Enheten er opprettet.",
        tilbake=reverse("administrasjon_enheter"),
        tittel="Ny enhet",
        knapp="Opprett",
        smuler=_smuler(),
    )


@krever(Handling.ADMINISTRERE)
def enhet(request: Forespoersel, pk: int) -> HttpResponse:
    """One unit, to be changed."""
    rad = hent_enhet(pk)
    felter = ("kode", "navn", "overordnet", "fagomraade", "inkluder_underenheter")
    return utfoer(
        request,
        Enhetsskjema(sendt(request), initial={felt: getattr(rad, felt) for felt in felter}),
        lambda felter: endre_enhet(rad, **felter, av=request.user),
        melding="Enheten er lagret.",
        tilbake=reverse("administrasjon_enheter"),
        tittel=str(rad),
        knapp="Lagre",
        smuler=_smuler(),
    )


@krever(Handling.ADMINISTRERE)
def enhetsnedleggelse(request: Forespoersel, pk: int) -> HttpResponse:
    """Close a unit down."""
    rad = hent_enhet(pk)
    return utfoer(
        request,
        Nedleggelse(sendt(request), initial={"dato": klokke.idag()}),
        lambda felter: legg_ned_enhet(rad, **felter, av=request.user),
        melding=f"{rad} er nedlagt.",
        tilbake=reverse("administrasjon_enheter"),
        tittel=f"Legg ned {rad}",
        knapp="Legg ned",
        ingress="Sakene blir stående i enheten, og rollene i den gjelder til de avsluttes.",
        farlig=True,
        smuler=_smuler(),
    )


@krever(Handling.ADMINISTRERE)
def enhetsimport(request: Forespoersel) -> HttpResponse:
    """Units from a CSV file."""
    return importside(
        request,
        lambda tekst, proeve: importer_enheter_csv(tekst, proeve=proeve, av=request.user),
        tittel="Importer enheter",
        kolonner="kode;navn;overordnet;fagområde",
        ingress="Nye enheter opprettes, og kjente enheter får det som står i fila. Tomme felt endrer ingenting.",
        tilbake=reverse("administrasjon_enheter"),
        smuler=_smuler(),
    )
