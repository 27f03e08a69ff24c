from importlib import import_module

from django.apps import AppConfig


class InnsynskravConfig(AppConfig):
    name = "saksgang.innsynskrav"
    label = "innsynskrav"

    def ready(self) -> None:
        """Put this room's job on the timetable."""
        import_module("saksgang.innsynskrav.tasks")
