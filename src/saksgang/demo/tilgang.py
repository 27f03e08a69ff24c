"""Who may see what, to look at: a deputy with a code, a group made on the spot, and a right that soon ends."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from saksgang.kjerne import klokke
from saksgang.offentlighet.commands import snevre_inn
from saksgang.sakarkiv.commands.rettighet import gi_rettighet, minn_om_rettigheter
from saksgang.sakarkiv.models import Journalpost
from saksgang.tilgang.commands import endre_stedfortreder
from saksgang.tilgang.models import Stedfortreder, Tilgangskode

if TYPE_CHECKING:
    from .kurver import Kurvfyller


def legg_inn_tilgang(fyller: Kurvfyller) -> None:
    """Tick a code for a deputy, narrow a coded entry to a group, and let a right in a case end in a week."""
    vikariater = Stedfortreder.objects.filter(vikar__brukernavn="sf.bente", til__gte=klokke.idag())
    vikar = vikariater.order_by("fra", "pk").first()
    if vikar is not None:
        koder = Tilgangskode.objects.filter(kode__in=["U", "XX"])
        endre_stedfortreder(vikar, koder=list(koder), av=fyller.p["led.anne"])
    p, uke = fyller.p, klokke.idag() + dt.timedelta(days=7)
    kodede = Journalpost.objects.filter(
        saksbehandler__isnull=False,
        tilgangskode__kode="U",
        tilgangsgruppe__isnull=True,
        xx_frist__isnull=True,
        forslag_aapent=False,
        status__in="SFJ",
        sak__status__in="RB",
    )
    jp = kodede.select_related("saksbehandler", "sak").order_by("-pk").first()
    if jp is not None and jp.saksbehandler is not None:
        snevre_inn(jp, f"Arbeidsgruppe {jp.sak.saksnummer}", medlemmer=[p["les.gry"]], til=uke, av=jp.saksbehandler)
    gi_rettighet(fyller.saker("sb.kari")[2], p["sb.per"], "lese", til=uke, av=p["sb.kari"])
    minn_om_rettigheter()
