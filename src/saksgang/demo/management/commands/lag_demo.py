"""Builds the demo municipality once."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from saksgang.demo.grunnlag import PASSORD
from saksgang.demo.kommune import bygg_demo, er_bygget
from saksgang.tilgang.queries import brukere, tildelinger_for


class Command(BaseCommand):
    help = "Bygger demokommunen Fjordvik. Gjør ingenting når den finnes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--vis-innlogginger", action="store_true", help="skriv ut hvem du kan logge inn som")
        parser.add_argument("--omfang", type=float, default=1.0, help="andel av sakene som bygges (0.1 er en tidel)")

    def handle(self, *args: Any, **valg: Any) -> None:
        if valg["vis_innlogginger"]:
            self._vis()
            return
        if er_bygget():
            self.stdout.write("Demoen finnes.")
            return
        start = time.monotonic()
        self.stdout.write("Bygger demokommunen Fjordvik. Det tar et par minutter.")
        avvist = bygg_demo(omfang=valg["omfang"], si=self.stdout.write)
        if avvist and valg["verbosity"] > 1:
            self.stdout.write("\n".join(avvist))
        self.stdout.write(f"Demoen er bygget på {time.monotonic() - start:.0f} sekunder.")

    def _vis(self) -> None:
        self.stdout.write(f"Passord for alle: {PASSORD}\n\n")
        for bruker in brukere():
            roller = dict.fromkeys(
                t.get_rolle_display() if t.rolle else f"fullmakt: {t.get_funksjon_display().lower()}"
                for t in tildelinger_for(bruker)
            )
            self.stdout.write(f"{bruker.brukernavn:<12} {bruker.navn:<16} {', '.join(roller)}")
