"""When a decided grading ends: the day or the event that is set with it."""

from __future__ import annotations

import datetime as dt

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import UgyldigInndata
from saksgang.offentlighet.models import Graderingsopphoer
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.models import Journalpost

LENGSTE_HENDELSE = 200
LENGSTE_AAR = 150


def valider_opphoer(skjerming: Skjerming) -> None:
    """Refuse an end that is not ahead, or is beyond every rule, and an event that is too long to read."""
    felter: dict[str, str] = {}
    idag = klokke.idag()
    if skjerming.kode is None or skjerming.kode.er_xx:
        return
    if skjerming.opphoerer is not None and skjerming.opphoerer <= idag:
        felter["opphoerer"] = "Datoen er ikke fram i tid. Skriv når graderingen opphører, eller la feltet stå tomt."
    elif skjerming.opphoerer is not None and skjerming.opphoerer > idag + dt.timedelta(days=366 * LENGSTE_AAR):
        felter["opphoerer"] = f"Datoen er mer enn {LENGSTE_AAR} år fram i tid. Kontroller årstallet."
    if len((skjerming.opphoer_hendelse or "").strip()) > LENGSTE_HENDELSE:
        felter["opphoer_hendelse"] = f"Skriv hendelsen med høyst {LENGSTE_HENDELSE} tegn."
    if felter:
        raise UgyldigInndata(felter)


def ender_foer(journalpost: Journalpost, skjerming: Skjerming) -> bool:
    """Whether a grading would end before the one that stands: on an earlier day, or with an event that is another."""
    rad = Graderingsopphoer.objects.filter(journalpost=journalpost).first()
    dato, hendelse = (rad.dato, rad.hendelse) if rad is not None else (None, "")
    ny_hendelse = (skjerming.opphoer_hendelse or "").strip()
    tidligere = skjerming.opphoerer is not None and (dato is None or skjerming.opphoerer < dato)
    return tidligere or ny_hendelse not in ("", hendelse)


def sett_opphoer(journalpost: Journalpost, skjerming: Skjerming) -> None:
    """Set when the grading ends that is decided now; part of the act that decides, which asks and logs."""
    gjelder = skjerming.kode is not None and not skjerming.kode.er_xx
    dato = skjerming.opphoerer if gjelder else None
    hendelse = (skjerming.opphoer_hendelse or "").strip() if gjelder else ""
    rad = Graderingsopphoer.objects.filter(journalpost=journalpost).first()
    if rad is None:
        if dato is not None or hendelse:
            Graderingsopphoer.objects.create(journalpost=journalpost, dato=dato, hendelse=hendelse)
        return
    spurt = skjerming.opphoer_hendelse is not None or skjerming.opphoerer is not None
    if gjelder and not spurt and (rad.ender is None or rad.ender > klokke.idag()):
        return
    rad.dato, rad.hendelse, rad.inntruffet, rad.varslet, rad.foreslaatt = dato, hendelse, None, None, None
    rad.hviler = False
    rad.save(update_fields=["dato", "hendelse", "inntruffet", "varslet", "foreslaatt", "hviler"])
