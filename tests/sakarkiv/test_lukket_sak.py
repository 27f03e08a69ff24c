"""A closed case is read-only: every act that would have been allowed while it was open is refused (krav R-6.1.A)."""

import datetime as dt

import pytest
from django.db import transaction

from saksgang.demo.grunnlag import skjerming, tekstfil
from saksgang.kjerne.errors import Avvist
from saksgang.offentlighet.commands import avgjoer_skjerming, foreslaa_skjerming, sett_skjerming, sperr_midlertidig
from saksgang.sakarkiv.commands.avskrivning import avskriv, opphev_avskrivning
from saksgang.sakarkiv.commands.dokument import (
    endre_dokumenttittel,
    fjern_dokument,
    legg_ved,
    ny_versjon,
    ordne_dokumenter,
)
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.commands.journalfoering import avjournalfoer, utgaa, vurder_offentlighet
from saksgang.sakarkiv.commands.journalpost import opprett_journalpost, rediger_journalpost
from saksgang.sakarkiv.commands.kopi import send_kopi
from saksgang.sakarkiv.commands.merknad import merk, oensk_avsluttet, sett_obs, trekk_oenske, utfoer_obs
from saksgang.sakarkiv.commands.part import avslutt_sakspart, legg_til_sakspart
from saksgang.sakarkiv.commands.rettighet import be_om_rettighet, gi_rettighet
from saksgang.sakarkiv.commands.sak import (
    avslutt_sak,
    gjenaapne_sak,
    klasser_sak,
    opprett_sak,
    rediger_sak,
    sett_saksansvarlig,
    skjerm_sak,
    unnta_sak,
)
from saksgang.sakarkiv.models import Journalpost, Sak
from tests.tilstand import inngaaende

AKTER = {
    "opprett": lambda k, s, jp: opprett_journalpost(s, "U", tittel="Brev", av=k["sb.kari"]),
    "registrer": lambda k, s, jp: inngaaende(k, s, "S"),
    "registrer i arkivet": lambda k, s, jp: inngaaende(k, s, "J"),
    "rediger sak": lambda k, s, jp: rediger_sak(s, tittel="Ny tittel", av=k["sb.kari"]),
    "rediger sak i arkivet": lambda k, s, jp: rediger_sak(s, tittel="Ny tittel", av=k["ark.eva"]),
    "klasser": lambda k, s, jp: klasser_sak(s, [k.sak(104).klasseringer.get().klasse], av=k["sb.kari"]),
    "saksansvarlig": lambda k, s, jp: sett_saksansvarlig(s, k["sb.ola"], av=k["led.anne"]),
    "merk sak": lambda k, s, jp: merk(s, "Husk", av=k["sb.kari"]),
    "ØA": lambda k, s, jp: oensk_avsluttet(s, av=k["sb.kari"]),
    "trekk ØA": lambda k, s, jp: trekk_oenske(s, av=k["sb.kari"]),
    "obs": lambda k, s, jp: sett_obs(s, dt.date(2026, 3, 5), av=k["sb.kari"]),
    "obs utført": lambda k, s, jp: utfoer_obs(s.obsdatoer.get(), av=k["sb.kari"]),
    "part": lambda k, s, jp: legg_til_sakspart(s, type_="person", navn="Ola", av=k["sb.kari"]),
    "part ut": lambda k, s, jp: avslutt_sakspart(s.parter.get(), av=k["sb.kari"]),
    "gi rett": lambda k, s, jp: gi_rettighet(s, k["sb.ola"], "skrive", av=k["sb.kari"]),
    "be om rett": lambda k, s, jp: be_om_rettighet(s, "skrive", av=k["sb.ola"]),
    "rediger": lambda k, s, jp: rediger_journalpost(jp, tittel="Ny tittel", av=k["ark.eva"]),
    "svarfrist": lambda k, s, jp: rediger_journalpost(jp, forfallsdato=dt.date(2026, 4, 1), av=k["sb.kari"]),
    "merk": lambda k, s, jp: merk(jp, "Husk", av=k["sb.kari"]),
    "opphev avskrivning": lambda k, s, jp: opphev_avskrivning(k.mottaker(jp).avskrivning, av=k["sb.kari"]),
    "kopi": lambda k, s, jp: send_kopi(jp, [k["sb.ola"]], av=k["sb.kari"]),
    "legg ved": lambda k, s, jp: legg_ved(jp, tekstfil("Mer\n").fil, filnavn="x.txt", av=k["ark.eva"]),
    "ny versjon": lambda k, s, jp: ny_versjon(
        jp.dokumenter.get(), tekstfil("Ny\n").fil, filnavn="x.txt", av=k["ark.eva"]
    ),
    "ordne": lambda k, s, jp: ordne_dokumenter(jp, [jp.dokumenter.get().pk], av=k["ark.eva"]),
    "dokumenttittel": lambda k, s, jp: endre_dokumenttittel(jp.dokumenter.get(), "Kart", av=k["ark.eva"]),
    "ta av": lambda k, s, jp: fjern_dokument(jp.dokumenter.get(), "Feil fil", av=k["ark.eva"]),
    "vurder": lambda k, s, jp: vurder_offentlighet(jp, av=k["sb.kari"]),
    "sett kode": lambda k, s, jp: sett_skjerming(jp, skjerming("U", "14"), av=k["sb.kari"]),
    "foreslå": lambda k, s, jp: foreslaa_skjerming(jp, skjerming("U", "14"), av=k["ark.eva"]),
    "XX": lambda k, s, jp: sperr_midlertidig(jp, av=k["ark.eva"]),
    "avgjør": lambda k, s, jp: avgjoer_skjerming(jp, skjerming("U", "14"), av=k["led.anne"]),
    "lås opp saken": lambda k, s, jp: skjerm_sak(s, Skjerming(), av=k["led.anne"]),
    "avjournalfør": lambda k, s, jp: avjournalfoer(jp, "Feil", av=k["ark.eva"]),
    "utgår": lambda k, s, jp: utgaa(jp, "Feil", av=k["ark.eva"]),
    "unnta": lambda k, s, jp: unnta_sak(s, "Løpende", av=k["ark.eva"]),
}


def _utfall(k, sak, jp) -> dict[str, str]:
    """What each act answers; nothing of it stays."""
    funnet = {}
    for navn, akt in AKTER.items():
        try:
            with transaction.atomic():
                akt(k, Sak.objects.get(pk=sak.pk), Journalpost.objects.select_related("sak").get(pk=jp.pk))
                transaction.set_rollback(True)
            funnet[navn] = "gjort"
        except Avvist as feil:
            funnet[navn] = str(feil)
    return funnet


@pytest.mark.krav("R-6.1.A")
def test_every_act_in_a_closed_case_is_refused_until_the_archive_reopens_it(kommune_a):
    k = kommune_a
    sak = opprett_sak(
        "Gatelys", arkivdel=k.sak(101).arkivdel, enhet=k.enhet("TEK"), saksansvarlig=k["sb.kari"], fra_arkivet=True,
        klasser=[k.sak(101).klasseringer.get().klasse], av=k["ark.eva"],
    )  # fmt: skip
    jp = inngaaende(k, sak, "J")
    avskriv(k.mottaker(jp), "TE", av=k["sb.kari"])
    sett_obs(sak, dt.date(2026, 3, 5), av=k["sb.kari"])
    legg_til_sakspart(sak, type_="person", navn="Ola", av=k["sb.kari"])
    oensk_avsluttet(sak, av=k["sb.kari"])
    aapen = dict.fromkeys(AKTER, "gjort") | {"ØA": "Saken er allerede merket ØA Ønskes avsluttet."}
    assert _utfall(k, sak, jp) == aapen
    avslutt_sak(sak, av=k["ark.eva"])
    lukket = dict.fromkeys(AKTER, f"Sak {sak.saksnummer} er avsluttet. Be arkivet gjenåpne den først.")
    assert _utfall(k, sak, jp) == lukket | {"unnta": "Kan ikke gå fra status A til X."}
    gjenaapne_sak(sak, "Klage", av=k["ark.eva"])
    assert _utfall(k, sak, jp) == aapen
