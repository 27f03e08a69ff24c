from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "saksgang.ui"
    label = "ui"
