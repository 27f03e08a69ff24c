"""Approval: a round's page, and its three answers. Sending and taking back lie below the journalpost."""

from django.urls import path

from . import views

urlpatterns = [
    path("<int:godkjenning_id>/", views.godkjenning, name="godkjenning"),
    path("<int:godkjenning_id>/svar/<slug:slag>/", views.svar, name="godkjenning-svar"),
]
