"""Text made ready for searching, sorting and naming files."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a base letter and a mark.
ENKELTBOKSTAVER = str.maketrans({"đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "ł": "l", "þ": "th", "œ": "oe", "ı": "i"})
NORSKE_TVILLINGER = str.maketrans({"ä": "æ", "ö": "ø"})
TIL_FOLDING = re.compile(r"[^\x00-\x7fæøå]")
MELLOMROM = re.compile(r"\s+")

UGYLDIG_I_FILNAVN = re.compile(r'[<>:"/\\|?*]')
RESERVERT_PAA_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
LENGSTE_FILNAVN = 150
LENGSTE_ENDELSE = 12
UTEN_NAVN = "dokument"


@lru_cache(maxsize=4096)
def _uten_aksent(tegn: str) -> str:
    delt = unicodedata.normalize("NFKD", tegn)
    return "".join(bit for bit in delt if not unicodedata.combining(bit)).translate(ENKELTBOKSTAVER)


def fold(tekst: str) -> str:
    """Return the text in lower case without accents; æ, ø and å are letters and stay (ä = æ, ö = ø)."""
    sammensatt = unicodedata.normalize("NFKC", tekst).casefold().translate(NORSKE_TVILLINGER)
    return TIL_FOLDING.sub(lambda treff: _uten_aksent(treff.group()), sammensatt)


def _synlig(tekst: str) -> str:
    """Turn white space to spaces, and drop control characters and what takes no room (soft hyphen, direction marks)."""
    return "".join(
        " " if tegn.isspace() else tegn for tegn in tekst if tegn.isspace() or unicodedata.category(tegn)[0] != "C"
    )


def normaliser_for_soek(tekst: str) -> str:
    """Return the form in which text is both indexed and searched for."""
    return MELLOMROM.sub(" ", fold(_synlig(tekst))).strip()


def rens_filnavn(navn: str) -> str:
    """Return a file name that is safe on every system: the last part of a path, readable, with its extension kept."""
    siste = re.split(r"[/\\]", navn)[-1]
    rent = MELLOMROM.sub(" ", UGYLDIG_I_FILNAVN.sub("_", _synlig(unicodedata.normalize("NFC", siste)))).strip(". ")
    if RESERVERT_PAA_WINDOWS.match(rent):
        rent = f"_{rent}"
    stamme, punktum, endelse = rent.rpartition(".")
    if not punktum or not 1 <= len(endelse) <= LENGSTE_ENDELSE:
        return rent[:LENGSTE_FILNAVN].rstrip(". ") or UTEN_NAVN
    return f"{stamme[: LENGSTE_FILNAVN - len(endelse) - 1].rstrip('. ') or UTEN_NAVN}.{endelse}"
