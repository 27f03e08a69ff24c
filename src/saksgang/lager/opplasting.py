"""Uploads go straight to the store's own file system, and their checksum is made on the way."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from .store import BITER, ForStor, MidlertidigFil, Skriver, lager


class OpplastetFil(UploadedFile):
    """An uploaded file that lies in the store's temporary folder. `lagre_fil` takes it without reading it again."""

    def __init__(self, midlertidig: MidlertidigFil | None, stoerrelse: int, **om: Any) -> None:
        self._aapen: IO[Any] | None = None
        self.midlertidig = midlertidig
        self.sha256 = midlertidig.sha256 if midlertidig else None
        super().__init__(size=stoerrelse, **om)

    @property
    def file(self) -> IO[Any]:
        """Open the content only when somebody reads it here: an open file cannot be moved on Windows."""
        if self._aapen is None:
            self._aapen = self.midlertidig.aapne() if self.midlertidig else BytesIO()
        return self._aapen

    @file.setter
    def file(self, verdi: IO[Any] | None) -> None:
        self._aapen = verdi

    def close(self) -> None:
        """Leave nothing behind when the request is over and nobody kept the file."""
        if self._aapen is not None:
            self._aapen.close()
        if self.midlertidig is not None:
            self.midlertidig.slett()


class LagerUploadHandler(FileUploadHandler):
    """Streams each file of a form to disk. What grows past the limit is dropped, and `lagre_fil` then says so."""

    chunk_size = BITER
    _skriver: Skriver | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin the next file of the form."""
        super().new_file(*args, **kwargs)
        self._skriver = lager().skriver(settings.SAKSGANG_MAKS_FILSTOERRELSE)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take in a piece."""
        if self._skriver is not None:
            try:
                self._skriver.skriv(raw_data)
            except ForStor:
                self._skriver = None
            except BaseException:
                self._avbryt()
                raise

    def file_complete(self, file_size: int) -> OpplastetFil:
        """Hand over the file; without content when it was too large."""
        skriver, self._skriver = self._skriver, None
        return OpplastetFil(
            skriver.ferdig() if skriver else None,
            file_size,
            name=self.file_name,
            content_type=self.content_type,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        """Leave nothing half."""
        self._avbryt()

    def _avbryt(self) -> None:
        skriver, self._skriver = self._skriver, None
        if skriver is not None:
            skriver.avbryt()
