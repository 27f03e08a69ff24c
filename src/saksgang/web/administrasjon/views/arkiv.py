"""Archive parts, classification, number series; and the first page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from saksgang.arkivstruktur import queries
from saksgang.arkivstruktur.commands import (
    endre_arkivdel,
    endre_klasse,
    importer_klasser_csv,
    legg_ned_klasse,
    opprett_arkiv,
    opprett_arkivdel,
    opprett_klasse,
    opprett_system,
    start_nummerserie,
)
from saksgang.arkivstruktur.rules import Arkivdelstatus, Klassifikasjonstype
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeTilgang, UgyldigInndata
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import omdiriger
from saksgang.web.adgang import ansatt
from saksgang.web.administrasjon.forms import (
    Arkivdelendring,
    Arkivdelskjema,
    Arkivskjema,
    Klasseskjema,
    Klassetittel,
    Nedleggelse,
    Serieskjema,
    Systemskjema,
)
from saksgang.web.administrasjon.visning import (
    Forespoersel,
    Lenke,
    Rad,
    del_opp,
    ja,
    krever,
    liste,
    sendt,
    sidemeny,
    utfoer,
)

from .importer import importside


@ansatt
def forside(request: Forespoersel) -> HttpResponse:
    """The first page that the person may open."""
    grupper = [gruppe for gruppe in sidemeny(request) if gruppe["tittel"] != "Min side"]
    if not grupper:
        raise IkkeTilgang("Siden er for administratoren og arkivtjenesten.")
    return omdiriger(request, grupper[0]["kurver"][0]["url"])


@krever(Handling.ADMINISTRERE_ARKIVSTRUKTUR)
def arkivdeler(request: Forespoersel) -> HttpResponse:
    """The archive parts."""
    return liste(
        request,
        tittel="Arkivdeler",
        kolonner=["Kode", "Tittel", "Arkiv", "Status", "Klassifikasjon", "På postlista"],
        rader=[
            Rad(
                [
                    rad.kode,
                    rad.tittel,
                    rad.arkiv.tittel,
                    f"{rad.arkivdelstatus} {rad.get_arkivdelstatus_display()}",
                    str(rad.klassifikasjonssystem or ""),
                    ja(rad.publiseres),
                ],
                url=reverse("administrasjon_arkivdel", args=[rad.pk]),
                dempet=not rad.tar_imot_saker,
            )
            for rad in queries.arkivdeler()
        ],
        knapper=[
            Lenke("Ny arkivdel", reverse("administrasjon_ny_arkivdel"), "Plus"),
            Lenke("Nytt arkiv", reverse("administrasjon_nytt_arkiv"), "Plus"),
        ],
        tom="Ingen arkivdeler. Opprett arkivet først, så en arkivdel.",
    )


@krever(Handling.ADMINISTRERE_ARKIVSTRUKTUR)
def nytt_arkiv(request: Forespoersel) -> HttpResponse:
    """A new archive."""
    return utfoer(
        request,
        Arkivskjema(sendt(request)),
        lambda felter: opprett_arkiv(**felter, av=request.user),
        melding="Arkivet er opprettet.",
        tilbake=reverse("administrasjon_arkivdeler"),
        tittel="Nytt arkiv",
        knapp="Opprett",
        smuler=[Lenke("Arkivdeler", reverse("administrasjon_arkivdeler"))],
    )


@krever(Handling.ADMINISTRERE_ARKIVSTRUKTUR)
def ny_arkivdel(request: Forespoersel) -> HttpResponse:
    """A new archive part."""
    return utfoer(
        request,
        Arkivdelskjema(sendt(request)),
        lambda felter: opprett_arkivdel(felter.pop("arkiv"), **felter, av=request.user),
        melding="Arkivdelen er opprettet.",
        tilbake=reverse("administrasjon_arkivdeler"),
        tittel="Ny arkivdel",
        knapp="Opprett",
        smuler=[Lenke("Arkivdeler", reverse("administrasjon_arkivdeler"))],
    )


@krever(Handling.ADMINISTRERE_ARKIVSTRUKTUR)
def arkivdel(request: Forespoersel, pk: int) -> HttpResponse:
    """One archive part, to be changed."""
    rad = queries.hent_arkivdel(pk)
    felter = ("tittel", "klassifikasjonssystem", "publiseres", "arkivdelstatus")

    def lagre(felter: dict[str, Any]) -> None:
        endre_arkivdel(rad, **felter | {"arkivdelstatus": Arkivdelstatus(felter["arkivdelstatus"])}, av=request.user)

    return utfoer(
        request,
        Arkivdelendring(sendt(request), initial={felt: getattr(rad, felt) for felt in felter}),
        lagre,
        melding="Arkivdelen er lagret.",
        tilbake=reverse("administrasjon_arkivdeler"),
        tittel=str(rad),
        knapp="Lagre",
        smuler=[Lenke("Arkivdeler", reverse("administrasjon_arkivdeler"))],
    )


def _smuler(system: Any = None) -> list[Lenke]:
    smuler = [Lenke("Klassifikasjon", reverse("administrasjon_klassifikasjon"))]
    if system is not None:
        smuler.append(Lenke(str(system), reverse("administrasjon_system", args=[system.pk])))
    return smuler


@krever(Handling.ADMINISTRERE_ARKIVSTRUKTUR)
def klassifikasjon(request: Forespoersel) -> HttpResponse:
    """The classification systems."""
    return liste(
        request,
        tittel="Klassifikasjon",
        kolonner=["Kode", "Tittel", "Type", "Skjermet"],
        rader=[
            Rad(
                [rad.kode, rad.tittel, rad.get_klassifikasjonstype_display(), ja(rad.skjermet)],
                url=reverse("administrasjon_system", args=[rad.pk]),
            )
            for rad in queries.systemer()
        ],
        knapper=[Lenke("Nytt system", reverse("administrasjon_nytt_system"), "Plus")],
        tom="Ingen klassifikasjonssystemer. Opprett K-koder og gnr/bnr først.",
    )


@krever(Handling.ADMINISTRERE_ARKIVSTRUKTUR)
def nytt_system(request: Forespoersel) -> HttpResponse:
    """A new classification system."""

    def opprett(felter: dict[str, Any]) -> None:
        type_ = Klassifikasjonstype(felter.pop("klassifikasjonstype"))
        opprett_system(**felter, klassifikasjonstype=type_, av=request.user)

    return utfoer(
        request,
        Systemskjema(sendt(request)),
        opprett,
        melding="Systemet er opprettet.",
        tilbake=reverse("administrasjon_klassifikasjon"),
        tittel="Nytt klassifikasjonssystem",
        knapp="Opprett",
        smuler=_smuler(),
    )


@krever(Handling.ADMINISTRERE_ARKIVSTRUKTUR)
def system(request: Forespoersel, pk: int) -> HttpResponse:
    """The classes of a system, found by the beginning of their id."""
    rad, prefiks = queries.hent_system(pk), request.GET.get("q", "")
    side = del_opp(request, queries.klasser(rad, prefiks))
    return liste(
        request,
        tittel=rad.tittel,
        kolonner=["Ordningsverdi", "Tittel", "Overordnet", "Nedlagt"],
        rader=[
            Rad(
                [
                    klasse.visning,
                    klasse.tittel,
                    "" if klasse.overordnet is None or rad.skjermet else klasse.overordnet.klasse_id,
                    f"{klasse.nedlagt_dato:%d.%m.%Y}" if klasse.nedlagt_dato else "",
                ],
                url=reverse("administrasjon_klasse", args=[klasse.pk]),
                handlinger=()
                if klasse.nedlagt_dato
                else [Lenke("Legg ned", reverse("administrasjon_klassenedleggelse", args=[klasse.pk]))],
                dempet=klasse.nedlagt_dato is not None,
            )
            for klasse in side.rader
        ],
        knapper=[
            Lenke("Ny ordningsverdi", reverse("administrasjon_ny_klasse", args=[pk]), "Plus"),
            Lenke("Importer", reverse("administrasjon_klasseimport", args=[pk]), "Upload"),
        ],
        smuler=_smuler(),
        soek=prefiks,
        soekehjelp="Begynnelsen av ordningsverdien, som U6*",
        side=side,
        tom="Ingen ordningsverdier her.",
    )


@krever(Handling.ADMINISTRERE_ARKIVSTRUKTUR)
def ny_klasse(request: Forespoersel, pk: int) -> HttpResponse:
    """A new class."""
    rad = queries.hent_system(pk)

    def opprett(felter: dict[str, Any]) -> None:
        overordnet = queries.finn_klasse(rad, felter["overordnet"]) if felter["overordnet"] else None
        if felter["overordnet"] and overordnet is None:
            raise UgyldigInndata({"overordnet": f"{felter['overordnet']} finnes ikke i {rad}. Opprett den først."})
        opprett_klasse(rad, **felter | {"overordnet": overordnet}, av=request.user)

    return utfoer(
        request,
        Klasseskjema(sendt(request)),
        opprett,
        melding="Ordningsverdien er opprettet.",
        tilbake=reverse("administrasjon_system", args=[pk]),
        tittel="Ny ordningsverdi",
        knapp="Opprett",
        smuler=_smuler(rad),
    )


@krever(Handling.ADMINISTRERE_ARKIVSTRUKTUR)
def klasse(request: Forespoersel, pk: int) -> HttpResponse:
    """One class, to be given another title."""
    rad = queries.hent_klasse(pk)
    return utfoer(
        request,
        Klassetittel(sendt(request), initial={"tittel": rad.tittel}),
        lambda felter: endre_klasse(rad, **felter, av=request.user),
        melding="Ordningsverdien er lagret.",
        tilbake=reverse("administrasjon_system", args=[rad.klassifikasjonssystem_id]),
        tittel=str(rad),
        knapp="Lagre",
        smuler=_smuler(rad.klassifikasjonssystem),
    )


@krever(Handling.ADMINISTRERE_ARKIVSTRUKTUR)
def klassenedleggelse(request: Forespoersel, pk: int) -> HttpResponse:
    """Take a class out of use."""
    rad = queries.hent_klasse(pk)
    return utfoer(
        request,
        Nedleggelse(sendt(request), initial={"dato": klokke.idag()}),
        lambda felter: legg_ned_klasse(rad, **felter, av=request.user),
        melding=f"{rad} er nedlagt.",
        tilbake=reverse("administrasjon_system", args=[rad.klassifikasjonssystem_id]),
        tittel=f"Legg ned {rad}",
        knapp="Legg ned",
        ingress="Sakene som har ordningsverdien, beholder den.",
        farlig=True,
        smuler=_smuler(rad.klassifikasjonssystem),
    )


@krever(Handling.ADMINISTRERE_ARKIVSTRUKTUR)
def klasseimport(request: Forespoersel, pk: int) -> HttpResponse:
    """Classes from a CSV file."""
    rad = queries.hent_system(pk)
    return importside(
        request,
        lambda tekst, proeve: importer_klasser_csv(rad, tekst, proeve=proeve, av=request.user),
        tittel="Importer ordningsverdier",
        kolonner="kode;tittel;overordnet",
        ingress="Der overordnet står tomt, legges U62 under U6 når U6 finnes. Kjente koder får tittelen i fila.",
        tilbake=reverse("administrasjon_system", args=[pk]),
        smuler=_smuler(rad),
    )


@krever(Handling.ADMINISTRERE)
def nummerserier(request: Forespoersel) -> HttpResponse:
    """The number series, and how far they have come."""
    navn = {"sak": "Saksnummer", "journal": "Journalnummer"}
    return liste(
        request,
        tittel="Nummerserier",
        kolonner=["Serie", "År", "Første nummer", "Neste nummer"],
        rader=[
            Rad([navn.get(rad.serie, rad.serie), str(rad.aar), str(rad.foerste), str(rad.neste)])
            for rad in queries.nummerserier()
        ],
        knapper=[Lenke("Start en serie", reverse("administrasjon_ny_nummerserie"), "Plus")],
        ingress="En serie begynner på 1 av seg selv. Den kan settes til et annet tall før det første nummeret er tatt.",
        tom="Ingen nummer er tatt ennå.",
    )


@krever(Handling.ADMINISTRERE)
def ny_nummerserie(request: Forespoersel) -> HttpResponse:
    """Let a series begin at another number."""
    return utfoer(
        request,
        Serieskjema(sendt(request), initial={"aar": klokke.idag().year}),
        lambda felter: start_nummerserie(**felter, av=request.user),
        melding="Serien er satt.",
        tilbake=reverse("administrasjon_nummerserier"),
        tittel="Start en nummerserie",
        knapp="Start",
        smuler=[Lenke("Nummerserier", reverse("administrasjon_nummerserier"))],
    )
