"""Closing the cases that are wished closed; what is not ready goes back to the one who wished it."""

from __future__ import annotations

from dataclasses import dataclass

from saksgang.flyt.models import Flagg
from saksgang.kjerne.errors import Avvist, SaksgangFeil
from saksgang.logg.commands import kommando
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.commands.merknad import trekk_oenske
from saksgang.sakarkiv.commands.sak import avslutt_sak
from saksgang.sakarkiv.models import Sak
from saksgang.sakarkiv.queries.saker import oenske_om_avslutning
from saksgang.sakarkiv.rules import Saksstatus
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import hindringer, rettigheter, synlig
from saksgang.tilgang.rules import Handling

from .flagg import send_flagg


@dataclass(frozen=True)
class Avslutningsresultat:
    """What became of one case: closed, or the reasons and the flag that took it back."""

    sak: Sak
    hindre: tuple[str, ...] = ()
    flagg: Flagg | None = None

    @property
    def lyktes(self) -> bool:
        return not self.hindre


def avslutt_eller_returner(sak: Sak, *, av: Bruker) -> Avslutningsresultat:
    """Close a case with ØA, or withdraw ØA and tell the one who set it what is missing (krav R-10.2.1.3b).

    Refused for others than the archive.
    """
    krev(av, Handling.AVSLUTTE_SAK, sak)
    try:
        return Avslutningsresultat(avslutt_sak(sak, av=av))
    except Avvist as feil:
        return Avslutningsresultat(sak, tuple(feil.setninger), _returner(sak, av=av))


@kommando
def send_sak_tilbake(sak: Sak, *, av: Bruker) -> Flagg:
    """«Send tilbake til SB»: withdraw ØA and tell by flag what the case lacks (krav R-10.2.1.3b). Return the flag.

    Refused for others than the archive, without ØA, when nothing is missing, and where nobody can be told.
    """
    krev(av, Handling.AVSLUTTE_SAK, sak)
    if oenske_om_avslutning(sak) is None:
        raise Avvist("Saken er ikke merket ØA Ønskes avsluttet. Send heller et flagg til saksansvarlig.")
    if not hindringer(sak, Saksstatus.AVSLUTTET, av):
        raise Avvist("Ingenting mangler i saken. Den kan avsluttes.")
    flagg = _returner(sak, av=av)
    if flagg is None:
        raise Avvist("Verken den som ønsket saken avsluttet, eller saksansvarlig kan få flagg. Sett ny saksansvarlig.")
    return flagg


@kommando
def _returner(sak: Sak, *, av: Bruker) -> Flagg | None:
    oenske = oenske_om_avslutning(sak)
    if oenske is None:
        return None
    trekk_oenske(sak, av=av)
    for til in (oenske.av, sak.saksansvarlig):
        if til.pk == av.pk or not rettigheter(til).ansatt or not synlig(sak, rettigheter(til)):
            continue
        # Asked as the receiver: a journalpost that the receiver may not see is counted, not named.
        mangler = hindringer(sak, Saksstatus.AVSLUTTET, til) or ["Saken kan ikke avsluttes fra denne statusen."]
        tekst = f"Sak {sak.saksnummer} kan ikke avsluttes ennå:\n" + "\n".join(f"– {tekst}" for tekst in mangler)
        try:
            return send_flagg(sak, av=av, til=til, tekst=tekst[:4000])
        except SaksgangFeil:
            continue
    return None
