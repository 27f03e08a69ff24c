"""After a refusal: reasons, appeal, and the journal that both force (offl. §§ 31, 32, arkivforskrifta § 14)."""

import datetime as dt

import pytest

from saksgang.innsynskrav import queries
from saksgang.innsynskrav.commands import (
    avgjoer_klage,
    be_om_begrunnelse,
    gi_begrunnelse,
    journalfoer_krav,
    klag,
    oversend_klage,
    svar_paa_krav,
    vurder,
)
from saksgang.innsynskrav.queries import noekkel_for
from saksgang.kjerne.errors import Avvist, IkkeTilgang, UgyldigInndata
from saksgang.logg.models import Hendelse
from saksgang.offentlighet.queries import oppfoering
from tests.innsynskrav.krav import EPOST, NAVN, avslaa, gradert, krav_om, linjen
from tests.jobber import kjoer_jobber


def den(tekst):
    return dt.datetime.fromisoformat(f"{tekst}T08:00:00+00:00")


def test_begrunnelse_is_due_in_ten_working_days_and_forces_the_journal(kommune_a):
    k = kommune_a
    krav = krav_om(gradert(k, "U"))
    with pytest.raises(Avvist, match="ikke besvart med avslag"):
        be_om_begrunnelse(krav)
    avslaa(k, krav)
    be_om_begrunnelse(krav)
    krav.refresh_from_db()
    assert (krav.tilstand, krav.frist) == ("begrunnelse", dt.date(2026, 3, 16))
    assert list(queries.innsynskrav(k["ark.eva"])) == [krav]
    with pytest.raises(Avvist, match=r"journalføres først.*arkivforskrifta § 14 tredje ledd"):
        gi_begrunnelse(krav, "Hensynet til interne drøftinger veide tyngst.", av=k["ark.eva"])
    jp = journalfoer_krav(krav, k.sak(101), av=k["ark.eva"])
    with pytest.raises(UgyldigInndata):
        gi_begrunnelse(krav, " ", av=k["ark.eva"])
    gi_begrunnelse(krav, "Hensynet til interne drøftinger veide tyngst.", av=k["ark.eva"])
    krav.refresh_from_db()
    assert (krav.tilstand, krav.journalpost) == ("besvart", jp)
    with pytest.raises(Avvist, match="ikke besvart med avslag|allerede"):
        be_om_begrunnelse(krav)


def test_the_journalised_request_tells_nobody_who_asked(kommune_a):
    k = kommune_a
    krav = krav_om(k.jp(101, 1), tekst="Zqteksten")
    with pytest.raises(IkkeTilgang):
        journalfoer_krav(krav, k.sak(101), av=k["sb.kari"])
    for grunn, felt in (("", "grunn"), ("lyst", "grunn"), ("annet", "merknad")):
        with pytest.raises(UgyldigInndata) as feil:
            journalfoer_krav(krav, k.sak(101), grunn, av=k["ark.eva"])
        assert list(feil.value.felter) == [felt]
    jp = journalfoer_krav(krav, k.sak(101), "maate", "Vil ha det på papir", av=k["ark.eva"])
    krav.refresh_from_db()
    assert krav.journalgrunn == "maate"
    hendelse = Hendelse.objects.get(handling="innsynskrav.journalfoere", objekt_id=krav.pk)
    assert hendelse.detaljer["grunn"] == "Det er spørsmål om hvordan innsynet gis"
    rad = oppfoering(2026, 101, jp.journalpostnummer)
    assert (rad.tittel, rad.fra) == ("Krav om innsyn, IK 2026/1", ("Innsynskrever, IK 2026/1",))
    assert not {NAVN, EPOST} & set(str(rad).split())
    with pytest.raises(Avvist, match="allerede journalført"):
        journalfoer_krav(krav, k.sak(101), av=k["ark.eva"])


def test_what_demands_the_journal_is_its_reason(kommune_a):
    k = kommune_a
    begrunnet, klaget = (krav_om(gradert(k, "U")) for _ in range(2))
    for krav in (begrunnet, klaget):
        avslaa(k, krav)
    be_om_begrunnelse(begrunnet)
    klag(klaget)
    for krav, grunn in ((begrunnet, "begrunnelse"), (klaget, "klage")):
        journalfoer_krav(krav, k.sak(101), av=k["ark.eva"])
        krav.refresh_from_db()
        assert krav.journalgrunn == grunn


def test_reasons_and_the_course_of_an_appeal_go_by_email(kommune_a, smtp, settings):
    k = kommune_a
    settings.ADRESSE = "https://saksgang.example"
    krav = krav_om(gradert(k, "U"))
    avslaa(k, krav)
    be_om_begrunnelse(krav)
    journalfoer_krav(krav, k.sak(101), av=k["ark.eva"])
    gi_begrunnelse(krav, "Zqhensynet veide tyngst.", av=k["ark.eva"])
    klag(krav, "Zqklagen")
    oversend_klage(krav, av=k["ark.eva"])
    avgjoer_klage(krav, "stadfestet", "Zqinternt", av=k["ark.eva"])
    kjoer_jobber()
    assert [m["Subject"].partition(": ")[2] for m in smtp.meldinger] == [
        f"{slag} fra {settings.KOMMUNE}"
        for slag in ("kvittering", "svar", "nærmere begrunnelse", "om klagen", "om klagen")
    ]
    assert {str(m["To"]) for m in smtp.meldinger} == {EPOST}
    assert [[v.get_filename() for v in m.iter_attachments()] for m in smtp.meldinger] == [
        [],
        ["svarbrev.pdf"],
        ["begrunnelse.pdf"],
        [],
        [],
    ]
    for melding in smtp.meldinger:
        tekst = melding.get_body().get_content()
        assert noekkel_for(krav.system_id) in tekst
        assert "Zq" not in tekst
    assert [m.tilstand for m in krav.meldinger.order_by("pk")] == ["sendt"] * 5
    uten = krav_om(gradert(k, "U"), epost="")
    avslaa(k, uten)
    klag(uten)
    kjoer_jobber()
    assert len(smtp.meldinger) == 5


def test_klage_goes_to_statsforvalteren_and_medhold_opens_the_request(kommune_a):
    k = kommune_a
    krav = krav_om(gradert(k, "U"))
    avslaa(k, krav)
    klag(krav, "Jeg er uenig.")
    krav.refresh_from_db()
    assert krav.tilstand == "klage"
    for handling in (
        lambda: svar_paa_krav(krav, "Likevel", av=k["ark.eva"]),
        lambda: vurder([linjen(krav)], "helt", av=k["led.anne"]),
        lambda: be_om_begrunnelse(krav),
    ):  # what comes after the answer waits for the appeal
        with pytest.raises(Avvist):
            handling()
    with pytest.raises(Avvist, match="allerede klaget"):
        klag(krav)
    with pytest.raises(Avvist, match="journalføres først"):
        oversend_klage(krav, av=k["ark.eva"])
    journalfoer_krav(krav, k.sak(101), av=k["ark.eva"])
    with pytest.raises(Avvist, match="ikke oversendt"):
        avgjoer_klage(krav, "medhold", av=k["ark.eva"])
    with pytest.raises(IkkeTilgang):
        oversend_klage(krav, av=k["led.anne"])
    oversend_klage(krav, av=k["ark.eva"])
    krav.refresh_from_db()
    assert (krav.tilstand, list(queries.innsynskrav(k["ark.eva"]))) == ("oversendt", [])
    avgjoer_klage(krav, "medhold", "Alt skal gis.", av=k["ark.eva"])
    krav.refresh_from_db()
    assert (krav.tilstand, krav.frist) == ("mottatt", dt.date(2026, 3, 2))
    with pytest.raises(Avvist, match="klagen har ført fram. Vurder på nytt"):  # never the same refusal again
        svar_paa_krav(krav, av=k["ark.eva"])
    assert list(queries.innsyn_til_vurdering(k["led.anne"])) == [krav]
    vurder([linjen(krav)], "helt", av=k["led.anne"])
    svar_paa_krav(krav, av=k["ark.eva"])
    assert queries.kravside(noekkel_for(krav.system_id)).dokumenter[0].utfall == "Helt innsyn"


def test_a_new_answer_has_its_own_time_and_may_be_asked_about_anew(kommune_a, klokka):
    k = kommune_a
    krav = krav_om(gradert(k, "U"))
    avslaa(k, krav)
    be_om_begrunnelse(krav)
    journalfoer_krav(krav, k.sak(101), av=k["ark.eva"])
    klokka.move_to(den("2026-03-10"))
    gi_begrunnelse(krav, "Drøftingene er interne.", av=k["ark.eva"])
    noekkel = noekkel_for(krav.system_id)
    krav.refresh_from_db()
    # The time runs from the reasons, and every place says so.
    assert [f.dato for f in queries.frister(krav)] == [dt.date(2026, 3, 31)] == [queries.kravside(noekkel).klagefrist]
    klag(krav)
    avgjoer_klage(krav, "omgjort", av=k["ark.eva"])
    krav.refresh_from_db()
    klokka.move_to(den("2026-03-12"))
    side = queries.kravside(noekkel)
    assert (side.regnes_som_avslag, side.klagefrist) == (False, None)
    assert side.frister[0].regnestykke.startswith("klagen førte fram tirsdag 10. mars + 5 arbeidsdager")
    klokka.move_to(den("2026-03-18"))
    assert queries.kravside(noekkel).regnes_som_avslag
    vurder([linjen(krav)], "avslag", hjemmel=linjen(krav).journalpost.hjemmel, merinnsyn="Nei", av=k["led.anne"])
    svar_paa_krav(krav, av=k["ark.eva"])
    assert queries.kravside(noekkel).kan_be_om_begrunnelse
    be_om_begrunnelse(krav)
    with pytest.raises(Avvist, match="allerede|ikke besvart med avslag"):
        be_om_begrunnelse(krav)


def test_what_statsforvalteren_has_upheld_is_not_appealed_again(kommune_a):
    k = kommune_a
    krav = krav_om(gradert(k, "U"))
    avslaa(k, krav)
    klag(krav)
    journalfoer_krav(krav, k.sak(101), av=k["ark.eva"])
    oversend_klage(krav, av=k["ark.eva"])
    avgjoer_klage(krav, "stadfestet", av=k["ark.eva"])
    krav.refresh_from_db()
    assert (krav.tilstand, queries.kravside(noekkel_for(krav.system_id)).kan_klage) == ("besvart", False)
    for av in (None, k["ark.eva"]):
        with pytest.raises(Avvist):
            klag(krav, av=av)


def test_an_appeal_that_waits_shows_whether_it_came_in_time(kommune_a, klokka):
    k = kommune_a
    krav = krav_om(gradert(k, "U"))
    avslaa(k, krav)
    klokka.move_to(den("2026-03-04"))
    klag(krav)
    krav.refresh_from_db()
    (frist,) = queries.frister(krav)
    assert (frist.dato, frist.regnestykke[:24]) == (dt.date(2026, 3, 23), "svar mandag 2. mars + 3 ")
    assert frist.merknad.startswith("Klagen kom onsdag 4. mars, innen fristen.")
    taus = krav_om(k.jp(101, 1))
    klokka.move_to(den("2026-03-12"))
    klag(taus)
    taus.refresh_from_db()
    assert queries.frister(taus)[0].nivaa == "forfalt"  # still unanswered


def test_the_archive_takes_an_appeal_after_the_key_has_ended_for_a_year_and_never_of_an_impossible_day(
    kommune_a, klokka
):
    k = kommune_a
    sen, foer, aar = (krav_om(gradert(k, "U")) for _ in range(3))
    for krav in (sen, foer, aar):
        avslaa(k, krav)
    eva = k["ark.eva"]
    for handling in (klag, be_om_begrunnelse):
        with pytest.raises(UgyldigInndata) as feil:
            handling(foer, av=eva, kanal="brev", dato=dt.date(2026, 3, 1))
        assert list(feil.value.felter) == ["dato"]
    klokka.move_to(den("2026-08-03"))
    klag(sen, av=eva, kanal="brev")
    assert be_om_begrunnelse(foer, av=eva, kanal="brev", dato=dt.date(2026, 3, 20)).bedt_dato == dt.date(2026, 3, 20)
    klokka.move_to(den("2027-03-03"))
    with pytest.raises(Avvist, match="mer enn ett år"):
        klag(aar, av=eva, kanal="brev")


def test_an_appeal_stands_first_in_the_queue_and_asks_for_haste(kommune_a):
    k = kommune_a
    ubesvart, paaklaget = krav_om(k.jp(101, 1)), krav_om(gradert(k, "U"))
    avslaa(k, paaklaget)
    klag(paaklaget, "Jeg klager.")
    eva = k["ark.eva"]
    assert list(queries.innsynskrav(eva)) == [paaklaget, ubesvart]
    assert list(queries.innsynskrav_roed(eva)) == [paaklaget]
    rader = k.klient("ark.eva").get("/lister/innsynskrav/").content.decode()
    assert rader.count("Snarest mulig") == 1
    paaklaget.refresh_from_db()
    journalfoer_krav(paaklaget, k.sak(101), av=eva)
    oversend_klage(paaklaget, av=eva)
    paaklaget.refresh_from_db()
    assert (paaklaget.frist, list(queries.innsynskrav(eva))) == (None, [ubesvart])


def test_what_is_given_cannot_be_appealed(kommune_a):
    k = kommune_a
    krav = krav_om(k.jp(101, 1))
    vurder([linjen(krav)], "helt", av=k["ark.eva"])
    svar_paa_krav(krav, av=k["ark.eva"])
    for av in (None, k["ark.eva"]):
        with pytest.raises(Avvist, match="kan ikke påklages"):
            klag(krav, av=av)


def test_five_working_days_of_silence_may_be_appealed_and_not_before(kommune_a, klokka):
    krav = krav_om(kommune_a.jp(101, 1))
    noekkel = noekkel_for(krav.system_id)
    klokka.move_to(den("2026-03-09"))
    assert not queries.kravside(noekkel).regnes_som_avslag
    assert list(queries.innsynskrav_roed(kommune_a["ark.eva"])) == [krav]
    with pytest.raises(Avvist):
        klag(krav)
    klokka.move_to(den("2026-03-10"))
    assert queries.kravside(noekkel).regnes_som_avslag
    klag(krav)
    krav.refresh_from_db()
    assert krav.tilstand == "klage"


def test_an_appeal_is_in_time_for_three_weeks(kommune_a, klokka):
    k = kommune_a
    krav = krav_om(gradert(k, "U"))
    avslaa(k, krav)
    klokka.move_to(den("2026-03-24"))
    assert not queries.kravside(noekkel_for(krav.system_id)).kan_klage
    with pytest.raises(Avvist, match="Klagefristen er ute"):
        klag(krav)
    with pytest.raises(Avvist, match="Fristen for å be om nærmere begrunnelse"):
        be_om_begrunnelse(krav)
    klag(krav, av=k["ark.eva"], kanal="brev")  # the archive may take one that came late (fvl. § 31)
    klokka.move_to(den("2026-03-25"))


def test_what_was_given_stays_given_while_the_appeal_is_answered_anew_and_nothing_is_told_before(kommune_a, klokka):
    k = kommune_a
    krav = krav_om(k.jp(101, 1), gradert(k, "U"))
    gitt, nektet = queries.linjer(krav)
    vurder([gitt], "helt", av=k["ark.eva"])
    avslaa(k, krav)
    noekkel = noekkel_for(krav.system_id)
    fil_id = queries.kravside(noekkel).dokumenter[0].fil_id
    klag(krav)
    avgjoer_klage(krav, "omgjort", av=k["ark.eva"])
    klokka.move_to(den("2026-03-03"))
    vurder([nektet], "helt", av=k["led.anne"])
    assert [(d.utfall, d.fil_id) for d in queries.kravside(noekkel).dokumenter] == [
        ("Helt innsyn", fil_id),
        ("Avslag", None),
    ]
    assert queries.utlevert_fil(noekkel, fil_id).vurdering.linje == gitt
    svar_paa_krav(krav, av=k["ark.eva"])
    assert [d.utfall for d in queries.kravside(noekkel).dokumenter] == ["Helt innsyn", "Helt innsyn"]
