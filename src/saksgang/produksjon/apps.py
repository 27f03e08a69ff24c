from importlib import import_module

from django.apps import AppConfig


class ProduksjonConfig(AppConfig):
    name = "saksgang.produksjon"
    label = "produksjon"

    def ready(self) -> None:
        """Take part in approval and in HINDRE below, and put this room's jobs on the timetable."""
        import_module("saksgang.produksjon.commands.godkjenning")
        import_module("saksgang.produksjon.commands.skanning")
        import_module("saksgang.produksjon.tasks")
