"""administrasjon/ (urlpatterns), kontroll/ and min-side/."""

from django.urls import path

from .views import arkiv, brukere, enheter, fordeling, minside, skriveregler, tildelinger

urlpatterns = [
    path("", arkiv.forside, name="administrasjon"),
    path("enheter/", enheter.enheter, name="administrasjon_enheter"),
    path("enheter/ny/", enheter.ny_enhet, name="administrasjon_ny_enhet"),
    path("enheter/import/", enheter.enhetsimport, name="administrasjon_enhetsimport"),
    path("enheter/<int:pk>/", enheter.enhet, name="administrasjon_enhet"),
    path("enheter/<int:pk>/nedleggelse/", enheter.enhetsnedleggelse, name="administrasjon_enhetsnedleggelse"),
    path("brukere/", brukere.brukere, name="administrasjon_brukere"),
    path("brukere/ny/", brukere.ny_bruker, name="administrasjon_ny_bruker"),
    path("brukere/import/", brukere.brukerimport, name="administrasjon_brukerimport"),
    path("brukere/<int:pk>/", brukere.bruker, name="administrasjon_bruker"),
    path("brukere/<int:pk>/endring/", brukere.brukerendring, name="administrasjon_brukerendring"),
    path("brukere/<int:pk>/passord/", brukere.passord, name="administrasjon_passord"),
    path("brukere/<int:pk>/deaktivering/", brukere.deaktivering, name="administrasjon_deaktivering"),
    path("brukere/<int:pk>/gjenaapning/", brukere.gjenaapning, name="administrasjon_gjenaapning"),
    path("roller/", tildelinger.roller, name="administrasjon_roller"),
    path("roller/ny/", tildelinger.ny_rolle, name="administrasjon_ny_rolle"),
    path("roller/ny-fullmakt/", tildelinger.ny_fullmakt, name="administrasjon_ny_fullmakt"),
    path("roller/<int:pk>/avslutning/", tildelinger.rolleavslutning, name="administrasjon_rolleavslutning"),
    path("stedfortredere/", tildelinger.stedfortredere, name="administrasjon_stedfortredere"),
    path("stedfortredere/ny/", tildelinger.ny_stedfortreder, name="administrasjon_ny_stedfortreder"),
    path("stedfortredere/<int:pk>/", tildelinger.stedfortreder, name="administrasjon_stedfortreder"),
    path(
        "stedfortredere/<int:pk>/avslutning/",
        tildelinger.stedfortrederavslutning,
        name="administrasjon_stedfortrederavslutning",
    ),
    path("autorisasjoner/", tildelinger.autorisasjoner, name="administrasjon_autorisasjoner"),
    path("autorisasjoner/ny/", tildelinger.ny_autorisasjon, name="administrasjon_ny_autorisasjon"),
    path(
        "autorisasjoner/<int:pk>/avslutning/",
        tildelinger.autorisasjonsavslutning,
        name="administrasjon_autorisasjonsavslutning",
    ),
    path("grupper/", tildelinger.grupper, name="administrasjon_grupper"),
    path("grupper/ny/", tildelinger.ny_gruppe, name="administrasjon_ny_gruppe"),
    path("fravaer/", tildelinger.fravaer, name="administrasjon_fravaer"),
    path("fravaer/nytt/", tildelinger.nytt_fravaer, name="administrasjon_nytt_fravaer"),
    path("fravaer/<int:pk>/", tildelinger.fravaersendring, name="administrasjon_fravaersendring"),
    path("fravaer/<int:pk>/trekking/", tildelinger.fravaerstrekking, name="administrasjon_fravaerstrekking"),
    path("arkivdeler/", arkiv.arkivdeler, name="administrasjon_arkivdeler"),
    path("arkivdeler/ny/", arkiv.ny_arkivdel, name="administrasjon_ny_arkivdel"),
    path("arkivdeler/nytt-arkiv/", arkiv.nytt_arkiv, name="administrasjon_nytt_arkiv"),
    path("arkivdeler/<int:pk>/", arkiv.arkivdel, name="administrasjon_arkivdel"),
    path("klassifikasjon/", arkiv.klassifikasjon, name="administrasjon_klassifikasjon"),
    path("klassifikasjon/nytt/", arkiv.nytt_system, name="administrasjon_nytt_system"),
    path("klassifikasjon/<int:pk>/", arkiv.system, name="administrasjon_system"),
    path("klassifikasjon/<int:pk>/ny/", arkiv.ny_klasse, name="administrasjon_ny_klasse"),
    path("klassifikasjon/<int:pk>/import/", arkiv.klasseimport, name="administrasjon_klasseimport"),
    path("klasser/<int:pk>/", arkiv.klasse, name="administrasjon_klasse"),
    path("klasser/<int:pk>/nedleggelse/", arkiv.klassenedleggelse, name="administrasjon_klassenedleggelse"),
    path("fordelingsregler/", fordeling.regler, name="administrasjon_fordelingsregler"),
    path("fordelingsregler/ny/", fordeling.ny_regel, name="administrasjon_ny_fordelingsregel"),
    path(
        "fordelingsregler/<int:pk>/opphevelse/",
        fordeling.opphevelse,
        name="administrasjon_fordelingsregelopphevelse",
    ),
    path("skriveregler/", skriveregler.regler, name="administrasjon_skriveregler"),
    path("skriveregler/ny/", skriveregler.ny_regel, name="administrasjon_ny_skriveregel"),
    path("skriveregler/<int:pk>/", skriveregler.regel, name="administrasjon_skriveregel"),
    path("nummerserier/", arkiv.nummerserier, name="administrasjon_nummerserier"),
    path("nummerserier/ny/", arkiv.ny_nummerserie, name="administrasjon_ny_nummerserie"),
]

kontroll = [
    path("", tildelinger.kontroll, name="kontroll"),
    path(
        "ledere-uten-stedfortreder/",
        tildelinger.ledere_uten_stedfortreder,
        name="kontroll_ledere_uten_stedfortreder",
    ),
]

min_side = [
    path("fravaer/", minside.mitt_fravaer, name="minside_fravaer"),
    path("fravaer/<int:pk>/trekking/", minside.mitt_fravaer_trekking, name="minside_fravaerstrekking"),
    path("stedfortreder/", minside.min_stedfortreder, name="minside_stedfortreder"),
    path("stedfortreder/<int:pk>/", minside.min_stedfortrederendring, name="minside_stedfortrederendring"),
    path(
        "stedfortreder/<int:pk>/avslutning/",
        minside.min_stedfortrederavslutning,
        name="minside_stedfortrederavslutning",
    ),
    path("varsling/", minside.varsling, name="minside_varsling"),
    path("grupper/", minside.mine_grupper, name="minside_grupper"),
    path("grupper/<int:pk>/", minside.gruppe, name="minside_gruppe"),
    path("grupper/<int:pk>/nedleggelse/", minside.gruppenedleggelse, name="minside_gruppenedleggelse"),
    path("grupper/<int:pk>/medlemmer/<int:bruker_pk>/", minside.medlemsfjerning, name="minside_medlemsfjerning"),
    path("forslag/brukere/", minside.brukerforslag, name="minside_brukerforslag"),
]
