"""Keeping the rules for titles (krav R-10.3.1.2c)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from saksgang.sakarkiv.commands.skriveregel import endre_skriveregel, opprett_skriveregel
from saksgang.sakarkiv.queries.skriveregler import hent_skriveregel, skriveregler
from saksgang.sakarkiv.rules.skriveregel import SLAG
from saksgang.tilgang.rules import Handling
from saksgang.web.administrasjon.forms import NySkriveregel, Skriveregelskjema
from saksgang.web.administrasjon.visning import Forespoersel, Lenke, Rad, ja, krever, liste, sendt, utfoer

TITTEL = "Skriveregler"


def _smuler() -> list[Lenke]:
    return [Lenke(TITTEL, reverse("administrasjon_skriveregler"))]


def _slag(kode: str, parameter: str) -> str:
    navn = SLAG[kode].navn if kode in SLAG else kode
    return f"{navn}: {parameter}" if parameter else navn


@krever(Handling.ADMINISTRERE_SKRIVEREGEL)
def regler(request: Forespoersel) -> HttpResponse:
    """All rules, those put aside last."""
    return liste(
        request,
        tittel=TITTEL,
        kolonner=["Regel", "Leter etter", "Alvor", "I bruk"],
        rader=[
            Rad(
                [rad.navn, _slag(rad.slag, rad.parameter), rad.get_alvor_display(), ja(rad.aktiv)],
                url=reverse("administrasjon_skriveregel", args=[rad.pk]),
                dempet=not rad.aktiv,
            )
            for rad in sorted(skriveregler(alle=True), key=lambda r: not r.aktiv)
        ],
        knapper=[Lenke("Ny skriveregel", reverse("administrasjon_ny_skriveregel"), "Plus")],
        ingress="Reglene prøves på hver tittel mens den skrives og når den lagres. En feil må rettes; en advarsel kan "
        "stå når det er skrevet hvorfor.",
        tom="Ingen skriveregler. Titler skrives fritt.",
    )


@krever(Handling.ADMINISTRERE_SKRIVEREGEL)
def ny_regel(request: Forespoersel) -> HttpResponse:
    """Add a rule."""
    return utfoer(
        request,
        NySkriveregel(sendt(request)),
        lambda felter: opprett_skriveregel(**felter, av=request.user),
        melding="Skriveregelen er i bruk.",
        tilbake=reverse("administrasjon_skriveregler"),
        tittel="Ny skriveregel",
        knapp="Ta i bruk",
        ingress="Titler som finnes, berøres ikke.",
        smuler=_smuler(),
    )


@krever(Handling.ADMINISTRERE_SKRIVEREGEL)
def regel(request: Forespoersel, pk: int) -> HttpResponse:
    """Change a rule, or put it aside."""
    rad = hent_skriveregel(pk)
    initial: dict[str, Any] = {felt: getattr(rad, felt) for felt in ("navn", "parameter", "alvor", "hjelp", "aktiv")}
    return utfoer(
        request,
        Skriveregelskjema(sendt(request), slag=rad.slag, initial=initial),
        lambda felter: endre_skriveregel(rad, av=request.user, **felter),
        melding="Skriveregelen er endret.",
        tilbake=reverse("administrasjon_skriveregler"),
        tittel=rad.navn,
        knapp="Lagre",
        ingress=f"Regelen leter etter: {_slag(rad.slag, '').lower()}. Titler som finnes, berøres ikke.",
        smuler=_smuler(),
    )
