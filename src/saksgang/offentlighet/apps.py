from django.apps import AppConfig


class OffentlighetConfig(AppConfig):
    name = "saksgang.offentlighet"
    label = "offentlighet"
