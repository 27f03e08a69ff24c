"""Keeping the archive structure, taking numbers, bringing in classes."""

from .arkiv import endre_arkivdel, opprett_arkiv, opprett_arkivdel
from .importer import importer_klasser_csv
from .klasse import (
    endre_klasse,
    finn_eller_opprett_eiendom,
    flytt_klasse,
    legg_ned_klasse,
    opprett_klasse,
    opprett_system,
)
from .nummer import neste_nummer, start_nummerserie

__all__ = [
    "endre_arkivdel",
    "endre_klasse",
    "finn_eller_opprett_eiendom",
    "flytt_klasse",
    "importer_klasser_csv",
    "legg_ned_klasse",
    "neste_nummer",
    "opprett_arkiv",
    "opprett_arkivdel",
    "opprett_klasse",
    "opprett_system",
    "start_nummerserie",
]
