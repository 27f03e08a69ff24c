"""Files."""

from django.urls import path

from . import views

urlpatterns = [path("<int:versjon_id>/", views.fil, name="fil")]
