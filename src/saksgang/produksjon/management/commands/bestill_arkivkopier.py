"""Orders the archive copies of what was finished or journalised before there were any."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from saksgang.produksjon.commands import bestill_manglende


class Command(BaseCommand):
    help = "Bestiller arkivkopi av det som er ferdig eller journalført og mangler en. Kan kjøres flere ganger."

    def handle(self, *args: Any, **options: Any) -> None:
        """Order them and say how many."""
        self.stdout.write(f"{bestill_manglende()} arkivkopier er bestilt.")
