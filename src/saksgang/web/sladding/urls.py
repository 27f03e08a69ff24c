"""Redacted versions: the page, its pictures, and the acts."""

from django.urls import path

from . import merking, views

urlpatterns = [
    path("<int:sladding_id>/", views.sladding, name="sladding"),
    path("<int:sladding_id>/stand/", views.stand, name="sladding-stand"),
    path("<int:sladding_id>/sider/<int:side>/", views.original, name="sladding-side"),
    path("<int:sladding_id>/sladdet/<int:side>/", views.sladdet, name="sladding-sladdet-side"),
    path("<int:sladding_id>/ord/", merking.ord_, name="sladding-ord"),
    path("<int:sladding_id>/moenster/", merking.moenster, name="sladding-moenster"),
    path("<int:sladding_id>/omraader/", merking.omraader, name="sladding-omraader"),
    path("<int:sladding_id>/fjerning/", merking.fjerning, name="sladding-fjerning"),
    path("<int:sladding_id>/sending/", views.sending, name="sladding-sending"),
    path("<int:sladding_id>/endring/", views.endring, name="sladding-endring"),
    path("<int:sladding_id>/godkjenning/", views.godkjenning, name="sladding-godkjenning"),
    path("<int:sladding_id>/avvisning/", views.avvisning, name="sladding-avvisning"),
    path("<int:sladding_id>/tilbaketrekking/", views.tilbaketrekking, name="sladding-tilbaketrekking"),
]
