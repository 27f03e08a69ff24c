"""The URL table: one line per surface."""

from django.urls import include, path

from saksgang.ui.views import feil404, ikon

urlpatterns = [
    # Of allauth's pages these are closed: a person's address is the administrator's to change, and in the log.
    path("konto/email/", feil404),
    path("konto/confirm-email/", feil404),
    path("favicon.ico", ikon),
    path("", include("saksgang.web.urls")),
    path("innsyn/", include("saksgang.innsyn.urls")),
    path("konto/", include("allauth.urls")),
]

handler400 = "saksgang.ui.views.feil400"
handler403 = "saksgang.ui.views.feil403"
handler404 = "saksgang.ui.views.feil404"
handler500 = "saksgang.ui.views.feil500"
