"""What everyone keeps for herself: absence, own groups, and a leader's deputy."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import reverse

from saksgang.flyt.commands import velg_varsling
from saksgang.flyt.queries import varslingsvalg
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.offentlighet.queries.udekket import udekket_for
from saksgang.sakarkiv.queries.gruppe import innsnevret
from saksgang.tilgang import queries
from saksgang.tilgang.commands import (
    avslutt_stedfortreder,
    endre_stedfortreder,
    fjern_medlem,
    legg_ned_gruppe,
    legg_til_medlem,
    opprett_gruppe,
    overlat_gruppe,
    registrer_fravaer,
    registrer_stedfortreder,
    trekk_fravaer,
)
from saksgang.tilgang.rules import Handling
from saksgang.web.adgang import ansatt
from saksgang.web.administrasjon.forms import (
    Bekreftelse,
    Gruppeeier,
    Gruppeskjema,
    Medlemsskjema,
    MinStedfortreder,
    MittFravaer,
    Periodeskjema,
    SisteDag,
    Varslingsskjema,
)
from saksgang.web.administrasjon.visning import (
    Forespoersel,
    Lenke,
    Rad,
    i_kraft,
    liste,
    periode,
    sendt,
    utfoer,
    utfoert,
)

from .tildelinger import stedfortrederrad

ANTALL_FORSLAG = 10


@ansatt
def varsling(request: Forespoersel) -> HttpResponse:
    """How one's notifications go by e-mail."""
    bruker = queries.hent_bruker(request.user.pk)
    return utfoer(
        request,
        Varslingsskjema(sendt(request), initial={"maate": varslingsvalg(bruker)}),
        lambda felter: velg_varsling(bruker, felter["maate"], av=bruker),
        melding="Valget er lagret.",
        tilbake=reverse("minside_varsling"),
        tittel="Varsling på e-post",
        knapp="Lagre",
        ingress="Varslene står alltid i lista i systemet. En e-post har nummeret og hva som skjedde, aldri tittelen, "
        f"og sier hvorfor du får den. Adressen er {bruker.epost or 'ikke lagt inn'}.",
    )


@ansatt
def brukerforslag(request: Forespoersel) -> HttpResponse:
    """People who match what is being typed, for the fields in which a person is chosen."""
    tekst = request.GET.get("q", "").strip()
    treff = queries.sok_brukere(tekst, klokke.idag())[:ANTALL_FORSLAG] if tekst else []
    return JsonResponse(
        {
            "forslag": [
                {
                    "verdi": str(bruker.pk),
                    "tekst": f"{bruker.navn} ({bruker.brukernavn})",
                    "under": str(bruker.enhet or ""),
                }
                for bruker in treff
            ]
        }
    )


def _med_skjema(
    request: Forespoersel, skjema: Any, handling: Any, *, melding: str, videre: str, knapp: str, **side: Any
) -> HttpResponse:
    """Show a list with a form above it, and on POST do what the form asks for."""
    utfall = utfoert(request, skjema, handling, melding=melding, videre=videre)
    if isinstance(utfall, HttpResponse):
        return utfall
    return liste(request, skjema=skjema, skjemaknapp=knapp, status=utfall, **side)


@ansatt
def mitt_fravaer(request: Forespoersel) -> HttpResponse:
    """One's own absence."""
    return _med_skjema(
        request,
        MittFravaer(sendt(request)),
        lambda felter: registrer_fravaer(request.user, **felter, av=request.user),
        melding="Fraværet er registrert.",
        videre=reverse("minside_fravaer"),
        knapp="Registrer fravær",
        tittel="Mitt fravær",
        ingress="De som velger deg som mottaker eller saksbehandler, ser at du er borte.",
        kolonner=["Periode", "Merknad"],
        rader=[
            Rad(
                [periode(rad), rad.aarsak],
                handlinger=[Lenke("Trekk", reverse("minside_fravaerstrekking", args=[rad.pk]))] if i_kraft(rad) else (),
                dempet=not i_kraft(rad),
            )
            for rad in queries.fravaer_for(request.user)
        ],
        tom="Du har ikke registrert fravær.",
    )


@ansatt
def mitt_fravaer_trekking(request: Forespoersel, pk: int) -> HttpResponse:
    """Take back an absence of one's own."""
    rad = queries.hent_fravaer(pk)
    if rad.bruker_id != request.user.pk:
        raise IkkeFunnet
    return utfoer(
        request,
        Bekreftelse(sendt(request)),
        lambda _felter: trekk_fravaer(rad, av=request.user),
        melding="Fraværet er trukket.",
        tilbake=reverse("minside_fravaer"),
        tittel="Trekk fravær",
        knapp="Trekk",
        ingress=periode(rad),
        farlig=True,
        smuler=[Lenke("Mitt fravær", reverse("minside_fravaer"))],
    )


@ansatt
def min_stedfortreder(request: Forespoersel) -> HttpResponse:
    """A leader's own deputies (krav R-3.1.6)."""
    xx = [kode for kode in queries.tilgangskoder(klokke.idag(), med_xx=True) if kode.er_xx]
    return _med_skjema(
        request,
        MinStedfortreder(sendt(request), initial={"fra": klokke.idag(), "koder": xx}),
        lambda felter: registrer_stedfortreder(request.user, felter.pop("vikar"), **felter, av=request.user),
        melding="Stedfortrederen er registrert.",
        videre=reverse("minside_stedfortreder"),
        knapp="Registrer stedfortreder",
        tittel="Min stedfortreder",
        ingress="Stedfortrederen ser kurvene dine og kan fordele, gradere og godkjenne i perioden.",
        udekket=udekket_for(request.user),
        mal="web/administrasjon/stedfortreder.html",
        kolonner=["Leder", "Stedfortreder", "Periode", "Tilgangskoder"],
        rader=[
            stedfortrederrad(rad, "minside_stedfortrederendring", "minside_stedfortrederavslutning")
            for rad in queries.stedfortredere(leder=request.user)
        ],
        tom="Du har ikke registrert noen stedfortreder.",
    )


def _min_stedfortreder(request: Forespoersel, pk: int) -> Any:
    rad = queries.hent_stedfortreder(pk)
    if rad.leder_id != request.user.pk:
        raise IkkeFunnet
    return rad


@ansatt
def min_stedfortrederendring(request: Forespoersel, pk: int) -> HttpResponse:
    """Change the period and codes of one's own deputy."""
    rad = _min_stedfortreder(request, pk)
    return utfoer(
        request,
        Periodeskjema(sendt(request), initial={"fra": rad.fra, "til": rad.til, "koder": list(rad.tilgangskoder.all())}),
        lambda felter: endre_stedfortreder(rad, **felter, av=request.user),
        melding="Stedfortrederen er lagret.",
        tilbake=reverse("minside_stedfortreder"),
        tittel=str(rad),
        knapp="Lagre",
        smuler=[Lenke("Min stedfortreder", reverse("minside_stedfortreder"))],
    )


@ansatt
def min_stedfortrederavslutning(request: Forespoersel, pk: int) -> HttpResponse:
    """Let one's own deputy's time end."""
    rad = _min_stedfortreder(request, pk)
    return utfoer(
        request,
        SisteDag(sendt(request), initial={"til": klokke.idag()}),
        lambda felter: avslutt_stedfortreder(rad, **felter, av=request.user),
        melding="Stedfortrederskapet er avsluttet.",
        tilbake=reverse("minside_stedfortreder"),
        tittel=f"Avslutt {rad}",
        knapp="Avslutt",
        farlig=True,
        smuler=[Lenke("Min stedfortreder", reverse("minside_stedfortreder"))],
    )


@ansatt
def mine_grupper(request: Forespoersel) -> HttpResponse:
    """The access groups that one keeps (krav R-7.2.G)."""
    return _med_skjema(
        request,
        Gruppeskjema(sendt(request)),
        lambda felter: opprett_gruppe(felter["navn"], av=request.user),
        melding="Gruppen er opprettet. Åpne den for å legge til medlemmer.",
        videre=reverse("minside_grupper"),
        knapp="Opprett gruppe",
        tittel="Mine tilgangsgrupper",
        ingress="En gruppe snevrer inn hvem som leser det som har en tilgangskode. Du holder medlemslista selv.",
        kolonner=["Navn"],
        rader=[
            Rad([gruppe.navn], url=reverse("minside_gruppe", args=[gruppe.pk]))
            for gruppe in queries.grupper(eier=request.user)
        ],
        tom="Du har ingen grupper.",
    )


def _gruppe(request: Forespoersel, pk: int) -> Any:
    """Return a group to its owner and the administrator; to others it is not there."""
    gruppe = queries.hent_gruppe(pk)
    if not queries.kan(request.user, Handling.ADMINISTRERE_GRUPPE, gruppe):
        raise IkkeFunnet
    return gruppe


@ansatt
def gruppe(request: Forespoersel, pk: int) -> HttpResponse:
    """The members of a group, who keeps it, and what it narrows."""
    rad, idag = _gruppe(request, pk), klokke.idag()
    medlemmer = [
        Rad(
            [m.bruker.navn, m.bruker.enhet.kode if m.bruker.enhet else "", periode(m)],
            handlinger=[Lenke("Fjern", reverse("minside_medlemsfjerning", args=[pk, m.bruker_id]))],
        )
        for m in queries.medlemmer(rad, idag)
    ]
    medlemmer += [
        Rad([m.bruker.navn, m.bruker.enhet.kode if m.bruker.enhet else "", periode(m)], dempet=True)
        for m in queries.tidligere_medlemmer(rad, idag)
    ]
    knapper = [Lenke("Overlat til en annen", reverse("minside_gruppeeier", args=[pk]), "ArrowRightLeft")]
    if not rad.nedlagt_dato:
        knapper.append(Lenke("Legg ned", reverse("minside_gruppenedleggelse", args=[pk])))
    return _med_skjema(
        request,
        Medlemsskjema(sendt(request)),
        lambda felter: legg_til_medlem(rad, felter.pop("bruker"), **felter, av=request.user),
        melding="Medlemmet er lagt til.",
        videre=reverse("minside_gruppe", args=[pk]),
        knapp="Legg til",
        tittel=rad.navn,
        ingress="Gruppen er nedlagt." if rad.nedlagt_dato else "",
        fakta=[("Eier", rad.eier.navn if rad.eier else "Administrator")],
        innsnevret=innsnevret(request.user, rad),
        kolonner=["Medlem", "Enhet", "Periode"],
        rader=medlemmer,
        knapper=knapper,
        smuler=[Lenke("Mine tilgangsgrupper", reverse("minside_grupper"))],
        tom="Gruppen har ingen medlemmer.",
        mal="web/administrasjon/gruppe.html",
    )


@ansatt
def gruppeeier(request: Forespoersel, pk: int) -> HttpResponse:
    """Let somebody else keep the group."""
    rad = _gruppe(request, pk)
    return utfoer(
        request,
        Gruppeeier(sendt(request)),
        lambda felter: overlat_gruppe(rad, felter["eier"], av=request.user),
        melding=f"{rad} har fått ny eier.",
        tilbake=reverse("minside_grupper"),
        tittel=f"Overlat {rad}",
        knapp="Overlat",
        ingress="Den nye eieren holder medlemslista. Du kan ikke endre gruppen etterpå.",
        smuler=[Lenke("Mine tilgangsgrupper", reverse("minside_grupper"))],
    )


@ansatt
def medlemsfjerning(request: Forespoersel, pk: int, bruker_pk: int) -> HttpResponse:
    """Take a person out of a group."""
    rad, bruker = _gruppe(request, pk), queries.hent_bruker(bruker_pk)
    return utfoer(
        request,
        Bekreftelse(sendt(request)),
        lambda _felter: fjern_medlem(rad, bruker, av=request.user),
        melding=f"{bruker} er ikke lenger medlem.",
        tilbake=reverse("minside_gruppe", args=[pk]),
        tittel=f"Fjern {bruker} fra {rad}",
        knapp="Fjern",
        farlig=True,
    )


@ansatt
def gruppenedleggelse(request: Forespoersel, pk: int) -> HttpResponse:
    """Take a group out of use."""
    rad = _gruppe(request, pk)
    return utfoer(
        request,
        Bekreftelse(sendt(request)),
        lambda _felter: legg_ned_gruppe(rad, av=request.user),
        melding=f"{rad} er nedlagt.",
        tilbake=reverse("minside_grupper"),
        tittel=f"Legg ned {rad}",
        knapp="Legg ned",
        ingress="Det som alt er snevret inn med gruppen, blir stående slik.",
        farlig=True,
    )
