"""manage.py opprett_administrator: the first person of a new installation."""

from __future__ import annotations

import sys
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from saksgang.kjerne.errors import SaksgangFeil
from saksgang.tilgang.commands import opprett_foerste_administrator


class Command(BaseCommand):
    help = "Registrerer den første administratoren. Passordet skrives inn, eller leses fra standard inn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("brukernavn")
        parser.add_argument("navn")

    def handle(self, *args: Any, **valg: Any) -> None:
        passord = getpass("Passord: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            bruker = opprett_foerste_administrator(valg["brukernavn"], valg["navn"], passord)
        except SaksgangFeil as feil:
            raise CommandError(" ".join(feil.setninger)) from feil
        self.stdout.write(f"{bruker.navn} er administrator og logger inn som {bruker.brukernavn}.")
