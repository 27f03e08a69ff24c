"""Check that the log is whole."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from saksgang.logg import queries


class Command(BaseCommand):
    help = "Kontrollerer at hendelsesloggen er hel. Avslutter med 1 når den er brutt."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take hashes that were published earlier."""
        parser.add_argument(
            "--kjent", action="append", default=[], metavar="KONTROLLSUM", help="kontrollsum av et kunngjort segl"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Report, and leave with 1 when the log is broken."""
        funn = queries.verifiser_logg(options["kjent"])
        if not funn:
            siste = queries.siste_segl()
            self.stdout.write(
                f"Loggen er hel til og med segl {siste.nummer} ({siste.hash})."
                if siste
                else "Loggen er hel; ingen segl ennå."
            )
            return
        for ett in funn:
            self.stdout.write(f"{ett.art}: {ett.tekst}")
        self.stderr.write(f"Loggen er brutt: {len(funn)} funn.")
        raise SystemExit(1)
