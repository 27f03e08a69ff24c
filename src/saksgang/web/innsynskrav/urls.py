"""Requests for access."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.alle, name="innsynskrav"),
    path("ny/", views.ny, name="innsynskrav-ny"),
    path("<int:krav_id>/", views.krav, name="innsynskrav-ett"),
    path("<int:krav_id>/journalposter/", views.poster, name="innsynskrav-journalposter"),
    path("<int:krav_id>/svar/", views.svar, name="innsynskrav-svar"),
    path("<int:krav_id>/avslutning/", views.avslutning, name="innsynskrav-avslutning"),
    path("<int:krav_id>/begrunnelsesoenske/", views.begrunnelsesoenske, name="innsynskrav-begrunnelsesoenske"),
    path("<int:krav_id>/begrunnelse/", views.begrunnelse, name="innsynskrav-begrunnelse"),
    path("<int:krav_id>/klage/", views.klage, name="innsynskrav-klage"),
    path("<int:krav_id>/klage/oversendelse/", views.oversendelse, name="innsynskrav-oversendelse"),
    path("<int:krav_id>/klage/utfall/", views.klageutfall, name="innsynskrav-klageutfall"),
    path("<int:krav_id>/journalfoering/", views.journalfoering, name="innsynskrav-journalfoering"),
    path("brev/<int:svar_id>/", views.brev, name="innsynskrav-brev"),
    path("dokumenter/<int:linje_id>/vurdering/", views.vurdering, name="innsynskrav-vurdering"),
    path("dokumenter/<int:linje_id>/uttak/", views.uttak, name="innsynskrav-uttak"),
    path("dokumenter/<int:linje_id>/samtykke/", views.samtykke, name="innsynskrav-samtykke"),
    path("samtykker/<int:samtykke_id>/svar/", views.samtykkesvar, name="innsynskrav-samtykkesvar"),
]
