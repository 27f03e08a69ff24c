"""Answers: what is made, who may, what is written off at F, and what comes back (krav R-10.2.2.2a–e, A-13, A-52)."""

import datetime as dt
from dataclasses import replace

import pytest

from saksgang.demo.grunnlag import skjerming, tekstfil
from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang, UgyldigInndata
from saksgang.logg.models import Hendelse
from saksgang.offentlighet.commands import foreslaa_skjerming, sett_skjerming
from saksgang.produksjon.commands import ferdigstill, gjenaapne
from saksgang.sakarkiv.commands.avskrivning import avskriv, opphev_avskrivning
from saksgang.sakarkiv.commands.besvarelse import besvar, knytt_svar, loes_svar, sett_ny_svarfrist
from saksgang.sakarkiv.commands.dokument import legg_ved
from saksgang.sakarkiv.commands.fordeling import fordel
from saksgang.sakarkiv.commands.journalfoering import avjournalfoer, journalfoer, utgaa
from saksgang.sakarkiv.commands.journalpost import Part, opprett_journalpost, rediger_journalpost
from saksgang.sakarkiv.commands.kontakt import opprett_kontakt
from saksgang.sakarkiv.commands.sak import avslutt_sak
from saksgang.sakarkiv.commands.svarvirkning import rett_svarkode
from saksgang.sakarkiv.models import Avskrivning, InternMottaker, Journalpost, Svarlenke
from saksgang.sakarkiv.queries import kurver
from saksgang.sakarkiv.queries.svar import Svarmerke, besvarte, mulige_besvarte, svar_paa, svarmerker, synlige
from saksgang.sakarkiv.rules import Svarmaate, avskrivningskode, samme_part
from saksgang.tilgang.commands import deaktiver_bruker, opprett_gruppe, registrer_stedfortreder
from tests.tilstand import MOTTATT, egen, inngaaende, journalpost, kodet

KROA = Part(navn="Kroa AS", organisasjonsnummer="910075918", adresse="Storgata 14", postnummer="6899")


def numre(liste) -> list[str]:
    return [str(getattr(rad, "journalpost", rad)) for rad in liste]


def ferdig(svar, av):
    """Write it, and finish it."""
    legg_ved(svar, tekstfil("Svar\n").fil, filnavn="svar.txt", av=av)
    return ferdigstill(svar, offentlighet_vurdert=True, av=av)


def avskrivninger(jp) -> list[tuple[str, str | None]]:
    """What stands of avskrivning on the journalpost: way, and the number of the answer."""
    rader = Avskrivning.objects.filter(mottaker__journalpost=jp, opphevet_tid__isnull=True).order_by("pk")
    return [(a.maate.kode, str(a.besvart_av) if a.besvart_av else None) for a in rader]


def merker(k, hvem, jp) -> list[Svarmerke]:
    rad = k.mottaker(jp)
    return svarmerker(k[hvem], [rad]).get(rad.pk, [])


def hendelser(jp) -> list[str]:
    return list(Hendelse.objects.filter(journalpost_id=jp.pk).order_by("nummer").values_list("handling", flat=True))


# ── Besvar og avskriv restanse ───────────────────────────


@pytest.mark.krav("R-10.2.2.2a", "A-13")
def test_besvar_makes_the_letter_and_writes_off_when_it_is_finished(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    inn = k.jp(101, 1)
    svar = besvar(inn, Svarmaate.ENDELIG, av=kari)
    part = svar.parter.get()
    assert (str(svar), svar.journalposttype, svar.status, svar.saksbehandler) == ("2026/101-6", "U", "R", kari)
    assert (svar.tittel, svar.tilgangskode, svar.enhet) == ("Søknad om skjenkebevilling", None, k.enhet("TEK"))
    assert (part.navn, part.type, part.organisasjonsnummer) == ("Kroa AS", "EM", "910075918")
    assert (part.adresse, part.postnummer) == ("Storgata 14", "6899")
    assert "2026/101-1" in numre(kurver.restanse(kari))
    assert merker(k, "sb.kari", inn) == [Svarmerke(None, ("2026/101-6",))]
    svar = ferdig(svar, kari)
    assert "2026/101-1" not in numre(kurver.restanse(kari)) + numre(kurver.innboks(kari))
    assert avskrivninger(inn) == [("BU", "2026/101-6")]
    assert [str(lenke.svar) for lenke in svar_paa(inn)] == ["2026/101-6"]
    assert [str(lenke.besvart) for lenke in besvarte(kari, svar)] == ["2026/101-1"]
    assert merker(k, "sb.kari", inn) == []
    svar = gjenaapne(svar, "Skrivefeil", av=kari)
    assert "2026/101-1" in numre(kurver.restanse(kari))
    assert (avskrivninger(inn), merker(k, "sb.kari", inn)) == ([], [Svarmerke(None, ("2026/101-6",))])
    ferdigstill(svar, av=kari)
    assert avskrivninger(inn) == [("BU", "2026/101-6")]
    utgaa(svar, "Feil", av=k["ark.eva"])
    assert "2026/101-1" in numre(kurver.restanse(kari))
    assert (avskrivninger(inn), merker(k, "sb.kari", inn)) == ([], [])
    assert hendelser(inn)[1:] == [
        "journalpost.besvare", "journalpost.avskrive", "journalpost.oppheve_avskrivning", "journalpost.avskrive",
        "journalpost.oppheve_avskrivning",
    ]  # fmt: skip


@pytest.mark.krav("R-10.2.2.2a")
def test_restanse_stays_closed_through_journalising_and_back_to_f(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    svar = ferdig(besvar(k.jp(101, 1), "E", av=kari), kari)
    svar = avjournalfoer(journalfoer(svar, av=k["ark.eva"]), "Feil dato", av=k["ark.eva"])
    assert avskrivninger(k.jp(101, 1)) == [("BU", str(svar))]
    gjenaapne(svar, "Feil dato", av=kari)
    assert avskrivninger(k.jp(101, 1)) == []


@pytest.mark.krav("R-10.2.2.2a")
def test_one_answer_closes_several_letters_from_several_senders(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    brev = [k.jp(101, n) for n in (1, 2, 3)]
    svar = besvar(brev[0], "E", ogsaa=brev[1:], av=kari)
    assert [p.navn for p in svar.parter.order_by("rekkefoelge")] == ["Kroa AS", "Politiet i Fjordvik"]
    assert svar.partsnavn == "Kroa AS og Politiet i Fjordvik"
    ferdig(svar, kari)
    assert [avskrivninger(jp) for jp in brev] == [[("BU", "2026/101-6")]] * 3
    assert numre(kurver.restanse(k["sb.ola"])) == []
    gjenaapne(k.jp(101, 6), "Feil", av=kari)
    assert [avskrivninger(jp) for jp in brev] == [[]] * 3


def test_only_a_final_answer_closes_several(kommune_a):
    k = kommune_a
    for maate in ("F", "U"):
        with pytest.raises(UgyldigInndata) as feil:
            besvar(k.jp(101, 1), maate, ogsaa=[k.jp(101, 2)], av=k["sb.kari"])
        assert list(feil.value.felter) == ["ogsaa"]
    with pytest.raises(UgyldigInndata, match="i en annen sak"):
        besvar(k.jp(101, 1), "E", ogsaa=[k.jp(104, 1)], av=k["led.anne"])
    with pytest.raises(IkkeTilgang):
        besvar(k.jp(101, 3), "E", ogsaa=[k.jp(101, 1)], av=k["sb.ola"])
    assert Journalpost.objects.filter(sak=k.sak(101)).count() == 5


@pytest.mark.krav("A-13")
def test_avskrivning_by_hand_meanwhile_is_neither_overwritten_nor_lifted(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    inn = k.jp(101, 1)
    svar = besvar(inn, "E", av=kari)
    avskriv(k.mottaker(inn), "TLF", av=kari)
    svar = ferdig(svar, kari)
    assert avskrivninger(inn) == [("TLF", None)]
    svar = gjenaapne(svar, "Feil", av=kari)
    assert avskrivninger(inn) == [("TLF", None)]
    opphev_avskrivning(k.mottaker(inn).avskrivning, av=kari)
    ferdigstill(svar, av=kari)
    assert avskrivninger(inn) == [("BU", str(svar))]
    opphev_avskrivning(k.mottaker(inn).avskrivning, av=kari)
    avskriv(k.mottaker(inn), "TE", av=kari)
    gjenaapne(svar, "Feil", av=kari)
    assert avskrivninger(inn) == [("TE", None)]


@pytest.mark.krav("A-13")
def test_another_finished_answer_takes_over_when_the_first_is_reopened(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    inn = k.jp(101, 1)
    foerste, andre = besvar(inn, "E", av=kari), besvar(inn, "E", av=kari)
    assert merker(k, "sb.kari", inn) == [Svarmerke(None, ("2026/101-6", "2026/101-7"))]
    foerste, andre = ferdig(foerste, kari), ferdig(andre, kari)
    assert avskrivninger(inn) == [("BU", "2026/101-6")]
    foerste = gjenaapne(foerste, "Feil", av=kari)
    assert avskrivninger(inn) == [("BU", "2026/101-7")]
    gjenaapne(andre, "Feil", av=kari)
    assert "2026/101-1" in numre(kurver.restanse(kari))


@pytest.mark.krav("R-10.2.2.2a")
def test_avskrivning_is_be_when_the_answer_goes_by_email_alone(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    inn = k.jp(101, 1)
    svar = besvar(inn, "E", av=kari)
    svar.parter.update(ekspederingskoder=["E"])
    svar = ferdig(svar, kari)
    assert avskrivninger(inn) == [("BE", str(svar))]
    svar.parter.update(ekspederingskoder=["E", "P"])
    rett_svarkode(svar, av=kari)
    assert avskrivninger(inn) == [("BU", str(svar))]
    rett_svarkode(svar, av=kari)
    endringer = [h.endringer for h in Hendelse.objects.filter(handling="journalpost.avskrive").order_by("nummer")]
    assert endringer == [
        {"avskrivning": [None, "02.03.2026 BE"]},
        {"avskrivning": ["02.03.2026 BE", "02.03.2026 BU"]},
    ]


@pytest.mark.parametrize(
    ("maate", "veier", "ventet"),
    [
        ("E", [], "BU"),
        ("E", [[]], "BU"),
        ("E", [["E"]], "BE"),
        ("E", [["E"], ["E"]], "BE"),
        ("E", [["E"], ["P"]], "BU"),
        ("E", [["E", "P"]], "BU"),
        ("N", [["E"]], "NN"),
    ],
)
def test_avskrivningskode_follows_the_ways(maate, veier, ventet):
    assert avskrivningskode(maate, veier) == ventet


# ── Foreløpig svar, besvar uten å avskrive ───────────────


@pytest.mark.krav("R-10.2.2.2b", "A-14")
def test_preliminary_answer_leaves_a_dated_mark_and_nothing_else(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    inn = k.jp(101, 2)
    svar = besvar(inn, Svarmaate.FORELOEPIG, av=kari)
    assert merker(k, "sb.kari", inn) == []
    roede = numre(kurver.restanse_roed(kari))
    svar = ferdig(svar, kari)
    assert merker(k, "sb.kari", inn) == [Svarmerke(dt.date(2026, 3, 2), ("2026/101-6",))]
    assert "2026/101-2" in numre(kurver.restanse(kari))
    assert numre(kurver.restanse_roed(kari)) == roede == ["2026/101-2"]
    assert (avskrivninger(inn), k.jp(101, 2).forfallsdato) == ([], dt.date(2026, 3, 5))
    i_enheten = [rad for rad in kurver.restanse_i_enheter(k["led.anne"]) if rad.journalpost == inn]
    assert svarmerker(k["led.anne"], i_enheten) == {
        k.mottaker(inn).pk: [Svarmerke(dt.date(2026, 3, 2), ("2026/101-6",))]
    }
    gjenaapne(svar, "Feil", av=kari)
    assert merker(k, "sb.kari", inn) == []


@pytest.mark.krav("A-14")
def test_typed_svarfrist_goes_with_the_preliminary_answer_at_f(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    inn, ny = k.jp(101, 2), dt.date(2026, 4, 15)
    svar = besvar(inn, "F", av=kari)
    lenke = Svarlenke.objects.get()
    for for_tidlig in (dt.date(2026, 3, 2), dt.date(2026, 2, 1)):
        with pytest.raises(UgyldigInndata, match="etter i dag"):
            sett_ny_svarfrist(lenke, for_tidlig, av=kari)
    with pytest.raises(IkkeFunnet):
        sett_ny_svarfrist(lenke, ny, av=k["sb.per"])
    sett_ny_svarfrist(lenke, ny, av=kari)
    assert (k.jp(101, 2).forfallsdato, k.mottaker(inn).forfallsdato) == (dt.date(2026, 3, 5),) * 2
    svar = ferdig(svar, kari)
    assert (k.jp(101, 2).forfallsdato, k.mottaker(inn).forfallsdato) == (ny, ny)
    assert numre(kurver.restanse_roed(kari)) == []
    assert hendelser(inn)[-1] == "journalpost.redigere_arbeidsdata"
    with pytest.raises(Avvist, match="ikke er ferdigstilt"):
        sett_ny_svarfrist(lenke, None, av=kari)
    endelig = besvar(inn, "E", av=kari)
    with pytest.raises(Avvist, match="foreløpig svar"):
        sett_ny_svarfrist(endelig.svarer_paa.get(), ny, av=kari)


@pytest.mark.krav("R-10.2.2.2c")
def test_answer_without_writing_off_is_a_link_and_no_more(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    inn = k.jp(101, 1)
    foer = [(r.pk, r.forfallsdato, r.sett_tid) for r in kurver.restanse(kari)]
    svar = ferdig(besvar(inn, Svarmaate.UTEN, av=kari), kari)
    assert (svar.tittel, svar.partsnavn) == ("Søknad om skjenkebevilling", "Kroa AS")
    assert [(r.pk, r.forfallsdato, r.sett_tid) for r in kurver.restanse(kari)] == foer
    assert (merker(k, "sb.kari", inn), avskrivninger(inn)) == ([], [])
    assert [(str(x.svar), x.maate) for x in svar_paa(inn)] == [(str(svar), "U")]
    assert [(str(x.besvart), x.maate) for x in besvarte(kari, svar)] == [("2026/101-1", "U")]


# ── Besvar notat ─────────────────────────────────────────


@pytest.mark.krav("R-10.2.2.2d", "A-15")
@pytest.mark.parametrize(("type_", "restanse"), [(None, []), ("X", []), ("N", ["2026/102-2"])])
def test_note_is_answered_with_a_note_to_its_sender(kommune_a, type_, restanse):
    k, kari = kommune_a, kommune_a["sb.kari"]
    notat = k.jp(102, 1)
    svar = besvar(notat, Svarmaate.NOTAT, journalposttype=type_, av=kari)
    assert (svar.journalposttype, svar.tittel) == (type_ or "X", notat.tittel)
    assert [m.bruker for m in svar.interne_mottakere.all()] == [k["sb.per"]]
    assert merker(k, "sb.kari", notat) == [Svarmerke(None, ("2026/102-2",))]
    svar = ferdig(svar, kari)
    assert "2026/102-1" not in numre(kurver.restanse(kari))
    assert avskrivninger(notat) == [("NN", "2026/102-2")]
    assert (numre(kurver.innboks(k["sb.per"])), numre(kurver.restanse(k["sb.per"]))) == (["2026/102-2"], restanse)
    gjenaapne(svar, "Feil", av=kari)
    assert "2026/102-1" in numre(kurver.restanse(kari))
    assert numre(kurver.innboks(k["sb.per"])) == []


@pytest.mark.krav("R-10.2.2.2d", "A-41")
def test_note_is_written_off_for_the_one_who_answers(kommune_a):
    k, ola = kommune_a, kommune_a["sb.ola"]
    notat = egen(k, k.sak(102), "N", "F", av=k["sb.per"], interne_mottakere=[k["sb.kari"], ola])
    ferdig(besvar(notat, "N", av=ola), ola)
    assert (k.mottaker(notat, "sb.ola").avskrivning is None, k.mottaker(notat, "sb.kari").avskrivning) == (False, None)
    assert str(notat) in numre(kurver.restanse(k["sb.kari"]))


def test_leader_answers_a_note_for_the_one_who_is_named(kommune_a):
    k, anne = kommune_a, kommune_a["led.anne"]
    notat = opprett_journalpost(
        k.sak(101), "N", tittel="Spørsmål", interne_mottakere=[k["sb.kari"], k["sb.ola"]],
        dokumenter=[tekstfil("x")], av=k["ark.eva"],
    )  # fmt: skip
    ferdigstill(notat, offentlighet_vurdert=True, av=k["ark.eva"])
    with pytest.raises(UgyldigInndata, match="Ola Vik"):
        besvar(notat, "N", av=anne)
    svar = besvar(notat, "N", mottaker=k.mottaker(notat, "sb.ola"), av=anne)
    ferdig(svar, anne)
    assert k.mottaker(notat, "sb.ola").avskrivning.av == anne
    assert k.mottaker(notat, "sb.kari").avskrivning is None
    with pytest.raises(IkkeTilgang):
        besvar(notat, "N", mottaker=k.mottaker(notat, "sb.kari"), av=k["sb.ola"])
    for hvem in ("led.nils", "ark.tom", "les.gry"):
        with pytest.raises(IkkeTilgang):
            besvar(notat, "N", av=k[hvem])


@pytest.mark.krav("R-10.2.2.2e")
def test_x_leaves_innboks_when_it_is_answered_and_gets_no_avskrivning(kommune_a):
    k, per = kommune_a, kommune_a["sb.per"]
    notat = egen(k, k.sak(101), "X", "F")
    svar = besvar(notat, "N", av=per)
    assert numre(kurver.innboks(per)) == [str(notat)]
    svar = ferdig(svar, per)
    assert numre(kurver.innboks(per)) == []
    assert (k.mottaker(notat).avskrivning, Avskrivning.objects.count()) == (None, 0)
    assert hendelser(notat)[-2:] == ["journalpost.besvare", "journalpost.se"]
    gjenaapne(svar, "Feil", av=per)
    assert numre(kurver.innboks(per)) == [str(notat)]


def test_x_that_was_read_before_the_answer_stays_read(kommune_a, klokka):
    k, per = kommune_a, kommune_a["sb.per"]
    from saksgang.sakarkiv.commands.avskrivning import merk_som_sett  # noqa: PLC0415

    notat = egen(k, k.sak(101), "X", "F")
    merk_som_sett(k.mottaker(notat), av=per)
    klokka.move_to(dt.datetime(2026, 3, 3, 8, 0, tzinfo=dt.UTC))
    gjenaapne(ferdig(besvar(notat, "N", av=per), per), "Feil", av=per)
    assert numre(kurver.innboks(per)) == []


def test_own_note_is_not_answered_and_a_sender_who_left_is_answered_by_unit(kommune_a):
    k = kommune_a
    with pytest.raises(Avvist, match="skrevet 2026/102-1 selv"):
        besvar(k.jp(102, 1), "N", av=k["sb.per"])
    deaktiver_bruker(k["sb.per"], til=dt.date(2026, 3, 1), av=k["adm.root"])
    svar = besvar(k.jp(102, 1), "N", av=k["sb.kari"])
    assert [(m.bruker, m.enhet.kode) for m in svar.interne_mottakere.all()] == [(None, "KULT")]


# ── Who may, and what is refused ─────────────────────────


@pytest.mark.krav("A-52")
def test_saksbehandler_of_the_letter_answers_in_a_case_that_is_not_his(kommune_a):
    k, ola = kommune_a, kommune_a["sb.ola"]
    with pytest.raises(IkkeTilgang):
        opprett_journalpost(k.sak(101), "U", tittel="Annet brev", av=ola)
    svar = besvar(k.jp(101, 3), "E", av=ola)
    assert (svar.saksbehandler, svar.partsnavn) == (ola, "Politiet i Fjordvik")
    ferdig(svar, ola)
    assert numre(kurver.restanse(ola)) == []


@pytest.mark.krav("A-52")
def test_recipient_answers_a_note_in_a_case_that_is_closed_to_her(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    notat = opprett_journalpost(
        k.sak(103), "N", tittel="Spørsmål om lønn", interne_mottakere=[kari], dokumenter=[tekstfil("x")],
        skjerming=skjerming("P", "13-fvl1"), av=k["pers.mia"],
    )  # fmt: skip
    ferdigstill(notat, offentlighet_vurdert=True, av=k["pers.mia"])
    svar = besvar(notat, "N", av=kari)
    assert (svar.tilgangskode.kode, svar.hjemmel.pk) == ("P", notat.hjemmel.pk)
    ferdig(svar, kari)
    assert avskrivninger(notat) == [("NN", str(svar))]


@pytest.mark.krav("A-52")
@pytest.mark.parametrize(
    ("hvem", "feil"),
    [("sb.ola", IkkeTilgang), ("sb.per", IkkeTilgang), ("les.gry", IkkeTilgang), ("led.nils", IkkeTilgang),
     ("nes.ida", IkkeTilgang), ("ark.eva", IkkeTilgang), ("led.anne", None), ("sf.bente", None)],
)  # fmt: skip
def test_besvar_is_for_saksbehandler_sa_and_the_leader_side(kommune_a, hvem, feil):
    k = kommune_a
    if feil:
        with pytest.raises(feil):
            besvar(k.jp(101, 1), "E", av=k[hvem])
        assert Journalpost.objects.filter(sak=k.sak(101)).count() == 5
    else:
        assert besvar(k.jp(101, 1), "E", av=k[hvem]).saksbehandler == k[hvem]


@pytest.mark.krav("R-3.1.7")
def test_deputy_answers_and_finishes_on_the_leaders_behalf(kommune_a, klokka):
    k, bente = kommune_a, kommune_a["sf.bente"]
    brev = inngaaende(k, k.sak(104), "J", saksbehandler=k["led.anne"])
    svar = besvar(brev, "E", av=bente)
    begynt = Hendelse.objects.get(handling="journalpost.besvare")
    assert (begynt.aktoer, begynt.paa_vegne_av) == (bente, k["led.anne"])
    ferdig(svar, bente)
    assert avskrivninger(brev) == [("BU", str(svar))]
    klokka.move_to(dt.datetime(2026, 3, 9, 8, 0, tzinfo=dt.UTC))
    with pytest.raises(IkkeTilgang):
        besvar(brev, "U", av=bente)


def test_deputy_of_another_unit_has_no_answer_to_give(kommune_a):
    k = kommune_a
    registrer_stedfortreder(k["led.nils"], k["sb.per"], fra=MOTTATT, til=dt.date(2026, 3, 14), av=k["led.nils"])
    with pytest.raises(IkkeTilgang):
        besvar(k.jp(101, 1), "E", av=k["sb.per"])


@pytest.mark.krav("R-10.2.2.2")
@pytest.mark.parametrize("maate", [m.value for m in Svarmaate])
@pytest.mark.parametrize(("type_", "status", "har"), [
    ("I", "S", "EFU"), ("I", "J", "EFU"), ("N", "F", "N"), ("N", "J", "N"), ("X", "F", "N"), ("X", "J", "N"),
    ("U", "R", ""), ("U", "F", ""), ("U", "J", ""), ("S", "R", ""),
])  # fmt: skip
def test_each_type_is_answered_in_its_own_ways_and_no_other(kommune_a, type_, status, har, maate):
    k = kommune_a
    jp = journalpost(k, k.sak(101), type_, status)
    av = k["sb.per"] if type_ in "NX" else k["sb.kari"]
    if maate in har:
        assert besvar(jp, maate, av=av).status == "R"
        return
    with pytest.raises(UgyldigInndata if har else Avvist) as feil:
        besvar(jp, maate, av=av)
    assert "kan ikke besvares" in str(feil.value)
    assert Svarlenke.objects.count() == 0


@pytest.mark.parametrize(
    ("type_", "status", "sagt"),
    [("I", "M", "ikke levert ennå"), ("N", "R", "ikke levert ennå"), ("X", "R", "ikke levert ennå"),
     ("I", "U", "utgått"), ("N", "U", "utgått")],
)  # fmt: skip
def test_besvar_refused_for_what_is_not_delivered_or_cancelled(kommune_a, type_, status, sagt):
    k = kommune_a
    jp = journalpost(k, k.sak(101), type_, status)
    with pytest.raises(Avvist, match=sagt):
        besvar(jp, "E" if type_ == "I" else "N", av=k["led.anne"])


def test_besvar_refused_when_written_off_but_for_the_way_that_writes_off_nothing(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    inn = k.jp(101, 1)
    avskriv(k.mottaker(inn), "TLF", av=kari)
    for maate in ("E", "F"):
        with pytest.raises(Avvist, match="avskrevet 02.03.2026 TLF.*Opphev .* først, eller velg «Besvar uten"):
            besvar(inn, maate, av=kari)
    assert besvar(inn, "U", av=kari).status == "R"
    notat = k.jp(102, 1)
    avskriv(k.mottaker(notat), "TE", av=kari)
    with pytest.raises(Avvist, match="Opphev avskrivningen først.$"):
        besvar(notat, "N", av=kari)


@pytest.mark.krav("R-6.1.A")
def test_besvar_refused_in_a_closed_case(kommune_a):
    k = kommune_a
    for n in (1, 2, 3):
        avskriv(k.mottaker(k.jp(101, n)), "TE", av=k["led.anne"])
    for n in (4, 5):
        utgaa(k.jp(101, n), "Feil", av=k["ark.eva"])
    avslutt_sak(k.sak(101), av=k["ark.eva"])
    with pytest.raises(Avvist, match="avsluttet"):
        besvar(k.jp(101, 1), "U", av=k["sb.kari"])


# ── What the answer takes over ───────────────────────────


@pytest.mark.krav("R-10.2.2.3a", "R-7.1.1.a")
def test_answer_inherits_code_hjemmel_and_group(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    gruppe = opprett_gruppe("Skjenkegruppa", av=kari)
    inn = inngaaende(k, k.sak(101), "J", tittel="Klage fra naboen", offentlig_tittel="Klage fra *****")
    sett_skjerming(inn, replace(skjerming("U", "14"), gruppe=gruppe), av=kari)
    svar = besvar(inn, "E", av=kari)
    inn = k.jp(101, inn.journalpostnummer)
    felter = ("tilgangskode_id", "avskjermingskode_id", "hjemmel_id", "tilgangsgruppe_id")
    assert [getattr(svar, f) for f in felter] == [getattr(inn, f) for f in felter]
    assert (svar.tilgangskode.kode, svar.tilgangsgruppe) == ("U", gruppe)
    assert (svar.tittel, svar.offentlig_tittel) == ("Klage fra naboen", "Klage fra *****")


@pytest.mark.krav("R-10.2.2.3a", "R-7.1.1.a")
def test_answer_to_an_open_letter_is_proposed_the_code_of_the_case(kommune_a):
    k = kommune_a
    brev = inngaaende(
        k, k.sak(103), "J", avsendere=[Part(navn="NAV")], saksbehandler=k["pers.mia"], enhet=k.enhet("RÅD")
    )
    svar = besvar(brev, "E", av=k["pers.mia"])
    assert (svar.tilgangskode.kode, svar.hjemmel) == ("P", k.sak(103).hjemmel)


@pytest.mark.krav("A-08")
def test_answer_to_a_letter_awaiting_grading_is_not_finished_in_the_open(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    brev = kodet(k, inngaaende(k, k.sak(101), "J"), "XX")
    svar = besvar(brev, "E", av=kari)
    assert svar.tilgangskode is None
    with pytest.raises(Avvist, match="som det svares på, avventer gradering"):
        ferdig(svar, kari)
    sett_skjerming(svar, skjerming("U", "14"), av=kari)
    legg_ved(svar, tekstfil("Svar\n").fil, filnavn="svar.txt", av=kari)
    ferdigstill(svar, offentlighet_vurdert=True, av=kari)
    assert avskrivninger(brev) == [("BU", str(svar))]
    foreslaatt = foreslaa_skjerming(inngaaende(k, k.sak(101), "M"), skjerming("P", "13-fvl1"), av=k["ark.eva"])
    with pytest.raises(Avvist, match="avventer gradering"):
        ferdig(besvar(foreslaatt, "F", av=kari), kari)


@pytest.mark.krav("R-10.2.2.2a")
def test_address_comes_from_the_contact_unless_it_is_blocked(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    for sperret, ventet in ((False, "Fjellveien 3"), (True, "")):
        kontakt = opprett_kontakt(
            type_="person", navn=f"Liv Berg {sperret}", adresse="Fjellveien 3", adressesperre=sperret, av=kari
        )
        brev = inngaaende(k, k.sak(101), "J", avsendere=[Part(navn=kontakt.navn, er_person=True, kontakt=kontakt)])
        part = besvar(brev, "E", av=kari).parter.get()
        assert (part.kontakt, part.adresse, part.er_person) == (kontakt, ventet, True)


@pytest.mark.krav("R-10.2.2.2a", "R-10.3.1.2c")
@pytest.mark.parametrize(
    ("tittel", "ventet"),
    [
        ("Re: Søknad om tilskudd", "Søknad om tilskudd"),
        ("SV: VS:  Søknad om tilskudd.pdf", "Søknad om tilskudd"),
        ("Regulering: Sentrum vest", "Regulering: Sentrum vest"),
        ("Klage fra Per Hansen", "Klage fra Per Hansen"),
    ],
)
def test_title_is_copied_cleaned_up_as_the_rules_propose(kommune_a, tittel, ventet):
    k = kommune_a
    brev = inngaaende(k, k.sak(101), "J")
    Journalpost.objects.filter(pk=brev.pk).update(tittel=tittel)
    svar = besvar(k.jp(101, brev.journalpostnummer), "E", av=k["sb.kari"])
    opprettet = Hendelse.objects.get(journalpost_id=svar.pk, handling="journalpost.opprette")
    hvorfor = f"Samme tittel som {brev}" if "Hansen" in tittel else None
    assert (svar.tittel, opprettet.detaljer.get("hvorfor tittelen")) == (ventet, hvorfor)


@pytest.mark.krav("R-10.3.1.2c")
def test_title_that_a_rule_stops_is_not_copied(kommune_a):
    k = kommune_a
    brev = inngaaende(k, k.sak(101), "J")
    Journalpost.objects.filter(pk=brev.pk).update(tittel="Klage fra 13097248022")
    with pytest.raises(UgyldigInndata, match="kan ikke ha tittelen til .* fødselsnummer"):
        besvar(k.jp(101, brev.journalpostnummer), "E", av=k["sb.kari"])


@pytest.mark.parametrize(
    ("en", "annen", "like"),
    [
        (Part("Kroa AS", organisasjonsnummer="1"), Part("Kroa", organisasjonsnummer="1"), True),
        (Part("Kroa AS", organisasjonsnummer="1"), Part("Kroa AS", organisasjonsnummer="2"), False),
        (Part("Per Hansen", adresse="Vei 1"), Part("per  hansen", adresse="vei 1"), True),
        (Part("Per Hansen", adresse="Vei 1"), Part("Per Hansen", adresse="Vei 2"), False),
        (Part("Per Hansen", adresse="Vei 1"), Part("Per Hansen"), True),
        (Part("Per Hansen"), Part("Per Hanssen"), False),
    ],
)
def test_same_party_by_number_else_by_name_and_address(en, annen, like):
    assert samme_part(en, annen) is samme_part(annen, en) is like


# ── Knytt som svar? ──────────────────────────────────────


def _nytt_brev(k, *navn, av="sb.kari"):
    mottakere = [KROA if n == "Kroa AS" else Part(navn=n) for n in navn]
    return opprett_journalpost(k.sak(101), "U", tittel="Vedtak", mottakere=mottakere, av=k[av])


@pytest.mark.krav("R-10.2.2.2a")
def test_new_letter_to_the_sender_of_an_open_one_is_offered_as_its_answer(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    brev = _nytt_brev(k, "Kroa AS")
    tilbud = mulige_besvarte(kari, brev)
    assert [(str(b.journalpost), b.avsender) for b in tilbud] == [
        ("2026/101-1", True), ("2026/101-2", True), ("2026/101-3", False),
    ]  # fmt: skip
    knytt_svar(brev, k.jp(101, 1), av=kari)
    assert [str(b.journalpost) for b in mulige_besvarte(kari, brev)] == ["2026/101-2", "2026/101-3"]
    assert merker(k, "sb.kari", k.jp(101, 1)) == [Svarmerke(None, (str(brev),))]
    assert mulige_besvarte(kari, k.jp(101, 1)) == mulige_besvarte(k["les.gry"], brev) == []
    ferdig(brev, kari)
    assert avskrivninger(k.jp(101, 1)) == [("BU", str(brev))]
    assert avskrivninger(k.jp(101, 2)) == []


def test_knytt_adds_the_sender_as_recipient_and_loes_lifts_the_link(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    brev = _nytt_brev(k, "Kroa AS")
    lenke = knytt_svar(brev, k.jp(101, 3), av=kari)
    brev = k.jp(101, brev.journalpostnummer)
    assert brev.partsnavn == "Kroa AS og Politiet i Fjordvik"
    with pytest.raises(Avvist, match="allerede knyttet"):
        knytt_svar(brev, k.jp(101, 3), maate="U", av=kari)
    with pytest.raises(IkkeFunnet):
        loes_svar(lenke, av=k["sb.per"])
    loes_svar(lenke, av=kari)
    with pytest.raises(Avvist, match="allerede løst"):
        loes_svar(lenke, av=kari)
    assert (merker(k, "sb.ola", k.jp(101, 3)), besvarte(kari, brev)) == ([], [])
    ferdig(brev, kari)
    assert avskrivninger(k.jp(101, 3)) == []
    assert hendelser(brev)[1:4] == ["journalpost.knytte_svar", "journalpost.loese_svar", "journalpost.legge_ved"]


def test_loes_refused_when_the_answer_is_finished(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    svar = ferdig(besvar(k.jp(101, 1), "E", av=kari), kari)
    with pytest.raises(Avvist, match="er ferdigstilt. Åpne det igjen"):
        loes_svar(svar.svarer_paa.get(), av=kari)
    assert avskrivninger(k.jp(101, 1)) == [("BU", str(svar))]


def test_finished_letter_that_went_to_the_sender_may_be_linked_at_once(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    brev = journalfoer(ferdig(_nytt_brev(k, "Kroa AS"), kari), av=k["ark.eva"])
    with pytest.raises(Avvist, match="går ikke til Politiet i Fjordvik"):
        knytt_svar(brev, k.jp(101, 3), av=kari)
    knytt_svar(brev, k.jp(101, 1), av=kari)
    assert avskrivninger(k.jp(101, 1)) == [("BU", str(brev))]


def test_knytt_refused_without_the_right_to_answer_and_across_types_and_cases(kommune_a):
    k, kari, ola = kommune_a, kommune_a["sb.kari"], kommune_a["sb.ola"]
    olas = besvar(k.jp(101, 3), "E", av=ola)
    with pytest.raises(IkkeTilgang):
        knytt_svar(olas, k.jp(101, 1), av=ola)
    brev = _nytt_brev(k, "Kroa AS")
    notat = egen(k, k.sak(101), "X", "R")
    for svar, besvart, feil in (
        (notat, k.jp(101, 1), Avvist),
        (brev, k.jp(101, 4), Avvist),
        (brev, inngaaende(k, k.sak(104), "J"), UgyldigInndata),
        (brev, inngaaende(k, k.sak(101), "M"), Avvist),
    ):
        with pytest.raises(feil):
            knytt_svar(svar, besvart, av=kari)
    utgaa(brev, "Feil", av=k["ark.eva"])
    with pytest.raises(Avvist, match="utgått og kan ikke være svar"):
        knytt_svar(brev, k.jp(101, 1), av=kari)
    assert Svarlenke.objects.count() == 1


def test_note_is_linked_when_it_goes_to_the_sender(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    til_ola = opprett_journalpost(k.sak(101), "X", tittel="Uttalelse", interne_mottakere=[k["sb.ola"]], av=kari)
    til_per = egen(k, k.sak(102), "X", "R", av=k["sb.per"], interne_mottakere=[kari])
    spoersmaal = egen(k, k.sak(101), "N", "F", av=k["ark.eva"], interne_mottakere=[kari])
    with pytest.raises(Avvist, match="går ikke til Eva Strand"):
        knytt_svar(til_ola, spoersmaal, maate="N", av=kari)
    rediger_journalpost(til_ola, interne_mottakere=[k["ark.eva"]], av=kari)
    knytt_svar(til_ola, spoersmaal, maate="N", av=kari)
    ferdig(til_ola, kari)
    assert avskrivninger(spoersmaal) == [("NN", str(til_ola))]
    assert til_per.svarer_paa.count() == 0


# ── What others may know ─────────────────────────────────


@pytest.mark.krav("R-10.2.2.2a", "R-6.2.R")
def test_mark_never_names_an_answer_that_the_reader_may_not_see(kommune_a):
    k, kari = kommune_a, kommune_a["sb.kari"]
    inn = k.jp(101, 1)
    besvar(inn, "E", av=kari)
    assert merker(k, "les.gry", inn) == [Svarmerke(None, ())]
    assert merker(k, "led.anne", inn) == [Svarmerke(None, ("2026/101-6",))]
    foreloepig = besvar(inn, "F", av=kari)
    sett_skjerming(foreloepig, skjerming("U", "14"), av=kari)
    ferdig(foreloepig, kari)
    assert merker(k, "les.gry", inn) == [Svarmerke(dt.date(2026, 3, 2), ()), Svarmerke(None, ())]
    assert synlige(k["les.gry"], svar_paa(inn)) == []
    assert merker(k, "u.arne", inn)[0].svar == ("2026/101-7",)


def test_marks_of_a_list_take_one_query(kommune_a, django_assert_num_queries):
    k, kari = kommune_a, kommune_a["sb.kari"]
    for n in (1, 2):
        besvar(k.jp(101, n), "E", av=kari)
    rader = list(kurver.restanse(kari))
    svarmerker(kari, [])
    for noen in (rader[:1], rader):
        with django_assert_num_queries(1):
            svarmerker(kari, noen)


def test_answer_follows_the_letter_to_a_new_saksbehandler(kommune_a):
    k = kommune_a
    inn = k.jp(101, 1)
    svar = besvar(inn, "E", av=k["sb.kari"])
    fordel(k.mottaker(inn), k["sb.ola"], av=k["led.anne"])
    ferdig(svar, k["sb.kari"])
    assert avskrivninger(inn) == [("BU", str(svar))]
    assert InternMottaker.objects.filter(journalpost=inn).count() == 1
