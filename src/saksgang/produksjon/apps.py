from django.apps import AppConfig


class ProduksjonConfig(AppConfig):
    name = "saksgang.produksjon"
    label = "produksjon"
