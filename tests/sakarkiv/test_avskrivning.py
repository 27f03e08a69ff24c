"""Avskrivning, Innboks, Restanse, copies and OBS: the day of a case worker."""

import datetime as dt

import pytest

from saksgang.kjerne.errors import Avvist, IkkeTilgang, UgyldigInndata
from saksgang.logg.models import Hendelse
from saksgang.produksjon.commands import ferdigstill, gjenaapne
from saksgang.sakarkiv.commands.avskrivning import avskriv, avskriv_flere, merk_som_sett, opphev_avskrivning
from saksgang.sakarkiv.commands.fordeling import fordel, fordel_flere
from saksgang.sakarkiv.commands.journalpost import rediger_journalpost
from saksgang.sakarkiv.commands.kopi import merk_kopi_lest, send_kopi
from saksgang.sakarkiv.commands.merknad import merk, sett_obs, utfoer_obs
from saksgang.sakarkiv.commands.sak import avslutt_sak
from saksgang.sakarkiv.models import Avskrivning
from saksgang.sakarkiv.queries import kurver
from saksgang.sakarkiv.rules import Fristnivaa, er_roed, fristnivaa
from tests.tilstand import egen, inngaaende, kodet


def numre(liste) -> list[str]:
    return [str(getattr(rad, "journalpost", rad)) for rad in liste]


@pytest.mark.krav("R-4.7", "R-10.2.1.2b")
def test_avskriv_takes_the_letter_out_of_restanse_and_innboks_at_once(kommune_a):
    k = kommune_a
    jp = k.jp(101, 1)
    assert "2026/101-1" in numre(kurver.restanse(k["sb.kari"])) and "2026/101-1" in numre(kurver.innboks(k["sb.kari"]))
    avskriv(k.mottaker(jp), "TLF", av=k["sb.kari"])
    assert numre(kurver.restanse(k["sb.kari"])) == ["2026/101-2", "2026/102-1"]
    assert numre(kurver.innboks(k["sb.kari"])) == ["2026/102-1", "2026/101-2"]
    rad = Avskrivning.objects.select_related("maate").get()
    assert (rad.dato, rad.maate.kode, rad.av) == (dt.date(2026, 3, 2), "TLF", k["sb.kari"])


@pytest.mark.krav("R-10.2.1.2c", "R-10.8.1c")
def test_avskriv_stores_the_saksbehandlingsmerknad(kommune_a):
    k = kommune_a
    jp = k.jp(101, 1)
    avskriv(k.mottaker(jp), "TLF", merknad="Avtalt befaring 10.3.", av=k["sb.kari"])
    assert list(jp.merknader.values_list("type__kode", "tekst", "av__brukernavn")) == [
        ("SB", "Avtalt befaring 10.3.", "sb.kari")
    ]


@pytest.mark.krav("R-10.2.1.2a")
@pytest.mark.parametrize(
    ("hvem", "lov"),
    [
        ("sb.kari", True),
        ("led.anne", True),
        ("sf.bente", True),
        ("ark.eva", True),
        ("sb.per", False),
        ("sb.ola", False),
        ("les.gry", False),
        ("led.nils", False),
        ("nes.ida", False),
    ],
)
def test_avskriv_is_for_the_responsible_sa_leader_side_and_archive(kommune_a, hvem, lov):
    k = kommune_a
    mottaker = k.mottaker(k.jp(101, 1))
    if not lov:
        with pytest.raises(IkkeTilgang):
            avskriv(mottaker, "TE", av=k[hvem])
        assert "2026/101-1" in numre(kurver.restanse(k["sb.kari"]))
        return
    avskriv(mottaker, "TE", av=k[hvem])
    hendelse = Hendelse.objects.get(handling="journalpost.avskrive")
    assert hendelse.aktoer == k[hvem]
    assert hendelse.paa_vegne_av == (None if hvem == "sb.kari" else k["sb.kari"])


@pytest.mark.krav("R-5.X.4")
def test_avskriv_refused_on_an_xnotat(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "X", "F")
    with pytest.raises(Avvist, match="Notat uten oppfølging kan ikke avskrives"):
        avskriv(k.mottaker(jp), "TE", av=k["sb.per"])
    assert Avskrivning.objects.count() == 0


@pytest.mark.parametrize(
    ("maate", "dato", "felt"),
    [
        ("BU", None, "maate"),
        ("QQ", None, "maate"),
        ("TE", dt.date(2026, 3, 3), "dato"),
        ("TE", dt.date(2026, 2, 1), "dato"),
    ],
)
@pytest.mark.krav("R-10.2.1.2b")
def test_avskriv_refused_with_wrong_code_or_date(kommune_a, maate, dato, felt):
    k = kommune_a
    with pytest.raises(UgyldigInndata) as feil:
        avskriv(k.mottaker(k.jp(101, 1)), maate, dato=dato, av=k["sb.kari"])
    assert list(feil.value.felter) == [felt]


def test_avskriv_refused_twice_and_gives_restanse_back_when_lifted(kommune_a):
    k = kommune_a
    rad = avskriv(k.mottaker(k.jp(101, 1)), "TE", av=k["sb.kari"])
    with pytest.raises(Avvist, match="allerede avskrevet"):
        avskriv(k.mottaker(k.jp(101, 1)), "TE", av=k["sb.kari"])
    opphev_avskrivning(rad, av=k["sb.kari"])
    assert "2026/101-1" in numre(kurver.restanse(k["sb.kari"]))
    assert Avskrivning.objects.count() == 1


@pytest.mark.krav("R-10.8.1b")
def test_avskriv_flere_writes_one_event_each(kommune_a):
    k = kommune_a
    inngaaende(k, k.sak(101), "J")
    rader = [r for r in kurver.restanse(k["sb.kari"]) if r.journalposttype == "I"]
    avskriv_flere(rader, "TE", av=k["sb.kari"])
    assert numre(kurver.restanse(k["sb.kari"])) == ["2026/102-1"]
    assert Hendelse.objects.filter(handling="journalpost.avskrive").count() == len(rader) == 3


def test_avskriv_flere_is_all_or_none(kommune_a):
    k = kommune_a
    rader = [k.mottaker(k.jp(101, 1)), k.mottaker(k.jp(101, 3))]
    with pytest.raises(Avvist, match="2026/101-1: Du har ikke rett"):
        avskriv_flere(rader, "TE", av=k["sb.ola"])
    assert Avskrivning.objects.count() == 0


@pytest.mark.krav("R-5.N.1", "R-10.6.1.8", "R-6.2.R")
def test_note_n_is_delivered_at_f_to_innboks_and_restanse(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "N", "R")
    assert (numre(kurver.innboks(k["sb.per"])), numre(kurver.restanse(k["sb.per"]))) == ([], [])
    ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"])
    assert numre(kurver.innboks(k["sb.per"])) == numre(kurver.restanse(k["sb.per"])) == [str(jp)]
    gjenaapne(jp, "Feil mottaker", av=k["sb.kari"])
    assert (numre(kurver.innboks(k["sb.per"])), numre(kurver.restanse(k["sb.per"]))) == ([], [])


@pytest.mark.krav("R-5.X.1", "R-5.X.4", "R-10.6.1.8")
def test_note_x_is_delivered_to_innboks_only_and_leaves_when_read(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "X", "F")
    assert (numre(kurver.innboks(k["sb.per"])), numre(kurver.restanse(k["sb.per"]))) == ([str(jp)], [])
    notat = egen(k, k.sak(101), "N", "F")
    assert numre(kurver.restanse_i_enheter(k["led.nils"])) == [str(notat)]
    avskriv(k.mottaker(notat), "TE", av=k["sb.per"])
    merk_som_sett(k.mottaker(jp), av=k["sb.per"])
    assert numre(kurver.innboks(k["sb.per"])) == []


@pytest.mark.krav("R-5.N.3")
def test_note_n_with_two_recipients_is_written_off_by_each(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(102), "N", "F", interne_mottakere=[k["sb.per"], k["sb.ola"]], av=k["sb.per"])
    avskriv(k.mottaker(jp, "sb.per"), "TE", av=k["sb.per"])
    assert str(jp) not in numre(kurver.restanse(k["sb.per"]))
    assert str(jp) in numre(kurver.restanse(k["sb.ola"]))
    with pytest.raises(IkkeTilgang):
        avskriv(k.mottaker(jp, "sb.ola"), "TE", av=k["sb.kari"])
    from saksgang.sakarkiv.commands.sak import kontroller_sak  # noqa: PLC0415

    sak = kontroller_sak(k.sak(102), av=k["ark.eva"])
    with pytest.raises(Avvist) as feil:
        avslutt_sak(sak, av=k["ark.eva"])
    assert f"{jp} er ikke avskrevet av Ola Vik." in feil.value.hindre


@pytest.mark.krav("R-10.1.6")
def test_svarfrist_and_remark_after_j_by_own_saksbehandler(kommune_a):
    k = kommune_a
    jp = rediger_journalpost(k.jp(101, 1), forfallsdato=dt.date(2026, 3, 3), av=k["sb.kari"])
    assert numre(kurver.restanse(k["sb.kari"]))[0] == "2026/101-1"
    merk(jp, "Ringte søkeren.", av=k["sb.kari"])
    assert list(jp.merknader.values_list("tekst", flat=True)) == ["Ringte søkeren."]
    with pytest.raises(IkkeTilgang):
        rediger_journalpost(jp, forfallsdato=dt.date(2026, 4, 1), av=k["les.gry"])


@pytest.mark.krav("R-9.3.1c")
@pytest.mark.parametrize(
    ("frist", "roed", "nivaa"),
    [
        (dt.date(2026, 3, 1), True, Fristnivaa.FORFALT),
        (dt.date(2026, 3, 2), True, Fristnivaa.SNART),
        (dt.date(2026, 3, 6), True, Fristnivaa.SNART),
        (dt.date(2026, 3, 7), False, Fristnivaa.GOD),
        (None, False, Fristnivaa.GOD),
    ],
)
def test_red_is_fewer_than_five_calendar_days(frist, roed, nivaa):
    idag = dt.date(2026, 3, 2)
    assert (er_roed(frist, idag), fristnivaa(frist, idag)) == (roed, nivaa)


@pytest.mark.krav("R-3.1.4", "R-9.1.2", "R-6.2.J.d")
def test_fordel_moves_the_letter_to_the_case_worker(kommune_a):
    k = kommune_a
    assert numre(kurver.til_fordeling(k["led.nils"])) == []
    fordel(k.mottaker(k.jp(104, 1)), k["sb.ola"], saksansvarlig=k["sb.ola"], av=k["led.anne"])
    assert numre(kurver.til_fordeling(k["led.anne"])) == []
    assert "2026/104-1" in numre(kurver.innboks(k["sb.ola"])) and "2026/104-1" in numre(kurver.restanse(k["sb.ola"]))
    jp = k.jp(104, 1)
    assert (jp.saksbehandler, jp.fordelt_av, jp.sak.saksansvarlig) == (k["sb.ola"], k["led.anne"], k["sb.ola"])
    assert list(
        Hendelse.objects.filter(handling__in=["journalpost.fordele", "sak.sette_saksansvarlig"])
        .order_by("nummer")
        .values_list("handling", "aktoer__brukernavn")
    ) == [("journalpost.fordele", "led.anne"), ("sak.sette_saksansvarlig", "led.anne")]


@pytest.mark.krav("R-9.1.2")
def test_fordel_gives_a_note_addressed_to_the_unit_to_one_person(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(102), "N", "F", interne_mottakere=[k.enhet("TEK")], av=k["sb.per"])
    assert numre(kurver.til_fordeling(k["led.anne"])) == ["2026/104-1", str(jp)]
    fordel(k.mottaker(jp), k["sb.ola"], av=k["led.anne"])
    assert numre(kurver.til_fordeling(k["led.anne"])) == ["2026/104-1"]
    assert str(jp) in numre(kurver.restanse(k["sb.ola"]))


@pytest.mark.krav("R-3.1.1")
def test_fullmakt_fordele_lets_distribute_and_nothing_else(kommune_a):
    k = kommune_a
    from saksgang.offentlighet.commands import avgjoer_skjerming  # noqa: PLC0415
    from saksgang.sakarkiv.commands.felles import Skjerming  # noqa: PLC0415

    with pytest.raises(IkkeTilgang):
        avgjoer_skjerming(k.jp(104, 1), Skjerming(), av=k["nes.ida"])
    with pytest.raises(IkkeTilgang):
        avskriv(k.mottaker(k.jp(101, 1)), "TE", av=k["nes.ida"])
    fordel(k.mottaker(k.jp(104, 1)), k["sb.ola"], av=k["nes.ida"])
    assert k.jp(104, 1).saksbehandler == k["sb.ola"]


@pytest.mark.krav("R-3.1.4")
def test_fordel_refused_outside_own_units_and_to_others_people(kommune_a):
    k = kommune_a
    for hvem in ["led.nils", "sb.kari", "les.gry"]:
        with pytest.raises(IkkeTilgang):
            fordel(k.mottaker(k.jp(104, 1)), k["sb.per"], av=k[hvem])
    with pytest.raises(UgyldigInndata, match="hører ikke til enheten"):
        fordel(k.mottaker(k.jp(104, 1)), k["sb.per"], av=k["led.anne"])
    assert k.jp(104, 1).saksbehandler is None


@pytest.mark.krav("R-10.1.2b")
def test_archive_redistributes_to_another_unit(kommune_a):
    k = kommune_a
    fordel(k.mottaker(k.jp(101, 1)), k["sb.per"], av=k["ark.eva"])
    assert "2026/101-1" not in numre(kurver.innboks(k["sb.kari"])) + numre(kurver.restanse(k["sb.kari"]))
    assert numre(kurver.restanse(k["sb.per"])) == ["2026/101-1"]
    assert k.jp(101, 1).enhet == k.enhet("KULT")


def test_fordel_flere_says_why_for_each_row(kommune_a):
    k = kommune_a
    avskriv(k.mottaker(k.jp(101, 1)), "TE", av=k["sb.kari"])
    resultat = fordel_flere([k.mottaker(k.jp(104, 1)), k.mottaker(k.jp(101, 1))], k["sb.ola"], av=k["led.anne"])
    assert [(str(r.journalpost), r.feil) for r in resultat] == [
        ("2026/104-1", ()),
        ("2026/101-1", ("2026/101-1 er avskrevet og kan ikke fordeles.",)),
    ]


@pytest.mark.krav("R-10.1.7", "R-10.7.1", "R-10.7.2", "R-10.7.3")
def test_kopi_lands_in_kopiboks_without_restanse_and_leaves_when_read(kommune_a):
    k = kommune_a
    foer = numre(kurver.restanse(k["sb.ola"]))
    kopier = send_kopi(k.jp(101, 1), [k["sb.ola"], k["sb.per"]], kommentar="Se punkt 2", av=k["sb.kari"])
    assert [(x.bruker.brukernavn, x.kommentar) for x in kopier] == [("sb.ola", "Se punkt 2"), ("sb.per", "Se punkt 2")]
    assert numre(kurver.kopiboks(k["sb.ola"])) == ["2026/101-1"]
    assert numre(kurver.restanse(k["sb.ola"])) == foer
    merk_kopi_lest(kopier[0], av=k["sb.ola"])
    assert numre(kurver.kopiboks(k["sb.ola"])) == []
    with pytest.raises(IkkeTilgang):
        merk_kopi_lest(kopier[1], av=k["sb.ola"])


@pytest.mark.krav("R-10.7.3")
def test_kopi_of_a_graded_document_refused_to_one_without_access(kommune_a):
    k = kommune_a
    jp = kodet(k, inngaaende(k, k.sak(101), "J"), "P")
    with pytest.raises(UgyldigInndata, match="Ola Vik har ikke tilgang"):
        send_kopi(jp, [k["sb.ola"], k["pers.mia"]], av=k["sb.kari"])
    assert numre(kurver.kopiboks(k["pers.mia"])) == []
    send_kopi(jp, [k["pers.mia"]], av=k["sb.kari"])
    assert numre(kurver.kopiboks(k["pers.mia"])) == [str(jp)]


@pytest.mark.krav("R-10.7.1")
def test_kopi_of_a_draft_refused(kommune_a):
    k = kommune_a
    with pytest.raises(Avvist, match="når dokumentet er ferdig"):
        send_kopi(k.jp(101, 4), [k["sb.ola"]], av=k["sb.kari"])


@pytest.mark.krav("R-10.12.1", "R-10.12.2")
def test_obs_dato_basket_holds_passed_and_near_dates_of_own_cases(kommune_a):
    k = kommune_a
    sak = k.sak(101)
    datoer = [dt.date(2026, 3, 1), dt.date(2026, 3, 6), dt.date(2026, 3, 7)]
    obs = [sett_obs(sak, dato, "Følg opp vedtak", av=k["sb.kari"]) for dato in datoer]
    assert [o.dato for o in kurver.obs_dato(k["sb.kari"])] == datoer[:2]
    assert list(kurver.obs_dato(k["sb.ola"])) == []
    utfoer_obs(obs[0], av=k["sb.kari"])
    assert [o.dato for o in kurver.obs_dato(k["sb.kari"])] == datoer[1:2]
    with pytest.raises(IkkeTilgang):
        sett_obs(sak, datoer[0], av=k["sb.per"])


@pytest.mark.krav("R-6.1.X")
def test_case_in_x_is_left_out_of_obs_and_its_letters_still_give_restanse(kommune_a):
    k = kommune_a
    from saksgang.sakarkiv.commands.sak import unnta_sak  # noqa: PLC0415

    sett_obs(k.sak(101), dt.date(2026, 3, 1), av=k["sb.kari"])
    assert len(kurver.obs_dato(k["sb.kari"])) == 1
    unnta_sak(k.sak(101), "Løpende", av=k["ark.eva"])
    assert list(kurver.obs_dato(k["sb.kari"])) == []
    assert "2026/101-1" in numre(kurver.restanse(k["sb.kari"]))


@pytest.mark.krav("R-10.3.2.2b")
def test_mine_saker_are_open_cases_where_i_am_saksansvarlig(kommune_a):
    k = kommune_a
    from saksgang.sakarkiv.commands.sak import kontroller_sak, opprett_sak  # noqa: PLC0415

    klasse = k.sak(101).klasseringer.get().klasse
    lukket = opprett_sak("Gatelys", arkivdel=k.sak(101).arkivdel, klasser=[klasse], av=k["sb.kari"])
    avslutt_sak(kontroller_sak(lukket, av=k["ark.eva"]), av=k["ark.eva"])
    assert [str(s) for s in kurver.mine_saker(k["sb.kari"])] == ["2026/101"]
    assert [str(s) for s in kurver.mine_saker(k["sb.kari"], vis_avsluttede=True)] == [str(lukket), "2026/101"]
    assert list(kurver.mine_saker(k["sb.ola"])) == []


@pytest.mark.krav("R-4.8")
def test_anybody_internal_may_be_saksbehandler_with_own_lists(kommune_a):
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "J", saksbehandler=k["raad.jon"], enhet=k.enhet("RÅD"))
    assert numre(kurver.innboks(k["raad.jon"])) == [str(jp)]
    avskriv(k.mottaker(jp), "TE", av=k["raad.jon"])
    assert numre(kurver.restanse(k["raad.jon"])) == []
