"""Bringing in classes from a CSV file, such as the K-koder that a municipality has bought."""

from __future__ import annotations

from django.db import transaction

from saksgang.arkivstruktur.models import Klasse, Klassifikasjonssystem
from saksgang.arkivstruktur.rules import HIERARKISKE, overordnet_etter_id
from saksgang.kjerne.csvfil import Importrapport, Rad, les_csv
from saksgang.kjerne.errors import UgyldigInndata
from saksgang.logg.commands import kommando
from saksgang.organisasjon.models import Bruker
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling

from .klasse import endre_klasse, flytt_klasse, ny_klasse

KOLONNER, VALGFRIE = ("kode", "tittel"), ("overordnet",)


@kommando
def importer_klasser_csv(
    system: Klassifikasjonssystem, fil: bytes | str, *, proeve: bool = False, av: Bruker
) -> Importrapport:
    """Take in classes from kode;tittel;overordnet: new ones are made, known ones get the file's title. For ADM and ARK.

    A line with an error is reported with its number and nothing of it is stored; the others are, in one
    transaction. Where overordnet is empty, a hierarchical system puts U62 under U6. proeve: report, store nothing.
    Refused as a whole when the file cannot be read.
    """
    krev(av, Handling.ADMINISTRERE_ARKIVSTRUKTUR)
    rader = les_csv(fil, paakrevd=KOLONNER, valgfri=VALGFRIE)
    system = Klassifikasjonssystem.objects.select_for_update().get(pk=system.pk)
    rapport = Importrapport(proeve=proeve)
    kjente = dict(Klasse.objects.filter(klassifikasjonssystem=system).order_by("pk").values_list("klasse_id", "pk"))
    with transaction.atomic():
        for rad in _i_rekkefoelge(_gyldige(rader, rapport), system, kjente, rapport):
            _ta_inn(rad, system, kjente, rapport, av)
        transaction.set_rollback(proeve)
    rapport.feil.sort(key=lambda feil: feil.linje)
    return rapport


def _gyldige(rader: list[Rad], rapport: Importrapport) -> list[Rad]:
    foerste: dict[str, int] = {}
    gyldige = []
    for rad in rader:
        if not rad["kode"]:
            rapport.avvis(rad.linje, "Kode mangler. Skriv ordningsverdien i første kolonne.")
        elif not rad["tittel"]:
            rapport.avvis(rad.linje, f"Tittel mangler for {rad['kode']}. Skriv hva klassen handler om.")
        elif (kode := rad["kode"].casefold()) in foerste:
            rapport.avvis(rad.linje, f"Koden {rad['kode']} står også på linje {foerste[kode]}. Behold den ene.")
        else:
            foerste[kode] = rad.linje
            gyldige.append(rad)
    return gyldige


def _i_rekkefoelge(
    rader: list[Rad], system: Klassifikasjonssystem, kjente: dict[str, int], rapport: Importrapport
) -> list[Rad]:
    """Return the lines with every class after the one above it; those whose parent is nowhere are reported."""
    koder = {rad["kode"] for rad in rader} | kjente.keys()
    hierarkisk = system.klassifikasjonstype in HIERARKISKE
    igjen = []
    for rad in rader:
        overordnet = rad["overordnet"] or (overordnet_etter_id(rad["kode"], koder) if hierarkisk else "") or ""
        eksplisitt = "ja" if rad["overordnet"] else ""
        igjen.append(Rad(rad.linje, rad.verdier | {"overordnet": overordnet, "eksplisitt": eksplisitt}))
    ferdige, plassert = [], set(kjente)
    while klare := [rad for rad in igjen if not rad["overordnet"] or rad["overordnet"] in plassert]:
        ferdige += klare
        plassert |= {rad["kode"] for rad in klare}
        tatt = {rad.linje for rad in klare}
        igjen = [rad for rad in igjen if rad.linje not in tatt]
    for rad in igjen:
        if rad["overordnet"] in koder:
            tekst = f"{rad['kode']} og {rad['overordnet']} ligger under hverandre. Rett kolonnen overordnet."
        else:
            tekst = (
                f"Overordnet {rad['overordnet']} finnes verken i fila eller i {system}. "
                "Rett koden, eller la feltet stå tomt."
            )
        rapport.avvis(rad.linje, tekst)
    return ferdige


def _ta_inn(
    rad: Rad, system: Klassifikasjonssystem, kjente: dict[str, int], rapport: Importrapport, av: Bruker
) -> None:
    kode = rad["kode"]
    if rad["overordnet"] and rad["overordnet"] not in kjente:
        rapport.avvis(rad.linje, f"{kode} skal ligge under {rad['overordnet']}, som ikke kom inn. Rett den først.")
        return
    overordnet = Klasse.objects.get(pk=kjente[rad["overordnet"]]) if rad["overordnet"] else None
    try:
        with transaction.atomic():
            if kode not in kjente:
                kjente[kode] = ny_klasse(system, klasse_id=kode, tittel=rad["tittel"], overordnet=overordnet, av=av).pk
                rapport.opprettet.append(kode)
                return
            kjent = Klasse.objects.get(pk=kjente[kode])
            flyttes = overordnet is not None and overordnet.pk != kjent.overordnet_id
            if overordnet is not None and flyttes and (rad["eksplisitt"] or kjent.overordnet_id is None):
                flytt_klasse(kjent, overordnet, av=av)
                rapport.oppdatert.append(kode)
            elif kjent.tittel != rad["tittel"]:
                rapport.oppdatert.append(kode)
            else:
                rapport.uendret.append(kode)
            endre_klasse(kjent, tittel=rad["tittel"], av=av)
    except UgyldigInndata as feil:
        rapport.avvis(rad.linje, f"{kode}: {' '.join(feil.setninger)}")
