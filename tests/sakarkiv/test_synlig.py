"""Who may see: krav C.0, row by row, against sets of people written out here."""

import datetime as dt
from dataclasses import replace

import pytest

from saksgang.demo.grunnlag import skjerming
from saksgang.kjerne.errors import IkkeFunnet, UgyldigInndata
from saksgang.logg.models import Hendelse
from saksgang.offentlighet.commands import avgjoer_skjerming, sett_skjerming
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.commands import ferdigstill, gjenaapne
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.commands.journalfoering import journalfoer, utgaa
from saksgang.sakarkiv.commands.lesing import noter_lesing
from saksgang.sakarkiv.commands.rettighet import gi_rettighet, trekk_rettighet
from saksgang.sakarkiv.commands.sak import skjerm_sak
from saksgang.sakarkiv.models import Journalpost, Sak
from saksgang.sakarkiv.queries.lesere import hvem_kan_se
from saksgang.sakarkiv.queries.saker import hent_journalpost_id, hent_sak
from saksgang.sakarkiv.queries.soek import soek
from saksgang.tilgang.commands import deaktiver_bruker, legg_til_medlem, opprett_gruppe
from saksgang.tilgang.models import Tilgangskode
from saksgang.tilgang.queries import kan, rettigheter
from saksgang.tilgang.querysets import synlig_q
from saksgang.tilgang.rules import Handling
from tests.tilstand import VANLIG_HJEMMEL, egen, foreslaatt, inngaaende, journalpost, kodet

IKKE_ANSATT = {"pol.tor", "pol.eli", "ord.siri"}
ARK = {"ark.eva", "ark.tom"}
AUT = {"U": {"u.arne"}, "P": {"pers.mia"}, "E": set(), "S": {"skatt.siv"}}
"""Authorised for the code in TEK: skole1.liv and skole2.geir hold E in their own schools only."""


def alle() -> set[str]:
    return set(Bruker.objects.values_list("brukernavn", flat=True))


def ansatte() -> set[str]:
    return alle() - IKKE_ANSATT


def ser(objekt) -> set[str]:
    """Everybody who sees the row by SQL; the same by the loaded keys, and by «Hvem kan se dette?»."""
    modell, funnet, lastet = type(objekt), set(), set()
    objekt = modell.objects.get(pk=objekt.pk)
    for bruker in Bruker.objects.order_by("pk"):
        if modell.objects.filter(synlig_q(rettigheter(bruker).noekler), pk=objekt.pk).exists():
            funnet.add(bruker.brukernavn)
        if rettigheter(bruker).ansatt and kan(bruker, Handling.KOPIERE, objekt):
            lastet.add(bruker.brukernavn)
    assert funnet == lastet
    lesere = hvem_kan_se(objekt)
    assert lesere.antall == len(funnet)
    assert lesere.alle_ansatte or {leser.bruker.brukernavn for leser in lesere.personer} == funnet
    return funnet


EGNE = {"sb.kari", "sb.ola"}
"""sb.kari is SA of case 101; sb.ola is saksbehandler."""


def _lag(k, type_, status):
    return journalpost(k, k.sak(101), type_, status, saksbehandler=k["sb.ola"])


@pytest.mark.krav("R-6.2.R", "R-7.2.1", "R-6.2.M")
@pytest.mark.parametrize(
    ("type_", "status", "hvem"),
    [
        ("I", "M", EGNE | ARK | {"led.anne", "sf.bente"}),
        *((t, "R", EGNE | ARK | {"led.anne", "sf.bente"}) for t in "UNXS"),
        *((t, s, None) for t, s in ["I" + "S", "IJ", "UF", "UJ", "NF", "NJ", "XF", "XJ"]),
    ],
)
def test_uncoded_journalpost_is_seen_by(kommune_a, type_, status, hvem):
    assert ser(_lag(kommune_a, type_, status)) == (ansatte() if hvem is None else hvem)


@pytest.mark.krav("R-7.2.2", "R-7.2.U", "R-7.2.P", "R-7.2.E", "R-7.2.S")
@pytest.mark.parametrize("kode", ["U", "P", "E", "S"])
@pytest.mark.parametrize(("type_", "status"), ["IS", "IJ", "UF", "UJ", "NF", "NJ", "XF", "XJ"])
def test_coded_journalpost_is_seen_by_own_leader_archive_and_authorised(kommune_a, type_, status, kode):
    k = kommune_a
    jp = kodet(k, _lag(k, type_, status), kode)
    mottakere = {"sb.per"} if type_ in "NX" else set()
    assert ser(jp) == EGNE | ARK | {"led.anne"} | AUT[kode] | mottakere


@pytest.mark.krav("R-6.2.R", "R-7.2.2")
@pytest.mark.parametrize("kode", ["U", "P"])
def test_coded_draft_is_hidden_from_recipients_authorised_and_unticked_deputy(kommune_a, kode):
    k = kommune_a
    jp = kodet(k, _lag(k, "N", "R"), kode)
    assert ser(jp) == EGNE | ARK | {"led.anne"}


@pytest.mark.krav("R-7.2.XX")
@pytest.mark.parametrize(("type_", "status"), ["IM", "IS", "IJ", "UF", "UJ", "NJ"])
def test_blocked_journalpost_is_seen_by_archive_saksbehandler_sa_and_leader_side(kommune_a, type_, status):
    k = kommune_a
    jp = kodet(k, _lag(k, type_, status), "XX")
    assert ser(jp) == EGNE | ARK | {"led.anne", "sf.bente"}
    assert jp.xx_frist == dt.date(2026, 3, 5)


def test_open_proposal_of_the_archive_closes_like_xx_until_decided(kommune_a):
    k = kommune_a
    jp = foreslaatt(k, _lag(k, "I", "M"), "U")
    assert ser(jp) == EGNE | ARK | {"led.anne", "sf.bente"}
    jp = avgjoer_skjerming(jp, skjerming("U", "14"), av=k["led.anne"])
    assert jp.status == "M"
    assert ser(jp) == EGNE | ARK | {"led.anne"}


@pytest.mark.krav("R-7.2.G")
def test_group_narrows_the_authorised_and_one_more_member_opens(kommune_a):
    k = kommune_a
    gruppe = opprett_gruppe("Prosjekt X", medlemmer=[k["sb.kari"]], av=k["sb.kari"])
    grad = skjerming("U", "14")
    jp = sett_skjerming(_lag(k, "I", "J"), replace(grad, gruppe=gruppe), av=k["sb.ola"])
    assert ser(jp) == EGNE | ARK | {"led.anne"}
    foer = Hendelse.objects.count()
    legg_til_medlem(gruppe, k["u.arne"], av=k["sb.kari"])
    assert Hendelse.objects.count() == foer + 1
    assert ser(jp) == EGNE | ARK | {"led.anne", "u.arne"}


@pytest.mark.krav("R-7.2.G")
def test_group_without_code_refused(kommune_a):
    k = kommune_a
    gruppe = opprett_gruppe("Prosjekt X", medlemmer=[], av=k["sb.kari"])
    with pytest.raises(UgyldigInndata, match="krever en tilgangskode"):
        sett_skjerming(_lag(k, "I", "J"), Skjerming(gruppe=gruppe), av=k["sb.ola"])


@pytest.mark.krav("R-7.2.E")
def test_pupil_case_is_seen_in_its_own_school_only(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "J", enhet=k.enhet("SKOLE1"), saksbehandler=k["skole1.liv"])
    jp = sett_skjerming(jp, skjerming("E", "13-fvl1"), av=k["sb.kari"])
    assert ser(jp) == {"sb.kari", "skole1.liv"} | ARK
    assert not kan(k["skole2.geir"], Handling.KOPIERE, jp)


@pytest.mark.krav("R-3.1.8")
def test_leader_of_the_fagomraade_sees_drafts_below_and_not_above_it(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R", enhet=k.enhet("VAR"), saksbehandler=k["sb.ola"])
    assert ser(jp) == EGNE | ARK | {"led.anne", "sf.bente"}
    jp = egen(k, k.sak(101), "U", "R", enhet=k.enhet("SKOLE1"), saksbehandler=k["skole1.liv"])
    assert ser(jp) == {"sb.kari", "skole1.liv"} | ARK


@pytest.mark.krav("R-3.1.7", "R-7.2.XX")
def test_deputy_sees_ticked_codes_in_the_period_and_nothing_after(kommune_a, klokka):
    k = kommune_a
    utkast, sperret = _lag(k, "U", "R"), kodet(k, _lag(k, "I", "J"), "XX")
    assert {"sf.bente"} <= ser(utkast) & ser(sperret)
    klokka.move_to(dt.datetime(2026, 3, 9, 8, tzinfo=dt.UTC))
    assert "sf.bente" not in ser(utkast) | ser(sperret)


def test_deactivated_person_holds_no_key(kommune_a):
    k = kommune_a
    deaktiver_bruker(k["sb.ola"], til=dt.date(2026, 3, 1), av=k["adm.root"])
    assert rettigheter(k["sb.ola"]).noekler == ()


@pytest.mark.krav("R-10.3.2.3")
def test_grant_lese_graderte_opens_coded_journalposter_until_withdrawn_or_past(kommune_a, klokka):
    k = kommune_a
    jp, utkast = kodet(k, _lag(k, "I", "J"), "P"), _lag(k, "U", "R")
    rettighet = gi_rettighet(k.sak(101), k["les.gry"], "lese", til=dt.date(2026, 3, 4), av=k["sb.kari"])
    assert ser(jp) == EGNE | ARK | {"led.anne", "pers.mia", "les.gry"}
    assert "les.gry" not in ser(utkast)
    klokka.move_to(dt.datetime(2026, 3, 5, 8, tzinfo=dt.UTC))
    assert "les.gry" not in ser(jp)
    klokka.move_to(dt.datetime(2026, 3, 4, 8, tzinfo=dt.UTC))
    assert "les.gry" in ser(jp)
    trekk_rettighet(rettighet, av=k["sb.kari"])
    assert "les.gry" not in ser(jp)


@pytest.mark.krav("C.0", "R-6.2.R")
def test_draft_is_seen_by_the_one_who_registered_it_and_no_longer_when_it_is_finished_and_coded(kommune_a):
    k = kommune_a
    gi_rettighet(k.sak(101), k["sb.per"], "skrive", av=k["sb.kari"])
    jp = egen(k, k.sak(101), "U", "R", saksbehandler=k["sb.ola"], av=k["sb.per"], enhet=k.enhet("TEK"))
    assert ser(jp) == EGNE | ARK | {"led.anne", "sf.bente", "sb.per"}
    jp = kodet(k, ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.ola"]), "U")
    assert ser(jp) == EGNE | ARK | {"led.anne", "u.arne"}


@pytest.mark.krav("C.0", "R-7.2.2", "R-7.2.G")
def test_coded_case_is_seen_by_each_saksbehandler_in_it_and_within_its_group(kommune_a):
    k = kommune_a
    kodet(k, k.jp(101, 1), "U")
    grad = skjerming("U", "14")

    def skjermet(gruppe=None):
        grad_ = replace(grad, gruppe=gruppe)
        return skjerm_sak(k.sak(101), grad_, misvisende="Ja", skade="Ja", av=k["led.anne"])

    fast = {"sb.kari", "sb.ola", "led.anne"} | ARK
    assert ser(skjermet()) == fast | {"u.arne"}
    gi_rettighet(k.sak(101), k["les.gry"], "lese", av=k["sb.kari"])
    gruppe = opprett_gruppe("Prosjekt X", medlemmer=[k["sb.per"]], av=k["sb.kari"])
    assert ser(skjermet(gruppe)) == fast | {"les.gry"}
    legg_til_medlem(gruppe, k["u.arne"], av=k["sb.kari"])
    assert ser(k.sak(101)) == fast | {"les.gry", "u.arne"}
    utgaa(k.jp(101, 3), "Feil", av=k["ark.eva"])
    assert ser(k.sak(101)) == fast - {"sb.ola"} | {"les.gry", "u.arne"}


@pytest.mark.krav("R-7.2.2", "R-7.2.P")
def test_coded_case_is_seen_by_sa_leader_archive_and_authorised(kommune_a):
    k = kommune_a
    assert ser(k.sak(103)) == {"pers.mia", "raad.jon"} | ARK
    assert ser(k.jp(103, 1)) == {"pers.mia", "raad.jon"} | ARK
    assert ser(k.sak(101)) == ansatte()
    with pytest.raises(IkkeFunnet):
        hent_sak(k["les.gry"], 2026, 103)
    assert hent_sak(k["pers.mia"], 2026, 103) == k.sak(103)


@pytest.mark.krav("R-7.2.2", "R-7.2.1")
def test_search_filters_by_reader_before_counting(kommune_a):
    k = kommune_a
    jp = journalfoer_x(k)
    tom = soek(k["les.gry"], "Ragnhild Hemmelig")
    assert (tom.saker, tom.journalposter, tom.antall) == ([], [], 0)
    treff = soek(k["pers.mia"], "Ragnhild Hemmelig")
    assert (treff.saker, treff.journalposter, treff.antall) == ([k.sak(103)], [jp], 2)
    with pytest.raises(IkkeFunnet):
        hent_journalpost_id(k["les.gry"], jp.pk)


def journalfoer_x(k) -> Journalpost:
    jp = ferdigstill(k.jp(103, 1), offentlighet_vurdert=True, av=k["pers.mia"])
    return journalfoer(jp, av=k["ark.eva"])


@pytest.mark.krav("R-C.4")
def test_reading_a_graded_journalpost_is_logged_and_an_open_one_is_not(kommune_a):
    k = kommune_a
    aapen, lukket = _lag(k, "I", "J"), kodet(k, _lag(k, "I", "J"), "U")
    foer = Hendelse.objects.count()
    noter_lesing(aapen, av=k["u.arne"])
    assert Hendelse.objects.count() == foer
    noter_lesing(lukket, av=k["u.arne"])
    siste = Hendelse.objects.order_by("-nummer").first()
    assert (siste.handling, siste.lesing, siste.aktoer, siste.journalpost_id) == (
        "journalpost.lese",
        True,
        k["u.arne"],
        lukket.pk,
    )


@pytest.mark.krav("C.0")
def test_cancelled_journalpost_keeps_the_rule_it_had(kommune_a):
    k = kommune_a
    jp = kodet(k, _lag(k, "I", "J"), "P")
    foer = ser(jp)
    assert ser(utgaa(jp, "Feilregistrert", av=k["ark.eva"])) == foer


def test_reopened_note_is_taken_back_from_its_recipient(kommune_a):
    k = kommune_a
    jp = kodet(k, egen(k, k.sak(101), "N", "F"), "U")
    assert "sb.per" in ser(jp)
    assert "sb.per" not in ser(gjenaapne(jp, "Mangler vedlegg", av=k["sb.kari"]))


def test_every_code_but_xx_has_a_usual_hjemmel_here():
    assert set(VANLIG_HJEMMEL) == {"U", "P", "E", "S"}


def test_new_saksansvarlig_gains_and_the_old_one_loses(kommune_a):
    from saksgang.sakarkiv.commands.sak import sett_saksansvarlig  # noqa: PLC0415

    k = kommune_a
    jp = kodet(k, inngaaende(k, k.sak(101), "J", saksbehandler=k["sb.ola"]), "P")
    sett_saksansvarlig(k.sak(101), k["nes.ida"], av=k["led.anne"])
    assert ser(jp) == {"nes.ida", "sb.ola", "led.anne", "pers.mia"} | ARK
    assert Sak.objects.get(pk=jp.sak_id).saksansvarlig == k["nes.ida"]
    assert Tilgangskode.objects.get(kode="P") == Journalpost.objects.get(pk=jp.pk).tilgangskode
