"""The question every command asks first."""

from __future__ import annotations

from typing import Any

from saksgang.kjerne.errors import IkkeFunnet, IkkeTilgang
from saksgang.logg.commands import paa_vegne_av
from saksgang.organisasjon.models import Bruker
from saksgang.tilgang.queries.rett import Grunnlag, grunnlag, ser
from saksgang.tilgang.rules import Handling


def krev(av: Bruker, handling: Handling, objekt: Any = None) -> Grunnlag:
    """Return why av may do this, or refuse: IkkeFunnet where objekt is unseen, IkkeTilgang where it is seen.

    A deputy's act is logged on the leader's behalf (krav R-3.1.7).
    """
    if not ser(av, objekt):
        raise IkkeFunnet
    grunn = grunnlag(av, handling, objekt)
    if grunn is None:
        raise IkkeTilgang(f"Du har ikke rett til dette: {handling.label.lower()}. Kontakt saksansvarlig eller leder.")
    paa_vegne_av(grunn.paa_vegne_av_id)
    return grunn
