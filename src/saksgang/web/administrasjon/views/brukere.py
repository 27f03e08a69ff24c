"""People."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from saksgang.kjerne import klokke
from saksgang.tilgang.commands import (
    deaktiver_bruker,
    endre_bruker,
    gjenaapne_bruker,
    importer_brukere_csv,
    opprett_bruker,
    sett_passord,
)
from saksgang.tilgang.queries import (
    autorisasjoner,
    fravaer_for,
    hent_bruker,
    stedfortredere,
    tildelinger_for,
    vikariater,
)
from saksgang.tilgang.queries import brukere as alle_brukere
from saksgang.tilgang.rules import Handling
from saksgang.web.administrasjon.forms import Bekreftelse, Brukerskjema, NyBruker, Passord, SisteDag
from saksgang.web.administrasjon.visning import (
    Forespoersel,
    Lenke,
    Rad,
    del_opp,
    i_kraft,
    krever,
    liste,
    periode,
    sendt,
    utfoer,
)

from .importer import importside

FELTER = ("brukernavn", "navn", "initialer", "enhet", "tittel", "epost", "telefon", "aktiv_fra")


def _smuler(bruker: object | None = None) -> list[Lenke]:
    smuler = [Lenke("Brukere", reverse("administrasjon_brukere"))]
    if bruker is not None:
        smuler.append(Lenke(str(bruker), reverse("administrasjon_bruker", args=[bruker.pk])))  # type: ignore[attr-defined]
    return smuler


@krever(Handling.ADMINISTRERE)
def brukere(request: Forespoersel) -> HttpResponse:
    """The people, found by any part of name, initials or user name."""
    tekst, idag = request.GET.get("q", ""), klokke.idag()
    side = del_opp(request, alle_brukere(tekst=tekst))
    return liste(
        request,
        tittel="Brukere",
        kolonner=["Navn", "Brukernavn", "Initialer", "Enhet", "Aktiv til"],
        rader=[
            Rad(
                [
                    bruker.navn,
                    bruker.brukernavn,
                    bruker.initialer,
                    bruker.enhet.kode if bruker.enhet else "",
                    f"{bruker.aktiv_til:%d.%m.%Y}" if bruker.aktiv_til else "",
                ],
                url=reverse("administrasjon_bruker", args=[bruker.pk]),
                dempet=not bruker.er_aktiv(idag),
            )
            for bruker in side.rader
        ],
        knapper=[
            Lenke("Ny bruker", reverse("administrasjon_ny_bruker"), "PersonPlus"),
            Lenke("Importer", reverse("administrasjon_brukerimport"), "Upload"),
        ],
        soek=tekst,
        soekehjelp="Navn, initialer eller brukernavn",
        side=side,
        tom="Ingen brukere passer til søket.",
    )


@krever(Handling.ADMINISTRERE)
def bruker(request: Forespoersel, pk: int) -> HttpResponse:
    """One person: facts, and everything that has been granted."""
    rad, idag = hent_bruker(pk), klokke.idag()
    tildelt = [
        Rad(
            [
                f"{t.rolle} {t.get_rolle_display()}" if t.rolle else f"Fullmakt: {t.get_funksjon_display()}",
                t.enhet.kode if t.enhet else "",
                periode(t),
            ],
            handlinger=[Lenke("Avslutt", reverse("administrasjon_rolleavslutning", args=[t.pk]))] if i_kraft(t) else (),
            dempet=not i_kraft(t),
        )
        for t in tildelinger_for(rad)
    ]
    tildelt += [
        Rad(
            [f"Autorisert for {a.kode}", a.enhet.kode if a.enhet else "", periode(a)],
            handlinger=[Lenke("Avslutt", reverse("administrasjon_autorisasjonsavslutning", args=[a.pk]))]
            if i_kraft(a)
            else (),
            dempet=not i_kraft(a),
        )
        for a in autorisasjoner(bruker=rad)
    ]
    tildelt += [
        Rad([f"Stedfortreder: {s.vikar}", "", periode(s)], dempet=not i_kraft(s)) for s in stedfortredere(leder=rad)
    ]
    tildelt += [Rad([f"Stedfortreder for {s.leder}", "", periode(s)], dempet=not i_kraft(s)) for s in vikariater(rad)]
    tildelt += [Rad(["Fravær", "", periode(f)], dempet=not i_kraft(f)) for f in fravaer_for(rad)]
    knapper = [
        Lenke("Endre", reverse("administrasjon_brukerendring", args=[pk]), "Pencil"),
        Lenke("Ny rolle", f"{reverse('administrasjon_ny_rolle')}?bruker={rad.brukernavn}", "Plus"),
        Lenke("Se som", reverse("kontroll_se_som_person", args=[pk]), "Eye"),
        Lenke("Nytt passord", reverse("administrasjon_passord", args=[pk]), "PadlockLocked"),
        Lenke("Deaktiver", reverse("administrasjon_deaktivering", args=[pk]), "PersonCross"),
    ]
    if rad.aktiv_til is not None:
        knapper[-1] = Lenke("Gjenåpne", reverse("administrasjon_gjenaapning", args=[pk]), "PersonCheckmark")
    fakta = [
        ("Brukernavn", rad.brukernavn),
        ("Initialer", rad.initialer),
        ("Enhet", str(rad.enhet or "Ingen")),
        ("Stillingstittel", rad.tittel),
        ("E-post", rad.epost),
        ("Telefon", rad.telefon),
        ("Aktiv", f"{rad.aktiv_fra:%d.%m.%Y} – " + (f"{rad.aktiv_til:%d.%m.%Y}" if rad.aktiv_til else "inntil videre")),
        ("Pålogging", "Passord" if rad.has_usable_password() else "Virksomhetens egen pålogging"),
    ]
    return liste(
        request,
        tittel=rad.navn,
        kolonner=["Tildelt", "Enhet", "Periode"],
        rader=tildelt,
        tom="Ingen roller. Uten rolle ser brukeren ingenting internt.",
        knapper=knapper,
        smuler=_smuler(),
        fakta=[(navn, verdi) for navn, verdi in fakta if verdi],
        inaktiv=not rad.er_aktiv(idag),
    )


@krever(Handling.ADMINISTRERE)
def ny_bruker(request: Forespoersel) -> HttpResponse:
    """A new person."""
    return utfoer(
        request,
        NyBruker(sendt(request), initial={"aktiv_fra": klokke.idag()}),
        lambda felter: opprett_bruker(**felter | {"passord": felter["passord"] or None}, av=request.user),
        melding="Brukeren er opprettet. Tildel en rolle, så får brukeren tilgang.",
        tilbake=reverse("administrasjon_brukere"),
        tittel="Ny bruker",
        knapp="Opprett",
        smuler=_smuler(),
    )


@krever(Handling.ADMINISTRERE)
def brukerendring(request: Forespoersel, pk: int) -> HttpResponse:
    """Change what is known of a person."""
    rad = hent_bruker(pk)
    return utfoer(
        request,
        Brukerskjema(sendt(request), initial={felt: getattr(rad, felt) for felt in FELTER}),
        lambda felter: endre_bruker(rad, **felter, av=request.user),
        melding="Brukeren er lagret.",
        tilbake=reverse("administrasjon_bruker", args=[pk]),
        tittel="Endre bruker",
        knapp="Lagre",
        smuler=_smuler(rad),
    )


@krever(Handling.ADMINISTRERE)
def passord(request: Forespoersel, pk: int) -> HttpResponse:
    """Give a person a new password."""
    rad = hent_bruker(pk)
    return utfoer(
        request,
        Passord(sendt(request)),
        lambda felter: sett_passord(rad, felter["passord"], av=request.user),
        melding=f"{rad} har fått nytt passord.",
        tilbake=reverse("administrasjon_bruker", args=[pk]),
        tittel="Nytt passord",
        knapp="Sett passord",
        smuler=_smuler(rad),
    )


@krever(Handling.ADMINISTRERE)
def deaktivering(request: Forespoersel, pk: int) -> HttpResponse:
    """Let a person's time end."""
    rad = hent_bruker(pk)
    return utfoer(
        request,
        SisteDag(sendt(request), initial={"til": klokke.idag()}),
        lambda felter: deaktiver_bruker(rad, **felter, av=request.user),
        melding=f"{rad} er deaktivert.",
        tilbake=reverse("administrasjon_bruker", args=[pk]),
        tittel="Deaktiver",
        knapp="Deaktiver",
        ingress="Brukeren slipper ikke inn etter denne dagen. Alt brukeren har gjort, blir stående.",
        farlig=True,
        smuler=_smuler(rad),
    )


@krever(Handling.ADMINISTRERE)
def gjenaapning(request: Forespoersel, pk: int) -> HttpResponse:
    """Let a person in again."""
    rad = hent_bruker(pk)
    return utfoer(
        request,
        Bekreftelse(sendt(request)),
        lambda _felter: gjenaapne_bruker(rad, av=request.user),
        melding=f"{rad} er aktiv igjen.",
        tilbake=reverse("administrasjon_bruker", args=[pk]),
        tittel="Gjenåpne",
        knapp="Gjenåpne",
        ingress="Rollene som ikke er avsluttet, gjelder straks.",
        smuler=_smuler(rad),
    )


@krever(Handling.ADMINISTRERE)
def brukerimport(request: Forespoersel) -> HttpResponse:
    """People from a CSV file."""
    return importside(
        request,
        lambda tekst, proeve: importer_brukere_csv(tekst, proeve=proeve, av=request.user),
        tittel="Importer brukere",
        kolonner="brukernavn;navn;initialer;enhet;epost;roller",
        ingress="Roller skrives med komma mellom, som SB, LED. De gis i brukerens enhet og tas aldri bort ved import.",
        tilbake=reverse("administrasjon_brukere"),
        smuler=_smuler(),
    )
