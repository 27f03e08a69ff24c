"""The second worker: does what acts have ordered through the queue, until it is told to stop (ADR 0010)."""

from __future__ import annotations

import logging
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from saksgang.produksjon.konvertering import avbryt

PAUSE_SEKUNDER = 0.5
PAUSE_UTEN_DATABASE = 5.0

logger = logging.getLogger(__name__)


class Jobbarbeider(Worker):
    """The library's worker, which outlives its database and lets go of a slow conversion when it is told to stop."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Stop: what is being converted goes back to the queue at once, anything else is finished first."""
        avbryt()
        super().shutdown(signum, frame)

    def run(self) -> None:
        """Run until told to stop, or in a batch until nothing is ready."""
        while self.running:
            try:
                super().run()
                return
            except (InterfaceError, OperationalError):
                logger.exception("databasen svarer ikke")
                connections.close_all()
                time.sleep(PAUSE_UTEN_DATABASE)


class Command(BaseCommand):
    help = "Gjør det som er bestilt gjennom køen: arkivkopier, forhåndsvisninger og utsendinger. Stoppes med SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        """Run once, or until stopped."""
        parser.add_argument("--en-gang", action="store_true", help="gjør det som venter nå, og avslutt")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take one task after the other. Several workers may run side by side."""
        arbeider = Jobbarbeider(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=PAUSE_SEKUNDER,
            batch=options["en_gang"],
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        arbeider.configure_signals()
        arbeider.run()
