"""What production keeps beside the journal's own objects."""

from .arkivkopi import Arkivkopi
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
    "Skanneordre",
    "Tekst",
    "Tekstmal",
    "Tekstmalversjon",
    "Utsending",
]
