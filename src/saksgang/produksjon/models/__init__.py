"""What production keeps beside the journal's own objects."""

from .arkivkopi import Arkivkopi, Konvertering
from .ekspedering import Ekspedering, Mottakerbrev, Utsending
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
    "Mottakerbrev",
    "Skanneordre",
    "Tekst",
    "Tekstmal",
    "Tekstmalversjon",
    "Utsending",
]
