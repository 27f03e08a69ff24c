"""maler/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.maler, name="maler"),
    path("ny/", views.ny_mal, name="mal_ny"),
    path("flettefelter/", views.felter, name="mal_felter"),
    path("standardmaler/", views.standardmaler, name="mal_standardmaler"),
    path("<int:pk>/", views.mal, name="mal"),
    path("<int:pk>/endring/", views.malendring, name="mal_endring"),
    path("<int:pk>/versjoner/", views.ny_versjon, name="mal_ny_versjon"),
    path("versjoner/<int:pk>/", views.versjon, name="malversjon"),
    path("versjoner/<int:pk>/bruk/", views.bruk, name="malversjon_bruk"),
    path("versjoner/<int:pk>/fil/", views.fil, name="malversjon_fil"),
    path("versjoner/<int:pk>/eksempel/", views.eksempel, name="malversjon_eksempel"),
]
