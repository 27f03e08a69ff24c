"""Twenty people save a new case at once, over HTTP against a running server."""

import re
import threading

import httpx
import pytest

from saksgang.arkivstruktur.models import Nummerserie
from saksgang.sakarkiv.models import Sak

FOLK = ["sb.kari", "sb.ola", "sb.per", "led.anne", "ark.eva"]


def _felt(html, navn):
    return re.search(rf'name="{navn}" value="([^"]+)"', html)[1]


def _valgt(html, navn):
    return re.search(rf'<select name="{navn}".*?value="(\d+)" selected', html, re.DOTALL)[1]


def _aapent_skjema(kommune, adresse, brukernavn):
    """Log in, open «Ny sak», and return the client with the form as it stands."""
    klient = httpx.Client(base_url=adresse, timeout=60)
    klient.cookies.set("sessionid", kommune.klient(brukernavn).cookies["sessionid"].value)
    html = klient.get("/saker/ny/").text
    skjema = {
        "csrfmiddlewaretoken": _felt(html, "csrfmiddlewaretoken"),
        "system_id": _felt(html, "system_id"),
        "arkivdel": _valgt(html, "arkivdel"),
        "enhet": _valgt(html, "enhet"),
        "klasse": "L42",
        "eiendom": "77/1",
        "saksansvarlig": brukernavn,
    }
    return klient, skjema


def _send_samtidig(sendinger):
    klar = threading.Barrier(len(sendinger))
    svar = [None] * len(sendinger)

    def send(nr, klient, skjema):
        klar.wait()
        svar[nr] = klient.post("/saker/ny/", data=skjema)

    traader = [threading.Thread(target=send, args=(nr, *s)) for nr, s in enumerate(sendinger)]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join()
    for klient in {id(k): k for k, _ in sendinger}.values():
        klient.close()
    return svar


@pytest.mark.tung
@pytest.mark.database
@pytest.mark.krav("R-10.3.1.2b")
@pytest.mark.django_db(transaction=True)
def test_ny_sak_saved_by_20_at_once_gives_20_consecutive_numbers(kommune_a, live_server):
    sendinger = []
    for nr in range(20):
        klient, skjema = _aapent_skjema(kommune_a, live_server.url, FOLK[nr % len(FOLK)])
        sendinger.append((klient, skjema | {"tittel": f"Samtidig sak {nr}"}))
    avbrutt, _ = _aapent_skjema(kommune_a, live_server.url, "sb.kari")
    avbrutt.close()
    svar = _send_samtidig(sendinger)
    assert [s.status_code for s in svar] == [303] * 20
    assert sorted(s.headers["Location"] for s in svar) == [f"/saker/2026/{n}/" for n in range(105, 125)]
    assert sorted(Sak.objects.filter(tittel__startswith="Samtidig").values_list("sekvens", flat=True)) == list(
        range(105, 125)
    )
    assert Nummerserie.objects.get(serie="sak", aar=2026).neste == 125


@pytest.mark.tung
@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_ny_sak_sent_five_times_at_once_from_one_form_is_one_case(kommune_a, live_server):
    klient, skjema = _aapent_skjema(kommune_a, live_server.url, "sb.kari")
    svar = _send_samtidig([(klient, skjema | {"tittel": "Dobbeltklikk"})] * 5)
    assert [(s.status_code, s.headers["Location"]) for s in svar] == [(303, "/saker/2026/105/")] * 5
    assert Sak.objects.filter(tittel="Dobbeltklikk").count() == 1
    assert Nummerserie.objects.get(serie="sak", aar=2026).neste == 106
