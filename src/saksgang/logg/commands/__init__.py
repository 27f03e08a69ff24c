"""Writing the log, and sealing it."""

from .hendelse import Akt, kommando, logg, paa_vegne_av
from .segl import forsegl_logg

__all__ = ["Akt", "forsegl_logg", "kommando", "logg", "paa_vegne_av"]
