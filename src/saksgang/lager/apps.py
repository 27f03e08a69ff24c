from django.apps import AppConfig


class LagerConfig(AppConfig):
    name = "saksgang.lager"
    label = "lager"
