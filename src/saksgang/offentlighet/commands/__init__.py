"""Proposing, deciding and blocking."""

from .forhaandsvisning import Forhaandsvisning, forhaandsvis
from .skjerming import avgjoer_skjerming, foreslaa_skjerming, registrer_i_arkivet, sett_skjerming, sperr_midlertidig

__all__ = [
    "Forhaandsvisning",
    "avgjoer_skjerming",
    "foreslaa_skjerming",
    "forhaandsvis",
    "registrer_i_arkivet",
    "sett_skjerming",
    "sperr_midlertidig",
]
