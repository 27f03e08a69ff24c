"""The agreements with the units on where incoming post goes (krav R-9.1.1)."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from saksgang.sakarkiv.commands.fordeling import opphev_fordelingsregel, sett_fordelingsregel
from saksgang.sakarkiv.queries.fordelingsregler import fordelingsregler, hent_fordelingsregel
from saksgang.tilgang.rules import Handling
from saksgang.web.administrasjon.forms import Bekreftelse, Fordelingsregelskjema
from saksgang.web.administrasjon.visning import Forespoersel, Lenke, Rad, krever, liste, sendt, utfoer

TITTEL = "Fordelingsregler"
ELLERS = "Ellers"


def _smuler() -> list[Lenke]:
    return [Lenke(TITTEL, reverse("administrasjon_fordelingsregler"))]


@krever(Handling.ADMINISTRERE_FORDELINGSREGEL)
def regler(request: Forespoersel) -> HttpResponse:
    """The agreements in force."""
    return liste(
        request,
        tittel=TITTEL,
        kolonner=["Enhet", "Ordningsverdi", "Går til"],
        rader=[
            Rad(
                [
                    str(rad.enhet),
                    str(rad.klasse) if rad.klasse else ELLERS,
                    rad.saksbehandler.navn if rad.saksbehandler else "Lederen, i Til fordeling",
                ],
                handlinger=[Lenke("Opphev", reverse("administrasjon_fordelingsregelopphevelse", args=[rad.pk]))],
            )
            for rad in fordelingsregler()
        ],
        knapper=[Lenke("Ny fordelingsregel", reverse("administrasjon_ny_fordelingsregel"), "Plus")],
        ingress="Foreslår saksbehandler når arkivet registrerer inngående post. Regelen for den nærmeste "
        "ordningsverdien gjelder også det som ligger under den, og «Ellers» gjelder resten av enheten. "
        "Arkivet kan velge en annen.",
        tom="Ingen fordelingsregler. Alt som kommer inn, går til lederen i enheten.",
    )


@krever(Handling.ADMINISTRERE_FORDELINGSREGEL)
def ny_regel(request: Forespoersel) -> HttpResponse:
    """Make an agreement; one for the same unit and ordningsverdi ends."""
    return utfoer(
        request,
        Fordelingsregelskjema(sendt(request)),
        lambda felter: sett_fordelingsregel(
            felter["enhet"], felter["ordningsverdi"], felter["saksbehandler"], av=request.user
        ),
        melding="Fordelingsregelen er satt.",
        tilbake=reverse("administrasjon_fordelingsregler"),
        tittel="Ny fordelingsregel",
        knapp="Sett regelen",
        ingress="En regel for samme enhet og ordningsverdi erstattes.",
        smuler=_smuler(),
    )


@krever(Handling.ADMINISTRERE_FORDELINGSREGEL)
def opphevelse(request: Forespoersel, pk: int) -> HttpResponse:
    """End an agreement."""
    rad = hent_fordelingsregel(pk)
    return utfoer(
        request,
        Bekreftelse(sendt(request)),
        lambda felter: opphev_fordelingsregel(rad, av=request.user),
        melding="Fordelingsregelen er opphevet.",
        tilbake=reverse("administrasjon_fordelingsregler"),
        tittel="Opphev fordelingsregel",
        knapp="Opphev",
        ingress=f"{rad}. Post som alt er fordelt, berøres ikke.",
        farlig=True,
        smuler=_smuler(),
    )
