"""Looking at what another person may see leaves a row in the log."""

from __future__ import annotations

from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.tilgang.rules import Handling

from .krev import krev
from .loggobjekt import loggobjekt


@kommando
def noter_se_som(person: Bruker, *, av: Bruker) -> None:
    """Log that av looks at what person may see. Refused for others than ADM and ARK."""
    krev(av, Handling.SE_SOM)
    logg(loggobjekt(person), Handling.SE_SOM, av=av, lesing=True, detaljer={"som": person})
