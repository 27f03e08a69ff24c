"""Roles, fullmakt, deputies, authorisations, groups, absence; and the control list of leaders."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from saksgang.kjerne import klokke
from saksgang.tilgang import queries
from saksgang.tilgang.commands import (
    autoriser,
    avslutt_autorisasjon,
    avslutt_stedfortreder,
    avslutt_tildeling,
    endre_fravaer,
    endre_stedfortreder,
    gi_fullmakt,
    opprett_gruppe,
    registrer_fravaer,
    registrer_stedfortreder,
    tildel_rolle,
    trekk_fravaer,
)
from saksgang.tilgang.rules import Funksjon, Handling, Rolle
from saksgang.web.administrasjon.forms import (
    Autorisasjonsskjema,
    Bekreftelse,
    Fravaersskjema,
    Fullmaktsskjema,
    Gruppeskjema,
    MittFravaer,
    Periodeskjema,
    Rolleskjema,
    SisteDag,
    Stedfortrederskjema,
)
from saksgang.web.administrasjon.visning import Forespoersel, Lenke, Rad, i_kraft, krever, liste, periode, sendt, utfoer


def _foer(request: Forespoersel, **felter: Any) -> dict[str, Any]:
    """Return what a new form begins with: today, and the person or unit that the link came from."""
    start = {"fra": klokke.idag()} | felter
    for navn in ("bruker", "leder"):
        if brukernavn := request.GET.get(navn):
            start[navn] = queries.finn_bruker(brukernavn)
    return start


def _avslutning(request: Forespoersel, *, hva: str, liste_navn: str, handling: Any) -> HttpResponse:
    return utfoer(
        request,
        SisteDag(sendt(request), initial={"til": klokke.idag()}),
        handling,
        melding=f"{hva} er avsluttet.",
        tilbake=reverse(liste_navn),
        tittel=f"Avslutt {hva}",
        knapp="Avslutt",
        farlig=True,
    )


# ── Roles and fullmakt ───────────────────────────────────


@krever(Handling.ADMINISTRERE)
def roller(request: Forespoersel) -> HttpResponse:
    """The roles and fullmakter that are valid today."""
    koder = {kode.pk: kode.kode for kode in queries.tilgangskoder(klokke.idag(), med_xx=True)}
    rader = []
    for t in queries.tildelinger(dato=klokke.idag()):
        hva = f"{t.rolle} {t.get_rolle_display()}" if t.rolle else f"Fullmakt: {t.get_funksjon_display()}"
        if t.tilgangskoder is not None:
            hva += f" ({', '.join(koder[pk] for pk in t.tilgangskoder if pk in koder) or 'ingen koder'})"
        rader.append(
            Rad(
                [t.bruker.navn, hva, t.enhet.kode if t.enhet else "", t.get_kilde_display(), periode(t)],
                url=reverse("administrasjon_bruker", args=[t.bruker_id]),
                handlinger=[Lenke("Avslutt", reverse("administrasjon_rolleavslutning", args=[t.pk]))],
            )
        )
    return liste(
        request,
        tittel="Roller og fullmakter",
        kolonner=["Bruker", "Rolle", "Enhet", "Kilde", "Periode"],
        rader=rader,
        knapper=[
            Lenke("Ny rolle", reverse("administrasjon_ny_rolle"), "Plus"),
            Lenke("Ny fullmakt", reverse("administrasjon_ny_fullmakt"), "Plus"),
        ],
        tom="Ingen roller gjelder i dag.",
    )


@krever(Handling.ADMINISTRERE)
def ny_rolle(request: Forespoersel) -> HttpResponse:
    """Give a person a role."""
    return utfoer(
        request,
        Rolleskjema(sendt(request), initial=_foer(request)),
        lambda felter: tildel_rolle(
            felter["bruker"],
            Rolle(felter["rolle"]),
            **{navn: felter[navn] for navn in ("enhet", "kilde", "fra", "til")},
            tilgangskoder=felter["tilgangskoder"] or None,
            av=request.user,
        ),
        melding="Rollen er tildelt.",
        tilbake=reverse("administrasjon_roller"),
        tittel="Ny rolle",
        knapp="Tildel",
        smuler=[Lenke("Roller og fullmakter", reverse("administrasjon_roller"))],
    )


@krever(Handling.ADMINISTRERE)
def ny_fullmakt(request: Forespoersel) -> HttpResponse:
    """Give a person one of the leader's functions."""
    return utfoer(
        request,
        Fullmaktsskjema(sendt(request), initial=_foer(request)),
        lambda felter: gi_fullmakt(felter.pop("bruker"), Funksjon(felter.pop("funksjon")), **felter, av=request.user),
        melding="Fullmakten er gitt.",
        tilbake=reverse("administrasjon_roller"),
        tittel="Ny fullmakt",
        knapp="Gi fullmakt",
        ingress="En fullmakt gir én av lederens funksjoner i enheten, ikke innsyn i det skjermede.",
        smuler=[Lenke("Roller og fullmakter", reverse("administrasjon_roller"))],
    )


@krever(Handling.ADMINISTRERE)
def rolleavslutning(request: Forespoersel, pk: int) -> HttpResponse:
    """Let a role or fullmakt end."""
    rad = queries.hent_tildeling(pk)
    return _avslutning(
        request,
        hva=str(rad),
        liste_navn="administrasjon_roller",
        handling=lambda felter: avslutt_tildeling(rad, **felter, av=request.user),
    )


# ── Deputies ─────────────────────────────────────────────


def stedfortrederrad(rad: Any, endring: str, avslutning: str) -> Rad:
    koder = ", ".join(kode.kode for kode in sorted(rad.tilgangskoder.all(), key=lambda k: k.rekkefoelge))
    return Rad(
        [rad.leder.navn, rad.vikar.navn, periode(rad), koder or "Ingen"],
        url=reverse(endring, args=[rad.pk]) if i_kraft(rad) else "",
        handlinger=[Lenke("Avslutt", reverse(avslutning, args=[rad.pk]))] if i_kraft(rad) else (),
        dempet=not i_kraft(rad),
    )


@krever(Handling.ADMINISTRERE)
def stedfortredere(request: Forespoersel) -> HttpResponse:
    """The deputies of all leaders, newest first."""
    return liste(
        request,
        tittel="Stedfortredere",
        kolonner=["Leder", "Stedfortreder", "Periode", "Tilgangskoder"],
        rader=[
            stedfortrederrad(rad, "administrasjon_stedfortreder", "administrasjon_stedfortrederavslutning")
            for rad in queries.stedfortredere()
        ],
        knapper=[
            Lenke("Ny stedfortreder", reverse("administrasjon_ny_stedfortreder"), "Plus"),
            Lenke("Ledere uten stedfortreder", reverse("kontroll_ledere_uten_stedfortreder"), "PersonCross"),
        ],
        tom="Ingen stedfortredere er registrert.",
    )


@krever(Handling.ADMINISTRERE)
def ny_stedfortreder(request: Forespoersel) -> HttpResponse:
    """Register a deputy for a leader."""
    xx = [kode for kode in queries.tilgangskoder(klokke.idag(), med_xx=True) if kode.er_xx]
    return utfoer(
        request,
        Stedfortrederskjema(sendt(request), initial=_foer(request, koder=xx)),
        lambda felter: registrer_stedfortreder(felter.pop("leder"), felter.pop("vikar"), **felter, av=request.user),
        melding="Stedfortrederen er registrert.",
        tilbake=reverse("administrasjon_stedfortredere"),
        tittel="Ny stedfortreder",
        knapp="Registrer",
        smuler=[Lenke("Stedfortredere", reverse("administrasjon_stedfortredere"))],
    )


@krever(Handling.ADMINISTRERE)
def stedfortreder(request: Forespoersel, pk: int) -> HttpResponse:
    """Change a deputy's period and codes."""
    rad = queries.hent_stedfortreder(pk)
    return utfoer(
        request,
        Periodeskjema(sendt(request), initial={"fra": rad.fra, "til": rad.til, "koder": list(rad.tilgangskoder.all())}),
        lambda felter: endre_stedfortreder(rad, **felter, av=request.user),
        melding="Stedfortrederen er lagret.",
        tilbake=reverse("administrasjon_stedfortredere"),
        tittel=str(rad),
        knapp="Lagre",
        smuler=[Lenke("Stedfortredere", reverse("administrasjon_stedfortredere"))],
    )


@krever(Handling.ADMINISTRERE)
def stedfortrederavslutning(request: Forespoersel, pk: int) -> HttpResponse:
    """Let a deputyship end."""
    rad = queries.hent_stedfortreder(pk)
    return _avslutning(
        request,
        hva=str(rad),
        liste_navn="administrasjon_stedfortredere",
        handling=lambda felter: avslutt_stedfortreder(rad, **felter, av=request.user),
    )


@krever(Handling.SE_KONTROLL)
def kontroll(request: Forespoersel) -> HttpResponse:
    """The control lists that there are, with how much is in each."""
    return liste(
        request,
        tittel="Kontroll",
        kolonner=["Liste", "Viser", "Antall"],
        rader=[
            Rad(
                [
                    "Ledere uten stedfortreder",
                    "Ledere som ingen står inne for i dag",
                    str(len(queries.ledere_uten_stedfortreder(klokke.idag()))),
                ],
                url=reverse("kontroll_ledere_uten_stedfortreder"),
            )
        ],
        tom="",
    )


@krever(Handling.SE_KONTROLL)
def ledere_uten_stedfortreder(request: Forespoersel) -> HttpResponse:
    """Leaders whom nobody stands in for today (krav R-3.1.6)."""
    kan_registrere = queries.kan(request.user, Handling.ADMINISTRERE)
    ny = reverse("administrasjon_ny_stedfortreder")
    return liste(
        request,
        tittel="Ledere uten stedfortreder",
        kolonner=["Leder", "Leder enhetene", "E-post"],
        rader=[
            Rad(
                [rad.leder.navn, ", ".join(enhet.kode for enhet in rad.enheter), rad.leder.epost],
                handlinger=[Lenke("Registrer stedfortreder", f"{ny}?leder={rad.leder.brukernavn}")]
                if kan_registrere
                else (),
            )
            for rad in queries.ledere_uten_stedfortreder(klokke.idag())
        ],
        ingress="Alle ledere skal ha en stedfortreder, slik at fordeling, gradering og godkjenning ikke stopper opp.",
        tom="Alle ledere har en stedfortreder i dag.",
    )


# ── Authorisations ───────────────────────────────────────


@krever(Handling.ADMINISTRERE)
def autorisasjoner(request: Forespoersel) -> HttpResponse:
    """Who may read which code, and where."""
    return liste(
        request,
        tittel="Autorisasjoner",
        kolonner=["Bruker", "Tilgangskode", "Enhet", "Periode"],
        rader=[
            Rad(
                [a.bruker.navn, str(a.kode), a.enhet.kode if a.enhet else "Hele virksomheten", periode(a)],
                url=reverse("administrasjon_bruker", args=[a.bruker_id]),
                handlinger=[Lenke("Avslutt", reverse("administrasjon_autorisasjonsavslutning", args=[a.pk]))]
                if i_kraft(a)
                else (),
                dempet=not i_kraft(a),
            )
            for a in queries.autorisasjoner()
        ],
        knapper=[Lenke("Ny autorisasjon", reverse("administrasjon_ny_autorisasjon"), "Plus")],
        tom="Ingen er autorisert for noen kode.",
    )


@krever(Handling.ADMINISTRERE)
def ny_autorisasjon(request: Forespoersel) -> HttpResponse:
    """Authorise a person for a code."""
    return utfoer(
        request,
        Autorisasjonsskjema(sendt(request), initial=_foer(request)),
        lambda felter: autoriser(felter.pop("bruker"), felter.pop("kode"), **felter, av=request.user),
        melding="Autorisasjonen er gitt.",
        tilbake=reverse("administrasjon_autorisasjoner"),
        tittel="Ny autorisasjon",
        knapp="Autoriser",
        smuler=[Lenke("Autorisasjoner", reverse("administrasjon_autorisasjoner"))],
    )


@krever(Handling.ADMINISTRERE)
def autorisasjonsavslutning(request: Forespoersel, pk: int) -> HttpResponse:
    """Let an authorisation end."""
    rad = queries.hent_autorisasjon(pk)
    return _avslutning(
        request,
        hva=str(rad),
        liste_navn="administrasjon_autorisasjoner",
        handling=lambda felter: avslutt_autorisasjon(rad, **felter, av=request.user),
    )


# ── Groups and absence ───────────────────────────────────


@krever(Handling.ADMINISTRERE)
def grupper(request: Forespoersel) -> HttpResponse:
    """The access groups, those that are closed too."""
    return liste(
        request,
        tittel="Tilgangsgrupper",
        kolonner=["Navn", "Eier", "Nedlagt"],
        rader=[
            Rad(
                [
                    gruppe.navn,
                    gruppe.eier.navn if gruppe.eier else "Administrator",
                    f"{gruppe.nedlagt_dato:%d.%m.%Y}" if gruppe.nedlagt_dato else "",
                ],
                url=reverse("minside_gruppe", args=[gruppe.pk]),
                dempet=gruppe.nedlagt_dato is not None,
            )
            for gruppe in queries.grupper(i_bruk=False)
        ],
        knapper=[Lenke("Ny gruppe", reverse("administrasjon_ny_gruppe"), "Plus")],
        tom="Ingen tilgangsgrupper.",
    )


@krever(Handling.ADMINISTRERE)
def ny_gruppe(request: Forespoersel) -> HttpResponse:
    """A new access group, kept by the administrator."""
    return utfoer(
        request,
        Gruppeskjema(sendt(request)),
        lambda felter: opprett_gruppe(felter["navn"], av=request.user),
        melding="Gruppen er opprettet. Åpne den for å legge til medlemmer.",
        tilbake=reverse("administrasjon_grupper"),
        tittel="Ny gruppe",
        knapp="Opprett",
        smuler=[Lenke("Tilgangsgrupper", reverse("administrasjon_grupper"))],
    )


@krever(Handling.ADMINISTRERE)
def fravaer(request: Forespoersel) -> HttpResponse:
    """Who is or will be away."""
    return liste(
        request,
        tittel="Fravær",
        kolonner=["Bruker", "Enhet", "Periode", "Merknad"],
        rader=[
            Rad(
                [rad.bruker.navn, rad.bruker.enhet.kode if rad.bruker.enhet else "", periode(rad), rad.aarsak],
                url=reverse("administrasjon_fravaersendring", args=[rad.pk]),
                handlinger=[Lenke("Trekk", reverse("administrasjon_fravaerstrekking", args=[rad.pk]))],
            )
            for rad in queries.fravaer(klokke.idag())
        ],
        knapper=[Lenke("Nytt fravær", reverse("administrasjon_nytt_fravaer"), "Plus")],
        tom="Ingen er registrert borte, nå eller senere.",
    )


@krever(Handling.ADMINISTRERE)
def nytt_fravaer(request: Forespoersel) -> HttpResponse:
    """Register that a person is away."""
    return utfoer(
        request,
        Fravaersskjema(sendt(request), initial=_foer(request)),
        lambda felter: registrer_fravaer(felter.pop("bruker"), **felter, av=request.user),
        melding="Fraværet er registrert.",
        tilbake=reverse("administrasjon_fravaer"),
        tittel="Nytt fravær",
        knapp="Registrer",
        smuler=[Lenke("Fravær", reverse("administrasjon_fravaer"))],
    )


@krever(Handling.ADMINISTRERE)
def fravaersendring(request: Forespoersel, pk: int) -> HttpResponse:
    """Move an absence."""
    rad = queries.hent_fravaer(pk)
    return utfoer(
        request,
        MittFravaer(sendt(request), initial={"fra": rad.fra, "til": rad.til, "aarsak": rad.aarsak}),
        lambda felter: endre_fravaer(rad, **felter, av=request.user),
        melding="Fraværet er lagret.",
        tilbake=reverse("administrasjon_fravaer"),
        tittel=f"Fravær for {rad.bruker}",
        knapp="Lagre",
        smuler=[Lenke("Fravær", reverse("administrasjon_fravaer"))],
    )


@krever(Handling.ADMINISTRERE)
def fravaerstrekking(request: Forespoersel, pk: int) -> HttpResponse:
    """Take back an absence."""
    rad = queries.hent_fravaer(pk)
    return utfoer(
        request,
        Bekreftelse(sendt(request)),
        lambda _felter: trekk_fravaer(rad, av=request.user),
        melding="Fraværet er trukket.",
        tilbake=reverse("administrasjon_fravaer"),
        tittel=f"Trekk fravær for {rad.bruker}",
        knapp="Trekk",
        ingress=periode(rad),
        farlig=True,
        smuler=[Lenke("Fravær", reverse("administrasjon_fravaer"))],
    )
