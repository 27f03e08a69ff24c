from django.apps import AppConfig


class SoekConfig(AppConfig):
    name = "saksgang.soek"
    label = "soek"
