"""Prints: what the product itself writes as PDF. Typst sets it, and the file is PDF/A-2b and PDF/UA-1 at once."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typst

from saksgang.kjerne import klokke

_STYRETEGN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_UVANLIGE = re.compile(r"[^\n\x20-\u024f–—‘’“”…→•€]")
_ERSTATNING = "□"


def trykk(mal: Path, data: Mapping[str, Any]) -> bytes:
    """Return the template set with its data, which it reads as JSON: no text can become markup.

    Where the fonts lack a character of it, those that are not Latin stand as □: a screen shows them, a PDF/A may not.
    """
    tekst = json.dumps(_rens(data), ensure_ascii=False)
    try:
        return _sett(mal, tekst)
    except typst.TypstError as feil:
        if "could not be displayed" not in str(feil):
            raise
        return _sett(mal, _UVANLIGE.sub(_ERSTATNING, tekst))


def _rens(verdi: Any) -> Any:
    """Return the same without control characters, and with each letter in one piece."""
    if isinstance(verdi, str):
        return _STYRETEGN.sub("", unicodedata.normalize("NFC", verdi))
    if isinstance(verdi, Mapping):
        return {navn: _rens(v) for navn, v in verdi.items()}
    return [_rens(v) for v in verdi] if isinstance(verdi, Sequence) else verdi


def _sett(mal: Path, tekst: str) -> bytes:
    return typst.compile(
        str(mal),
        format="pdf",
        sys_inputs={"data": tekst},
        pdf_standards=["a-2b", "ua-1"],
        ignore_system_fonts=True,
        timestamp=int(klokke.naa().timestamp()),
    )
