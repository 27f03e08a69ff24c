"""Files."""

from django.urls import path

from . import arkivkopi, views

urlpatterns = [
    path("<int:versjon_id>/", views.fil, name="fil"),
    path("<int:versjon_id>/forhaandsvisning/", arkivkopi.forhaandsvis, name="fil-forhaandsvisning"),
    path("<int:versjon_id>/pdf/", arkivkopi.pdf, name="fil-pdf"),
    path("<int:versjon_id>/arkivkopi/", arkivkopi.igjen, name="fil-arkivkopi"),
    path("<int:versjon_id>/original/", arkivkopi.original, name="fil-original"),
]
