from django.apps import AppConfig


class OrganisasjonConfig(AppConfig):
    name = "saksgang.organisasjon"
    label = "organisasjon"
