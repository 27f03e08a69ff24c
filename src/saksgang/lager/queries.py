"""Look-ups in the store. Who may read a file is the business of the document that refers to it, higher up."""

from __future__ import annotations

from typing import BinaryIO

from saksgang.kjerne.errors import IkkeFunnet

from .models import Fil
from .store import lager


def hent(sha256: str) -> Fil:
    """Return the content with this checksum. Refused (IkkeFunnet) when the store has no such content."""
    try:
        return Fil.objects.get(sha256=sha256)
    except Fil.DoesNotExist:
        raise IkkeFunnet("Filen finnes ikke.") from None


def finnes(sha256: str) -> bool:
    """Whether the content is registered and its bytes are there."""
    return Fil.objects.filter(sha256=sha256).exists() and lager().finnes(sha256)


def aapne(fil: Fil) -> BinaryIO:
    """Open a content for reading, from its beginning and with seek."""
    return lager().aapne(fil.sha256)


def innhold(fil: Fil) -> bytes:
    """Return a whole content; for what is known to be small."""
    with aapne(fil) as stroem:
        return stroem.read()


def er_hel(fil: Fil) -> bool:
    """Whether the bytes on disk still agree with the checksum."""
    return lager().finnes(fil.sha256) and lager().er_hel(fil.sha256)
