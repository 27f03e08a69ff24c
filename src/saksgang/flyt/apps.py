from importlib import import_module

from django.apps import AppConfig


class FlytConfig(AppConfig):
    name = "saksgang.flyt"
    label = "flyt"

    def ready(self) -> None:
        """Put this room's jobs on the timetable, and its questions in HINDRE."""
        for modul in ("tasks", "commands.hindre"):
            import_module(f"saksgang.flyt.{modul}")
