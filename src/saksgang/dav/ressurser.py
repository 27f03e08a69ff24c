"""What lies behind an address, in wsgidav's terms: a folder with one document in it."""

from __future__ import annotations

from typing import IO, Any

from wsgidav.dav_error import HTTP_BAD_REQUEST, DAVError
from wsgidav.dav_provider import DAVCollection, DAVNonCollection, DAVProvider

from saksgang.lager import queries as lager
from saksgang.lager.opplasting import LagerUploadHandler, OpplastetFil
from saksgang.produksjon.commands.dav import lagre_fra_program
from saksgang.produksjon.queries.dav import Adgang
from saksgang.sakarkiv.commands.lesing import noter_fillesing

ADGANG = "saksgang.adgang"
NOEKKEL = "saksgang.noekkel"


def laasrot(dokument_id: int) -> str:
    """Return the one address that locks know a document by, whatever key its guests came with."""
    return f"/dokument/{dokument_id}"


class Mottak:
    """Streams what is saved to the store's own disk, with its checksum."""

    def __init__(self, ventet: int) -> None:
        self.ventet, self.mottatt = ventet, 0
        self._inn = LagerUploadHandler()
        self._inn.new_file("fil", "dokument", "application/octet-stream", ventet)

    def write(self, bit: bytes) -> None:
        """Take in a piece."""
        self._inn.receive_data_chunk(bit, self.mottatt)
        self.mottatt += len(bit)

    def close(self) -> None:
        """Everything has come."""

    def avbryt(self) -> None:
        """Leave nothing half."""
        self._inn.upload_interrupted()

    def ferdig(self) -> OpplastetFil:
        """Hand over the file. Refused when the line broke before all of it had come."""
        if self.mottatt != self.ventet:
            self.avbryt()
            raise DAVError(HTTP_BAD_REQUEST)
        return self._inn.file_complete(self.mottatt)


class Ressurs(DAVNonCollection):
    """The document: its newest version."""

    def __init__(self, sti: str, environ: dict[str, Any]) -> None:
        super().__init__(sti, environ)
        self.adgang: Adgang = environ[ADGANG]
        self.versjon = self.adgang.versjon
        self._mottak: Mottak | None = None

    def get_ref_url(self) -> str:
        return laasrot(self.adgang.dokument.pk)

    def get_content_length(self) -> int:
        return self.versjon.fil.stoerrelse

    def get_content_type(self) -> str:
        return self.versjon.fil.mimetype

    def get_creation_date(self) -> float:
        return self.adgang.dokument.opprettet_dato.timestamp()

    def get_last_modified(self) -> float:
        return self.versjon.opprettet_dato.timestamp()

    def get_display_name(self) -> str:
        return self.name

    def get_etag(self) -> str:
        return self.versjon.fil.sha256

    def support_etag(self) -> bool:
        return True

    def support_ranges(self) -> bool:
        return True

    def get_content(self) -> IO[bytes]:
        """Open the file; the reading of a graded one is an event."""
        noter_fillesing(self.versjon, av=self.adgang.bruker)
        return lager.aapne(self.versjon.fil)

    def begin_write(self, *, content_type: str | None = None) -> Mottak:
        self._mottak = Mottak(int(self.environ.get("CONTENT_LENGTH") or 0))
        return self._mottak

    def end_write(self, *, with_errors: bool) -> None:
        """Make a version of what has come. The command refuses aloud, and the door says it."""
        if self._mottak is None:
            return
        if with_errors:
            self._mottak.avbryt()
            return
        fil = self._mottak.ferdig()
        try:
            self.versjon = lagre_fra_program(self.adgang.dokument, fil, av=self.adgang.bruker)
        finally:
            fil.close()


class Mappe(DAVCollection):
    """The folder that the address seems to lie in: the document, and never anything else."""

    def get_member_names(self) -> list[str]:
        return [self.environ[ADGANG].navn]

    def get_member(self, name: str) -> Ressurs | None:
        return Ressurs(self.path.rstrip("/") + f"/{name}", self.environ) if name in self.get_member_names() else None

    def prevent_locking(self) -> bool:
        return True


class Leverandoer(DAVProvider):
    """Finds the document of the key that the request came with."""

    def get_resource_inst(self, path: str, environ: dict[str, Any]) -> Ressurs | Mappe | None:
        """Return the folder or the document; None for every other path."""
        adgang: Adgang = environ[ADGANG]
        mappe = f"/{environ[NOEKKEL]}"
        if path.rstrip("/") == mappe:
            return Mappe(mappe, environ)
        if path in (f"{mappe}/{adgang.navn}", laasrot(adgang.dokument.pk)):
            return Ressurs(f"{mappe}/{adgang.navn}", environ)
        return None
