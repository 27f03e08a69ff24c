"""Running a program on other people's files: with no more time and memory than allowed, and without our secrets."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WINDOWS = os.name == "nt"
ARVES = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
"""All that a child is told of our environment: addresses and passwords stay here."""


class Avbrutt(Exception):
    """We are told to stop; what was under way is not done and has not failed."""


@dataclass(frozen=True, slots=True)
class Utfall:
    """How a program ended. kode is None when it was stopped because its time was up."""

    kode: int | None
    utdata: str

    @property
    def tidsavbrudd(self) -> bool:
        return self.kode is None


_i_gang: subprocess.Popen[bytes] | None = None
_stopper = False


def kjoer(kommando: Sequence[str], *, mappe: Path, sekunder: float, minne: int) -> Utfall:
    """Run a program in a folder of its own and wait for it; whatever it started is stopped with it.

    minne: its address space in bytes, where the machine can limit that. Raises Avbrutt when avbryt() is called.
    """
    global _i_gang
    if _stopper:
        raise Avbrutt
    if grense := shutil.which("prlimit"):
        kommando = [grense, f"--as={minne}", "--core=0", *kommando]
    miljoe = {navn: os.environ[navn] for navn in ARVES if navn in os.environ}
    miljoe |= {"HOME": str(mappe), "TMPDIR": str(mappe), "TEMP": str(mappe), "TMP": str(mappe), "LANG": "C.UTF-8"}
    # To a file and not a pipe: a grandchild that hangs would hold the pipe open for ever.
    with (mappe / "utdata.txt").open("w+b") as utdata:
        _i_gang = subprocess.Popen(
            kommando,
            cwd=mappe,
            env=miljoe,
            stdin=subprocess.DEVNULL,
            stdout=utdata,
            stderr=subprocess.STDOUT,
            start_new_session=not WINDOWS,
        )
        try:
            kode: int | None = _i_gang.wait(sekunder)
        except subprocess.TimeoutExpired:
            kode = None
        finally:
            _drep(_i_gang)
            _i_gang = None
        if _stopper:
            raise Avbrutt
        utdata.seek(0)
        return Utfall(kode, utdata.read(20_000).decode("utf-8", "replace"))


def avbryt() -> None:
    """Stop what is under way and start nothing more in this process; may be called from a signal handler."""
    global _stopper
    _stopper = True
    if _i_gang is not None:
        _drep(_i_gang, vent=False)


def _drep(prosess: subprocess.Popen[bytes], *, vent: bool = True) -> None:
    """End the whole process group, also when its first process has ended by itself."""
    if WINDOWS:
        if prosess.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(prosess.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(prosess.pid, signal.SIGKILL)
    if vent:
        prosess.wait()
