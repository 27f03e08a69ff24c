"""A real SMTP server on loopback: what the product sends, it takes, or refuses as told."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller


class Postkasse:
    """Keeps every message that came; `avvis` gives the answer to each, None takes it."""

    def __init__(self) -> None:
        self.meldinger: list[EmailMessage] = []
        self.mottakere: list[list[str]] = []
        self.avvis: str | None = None

    async def handle_DATA(self, server, sesjon, konvolutt) -> str:
        if self.avvis:
            return self.avvis
        self.meldinger.append(email.message_from_bytes(konvolutt.content, policy=email.policy.default))
        self.mottakere.append(list(konvolutt.rcpt_tos))
        return "250 Tatt imot"


@pytest.fixture
def smtp(settings) -> Iterator[Postkasse]:
    """The municipality's outgoing mail server."""
    postkasse = Postkasse()
    with socket.socket() as ledig:
        ledig.bind(("127.0.0.1", 0))
        port = ledig.getsockname()[1]
    tjener = Controller(postkasse, hostname="127.0.0.1", port=port)
    tjener.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = False
    yield postkasse
    tjener.stop()
