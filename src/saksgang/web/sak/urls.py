"""Addresses of the case: lists, the new one, its tabs, its acts, and its journalposter."""

from django.urls import path

from saksgang.web import gruppe, lesere
from saksgang.web.journalpost.views import journalpost
from saksgang.web.partsinnsyn import views as partsinnsyn
from saksgang.web.skanning.views import til_skanning_sak

from .views import forslag, handlinger, liste, ny, side

_SAK = "<int:aar>/<int:sekvens>/"
_PARTSINNSYN = f"{_SAK}partsinnsyn/<int:partsinnsyn_id>/"


urlpatterns = [
    path("", liste.saker, name="saker"),
    path("ny/", ny.ny, name="sak-ny"),
    path("ny/dubletter/", ny.dubletter, name="sak-ny-dubletter"),
    path("ny/skjerming/", ny.skjermingsfelter, name="sak-ny-skjerming"),
    path("forslag/ordningsverdier/", forslag.klasser, name="klasse-forslag"),
    path("forslag/personer/", forslag.personer, name="person-forslag"),
    path(_SAK, side.sak, name="sak"),
    path(f"{_SAK}parter/", side.parter, name="sak-parter"),
    path(f"{_SAK}parter/ny/", handlinger.part_ny, name="sak-part-ny"),
    path(f"{_SAK}parter/<int:part_id>/avslutning/", handlinger.part_avslutning, name="sak-part-avslutning"),
    path(f"{_SAK}parter/<int:part_id>/foedselsnummer/", handlinger.foedselsnummer, name="sak-part-foedselsnummer"),
    path(f"{_SAK}parter/<int:part_id>/partsinnsyn/", partsinnsyn.ny, name="sak-partsinnsyn-ny"),
    path(_PARTSINNSYN, partsinnsyn.partsinnsyn, name="sak-partsinnsyn"),
    path(f"{_PARTSINNSYN}avgjoerelse/", partsinnsyn.avgjoerelse, name="sak-partsinnsyn-avgjoerelse"),
    path(f"{_PARTSINNSYN}utlevering/", partsinnsyn.utlevering, name="sak-partsinnsyn-utlevering"),
    path(f"{_PARTSINNSYN}pakking/", partsinnsyn.pakking, name="sak-partsinnsyn-pakking"),
    path(f"{_PARTSINNSYN}pakke.zip", partsinnsyn.pakke, name="sak-partsinnsyn-pakke"),
    path(f"{_PARTSINNSYN}liste.pdf", partsinnsyn.liste, name="sak-partsinnsyn-liste"),
    path(f"{_SAK}merknader/", side.merknader, name="sak-merknader"),
    path(f"{_SAK}merknader/ny/", handlinger.merknad, name="sak-merknad"),
    path(f"{_SAK}obsdatoer/", side.obsdatoer, name="sak-obsdatoer"),
    path(f"{_SAK}obsdatoer/ny/", handlinger.obsdato, name="sak-obsdato"),
    path(f"{_SAK}obsdatoer/<int:obs_id>/utfoert/", handlinger.obs_utfoert, name="sak-obs-utfoert"),
    path(f"{_SAK}rettigheter/", side.rettigheter, name="sak-rettigheter"),
    path(f"{_SAK}rettigheter/ny/", handlinger.rettighet, name="sak-rettighet"),
    path(f"{_SAK}rettigheter/oenske/", handlinger.rettighetsoenske, name="sak-rettighetsoenske"),
    path(
        f"{_SAK}rettigheter/oensker/<int:oenske_id>/innvilgelse/",
        handlinger.innvilgelse,
        name="sak-rettighet-innvilgelse",
    ),
    path(f"{_SAK}rettigheter/oensker/<int:oenske_id>/avslag/", handlinger.avslag, name="sak-rettighet-avslag"),
    path(f"{_SAK}rettigheter/<int:rettighet_id>/fornyelse/", handlinger.fornyelse, name="sak-rettighet-fornyelse"),
    path(
        f"{_SAK}rettigheter/<int:rettighet_id>/tilbaketrekking/",
        handlinger.tilbaketrekking,
        name="sak-rettighet-tilbaketrekking",
    ),
    path(f"{_SAK}skanning/", til_skanning_sak, name="sak-skanning"),
    path(f"{_SAK}historikk/", side.historikk, name="sak-historikk"),
    path(f"{_SAK}historikk.csv", side.historikk_csv, name="sak-historikk-csv"),
    path(f"{_SAK}historikk.pdf", side.historikk_pdf, name="sak-historikk-pdf"),
    path(f"{_SAK}tilgangsgruppe/", gruppe.sak, name="sak-tilgangsgruppe"),
    path(f"{_SAK}lesere/", lesere.sak, name="sak-lesere"),
    path(f"{_SAK}kontroll/", handlinger.kontroll, name="sak-kontroll"),
    path(f"{_SAK}avslutning/", handlinger.avslutning, name="sak-avslutning"),
    path(f"{_SAK}tilbakesending/", handlinger.tilbakesending, name="sak-tilbakesending"),
    path(f"{_SAK}gjenaapning/", handlinger.gjenaapning, name="sak-gjenaapning"),
    path(f"{_SAK}unntak/", handlinger.unntak, name="sak-unntak"),
    path(f"{_SAK}inntak/", handlinger.inntak, name="sak-inntak"),
    path(f"{_SAK}utgang/", handlinger.utgang, name="sak-utgang"),
    path(f"{_SAK}oenske/", handlinger.oenske, name="sak-oenske"),
    path(f"{_SAK}oenske/tilbaketrekking/", handlinger.oenske_trekk, name="sak-oenske-trekk"),
    path(f"{_SAK}redigering/", handlinger.redigering, name="sak-redigering"),
    path(f"{_SAK}klassering/", handlinger.klassering, name="sak-klassering"),
    path(f"{_SAK}saksansvarlig/", handlinger.saksansvarlig, name="sak-saksansvarlig"),
    path(f"{_SAK}skjerming/", handlinger.skjerming, name="sak-skjerming"),
    path(f"{_SAK}skjerming/dokumenter/", side.graderinger, name="sak-graderinger"),
    path(f"{_SAK}<int:nummer>/", journalpost, name="journalpost"),
]
