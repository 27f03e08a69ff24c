"""Proposal, block and decision (krav R-7.0.4, R-7.1.1, R-9.2.1, A-08, A-09)."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import transaction

from saksgang.demo.grunnlag import skjerming, tekstfil
from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang, UgyldigInndata
from saksgang.logg.models import Hendelse
from saksgang.offentlighet.commands import (
    avgjoer_skjerming,
    foreslaa_skjerming,
    registrer_i_arkivet,
    sett_skjerming,
    sperr_midlertidig,
)
from saksgang.offentlighet.queries import midlertidig_sperret, opphoer, xx_over_frist
from saksgang.offentlighet.queries.offentlig import offentlig_tittel
from saksgang.offentlighet.rules import Grad, er_heving
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.commands.journalfoering import journalfoer
from saksgang.sakarkiv.commands.journalpost import Part, rediger_journalpost
from saksgang.sakarkiv.commands.rettighet import gi_rettighet
from saksgang.sakarkiv.commands.sak import skjerm_sak
from saksgang.sakarkiv.queries import kurver
from tests.sakarkiv.test_avskrivning import numre
from tests.tilstand import MOTTATT, egen, foreslaatt, inngaaende, journalpost, kodet

OFFENTLIG = Skjerming()


def i_arkivet(k, **felter):
    return registrer_i_arkivet(
        k.sak(101),
        status="J",
        tittel="Bekymring",
        avsendere=[Part(navn="Bakkegata vel")],
        dokumentdato=MOTTATT,
        mottatt_dato=MOTTATT,
        enhet=k.enhet("TEK"),
        saksbehandler=k["sb.kari"],
        dokumenter=[tekstfil("Bekymring\n")],
        av=k["ark.eva"],
        **felter,
    )


@pytest.mark.krav("R-7.0.4", "R-7.1.1.d", "R-9.2.1.2", "R-9.2.1.5")
def test_proposal_at_registration_blocks_j_and_the_decision_journalises(kommune_a):
    k = kommune_a
    jp = i_arkivet(k, forslag=skjerming("P", "13-fvl1"), forslag_merknad="Helseopplysninger")
    assert (jp.status, jp.tilgangskode, jp.foreslaatt_kode.kode, jp.foreslaatt_av) == ("M", None, "P", k["ark.eva"])
    assert numre(midlertidig_sperret(k["led.anne"])) == [str(jp)]
    assert str(jp) in numre(kurver.innboks(k["sb.kari"])) and str(jp) in numre(kurver.restanse(k["sb.kari"]))
    with pytest.raises(Avvist, match="Gradering ikke besluttet"):
        journalfoer(jp, av=k["ark.eva"])
    jp = avgjoer_skjerming(jp, OFFENTLIG, "Ingen helseopplysninger", av=k["led.anne"])
    assert (jp.status, jp.tilgangskode, jp.forslag_aapent, jp.besluttet_av) == ("J", None, False, k["led.anne"])
    assert numre(midlertidig_sperret(k["led.anne"])) == []
    assert list(
        jp.skjermingsvurderinger.order_by("pk").values_list("art", "kode__kode", "merknad", "av__brukernavn")
    ) == [
        ("forslag", "P", "Helseopplysninger", "ark.eva"),
        ("beslutning", None, "Ingen helseopplysninger", "led.anne"),
    ]
    siste = Hendelse.objects.filter(journalpost_id=jp.pk).order_by("-nummer").first()
    assert (siste.handling, siste.aktoer, siste.detaljer) == (
        "journalpost.journalfoere",
        k["ark.eva"],
        {"automatisk": True},
    )


def test_decision_leaves_an_incomplete_letter_in_m(kommune_a):
    k = kommune_a
    jp = avgjoer_skjerming(foreslaatt(k, inngaaende(k, k.sak(101), "M"), "U"), OFFENTLIG, av=k["led.anne"])
    assert jp.status == "M"


@pytest.mark.krav("R-7.1.1.c", "R-9.2.1.4")
def test_only_leader_side_of_the_unit_decides(kommune_a):
    k = kommune_a
    jp = foreslaatt(k, inngaaende(k, k.sak(101), "J"), "U")
    for hvem in ["sb.kari", "ark.eva"]:
        with pytest.raises(IkkeTilgang):
            avgjoer_skjerming(jp, OFFENTLIG, av=k[hvem])
    jp = avgjoer_skjerming(jp, skjerming("U", "14"), av=k["sf.bente"])
    hendelse = Hendelse.objects.get(handling="journalpost.avgjoere_skjerming")
    assert (hendelse.aktoer, hendelse.paa_vegne_av) == (k["sf.bente"], k["led.anne"])


@pytest.mark.krav("R-9.2.1.3a", "R-9.2.1.3b", "R-9.2.1.3d", "R-9.2.0")
def test_xx_has_three_working_days_and_lies_with_the_right_leader(kommune_a, klokka):
    k = kommune_a
    jp = sperr_midlertidig(inngaaende(k, k.sak(101), "J"), av=k["ark.eva"])
    assert jp.xx_frist == dt.date(2026, 3, 5)
    assert numre(midlertidig_sperret(k["led.anne"])) == numre(midlertidig_sperret(k["sf.bente"])) == [str(jp)]
    assert numre(midlertidig_sperret(k["led.nils"])) == []
    foerst, foreslo = inngaaende(k, k.sak(101), "J"), foreslaatt(k, inngaaende(k, k.sak(101), "J"), "P")
    klokka.move_to(dt.datetime(2026, 4, 1, 8, tzinfo=dt.UTC))
    paaske = sperr_midlertidig(foerst, av=k["ark.eva"])
    assert paaske.xx_frist == dt.date(2026, 4, 9)
    senere = sperr_midlertidig(k.jp(101, 1), av=k["ark.eva"])
    assert numre(midlertidig_sperret(k["led.anne"])) == [str(rad) for rad in (jp, senere, paaske, foreslo)]


@pytest.mark.krav("R-9.2.1.3e")
def test_xx_over_frist_is_listed_for_the_archive_the_day_after(kommune_a, klokka):
    k = kommune_a
    klokka.move_to(dt.datetime(2026, 4, 1, 8, tzinfo=dt.UTC))
    jp = sperr_midlertidig(inngaaende(k, k.sak(101), "J"), av=k["ark.eva"])
    klokka.move_to(dt.datetime(2026, 4, 9, 8, tzinfo=dt.UTC))
    assert numre(xx_over_frist(k["ark.eva"])) == []
    klokka.move_to(dt.datetime(2026, 4, 10, 8, tzinfo=dt.UTC))
    assert numre(xx_over_frist(k["ark.eva"])) == [str(jp)]
    assert numre(xx_over_frist(k["led.anne"])) == []


@pytest.mark.krav("R-9.2.1.3c")
def test_decision_lifts_or_sets(kommune_a):
    k = kommune_a
    a, b = (kodet(k, inngaaende(k, k.sak(101), "J"), "XX") for _ in range(2))
    a = avgjoer_skjerming(a, skjerming("U", "13-fvl1"), av=k["led.anne"])
    b = avgjoer_skjerming(b, OFFENTLIG, av=k["led.anne"])
    assert (a.tilgangskode.kode, a.xx_frist, b.tilgangskode, b.xx_frist) == ("U", None, None, None)
    assert numre(midlertidig_sperret(k["led.anne"])) == []


@pytest.mark.krav("R-10.1.5a")
def test_case_worker_raises_at_once_and_lowering_becomes_a_proposal(kommune_a):
    k = kommune_a
    jp = sett_skjerming(k.jp(101, 1), skjerming("U", "14"), av=k["sb.kari"])
    assert (jp.tilgangskode.kode, jp.status) == ("U", "J")
    jp = sett_skjerming(jp, OFFENTLIG, "Kan gis ut", av=k["sb.kari"])
    assert (jp.tilgangskode.kode, jp.forslag_aapent, jp.forslag_sperrer) == ("U", True, False)
    assert numre(midlertidig_sperret(k["led.anne"])) == [str(jp)]
    assert avgjoer_skjerming(jp, OFFENTLIG, av=k["led.anne"]).tilgangskode is None


def test_writer_lowers_own_draft_until_the_leader_has_decided(kommune_a):
    k = kommune_a
    jp = sett_skjerming(k.jp(101, 4), skjerming("U", "14"), av=k["sb.kari"])
    assert sett_skjerming(jp, OFFENTLIG, av=k["sb.kari"]).tilgangskode is None
    jp = avgjoer_skjerming(jp, skjerming("P", "13-fvl1"), av=k["led.anne"])
    jp = sett_skjerming(jp, OFFENTLIG, av=k["sb.kari"])
    assert (jp.tilgangskode.kode, jp.forslag_aapent) == ("P", True)


SATT, FORSLAG, NEKTET, USETT = "satt", "forslag", "nektet", "usett"
HVEM = ["sb.ola", "sb.kari", "led.anne", "sf.bente", "ark.eva", "sb.per"]


def _utfall(jp, grad, av) -> str:
    """What becomes of the act; nothing of it stays."""
    try:
        with transaction.atomic():
            etter = sett_skjerming(jp, grad, av=av)
            transaction.set_rollback(True)
    except IkkeFunnet:
        return USETT
    except IkkeTilgang:
        return NEKTET
    return FORSLAG if etter.forslag_aapent else SATT


@pytest.mark.krav("A-09", "R-7.1.6.b")
@pytest.mark.parametrize(
    ("endring", "senker"),
    [
        ({}, False),
        ({"offentlig_tittel": "Klage ***** ***** ***** om gatelys"}, False),
        ({"offentlig_tittel": "Klage fra ***** ***** om *****"}, False),
        ({"offentlig_tittel": "Klage fra Nils ***** om gatelys"}, True),
        ({"hjemmel": "14"}, True),
        ({"opphoerer": dt.date(2026, 5, 1)}, True),
        ({"opphoerer": dt.date(2027, 6, 1)}, False),
        ({"opphoer_hendelse": "saken er avgjort"}, True),
    ],
)
def test_the_same_code_with_less_of_it_is_a_proposal_and_no_raising(kommune_a, endring, senker):
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "J", tittel="Klage fra Nils Moe om gatelys")
    grad = replace(skjerming("U", "13-fvl1"), offentlig_tittel="Klage fra ***** om gatelys")
    jp = avgjoer_skjerming(jp, replace(grad, opphoerer=dt.date(2027, 1, 1)), av=k["led.anne"])
    if "hjemmel" in endring:
        endring = {"hjemmel": skjerming("U", endring["hjemmel"]).hjemmel}
    jp = sett_skjerming(jp, replace(grad, **endring), av=k["sb.kari"])
    assert jp.forslag_aapent == senker
    assert jp.hjemmel.noekkel == "13-fvl1"
    if senker:
        assert (jp.offentlig_tittel, opphoer(jp).dato) == ("Klage fra ***** om gatelys", dt.date(2027, 1, 1))


@pytest.mark.krav("A-09", "R-7.1.6.b", "C.3")
def test_the_words_that_the_leader_has_hidden_are_shown_by_nobody_else(kommune_a):
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "J", tittel="Klage fra Nils Moe om gatelys")
    grad = replace(skjerming("U", "13-fvl1"), offentlig_tittel="Klage fra ***** om gatelys")
    jp = avgjoer_skjerming(jp, grad, av=k["led.anne"])
    with pytest.raises(UgyldigInndata, match="Lederen avgjør hvilke skjermede ord"):
        rediger_journalpost(jp, offentlig_tittel="Klage fra Moe, om gatelys", av=k["ark.eva"])
    jp = rediger_journalpost(jp, offentlig_tittel="Klage fra ***** om belysning", av=k["ark.eva"])
    assert offentlig_tittel(jp) == "Klage fra ***** om belysning"
    jp = rediger_journalpost(jp, tittel="Klage fra Nils og Kari Moe om lys", av=k["ark.eva"])
    assert offentlig_tittel(jp) == "Klage fra ***** om belysning"
    # One's own draft, which no leader has decided, is one's own.
    eget = sett_skjerming(egen(k, k.sak(101), "U", "R", tittel="Svar til Nils"), grad, av=k["sb.kari"])
    assert rediger_journalpost(eget, offentlig_tittel="Svar til Nils", av=k["sb.kari"]).offentlig_tittel


@pytest.mark.krav("C.3", "A-09", "R-7.1.1.c")
@pytest.mark.parametrize(
    ("type_", "status"), [("U", "R"), ("U", "F"), ("U", "J"), ("I", "S"), ("I", "M"), ("I", "J"), ("S", "R")]
)
def test_raising_and_lowering_follow_c3_for_writer_saksansvarlig_leader_and_archive(kommune_a, type_, status):
    k = kommune_a
    gi_rettighet(k.sak(101), k["sb.ola"], "skrive", av=k["sb.kari"])
    felter = {} if type_ == "I" else {"av": k["sb.ola"]}
    jp = journalpost(k, k.sak(101), type_, status, saksbehandler=k["sb.ola"], **felter)
    hever = {hvem: _utfall(jp, skjerming("U", "13-fvl1"), k[hvem]) for hvem in HVEM}
    assert hever == dict.fromkeys(HVEM, SATT) | {"ark.eva": NEKTET, "sb.per": USETT if status in "RM" else NEKTET}
    jp = sett_skjerming(jp, skjerming("U", "13-fvl1"), av=k["sb.ola"])
    senker = {hvem: _utfall(jp, OFFENTLIG, k[hvem]) for hvem in HVEM}
    assert senker == {
        "sb.ola": SATT if status == "R" else FORSLAG,
        "sb.kari": FORSLAG,
        "led.anne": SATT,
        "sf.bente": USETT,  # the deputy is not ticked for U
        "ark.eva": NEKTET,
        "sb.per": USETT,
    }
    jp = avgjoer_skjerming(jp, skjerming("U", "13-fvl1"), av=k["led.anne"])
    assert _utfall(jp, OFFENTLIG, k["sb.ola"]) == FORSLAG


def test_archive_cannot_set_a_code_even_on_what_it_registered(kommune_a):
    k = kommune_a
    with pytest.raises(IkkeTilgang):
        sett_skjerming(k.jp(101, 1), skjerming("U", "14"), av=k["ark.eva"])
    with pytest.raises(UgyldigInndata, match="Arkivet foreslår"):
        i_arkivet(k, skjerming=skjerming("U", "14"))


@pytest.mark.krav("R-7.1.6.c", "R-9.2.1.4")
@pytest.mark.parametrize(("uten", "felt"), [("hjemmel", "hjemmel"), ("avskjerming", "avskjermingskode")])
def test_code_refused_without_hjemmel_or_avskjerming(kommune_a, uten, felt):
    k = kommune_a
    hel = skjerming("U", "14")
    del_ = replace(hel, **{uten: None})
    with pytest.raises(UgyldigInndata) as feil:
        sett_skjerming(k.jp(101, 1), del_, av=k["sb.kari"])
    assert list(feil.value.felter) == [felt]
    assert k.jp(101, 1).tilgangskode is None


@pytest.mark.krav("R-7.1.1.b")
def test_whole_case_needs_a_graded_document_and_both_reasons(kommune_a):
    k = kommune_a
    grad = skjerming("U", "14")
    with pytest.raises(Avvist, match="Ingen dokumenter"):
        skjerm_sak(k.sak(101), grad, misvisende="a", skade="b", av=k["led.anne"])
    kodet(k, k.jp(101, 1), "U")
    for ett in [{"misvisende": "a"}, {"skade": "b"}]:
        with pytest.raises(UgyldigInndata):
            skjerm_sak(k.sak(101), grad, av=k["led.anne"], **ett)
    with pytest.raises(IkkeTilgang):
        skjerm_sak(k.sak(101), grad, misvisende="a", skade="b", av=k["sb.kari"])
    sak = skjerm_sak(k.sak(101), grad, misvisende="a", skade="b", av=k["led.anne"])
    assert (sak.tilgangskode.kode, k.jp(101, 2).tilgangskode) == ("U", None)


@pytest.mark.krav("R-7.1.1.a")
def test_new_journalpost_has_no_code(kommune_a):
    k = kommune_a
    assert [egen(k, k.sak(101), t, "R").tilgangskode for t in "UNXS"] == [None] * 4


@pytest.mark.parametrize(
    ("foer", "etter", "heving"),
    [
        (Grad(), Grad("U"), True),
        (Grad("U"), Grad("XX"), True),
        (Grad(), Grad("XX"), True),
        (Grad("U", 1), Grad("U", 2), True),
        (Grad("U", 2), Grad("U", 1), False),
        (Grad("U"), Grad("U", gruppe_id=1), True),
        (Grad("U", gruppe_id=1), Grad("U"), False),
        (Grad("U", gruppe_id=1), Grad("U", gruppe_id=2), False),
        (Grad("P"), Grad("U"), False),
        (Grad("U"), Grad("P"), False),
        (Grad("U"), Grad(), False),
        (Grad("XX"), Grad("U"), False),
        (Grad(), Grad(), False),
    ],
)
def test_raising_is_only_what_takes_sight_away(foer, etter, heving):
    assert er_heving(foer, etter) is heving


def test_xx_after_j_is_out_of_everybodys_sight_at_once(kommune_a):
    k = kommune_a
    jp = foreslaa_skjerming(k.jp(101, 1), skjerming("U", "14"), av=k["ark.eva"])
    from saksgang.tilgang.queries import rettigheter, synlig  # noqa: PLC0415

    assert not synlig(jp, rettigheter(k["les.gry"]))
    assert synlig(jp, rettigheter(k["sb.kari"]))
