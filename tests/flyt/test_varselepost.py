"""Notifications by e-mail through a real mail server: at once, once a day, none, and never what one may not see."""

import datetime as dt

import pytest

from saksgang.flyt.commands import lag_varsler, les_varsel, send_flagg, send_varsler, velg_varsling
from saksgang.flyt.models import Varsel
from saksgang.flyt.rules import Varselmaate
from saksgang.kjerne.errors import IkkeTilgang, UgyldigInndata
from saksgang.logg.commands import forsegl_logg
from saksgang.logg.models import Hendelse
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.commands.kopi import send_kopi
from saksgang.tilgang.commands import deaktiver_bruker
from tests.tilstand import inngaaende, kodet

STRAKS, DAGLIG, INGEN = Varselmaate.STRAKS, Varselmaate.DAGLIG, Varselmaate.INGEN


def varsle(k):
    """Two notifications to sb.ola: a copy and a flag."""
    jp = k.jp(101, 1)
    send_kopi(jp, [k["sb.ola"]], av=k["sb.kari"])
    send_flagg(jp, av=k["sb.kari"], til=k["sb.ola"], tekst="Se på søknaden fra Kroa")
    forsegl_logg()
    lag_varsler()


def test_send_varsler_straks_says_what_happened_and_why_but_no_title(kommune_a, smtp, settings):
    k = kommune_a
    settings.ADRESSE = "https://sak.fjordvik.example/"
    velg_varsling(k["sb.ola"], STRAKS, av=k["sb.ola"])
    varsle(k)
    assert send_varsler(DAGLIG) == 0
    assert send_varsler(STRAKS) == 1
    assert send_varsler(STRAKS) == 0
    (melding,) = smtp.meldinger
    assert (melding["To"], melding["Subject"]) == ("sb.ola@fjordvik.example", "2 nye varsler i Saksgang")
    assert melding["Auto-Submitted"] == "auto-generated"
    tekst = melding.get_content()
    assert tekst.count("2026/101-1:") == 2
    assert "Hvorfor du får dette: Du er kopimottaker." in tekst and "https://sak.fjordvik.example/" in tekst
    assert "skjenkebevilling" not in tekst and "Kroa" not in tekst


def test_daily_letter_goes_to_those_who_chose_it_and_nothing_to_the_others(kommune_a, smtp, klokka):
    k = kommune_a
    velg_varsling(k["sb.ola"], DAGLIG, av=k["sb.ola"])
    varsle(k)
    send_flagg(k.jp(101, 1), av=k["sb.ola"], til=k["sb.kari"], tekst="Takk")
    forsegl_logg()
    lag_varsler()
    assert Varsel.objects.filter(bruker=k["sb.kari"]).exists()
    assert (send_varsler(STRAKS), send_varsler(DAGLIG)) == (0, 1)
    assert smtp.mottakere == [["sb.ola@fjordvik.example"]]
    velg_varsling(k["sb.ola"], INGEN, av=k["sb.ola"])
    klokka.move_to(dt.datetime(2026, 3, 3, 8, 0, tzinfo=dt.UTC))
    varsle(k)
    assert (send_varsler(STRAKS), send_varsler(DAGLIG), len(smtp.meldinger)) == (0, 0, 1)


def test_what_came_before_the_choice_or_is_read_or_closed_is_not_sent(kommune_a, smtp, klokka):
    k = kommune_a
    varsle(k)
    klokka.move_to(dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC))
    velg_varsling(k["sb.ola"], STRAKS, av=k["sb.ola"])
    assert send_varsler(STRAKS) == 0
    jp = inngaaende(k, k.sak(101), "J")
    for mottaker in ("sb.ola", "sb.per"):
        velg_varsling(k[mottaker], STRAKS, av=k[mottaker])
        send_kopi(jp, [k[mottaker]], av=k["sb.kari"])
    send_kopi(k.jp(101, 3), [k["sb.per"]], av=k["sb.kari"])
    forsegl_logg()
    lag_varsler()
    lest = Varsel.objects.get(bruker=k["sb.per"], journalpost=k.jp(101, 3))
    les_varsel(lest, av=k["sb.per"])
    kodet(k, jp, "P")
    assert send_varsler(STRAKS) == 0
    assert smtp.meldinger == []


def test_inactive_person_gets_no_letter(kommune_a, smtp):
    k = kommune_a
    velg_varsling(k["sb.ola"], STRAKS, av=k["sb.ola"])
    varsle(k)
    deaktiver_bruker(k["sb.ola"], til=dt.date(2026, 3, 1), av=k["adm.root"])
    assert (send_varsler(STRAKS), smtp.meldinger) == (0, [])


def test_refused_address_holds_nobody_up_and_comes_again(kommune_a, smtp):
    k = kommune_a
    velg_varsling(k["sb.ola"], STRAKS, av=k["sb.ola"])
    varsle(k)
    smtp.avvis = "550 Ukjent mottaker"
    assert send_varsler(STRAKS) == 0
    assert Varsel.objects.filter(bruker=k["sb.ola"], epost_tid__isnull=False).count() == 0
    smtp.avvis = None
    assert send_varsler(STRAKS) == 1


def test_silent_mail_server_is_the_failure_of_the_job(kommune_a, settings):
    k = kommune_a
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    velg_varsling(k["sb.ola"], STRAKS, av=k["sb.ola"])
    varsle(k)
    with pytest.raises(OSError, match="refused"):
        send_varsler(STRAKS)


def test_velg_varsling_is_ones_own_and_needs_an_address(kommune_a):
    k = kommune_a
    with pytest.raises(IkkeTilgang):
        velg_varsling(k["sb.ola"], STRAKS, av=k["adm.root"])
    with pytest.raises(UgyldigInndata):
        velg_varsling(k["sb.ola"], "Q", av=k["sb.ola"])
    Bruker.objects.filter(brukernavn="sb.per").update(epost="")
    with pytest.raises(UgyldigInndata, match="ingen e-postadresse"):
        velg_varsling(k["sb.per"], STRAKS, av=k["sb.per"])
    velg_varsling(k["sb.ola"], DAGLIG, av=k["sb.ola"])
    assert Hendelse.objects.get(handling="bruker.velge_varsel").endringer == {"varsling på e-post": ["I", "D"]}


def test_min_side_takes_the_choice(kommune_a):
    k = kommune_a
    klient = k.klient("sb.ola")
    assert "sb.ola@fjordvik.example" in klient.get("/min-side/varsling/").content.decode()
    assert klient.post("/min-side/varsling/", {"maate": "Q"}).status_code == 422
    assert klient.post("/min-side/varsling/", {"maate": "D"}).status_code == 303
    assert 'value="D"' in klient.get("/min-side/varsling/").content.decode()
