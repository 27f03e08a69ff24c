"""What production keeps beside the journal's own objects."""

from .arkivkopi import Arkivkopi, Konvertering
from .ekspedering import Ekspedering, Utsending
from .laas import Davnoekkel, Dokumentlaas
from .mal import Tekstmal, Tekstmalversjon
from .skanning import Skanneordre
from .tekst import Tekst

__all__ = [
    "Arkivkopi",
    "Davnoekkel",
    "Dokumentlaas",
    "Ekspedering",
    "Konvertering",
    "Skanneordre",
    "Tekst",
    "Tekstmal",
    "Tekstmalversjon",
    "Utsending",
]
