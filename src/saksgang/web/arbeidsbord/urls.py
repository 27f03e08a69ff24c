"""The arbeidsbord, its lists, and the acts on ticked rows."""

from django.urls import path

from saksgang.web.arbeidsbord import handlinger, views
from saksgang.web.flagg import views as flagg

urlpatterns = [
    path("", views.arbeidsbord, name="arbeidsbord"),
    path("min-side/utseende/", views.utseende, name="utseende"),
    path("varsler/", flagg.varsler_, name="varsler"),
    path("varsler/lest/", flagg.varsler_lest, name="varsler-lest"),
    path("varsler/<int:varsel_id>/lest/", flagg.varsel_lest, name="varsel-lest"),
    path("lister/sak/<int:sak_id>/forhaand/", views.sak_forhaand, name="sak-forhaand"),
    path("lister/<slug:noekkel>/", views.liste, name="liste"),
    path("lister/<slug:noekkel>/klarhet/", views.klarhet, name="liste-klarhet"),
    path("lister/<slug:noekkel>/avskrivning/", handlinger.avskrivning, name="liste-avskrivning"),
    path(
        "lister/<slug:noekkel>/avskrivning/oppheving/",
        handlinger.avskrivning_oppheving,
        name="liste-avskrivning-oppheving",
    ),
    path("lister/<slug:noekkel>/svarfrist/", handlinger.svarfrist, name="liste-svarfrist"),
    path("lister/<slug:noekkel>/sett/", handlinger.sett, name="liste-sett"),
    path("lister/<slug:noekkel>/fordeling/", handlinger.fordeling, name="liste-fordeling"),
    path("lister/<slug:noekkel>/journalfoering/", handlinger.journalfoering, name="liste-journalfoering"),
    path("lister/<slug:noekkel>/lest/", handlinger.lest, name="liste-lest"),
    path("lister/<slug:noekkel>/utfoert/", handlinger.utfoert, name="liste-utfoert"),
    path("lister/<slug:noekkel>/kontroll/", handlinger.kontroll, name="liste-kontroll"),
    path("lister/<slug:noekkel>/avslutning/", handlinger.avslutning, name="liste-avslutning"),
    path("lister/<slug:noekkel>/gradering/", handlinger.gradering, name="liste-gradering"),
    path("lister/<slug:noekkel>/purring/", handlinger.purring, name="liste-purring"),
    path("lister/<slug:noekkel>/arkivkopi/", handlinger.arkivkopi, name="liste-arkivkopi"),
    path("lister/<slug:noekkel>/behandling/", handlinger.behandling, name="liste-behandling"),
]
