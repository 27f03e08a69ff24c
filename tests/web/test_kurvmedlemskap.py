"""Krav C.4, row by row: what a basket holds is what its sentence says, worked out again here without the lists."""

import datetime as dt

import pytest

from saksgang.flyt.commands import behandle_flagg, send_flagg
from saksgang.flyt.models import Flagg
from saksgang.kjerne import klokke
from saksgang.sakarkiv.commands.avskrivning import avskriv, merk_som_sett
from saksgang.sakarkiv.commands.journalfoering import meld_komplett
from saksgang.sakarkiv.commands.kopi import merk_kopi_lest, send_kopi
from saksgang.sakarkiv.commands.merknad import oensk_avsluttet, sett_obs, trekk_oenske, utfoer_obs
from saksgang.sakarkiv.commands.sak import avslutt_sak, kontroller_sak, opprett_sak, unnta_sak
from saksgang.sakarkiv.models import InternMottaker, Journalpost, Kopi, Merknad, ObsDato, Sak
from saksgang.tilgang.queries import rettigheter, synlig
from saksgang.web.kurver import finn_kurv, kurver_for
from tests.tilstand import egen, foreslaatt, inngaaende, journalpost, kodet

LEDER = {"led.anne": {"TEK", "VAR"}, "sf.bente": {"TEK", "VAR"}, "nes.ida": {"TEK", "VAR"}, "led.nils": {"KULT"}}
"""Whose units a leader's baskets are about."""


@pytest.fixture
def fjordvik(kommune_a, klokka, settings):
    """Something of every kind on both sides of every boundary."""
    k = kommune_a
    settings.PUBLISERINGSFORSINKELSE = 2
    kari, eva, sak = k["sb.kari"], k["ark.eva"], k.sak(101)
    for type_, statuser in (("I", "MSJU"), ("U", "RFJU"), ("N", "RFJU"), ("X", "RFJU"), ("S", "R")):
        for status in statuser:
            journalpost(k, sak, type_, status)
    for status in "MSJ":
        kodet(k, inngaaende(k, sak, status, tittel="Sperret brev"), "XX")
        foreslaatt(k, inngaaende(k, sak, status, tittel="Foreslått brev"), "U")
    meld_komplett(foreslaatt(k, inngaaende(k, sak, "M"), "P"), av=eva)
    kodet(k, egen(k, sak, "N", "F"), "P")
    kodet(k, inngaaende(k, sak, "J", enhet=k.enhet("KULT"), saksbehandler=k["sb.per"]), "XX")
    for enhet in ("TEK", "VAR", "KULT"):
        for status in "MJ":
            inngaaende(k, sak, status, enhet=k.enhet(enhet), saksbehandler=None)
        egen(k, sak, "N", "F", interne_mottakere=[k.enhet(enhet)])
        egen(k, sak, "X", "R", interne_mottakere=[k.enhet(enhet)])
    avskriv(k.mottaker(inngaaende(k, sak, "J")), "TE", av=kari)
    merk_som_sett(k.mottaker(inngaaende(k, sak, "J")), av=kari)
    delt = egen(k, sak, "N", "F", interne_mottakere=[k["sb.per"], k["sb.ola"]])
    avskriv(k.mottaker(delt, "sb.per"), "TE", av=k["sb.per"])
    merk_som_sett(k.mottaker(egen(k, sak, "X", "F")), av=k["sb.per"])
    kopier = send_kopi(k.jp(101, 1), [kari, k["sb.ola"]], av=k["led.anne"])
    merk_kopi_lest(kopier[0], av=kari)
    send_kopi(k.jp(101, 2), [kari], av=k["led.anne"])
    _saker(k, sak)
    for aarsak in ("melding", "feilregistrert", "flytting", "feildistribuert", "tittel"):
        felter = {"foreslaatt_tittel": "Ny tittel på brevet"} if aarsak == "tittel" else {}
        send_flagg(k.jp(101, 1), av=kari, koe="ARK", aarsak=aarsak, tekst="Se her", **felter)
    for til in ("sb.ola", "led.anne"):
        behandle_flagg(send_flagg(k.jp(101, 1), av=kari, til=k[til], tekst="Ferdig"), av=k[til])
        send_flagg(k.jp(101, 1), av=kari, til=k[til], tekst="Åpent")
    klokka.move_to(dt.datetime(2026, 3, 6, 8, 0, tzinfo=dt.UTC))
    kodet(k, inngaaende(k, sak, "J", tittel="Nylig sperret"), "XX")
    # Journalised too late to be out; of these only the letters in ordinary cases ever will be.
    journalpost(k, sak, "X", "J")
    for nr in (101, 103):
        inngaaende(k, k.sak(nr), "J", tittel="Nylig journalført")
    inngaaende(k, sak, "J", tittel="Ikke på nett ennå")
    return k


def _saker(k, sak):
    """Cases of sb.kari in every status, some with ØA, and OBS dates on each side of the threshold."""
    kari, eva = k["sb.kari"], k["ark.eva"]
    klasse = sak.klasseringer.get().klasse
    nye = [opprett_sak(f"Lekeplass {n}", arkivdel=sak.arkivdel, klasser=[klasse], av=kari) for n in range(4)]
    reservert, behandles, avsluttet, unntatt = nye
    for en in (behandles, avsluttet, unntatt):
        kontroller_sak(en, av=eva)
    for en in (reservert, behandles, unntatt, sak):
        for dager in (-1, 8, 9):
            sett_obs(en, klokke.idag() + dt.timedelta(dager), av=kari)
    utfoer_obs(sett_obs(sak, klokke.idag(), av=kari), av=kari)
    for en in (behandles, avsluttet, sak):
        oensk_avsluttet(en, av=kari)
    trekk_oenske(behandles, av=kari)
    avslutt_sak(avsluttet, av=eva)
    unnta_sak(unntatt, "Løpende", av=eva)


def _venter(jp):
    return jp.forslag_sperrer or (jp.tilgangskode is not None and jp.tilgangskode.kode == "XX")


def _levert(m):
    jp = m.journalpost
    if jp.journalposttype == "I":
        return jp.status in "SJ" or (jp.status == "M" and _venter(jp))
    return jp.journalposttype in "NX" and jp.status in "FJ"


def ventet(k, navn):
    """The ids of every basket of C.4 for one person, by the words of the table."""
    person, idag = k[navn], klokke.idag()
    enheter, arkivar = LEDER.get(navn, set()), navn.startswith("ark.")
    ser = rettigheter(person)
    poster = [j for j in Journalpost.objects.select_related("tilgangskode", "enhet", "sak") if synlig(j, ser)]
    rader = [
        m
        for m in InternMottaker.objects.filter(gyldig=True).select_related("journalpost__tilgangskode", "enhet")
        if synlig(m.journalpost, ser) and _levert(m) and m.avskrivning_id is None
    ]
    mine = [m for m in rader if m.bruker_id == person.pk]
    saker = [s for s in Sak.objects.all() if synlig(s, ser)]
    obs = [o for o in ObsDato.objects.select_related("sak") if o.utfoert_tid is None and synlig(o.sak, ser)]
    flagg = [f for f in Flagg.objects.select_related("journalpost") if f.behandlet_tid is None]
    oea = set(Merknad.objects.filter(type__kode="ØA", trukket_tid=None).values_list("sak_id", flat=True))
    sperret = [j for j in poster if (j.xx_frist or j.forslag_aapent) and j.status != "U"]
    ufordelt = [m for m in rader if m.bruker_id is None and m.sett_tid is None and m.enhet.kode in enheter]
    koe = [f for f in flagg if f.til_koe == "ARK"]
    kurver = {
        "innboks": [m for m in mine if m.sett_tid is None],
        "restanse": [m for m in mine if m.journalposttype in "IN"],
        "under-arbeid": [j for j in poster if j.saksbehandler_id == person.pk and j.status == "R"],
        "mine-saker": [s for s in saker if s.saksansvarlig_id == person.pk and s.status in "RBX"],
        "kopiboks": [c for c in Kopi.objects.filter(bruker=person, lest_tid=None) if c.levert],
        "obs-dato": [
            o for o in obs
            if o.sak.saksansvarlig_id == person.pk and (o.dato - idag).days < 5 and o.sak.status in "RB"
        ],
        "flagg": [f for f in flagg if f.til_bruker_id == person.pk],
    }  # fmt: skip
    if enheter:
        kurver["til-fordeling"] = ufordelt
    if enheter and navn != "nes.ida":
        kurver["ikke-fordelt"] = [m for m in rader if m.bruker_id is None and m.enhet.kode in enheter
                                  and m.journalposttype in "IN"]  # fmt: skip
        kurver["midlertidig-sperret"] = [j for j in sperret if j.enhet.kode in enheter]
    if arkivar:
        kurver |= {
            "til-journalfoering": [
                j for j in poster if j.status in "SF" or (j.status == "M" and j.ferdig_i_arkivet_av_id)
            ],
            "midlertidig": [j for j in poster if j.status == "M" and not j.ferdig_i_arkivet_av_id],
            "reserverte-saker": [s for s in saker if s.status == "R"],
            "oenskes-avsluttet": [s for s in saker if s.pk in oea and s.status in "RBX"],
            "xx-over-frist": [j for j in poster if j.xx_frist and j.xx_frist < idag and j.status != "U"],
            "besluttet-ikke-publisert": [
                j for j in poster
                if j.status == "J" and not _venter(j) and j.journalposttype != "X"
                and j.sak.arkivdel.publiseres and not (j.sak.sakstype and j.sak.sakstype.unntatt_nett)
                and j.publiseres_tid and j.publiseres_tid > klokke.naa()
            ],
            "meldinger": [f for f in koe if f.aarsak in ("melding", "feildistribuert", "tittel")],
            "feilregistrert": [f for f in koe if f.aarsak == "feilregistrert"],
            "flytting": [f for f in koe if f.aarsak == "flytting"],
        }  # fmt: skip
    return {noekkel: {rad.pk for rad in i_kurven} for noekkel, i_kurven in kurver.items()}


@pytest.mark.krav("C.4", "R-C.1", "R-10.8.0", "R-10.12.2")
def test_every_basket_holds_exactly_what_the_table_says(fjordvik):
    k, alltid_tomme = fjordvik, {}
    for navn in ("sb.kari", "sb.ola", "sb.per", "les.gry", "pers.mia", "ark.eva", *LEDER):
        regnet = ventet(k, navn)
        bygget = {kurv.noekkel for kurv in kurver_for(k[navn])}
        for noekkel in bygget & set(regnet):
            funnet = {rad.pk for rad in finn_kurv(k[navn], noekkel).liste(k[navn])}
            assert funnet == regnet[noekkel], (navn, noekkel)
            alltid_tomme[noekkel] = alltid_tomme.get(noekkel, True) and not funnet
        assert set(regnet) <= bygget
    assert [noekkel for noekkel, tom in alltid_tomme.items() if tom] == []
