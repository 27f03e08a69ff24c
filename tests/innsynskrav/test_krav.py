"""A request from its receipt to its answer: who may decide what, and what is handed out (krav R-7.1.1.f, R-7.1.6.a)."""

import datetime as dt
import re

import pypdfium2
import pytest
from django.db import DatabaseError, connection, transaction

from saksgang.demo.grunnlag import skjerming, tekstfil
from saksgang.flyt.commands import lag_varsler
from saksgang.flyt.queries import varsler
from saksgang.innsynskrav import queries
from saksgang.innsynskrav.commands import (
    avslutt_uten_svar,
    klag,
    krev_innsyn,
    legg_til_poster,
    registrer_krav,
    registrer_samtykkesvar,
    spoer_om_samtykke,
    svar_paa_krav,
    ta_ut_linje,
    vurder,
)
from saksgang.innsynskrav.models import Innsynskrav, Innsynsvurdering
from saksgang.innsynskrav.queries import hent_linje, noekkel_for
from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang, UgyldigInndata
from saksgang.lager.commands import lagre_fil
from saksgang.lager.queries import innhold
from saksgang.logg.commands import forsegl_logg
from saksgang.logg.models import Hendelse
from saksgang.offentlighet.commands import avgjoer_skjerming, godkjenn_sladding, merk_ord, send_sladding, start_sladding
from saksgang.offentlighet.commands.sladdejobb import lag_ventende
from saksgang.produksjon.commands import ferdigstill, gjenaapne
from saksgang.sakarkiv.commands.dokument import ny_versjon
from saksgang.sakarkiv.commands.journalfoering import journalfoer, utgaa
from saksgang.sakarkiv.commands.journalpost import Vedlagt
from saksgang.sakarkiv.commands.lenke import lenk_dokumenter
from saksgang.sakarkiv.models import Dokumentversjon
from saksgang.sakarkiv.queries.lenker import hent_lenkbare
from tests.innsynskrav.krav import EPOST, MERINNSYN, NAVN, avslaa, gradert, hjemmel, krav_om, linjen, ref
from tests.jobber import kjoer_jobber, kontroller_alle
from tests.kjerne.test_identifikatorer import FNR
from tests.offentlighet.sladdesider import alt_i, brev
from tests.tilstand import egen, foreslaatt, inngaaende, kodet

HELSE = {"hjemmel": None, "bortfall": "samtykke", "bortfall_hvem": "Ola Nordmann", "bortfall_hvorfor": "E-post 2. mars"}


def _lest(fil):
    with pypdfium2.PdfDocument(innhold(fil)) as pdf:
        return pdf[0].get_textpage().get_text_bounded()


def dok(jp):
    return jp.dokumenter.get()


# ── Received ─────────────────────────────────────────────


def test_krev_innsyn_needs_neither_name_nor_address(kommune_a):
    krav = krev_innsyn([ref(kommune_a.jp(101, 1))])
    assert (str(krav), krav.navn, krav.epost, krav.kanal, krav.tilstand) == ("IK 2026/1", "", "", "nett", "mottatt")
    assert (krav.mottatt_dato, krav.frist) == (dt.date(2026, 3, 2), dt.date(2026, 3, 9))
    assert [(li.journalpost, li.dokument) for li in queries.linjer(krav)] == [
        (kommune_a.jp(101, 1), dok(kommune_a.jp(101, 1)))
    ]


def test_krev_innsyn_refuses_what_is_not_on_the_public_list_in_the_same_words(kommune_a):
    k = kommune_a
    skjulte = [
        ref(k.jp(101, 4)),
        ref(k.jp(103, 1)),
        ref(inngaaende(k, k.sak(101), "M")),
        ref(gradert(k, "XX")),
        ref(foreslaatt(k, inngaaende(k, k.sak(101), "J"), "U")),
        ref(egen(k, k.sak(101), "X", "J")),
    ]
    feil = set()
    for skjult in [*skjulte, (2026, 999, 1)]:
        with pytest.raises(UgyldigInndata) as avvist:
            krev_innsyn([ref(k.jp(101, 1)), skjult])
        feil.add(str(avvist.value))
    assert len(feil) == 1
    assert not Innsynskrav.objects.exists()
    assert (
        krev_innsyn([ref(gradert(k, "U"))]).linjer.count() == 1
    )  # a screened entry is on the list, and may be asked for


@pytest.mark.parametrize(
    ("felter", "felt"),
    [
        ({"navn": NAVN}, "tekst"),
        ({"tekst": "x" * 4001}, "tekst"),
        ({"tekst": "Alt", "epost": "ikke en adresse"}, "epost"),
        ({"tekst": "Alt", "navn": "x" * 201}, "navn"),
    ],
)
def test_krev_innsyn_says_what_is_wrong_with_which_field(kommune_a, felter, felt):
    with pytest.raises(UgyldigInndata) as feil:
        krev_innsyn([], **felter)
    assert list(feil.value.felter) == [felt]
    with pytest.raises(UgyldigInndata, match="høyst 50"):
        krev_innsyn([(2026, 101, n) for n in range(1, 60)])


def test_events_of_a_request_never_tell_who_asked(kommune_a):
    krav = krav_om(kommune_a.jp(101, 1), tekst="Zqteksten")
    assert [(h.handling, h.objekt_type, h.aktoer) for h in Hendelse.objects.order_by("-nummer")[:2]] == [
        ("innsynskrav.registrere", "innsynskrav", None),
        ("journalpost.kreve_innsyn", "journalpost", None),
    ]
    alt = " ".join(f"{h.endringer} {h.detaljer}" for h in Hendelse.objects.filter(handling__contains="innsyn"))
    assert "zq" not in alt.lower()
    assert krav.tekst == "Zqteksten"


def test_registrer_krav_is_for_the_archive_and_takes_the_day_it_came(kommune_a):
    k = kommune_a
    felter = {"kanal": "muntlig", "mottatt_dato": dt.date(2026, 2, 27), "tekst": "Ringte om gatelys"}
    for hvem in ("sb.kari", "led.anne", "adm.root"):
        with pytest.raises(IkkeTilgang):
            registrer_krav(**felter, av=k[hvem])
    krav = registrer_krav(**felter, av=k["ark.eva"])
    assert (krav.get_kanal_display(), krav.frist) == ("Muntlig", dt.date(2026, 3, 6))
    with pytest.raises(UgyldigInndata, match="fremtiden"):
        registrer_krav(**felter | {"mottatt_dato": dt.date(2026, 3, 3)}, av=k["ark.eva"])
    with pytest.raises(UgyldigInndata, match="Kontroller årstallet"):
        registrer_krav(**felter | {"mottatt_dato": dt.date(202, 3, 2)}, av=k["ark.eva"])
    with pytest.raises(UgyldigInndata, match="hvordan kravet kom"):
        registrer_krav(**felter | {"kanal": "nett"}, av=k["ark.eva"])
    legg_til_poster(krav, [k.jp(101, 1)], av=k["ark.eva"])
    assert queries.numre(krav) == ["2026/101-1"]
    ta_ut_linje(linjen(krav), "Feil sak", av=k["ark.eva"])
    assert queries.numre(krav) == []
    legg_til_poster(krav, [k.jp(101, 1)], av=k["ark.eva"])
    avslutt_uten_svar(krav, "Trukket på telefon", av=k["ark.eva"])
    with pytest.raises(Avvist, match="avsluttet uten svar"):
        vurder([linjen(krav)], "helt", av=k["ark.eva"])


# ── Who sees a request ───────────────────────────────────


def test_only_those_who_handle_a_request_see_it(kommune_a):
    k = kommune_a
    krav = krav_om(gradert(k, "U"))
    # The deputy is not ticked for U, and u.arne may read it but has nothing to do with the request.
    ser = {"ark.eva", "led.anne", "sb.kari"}
    for hvem in ("ark.eva", "led.anne", "sf.bente", "sb.kari", "sb.per", "les.gry", "u.arne", "adm.root", "led.nils"):
        if hvem in ser:
            assert queries.hent_krav(k[hvem], krav.pk) == krav
        else:
            with pytest.raises(IkkeFunnet):
                queries.hent_krav(k[hvem], krav.pk)
        har = list(queries.innsynskrav(k[hvem]))
        assert har == ([krav] if hvem == "ark.eva" else [])
    assert list(queries.innsyn_til_vurdering(k["led.anne"])) == [krav]
    assert list(queries.innsyn_til_vurdering(k["led.nils"])) == []


def test_lines_that_the_reader_may_not_see_are_a_number_alone(kommune_a):
    k = kommune_a
    krav = krav_om(gradert(k, "U"), k.jp(104, 1))
    hemmelig = k.jp(103, 1)
    from saksgang.innsynskrav.commands.felles import legg_til_linjer  # noqa: PLC0415 - as the archive of all codes does

    legg_til_linjer(krav, [hemmelig], av=None)
    synlige, flere = queries.synlige_linjer(k["led.anne"], krav)
    assert (hemmelig not in [li.journalpost for li in synlige], flere) == (True, 1)
    with pytest.raises(IkkeFunnet):
        hent_linje(k["led.anne"], krav.linjer.get(journalpost=hemmelig).pk)


def test_leader_and_case_worker_are_told_of_a_request_about_a_coded_document_and_not_who_asks(kommune_a):
    k = kommune_a
    krav_om(gradert(k, "U"), k.jp(101, 2))
    forsegl_logg()
    lag_varsler()
    sagt = {
        hvem: [v.tekst for v in varsler(k[hvem]) if "innsyn" in v.tekst]
        for hvem in ("led.anne", "sb.kari", "ark.eva", "u.arne")
    }
    assert sagt == {
        "led.anne": ["2026/101-6: noen krever innsyn"],
        "sb.kari": ["2026/101-6: noen krever innsyn"],
        "ark.eva": [],
        "u.arne": [],
    }


# ── Assessed ─────────────────────────────────────────────


def test_the_archive_decides_what_has_no_code(kommune_a):
    k = kommune_a
    krav = krav_om(k.jp(101, 1))
    vurder([linjen(krav)], "helt", av=k["ark.eva"])
    assert queries.avgjoerelse(linjen(krav)).av == k["ark.eva"]
    svar_paa_krav(krav, av=k["ark.eva"])
    side = queries.kravside(noekkel_for(krav.system_id))
    assert [(d.navn, d.utfall, d.hjemmel) for d in side.dokumenter] == [
        ("2026/101-1, hoveddokument", "Helt innsyn", "")
    ]
    assert not side.kan_klage
    utlevert = queries.utlevert_fil(noekkel_for(krav.system_id), side.dokumenter[0].fil_id)
    assert utlevert.filnavn == "2026-101-1-1.txt"


def test_a_coded_document_is_decided_by_the_leader_and_proposed_by_others(kommune_a):
    k = kommune_a
    krav = krav_om(gradert(k, "U"))
    for hvem in ("ark.eva", "sb.kari"):
        linje = hent_linje(k[hvem], linjen(krav).pk)
        (forslag,) = vurder([linje], "avslag", hjemmel=hjemmel("14"), merinnsyn=MERINNSYN, av=k[hvem])
        assert forslag.er_forslag
    assert queries.avgjoerelse(linjen(krav)) is None
    with pytest.raises(Avvist, match="ikke avgjort"):
        svar_paa_krav(krav, av=k["ark.eva"])
    with pytest.raises(IkkeTilgang):
        vurder([linjen(krav)], "avslag", hjemmel=hjemmel("14"), merinnsyn=MERINNSYN, av=k["u.arne"])
    with pytest.raises(IkkeFunnet):
        vurder([linjen(krav)], "avslag", hjemmel=hjemmel("14"), merinnsyn=MERINNSYN, av=k["les.gry"])
    with pytest.raises(IkkeFunnet):  # the deputy is not ticked for U
        vurder([linjen(krav)], "helt", av=k["sf.bente"])
    (avgjort,) = vurder([linjen(krav)], "helt", merinnsyn="Ingen skade", av=k["led.anne"])
    assert (avgjort.er_forslag, avgjort.paa_vegne_av) == (False, None)
    assert not queries.innsyn_til_vurdering(k["led.anne"]).exists()


@pytest.mark.parametrize(
    ("felter", "felt"),
    [
        ({"utfall": "kanskje"}, "utfall"),
        ({"utfall": "avslag"}, "hjemmel"),
        ({"utfall": "delvis"}, "hjemmel"),
        ({"utfall": "avslag", "hjemmel": "14"}, "merinnsyn"),
        ({"utfall": "delvis", "hjemmel": "14", "merinnsyn": "  "}, "merinnsyn"),
        ({"utfall": "avslag", "hjemmel": "13-fvl1", "merinnsyn": "Nei"}, "rest"),
    ],
)
def test_vurder_asks_for_hjemmel_merinnsyn_and_the_rest(kommune_a, felter, felt):
    krav = krav_om(kommune_a.jp(101, 1))
    felter = {**felter, "hjemmel": hjemmel(felter["hjemmel"])} if "hjemmel" in felter else felter
    with pytest.raises(UgyldigInndata) as feil:
        vurder([linjen(krav)], av=kommune_a["ark.eva"], **felter)
    assert list(feil.value.felter) == [felt]
    assert not Innsynsvurdering.objects.exists()


@pytest.mark.krav("R-7.1.6.a")
def test_full_access_under_taushetsplikt_is_refused_until_it_is_recorded_why_it_falls_away(kommune_a):
    k = kommune_a
    jp = gradert(k, "P")
    krav = krav_om(jp)
    for hvem in ("ark.eva", "led.anne", "sb.kari"):
        with pytest.raises(UgyldigInndata) as feil:
            vurder([linjen(krav)], "helt", merinnsyn="Bør gis", av=k[hvem])
        assert list(feil.value.felter) == ["utfall"]
        assert "offl. § 13 jf. fvl. § 13 første ledd nr. 1" in str(feil.value).replace("Offl.", "offl.")
    for mangler in ("bortfall_hvem", "bortfall_hvorfor"):
        with pytest.raises(UgyldigInndata):
            vurder([linjen(krav)], "helt", av=k["led.anne"], **HELSE | {mangler: " "})
    (vurdering,) = vurder([linjen(krav)], "helt", av=k["led.anne"], **HELSE)
    assert (vurdering.bortfall_hvem, vurdering.get_bortfall_display()[:6]) == ("Ola Nordmann", "Den de")
    svar_paa_krav(krav, av=k["ark.eva"])
    assert queries.kravside(noekkel_for(krav.system_id)).dokumenter[0].fil_id is not None
    jp.refresh_from_db()
    assert jp.tilgangskode.kode == "P"  # given to one, the entry is as closed as before


def test_send_asks_about_taushetsplikt_again(kommune_a):
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "J")
    krav = krav_om(jp)
    vurder([linjen(krav)], "helt", av=k["ark.eva"])
    kodet(k, jp, "P")
    with pytest.raises(Avvist, match="under taushetsplikt"):
        svar_paa_krav(krav, av=k["ark.eva"])


def test_nothing_is_given_while_the_grading_is_undecided(kommune_a):
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "J")
    krav = krav_om(jp)
    vurder([linjen(krav)], "helt", av=k["ark.eva"])
    foreslaatt(k, jp, "U")
    with pytest.raises(Avvist, match="graderingen av journalposten er ikke avgjort"):
        svar_paa_krav(krav, av=k["ark.eva"])
    with pytest.raises(Avvist, match="ikke avgjort"):
        vurder([linjen(krav)], "helt", av=k["ark.eva"])


def test_an_assessment_of_another_grading_does_not_stand_and_goes_to_the_leader(kommune_a):
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "J")
    krav = krav_om(jp)
    vurder([linjen(krav)], "helt", av=k["ark.eva"])
    kodet(k, jp, "U")  # § 14 is no taushetsplikt: nothing else would stop it
    assert list(queries.innsyn_til_vurdering(k["led.anne"])) == [krav]
    with pytest.raises(Avvist, match="graderingen er endret etter vurderingen"):
        svar_paa_krav(krav, av=k["ark.eva"])
    (forslag,) = vurder([linjen(krav)], "helt", av=k["ark.eva"])
    assert forslag.er_forslag
    with pytest.raises(Avvist, match="graderingen er endret"):
        svar_paa_krav(krav, av=k["ark.eva"])
    vurder([linjen(krav)], "avslag", hjemmel=hjemmel("14"), merinnsyn=MERINNSYN, av=k["led.anne"])
    assert list(queries.innsyn_til_vurdering(k["led.anne"])) == []
    kodet(k, jp, "U", avskjerming="T")  # decided anew: what was refused may be given now
    assert list(queries.innsyn_til_vurdering(k["led.anne"])) == [krav]
    with pytest.raises(Avvist, match="graderingen er endret"):
        svar_paa_krav(krav, av=k["ark.eva"])


def test_nothing_is_given_of_a_document_that_is_not_what_was_assessed(kommune_a):
    k = kommune_a
    sak = k.sak(101)
    skrevet, aapnet, borte = inngaaende(k, sak, "J"), egen(k, sak, "U", "F"), inngaaende(k, sak, "J")
    krav = registrer_krav(
        kanal="muntlig", mottatt_dato=dt.date(2026, 3, 2), poster=[skrevet, aapnet, borte], av=k["ark.eva"]
    )
    vurder(queries.linjer(krav), "helt", av=k["ark.eva"])
    ny_versjon(dok(skrevet), tekstfil("Noe helt annet\n").fil, filnavn="brev.txt", av=k["ark.eva"])
    gjenaapne(aapnet, "Feil mottaker", av=k["sb.kari"])
    utgaa(borte, "Feilregistrert", av=k["ark.eva"])
    assert [mangel.partition(": ")[2] for mangel in queries.mangler_foer_svar(krav)] == [
        "dokumentet er endret etter vurderingen. Vurder på nytt.",
        "journalposten er under arbeid igjen eller satt utgått, og kan ikke gis nå.",
        "journalposten er under arbeid igjen eller satt utgått, og kan ikke gis nå.",
    ]
    with pytest.raises(Avvist):
        svar_paa_krav(krav, av=k["ark.eva"])


def test_what_is_taken_out_is_neither_assessed_nor_taken_out_again(kommune_a):
    k = kommune_a
    krav = krav_om(k.jp(101, 1), k.jp(101, 2))
    linje = queries.linjer(krav)[0]
    ta_ut_linje(hent_linje(k["ark.eva"], linje.pk), "Trukket", av=k["ark.eva"])
    with pytest.raises(Avvist, match="tatt ut av kravet"):
        vurder([linje], "helt", av=k["ark.eva"])
    with pytest.raises(Avvist, match="alt tatt ut"):
        ta_ut_linje(linje, "En annen grunn", av=k["ark.eva"])


def test_identity_numbers_in_a_document_given_whole_are_given_knowingly_or_not_at_all(kommune_a):
    k = kommune_a
    fil = lagre_fil(brev(f"Søkeren er {FNR} og bor i Bakkegata."), filnavn="brev.pdf")
    aapen = inngaaende(k, k.sak(101), "J", dokumenter=[Vedlagt(fil, "brev.pdf")])
    skjermet = gradert(k, "U", dokumenter=[Vedlagt(lagre_fil(brev(f"Om {FNR}."), filnavn="b.pdf"), "b.pdf")])
    kjoer_jobber()
    kontroller_alle()
    krav = krav_om(aapen, skjermet)
    linje, kodet_linje = queries.linjer(krav)
    with pytest.raises(UgyldigInndata, match=r"fødselsnummer \(side 1\).*offl. § 26 femte ledd") as feil:
        vurder([linje], "helt", av=k["ark.eva"])
    assert list(feil.value.felter) == ["foedselsnummer_gis"]
    (vurdering,) = vurder([linje], "helt", foedselsnummer_gis=True, av=k["ark.eva"])
    assert vurdering.foedselsnummer_gis
    # What is not for the net was never checked: it is, once it is to be given, and then asked about.
    assert queries.foedselsnummer_i(kodet_linje.dokument) is None
    vurder([kodet_linje], "helt", av=k["led.anne"])
    assert queries.mangler_foer_svar(krav) == []
    kjoer_jobber()
    with pytest.raises(Avvist, match="har fødselsnummer. Vurder på nytt"):
        svar_paa_krav(krav, av=k["ark.eva"])
    vurder([kodet_linje], "helt", foedselsnummer_gis=True, av=k["led.anne"])
    svar = svar_paa_krav(krav, av=k["ark.eva"])
    assert [u.i_epost for u in svar.utleveringer.order_by("pk")] == [False, False]  # never over an open line


def test_a_linked_document_is_judged_by_where_it_came_in_too(kommune_a):
    k = kommune_a
    kilde = inngaaende(k, k.sak(101), "J")
    brev = egen(k, k.sak(101), "U", "R")
    lenk_dokumenter(brev, hent_lenkbare(k["sb.kari"], [dok(kilde).pk]), av=k["sb.kari"])
    brev = journalfoer(ferdigstill(brev, offentlighet_vurdert=True, av=k["sb.kari"]), av=k["ark.eva"])
    kodet(k, kilde, "P")
    krav = krav_om(brev)
    lenket = next(li for li in queries.linjer(krav) if li.dokument.lenket_fra_id)
    assert queries.krever_leder(lenket)
    with pytest.raises(UgyldigInndata, match="taushetsplikt"):
        vurder([lenket], "helt", av=k["led.anne"])


def test_a_linked_document_is_decided_by_the_leader_of_where_it_came_in(kommune_a):
    k = kommune_a
    kilde = inngaaende(k, k.sak(102), "J", enhet=k.enhet("KULT"), saksbehandler=k["sb.per"])
    brev_ut = egen(k, k.sak(101), "U", "R")
    lenk_dokumenter(brev_ut, hent_lenkbare(k["sb.kari"], [dok(kilde).pk]), av=k["sb.kari"])
    brev_ut = journalfoer(ferdigstill(brev_ut, offentlighet_vurdert=True, av=k["sb.kari"]), av=k["ark.eva"])
    avgjoer_skjerming(kilde, skjerming("U", "14"), av=k["led.nils"])
    krav = krav_om(brev_ut)
    lenket = next(li for li in queries.linjer(krav) if li.dokument.lenket_fra_id)
    assert list(queries.innsyn_til_vurdering(k["led.nils"])) == [krav]
    assert list(queries.innsyn_til_vurdering(k["led.anne"])) == []
    with pytest.raises(IkkeFunnet):
        hent_linje(k["led.anne"], lenket.pk)
    egen_linje = hent_linje(k["led.nils"], lenket.pk)
    vurder([egen_linje], "avslag", hjemmel=hjemmel("14"), merinnsyn=MERINNSYN, av=k["led.nils"])
    assert list(queries.innsyn_til_vurdering(k["led.nils"])) == []
    avgjoer_skjerming(kilde, skjerming("U", "14", "T"), av=k["led.nils"])
    assert list(queries.innsyn_til_vurdering(k["led.nils"])) == [krav]


def test_a_basket_looks_gradings_up_by_entry_also_those_of_where_a_document_came_in(kommune_a):
    with connection.cursor() as markoer:
        markoer.execute("SET LOCAL enable_seqscan = off")
    plan = queries.innsyn_til_vurdering(kommune_a["led.anne"]).explain()
    assert len(re.findall(r"offentlighet_skjermingsvurdering_journalpost_id_\w+", plan)) == 2


def test_assessments_and_answers_are_history(kommune_a):
    k = kommune_a
    krav = krav_om(gradert(k, "U"))
    avslaa(k, krav)
    for rad in (Innsynsvurdering.objects.get(), krav.svar.get()):
        for setning in (
            lambda rad=rad: type(rad).objects.filter(pk=rad.pk).update(tid=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)),
            lambda rad=rad: type(rad).objects.filter(pk=rad.pk)._raw_delete("default"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                setning()
    with pytest.raises(DatabaseError), transaction.atomic():
        Innsynskrav.objects.filter(pk=krav.pk)._raw_delete("default")


# ── Consent ──────────────────────────────────────────────


def test_consent_stops_the_deadline_and_silence_is_a_no(kommune_a, klokka):
    k = kommune_a
    krav = krav_om(gradert(k, "P"))
    eva = k["ark.eva"]
    with pytest.raises(IkkeTilgang):
        spoer_om_samtykke(linjen(krav), "Ola", av=k["sb.kari"])
    spoersmaal = spoer_om_samtykke(linjen(krav), "Ola Nordmann", av=eva)
    krav.refresh_from_db()
    assert (krav.tilstand, krav.frist) == ("samtykke", dt.date(2026, 3, 9))
    with pytest.raises(Avvist, match="allerede sendt"):
        spoer_om_samtykke(linjen(krav), "Ola", av=eva)
    vurder([linjen(krav)], "avslag", hjemmel=hjemmel("13-fvl1"), rest="c", av=k["led.anne"])
    with pytest.raises(Avvist, match="samtykke er ikke besvart"):
        svar_paa_krav(krav, av=eva)
    with pytest.raises(UgyldigInndata, match="Vent til den er ute"):
        registrer_samtykkesvar(spoersmaal, "taus", av=eva)
    klokka.move_to(dt.datetime(2026, 3, 10, 8, 0, tzinfo=dt.UTC))
    registrer_samtykkesvar(spoersmaal, "taus", av=eva)
    krav.refresh_from_db()
    # The five working days 3–9 March are not counted; the tenth is: silence was a no already.
    assert (krav.tilstand, krav.frist) == ("mottatt", dt.date(2026, 3, 16))
    assert queries.frister(krav)[0].dato == krav.frist
    with pytest.raises(Avvist, match="allerede besvart"):
        registrer_samtykkesvar(spoersmaal, "ja", av=eva)
    aapen = krav_om(k.jp(101, 1))
    with pytest.raises(Avvist, match="ikke under taushetsplikt"):
        spoer_om_samtykke(linjen(aapen), "Kroa", av=eva)


def test_a_question_that_nobody_answers_stops_the_clock_no_longer_than_its_deadline(kommune_a, klokka):
    k = kommune_a
    krav = krav_om(gradert(k, "P"))
    spoer_om_samtykke(linjen(krav), "Ola Nordmann", av=k["ark.eva"])
    noekkel = noekkel_for(krav.system_id)
    klokka.move_to(dt.datetime(2026, 3, 9, 8, 0, tzinfo=dt.UTC))
    assert list(queries.innsynskrav_roed(k["ark.eva"])) == [krav]
    assert "står stille" in queries.frister(krav)[0].merknad
    klokka.move_to(dt.datetime(2026, 3, 16, 8, 0, tzinfo=dt.UTC))
    assert (queries.frister(krav)[0].dato, queries.kravside(noekkel).regnes_som_avslag) == (dt.date(2026, 3, 16), False)
    klokka.move_to(dt.datetime(2026, 3, 17, 8, 0, tzinfo=dt.UTC))
    assert queries.kravside(noekkel).regnes_som_avslag
    klag(krav)


# ── Answered ─────────────────────────────────────────────


@pytest.mark.krav("R-7.1.1.f")
def test_delvis_waits_for_an_approved_redacted_version_and_hands_out_nothing_else(kommune_a):
    k = kommune_a
    ordet = "Raudfjellsdottir"
    fil = lagre_fil(brev(f"Klage fra {ordet} om gatelys."), filnavn="brev.pdf")
    jp = gradert(k, "U", dokumenter=[Vedlagt(fil, "brev.pdf")])
    krav = krav_om(jp)
    vurder([linjen(krav)], "delvis", hjemmel=hjemmel("14"), merinnsyn=MERINNSYN, av=k["led.anne"])
    assert queries.mangler_foer_svar(krav) == [
        f"{jp}, hoveddokument: delvis innsyn krever en godkjent sladdet variant. "
        "Lag den på journalposten, og få den godkjent."
    ]
    with pytest.raises(Avvist, match="sladdet variant"):
        svar_paa_krav(krav, av=k["ark.eva"])
    sladding = start_sladding(dok(jp), av=k["sb.kari"])
    merk_ord(sladding, ordet, av=k["sb.kari"])
    send_sladding(sladding, av=k["sb.kari"])
    lag_ventende()
    with pytest.raises(Avvist, match="sladdet variant"):  # made, and not approved
        svar_paa_krav(krav, av=k["ark.eva"])
    sladding.refresh_from_db()
    godkjenn_sladding(sladding, av=k["led.anne"])
    svar_paa_krav(krav, av=k["ark.eva"])
    side = queries.kravside(noekkel_for(krav.system_id))
    assert [(d.utfall, d.hjemmel) for d in side.dokumenter] == [("Delvis innsyn", "Offl. § 14 første ledd")]
    utlevert = queries.utlevert_fil(noekkel_for(krav.system_id), side.dokumenter[0].fil_id)
    assert utlevert.fil != fil
    assert ordet in _lest(fil)
    assert "om gatelys" in _lest(utlevert.fil)
    assert ordet not in _lest(utlevert.fil) + alt_i(innhold(utlevert.fil))
    hendelse = Hendelse.objects.get(handling="journalpost.vurdere_innsyn", journalpost_id=jp.pk)
    assert (hendelse.detaljer["utfall"], hendelse.aktoer) == ("Delvis innsyn", k["led.anne"])


@pytest.mark.krav("R-7.1.6.c")
def test_the_refusal_names_the_full_hjemmel_and_the_right_of_appeal(kommune_a):
    k = kommune_a
    krav = krav_om(gradert(k, "P", tittel="Zqtittelqz"))
    vurder([linjen(krav)], "avslag", hjemmel=hjemmel("13-fvl1"), rest="c", av=k["led.anne"])
    data = queries.brevdata(krav, "", dt.date(2026, 3, 2), queries.avgjorte(krav))
    (rad,) = data["rader"]
    assert (rad["utfall"], rad["hjemmel"]) == (
        "Avslag",
        "Offl. § 13 jf. fvl. § 13 første ledd nr. 1, jf. § 12 bokstav c",
    )
    rettigheter = " ".join(data["rettigheter"])
    assert "klage til Statsforvalteren innen tre uker, senest mandag 23. mars 2026" in rettigheter
    assert "nærmere begrunnelse innen tre uker" in rettigheter
    assert "Zqtittelqz" not in str(data)
    svar = svar_paa_krav(krav, av=k["ark.eva"])
    assert (svar.har_avslag, svar.brev.mimetype) == (True, "application/pdf")
    helt = krav_om(k.jp(101, 1))
    vurder([linjen(helt)], "helt", av=k["ark.eva"])
    assert queries.brevdata(helt, "", dt.date(2026, 3, 2), queries.avgjorte(helt))["rettigheter"] == []


def test_a_request_without_documents_is_answered_in_words(kommune_a):
    k = kommune_a
    krav = krev_innsyn([], tekst="Alle brev om bruer")
    with pytest.raises(Avvist, match="ingen dokumenter"):
        svar_paa_krav(krav, av=k["ark.eva"])
    with pytest.raises(IkkeTilgang):
        svar_paa_krav(krav, "Kommunen har ingen slike dokumenter.", av=k["sb.kari"])
    svar = svar_paa_krav(krav, "Kommunen har ingen slike dokumenter.", av=k["ark.eva"])
    # Every decision but one to give access may be appealed: there may be such documents after all (offl. § 32).
    assert svar.har_avslag
    rettigheter = queries.brevdata(krav, "Ingen", dt.date(2026, 3, 2), [])["rettigheter"]
    assert "klage til Statsforvalteren" in " ".join(rettigheter)
    assert queries.kravside(noekkel_for(krav.system_id)).kan_klage
    with pytest.raises(Avvist, match="ikke til behandling"):
        svar_paa_krav(krav, "En gang til", av=k["ark.eva"])


def test_earlier_answers_to_the_same_document_are_shown_without_who_asked(kommune_a):
    k = kommune_a
    jp = gradert(k, "U")
    foerste, andre = krav_om(jp), krav_om(jp, navn="En annen")
    assert queries.tidligere_svar(linjen(andre)) == []
    avslaa(k, foerste)
    (svar,) = queries.tidligere_svar(linjen(andre))
    assert (svar.vurdering.utfall, svar.vurdering.hjemmel.noekkel, svar.dato) == ("avslag", "14", dt.date(2026, 3, 2))
    assert queries.tidligere_svar(linjen(krav_om(k.jp(101, 1)))) == []


def test_a_file_of_a_refused_document_and_anothers_key_find_nothing(kommune_a):
    k = kommune_a
    jp = gradert(k, "U")
    avslag, gitt = krav_om(jp), krav_om(k.jp(101, 1))
    avslaa(k, avslag)
    vurder([linjen(gitt)], "helt", av=k["ark.eva"])
    svar_paa_krav(gitt, av=k["ark.eva"])
    fil_id = queries.kravside(noekkel_for(gitt.system_id)).dokumenter[0].fil_id
    assert queries.utlevert_fil(noekkel_for(gitt.system_id), fil_id).fil == dok(k.jp(101, 1)).versjoner.get().fil
    for noekkel, pk in [
        (noekkel_for(avslag.system_id), fil_id),
        (noekkel_for(avslag.system_id), Dokumentversjon.objects.get(dokument__journalpost=jp).pk),
        ("feil", fil_id),
        (noekkel_for(gitt.system_id) + "x", fil_id),
    ]:
        with pytest.raises(IkkeFunnet):
            queries.utlevert_fil(noekkel, pk)
    with pytest.raises(IkkeFunnet):
        queries.svarbrev(noekkel_for(gitt.system_id), avslag.svar.get().pk)


def test_the_key_expires_after_the_answer_and_not_before(kommune_a, klokka):
    k = kommune_a
    krav = krav_om(k.jp(101, 1))
    vurder([linjen(krav)], "helt", av=k["ark.eva"])
    noekkel = noekkel_for(krav.system_id)
    svar_paa_krav(krav, av=k["ark.eva"])
    klokka.move_to(dt.datetime(2026, 6, 30, 8, 0, tzinfo=dt.UTC))
    assert queries.krav_for(noekkel) == krav
    klokka.move_to(dt.datetime(2026, 7, 1, 8, 0, tzinfo=dt.UTC))
    with pytest.raises(IkkeFunnet):
        queries.kravside(noekkel)


# ── By e-mail ────────────────────────────────────────────


def test_receipt_and_answer_go_by_email_with_what_may(kommune_a, smtp, settings):
    k = kommune_a
    settings.ADRESSE = "https://saksgang.example"
    jp = gradert(k, "P")
    krav = krav_om(k.jp(101, 1), jp)
    kjoer_jobber()
    (kvittering,) = smtp.meldinger
    side = f"https://saksgang.example/innsyn/krav/{noekkel_for(krav.system_id)}/"
    assert (kvittering["To"], side in kvittering.get_content()) == (EPOST, True)
    for linje in queries.linjer(krav):
        if linje.journalpost == jp:
            vurder([linje], "helt", av=k["led.anne"], **HELSE)
        else:
            vurder([linje], "helt", av=k["ark.eva"])
    svar_paa_krav(krav, av=k["ark.eva"])
    kjoer_jobber()
    vedlegg = [del_.get_filename() for del_ in smtp.meldinger[1].iter_attachments()]
    assert vedlegg == ["svarbrev.pdf", "2026-101-1-1.txt"]  # what is coded is fetched with the key


def test_an_email_that_is_refused_for_good_is_seen_and_logged(kommune_a, smtp):
    smtp.avvis = "550 Ukjent mottaker"
    krav = krav_om(kommune_a.jp(101, 1))
    kjoer_jobber()
    melding = krav.meldinger.get()
    assert (melding.tilstand, "550" in melding.feil) == ("feilet", True)
    assert Hendelse.objects.filter(handling="innsynskrav.feile_epost", objekt_id=krav.pk).count() == 1
