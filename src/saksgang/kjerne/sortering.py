"""The Norwegian order of names, as a stored key: the database sorts by bytes and needs no collation for it."""

from __future__ import annotations

import re

from .tekst import normaliser_for_soek

# The three characters that follow z in ASCII, in the alphabet's order.
ETTER_Z = str.maketrans({"æ": "{", "ø": "|", "å": "}"})
SKILLETEGN = re.compile(r"[^\w]+|_+")


def norsk_sorteringsnoekkel(tekst: str) -> str:
    """Return the key that puts texts in Norwegian order when compared byte by byte: … z æ ø å, and aa as å.

    Case, accents and punctuation make no difference; lists that sort by the key end with the primary key.
    """
    ord_ = SKILLETEGN.sub(" ", normaliser_for_soek(tekst)).strip()
    return ord_.replace("aa", "å").translate(ETTER_Z)
