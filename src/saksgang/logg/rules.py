"""The arithmetic of the seals: the canonical form of an event, its digest, and the digest of a seal."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping

VERSJON = 1
FOERSTE = "0" * 64

# The fields a digest covers, by version. A field that comes later belongs to a new version: what is sealed stays as is.
FELTER: dict[int, tuple[str, ...]] = {
    1: (
        "nummer",
        "akt",
        "tidspunkt",
        "aktoer_id",
        "paa_vegne_av_id",
        "handling",
        "objekt_type",
        "objekt_id",
        "sak_id",
        "journalpost_id",
        "lesing",
        "endringer",
        "detaljer",
        "xid",
    )
}


def kanonisk(hendelse: Mapping[str, object], versjon: int = VERSJON) -> bytes:
    """Return the bytes of an event that never depend on the machine, the time zone or the order of keys."""
    return json.dumps(
        {felt: hendelse[felt] for felt in FELTER[versjon]},
        default=_tekst,
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    ).encode("utf-8", "surrogatepass")


def hendelse_hash(hendelse: Mapping[str, object], versjon: int = VERSJON) -> str:
    """Return the digest of one event."""
    return hashlib.sha256(kanonisk(hendelse, versjon)).hexdigest()


def segl_hash(forrige: str, tidspunkt: dt.datetime, hendelser: Iterable[str], versjon: int = VERSJON) -> str:
    """Return the digest of a seal: over the seal before, the moment, and the digests of its events in order."""
    linjer = [f"segl {versjon}", forrige, _tekst(tidspunkt), *hendelser]
    return hashlib.sha256("\n".join(linjer).encode()).hexdigest()


def _tekst(verdi: object) -> str:
    if isinstance(verdi, dt.datetime):
        return verdi.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(verdi, uuid.UUID):
        return str(verdi)
    raise TypeError(f"no canonical form for {type(verdi).__name__}")
