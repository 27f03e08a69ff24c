from importlib import import_module

from django.apps import AppConfig


class SakarkivConfig(AppConfig):
    name = "saksgang.sakarkiv"
    label = "sakarkiv"

    def ready(self) -> None:
        """Tell tilgang about relations, keys, followers and hindrances."""
        for modul in ("relasjoner", "noekler", "hindre"):
            import_module(f"saksgang.sakarkiv.commands.{modul}")
