"""The public site: the journal for everybody, without login, cookie or script."""

from django.apps import AppConfig


class InnsynConfig(AppConfig):
    name = "saksgang.innsyn"
    label = "innsyn"
