from importlib import import_module

from django.apps import AppConfig


class FlytConfig(AppConfig):
    name = "saksgang.flyt"
    label = "flyt"

    def ready(self) -> None:
        """Put this room's jobs on the timetable."""
        import_module("saksgang.flyt.tasks")
