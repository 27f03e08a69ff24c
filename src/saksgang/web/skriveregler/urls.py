"""Rules for titles."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.regler, name="skriveregler"),
    path("kontroll/", views.tittelkontroll, name="tittelkontroll"),
]
