from importlib import import_module

from django.apps import AppConfig


class ProduksjonConfig(AppConfig):
    name = "saksgang.produksjon"
    label = "produksjon"

    def ready(self) -> None:
        """Take part in what lower rooms ask about: the rounds of approval."""
        import_module("saksgang.produksjon.commands.godkjenning")
