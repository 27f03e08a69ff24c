"""Addresses of the contact register."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.liste, name="kontakter"),
    path("ny/", views.ny, name="kontakt-ny"),
    path("forslag/", views.forslag, name="kontakt-forslag"),
    path("<int:pk>/", views.kontakt, name="kontakt"),
    path("<int:pk>/redigering/", views.redigering, name="kontakt-redigering"),
    path("<int:pk>/sammenslaaing/", views.sammenslaaing, name="kontakt-sammenslaaing"),
]
