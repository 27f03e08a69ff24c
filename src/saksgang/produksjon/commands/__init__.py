"""The acts of production."""

from .ferdigstilling import ferdigstill, gjenaapne
from .godkjenning import besvar_og_ferdigstill
from .maler import legg_inn_standardmaler
from .tekst import flett_paa_nytt, lag_dokument, lag_versjon, rens_brodtekst, skriv_tekst, trenger_versjon

__all__ = [
    "besvar_og_ferdigstill",
    "ferdigstill",
    "flett_paa_nytt",
    "gjenaapne",
    "lag_dokument",
    "lag_versjon",
    "legg_inn_standardmaler",
    "rens_brodtekst",
    "skriv_tekst",
    "trenger_versjon",
]
