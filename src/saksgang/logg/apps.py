from django.apps import AppConfig


class LoggConfig(AppConfig):
    name = "saksgang.logg"
    label = "logg"
