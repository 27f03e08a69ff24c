"""Tables of production: where a job stands, how a text is written, what a template is for."""

from .flettefelter import FLETTEFELTER, Felt, eksempelfakta, flat, skjema
from .standardmaler import STANDARDMALER, Standardmal
from .tilstander import Ekspederingstilstand, Jobbtilstand, Maltilstand, Skannetilstand, Skriveform, Spraak

__all__ = [
    "FLETTEFELTER",
    "STANDARDMALER",
    "Ekspederingstilstand",
    "Felt",
    "Jobbtilstand",
    "Maltilstand",
    "Skannetilstand",
    "Skriveform",
    "Spraak",
    "Standardmal",
    "eksempelfakta",
    "flat",
    "skjema",
]
