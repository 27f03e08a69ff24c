"""Classification systems and their classes."""

from __future__ import annotations

import datetime as dt

from django.db.models import Value
from django.db.models.functions import Concat, Substr

from saksgang.arkivstruktur.models import Klasse, Klassifikasjonssystem
from saksgang.arkivstruktur.queries import eiendomssystem
from saksgang.arkivstruktur.rules import SKILLE, Klassifikasjonstype, sti
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.kjerne.identifikatorer import Matrikkelnummer
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.tilgang.commands import krev, loggobjekt
from saksgang.tilgang.commands.loggobjekt import nye_felter, sett_felter
from saksgang.tilgang.rules import Handling

from .arkiv import krev_tekster


@kommando
def opprett_system(
    *, kode: str, tittel: str, klassifikasjonstype: Klassifikasjonstype, skjermet: bool | None = None, av: Bruker
) -> Klassifikasjonssystem:
    """Make a classification system; one of fødselsnummer is always skjermet. For ADM and ARK.

    Refused without code and title, and where the code is taken.
    """
    krev(av, Handling.ADMINISTRERE_ARKIVSTRUKTUR)
    krev_tekster({"kode": (kode, 20), "tittel": (tittel, 200)})
    klassifikasjonstype, kode = Klassifikasjonstype(klassifikasjonstype), kode.strip()
    if Klassifikasjonssystem.objects.filter(kode__iexact=kode).exists():
        raise UgyldigInndata({"kode": f"Det finnes allerede et klassifikasjonssystem med koden {kode}."})
    system = Klassifikasjonssystem.objects.create(
        kode=kode,
        tittel=tittel.strip(),
        klassifikasjonstype=klassifikasjonstype,
        skjermet=bool(skjermet) or klassifikasjonstype == Klassifikasjonstype.PNR,
        opprettet_dato=klokke.naa(),
        opprettet_av=av,
    )
    logg(
        loggobjekt(system),
        Handling.ADMINISTRERE_ARKIVSTRUKTUR,
        av=av,
        endringer=nye_felter(system, "kode", "tittel", "klassifikasjonstype", "skjermet"),
    )
    return system


@kommando
def opprett_klasse(
    system: Klassifikasjonssystem, *, klasse_id: str, tittel: str, overordnet: Klasse | None = None, av: Bruker
) -> Klasse:
    """Make a class. For ADM and ARK.

    Refused without id and title, where the id is taken, and below a class of another system.
    """
    krev(av, Handling.ADMINISTRERE_ARKIVSTRUKTUR)
    return ny_klasse(system, klasse_id=klasse_id, tittel=tittel, overordnet=overordnet, av=av)


def ny_klasse(
    system: Klassifikasjonssystem, *, klasse_id: str, tittel: str, overordnet: Klasse | None, av: Bruker
) -> Klasse:
    """Store a class and log it, for commands that have asked for leave."""
    krev_tekster({"klasse_id": (klasse_id, 50), "tittel": (tittel, 300)})
    klasse_id = klasse_id.strip()
    if SKILLE in klasse_id or "*" in klasse_id:
        raise UgyldigInndata({"klasse_id": "Ordningsverdien kan ikke ha tegnene | og *."})
    if Klasse.objects.filter(klassifikasjonssystem=system, klasse_id__iexact=klasse_id).exists():
        raise UgyldigInndata({"klasse_id": f"Ordningsverdien {klasse_id} finnes allerede i {system}."})
    if overordnet is not None and overordnet.klassifikasjonssystem_id != system.pk:
        raise UgyldigInndata({"overordnet": f"{overordnet} hører til et annet system. Velg en klasse i {system}."})
    klasse = Klasse.objects.create(
        klassifikasjonssystem=system,
        klasse_id=klasse_id,
        tittel=tittel.strip(),
        overordnet=overordnet,
        sti=sti(overordnet.sti if overordnet else "", klasse_id),
        opprettet_dato=klokke.naa(),
        opprettet_av=av,
    )
    logg(
        loggobjekt(klasse),
        Handling.ADMINISTRERE_ARKIVSTRUKTUR,
        av=av,
        endringer={"klasse_id": (None, klasse.visning)}
        | nye_felter(klasse, "klassifikasjonssystem", "tittel", "overordnet"),
    )
    return klasse


@kommando
def endre_klasse(klasse: Klasse, *, tittel: str, av: Bruker) -> Klasse:
    """Give a class another title; its id stands, for cases lie on it. For ADM and ARK. Refused without a title."""
    krev(av, Handling.ADMINISTRERE_ARKIVSTRUKTUR)
    klasse = Klasse.objects.select_for_update(of=("self",)).get(pk=klasse.pk)
    krev_tekster({"tittel": (tittel, 300)})
    endringer = sett_felter(klasse, {"tittel": tittel.strip()})
    if endringer:
        logg(loggobjekt(klasse), Handling.ADMINISTRERE_ARKIVSTRUKTUR, av=av, endringer=endringer)
    return klasse


@kommando
def flytt_klasse(klasse: Klasse, overordnet: Klasse, *, av: Bruker) -> Klasse:
    """Put a class, and all below it, under another of the same system. For ADM and ARK. Refused under itself."""
    krev(av, Handling.ADMINISTRERE_ARKIVSTRUKTUR)
    system = Klassifikasjonssystem.objects.select_for_update().get(pk=klasse.klassifikasjonssystem_id)
    klasse = Klasse.objects.select_related("klassifikasjonssystem", "overordnet").get(pk=klasse.pk)
    overordnet = Klasse.objects.select_related("klassifikasjonssystem").get(pk=overordnet.pk)
    if overordnet.klassifikasjonssystem_id != system.pk:
        raise UgyldigInndata({"overordnet": f"{overordnet} hører til et annet system. Velg en klasse i {system}."})
    if overordnet.sti.startswith(klasse.sti):
        raise UgyldigInndata({"overordnet": f"{overordnet} ligger under {klasse}. Velg en klasse som ikke gjør det."})
    gammel, ny = klasse.sti, sti(overordnet.sti, klasse.klasse_id)
    Klasse.objects.filter(klassifikasjonssystem=system, sti__startswith=gammel).update(
        sti=Concat(Value(ny), Substr("sti", len(gammel) + 1))
    )
    klasse.sti = ny
    endringer = sett_felter(klasse, {"overordnet": overordnet})
    logg(loggobjekt(klasse), Handling.ADMINISTRERE_ARKIVSTRUKTUR, av=av, endringer=endringer)
    return klasse


@kommando
def legg_ned_klasse(klasse: Klasse, *, dato: dt.date | None = None, av: Bruker) -> Klasse:
    """Take a class out of the choices; the cases that lie on it stay there. For ADM and ARK."""
    krev(av, Handling.ADMINISTRERE_ARKIVSTRUKTUR)
    klasse = Klasse.objects.select_for_update(of=("self",)).get(pk=klasse.pk)
    if klasse.nedlagt_dato is not None:
        raise Avvist(f"{klasse} er allerede nedlagt.")
    endringer = sett_felter(klasse, {"nedlagt_dato": dato or klokke.idag()})
    logg(loggobjekt(klasse), Handling.ADMINISTRERE_ARKIVSTRUKTUR, av=av, endringer=endringer)
    return klasse


@kommando
def finn_eller_opprett_eiendom(
    gnr: int, bnr: int, festenummer: int = 0, seksjonsnummer: int = 0, *, av: Bruker
) -> Klasse:
    """Return the class of a property, made when first needed. For every employee, who makes the case.

    Refused where the archive has no system of gnr/bnr.
    """
    krev(av, Handling.OPPRETTE_SAK)
    system = eiendomssystem()
    if system is None:
        raise Avvist("Arkivet har ikke noe system for gnr/bnr. Be arkivtjenesten opprette det.")
    if gnr < 1 or min(bnr, festenummer, seksjonsnummer) < 0:
        raise UgyldigInndata({"gnr": "Gårdsnummer er fra 1; bruks-, feste- og seksjonsnummer er fra 0."})
    # One at a time: two cases on the same new property get the same class.
    Klassifikasjonssystem.objects.select_for_update().get(pk=system.pk)
    gaard = Klasse.objects.filter(klassifikasjonssystem=system, klasse_id=str(gnr)).first()
    if gaard is None:
        gaard = ny_klasse(system, klasse_id=str(gnr), tittel=f"Gnr. {gnr}", overordnet=None, av=av)
    nummer = str(Matrikkelnummer(gnr, bnr, festenummer, seksjonsnummer))
    eiendom = (
        Klasse.objects.select_related("klassifikasjonssystem")
        .filter(klassifikasjonssystem=system, klasse_id=nummer)
        .first()
    )
    if eiendom is not None:
        return eiendom
    deler = [("Gnr.", gnr), ("bnr.", bnr), ("fnr.", festenummer), ("snr.", seksjonsnummer)]
    tittel = " ".join(f"{navn} {tall}" for navn, tall in deler if tall or navn in {"Gnr.", "bnr."})
    return ny_klasse(system, klasse_id=nummer, tittel=tittel, overordnet=gaard, av=av)
