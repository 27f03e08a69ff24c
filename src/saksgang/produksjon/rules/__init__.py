"""Tables of production: where a job stands, how a text is written, what a template is for, how a format becomes PDF."""

from .flettefelter import FLETTEFELTER, Felt, eksempelfakta, flat, skjema
from .formater import Vei, trenger_arkivkopi, trenger_forhaandsvisning, vei_til_pdf
from .forsoek import VENT_PAA_PROGRAM, neste_forsoek
from .standardmaler import BEHANDLINGSFORMER, MALTYPER, STANDARDMALER, Standardmal
from .tilstander import Ekspederingstilstand, Jobbtilstand, Maltilstand, Skannetilstand, Skriveform, Spraak

__all__ = [
    "BEHANDLINGSFORMER",
    "MALTYPER",
    "FLETTEFELTER",
    "STANDARDMALER",
    "VENT_PAA_PROGRAM",
    "Ekspederingstilstand",
    "Felt",
    "Jobbtilstand",
    "Maltilstand",
    "Skannetilstand",
    "Skriveform",
    "Spraak",
    "Standardmal",
    "Vei",
    "eksempelfakta",
    "flat",
    "neste_forsoek",
    "skjema",
    "trenger_arkivkopi",
    "trenger_forhaandsvisning",
    "vei_til_pdf",
]
