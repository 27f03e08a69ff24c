"""Scanning orders."""

from django.urls import path

from . import views

urlpatterns = [
    path("<int:ordre_id>/", views.ordre, name="skanneordre"),
    path("<int:ordre_id>/papir/", views.papir, name="skanneordre-papir"),
    path("<int:ordre_id>/avbestilling/", views.avbestilling, name="skanneordre-avbestilling"),
    path("<int:ordre_id>/forside.pdf", views.forside, name="skanneordre-forside"),
]
