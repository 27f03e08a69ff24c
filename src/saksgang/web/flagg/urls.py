"""Flags: the lists, one flag, and what its receiver does with it."""

from django.urls import path

from saksgang.web.flagg import views

urlpatterns = [
    path("", views.flagg, name="flagg"),
    path("behandlet/", views.behandlet, name="flagg-behandlet-liste"),
    path("sendt/", views.sendt, name="flagg-sendt-liste"),
    path("<int:flagg_id>/", views.ett_flagg, name="flagg-ett"),
    path("<int:flagg_id>/svar/", views.svar, name="flagg-svar"),
    path("<int:flagg_id>/behandling/", views.behandling, name="flagg-behandling"),
    path("<int:flagg_id>/tittel/", views.tittel, name="flagg-tittel"),
    path("<int:flagg_id>/fordeling/", views.fordeling, name="flagg-fordeling"),
]
