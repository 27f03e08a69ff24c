"""The case: numbers, saksansvarlig, control, ØA, closing, classification, parties."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from saksgang.arkivstruktur.models import Arkivdel, Klasse
from saksgang.kjerne.errors import Avvist, IkkeTilgang, UgyldigInndata
from saksgang.logg.models import Hendelse
from saksgang.sakarkiv.commands.avskrivning import avskriv
from saksgang.sakarkiv.commands.journalfoering import journalfoer, utgaa
from saksgang.sakarkiv.commands.merknad import marker_merknader_lest, merk, oensk_avsluttet, trekk_oenske
from saksgang.sakarkiv.commands.part import avslutt_sakspart, legg_til_sakspart
from saksgang.sakarkiv.commands.sak import (
    avslutt_sak,
    gjenaapne_sak,
    klasser_sak,
    kontroller_sak,
    opprett_sak,
    rediger_sak,
    sett_saksansvarlig,
    unnta_sak,
    utgaa_sak,
)
from saksgang.sakarkiv.models import Sak
from saksgang.sakarkiv.queries import kurver
from saksgang.sakarkiv.queries.saker import historikk, merknader_for_journalpost, saksbehandlere_i_sak, saksparter
from saksgang.sakarkiv.queries.soek import mulige_dubletter, saker_med_ordningsverdi, soek
from saksgang.tilgang.queries import hindringer
from tests.tilstand import egen, inngaaende


def ny_sak(k, tittel="Gatelys i Bakkegata", hvem="sb.kari", **felter) -> Sak:
    felter.setdefault("klasser", [Klasse.objects.get(klasse_id="Q14")])
    return opprett_sak(tittel, arkivdel=Arkivdel.objects.get(kode="SAK"), av=k[hvem], **felter)


@pytest.mark.krav("R-6.1.R", "R-10.3.1.2a", "R-10.6.1.2")
def test_case_worker_makes_a_reserved_case_of_own_unit(kommune_a):
    k = kommune_a
    sak = ny_sak(k)
    assert (str(sak), sak.status, sak.saksansvarlig, sak.enhet) == ("2026/105", "R", k["sb.kari"], k.enhet("TEK"))
    assert [str(s) for s in kurver.reserverte_saker(k["ark.eva"])] == ["2026/102", "2026/103", "2026/105"]
    assert list(kurver.reserverte_saker(k["sb.kari"])) == []


@pytest.mark.krav("R-6.1.B")
def test_archive_controls_a_classified_case_and_nobody_else(kommune_a):
    k = kommune_a
    sak = ny_sak(k, klasser=[])
    with pytest.raises(Avvist, match="mangler ordningsverdi"):
        kontroller_sak(sak, av=k["ark.eva"])
    klasser_sak(sak, [Klasse.objects.get(klasse_id="Q14")], av=k["sb.kari"])
    for hvem in ["sb.kari", "led.anne", "adm.root"]:
        with pytest.raises(IkkeTilgang):
            kontroller_sak(sak, av=k[hvem])
    assert kontroller_sak(sak, av=k["ark.eva"]).status == "B"


@pytest.mark.krav("R-3.2.4")
def test_case_has_one_saksansvarlig_and_the_history_shows_both(kommune_a):
    k = kommune_a
    assert {b.brukernavn for b in saksbehandlere_i_sak(k["sb.kari"], k.sak(101))} == {"sb.kari", "sb.ola"}
    with pytest.raises(IkkeTilgang):
        sett_saksansvarlig(k.sak(101), k["sb.ola"], av=k["sb.ola"])
    sett_saksansvarlig(k.sak(101), k["sb.ola"], av=k["led.anne"])
    assert k.sak(101).saksansvarlig == k["sb.ola"]
    hendelse = next(h for h in historikk(k["sb.ola"], k.sak(101)) if h.handling == "sak.sette_saksansvarlig")
    assert hendelse.endringer == {"saksansvarlig": ["Kari Lunde", "Ola Vik"]}


@pytest.mark.krav("R-6.1.A")
def test_closing_names_everything_open_and_succeeds_when_nothing_is(kommune_a):
    k = kommune_a
    with pytest.raises(Avvist) as feil:
        avslutt_sak(k.sak(101), av=k["ark.eva"])
    assert feil.value.hindre == [
        "2026/101-1 er ikke avskrevet av Kari Lunde.",
        "2026/101-2 er ikke avskrevet av Kari Lunde.",
        "2026/101-3 er ikke avskrevet av Ola Vik.",
        "2026/101-4 har status R Reservert.",
        "2026/101-5 har status R Reservert.",
    ]
    for nr in (1, 2, 3):
        avskriv(k.mottaker(k.jp(101, nr)), "TE", av=k["sb.kari"])
    for nr in (4, 5):
        utgaa(k.jp(101, nr), "Ikke brukt", av=k["ark.eva"])
    sak = avslutt_sak(k.sak(101), av=k["ark.eva"])
    assert (sak.status, sak.avsluttet_av) == ("A", k["ark.eva"])


@pytest.mark.krav("R-6.1.A")
def test_checklist_counts_what_the_closer_may_not_see_without_naming_it(kommune_a):
    k = kommune_a
    sak = ny_sak(k, "Åpen sak")
    kontroller_sak(sak, av=k["ark.eva"])
    inngaaende(k, sak, "J", tittel="Hemmelig sykdom", saksbehandler=k["sb.kari"])
    from tests.tilstand import kodet  # noqa: PLC0415

    kodet(k, sak.journalposter.get(), "P")
    assert hindringer(Sak.objects.get(pk=sak.pk), "A", k["les.gry"]) == ["1 skjermede forhold – kontakt arkivet."]
    assert hindringer(Sak.objects.get(pk=sak.pk), "A", k["ark.eva"]) == [f"{sak}-1 er ikke avskrevet av Kari Lunde."]


@pytest.mark.krav("R-6.1.U")
def test_cancelled_case_is_hidden_and_its_number_is_not_used_again(kommune_a):
    k = kommune_a
    sak = ny_sak(k, "Feilopprettet sak")
    with pytest.raises(UgyldigInndata, match="Begrunnelse"):
        utgaa_sak(sak, "", av=k["ark.eva"])
    utgaa_sak(sak, "Dobbelt", av=k["ark.eva"])
    assert soek(k["sb.kari"], "Feilopprettet").saker == []
    assert soek(k["sb.kari"], "Feilopprettet", vis_utgaatte=True).saker == [sak]
    assert ny_sak(k).sekvens == sak.sekvens + 1


@pytest.mark.krav("R-6.1.U")
def test_case_with_a_living_journalpost_is_not_cancelled(kommune_a):
    k = kommune_a
    with pytest.raises(Avvist, match="2026/104-1 er ikke utgått"):
        utgaa_sak(k.sak(104), "Feil", av=k["ark.eva"])
    utgaa(k.jp(104, 1), "Feil", av=k["ark.eva"])
    assert utgaa_sak(k.sak(104), "Feil", av=k["ark.eva"]).status == "U"


@pytest.mark.krav("R-10.2.1.3a", "R-10.2.1.3b")
def test_oea_is_set_by_the_case_worker_withdrawn_and_closed_by_the_archive(kommune_a):
    k = kommune_a
    sak = kontroller_sak(ny_sak(k), av=k["ark.eva"])
    oensk_avsluttet(sak, av=k["sb.kari"])
    oensk_avsluttet(k.sak(101), av=k["sb.kari"])
    assert Sak.objects.get(pk=sak.pk).status == "B"
    with pytest.raises(Avvist, match="allerede"):
        oensk_avsluttet(sak, av=k["sb.kari"])
    with pytest.raises(IkkeTilgang):
        oensk_avsluttet(sak, av=k["sb.per"])
    liste = list(kurver.oenskes_avsluttet(k["ark.eva"]))
    assert [(str(s), bool(hindringer(s, "A", k["ark.eva"]))) for s in liste] == [("2026/101", True), (str(sak), False)]
    avslutt_sak(sak, av=k["ark.eva"])
    trekk_oenske(k.sak(101), av=k["sb.kari"])
    assert list(kurver.oenskes_avsluttet(k["ark.eva"])) == []


@pytest.mark.krav("R-10.1.3")
def test_remarks_of_the_archive_are_new_until_read(kommune_a):
    k = kommune_a
    merk(k.sak(101), "Sjekk målene i vedlegg 1.", type_="AR", av=k["ark.eva"])
    vist = merknader_for_journalpost(k["sb.kari"], k.jp(101, 1))
    assert [(m.tekst, m.er_ny, m.rolle) for m in vist] == [("Sjekk målene i vedlegg 1.", True, "Arkivtjenesten")]
    marker_merknader_lest(vist, av=k["sb.kari"])
    assert [m.er_ny for m in merknader_for_journalpost(k["sb.kari"], k.jp(101, 1))] == [False]
    assert [m.er_ny for m in merknader_for_journalpost(k["sb.ola"], k.jp(101, 1))] == [True]
    assert [m.er_ny for m in merknader_for_journalpost(k["ark.eva"], k.jp(101, 1))] == [False]


@pytest.mark.krav("R-4.9")
def test_sakspart_of_three_kinds_and_identity_numbers_checked(kommune_a):
    k = kommune_a
    for type_, navn in [("person", "Per Hansen"), ("gruppe", "Naboer i Storgata"), ("organisasjon", "Kroa AS")]:
        legg_til_sakspart(k.sak(101), type_=type_, navn=navn, av=k["sb.kari"])
    assert [p.navn for p in saksparter(k.sak(101))] == ["Kroa AS", "Naboer i Storgata", "Per Hansen"]
    assert soek(k["les.gry"], "Naboer i Storgata").saker == [k.sak(101)]
    with pytest.raises(UgyldigInndata) as feil:
        legg_til_sakspart(
            k.sak(101),
            type_="ting",
            navn=" ",
            organisasjonsnummer="123456789",
            foedselsnummer="01017012345",
            av=k["sb.kari"],
        )
    assert list(feil.value.felter) == ["type", "navn", "organisasjonsnummer", "foedselsnummer"]
    avslutt_sakspart(saksparter(k.sak(101)).get(navn="Kroa AS"), av=k["sb.kari"])
    assert k.sak(101).parter.count() == 3
    with pytest.raises(IkkeTilgang):
        legg_til_sakspart(k.sak(101), type_="person", navn="X", av=k["sb.per"])


@pytest.mark.krav("R-C.5")
def test_search_by_ordningsverdi_includes_what_lies_below(kommune_a):
    k = kommune_a
    assert [str(s) for s in saker_med_ordningsverdi(k["les.gry"], "U6*")] == ["2026/101"]
    assert [str(s) for s in saker_med_ordningsverdi(k["les.gry"], "U63")] == ["2026/101"]
    assert soek(k["les.gry"], "U6*").saker == [k.sak(101)]
    assert list(saker_med_ordningsverdi(k["les.gry"], "400")) == []
    assert [str(s) for s in saker_med_ordningsverdi(k["pers.mia"], "400")] == ["2026/103"]


@pytest.mark.krav("R-10.3.1.1", "R-10.6.1.1")
def test_possible_duplicates_are_offered_and_screened_cases_are_not(kommune_a):
    k = kommune_a
    assert mulige_dubletter(k["sb.ola"], "skjenkebevilling kroa") == [k.sak(101)]
    assert mulige_dubletter(k["sb.ola"], "sykefravær Ragnhild") == []
    assert mulige_dubletter(k["pers.mia"], "sykefravær Ragnhild") == [k.sak(103)]


@pytest.mark.krav("R-10.3.1.1")
@pytest.mark.parametrize(
    ("tekst", "saker", "poster"),
    [
        ("2026/101", ["2026/101"], []),
        ("2026/101-2", [], ["2026/101-2"]),
        ("politiet", [], ["2026/101-3"]),
        ("støy fra pumpe", ["2026/104"], ["2026/104-1"]),
        ("2026/103", [], []),
        ("ingenting slikt", [], []),
    ],
)
def test_search_by_number_title_and_party(kommune_a, tekst, saker, poster):
    k = kommune_a
    treff = soek(k["les.gry"], tekst)
    assert ([str(s) for s in treff.saker], [str(p) for p in treff.journalposter]) == (saker, poster)


@pytest.mark.krav("R-6.1.X")
def test_x_needs_a_reason(kommune_a):
    with pytest.raises(UgyldigInndata, match="Begrunnelse"):
        unnta_sak(kommune_a.sak(101), " ", av=kommune_a["ark.eva"])


@pytest.mark.krav("R-7.1.1.b")
def test_code_at_creation_only_in_a_part_of_the_archive_that_is_closed(kommune_a):
    from saksgang.demo.grunnlag import skjerming  # noqa: PLC0415

    with pytest.raises(UgyldigInndata) as feil:
        ny_sak(kommune_a, skjerming=skjerming("U", "14"))
    assert list(feil.value.felter) == ["tilgangskode"]


def test_rediger_sak_logs_old_and_new_and_refuses_unknown_fields(kommune_a):
    k = kommune_a
    sak = rediger_sak(k.sak(101), tittel="  Skjenkebevilling   Kroa AS ", av=k["sb.kari"])
    assert sak.tittel == "Skjenkebevilling Kroa AS"
    assert Hendelse.objects.get(handling="sak.redigere").endringer == {
        "tittel": ["Søknad om skjenkebevilling – Kroa AS", "Skjenkebevilling Kroa AS"]
    }
    with pytest.raises(UgyldigInndata):
        rediger_sak(k.sak(101), status="A", av=k["ark.eva"])
    with pytest.raises(IkkeTilgang):
        rediger_sak(k.sak(101), tittel="Noe", av=k["sb.per"])


def test_unit_of_a_case_moves_its_keys(kommune_a):
    k = kommune_a
    from tests.tilstand import kodet  # noqa: PLC0415

    kodet(k, egen(k, k.sak(101), "U", "R"), "U")
    rediger_sak(k.sak(101), enhet=k.enhet("KULT"), av=k["ark.eva"])
    assert k.sak(101).enhet == k.enhet("KULT")


def test_changing_the_unit_tree_renews_the_keys_below(kommune_a):
    from saksgang.tilgang.commands import endre_enhet  # noqa: PLC0415
    from saksgang.tilgang.queries import rettigheter, synlig  # noqa: PLC0415

    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R", enhet=k.enhet("VAR"), saksbehandler=k["sb.ola"])
    assert synlig(jp, rettigheter(k["led.anne"]))
    endre_enhet(k.enhet("VAR"), overordnet=k.enhet("KULT"), av=k["adm.root"])
    assert synlig(k.jp(101, jp.journalpostnummer), rettigheter(k["led.nils"]))
    assert not synlig(k.jp(101, jp.journalpostnummer), rettigheter(k["led.anne"]))


@pytest.mark.krav("R-10.3.1.2b")
@pytest.mark.django_db(transaction=True)
def test_twenty_parallel_cases_get_consecutive_numbers_and_a_rollback_takes_none(kommune_a):
    k = kommune_a
    kari, arkivdel = k["sb.kari"], Arkivdel.objects.get(kode="SAK")
    numre, feil = [], []

    def opprett(n):
        try:
            numre.append(opprett_sak(f"Sak {n}", arkivdel=arkivdel, av=kari).sekvens)
        except Exception as unntak:  # noqa: BLE001 - shown below
            feil.append(unntak)
        finally:
            connection.close()

    with transaction.atomic():
        opprett_sak("Angret", arkivdel=arkivdel, av=kari)
        transaction.set_rollback(True)
    traader = [threading.Thread(target=opprett, args=(n,)) for n in range(20)]
    for t in traader:
        t.start()
    for t in traader:
        t.join()
    assert feil == []
    assert sorted(numre) == list(range(105, 125))


def test_reopened_case_takes_journalposter_again(kommune_a):
    k = kommune_a
    sak = avslutt_sak(kontroller_sak(ny_sak(k), av=k["ark.eva"]), av=k["ark.eva"])
    sak = gjenaapne_sak(sak, "Klage kom", av=k["ark.eva"])
    assert inngaaende(k, sak, "J").journalpostnummer == 1


def test_new_year_starts_the_series_at_one(kommune_a, klokka):
    k = kommune_a
    klokka.move_to(dt.datetime(2027, 1, 4, 8, tzinfo=dt.UTC))
    assert str(ny_sak(k)) == "2027/1"
    jp = journalfoer(inngaaende(k, k.sak(101), "M"), av=k["ark.eva"])
    assert (jp.journalaar, jp.journalsekvens) == (2027, 1)
