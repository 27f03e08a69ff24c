"""The code lists that a municipality may add to: avskrivningsmåte, merknadstype and others (krav C.5)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.sakarkiv.commands.kodeliste import avslutt_kodeverdi, endre_kodeverdi, opprett_kodeverdi
from saksgang.sakarkiv.queries.saker import hent_kodeverdi_id, kodelister
from saksgang.sakarkiv.rules import FASTE_KODER, NOARKVERDIER
from saksgang.tilgang.rules import Handling
from saksgang.web.administrasjon.forms import Kodeverdi, NyKodeverdi, SisteDag
from saksgang.web.administrasjon.visning import Forespoersel, Lenke, Rad, krever, liste, sendt, utfoer

TITTEL = "Kodelister"
NYE = {
    "avskrivning": "Ny avskrivningsmåte",
    "merknad": "Ny merknadstype",
    "opphav": "Nytt opphav",
    "ekspedering": "Ny ekspederingskode",
}


def _smuler() -> list[Lenke]:
    return [Lenke(TITTEL, reverse("administrasjon_kodelister"))]


def _rad(verdi: Any) -> Rad:
    ute = verdi.gyldig_til is not None and verdi.gyldig_til < klokke.idag()
    velges = "Settes av systemet" if not verdi.manuell else "Velges"
    if verdi.gyldig_til is not None:
        velges = f"Til {verdi.gyldig_til:%d.%m.%Y}"
    aapen = verdi.manuell and verdi.gyldig_til is None
    return Rad(
        [f"{verdi.kode} {verdi.navn}", verdi.get_liste_display(), verdi.noark, velges],
        url=reverse("administrasjon_kodeverdi", args=[verdi.pk]) if aapen else "",
        handlinger=[Lenke("Avslutt", reverse("administrasjon_kodeverdiavslutning", args=[verdi.pk]))]
        if aapen and (verdi.liste, verdi.kode) not in FASTE_KODER
        else [],
        dempet=ute,
    )


@krever(Handling.ADMINISTRERE_KODELISTE)
def kodelister_(request: Forespoersel) -> HttpResponse:
    """Every list, with what has ended."""
    return liste(
        request,
        tittel=TITTEL,
        kolonner=["Kode", "Liste", "I Noark 5-uttrekk", "Bruk"],
        rader=[_rad(verdi) for verdi in kodelister()],
        knapper=[
            Lenke(tekst, reverse("administrasjon_ny_kodeverdi", args=[kode]), "Plus") for kode, tekst in NYE.items()
        ],
        ingress="Det rutinen nevner, er lagt inn. En kode som ikke lenger skal brukes, avsluttes; den blir stående der "
        "den er brukt.",
        tom="Ingen koder.",
    )


@krever(Handling.ADMINISTRERE_KODELISTE)
def ny_verdi(request: Forespoersel, kodeliste: str) -> HttpResponse:
    """Add a value to one of the lists."""
    if kodeliste not in NYE:
        raise IkkeFunnet
    return utfoer(
        request,
        NyKodeverdi(sendt(request), noark=NOARKVERDIER[kodeliste]),
        lambda felter: opprett_kodeverdi(kodeliste, av=request.user, **felter),
        melding="Koden er lagt til.",
        tilbake=reverse("administrasjon_kodelister"),
        tittel=NYE[kodeliste],
        knapp="Legg til",
        smuler=_smuler(),
    )


@krever(Handling.ADMINISTRERE_KODELISTE)
def endring(request: Forespoersel, pk: int) -> HttpResponse:
    """Give a value another name."""
    verdi = hent_kodeverdi_id(pk)
    return utfoer(
        request,
        Kodeverdi(sendt(request), noark=NOARKVERDIER[verdi.liste], initial={"navn": verdi.navn, "noark": verdi.noark}),
        lambda felter: endre_kodeverdi(verdi, av=request.user, **felter),
        melding="Koden er endret.",
        tilbake=reverse("administrasjon_kodelister"),
        tittel=f"Endre {verdi}",
        knapp="Lagre",
        smuler=_smuler(),
    )


@krever(Handling.ADMINISTRERE_KODELISTE)
def avslutning(request: Forespoersel, pk: int) -> HttpResponse:
    """End a value: it can be chosen until the day, and stays where it is used."""
    verdi = hent_kodeverdi_id(pk)
    return utfoer(
        request,
        SisteDag(sendt(request), initial={"til": klokke.idag()}),
        lambda felter: avslutt_kodeverdi(verdi, til=felter["til"], av=request.user),
        melding=f"{verdi} er avsluttet.",
        tilbake=reverse("administrasjon_kodelister"),
        tittel=f"Avslutt {verdi}",
        knapp="Avslutt",
        farlig=True,
        smuler=_smuler(),
    )
