from importlib import import_module

from django.apps import AppConfig


class OffentlighetConfig(AppConfig):
    name = "saksgang.offentlighet"
    label = "offentlighet"

    def ready(self) -> None:
        """Put the jobs of this room on the timetable."""
        import_module("saksgang.offentlighet.tasks")
