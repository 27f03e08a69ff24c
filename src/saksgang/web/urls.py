"""The staff's addresses: nouns, one module an area."""

from django.urls import include, path

from saksgang.web.administrasjon import urls as administrasjon

urlpatterns = [
    path("", include("saksgang.web.arbeidsbord.urls")),
    path("saker/", include("saksgang.web.sak.urls")),
    path("journalposter/", include("saksgang.web.journalpost.urls")),
    path("filer/", include("saksgang.web.dokument.urls")),
    path("sladdinger/", include("saksgang.web.sladding.urls")),
    path("flagg/", include("saksgang.web.flagg.urls")),
    path("skanning/", include("saksgang.web.skanning.urls")),
    path("innsynskrav/", include("saksgang.web.innsynskrav.urls")),
    path("skriveregler/", include("saksgang.web.skriveregler.urls")),
    path("godkjenning/", include("saksgang.web.godkjenning.urls")),
    path("soek/", include("saksgang.web.soek.urls")),
    path("kontakter/", include("saksgang.web.kontakt.urls")),
    path("maler/", include("saksgang.web.maler.urls")),
    path("rapporter/", include("saksgang.web.rapporter.urls")),
    path("administrasjon/", include("saksgang.web.administrasjon.urls")),
    path("kontroll/", include(administrasjon.kontroll)),
    path("min-side/", include(administrasjon.min_side)),
]
