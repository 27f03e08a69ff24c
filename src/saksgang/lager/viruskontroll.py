"""Asks ClamAV's daemon about a content, over its INSTREAM protocol."""

from __future__ import annotations

import socket
import struct
from typing import BinaryIO

from saksgang.kjerne.errors import Avvist

BIT = 128 * 1024
VENTETID = 60.0
SVARER_IKKE = "Viruskontrollen svarer ikke, og filen er derfor ikke tatt imot. Prøv igjen om litt, eller kontakt drift."


def kontroller(fil: BinaryIO, adresse: str) -> None:
    """Ask the scanner at `adresse` (host:port or the path of a socket).

    Refused when it finds something, when it does not answer, and when the file is larger than it examines.
    """
    try:
        svar = _spoer(fil, adresse)
    except OSError as feil:
        raise Avvist(SVARER_IKKE, felt="fil") from feil
    if svar == "stream: OK":
        return
    if svar.endswith(" FOUND"):
        navn = svar.removeprefix("stream: ").removesuffix(" FOUND")
        raise Avvist(f"Viruskontrollen stanset filen ({navn}). Kontakt drift hvis du mener det er feil.", felt="fil")
    if "size limit" in svar:
        raise Avvist("Filen er større enn viruskontrollen undersøker. Kontakt drift.", felt="fil")
    raise Avvist(SVARER_IKKE, felt="fil")


def _spoer(fil: BinaryIO, adresse: str) -> str:
    with _koble_til(adresse) as forbindelse:
        try:
            forbindelse.sendall(b"zINSTREAM\0")
            fil.seek(0)
            while bit := fil.read(BIT):
                forbindelse.sendall(struct.pack("!L", len(bit)) + bit)
            forbindelse.sendall(struct.pack("!L", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it hangs up in the middle of what is too large for it, and then says so
        svar = b""
        while b"\0" not in svar and (del_ := forbindelse.recv(4096)):
            svar += del_
    return svar.rstrip(b"\0").decode("utf-8", "replace").strip()


def _koble_til(adresse: str) -> socket.socket:
    vert, kolon, port = adresse.rpartition(":")
    if kolon and port.isdecimal():
        return socket.create_connection((vert.strip("[]"), int(port)), timeout=VENTETID)
    forbindelse = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    forbindelse.settimeout(VENTETID)
    try:
        forbindelse.connect(adresse)
    except OSError:
        forbindelse.close()
        raise
    return forbindelse
