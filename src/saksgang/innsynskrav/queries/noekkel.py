"""The secret address of a requester: derived, so that no letter needs it stored, and found by its hash."""

from __future__ import annotations

import base64
import hashlib
import uuid

from django.utils.crypto import salted_hmac

SALT = "saksgang.innsynskrav"


def noekkel_for(system_id: uuid.UUID) -> str:
    """Return the key in the requester's address: 256 bits that nobody can reckon without the installation's secret."""
    avtrykk = salted_hmac(SALT, str(system_id), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(avtrykk).decode().rstrip("=")


def hash_av(noekkel: str) -> str:
    """Return what is stored of a key."""
    return hashlib.sha256(noekkel.encode("utf-8", "replace")).hexdigest()
