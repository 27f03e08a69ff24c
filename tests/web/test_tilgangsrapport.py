"""«Endringer i tilgang»: every change of access in the period, who, when, old and new; cases that are seen alone."""

import csv
import datetime as dt
import io

import pytest

from saksgang.logg.models import Hendelse
from saksgang.sakarkiv.commands.kodeliste import endre_kodeverdi
from saksgang.sakarkiv.commands.rettighet import forny_rettighet, gi_rettighet, trekk_rettighet
from saksgang.sakarkiv.models import Kodeverdi
from saksgang.sakarkiv.queries.tilgangsendringer import antall_skjulte, endringer_i_tilgang, i_ord
from saksgang.tilgang.commands import (
    autoriser,
    avslutt_autorisasjon,
    avslutt_tildeling,
    deaktiver_bruker,
    endre_bruker,
    endre_enhet,
    fjern_medlem,
    gi_fullmakt,
    legg_til_medlem,
    opprett_gruppe,
    registrer_stedfortreder,
    tildel_rolle,
)
from saksgang.tilgang.models import Tilgangskode
from saksgang.tilgang.rules import Funksjon, Rolle

DAG = dt.date(2026, 3, 10)
PERIODE = "fra=2026-03-10&til=2026-03-10"


def tekst(svar) -> str:
    return " ".join(svar.content.decode().split())


def csvrader(klient, periode=PERIODE):
    svar = klient.get(f"/rapporter/tilgang.csv?{periode}")
    assert svar.status_code == 200
    fil = b"".join(svar.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(fil), delimiter=";"))


@pytest.fixture
def endret(kommune_a, klokka):
    """One of each kind of change on 10 March, among acts that are none of them; two rights in a case few see."""
    k, adm, kari = kommune_a, kommune_a["adm.root"], kommune_a["sb.kari"]
    klokka.move_to(dt.datetime(2026, 3, 10, 8, tzinfo=dt.UTC))
    foer = Hendelse.objects.count()
    u = Tilgangskode.objects.get(kode="U")
    ark = tildel_rolle(k["sb.per"], Rolle.ARK, tilgangskoder=[u], av=adm)
    gi_fullmakt(k["sb.per"], Funksjon.FORDELE, enhet=k.enhet("KULT"), av=adm)
    avslutt_tildeling(ark, til=dt.date(2026, 3, 31), av=adm)
    avslutt_autorisasjon(autoriser(k["sb.per"], u, enhet=k.enhet("KULT"), av=adm), til=dt.date(2026, 4, 1), av=adm)
    registrer_stedfortreder(k["led.nils"], k["sb.per"], fra=DAG, til=dt.date(2026, 3, 20), av=k["led.nils"])
    gruppe = opprett_gruppe("Prosjekt X", av=kari)
    legg_til_medlem(gruppe, k["u.arne"], av=kari)
    fjern_medlem(gruppe, k["u.arne"], av=kari)
    telefon = Kodeverdi.objects.get(liste="avskrivning", kode="TLF")
    endre_kodeverdi(telefon, navn="Telefonsamtale", noark=telefon.noark, av=adm)
    deaktiver_bruker(k["nes.ida"], til=dt.date(2026, 3, 31), av=adm)
    endre_enhet(k.enhet("VAR"), fagomraade=True, av=adm)
    rett = gi_rettighet(k.sak(101), k["les.gry"], "lese", til=dt.date(2026, 3, 20), av=kari)
    trekk_rettighet(forny_rettighet(rett, av=kari), av=kari)
    assert Hendelse.objects.count() == foer + 15
    endre_bruker(k["sb.ola"], telefon="57000000", av=adm)
    endre_enhet(k.enhet("VAR"), navn="Vann, avløp og renovasjon", av=adm)
    skjult = gi_rettighet(k.sak(103), k["skatt.siv"], "lese", til=dt.date(2026, 3, 20), av=k["pers.mia"])
    trekk_rettighet(skjult, av=k["pers.mia"])
    klokka.move_to(dt.datetime(2026, 3, 11, 8, tzinfo=dt.UTC))
    tildel_rolle(k["sb.ola"], Rolle.MS, av=adm)
    return k


@pytest.mark.krav("R-C.4", "C.0")
def test_report_has_every_change_of_access_in_the_period_and_only_those(endret):
    k = endret
    rader = csvrader(k.klient("ik.vera"))
    per, arne = k["sb.per"].navn, k["u.arne"].navn
    adm, per_er = k["adm.root"].navn, f"Bruker: ingen → {per}"
    assert len(rader) == 16
    eldst = [(r["hvem"], r["gjelder"], set(r["endring"].split("; "))) for r in rader[-2:-5:-1]]
    assert eldst == [
        (adm, f"{per}: Arkivtjenesten", {per_er, "Rolle: ingen → ARK", "Kilde: ingen → stilling",
         "Fra: ingen → 10.03.2026", "Tilgangskoder: ingen → U"}),
        (adm, f"{per}: Fordele, KULT Kultur", {per_er, "Funksjon: ingen → fordele", "Enhet: ingen → KULT Kultur",
         "Kilde: ingen → fullmakt", "Fra: ingen → 10.03.2026"}),
        (adm, f"{per}: Arkivtjenesten", {"Til: ingen → 31.03.2026"}),
    ]  # fmt: skip
    gjelder = {r["gjelder"] for r in rader[:-1]}
    assert {"2026/101", "Prosjekt X", f"{k['sb.per'].navn} for {k['led.nils'].navn}"} <= gjelder
    assert any(g.startswith(f"{per}: U") and "KULT" in g for g in gjelder)
    medlem = [r["endring"] for r in rader if "Medlem" in r["endring"]]
    assert [m.split(";")[0] for m in medlem] == [f"Medlem: {arne} → ingen", f"Medlem: ingen → {arne}"]
    sak = [(r["hva"], r["endring"]) for r in rader if r["gjelder"] == "2026/101"]
    assert [hva for hva, _ in sak] == [
        "Trakk rettigheter i saken", "Fornyet rettigheter i saken", "Ga rettigheter i saken",
    ]  # fmt: skip
    assert "Til: 20.03.2026 → 31.03.2026" in sak[1][1]
    assert rader[-1]["endring"] == "2 endringer av rettigheter i saker du ikke kan se"


@pytest.mark.krav("R-7.2.2")
def test_report_counts_rights_in_unseen_cases_and_names_them_to_those_who_see(endret):
    k = endret
    for hvem, skjulte in (("adm.root", 2), ("ik.vera", 2), ("ark.eva", 0)):
        assert antall_skjulte(k[hvem], DAG, DAG) == skjulte
        side = tekst(k.klient(hvem).get(f"/rapporter/tilgang/?{PERIODE}"))
        assert ("I tillegg 2 endringer av rettigheter i saker du ikke kan se." in side) == bool(skjulte)
        assert ("2026/103" in side) == (not skjulte)
        assert (k["skatt.siv"].navn in side) == (not skjulte)
        assert "2026/101" in side
        assert "57000000" not in side
    assert k.klient("adm.root").get("/rapporter/tilgang/?fra=2026-03-10&til=2026-03-01").status_code == 422
    assert k.klient("adm.root").get("/rapporter/tilgang.csv?fra=2026-03-10&til=2026-03-01").status_code == 409
    assert "Rapporter" in tekst(k.klient("adm.root").get("/rapporter/tilgang/"))


def test_report_is_for_adm_ark_and_internkontroll(endret):
    k = endret
    for hvem in ("raad.jon", "led.anne", "sb.kari", "les.gry", "pol.tor"):
        for vei in ("/rapporter/tilgang/", f"/rapporter/tilgang.csv?{PERIODE}"):
            assert k.klient(hvem).get(vei).status_code == 403
    assert "/rapporter/tilgang/" not in tekst(k.klient("raad.jon").get("/rapporter/"))
    assert "/rapporter/tilgang/" in tekst(k.klient("ik.vera").get("/rapporter/"))


def test_report_asks_as_often_for_many_as_for_few(endret, django_assert_num_queries):
    k = endret
    hendelser = list(endringer_i_tilgang(k["ark.eva"], DAG, DAG))
    with django_assert_num_queries(9):
        assert len(i_ord(hendelser)) == 17


def test_report_refuses_the_last_day_that_there_is(kommune_a):
    root = kommune_a.klient("adm.root")
    for adresse, status in (("/rapporter/tilgang/", 422), ("/rapporter/tilgang.csv", 409)):
        assert root.get(adresse, {"fra": "9999-12-31", "til": "9999-12-31"}).status_code == status
