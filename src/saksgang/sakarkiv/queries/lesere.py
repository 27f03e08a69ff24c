"""«Hvem kan se dette?»: the persons who see a case or a journalpost, each with the rules that let them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from saksgang.kjerne import klokke
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Journalpost, Sak, Sakrettighet
from saksgang.sakarkiv.rules import INTERNE, Journalstatus, Rettighetsnivaa
from saksgang.tilgang.queries import Leser, Lesere, lesere, registrer_personkilde, rettigheter
from saksgang.tilgang.queries.lesere import NEVNT
from saksgang.tilgang.queries.rettigheter import gjelder
from saksgang.tilgang.rules import Noekkelslag


def _med_rett_i_saken(sak_id: int, dato: dt.date) -> Iterable[int]:
    rader = Sakrettighet.objects.filter(
        gjelder(dato), sak_id=sak_id, nivaa=Rettighetsnivaa.LESE, trukket_tid__isnull=True
    )
    return rader.order_by("pk").values_list("bruker_id", flat=True)


registrer_personkilde(Noekkelslag.SAK, "Har fått lese graderte dokumenter i saken", _med_rett_i_saken)


def hvem_kan_se(objekt: Sak | Journalpost, noekler: list[int] | None = None) -> Lesere:
    """Return who sees the object today, by the keys that it carries; noekler: those it would carry instead."""
    funnet = lesere(objekt.noekler if noekler is None else noekler, klokke.idag())
    if funnet.alle_ansatte:
        return funnet
    roller = _roller(objekt)
    return replace(
        funnet, personer=tuple(_med_rolle(leser, roller.get(leser.bruker.pk, [])) for leser in funnet.personer)
    )


def kan_se(objekt: Sak | Journalpost, bruker: Bruker, lesere: Lesere) -> Leser | None:
    """Return the person with every rule that lets it see the object, or None; lesere: who sees it today."""
    if lesere.alle_ansatte:
        return Leser(bruker, ("Ansatt, og ingen tilgangskode er satt",)) if rettigheter(bruker).ansatt else None
    return next((leser for leser in lesere.personer if leser.bruker == bruker), None)


def hvorfor_ikke(objekt: Sak | Journalpost, bruker: Bruker) -> str:
    """Return in words why the person does not see an object that is not among its own, and what would open it."""
    if not bruker.er_aktiv(klokke.idag()):
        return "Brukeren er ikke aktiv."
    if not rettigheter(bruker).ansatt:
        return "Brukeren har ingen rolle som ansatt."
    sperret = isinstance(objekt, Journalpost) and (
        objekt.avventer_gradering or objekt.status == Journalstatus.RESERVERT
    )
    if objekt.tilgangskode is None or sperret:
        return (
            "Det er under arbeid eller venter på gradering, og er åpent bare for dem som står på det, leder og arkiv."
        )
    krav = f"autorisert for kode {objekt.tilgangskode.kode} i {objekt.enhet}"
    if objekt.tilgangsgruppe is not None:
        krav += f" og medlem av {objekt.tilgangsgruppe}"
    return f"Brukeren er ikke {krav}, leder ikke enheten, står ikke på det og har ikke fått rettigheter i saken."


def _med_rolle(leser: Leser, roller: list[str]) -> Leser:
    if NEVNT not in leser.regler or not roller:
        return leser
    andre = [regel for regel in leser.regler if regel != NEVNT]
    return replace(leser, regler=(*roller, *andre))


def _roller(objekt: Sak | Journalpost) -> dict[int, list[str]]:
    """Return what the persons named on the object are to it."""
    roller: dict[int, list[str]] = {}
    if isinstance(objekt, Sak):
        rader: list[tuple[int | None, str]] = [(objekt.saksansvarlig_id, "Saksansvarlig")]
        rader += [
            (pk, "Saksbehandler i saken")
            for pk in objekt.journalposter.order_by("saksbehandler")
            .values_list("saksbehandler_id", flat=True)
            .distinct()
        ]
    else:
        rader = [
            (objekt.saksbehandler_id, "Saksbehandler"),
            (objekt.sak.saksansvarlig_id, "Saksansvarlig"),
            (objekt.opprettet_av_id, "Registrerte den"),
            *((pk, "Har hatt den til godkjenning") for pk in objekt.forelagt_ider),
        ]
        if objekt.journalposttype in INTERNE:
            mottakere = objekt.interne_mottakere.filter(gyldig=True).order_by("pk").values_list("bruker_id", flat=True)
            rader += [(pk, "Mottaker") for pk in mottakere]
    for bruker_id, rolle in rader:
        if bruker_id is not None and rolle not in roller.setdefault(bruker_id, []):
            roller[bruker_id].append(rolle)
    return roller
