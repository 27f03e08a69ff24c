"""How the two processes talk: a header in JSON that says how long each of the contents behind it is.

JSON and not pickle, since the child has read what others wrote.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import Any, BinaryIO


def pakk(hode: dict[str, Any], innhold: Sequence[bytes] = ()) -> bytes:
    """Return header and contents as one message."""
    tekst = json.dumps({**hode, "lengder": [len(bit) for bit in innhold]}).encode()
    return b"".join([struct.pack(">Q", len(tekst)), tekst, *innhold])


def les(stroem: BinaryIO) -> tuple[dict[str, Any], list[bytes]]:
    """Return the header and the contents of a message; ValueError when it is not whole."""
    hode = json.loads(_noeyaktig(stroem, struct.unpack(">Q", _noeyaktig(stroem, 8))[0]))
    return hode, [_noeyaktig(stroem, lengde) for lengde in hode.pop("lengder")]


def _noeyaktig(stroem: BinaryIO, antall: int) -> bytes:
    bit = stroem.read(antall)
    if len(bit) != antall:
        raise ValueError("Meldingen er ikke hel.")
    return bit
