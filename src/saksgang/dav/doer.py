"""The door for Word and LibreOffice: who comes with which key, what they may ask, and how they are refused.

wsgidav speaks the protocol; it sees nobody who has not passed here, and every request is judged anew.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core import signals
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import LimitedStream, WSGIRequest
from wsgidav.dav_error import DAVError
from wsgidav.request_resolver import RequestResolver
from wsgidav.wsgidav_app import WsgiDAVApp

from saksgang.kjerne.errors import IkkeFunnet, SaksgangFeil
from saksgang.lager.store import ForStor
from saksgang.produksjon.commands.dav import bruk_adresse, ta_opp_igjen
from saksgang.produksjon.commands.utsjekking import Opptatt
from saksgang.produksjon.queries.dav import adgang
from saksgang.produksjon.queries.laas import laas_paa, opptatt
from saksgang.produksjon.rules.laas import DAV_ROT

from .laaser import Laaser
from .ressurser import ADGANG, NOEKKEL, Leverandoer

Svarer = Callable[..., Any]
Wsgi = Callable[[dict[str, Any], Svarer], Iterable[bytes]]

METODER = ("OPTIONS", "GET", "HEAD", "PROPFIND", "LOCK", "UNLOCK", "PUT")
STOERSTE_XML = 64 * 1024
LESES_UT = 16 * 1024 * 1024
TEKSTER = {
    400: "Forespørselen kunne ikke leses. Prøv igjen.",
    403: "Her kan bare det ene dokumentet åpnes og lagres.",
    404: "Dokumentet finnes ikke, eller du har ikke tilgang til det.",
    405: "Dette gjøres i Saksgang, ikke her.",
    409: "Dokumentet er ikke lenger åpent hos deg. Lagre en kopi, og last den opp som ny versjon.",
    411: "Programmet sa ikke hvor stor filen er.",
    412: "Dokumentet er ikke lenger åpent hos deg. Lagre en kopi, og last den opp som ny versjon.",
    413: "Det som ble sendt, er for stort.",
    423: "Dokumentet er åpent hos en annen.",
}
HODER = [
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "private, no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("Content-Security-Policy", "sandbox; default-src 'none'"),
]
logger = logging.getLogger(__name__)


class Nektet(Exception):
    """An answer other than what was asked for."""

    def __init__(self, kode: int, tekst: str = "", hoder: Iterable[tuple[str, str]] = ()) -> None:
        self.kode, self.tekst, self.hoder = kode, tekst or TEKSTER.get(kode, ""), list(hoder)
        super().__init__(self.tekst)


class Start:
    """Begins an answer, with the headers that every one has."""

    def __init__(self, start_response: Svarer) -> None:
        self._start_response, self._begynt = start_response, False

    def __call__(self, status: str, hoder: list[tuple[str, str]], exc_info: Any = None) -> Any:
        # Whether the line is kept is the server's to say; wsgidav would say it too.
        hoder = [*(h for h in hoder if h[0] != "Connection"), *HODER]
        om_igjen = (sys.exc_info(),) if self._begynt else ()
        self._begynt = True
        return self._start_response(status, hoder, *om_igjen)


class Svar:
    """The rest of an answer; what the request held is let go when the server has sent it."""

    def __init__(self, deler: Iterable[bytes]) -> None:
        self._deler = deler

    def __iter__(self) -> Iterator[bytes]:
        yield from self._deler

    def close(self) -> None:
        lukk = getattr(self._deler, "close", None)
        if lukk is not None:
            lukk()
        signals.request_finished.send(sender=Doer)


class Doer:
    """Takes what comes in below /dav, and lets everything else through to Django."""

    def __init__(self, videre: Wsgi) -> None:
        self._videre = videre
        self._dav = WsgiDAVApp(
            {
                "mount_path": DAV_ROT,
                "provider_mapping": {"/": Leverandoer()},
                "middleware_stack": [RequestResolver],
                "lock_storage": Laaser(),
                "property_manager": False,
                "verbose": 1,
                "logging": {"enable": False},
                "suppress_version_info": True,
            }
        )

    def __call__(self, environ: dict[str, Any], start_response: Svarer) -> Iterable[bytes]:
        """Answer, with the sentence of a refusal as plain text."""
        sti = environ.get("PATH_INFO", "")
        if sti != DAV_ROT and not sti.startswith(f"{DAV_ROT}/"):
            return self._videre(environ, start_response)
        signals.request_started.send(sender=Doer, environ=environ)
        start = Start(start_response)
        try:
            deler = self._svar(environ, start)
        except Exception as feil:
            deler = _nekt(environ, start, _som_nektet(feil, environ))
        return Svar(deler)

    def _svar(self, environ: dict[str, Any], start_response: Svarer) -> Iterable[bytes]:
        metode = environ["REQUEST_METHOD"]
        _krev_vei(environ)
        if metode not in METODER:
            raise Nektet(405, hoder=[("Allow", ", ".join(METODER))])
        _krev_lengde(environ, metode)
        noekkel, _, navn = environ["PATH_INFO"].removeprefix(DAV_ROT).strip("/").partition("/")
        if not noekkel and metode == "OPTIONS":
            return _tilbud(start_response)
        gjest = adgang(noekkel)
        if metode == "OPTIONS":
            if navn not in ("", gjest.navn):
                raise IkkeFunnet
            return _tilbud(start_response)
        environ[ADGANG], environ[NOEKKEL] = gjest, noekkel
        environ["wsgidav.auth.user_name"] = str(gjest.bruker.pk)
        environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + DAV_ROT
        environ["PATH_INFO"] = environ["PATH_INFO"].removeprefix(DAV_ROT)
        if metode in ("PUT", "LOCK"):
            if merke := re.search(r"\((?:[^()]*\s)?<([^<>]+)>", environ.get("HTTP_IF", "")):
                ta_opp_igjen(gjest.dokument, merke=merke[1], av=gjest.bruker)
            deler: Iterable[bytes] = list(self._dav(environ, start_response))
            bruk_adresse(noekkel)
            return deler
        # The first piece is made here, so that a refusal is still an answer; a large file is not read into memory.
        resten = iter(self._dav(environ, start_response))
        foerste = next(resten, b"")
        return _kjede(foerste, resten)


def _kjede(foerste: bytes, resten: Iterator[bytes]) -> Iterator[bytes]:
    yield foerste
    yield from resten


def _krev_vei(environ: dict[str, Any]) -> None:
    """Refuse what came to another host, or in the open where the installation asks for HTTPS."""
    request = WSGIRequest(environ)
    try:
        request.get_host()
    except DisallowedHost:
        raise Nektet(400) from None
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        raise Nektet(403, "Dokumenter åpnes bare over HTTPS.")


def _krev_lengde(environ: dict[str, Any], metode: str) -> None:
    """Refuse a body of unknown or unlikely length, and let nothing read past its end."""
    lengde = environ.get("CONTENT_LENGTH") or ""
    if not lengde.isdigit():
        if lengde:
            raise Nektet(400)
        if metode == "PUT" or environ.get("HTTP_TRANSFER_ENCODING"):
            raise Nektet(411)
        lengde = "0"
    if int(lengde) > (settings.SAKSGANG_MAKS_FILSTOERRELSE if metode == "PUT" else STOERSTE_XML):
        raise Nektet(413)
    environ["wsgi.input"] = LimitedStream(environ["wsgi.input"], int(lengde))


def _tilbud(start_response: Svarer) -> Iterable[bytes]:
    start_response(
        "200 OK",
        [
            ("DAV", "1,2"),
            ("MS-Author-Via", "DAV"),
            ("Allow", ", ".join(METODER)),
            ("Content-Length", "0"),
        ],
    )
    return [b""]


def _som_nektet(feil: Exception, environ: dict[str, Any]) -> Nektet:
    """Return the answer to what went wrong: the same status as in the browser, and 423 for what somebody else has."""
    if isinstance(feil, Nektet):
        return feil
    if isinstance(feil, IkkeFunnet):
        return Nektet(404)
    if isinstance(feil, ForStor):
        return Nektet(413, str(feil))
    if isinstance(feil, SaksgangFeil):
        return Nektet(423 if isinstance(feil, Opptatt) else feil.status, " ".join(feil.setninger))
    if isinstance(feil, DAVError) and feil.value < HTTPStatus.INTERNAL_SERVER_ERROR:
        gjest = environ.get(ADGANG)
        laas = laas_paa(gjest.dokument.pk) if feil.value == HTTPStatus.LOCKED and gjest is not None else None
        return Nektet(feil.value, opptatt(laas) if laas is not None else "")
    logger.error("A request of WebDAV failed", exc_info=feil)
    return Nektet(500, "Noe gikk galt hos oss. Lagre en kopi, og prøv igjen.")


def _nekt(environ: dict[str, Any], start_response: Svarer, nektet: Nektet) -> Iterable[bytes]:
    kropp = f"{nektet.tekst}\n".encode() if nektet.tekst and environ["REQUEST_METHOD"] != "HEAD" else b""
    try:
        ord_ = HTTPStatus(nektet.kode).phrase
    except ValueError:
        ord_ = "Refused"
    hoder = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(kropp))), *nektet.hoder]
    if isinstance(environ["wsgi.input"], LimitedStream):
        environ["wsgi.input"].read(LESES_UT)  # a program that is still sending does not hear the answer
    start_response(f"{nektet.kode} {ord_}", hoder)
    return [kropp]
