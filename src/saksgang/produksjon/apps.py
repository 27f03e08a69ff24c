from importlib import import_module

from django.apps import AppConfig


class ProduksjonConfig(AppConfig):
    name = "saksgang.produksjon"
    label = "produksjon"

    def ready(self) -> None:
        """Tell the rooms below what this room asks and does, and put its jobs on the timetable."""
        for modul in ("hindre", "arkivkopi", "godkjenning", "skanning", "utsjekking"):
            import_module(f"saksgang.produksjon.commands.{modul}")
        import_module("saksgang.produksjon.tasks")
