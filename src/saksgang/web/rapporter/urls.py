"""Addresses of the reports about the journal."""

from django.urls import path

from . import tilgang, views

urlpatterns = [
    path("", views.rapporter, name="rapporter"),
    path("offentlig-journal/", views.journal, name="rapport-journal"),
    path("offentlig-journal.csv", views.journal_csv, name="rapport-journal-csv"),
    path("offentlig-journal.pdf", views.journal_pdf, name="rapport-journal-pdf"),
    path("ekspedering/", views.ekspedering, name="rapport-ekspedering"),
    path("tilgang/", tilgang.endringer, name="rapport-tilgang"),
    path("tilgang.csv", tilgang.endringer_csv, name="rapport-tilgang-csv"),
    path("behandlingsprotokoll.csv", views.protokoll, name="rapport-behandlingsprotokoll"),
    path("fullstendighet/", views.fullstendig, name="rapport-fullstendighet"),
]
