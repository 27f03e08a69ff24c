"""«Hvem kan se dette?»: the persons who see a case or a journalpost, each with the rules that let them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from saksgang.kjerne import klokke
from saksgang.sakarkiv.models import Journalpost, Sak, Sakrettighet
from saksgang.sakarkiv.rules import INTERNE, Rettighetsnivaa
from saksgang.tilgang.queries import Leser, Lesere, lesere, registrer_personkilde
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
