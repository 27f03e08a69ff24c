"""Locks, in wsgidav's terms: rows in the database, so that every web process knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from wsgidav.dav_error import HTTP_FORBIDDEN, DAVError
from wsgidav.lock_man.lock_manager import generate_lock_token

from saksgang.kjerne import klokke
from saksgang.produksjon.commands.dav import aapne_i_program, forny_laas, lukk_i_program
from saksgang.produksjon.queries.dav import programlaas
from saksgang.produksjon.queries.laas import laas_paa
from saksgang.sakarkiv.queries import saker
from saksgang.tilgang.queries.organisasjon import hent_bruker

from .ressurser import laasrot

if TYPE_CHECKING:
    from saksgang.produksjon.models import Dokumentlaas


def _som_ordbok(laas: Dokumentlaas) -> dict[str, Any]:
    """A lock as wsgidav knows it. One that was taken by hand has a mark that no program is given."""
    igjen = (laas.utloeper_tid - klokke.naa()).total_seconds() if laas.utloeper_tid else -1
    return {
        "token": laas.merke or f"opaquelocktoken:utsjekking-{laas.pk}",
        "root": laasrot(laas.dokument_id),
        "type": "write",
        "scope": "exclusive",
        "depth": "0",
        "owner": f'<owner xmlns="DAV:">{escape(laas.bruker.navn)}</owner>'.encode(),
        "principal": str(laas.bruker_id),
        "timeout": igjen,
        "expire": laas.utloeper_tid.timestamp() if laas.utloeper_tid else -1,
    }


class Laaser:
    """The store of locks that wsgidav asks. Everything stands in the database, nothing in the process."""

    def open(self) -> None:
        """Nothing to open."""

    def close(self) -> None:
        """Nothing to close."""

    def get(self, token: str) -> dict[str, Any] | None:
        """Return the lock that a program holds by this token."""
        laas = programlaas(token)
        return _som_ordbok(laas) if laas is not None else None

    def get_lock_list(self, path: str, *, include_root: bool, include_children: bool, token_only: bool) -> list[Any]:
        """Return the lock on a document. Folders have none."""
        rot, _, nummer = path.rstrip("/").rpartition("/")
        if not include_root or rot != "/dokument" or not nummer.isdigit():
            return []
        laas = laas_paa(int(nummer))
        if laas is None:
            return []
        ordbok = _som_ordbok(laas)
        return [ordbok["token"] if token_only else ordbok]

    def create(self, path: str, lock: dict[str, Any]) -> dict[str, Any]:
        """Take the document for the person who came; a lock that is shared holds nobody, and is not given."""
        if lock["scope"] != "exclusive":
            raise DAVError(HTTP_FORBIDDEN)
        bruker = hent_bruker(int(lock["principal"]))
        dokument = saker.hent_dokument(bruker, int(path.rpartition("/")[2]))
        merke = generate_lock_token()
        lock |= _som_ordbok(aapne_i_program(dokument, merke=merke, sekunder=lock["timeout"], av=bruker))
        return lock

    def refresh(self, token: str, *, timeout: float) -> dict[str, Any]:
        """Keep it a while longer. wsgidav has asked whose it is."""
        laas = programlaas(token)
        if laas is None:
            raise DAVError(HTTP_FORBIDDEN)
        return _som_ordbok(forny_laas(token, sekunder=timeout, av=laas.bruker))

    def delete(self, token: str) -> bool:
        """Let it go. wsgidav has asked whose it is."""
        laas = programlaas(token)
        if laas is None:
            return False
        lukk_i_program(token, av=laas.bruker)
        return True
