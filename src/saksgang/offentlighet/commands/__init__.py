"""Proposing, deciding and blocking."""

from .forhaandsvisning import Forhaandsvisning, forhaandsvis
from .skjerming import avgjoer_skjerming, foreslaa_skjerming, registrer_i_arkivet, sett_skjerming, sperr_midlertidig
from .sladding import (
    avvis_sladding,
    endre_sladding,
    fjern_merker,
    godkjenn_sladding,
    merk_moenster,
    merk_omraader,
    merk_ord,
    send_sladding,
    start_sladding,
    trekk_sladding,
)

__all__ = [
    "Forhaandsvisning",
    "avgjoer_skjerming",
    "avvis_sladding",
    "endre_sladding",
    "fjern_merker",
    "foreslaa_skjerming",
    "forhaandsvis",
    "godkjenn_sladding",
    "merk_moenster",
    "merk_omraader",
    "merk_ord",
    "registrer_i_arkivet",
    "send_sladding",
    "sett_skjerming",
    "sperr_midlertidig",
    "start_sladding",
    "trekk_sladding",
]
