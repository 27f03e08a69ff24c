"""Documents that are held back from the net for what was found in them, and saying that it is no hindrance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse

from saksgang.kjerne.errors import IkkeFunnet
from saksgang.offentlighet.commands import godta_funn
from saksgang.offentlighet.filkontroll.regler import REGLER
from saksgang.offentlighet.queries import Publisering, Treff, kan_godta
from saksgang.sakarkiv.queries import saker
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling
from saksgang.web.adgang import ansatt

from .felles import data, utfoer
from .skjemaer import KORT_TEKST

if TYPE_CHECKING:
    from saksgang.organisasjon.models import Bruker
    from saksgang.sakarkiv.models import Dokument, Journalpost


@dataclass(frozen=True)
class Stoppet:
    """A document that is held back, with what was found and whether the reader may let it pass."""

    dokument: Dokument
    treff: list[tuple[Treff, bool]]


def stoppede(leser: Bruker, jp: Journalpost, rader: list[tuple[Dokument, Publisering]]) -> list[Stoppet]:
    """Return what is held back, for one reader."""
    return [
        Stoppet(dokument, [(t, kan_godta(leser, t, jp)) for t in stand.stopper])
        for dokument, stand in rader
        if stand.stoppet
    ]


SETT_GJENNOM = "Sett gjennom. Ingenting der som ikke kan ligge på nettet."


class Godta(forms.Form):
    begrunnelse = forms.CharField(label="Hvorfor kan det stå på nettet?", max_length=1000, widget=KORT_TEKST)


@ansatt
def godta(request: HttpRequest, dokument_id: int, regel: str) -> HttpResponse:
    """Say with a reason that a finding is no hindrance, for those whom the rule names."""
    dokument: Any = saker.hent_dokument(request.user, dokument_id)
    jp = dokument.journalpost
    if regel not in REGLER:
        raise IkkeFunnet
    krev(request.user, REGLER[regel].godtas or Handling.GODTA_FUNN, jp)
    return utfoer(
        request,
        jp,
        Godta(data(request), initial={"begrunnelse": SETT_GJENNOM if regel == "bilde" else ""}),
        lambda begrunnelse: godta_funn(dokument, regel, begrunnelse, av=request.user),
        tittel=f"Godta {REGLER[regel].navn}",
        knapp="Godta",
        melding="Funnet er godtatt. Er det ikke mer som hindrer det, legges dokumentet ut.",
        innledning=f"«{dokument.tittel}» i {jp} kan da legges ut slik det er. Begrunnelsen står i historikken.",
    )
