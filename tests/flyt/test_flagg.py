"""Flag messages: sent, answered, handled."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from saksgang.demo.grunnlag import skjerming
from saksgang.flyt import queries
from saksgang.flyt.commands import (
    behandle_flagg,
    besvar_flagg,
    bruk_foreslaatt_tittel,
    les_flagg,
    send_flagg,
    spoer_leder,
)
from saksgang.flyt.models import Flagg
from saksgang.flyt.rules import KOEKURVER, Aarsak
from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang, UgyldigInndata
from saksgang.logg.models import Hendelse
from saksgang.offentlighet.commands import sett_skjerming
from saksgang.tilgang.commands import deaktiver_bruker


@pytest.mark.krav("R-C.2")
def test_send_flagg_reaches_the_person_and_nobody_else(kommune_a):
    k = kommune_a
    foer = Hendelse.objects.count()
    flagg = send_flagg(k.jp(101, 1), av=k["sb.kari"], til=k["sb.ola"], tekst="  Kan du se på dette?  ")
    assert (flagg.get_type_display(), flagg.tekst, flagg.objekt) == (
        "Beskjed/Merknad",
        "Kan du se på dette?",
        k.jp(101, 1),
    )
    assert list(queries.flagg_til(k["sb.ola"])) == [flagg]
    assert list(queries.flagg_sendt(k["sb.kari"])) == [flagg]
    assert [list(queries.flagg_til(k[b])) for b in ("sb.kari", "led.anne", "ark.eva", "adm.root")] == [[]] * 4
    assert list(queries.koe(k["ark.eva"])) == []
    hendelse = Hendelse.objects.order_by("nummer")[foer]
    assert Hendelse.objects.count() == foer + 1
    assert (hendelse.handling, hendelse.objekt_type, hendelse.objekt_id) == ("flagg.sende", "flagg", flagg.pk)
    assert (hendelse.sak_id, hendelse.journalpost_id) == (flagg.sak_id, flagg.journalpost_id)


@pytest.mark.krav("R-10.1.2b")
def test_send_flagg_to_archive_stands_in_the_queue_of_every_archivist(kommune_a):
    k = kommune_a
    flagg = send_flagg(
        k.jp(101, 1), av=k["sb.kari"], koe="ARK", aarsak=Aarsak.FEILDISTRIBUERT, tekst="Hører til Kultur"
    )
    assert [list(queries.koe(k[b])) for b in ("ark.eva", "ark.tom", "sb.kari", "led.anne", "adm.root")] == [
        [flagg],
        [flagg],
        [],
        [],
        [],
    ]
    assert list(queries.koe(k["ark.eva"], *KOEKURVER["meldinger"])) == [flagg]
    assert list(queries.koe(k["ark.eva"], *KOEKURVER["flytting"])) == []
    behandle_flagg(flagg, av=k["ark.eva"], tekst="Flyttet til Kultur")
    assert list(queries.koe(k["ark.tom"])) == []
    assert list(queries.flagg_behandlet(k["ark.eva"])) == [flagg]
    flagg.refresh_from_db()
    assert (flagg.behandlet_av, flagg.behandlet_merknad) == (k["ark.eva"], "Flyttet til Kultur")


@pytest.mark.krav("R-10.10.2")
def test_send_flagg_sorts_the_queue_by_cause(kommune_a):
    k = kommune_a
    sendt = {
        aarsak: send_flagg(k.jp(101, 1), av=k["sb.kari"], koe="ARK", aarsak=aarsak, tekst="Se her")
        for aarsak in (Aarsak.MELDING, Aarsak.FEILREGISTRERT, Aarsak.FLYTTING)
    }
    for kurv, aarsak in (
        ("meldinger", Aarsak.MELDING),
        ("feilregistrert", Aarsak.FEILREGISTRERT),
        ("flytting", Aarsak.FLYTTING),
    ):
        assert list(queries.koe(k["ark.eva"], *KOEKURVER[kurv])) == [sendt[aarsak]]
    assert queries.antall_i_koe(k["ark.eva"]) == {"meldinger": 1, "feilregistrert": 1, "flytting": 1}
    assert queries.antall_i_koe(k["sb.kari"]) == {}


def test_koekurver_hold_every_cause_once():
    assert sorted(a for aarsaker in KOEKURVER.values() for a in aarsaker) == sorted(Aarsak)


@pytest.mark.parametrize("til", ["sb.ola", "les.gry", "u.arne"])
def test_send_flagg_refused_to_one_who_may_not_see_the_object(kommune_a, til):
    k = kommune_a
    sett_skjerming(k.jp(101, 1), skjerming("P", "13-fvl1"), av=k["sb.kari"])
    with pytest.raises(UgyldigInndata) as feil:
        send_flagg(k.jp(101, 1), av=k["sb.kari"], til=k[til], tekst="Se her")
    assert list(feil.value.felter) == ["til"]
    assert k[til].navn in feil.value.felter["til"]
    assert k.jp(101, 1).tittel not in feil.value.felter["til"]
    assert Flagg.objects.count() == 0


def test_send_flagg_refused_as_not_found_for_one_who_may_not_see_the_object(kommune_a):
    k = kommune_a
    for objekt in (k.sak(103), k.jp(103, 1)):
        with pytest.raises(IkkeFunnet):
            send_flagg(objekt, av=k["sb.kari"], koe="ARK", tekst="Hva er dette?")
    with pytest.raises(IkkeFunnet):
        spoer_leder(k.jp(103, 1), av=k["sb.kari"], tekst="Hva er dette?")
    assert Flagg.objects.count() == 0


def test_send_flagg_refused_to_people_outside_and_to_oneself(kommune_a, klokka):
    k = kommune_a
    deaktiver_bruker(k["sb.ola"], til=dt.date(2026, 3, 2), av=k["adm.root"])
    klokka.shift(dt.timedelta(days=1))
    for til in ("sb.ola", "pol.tor", "ord.siri", "sb.kari"):
        with pytest.raises(UgyldigInndata) as feil:
            send_flagg(k.jp(101, 1), av=k["sb.kari"], til=k[til], tekst="Se her")
        assert list(feil.value.felter) == ["til"]
    assert Flagg.objects.count() == 0


def test_send_flagg_refused_for_politician(kommune_a):
    k = kommune_a
    with pytest.raises(IkkeFunnet):
        send_flagg(k.jp(101, 1), av=k["pol.tor"], koe="ARK", tekst="Hei")


@pytest.mark.parametrize(
    ("felter", "felt"),
    [
        ({"koe": "ARK", "tekst": "  \n "}, "tekst"),
        ({"koe": "ARK", "tekst": "x" * 4001}, "tekst"),
        ({"tekst": "Se her"}, "til"),
        ({"koe": "MS", "tekst": "Se her"}, "til"),
        ({"koe": "ARK", "tekst": "Se her", "aarsak": "svar"}, "aarsak"),
        ({"koe": "ARK", "tekst": "Se her", "aarsak": "kjekt"}, "aarsak"),
        ({"koe": "ARK", "tekst": "Se her", "aarsak": "tittel"}, "foreslaatt_tittel"),
        ({"koe": "ARK", "tekst": "Se her", "foreslaatt_tittel": "Ny"}, "foreslaatt_tittel"),
        (
            {
                "koe": "ARK",
                "tekst": "Se her",
                "aarsak": "tittel",
                "foreslaatt_tittel": "Søknad  om skjenkebevilling ",
            },
            "foreslaatt_tittel",
        ),
    ],
)
def test_send_flagg_refused_with_the_field_that_is_wrong(kommune_a, felter, felt):
    k = kommune_a
    with pytest.raises(UgyldigInndata) as feil:
        send_flagg(k.jp(101, 1), av=k["sb.kari"], **felter)
    assert list(feil.value.felter) == [felt]
    assert Flagg.objects.count() == 0


def test_send_flagg_refused_to_both_person_and_queue(kommune_a):
    k = kommune_a
    with pytest.raises(UgyldigInndata):
        send_flagg(k.jp(101, 1), av=k["sb.kari"], til=k["sb.ola"], koe="ARK", tekst="Se her")


@pytest.mark.krav("R-10.11.1")
def test_send_flagg_to_named_archivist_with_the_case_to_move_to(kommune_a):
    k = kommune_a
    flagg = send_flagg(
        k.jp(101, 1), av=k["sb.kari"], til=k["ark.eva"], aarsak="flytting", maalsak=k.sak(102), tekst="Feil sak"
    )
    assert [f.maalsak for f in queries.flagg_til(k["ark.eva"])] == [k.sak(102)]
    assert list(queries.flagg_til(k["ark.tom"])) == []
    assert str(flagg.maalsak) == "2026/102"


def test_send_flagg_with_a_target_case_refused_where_it_does_not_fit(kommune_a):
    k = kommune_a
    for objekt, aarsak, maalsak in [
        (k.jp(101, 1), "flytting", k.sak(103)),
        (k.jp(101, 1), "flytting", k.sak(101)),
        (k.jp(101, 1), "melding", k.sak(102)),
        (k.sak(101), "flytting", k.sak(102)),
    ]:
        with pytest.raises(UgyldigInndata) as feil:
            send_flagg(objekt, av=k["sb.kari"], koe="ARK", aarsak=aarsak, maalsak=maalsak, tekst="Flytt")
        assert list(feil.value.felter) == ["maalsak"]
    with pytest.raises(UgyldigInndata) as feil:
        send_flagg(
            k.jp(101, 1), av=k["ark.eva"], til=k["sb.ola"], aarsak="flytting", maalsak=k.sak(103), tekst="Flytt?"
        )
    assert list(feil.value.felter) == ["til"]
    assert Flagg.objects.count() == 0


@pytest.mark.krav("R-10.1.4b", "A-11")
def test_bruk_foreslaatt_tittel_changes_the_title_logs_both_and_handles_the_flag(kommune_a):
    k = kommune_a
    foer = Hendelse.objects.count()
    flagg = send_flagg(
        k.jp(101, 1),
        av=k["sb.kari"],
        koe="ARK",
        aarsak="tittel",
        foreslaatt_tittel="Søknad om skjenke- og serveringsbevilling",
        tekst="Gjelder også servering",
    )
    bruk_foreslaatt_tittel(flagg, av=k["ark.eva"])
    assert k.jp(101, 1).tittel == "Søknad om skjenke- og serveringsbevilling"
    assert list(queries.koe(k["ark.eva"])) == []
    nye = list(Hendelse.objects.order_by("nummer"))[foer:]
    assert [(h.handling, h.objekt_type, h.aktoer.brukernavn) for h in nye] == [
        ("flagg.sende", "flagg", "sb.kari"),
        ("journalpost.redigere", "journalpost", "ark.eva"),
        ("flagg.bruke_tittel", "flagg", "ark.eva"),
    ]
    assert nye[1].endringer == {"tittel": ["Søknad om skjenkebevilling", "Søknad om skjenke- og serveringsbevilling"]}
    assert nye[1].akt == nye[2].akt
    with pytest.raises(Avvist):
        bruk_foreslaatt_tittel(flagg, av=k["ark.eva"])


def test_bruk_foreslaatt_tittel_of_a_case(kommune_a):
    k = kommune_a
    flagg = send_flagg(
        k.sak(101), av=k["sb.kari"], koe="ARK", aarsak="tittel", foreslaatt_tittel="Skjenkebevilling", tekst="Kortere"
    )
    bruk_foreslaatt_tittel(flagg, av=k["ark.eva"])
    assert k.sak(101).tittel == "Skjenkebevilling"


def test_bruk_foreslaatt_tittel_refused_for_others_and_without_a_proposal(kommune_a):
    k = kommune_a
    forslag = send_flagg(
        k.jp(101, 1), av=k["sb.kari"], koe="ARK", aarsak="tittel", foreslaatt_tittel="Ny tittel", tekst="Kortere"
    )
    for brukernavn in ("sb.kari", "led.anne", "adm.root"):
        with pytest.raises(IkkeTilgang):
            bruk_foreslaatt_tittel(forslag, av=k[brukernavn])
    melding = send_flagg(k.jp(101, 1), av=k["sb.kari"], koe="ARK", tekst="Hei")
    with pytest.raises(Avvist):
        bruk_foreslaatt_tittel(melding, av=k["ark.eva"])
    assert k.jp(101, 1).tittel == "Søknad om skjenkebevilling"
    assert [f.er_aapent for f in queries.koe(k["ark.eva"])] == [True, True]


def test_bruk_foreslaatt_tittel_leaves_the_flag_open_when_the_title_is_locked(kommune_a):
    k = kommune_a
    flagg = send_flagg(
        k.jp(102, 1), av=k["sb.per"], koe="ARK", aarsak="tittel", foreslaatt_tittel="Ny tittel", tekst="Kortere"
    )
    with pytest.raises(IkkeTilgang):
        bruk_foreslaatt_tittel(flagg, av=k["ark.eva"])
    assert list(queries.koe(k["ark.eva"])) == [flagg]


@pytest.mark.krav("R-10.1.5b")
def test_spoer_leder_reaches_the_leader_and_the_answer_comes_back(kommune_a):
    k = kommune_a
    (flagg,) = spoer_leder(k.jp(101, 1), av=k["sb.kari"], tekst="Skal denne skjermes?")
    assert (flagg.til_bruker, flagg.aarsak) == (k["led.anne"], "gradering")
    foer = Hendelse.objects.count()
    svar = besvar_flagg(flagg, "Nei", av=k["led.anne"])
    assert list(queries.flagg_til(k["led.anne"])) == []
    assert list(queries.flagg_behandlet(k["led.anne"])) == [flagg]
    assert list(queries.flagg_til(k["sb.kari"])) == [svar]
    assert (svar.svar_paa, svar.tekst, svar.objekt, svar.aarsak) == (flagg, "Nei", k.jp(101, 1), "svar")
    nye = list(Hendelse.objects.order_by("nummer"))[foer:]
    assert [(h.handling, h.objekt_id) for h in nye] == [("flagg.besvare", flagg.pk), ("flagg.sende", svar.pk)]
    assert nye[0].akt == nye[1].akt


@pytest.mark.krav("R-10.8.3")
def test_spoer_leder_about_a_restanse(kommune_a):
    k = kommune_a
    (flagg,) = spoer_leder(k.jp(101, 2), av=k["sb.kari"], tekst="Rekker ikke fristen", aarsak="restanse")
    assert [(f.objekt, f.get_aarsak_display()) for f in queries.flagg_til(k["led.anne"])] == [
        (k.jp(101, 2), "Spørsmål om restanse")
    ]
    assert flagg.type == "BM"


def test_spoer_leder_refused_without_a_leader_to_ask(kommune_a):
    k = kommune_a
    with pytest.raises(Avvist):
        spoer_leder(k.jp(101, 1), av=k["led.anne"], tekst="Hva mener jeg?")
    with pytest.raises(UgyldigInndata):
        spoer_leder(k.jp(101, 1), av=k["sb.kari"], tekst="Hei", aarsak="melding")


def test_besvar_flagg_refused_for_others_empty_and_twice(kommune_a):
    k = kommune_a
    flagg = send_flagg(k.jp(101, 1), av=k["sb.kari"], til=k["sb.ola"], tekst="Se her")
    for brukernavn in ("sb.kari", "sb.per", "ark.eva", "led.anne"):
        with pytest.raises(IkkeTilgang):
            besvar_flagg(flagg, "Ja", av=k[brukernavn])
    with pytest.raises(UgyldigInndata):
        besvar_flagg(flagg, " ", av=k["sb.ola"])
    besvar_flagg(flagg, "Ja", av=k["sb.ola"])
    with pytest.raises(Avvist):
        besvar_flagg(flagg, "Ja", av=k["sb.ola"])
    with pytest.raises(Avvist):
        behandle_flagg(flagg, av=k["sb.ola"])
    assert Flagg.objects.count() == 2


def test_besvar_flagg_refused_when_the_sender_has_lost_access(kommune_a):
    k = kommune_a
    flagg = send_flagg(k.jp(101, 1), av=k["les.gry"], koe="ARK", tekst="Bør denne skjermes?")
    sett_skjerming(k.jp(101, 1), skjerming("P", "13-fvl1"), av=k["sb.kari"])
    with pytest.raises(Avvist):
        besvar_flagg(flagg, "Ja", av=k["ark.eva"])
    assert list(queries.flagg_til(k["les.gry"])) == []
    assert list(queries.koe(k["ark.eva"])) == [flagg]
    behandle_flagg(flagg, av=k["ark.eva"])
    assert list(queries.koe(k["ark.eva"])) == []


def test_besvar_flagg_of_ones_own_to_the_queue_is_refused(kommune_a):
    k = kommune_a
    flagg = send_flagg(k.jp(101, 1), av=k["ark.eva"], koe="ARK", tekst="Sjekk denne")
    with pytest.raises(Avvist):
        besvar_flagg(flagg, "Sjekket", av=k["ark.eva"])


def test_behandle_flagg_refused_for_others_than_the_receiver(kommune_a):
    k = kommune_a
    til_ola = send_flagg(k.jp(101, 1), av=k["sb.kari"], til=k["sb.ola"], tekst="Se her")
    til_arkiv = send_flagg(k.jp(101, 1), av=k["sb.kari"], koe="ARK", tekst="Se her")
    for flagg, brukernavn in [
        (til_ola, "sb.kari"),
        (til_ola, "ark.eva"),
        (til_ola, "led.anne"),
        (til_arkiv, "sb.kari"),
        (til_arkiv, "adm.root"),
    ]:
        with pytest.raises(IkkeTilgang):
            behandle_flagg(flagg, av=k[brukernavn])
    with pytest.raises(UgyldigInndata):
        behandle_flagg(til_ola, av=k["sb.ola"], tekst="x" * 501)
    assert list(Flagg.objects.filter(behandlet_tid__isnull=True).order_by("pk")) == [til_ola, til_arkiv]


def test_les_flagg_notes_the_first_reading_by_a_receiver(kommune_a, klokka):
    k = kommune_a
    flagg = send_flagg(k.jp(101, 1), av=k["sb.kari"], koe="ARK", tekst="Se her")
    les_flagg(flagg, av=k["sb.kari"])
    assert Flagg.objects.get().lest_tid is None
    foer = Hendelse.objects.count()
    lest = les_flagg(flagg, av=k["ark.eva"]).lest_tid
    klokka.shift(3600)
    les_flagg(flagg, av=k["ark.tom"])
    assert lest is not None
    assert Flagg.objects.get().lest_tid == lest
    assert [h.handling for h in Hendelse.objects.order_by("nummer")][foer:] == ["flagg.lese"]


@pytest.mark.krav("R-C.2")
def test_flagg_are_never_deleted(kommune_a):
    k = kommune_a
    flagg = send_flagg(k.jp(101, 1), av=k["sb.kari"], koe="ARK", tekst="Se her")
    with pytest.raises(DatabaseError), transaction.atomic():
        flagg.delete()
    assert Flagg.objects.count() == 1
