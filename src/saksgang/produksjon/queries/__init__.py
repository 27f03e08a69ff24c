"""Lists and look-ups of production."""

from .arkivkopi import (
    Arkivtilstand,
    Forhaandsvisning,
    Stilling,
    arkivkopier_som_feilet,
    arkivkopier_som_mangler,
    arkivtilstand,
    arkivtilstander,
    arkivvariant,
    forhaandsvisning,
    uten_bestilling,
)

__all__ = [
    "Arkivtilstand",
    "Forhaandsvisning",
    "Stilling",
    "arkivkopier_som_feilet",
    "arkivkopier_som_mangler",
    "arkivtilstand",
    "arkivtilstander",
    "arkivvariant",
    "forhaandsvisning",
    "uten_bestilling",
]
