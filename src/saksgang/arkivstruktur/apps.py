from django.apps import AppConfig


class ArkivstrukturConfig(AppConfig):
    name = "saksgang.arkivstruktur"
    label = "arkivstruktur"
