"""Codes, grants and access combinations."""

from .koder import Avskjermingskode, Hjemmel, Lovkilde, Tilgangskode
from .tildelinger import Autorisasjon, Gruppemedlem, Rolletildeling, Stedfortreder, Tilgangsgruppe
from .tilgang import Skjermbar, Tilgang, Utgave

__all__ = [
    "Autorisasjon",
    "Avskjermingskode",
    "Gruppemedlem",
    "Hjemmel",
    "Lovkilde",
    "Rolletildeling",
    "Skjermbar",
    "Stedfortreder",
    "Tilgang",
    "Tilgangsgruppe",
    "Tilgangskode",
    "Utgave",
]
