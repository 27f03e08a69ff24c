from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "saksgang.demo"
    label = "demo"
