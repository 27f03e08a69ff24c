"""What would happen if these were journalised: asked, not done (krav R-8.8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import InternMottaker, Journalpost
from saksgang.sakarkiv.rules import Journalstatus
from saksgang.tilgang.queries import hindringer


@dataclass(frozen=True)
class Proevekjoering:
    """Those that can be journalised, those that stop with every reason, and what the first lead to."""

    kan: list[Journalpost] = field(default_factory=list)
    stopper: list[tuple[Journalpost, list[str]]] = field(default_factory=list)
    nye_numre: int = 0
    faar_i_innboks: int = 0
    til_fordeling: int = 0


def proevekjoer_journalfoering(leser: Bruker, journalposter: Iterable[Journalpost]) -> Proevekjoering:
    """Return what journalfoer_flere would do with these now."""
    kan, stopper = [], []
    for journalpost in journalposter:
        if grunner := hindre_for_journalfoering(leser, journalpost):
            stopper.append((journalpost, grunner))
        else:
            kan.append(journalpost)
    nye = InternMottaker.objects.filter(journalpost__in=kan, gyldig=True, levert=False)
    return Proevekjoering(
        kan,
        stopper,
        nye_numre=sum(jp.journalsekvens is None for jp in kan),
        faar_i_innboks=nye.filter(bruker__isnull=False).order_by().values("bruker").distinct().count(),
        til_fordeling=nye.filter(bruker__isnull=True).count(),
    )


def hindre_for_journalfoering(leser: Bruker, journalpost: Journalpost) -> list[str]:
    """Return every reason why the journalpost cannot become J now."""
    if journalpost.sak.er_avsluttet:
        return [f"Sak {journalpost.sak.saksnummer} er avsluttet. Gjenåpne den først."]
    if (journalpost.status, Journalstatus.JOURNALFOERT) not in journalpost.overganger:
        return [f"Har status {journalpost.status} {journalpost.get_status_display()}."]
    return hindringer(journalpost, Journalstatus.JOURNALFOERT, leser)
