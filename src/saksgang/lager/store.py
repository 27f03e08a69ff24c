"""The store itself: files under their SHA-256, and nothing else. Everything that reads or writes them comes here."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import stat
import sys
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO

from django.conf import settings

from saksgang.kjerne.errors import Avvist

BITER = 256 * 1024
KLADD = "kladd"

Kilde = IO[bytes] | Iterable[bytes] | bytes

_venter: ContextVar[dict[Path, None] | None] = ContextVar("venter", default=None)
"""Files and folders whose way to the disk is waited for together, in the order they came; none: each by itself."""


class ForStor(Avvist):
    """The content is larger than the installation takes in."""

    def __init__(self, maks: int) -> None:
        super().__init__(f"Filen er for stor. Største tillatte størrelse er {lesbar(maks)}.", felt="fil")


def lesbar(antall: int) -> str:
    """Return a size as people write it."""
    for enhet in ("byte", "kB", "MB"):
        if antall < 1024:
            return f"{antall:.0f} {enhet}"
        antall //= 1024
    return f"{antall} GB"


@dataclass
class MidlertidigFil:
    """Content that has arrived and is not yet kept. As a context manager it leaves nothing behind."""

    sti: Path
    sha256: str
    stoerrelse: int

    def aapne(self) -> BinaryIO:
        """Open it for reading, also after it has been kept."""
        return self.sti.open("rb") if self.sti.exists() else lager().aapne(self.sha256)

    def slett(self) -> None:
        """Throw it away; harmless when it has been kept in the meantime."""
        self.sti.unlink(missing_ok=True)

    def __enter__(self) -> MidlertidigFil:
        return self

    def __exit__(
        self, feiltype: type[BaseException] | None, feil: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.slett()


@dataclass
class Skriver:
    """Writes content to a temporary file and computes its checksum on the way."""

    sti: Path
    maks: int | None = None
    stoerrelse: int = 0
    _levert: bool = False
    _fil: IO[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self._fil = self.sti.open("xb", buffering=0)
        self._sum = hashlib.sha256()

    def skriv(self, bit: bytes) -> None:
        """Add to the content. Refused when it grows past the limit; then nothing of it is left."""
        self.stoerrelse += len(bit)
        if self.maks is not None and self.stoerrelse > self.maks:
            self.avbryt()
            raise ForStor(self.maks)
        self._sum.update(bit)
        rest = memoryview(bit)
        while rest:
            rest = rest[self._fil.write(rest) :]

    def ferdig(self) -> MidlertidigFil:
        """Make sure that the content is on the disk, and hand it over."""
        if _venter.get() is None or os.name == "nt":
            os.fsync(self._fil.fileno())
        self._fil.close()
        self._levert = True
        return MidlertidigFil(self.sti, self._sum.hexdigest(), self.stoerrelse)

    def avbryt(self) -> None:
        """Leave nothing behind."""
        self._fil.close()
        self.sti.unlink(missing_ok=True)

    def __del__(self) -> None:
        # Django does not tell an upload handler that the connection broke.
        if not self._levert:
            self.avbryt()


class Fillager:
    """A folder of contents: ab/cd/abcd… holds the bytes whose SHA-256 is abcd…. Written once, never changed."""

    def __init__(self, rot: Path) -> None:
        self.rot = rot

    def sti(self, sha256: str) -> Path:
        """Return where a content stands or would stand."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self.rot / sha256[:2] / sha256[2:4] / sha256

    def skriver(self, maks: int | None = None) -> Skriver:
        """Begin a temporary file on the store's own file system, so that keeping it is one rename."""
        kladd = self.rot / KLADD
        kladd.mkdir(parents=True, exist_ok=True, mode=0o750)
        return Skriver(kladd / secrets.token_hex(16), maks)

    def ta_imot(self, kilde: Kilde, maks: int | None = None) -> MidlertidigFil:
        """Stream a content to disk. Refused when it is larger than `maks`; a broken stream leaves nothing."""
        skriver = self.skriver(maks)
        try:
            for bit in _biter(kilde):
                skriver.skriv(bit)
            return skriver.ferdig()
        except BaseException:
            skriver.avbryt()
            raise

    def behold(self, fil: MidlertidigFil) -> None:
        """Put a received content in its place, whole or not at all. Content that is there already is left alone."""
        maal = self.sti(fil.sha256)
        if maal.exists() and maal.stat().st_size == fil.stoerrelse:
            os.utime(maal)
            fil.slett()
        else:
            maal.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
            fil.sti.chmod(0o440)
            fil.sti.replace(maal)
        # Also what was there already: whoever put it there may still be waiting for the disk.
        _vent_paa_disken(maal, maal.parent, maal.parent.parent, self.rot)

    def aapne(self, sha256: str) -> BinaryIO:
        """Open a kept content for reading. FileNotFoundError when the store does not hold it."""
        return self.sti(sha256).open("rb")

    def finnes(self, sha256: str) -> bool:
        """Whether the store holds the content."""
        return self.sti(sha256).is_file()

    def er_hel(self, sha256: str) -> bool:
        """Whether the bytes still are those that the checksum was made of."""
        with self.sti(sha256).open("rb") as fil:
            return hashlib.file_digest(fil, "sha256").hexdigest() == sha256

    def sist_roert(self, sha256: str) -> float | None:
        """Return when the content was last put here, in seconds since 1970; None when it is not here."""
        try:
            return self.sti(sha256).stat().st_mtime
        except FileNotFoundError:
            return None

    def alle(self) -> Iterator[str]:
        """Yield the checksum of every content, in order."""
        for ytre in sorted(self.rot.glob("[0-9a-f][0-9a-f]")):
            for indre in sorted(ytre.iterdir()):
                yield from sorted(fil.name for fil in indre.iterdir())

    def fjern(self, sha256: str) -> None:
        """Remove a content. Only for what is proven to be an orphan: see commands.rydd_foreldreloese."""
        sti = self.sti(sha256)
        if os.name == "nt":
            sti.chmod(stat.S_IWRITE)
        sti.unlink(missing_ok=True)

    def rydd_kladd(self, eldre_enn: float) -> int:
        """Remove temporary files that a dead process left before the moment given; return how many."""
        fjernet = 0
        for sti in sorted(self.rot.glob(f"{KLADD}/*")):
            with contextlib.suppress(FileNotFoundError):
                if sti.stat().st_mtime < eldre_enn:
                    sti.unlink()
                    fjernet += 1
        return fjernet


def lager() -> Fillager:
    """Return the installation's store."""
    return Fillager(Path(settings.SAKSGANG_LAGER))


def _biter(kilde: Kilde) -> Iterator[bytes]:
    if isinstance(kilde, bytes | bytearray | memoryview):
        yield bytes(kilde)
    elif hasattr(kilde, "chunks"):  # a Django File
        yield from kilde.chunks(BITER)
    elif hasattr(kilde, "read"):
        while bit := kilde.read(BITER):
            yield bit
    else:
        yield from kilde


@contextlib.contextmanager
def samlet() -> Iterator[None]:
    """Wait for the disk once, at the end, for everything that is kept meanwhile: for an act that keeps thousands.

    Inside the transaction: what refers to the files is not committed before they are sure. When the act fails nothing
    is waited for; its files are orphans.
    """
    venter: dict[Path, None] = {}
    merke = _venter.set(venter)
    try:
        yield
        if sys.platform == "linux":
            os.sync()  # waits until all of it is written, elsewhere only begins it
        else:
            for sti in venter:
                _fsync(sti)
    finally:
        _venter.reset(merke)


def _vent_paa_disken(*stier: Path) -> None:
    if (venter := _venter.get()) is not None:
        venter.update(dict.fromkeys(stier))
        return
    for sti in stier:
        _fsync(sti)


def _fsync(sti: Path) -> None:
    if os.name == "nt":  # where a folder cannot be waited for, and a file only while it is written
        return
    nummer = os.open(sti, os.O_RDONLY)
    try:
        os.fsync(nummer)
    finally:
        os.close(nummer)
