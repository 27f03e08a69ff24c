"""Journalposter: the acts are nouns below the id. The page itself lies below its case."""

from django.urls import path

from saksgang.web import gruppe, lesere
from saksgang.web.dokument import utsjekking, vedlegg
from saksgang.web.dokument import views as dokument
from saksgang.web.ekspedering import mottakere, utsending
from saksgang.web.ekspedering import views as ekspedering
from saksgang.web.godkjenning import views as godkjenning
from saksgang.web.skanning import views as skanning
from saksgang.web.skriving import views as skriving
from saksgang.web.sladding import views as sladding

from . import handlinger, publisering, redigering, registrering, skjerming, svar, views

urlpatterns = [
    path("forslag/mottakere/", views.mottakerforslag, name="mottakerforslag"),
    path("skjermingsfelter/", skjerming.skjermingsfelter, name="skjermingsfelter"),
    path("ny/<int:sak_id>/<slug:slag>/", registrering.ny, name="journalpost-ny"),
    path("fordelingsforslag/<int:sak_id>/", registrering.fordelingsforslag, name="fordelingsforslag"),
    path("avskrivninger/<int:avskrivning_id>/oppheving/", handlinger.oppheving, name="avskrivning-oppheving"),
    path("dokumenter/<int:dokument_id>/tekst/", skriving.tekst, name="dokument-tekst"),
    path("dokumenter/<int:dokument_id>/fletting/", skriving.fletting, name="dokument-fletting"),
    path("dokumenter/<int:dokument_id>/utkast/", skriving.utkast, name="dokument-utkast"),
    path("svarlenker/<int:lenke_id>/svarfrist/", skriving.ny_svarfrist, name="svarlenke-svarfrist"),
    path("svarlenker/<int:lenke_id>/loesning/", svar.svarloesning, name="svarlenke-loesning"),
    path("kopier/<int:kopi_id>/lest/", handlinger.kopi_lest, name="kopi-lest"),
    path("dokumenter/<int:dokument_id>/versjoner/", dokument.versjon, name="dokument-versjon"),
    path("dokumenter/<int:dokument_id>/funn/<slug:regel>/", publisering.godta, name="dokument-funn"),
    path("dokumenter/<int:dokument_id>/tittel/", dokument.tittel, name="dokument-tittel"),
    path("dokumenter/<int:dokument_id>/avtak/", dokument.avtak, name="dokument-avtak"),
    path("dokumenter/<int:dokument_id>/redigering/", utsjekking.redigering, name="dokument-redigering"),
    path("dokumenter/<int:dokument_id>/utsjekking/", utsjekking.utsjekking, name="dokument-utsjekking"),
    path("dokumenter/<int:dokument_id>/innsjekking/", utsjekking.innsjekking, name="dokument-innsjekking"),
    path("dokumenter/<int:dokument_id>/utsjekking/angring/", utsjekking.angring, name="dokument-angring"),
    path("dokumenter/<int:dokument_id>/utsjekking/brudd/", utsjekking.brudd, name="dokument-brudd"),
    path("dokumenter/<int:dokument_id>/sladding/", sladding.start, name="dokument-sladding"),
    path("dokumenter/<int:dokument_id>/sammenligning/", godkjenning.sammenligning, name="dokument-sammenligning"),
    path("<int:pk>/", views.journalpost_id, name="journalpost-id"),
    path("<int:pk>/forhaand/", views.forhaand, name="journalpost-forhaand"),
    path("<int:pk>/lesere/", lesere.journalpost, name="journalpost-lesere"),
    path("<int:pk>/tilgangsgruppe/", gruppe.journalpost, name="journalpost-tilgangsgruppe"),
    path("<int:pk>/historikk/", views.historikk, name="journalpost-historikk"),
    path("<int:pk>/kontroll/", views.kontroll, name="journalpost-kontroll"),
    path("<int:pk>/redigering/", redigering.redigering, name="journalpost-redigering"),
    path("<int:pk>/skriving/", skriving.skriving, name="journalpost-skriving"),
    path("<int:pk>/skriving/tittel/", skriving.tittel, name="journalpost-skriving-tittel"),
    path("<int:pk>/skriving/svar/", skriving.svarvalg, name="journalpost-skriving-svar"),
    path("<int:pk>/besvarelse/<slug:maate>/", svar.besvarelse, name="journalpost-besvarelse"),
    path("<int:pk>/svarknytning/", svar.svarknytning, name="journalpost-svarknytning"),
    path("<int:pk>/avskrivning/", handlinger.avskrivning, name="journalpost-avskrivning"),
    path("<int:pk>/sett/", handlinger.sett, name="journalpost-sett"),
    path("<int:pk>/svarfrist/", handlinger.svarfrist, name="journalpost-svarfrist"),
    path("<int:pk>/saksbehandler/", handlinger.saksbehandler, name="journalpost-saksbehandler"),
    path("<int:pk>/fordeling/", handlinger.fordeling, name="journalpost-fordeling"),
    path("<int:pk>/kopier/", handlinger.kopier, name="journalpost-kopier"),
    path("<int:pk>/merknader/", handlinger.merknader, name="journalpost-merknader"),
    path("<int:pk>/ferdigstilling/", handlinger.ferdigstilling, name="journalpost-ferdigstilling"),
    path("<int:pk>/ekspedering/", ekspedering.ekspedering, name="journalpost-ekspedering"),
    path("<int:pk>/signatur/", ekspedering.signatur, name="journalpost-signatur"),
    path("<int:pk>/mottakere/", mottakere.mottakere, name="journalpost-mottakere"),
    path("<int:pk>/mottakere/saksparter/", mottakere.fra_saksparter, name="journalpost-mottakere-saksparter"),
    path("<int:pk>/mottakere/fil/", mottakere.fra_fil, name="journalpost-mottakere-fil"),
    path("utsendinger/<int:utsending_id>/", utsending.utsending, name="utsending"),
    path("utsendinger/<int:utsending_id>/utskrift/", utsending.pakker, name="utsending-pakker"),
    path("utsendinger/<int:utsending_id>/fletting/", utsending.fletting, name="utsending-fletting"),
    path("<int:pk>/utskrift/", ekspedering.utskrift, name="journalpost-utskrift"),
    path("ekspederinger/<int:ekspedering_id>/igjen/", ekspedering.igjen, name="ekspedering-igjen"),
    path("ekspederinger/<int:ekspedering_id>/papir/", ekspedering.papir, name="ekspedering-papir"),
    path("<int:pk>/gjenaapning/", handlinger.gjenaapning, name="journalpost-gjenaapning"),
    path("<int:pk>/journalfoering/", handlinger.journalfoering, name="journalpost-journalfoering"),
    path("<int:pk>/avjournalfoering/", handlinger.avjournalfoering, name="journalpost-avjournalfoering"),
    path("<int:pk>/utgaatt/", handlinger.utgaatt, name="journalpost-utgaatt"),
    path("<int:pk>/komplett/", handlinger.komplett, name="journalpost-komplett"),
    path(
        "<int:pk>/offentlighetsvurdering/", handlinger.offentlighetsvurdering, name="journalpost-offentlighetsvurdering"
    ),
    path("<int:pk>/skjerming/", skjerming.skjerming, name="journalpost-skjerming"),
    path("<int:pk>/skjerming/felter/", skjerming.skjermingsvalg, name="journalpost-skjermingsvalg"),
    path("<int:pk>/skjerming/visning/", skjerming.skjermingsvisning, name="journalpost-skjermingsvisning"),
    path(
        "<int:pk>/skjerming/avgjoerelse/",
        skjerming.skjerming,
        {"maate": skjerming.AVGJOER},
        name="journalpost-skjerming-avgjoerelse",
    ),
    path(
        "<int:pk>/skjerming/forslag/",
        skjerming.skjerming,
        {"maate": skjerming.FORESLAA},
        name="journalpost-skjerming-forslag",
    ),
    path("<int:pk>/relevans/", handlinger.relevans, name="journalpost-relevans"),
    path("<int:pk>/relevans/oppheving/", handlinger.relevans_av, name="journalpost-relevans-oppheving"),
    path("<int:pk>/sperring/", skjerming.sperring, name="journalpost-sperring"),
    path("<int:pk>/opphoer/", skjerming.opphoert, name="journalpost-opphoer"),
    path("<int:pk>/tittelforslag/", handlinger.tittelforslag, name="journalpost-tittelforslag"),
    path("<int:pk>/flagg/<slug:slag>/", handlinger.flagg, name="journalpost-flagg"),
    path("<int:pk>/godkjenning/", godkjenning.sending, name="journalpost-godkjenning"),
    path("<int:pk>/godkjenning/tilbaketrekking/", godkjenning.tilbaketrekking, name="journalpost-tilbaketrekking"),
    path("<int:pk>/dokumenter/", dokument.dokumenter, name="journalpost-dokumenter"),
    path("<int:pk>/dokumenter/lenking/", vedlegg.lenking, name="journalpost-lenking"),
    path("<int:pk>/dokumenter/mal/", vedlegg.fra_mal, name="journalpost-fra-mal"),
    path("<int:pk>/skanning/", skanning.til_skanning, name="journalpost-skanning"),
    path("<int:pk>/dokumenter/rekkefoelge/", dokument.rekkefoelge, name="journalpost-rekkefoelge"),
]
