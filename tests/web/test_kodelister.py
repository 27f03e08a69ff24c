"""The code lists: what the routine names is there from the first day, and the administrator keeps them."""

import datetime as dt
import re

import pytest

from saksgang.flyt.rules import Flaggtype
from saksgang.kjerne.errors import Avvist, IkkeTilgang, UgyldigInndata
from saksgang.logg.models import Hendelse
from saksgang.sakarkiv.commands.kodeliste import avslutt_kodeverdi, endre_kodeverdi, opprett_kodeverdi
from saksgang.sakarkiv.models import Kodeverdi
from saksgang.sakarkiv.rules import NOARKVERDIER
from saksgang.tilgang.models import Avskjermingskode, Hjemmel, Tilgangskode

HTMX = {"HX-Request": "true"}
SIDER = "/administrasjon/kodelister/"
KODER = {
    "avskrivning": [
        ("TE", True), ("TO", True), ("TLF", True), ("BU", False), ("BE", False), ("NN", False), ("BI", False),
        ("SA", False),
    ],
    "merknad": [("ØA", False), ("SB", True), ("AR", True), ("AN", True)],
    "ekspedering": [(kode, kode != "I") for kode in "PEFDHI"],
    "opphav": [(kode, True) for kode in ("BREV", "PERS", "EPOST", "FAKS", "TLF", "POL", "ADM")],
}  # fmt: skip


def maater(klient, k):
    html = klient.get(f"/journalposter/{k.jp(101, 2).pk}/avskrivning/", headers=HTMX).content.decode()
    return re.findall(r'name="maate" value="(\w+)"', html)


@pytest.mark.krav("C.5")
def test_code_lists_of_the_routine_are_seeded(db):
    for liste, koder in KODER.items():
        rader = Kodeverdi.objects.filter(liste=liste).order_by("rekkefoelge")
        assert list(rader.values_list("kode", "manuell")) == koder
        assert {rad.noark for rad in rader} <= set(NOARKVERDIER[liste])
    assert set(NOARKVERDIER) == set(KODER) == set(Kodeverdi.Liste.values)
    assert sorted(Tilgangskode.objects.values_list("kode", "navn")) == [
        ("E", "Elev"), ("P", "Personal"), ("S", "Skatt"), ("U", "Unntatt offentlighet"), ("XX", "Midlertidig sperret"),
    ]  # fmt: skip
    assert sorted(Avskjermingskode.objects.values_list("navn", flat=True)) == [
        "Alt unntatt hjemmel", "Ingen avskjerming", "Part", "Tittel", "Tittel og part",
    ]  # fmt: skip
    assert [(t.value, t.label) for t in Flaggtype] == [
        ("BM", "Beskjed/Merknad"), ("TG", "Til godkjenning"), ("GK", "Godkjent"), ("IG", "Ikke godkjent"),
    ]  # fmt: skip
    koder_med_hjemmel = set(Hjemmel.objects.values_list("koder__kode", flat=True)) - {None}
    assert koder_med_hjemmel == {"E", "P", "S", "U"}
    assert not Hjemmel.objects.filter(visning__startswith="Offl. § 16").exists()


@pytest.mark.krav("R-10.2.1.2b", "C.5")
def test_administrator_adds_renames_and_ends_a_way_to_write_off(kommune_a, klokka):
    k = kommune_a
    rot, kari = k.klient("adm.root"), k.klient("sb.kari")
    assert maater(kari, k) == ["TE", "TO", "TLF"]
    ny = {"kode": "møt", "navn": "Avklart i møte", "noark": "Tatt til etterretning"}
    for hvem in ("sb.kari", "led.anne", "ark.eva"):
        assert k.klient(hvem).get(SIDER).status_code == 403
        assert k.klient(hvem).post(f"{SIDER}avskrivning/ny/", ny).status_code == 403
    assert rot.post(f"{SIDER}avskrivning/ny/", ny | {"noark": "Bortkommet"}).status_code == 422
    assert rot.post(f"{SIDER}avskrivning/ny/", ny).status_code == 303
    svar = rot.post(f"{SIDER}avskrivning/ny/", ny | {"navn": "En gang til"})
    assert (svar.status_code, "Koden MØT er brukt: Avklart i møte." in svar.content.decode()) == (422, True)
    assert maater(kari, k) == ["TE", "TO", "TLF", "MØT"]
    avskriv = {"maate": "MØT", "dato": "2026-03-02"}
    assert kari.post(f"/journalposter/{k.jp(101, 1).pk}/avskrivning/", avskriv).status_code == 303
    verdi = Kodeverdi.objects.get(kode="MØT")
    assert rot.post(f"{SIDER}{verdi.pk}/", {"navn": "Avklart muntlig", "noark": verdi.noark}).status_code == 303
    assert "MØT Avklart muntlig" in rot.get(SIDER).content.decode()
    assert rot.post(f"{SIDER}{verdi.pk}/avslutning/", {"til": "2026-03-02"}).status_code == 303
    assert maater(kari, k) == ["TE", "TO", "TLF", "MØT"]
    klokka.move_to(dt.datetime(2026, 3, 3, 8, 0, tzinfo=dt.UTC))
    kari = k.klient("sb.kari")
    assert maater(kari, k) == ["TE", "TO", "TLF"]
    svar = kari.post(f"/journalposter/{k.jp(101, 2).pk}/avskrivning/", avskriv)
    assert (svar.status_code, k.mottaker(k.jp(101, 2)).avskrivning_id) == (422, None)
    assert "Avskrevet 02.03.2026 MØT Kari Lunde" in re.sub(
        r"\s+", " ", re.sub(r"<[^>]+>", " ", kari.get("/saker/2026/101/1/").content.decode())
    )
    handlinger = Hendelse.objects.filter(objekt_type="kodeverdi", objekt_id=verdi.pk).order_by("nummer")
    assert [(h.aktoer.brukernavn, h.handling) for h in handlinger] == [("adm.root", "kodeliste.administrere")] * 3
    assert handlinger[1].endringer == {"navn": ["Avklart i møte", "Avklart muntlig"]}


def test_kodeverdi_that_the_system_sets_is_left_alone(kommune_a):
    k = kommune_a
    bu = Kodeverdi.objects.get(liste="avskrivning", kode="BU")
    for kommando in (lambda: endre_kodeverdi(bu, navn="Svar", noark=bu.noark, av=k["adm.root"]),
                     lambda: avslutt_kodeverdi(bu, av=k["adm.root"])):  # fmt: skip
        with pytest.raises(Avvist, match="settes av systemet"):
            kommando()
    side = k.klient("adm.root").get(SIDER).content.decode()
    assert f"{SIDER}{bu.pk}/" not in side
    sb = Kodeverdi.objects.get(liste="merknad", kode="SB")
    with pytest.raises(Avvist, match="brukes av systemet"):
        avslutt_kodeverdi(sb, av=k["adm.root"])
    assert (f"{SIDER}{sb.pk}/" in side, f"{SIDER}{sb.pk}/avslutning/" in side) == (True, False)
    assert k.klient("adm.root").get(f"{SIDER}noe/ny/").status_code == 404


def test_kodeverdi_refused_empty_unknown_for_others_and_the_last_is_kept(kommune_a):
    k = kommune_a
    rot = k["adm.root"]
    for felt, felter in [
        ("liste", {"liste": "farge", "kode": "X", "navn": "X"}),
        ("kode", {"liste": "opphav", "kode": " ", "navn": "X"}),
        ("kode", {"liste": "opphav", "kode": "X" * 16, "navn": "X"}),
        ("navn", {"liste": "opphav", "kode": "X", "navn": " "}),
        ("noark", {"liste": "avskrivning", "kode": "X", "navn": "X"}),
    ]:
        with pytest.raises(UgyldigInndata) as feil:
            opprett_kodeverdi(felter.pop("liste"), av=rot, **felter)
        assert list(feil.value.felter) == [felt]
    with pytest.raises(IkkeTilgang):
        opprett_kodeverdi("opphav", kode="X", navn="X", av=k["ark.eva"])
    *andre, siste = Kodeverdi.objects.filter(liste="avskrivning", manuell=True).order_by("pk")
    for verdi in andre:
        avslutt_kodeverdi(verdi, til=dt.date(2026, 3, 1), av=rot)
    with pytest.raises(Avvist, match="eneste verdien"):
        avslutt_kodeverdi(siste, av=rot)
