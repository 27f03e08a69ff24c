"""Checking out and in: one person at a time, all see who, and nothing gets past while a document is out."""

import datetime as dt

import pytest

from saksgang.demo.grunnlag import tekstfil
from saksgang.flyt.commands import besvar_godkjenning, lag_varsler, send_til_godkjenning
from saksgang.flyt.models import Varsel
from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang, UgyldigInndata
from saksgang.logg.commands import forsegl_logg
from saksgang.logg.models import Hendelse
from saksgang.produksjon.commands import (
    angre_utsjekking,
    bryt_utsjekking,
    ferdigstill,
    flett_paa_nytt,
    lag_dokument,
    lag_versjon,
    legg_inn_standardmaler,
    sjekk_inn,
    sjekk_ut,
    skriv_tekst,
)
from saksgang.produksjon.models import Dokumentlaas, Tekstmal
from saksgang.produksjon.queries.laas import laas_paa
from saksgang.sakarkiv.commands.dokument import fjern_dokument, ny_versjon
from tests.tilstand import egen, inngaaende

HOS_KARI = (
    "«Svar om gatelys» er sjekket ut av Kari Lunde, siden 02.03.2026 kl. 09.00. Be Kari Lunde sjekke det inn eller "
    "angre utsjekkingen. Er det glemt, kan lederen eller arkivet bryte utsjekkingen."
)
HOS_DEG = "Du har sjekket ut «Svar om gatelys», 02.03.2026 kl. 09.00. Sjekk det inn, eller angre utsjekkingen, først."


def fil(tekst="Endret\n"):
    return tekstfil(tekst).fil


@pytest.fixture
def brev(kommune_a):
    jp = egen(kommune_a, kommune_a.sak(101), "U", "R")
    return kommune_a, jp, jp.dokumenter.get()


def versjoner(dokument):
    return list(dokument.versjoner.order_by("pk").values_list("versjonsnummer", "opprettet_av__brukernavn"))


def hendelser(jp):
    return list(Hendelse.objects.filter(journalpost_id=jp.pk).order_by("nummer").values_list("handling", flat=True))


def test_sjekk_ut_and_in_gives_one_new_version_and_one_event_each(brev):
    k, jp, dokument = brev
    foer = hendelser(jp)
    laas = sjekk_ut(dokument, av=k["sb.kari"])
    assert (laas_paa(dokument), laas.bruker, laas.utloeper_tid) == (laas, k["sb.kari"], None)
    sjekk_inn(dokument, fil(), filnavn="svar.txt", av=k["sb.kari"])
    assert (laas_paa(dokument), versjoner(dokument)) == (None, [(1, "sb.kari"), (2, "sb.kari")])
    assert hendelser(jp)[len(foer) :] == ["journalpost.sjekke_ut", "journalpost.sjekke_inn"]


def test_while_it_is_out_every_other_writer_is_refused_with_who_has_it(brev):
    k, _, dokument = brev
    sjekk_ut(dokument, av=k["sb.kari"])
    forsoek = [
        lambda: sjekk_ut(dokument, av=k["led.anne"]),
        lambda: sjekk_inn(dokument, fil(), filnavn="svar.txt", av=k["led.anne"]),
        lambda: angre_utsjekking(dokument, av=k["led.anne"]),
        lambda: ny_versjon(dokument, fil(), filnavn="svar.txt", av=k["led.anne"]),
        lambda: fjern_dokument(dokument, "Feil fil", av=k["led.anne"]),
    ]
    for forsoek_paa in forsoek:
        with pytest.raises(Avvist) as nektet:
            forsoek_paa()
        assert nektet.value.setninger == [HOS_KARI]
    for forsoek_paa in (
        lambda: sjekk_ut(dokument, av=k["sb.kari"]),
        lambda: ny_versjon(dokument, fil(), filnavn="svar.txt", av=k["sb.kari"]),
    ):
        with pytest.raises(Avvist) as nektet:
            forsoek_paa()
        assert nektet.value.setninger == [HOS_DEG]
    assert versjoner(dokument) == [(1, "sb.kari")]


@pytest.mark.parametrize("hvem", ["ark.eva", "les.gry", "sb.ola"])
def test_sjekk_ut_refused_for_who_may_not_write(brev, hvem):
    k, _, dokument = brev
    with pytest.raises((IkkeTilgang, IkkeFunnet)):
        sjekk_ut(dokument, av=k[hvem])
    assert laas_paa(dokument) is None


def test_sjekk_ut_refused_outside_r(kommune_a):
    k = kommune_a
    ferdig = egen(k, k.sak(101), "U", "F").dokumenter.get()
    with pytest.raises(Avvist, match="ferdigstilt og låst"):
        sjekk_ut(ferdig, av=k["sb.kari"])
    mottatt = inngaaende(k, k.sak(101), "S").dokumenter.get()
    with pytest.raises(Avvist, match="Bare dokumenter med status R Reservert kan sjekkes ut"):
        sjekk_ut(mottatt, av=k["sb.kari"])


def test_f_is_refused_while_a_document_is_out_and_goes_when_it_is_back(brev):
    k, jp, dokument = brev
    sjekk_ut(dokument, av=k["sb.kari"])
    with pytest.raises(Avvist) as nektet:
        ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"])
    assert nektet.value.setninger == [HOS_KARI]
    angre_utsjekking(dokument, av=k["sb.kari"])
    assert ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"]).status == "F"


def test_approval_neither_begins_nor_ends_while_a_document_is_out(brev):
    k, jp, dokument = brev
    sjekk_ut(dokument, av=k["sb.kari"])
    with pytest.raises(Avvist) as nektet:
        send_til_godkjenning(jp, k["led.anne"], av=k["sb.kari"])
    assert nektet.value.setninger == [HOS_KARI]
    sjekk_inn(dokument, fil(), filnavn="svar.txt", av=k["sb.kari"])
    send_til_godkjenning(jp, k["led.anne"], av=k["sb.kari"])
    with pytest.raises(Avvist, match="til godkjenning hos Anne"):
        sjekk_ut(dokument, av=k["sb.kari"])
    sjekk_ut(dokument, av=k["led.anne"])
    with pytest.raises(Avvist, match="er sjekket ut av Anne"):
        besvar_godkjenning(jp, "G", av=k["led.anne"])
    sjekk_inn(dokument, fil("Rettet\n"), filnavn="svar.txt", av=k["led.anne"])
    assert besvar_godkjenning(jp, "G", av=k["led.anne"]).svar == "G"
    assert versjoner(dokument) == [(1, "sb.kari"), (2, "sb.kari"), (3, "led.anne")]


def test_sjekk_inn_of_the_same_file_is_refused_and_keeps_the_lock(brev):
    k, _, dokument = brev
    laas = sjekk_ut(dokument, av=k["sb.kari"])
    with pytest.raises(Avvist, match="Filen er lik den du sjekket ut"):
        sjekk_inn(dokument, dokument.versjoner.get().fil, filnavn="svar.txt", av=k["sb.kari"])
    assert laas_paa(dokument) == laas


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("hvem", ["ark.eva", "led.anne"])
def test_bryt_utsjekking_needs_a_reason_and_tells_the_one_who_had_it(brev, hvem):
    k, _, dokument = brev
    sjekk_ut(dokument, av=k["sb.kari"])
    with pytest.raises(UgyldigInndata, match="Begrunnelse mangler"):
        bryt_utsjekking(dokument, " ", av=k[hvem])
    bryt_utsjekking(dokument, "Kari er syk", av=k[hvem])
    assert laas_paa(dokument) is None
    with pytest.raises(Avvist, match="er ikke sjekket ut. Last siden på nytt"):
        sjekk_inn(dokument, fil(), filnavn="svar.txt", av=k["sb.kari"])
    assert Hendelse.objects.order_by("nummer").last().detaljer["begrunnelse"] == "Kari er syk"
    forsegl_logg()
    lag_varsler()
    assert [v.bruker.brukernavn for v in Varsel.objects.filter(tekst__contains="har brutt utsjekkingen")] == ["sb.kari"]


def test_bryt_utsjekking_refused_for_another_writer(brev):
    k, jp, dokument = brev
    sjekk_ut(dokument, av=k["led.anne"])
    with pytest.raises(IkkeTilgang):
        bryt_utsjekking(dokument, "Trenger det", av=k["sb.kari"])
    with pytest.raises(IkkeFunnet):
        bryt_utsjekking(dokument, "Trenger det", av=k["les.gry"])


def test_sjekk_ut_brings_along_what_is_written_in_the_browser_and_stops_the_writing(kommune_a):
    k = kommune_a
    legg_inn_standardmaler(av=k["adm.root"])
    jp = egen(k, k.sak(101), "U", "R", dokumenter=[])
    dokument = lag_dokument(jp, Tekstmal.objects.get(navn="Brev", spraak="nb"), av=k["sb.kari"])
    tekst = skriv_tekst(dokument, "<p>Hei på deg.</p>", utgave=dokument.tekst.utgave, av=k["sb.kari"])
    sjekk_ut(dokument, av=k["sb.kari"])
    assert versjoner(dokument) == [(1, "sb.kari"), (2, "sb.kari")]
    for forsoek_paa in (
        lambda: skriv_tekst(dokument, "<p>Mer.</p>", utgave=tekst.utgave, av=k["sb.kari"]),
        lambda: flett_paa_nytt(dokument, av=k["sb.kari"]),
    ):
        with pytest.raises(Avvist, match="Du har sjekket ut"):
            forsoek_paa()
    angre_utsjekking(dokument, av=k["sb.kari"])
    skriv_tekst(dokument, "<p>Mer.</p>", utgave=tekst.utgave, av=k["sb.kari"])
    assert lag_versjon(dokument, av=k["sb.kari"]).versjonsnummer == 3


def test_a_lock_whose_time_is_out_holds_nobody_and_the_next_one_says_whose_it_was(brev, klokka):
    k, jp, dokument = brev
    laas = sjekk_ut(dokument, av=k["sb.kari"])
    # Only an open program has a time; the row is given one here as the program would.
    Dokumentlaas.objects.filter(pk=laas.pk).update(slag="D", utloeper_tid=laas.tatt_tid + dt.timedelta(minutes=30))
    with pytest.raises(Avvist, match="er åpent i Word eller LibreOffice hos Kari Lunde"):
        sjekk_ut(dokument, av=k["led.anne"])
    klokka.shift(dt.timedelta(minutes=30))
    assert laas_paa(dokument) is None
    assert sjekk_ut(dokument, av=k["led.anne"]).bruker == k["led.anne"]
    assert Hendelse.objects.order_by("nummer").last().detaljer["utløpt hos"] == "Kari Lunde"
