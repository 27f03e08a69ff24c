"""Bringing in units and people from CSV files, when a municipality begins or reorganises."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from django.db import transaction

from saksgang.kjerne import klokke
from saksgang.kjerne.csvfil import Importrapport, Rad, les_csv
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.logg.commands import kommando
from saksgang.organisasjon.models import Bruker, Enhet
from saksgang.tilgang.models import Rolletildeling
from saksgang.tilgang.queries.organisasjon import finn_bruker, finn_enhet
from saksgang.tilgang.queries.rettigheter import gjelder
from saksgang.tilgang.rules import Handling, Rolle

from .krev import krev
from .organisasjon import UENDRET, endre_bruker, endre_enhet, opprett_bruker, opprett_enhet
from .tildelinger import KREVER_ENHET, tildel_rolle

Utfall = Literal["opprettet", "oppdatert", "uendret"]
ENHETSKOLONNER = ("kode", "navn")
BRUKERKOLONNER = ("brukernavn", "navn", "initialer", "enhet")
ENHETSFELT = ("navn", "overordnet_id", "fagomraade")
BRUKERFELT = ("navn", "initialer", "enhet_id", "epost")
JA, NEI = {"ja", "j", "x", "1", "true", "sant"}, {"nei", "n", "0", "false", "usant", ""}


@kommando
def importer_enheter_csv(fil: bytes | str, *, proeve: bool = False, av: Bruker) -> Importrapport:
    """Take in units from kode;navn;overordnet;fagområde: new ones are made, known ones get what the file says.

    Empty cells change nothing on a known unit. A line with an error is reported, and nothing of it is stored.
    proeve: report, store nothing. For ADM. Refused as a whole when the file cannot be read.
    """
    krev(av, Handling.ADMINISTRERE)
    rader = les_csv(fil, paakrevd=ENHETSKOLONNER, valgfri=("overordnet", "fagområde"))
    rapport = Importrapport(proeve=proeve)
    with transaction.atomic():
        for rad in _ovenfra(_uten_gjentakelser(rader, "kode", rapport), rapport):
            _ta_inn(_enhet, rad, rad["kode"], rapport, av)
        transaction.set_rollback(proeve)
    rapport.feil.sort(key=lambda feil: feil.linje)
    return rapport


@kommando
def importer_brukere_csv(fil: bytes | str, *, proeve: bool = False, av: Bruker) -> Importrapport:
    """Take in people from brukernavn;navn;initialer;enhet;epost;roller: new ones are made, known ones updated.

    roller holds role codes with commas between, as «SB, LED». Roles are given and never taken away; the new
    have no password until the administrator sets one. A line with an error is reported, and nothing of it is
    stored. proeve: report, store nothing. For ADM. Refused as a whole when the file cannot be read.
    """
    krev(av, Handling.ADMINISTRERE)
    rader = les_csv(fil, paakrevd=BRUKERKOLONNER, valgfri=("epost", "roller"))
    rapport = Importrapport(proeve=proeve)
    with transaction.atomic():
        for rad in _uten_gjentakelser(rader, "brukernavn", rapport):
            _ta_inn(_bruker, rad, rad["brukernavn"], rapport, av)
        transaction.set_rollback(proeve)
    rapport.feil.sort(key=lambda feil: feil.linje)
    return rapport


def _ta_inn(hvordan: Callable[[Rad, Bruker], Utfall], rad: Rad, navn: str, rapport: Importrapport, av: Bruker) -> None:
    try:
        with transaction.atomic():
            utfall = hvordan(rad, av)
    except (UgyldigInndata, Avvist) as feil:
        rapport.avvis(rad.linje, f"{navn or '(tom)'}: {' '.join(feil.setninger)}")
    else:
        getattr(rapport, utfall).append(navn)


def _enhet(rad: Rad, av: Bruker) -> Utfall:
    fagomraade = rad["fagområde"].lower()
    if fagomraade not in JA | NEI:
        raise UgyldigInndata({"fagområde": f"Skriv ja eller nei i kolonnen fagområde, ikke «{rad['fagområde']}»."})
    overordnet = finn_enhet(rad["overordnet"]) if rad["overordnet"] else None
    if rad["overordnet"] and overordnet is None:
        raise UgyldigInndata({"overordnet": f"Overordnet {rad['overordnet']} kom ikke inn. Rett den linja først."})
    enhet = finn_enhet(rad["kode"])
    if enhet is None:
        opprett_enhet(kode=rad["kode"], navn=rad["navn"], overordnet=overordnet, fagomraade=fagomraade in JA, av=av)
        return "opprettet"
    foer = _avtrykk(enhet, *ENHETSFELT)
    enhet = endre_enhet(
        enhet,
        navn=rad["navn"],
        overordnet=overordnet or UENDRET,
        fagomraade=fagomraade in JA if fagomraade else None,
        av=av,
    )
    return "uendret" if _avtrykk(enhet, *ENHETSFELT) == foer else "oppdatert"


def _bruker(rad: Rad, av: Bruker) -> Utfall:
    enhet = finn_enhet(rad["enhet"])
    if enhet is None:
        raise UgyldigInndata(
            {"enhet": f"Enheten {rad['enhet'] or '(tom)'} finnes ikke. Opprett den, eller rett koden."}
        )
    roller = _roller(rad["roller"])
    bruker = finn_bruker(rad["brukernavn"])
    utfall: Utfall = "opprettet"
    if bruker is None:
        bruker = opprett_bruker(
            brukernavn=rad["brukernavn"],
            navn=rad["navn"],
            initialer=rad["initialer"],
            enhet=enhet,
            epost=rad["epost"],
            av=av,
        )
    else:
        foer = _avtrykk(bruker, *BRUKERFELT)
        bruker = endre_bruker(
            bruker,
            navn=rad["navn"],
            initialer=rad["initialer"],
            enhet=enhet,
            epost=rad["epost"] or None,
            av=av,
        )
        utfall = "uendret" if _avtrykk(bruker, *BRUKERFELT) == foer else "oppdatert"
    for rolle in roller:
        i_enhet = enhet if rolle in KREVER_ENHET else None
        har = Rolletildeling.objects.filter(gjelder(klokke.idag()), bruker=bruker, rolle=rolle, enhet=i_enhet)
        if not har.exists():
            tildel_rolle(bruker, rolle, enhet=i_enhet, av=av)
            utfall = "oppdatert" if utfall == "uendret" else utfall
    return utfall


def _roller(tekst: str) -> list[Rolle]:
    koder = [kode.upper() for kode in re.split(r"[,\s/+]+", tekst) if kode]
    kjente = {str(rolle) for rolle in Rolle if rolle != Rolle.SF}
    if ukjente := [kode for kode in koder if kode not in kjente]:
        raise UgyldigInndata({"roller": f"Ukjent rolle {', '.join(ukjente)}. Rollene er {', '.join(sorted(kjente))}."})
    return [Rolle(kode) for kode in dict.fromkeys(koder)]


def _avtrykk(rad: Enhet | Bruker, *felter: str) -> list[object]:
    return [getattr(rad, felt) for felt in felter]


def _uten_gjentakelser(rader: list[Rad], kolonne: str, rapport: Importrapport) -> list[Rad]:
    foerste: dict[str, int] = {}
    enkle = []
    for rad in rader:
        noekkel = rad[kolonne].casefold()
        if noekkel and noekkel in foerste:
            rapport.avvis(rad.linje, f"{rad[kolonne]} står også på linje {foerste[noekkel]}. Behold den ene.")
        else:
            foerste[noekkel] = rad.linje
            enkle.append(rad)
    return enkle


def _ovenfra(rader: list[Rad], rapport: Importrapport) -> list[Rad]:
    """Return the lines with every unit after the one above it; those that hang on nothing are reported."""
    kjente = {kode.casefold() for kode in Enhet.objects.order_by("pk").values_list("kode", flat=True)}
    i_fila = {rad["kode"].casefold() for rad in rader}
    ferdige: list[Rad] = []
    plassert, igjen = kjente - i_fila | {""}, rader
    while klare := [rad for rad in igjen if rad["overordnet"].casefold() in plassert]:
        ferdige += klare
        plassert = plassert | {rad["kode"].casefold() for rad in klare}
        tatt = {rad.linje for rad in klare}
        igjen = [rad for rad in igjen if rad.linje not in tatt]
    for rad in igjen:
        over = rad["overordnet"]
        if over.casefold() in i_fila:
            tekst = f"{rad['kode']} og {over} ligger under hverandre. Rett kolonnen overordnet."
        else:
            tekst = f"Overordnet {over} finnes verken i fila eller fra før. Rett koden, eller la feltet stå tomt."
        rapport.avvis(rad.linje, tekst)
    return ferdige
