from django.apps import AppConfig


class TilgangConfig(AppConfig):
    name = "saksgang.tilgang"
    label = "tilgang"
