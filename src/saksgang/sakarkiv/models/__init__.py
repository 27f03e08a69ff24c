"""The journal's objects, with Noark 5's fields."""

from .avskrivning import Avskrivning
from .dokument import Dokument, Dokumentversjon
from .fordelingsregel import Fordelingsregel
from .journalpost import InternMottaker, Journalpost, Kopi, Korrespondansepart
from .kodeverk import Kodeverdi, Sakstype
from .kontakt import Kontakt
from .merknad import Merknad, MerknadLest
from .sak import Klassering, ObsDato, Rettighetsoenske, Sak, Sakrettighet, Sakspart
from .skriveregel import Skriveregel
from .svarlenke import Svarlenke

__all__ = [
    "Avskrivning",
    "Dokument",
    "Dokumentversjon",
    "Fordelingsregel",
    "InternMottaker",
    "Journalpost",
    "Klassering",
    "Kodeverdi",
    "Kontakt",
    "Kopi",
    "Korrespondansepart",
    "Merknad",
    "MerknadLest",
    "ObsDato",
    "Rettighetsoenske",
    "Sak",
    "Sakrettighet",
    "Sakspart",
    "Sakstype",
    "Skriveregel",
    "Svarlenke",
]
