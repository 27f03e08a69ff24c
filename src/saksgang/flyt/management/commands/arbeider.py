"""The worker: runs what is due until it is told to stop."""

from __future__ import annotations

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, connections

from saksgang.flyt.commands import kjoer_forfalte

PAUSE_SEKUNDER = 1.0
PAUSE_UTEN_DATABASE = 5.0

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Kjører det som skal gå av seg selv: forsegling av loggen, varsler, opprydding. Stoppes med SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        """Run once, or until stopped."""
        parser.add_argument("--en-gang", action="store_true", help="kjør det som er forfalt nå, og avslutt")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run what is due. A job under way is finished before the worker stops."""
        if options["en_gang"]:
            self._rapporter()
            return
        stopp = threading.Event()
        for tegn in (signal.SIGTERM, signal.SIGINT):
            signal.signal(tegn, lambda *_: stopp.set())
        logger.info("arbeideren er i gang")
        while not stopp.is_set():
            try:
                kjoer_forfalte()
                pause = PAUSE_SEKUNDER
            except (InterfaceError, OperationalError):
                logger.exception("databasen svarer ikke")
                connections.close_all()
                pause = PAUSE_UTEN_DATABASE
            stopp.wait(pause)
        logger.info("arbeideren er stoppet")

    def _rapporter(self) -> None:
        kjoeringer = kjoer_forfalte()
        if kjoeringer is None:
            self.stdout.write("En annen arbeider er i gang.")
            return
        for kjoering in kjoeringer:
            self.stdout.write(f"{kjoering.navn}: {kjoering.feil or kjoering.resultat}")
        if feilet := [k.navn for k in kjoeringer if k.feil]:
            raise SystemExit(f"Feilet: {', '.join(feilet)}")
