"""What an adressesperre hides."""

from __future__ import annotations

ADRESSEFELTER = frozenset({"adresse", "postnummer", "poststed", "epost", "telefon"})
