"""The matrix: every address × every person × GET and POST, against tests/matrise.txt, a table that is read by people.

A line: address, method, then status=persons. «alle» is every employee tried; «-» is no session. After a change that is
meant, write the table anew with SKRIV_MATRISE=1 and read the difference before it is committed.
"""

import os
from collections import defaultdict
from pathlib import Path

import pytest
from django.db import transaction

from saksgang.flyt.commands import send_flagg, send_til_godkjenning
from saksgang.innsynskrav.commands import krev_innsyn
from saksgang.innsynskrav.queries import noekkel_for
from saksgang.produksjon.commands import begynn_svar, bestill_skanning
from saksgang.sakarkiv.commands.kopi import send_kopi
from saksgang.sakarkiv.commands.merknad import sett_obs
from saksgang.sakarkiv.commands.part import legg_til_sakspart
from saksgang.sakarkiv.commands.rettighet import be_om_rettighet, gi_rettighet
from tests.offentlighet.test_sladding import brevet, forslag
from tests.tilstand import MOTTATT, egen, inngaaende, kodet, partsinnsyn_for
from tests.veier import Objekt, varianter, veier

TABELL = Path(__file__).parent / "matrise.txt"
ANSATTE = [
    "sb.kari",
    "sb.ola",
    "sb.per",
    "led.anne",
    "sf.bente",
    "nes.ida",
    "ark.eva",
    "adm.root",
    "raad.jon",
    "les.gry",
]
PERSONER = [*ANSATTE, "pol.tor", "ord.siri", None]


UTENFOR_SAKENE = ("administrasjon/", "min-side/", "kontakter/", "kontroll/", "varsler/", "maler/")


def skjenkesaken(k) -> Objekt:
    """The journalpost that every address is tried on, with one of everything hanging on it and its case."""
    jp, sak = k.jp(101, 1), k.sak(101)
    versjon = jp.dokumenter.get().versjoner.get()
    part = legg_til_sakspart(sak, type_="person", navn="Ola Nordmann", av=k["sb.kari"])
    innsyn = krev_innsyn([(sak.aar, sak.sekvens, jp.journalpostnummer)])
    return Objekt(
        "101-1",
        sak,
        jp,
        {
            "versjon_id": versjon.pk,
            "dokument_id": versjon.dokument_id,
            "flagg_id": send_flagg(jp, av=k["sb.kari"], til=k["led.anne"], tekst="Se på denne").pk,
            "kopi_id": send_kopi(jp, [k["sb.ola"]], av=k["sb.kari"])[0].pk,
            "avskrivning_id": 0,
            "krav_id": innsyn.pk,
            "linje_id": innsyn.linjer.get().pk,
            "hemmelighet": noekkel_for(innsyn.system_id),
            "ekspedering_id": 0,
            "utsending_id": 0,
            "ordre_id": bestill_skanning(sak, "Kart", av=k["sb.kari"]).pk,
            "part_id": part.pk,
            "partsinnsyn_id": partsinnsyn_for(k, part, av="led.anne").pk,
            "obs_id": sett_obs(sak, MOTTATT, av=k["sb.kari"]).pk,
            "rettighet_id": gi_rettighet(sak, k["sb.per"], "lese", av=k["sb.kari"]).pk,
            "oenske_id": be_om_rettighet(sak, "skrive", av=k["sb.ola"]).pk,
            "godkjenning_id": send_til_godkjenning(egen(k, sak, "U", "R"), k["led.anne"], av=k["sb.kari"]).pk,
            "sladding_id": forslag(k, brevet(k, "")).pk,
            "lenke_id": begynn_svar(jp, "E", av=k["sb.kari"]).svarer_paa.get().pk,
        },
    )


def _linje(navn: str, metode: str, svar: dict[int, list[str]]) -> str:
    deler = []
    for status, hvem in sorted(svar.items()):
        ansatte = [p for p in hvem if p in ANSATTE]
        andre = [p for p in hvem if p not in ANSATTE]
        if len(ansatte) == len(ANSATTE):
            ansatte = ["alle"]
        deler.append(f"{status}={','.join([*ansatte, *andre])}")
    return f"{navn} {metode} {' '.join(deler)}"


@pytest.mark.krav("R-1.1", "R-3.1.2", "R-4.10")
def test_every_address_answers_every_person_as_the_table_says(kommune_a):
    k = kommune_a
    argumenter = skjenkesaken(k).argumenter()
    klienter = {p: k.klient(p) if p else k.offentlig() for p in PERSONER}
    linjer = []
    for vei in veier():
        # Ids differ from run to run, so what is no case is asked for by one that nobody has.
        ukjent = {"pk": 0, "bruker_pk": 0, "varsel_id": 0} if vei.moenster.startswith(UTENFOR_SAKENE) else {}
        url = vei.url(argumenter | varianter(vei)[0] | ukjent)
        for metode in ("GET", "POST"):
            svar = defaultdict(list)
            for navn, klient in klienter.items():
                with transaction.atomic():
                    r = klient.get(url) if metode == "GET" else klient.post(url, {})
                    svar[r.status_code].append(navn or "-")
                    for lukk in r._resource_closers:  # r.close() would take the test's connection along
                        lukk()
                    transaction.set_rollback(True)
            linjer.append(_linje(vei.navn, metode, svar))
    linjer.sort()
    if os.environ.get("SKRIV_MATRISE"):
        TABELL.write_text("\n".join(linjer) + "\n", encoding="utf-8")
    assert linjer == TABELL.read_text(encoding="utf-8").splitlines()


@pytest.mark.krav("R-7.2.2", "R-10.10.1")
@pytest.mark.parametrize("leser", ["les.gry", "nes.ida", "adm.root", "led.nils"])
def test_unseen_is_404_for_every_address_and_method(kommune_a, leser):
    k = kommune_a
    jp = kodet(k, inngaaende(k, k.sak(101), "J"), "P")
    versjon = jp.dokumenter.get().versjoner.get()
    lukket = k.sak(103)
    brev = Objekt("brev", jp.sak, jp, {"versjon_id": versjon.pk, "dokument_id": versjon.dokument_id})
    sak = Objekt(
        "sak", lukket, k.jp(103, 1), {"part_id": 0, "partsinnsyn_id": 0, "obs_id": 0, "rettighet_id": 0, "oenske_id": 0}
    )
    klient = k.klient(leser)
    fikk = {}
    for vei in veier():
        if vei.moenster.startswith(("innsyn/", "administrasjon/", "kontakter/", "min-side/", "kontroll/", "maler/")):
            continue
        om_brevet = {"pk", "nummer", "versjon_id", "dokument_id"} & set(vei.parametre)
        om_saken = {"sekvens", "sak_id"} & set(vei.parametre)
        if not om_brevet and not om_saken:
            continue
        objekt = brev if om_brevet else sak
        for variant in varianter(vei):
            url = vei.url(objekt.argumenter() | variant)
            for metode in ("get", "post", "delete", "patch"):
                status = getattr(klient, metode)(url).status_code
                if status != 404 and not (metode in ("delete", "patch", "post", "get") and status == 405):
                    fikk[url, metode] = status
    assert fikk == {}


@pytest.mark.krav("R-10.10.1", "R-4.5")
@pytest.mark.parametrize("hvem", ["ark.eva", "adm.root", "led.anne", "sb.kari"])
def test_nobody_deletes_through_any_address(kommune_a, hvem):
    k = kommune_a
    argumenter = skjenkesaken(k).argumenter()
    klient = k.klient(hvem)
    from saksgang.sakarkiv.models import Dokumentversjon, Journalpost, Sak  # noqa: PLC0415

    foer = (Sak.objects.count(), Journalpost.objects.count(), Dokumentversjon.objects.count())
    svar = {klient.delete(vei.url(argumenter | varianter(vei)[0])).status_code for vei in veier()}
    assert svar <= {403, 404, 405}
    assert (Sak.objects.count(), Journalpost.objects.count(), Dokumentversjon.objects.count()) == foer


@pytest.mark.krav("R-1.1")
def test_without_session_nothing_internal_answers(kommune_a):
    k = kommune_a
    argumenter = skjenkesaken(k).argumenter()
    klient = k.offentlig()
    for vei in veier():
        if vei.moenster.startswith("innsyn"):
            continue
        url = vei.url(argumenter | varianter(vei)[0])
        side = klient.get(url)
        assert (side.status_code, side.url.split("?")[0], side.content) == (302, "/konto/login/", b""), url
        data = klient.get(url, headers={"accept": "application/json"})
        assert (data.status_code, data.json()) == (401, {"feil": ["Logg inn først."]}), url
