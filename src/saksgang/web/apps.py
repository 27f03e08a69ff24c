from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "saksgang.web"
    label = "web"
