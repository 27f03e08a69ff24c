"""Proposing, deciding and blocking."""

from .skjerming import avgjoer_skjerming, foreslaa_skjerming, registrer_i_arkivet, sett_skjerming, sperr_midlertidig

__all__ = ["avgjoer_skjerming", "foreslaa_skjerming", "registrer_i_arkivet", "sett_skjerming", "sperr_midlertidig"]
