"""Registering, editing and journalising: types, required fields, field rights, numbers."""

import datetime as dt
import hashlib
import threading

import pytest
from django.db import connection, models, transaction

from saksgang.demo.grunnlag import tekstfil
from saksgang.kjerne.errors import Avvist, IkkeTilgang, UgyldigInndata
from saksgang.logg.models import Hendelse
from saksgang.offentlighet.queries import sist_publisert
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.commands import ferdigstill, gjenaapne
from saksgang.sakarkiv.commands.dokument import fjern_dokument, legg_ved, ny_versjon, ordne_dokumenter
from saksgang.sakarkiv.commands.fordeling import foreslaatt_saksbehandler
from saksgang.sakarkiv.commands.journalfoering import avjournalfoer, journalfoer, journalfoer_flere, utgaa
from saksgang.sakarkiv.commands.journalpost import (
    Part,
    felter_for,
    opprett_journalpost,
    rediger_journalpost,
    registrer_inngaaende,
)
from saksgang.sakarkiv.commands.rettighet import avslaa_rettighet, be_om_rettighet, gi_rettighet, trekk_rettighet
from saksgang.sakarkiv.models import Journalpost, Sak
from saksgang.sakarkiv.queries import kurver
from saksgang.sakarkiv.queries.saker import hent_kodeverdi, hent_versjon, historikk
from saksgang.sakarkiv.queries.soek import soek
from saksgang.tilgang.commands import deaktiver_bruker, opprett_bruker
from tests.sakarkiv.test_avskrivning import numre
from tests.tilstand import MOTTATT, egen, inngaaende, kodet

# --- Types and required fields -------------------------------------------------------------------------------------


@pytest.mark.krav("R-5.0")
@pytest.mark.parametrize("type_", ["Q", "I", "", "u"])
def test_opprett_refused_for_a_type_that_is_not_own(kommune_a, type_):
    k = kommune_a
    with pytest.raises(UgyldigInndata, match="finnes ikke"):
        opprett_journalpost(k.sak(101), type_, tittel="Brev", av=k["sb.kari"])
    assert k.sak(101).siste_dokumentnummer == 5


@pytest.mark.krav("R-5.0", "R-5.I")
@pytest.mark.parametrize(
    ("uten", "felt"),
    [
        ({"avsendere": []}, "avsendere"),
        ({"avsendere": [Part(navn="  ")]}, "avsendere"),
        ({"dokumentdato": None}, "dokumentdato"),
        ({"mottatt_dato": None}, "mottatt_dato"),
        ({"mottatt_dato": dt.date(2026, 3, 3)}, "mottatt_dato"),
        ({"tittel": " "}, "tittel"),
        ({"tittel": "x" * 501}, "tittel"),
        ({"dokumenter": []}, "dokumenter"),
    ],
)
def test_registrer_inngaaende_refused_without_what_the_type_needs(kommune_a, uten, felt):
    k = kommune_a
    with pytest.raises(UgyldigInndata) as feil:
        inngaaende(k, k.sak(101), "J", **uten)
    assert list(feil.value.felter) == [felt]
    assert k.sak(101).siste_dokumentnummer == 5


@pytest.mark.krav("R-5.I", "R-6.2.J.a", "R-6.2.J.c")
def test_registrer_inngaaende_j_is_numbered_and_in_the_lists_at_once(kommune_a):
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "J")
    assert str(jp) == "2026/101-6"
    assert (jp.status, jp.journaldato, jp.forfallsdato) == ("J", dt.date(2026, 3, 2), MOTTATT + dt.timedelta(28))
    assert str(jp) in numre(kurver.innboks(k["sb.kari"])) and str(jp) in numre(kurver.restanse(k["sb.kari"]))


@pytest.mark.krav("R-6.2.M", "R-6.2.J.c")
def test_letter_in_m_comes_to_the_case_worker_at_j(kommune_a):
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "M")
    assert str(jp) not in numre(kurver.innboks(k["sb.kari"]))
    assert numre(kurver.midlertidig(k["ark.eva"])) == [str(jp)]
    with pytest.raises(IkkeTilgang):
        registrer_inngaaende(
            k.sak(101),
            status="M",
            tittel="Brev",
            avsendere=[Part(navn="Ola")],
            dokumentdato=MOTTATT,
            mottatt_dato=MOTTATT,
            av=k["sb.kari"],
        )
    journalfoer(jp, av=k["ark.eva"])
    assert str(jp) in numre(kurver.innboks(k["sb.kari"])) and str(jp) in numre(kurver.restanse(k["sb.kari"]))


@pytest.mark.krav("R-6.2.S", "R-8.2")
def test_letter_registered_by_case_worker_goes_to_the_archive_and_is_found_at_once(kommune_a):
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "S", tittel="Telefaks om kaianlegg", opphav=hent_kodeverdi("opphav", "FAKS"))
    assert (jp.status, jp.journaldato, jp.saksbehandler) == ("S", None, k["sb.kari"])
    assert numre(kurver.til_journalfoering(k["ark.eva"])) == ["2026/102-1", str(jp)]
    assert str(jp) in numre(kurver.innboks(k["sb.kari"]))
    assert soek(k["les.gry"], "kaianlegg").journalposter == [jp]


@pytest.mark.krav("R-6.2.J.d")
def test_letter_without_initials_lies_with_the_leader_and_in_nobodys_innboks(kommune_a):
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "J", saksbehandler=None)
    assert str(jp) in numre(kurver.til_fordeling(k["led.anne"])) and str(jp) in numre(
        kurver.til_fordeling(k["sf.bente"])
    )
    assert numre(kurver.til_fordeling(k["led.nils"])) == []
    assert not [b for b in ["sb.kari", "sb.ola", "led.anne"] if str(jp) in numre(kurver.innboks(k[b]))]


@pytest.mark.krav("R-9.1.1")
@pytest.mark.parametrize(("sekvens", "hvem"), [(101, "sb.ola"), (104, None)])
def test_fordelingsregel_presets_the_case_worker_by_ordningsverdi(kommune_a, sekvens, hvem):
    k = kommune_a
    regel, bruker = foreslaatt_saksbehandler(k.enhet("TEK"), k.sak(sekvens))
    assert regel is not None
    assert bruker == (k[hvem] if hvem else None)
    assert foreslaatt_saksbehandler(k.enhet("KULT"), k.sak(sekvens)) == (None, None)


@pytest.mark.krav("R-5.U")
def test_utgaaende_needs_a_recipient_before_f_and_gives_no_restanse(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R", mottakere=[])
    with pytest.raises(Avvist, match="Mottaker mangler"):
        ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"])
    jp = rediger_journalpost(jp, parter=[Part(navn="Kroa AS")], av=k["sb.kari"])
    jp = ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"])
    assert jp.status == "F"
    for bruker in Bruker.objects.order_by("pk"):
        assert str(jp) not in numre(kurver.restanse(bruker)) + numre(kurver.restanse_i_enheter(bruker))


@pytest.mark.krav("R-6.2.F", "R-9.2.1.1")
def test_ferdigstill_names_everything_that_is_missing_at_once(kommune_a):
    k = kommune_a
    with pytest.raises(Avvist) as feil:
        ferdigstill(k.jp(101, 4), av=k["sb.kari"])
    assert feil.value.hindre == [
        "Mottaker mangler.",
        "Hoveddokument mangler.",
        "Offentlighet er ikke vurdert. Bekreft at du har vurdert den.",
    ]


@pytest.mark.krav("R-5.N.1", "R-5.X.2")
@pytest.mark.parametrize("type_", ["N", "X"])
def test_note_refuses_external_and_inactive_recipients(kommune_a, type_):
    k = kommune_a
    with pytest.raises(UgyldigInndata, match="Mottaker må være bruker i systemet"):
        opprett_journalpost(k.sak(101), type_, tittel="Notat", mottakere=[Part(navn="post@firma.no")], av=k["sb.kari"])
    deaktiver_bruker(k["sb.ola"], til=dt.date(2026, 3, 1), av=k["adm.root"])
    for hvem in ["sb.ola", "pol.tor"]:
        with pytest.raises(UgyldigInndata, match="Mottaker må være bruker i systemet"):
            opprett_journalpost(k.sak(101), type_, tittel="Notat", interne_mottakere=[k[hvem]], av=k["sb.kari"])
    assert k.sak(101).siste_dokumentnummer == 5


@pytest.mark.krav("R-4.5")
def test_journalpost_without_case_is_impossible():
    felt = Journalpost._meta.get_field("sak")
    assert (felt.null, felt.remote_field.on_delete) == (False, models.PROTECT)
    assert Journalpost._meta.get_field("sak").related_model is Sak


@pytest.mark.krav("R-4.5", "R-10.10.1")
def test_case_with_journalposter_cannot_be_removed_even_in_python(kommune_a):
    with pytest.raises(models.ProtectedError):
        kommune_a.sak(101).delete()


# --- Field rights: krav C.3 ----------------------------------------------------------------------------------------

ALT = {"tittel", "offentlig_tittel", "parter", "dokumentdato", "mottatt_dato", "opphav", "dokumenter", "enhet"}
EGET = ALT - {"mottatt_dato"}
FRIST, SB = {"forfallsdato"}, {"saksbehandler"}


@pytest.mark.krav("R-3.1.3", "R-3.2.3", "R-10.1.4a")
@pytest.mark.parametrize(
    ("type_", "status", "ventet"),
    [
        (
            "U",
            "R",
            {"sb.ola": EGET | FRIST, "sb.kari": EGET | FRIST | SB, "led.anne": EGET | FRIST | SB, "ark.eva": set()},
        ),
        ("S", "R", {"sb.ola": EGET | FRIST, "sb.kari": EGET | FRIST | SB, "ark.eva": set()}),
        ("N", "J", {"sb.ola": FRIST, "sb.kari": FRIST, "led.anne": FRIST | SB, "ark.eva": EGET | SB}),
        ("U", "F", {"sb.ola": FRIST, "sb.kari": FRIST, "led.anne": FRIST | SB, "ark.eva": SB}),
        ("U", "J", {"sb.ola": FRIST, "sb.kari": FRIST, "led.anne": FRIST | SB, "ark.eva": EGET | SB}),
        ("I", "S", {"sb.ola": ALT | FRIST | SB, "sb.kari": ALT | FRIST | SB, "led.anne": ALT | FRIST | SB}),
        ("I", "M", {"sb.ola": FRIST, "sb.kari": FRIST, "led.anne": FRIST | SB, "ark.eva": ALT | FRIST | SB}),
        ("I", "J", {"sb.ola": FRIST, "sb.kari": FRIST, "led.anne": FRIST | SB, "ark.eva": ALT | SB}),
        ("I", "U", {"sb.ola": set(), "sb.kari": set(), "led.anne": set(), "ark.eva": set()}),
    ],
)
def test_felter_for_follows_c3(kommune_a, type_, status, ventet):
    from tests.tilstand import journalpost  # noqa: PLC0415

    k = kommune_a
    felter = {} if type_ == "I" else {"av": k["sb.ola"]}
    if felter:
        gi_rettighet(k.sak(101), k["sb.ola"], "skrive", av=k["sb.kari"])
    jp = journalpost(k, k.sak(101), type_, status, saksbehandler=k["sb.ola"], **felter)
    assert {hvem: set(felter_for(jp, k[hvem])) for hvem in ventet} == ventet
    andre = ["les.gry", "sb.per", "led.nils", "pol.tor"]
    assert {hvem: felter_for(jp, k[hvem]) for hvem in andre} == dict.fromkeys(andre, frozenset())


@pytest.mark.krav("R-3.1.2", "R-3.2.1")
def test_leader_edits_in_own_unit_and_not_in_another(kommune_a):
    k = kommune_a
    jp = rediger_journalpost(k.jp(101, 4), tittel="Svar på søknad om skjenkebevilling", av=k["led.anne"])
    assert jp.tittel == "Svar på søknad om skjenkebevilling"
    jp = egen(k, k.sak(102), "U", "F", av=k["sb.per"])
    with pytest.raises(IkkeTilgang):
        rediger_journalpost(jp, forfallsdato=dt.date(2026, 4, 1), av=k["led.anne"])
    rediger_journalpost(jp, forfallsdato=dt.date(2026, 4, 1), av=k["led.nils"])


@pytest.mark.krav("R-3.2.1", "R-3.2.2")
def test_case_worker_edits_own_and_saksansvarlig_all_in_the_case(kommune_a):
    k = kommune_a
    gi_rettighet(k.sak(101), k["sb.ola"], "skrive", av=k["sb.kari"])
    notat = egen(k, k.sak(101), "N", "R", av=k["sb.ola"])
    rediger_journalpost(notat, forfallsdato=dt.date(2026, 3, 20), av=k["sb.kari"])
    brev = egen(k, k.sak(101), "U", "F")
    with pytest.raises(IkkeTilgang):
        rediger_journalpost(brev, forfallsdato=dt.date(2026, 3, 20), av=k["sb.ola"])
    assert Journalpost.objects.get(pk=notat.pk).forfallsdato == dt.date(2026, 3, 20)
    assert Journalpost.objects.get(pk=brev.pk).forfallsdato is None


@pytest.mark.krav("R-3.1.5")
def test_leader_writes_on_behalf_of_a_case_worker(kommune_a):
    k = kommune_a
    jp = opprett_journalpost(k.sak(101), "U", tittel="Svar", saksbehandler=k["sb.kari"], av=k["led.anne"])
    assert (jp.saksbehandler, jp.opprettet_av) == (k["sb.kari"], k["led.anne"])
    assert numre(kurver.under_arbeid(k["sb.kari"]))[0] == str(jp)
    hendelse = Hendelse.objects.get(handling="journalpost.opprette", journalpost_id=jp.pk)
    assert (hendelse.aktoer, hendelse.paa_vegne_av) == (k["led.anne"], k["sb.kari"])


@pytest.mark.krav("R-10.1.4a", "R-6.2.J2")
def test_title_is_own_in_s_and_the_archives_after_j(kommune_a):
    k = kommune_a
    jp = rediger_journalpost(inngaaende(k, k.sak(101), "S"), tittel="Klage på gatelys", av=k["sb.kari"])
    assert jp.tittel == "Klage på gatelys"
    jp = journalfoer(jp, av=k["ark.eva"])
    with pytest.raises(IkkeTilgang, match="Send melding til arkivet"):
        rediger_journalpost(jp, tittel="Noe annet", av=k["sb.kari"])
    rediger_journalpost(jp, tittel="Klage på manglende gatelys", av=k["ark.eva"])
    hendelse = Hendelse.objects.filter(handling="journalpost.redigere").order_by("-nummer").first()
    assert hendelse.endringer == {"tittel": ["Klage på gatelys", "Klage på manglende gatelys"]}


# --- Finishing, journalising, cancelling ---------------------------------------------------------------------------


@pytest.mark.krav("R-6.2.F")
def test_finished_document_is_locked_until_reopened_and_then_gets_a_new_version(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "F")
    assert str(jp) in numre(kurver.til_journalfoering(k["ark.eva"]))
    dokument = jp.dokumenter.get()
    ny = tekstfil("Rettet tekst\n").fil
    with pytest.raises(Avvist, match="ferdigstilt og låst"):
        ny_versjon(dokument, ny, filnavn="brev.txt", av=k["sb.kari"])
    with pytest.raises(UgyldigInndata, match="Begrunnelse"):
        gjenaapne(jp, "", av=k["sb.kari"])
    gjenaapne(jp, "Skrivefeil", av=k["sb.kari"])
    hendelse = Hendelse.objects.get(handling="journalpost.gjenaapne")
    assert (hendelse.aktoer, hendelse.endringer["status"]) == (k["sb.kari"], ["F", "R"])
    assert str(jp) not in numre(kurver.til_journalfoering(k["ark.eva"]))
    ny_versjon(dokument, ny, filnavn="brev.txt", av=k["sb.kari"])
    assert list(dokument.versjoner.order_by("versjonsnummer").values_list("versjonsnummer", flat=True)) == [1, 2]


def test_earlier_version_is_for_those_who_saw_the_draft(kommune_a):
    from saksgang.kjerne.errors import IkkeFunnet  # noqa: PLC0415

    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R")
    dokument = jp.dokumenter.get()
    ny_versjon(dokument, tekstfil("Endelig tekst\n").fil, filnavn="brev.txt", av=k["sb.kari"])
    ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"])
    foerste, siste = dokument.versjoner.order_by("versjonsnummer")
    assert hent_versjon(k["les.gry"], siste.pk) == siste
    with pytest.raises(IkkeFunnet):
        hent_versjon(k["les.gry"], foerste.pk)
    assert hent_versjon(k["sb.kari"], foerste.pk) == foerste


@pytest.mark.krav("R-8.8", "R-6.2.J2")
def test_journalfoer_flere_gives_a_result_for_every_row(kommune_a):
    k = kommune_a
    ferdige = [egen(k, k.sak(101), t, "F") for t in "UNX"]
    uten = kodet(k, egen(k, k.sak(101), "U", "F"), "XX")
    resultat = journalfoer_flere([*ferdige, uten], av=k["ark.eva"])
    assert [r.feil for r in resultat] == [(), (), (), ("Gradering ikke besluttet. Lederen må avgjøre den først.",)]
    assert [r.journalpost.journaldato for r in resultat[:3]] == [dt.date(2026, 3, 2)] * 3
    with pytest.raises(IkkeTilgang):
        journalfoer(egen(k, k.sak(101), "U", "F"), av=k["sb.kari"])


@pytest.mark.krav("R-10.10.1")
def test_utgaa_is_the_archives_keeps_number_and_content_and_takes_it_out_of_lists(kommune_a):
    k = kommune_a
    for hvem in ["sb.kari", "led.anne", "adm.root", "raad.jon"]:
        with pytest.raises(IkkeTilgang):
            utgaa(k.jp(101, 1), "Feil", av=k[hvem])
    with pytest.raises(UgyldigInndata, match="Begrunnelse"):
        utgaa(k.jp(101, 1), " ", av=k["ark.eva"])
    jp = utgaa(k.jp(101, 1), "Registrert to ganger", av=k["ark.eva"])
    assert (jp.status, jp.journalpostnummer, jp.dokumenter.count()) == ("U", 1, 1)
    assert "2026/101-1" not in numre(kurver.restanse(k["sb.kari"])) + numre(kurver.innboks(k["sb.kari"]))
    assert (
        soek(k["sb.kari"], "skjenkebevilling").antall
        == soek(k["sb.kari"], "skjenkebevilling", vis_utgaatte=True).antall - 1
    )
    assert inngaaende(k, k.sak(101), "J").journalpostnummer == 6


@pytest.mark.krav("C.2", "C.9")
def test_avjournalfoer_keeps_the_journal_number_and_takes_the_entry_off_the_net(kommune_a):
    k = kommune_a
    foer = k.jp(101, 1)
    assert "2026/101-1" in [rad.dokumentnummer for rad in sist_publisert()]
    with pytest.raises(UgyldigInndata, match="Begrunnelse"):
        avjournalfoer(foer, " ", av=k["ark.eva"])
    for hvem in ["sb.kari", "led.anne", "adm.root"]:
        with pytest.raises(IkkeTilgang):
            avjournalfoer(foer, "Feil avsender", av=k[hvem])
    jp = avjournalfoer(foer, "Feil avsender", av=k["ark.eva"])
    assert (jp.status, jp.journalaar, jp.journalsekvens, jp.publiseres_tid) == (
        "M",
        foer.journalaar,
        foer.journalsekvens,
        None,
    )
    assert "2026/101-1" not in [rad.dokumentnummer for rad in sist_publisert()]
    jp = journalfoer(jp, av=k["ark.eva"])
    assert (jp.status, jp.journalsekvens) == ("J", foer.journalsekvens)


@pytest.mark.krav("C.9", "A-38")
def test_journal_number_comes_with_its_date_at_m_for_the_archive_and_at_j_for_the_others(kommune_a, klokka):
    k = kommune_a
    mandag, torsdag = dt.date(2026, 3, 2), dt.date(2026, 3, 5)
    m, s, u = (inngaaende(k, k.sak(101), "M"), inngaaende(k, k.sak(101), "S"), egen(k, k.sak(101), "U", "F"))
    assert [(jp.journaldato, jp.journalsekvens) for jp in (m, s, u)] == [(mandag, 5), (None, None), (None, None)]
    klokka.move_to(dt.datetime(2026, 3, 5, 8, tzinfo=dt.UTC))
    etter = [journalfoer(jp, av=k["ark.eva"]) for jp in (u, s, m)]
    assert [(jp.journaldato, jp.journalaar, jp.journalsekvens) for jp in etter] == [
        (torsdag, 2026, 6),
        (torsdag, 2026, 7),
        (mandag, 2026, 5),
    ]
    assert journalfoer(avjournalfoer(u, "Feil", av=k["ark.eva"]), av=k["ark.eva"]).journaldato == torsdag


# --- Documents -----------------------------------------------------------------------------------------------------


@pytest.mark.krav("R-4.6")
def test_documents_are_numbered_and_byte_identical(kommune_a):
    from saksgang.lager import queries as lager  # noqa: PLC0415
    from saksgang.lager.commands import lagre_fil  # noqa: PLC0415

    k = kommune_a
    innhold = {f"vedlegg{n}.txt": f"Innhold {n} æøå\n".encode() for n in range(1, 5)}
    for navn, bits in innhold.items():
        legg_ved(k.jp(101, 4), lagre_fil(bits, filnavn=navn), filnavn=navn, av=k["sb.kari"])
    dokumenter = k.jp(101, 4).dokumenter.order_by("nummer")
    assert [(d.nummer, d.tilknytning) for d in dokumenter] == [(1, "H"), (2, "V"), (3, "V"), (4, "V")]
    filer = {d.versjoner.get().filnavn: d.versjoner.get().fil for d in dokumenter}
    assert {navn: lager.innhold(fil) for navn, fil in filer.items()} == innhold
    assert {n: f.sha256 for n, f in filer.items()} == {n: hashlib.sha256(b).hexdigest() for n, b in innhold.items()}


def test_documents_are_reordered_and_taken_off_without_loss(kommune_a):
    k = kommune_a
    jp = k.jp(101, 4)
    for n in range(3):
        legg_ved(jp, tekstfil(f"Fil {n}\n").fil, filnavn=f"f{n}.txt", av=k["sb.kari"])
    a, b, c = jp.dokumenter.order_by("nummer").values_list("pk", flat=True)
    ordne_dokumenter(jp, [c, a, b], av=k["sb.kari"])
    assert list(jp.dokumenter.order_by("nummer").values_list("pk", "tilknytning")) == [(c, "H"), (a, "V"), (b, "V")]
    with pytest.raises(UgyldigInndata):
        ordne_dokumenter(jp, [c, a], av=k["sb.kari"])
    fjern_dokument(jp.dokumenter.get(pk=c), "Feil fil", av=k["sb.kari"])
    assert jp.dokumenter.count() == 3
    assert jp.dokumenter.filter(utgaatt_tid__isnull=True).order_by("nummer").first().tilknytning == "H"


@pytest.mark.parametrize(("status", "feil"), [("F", Avvist), ("J", IkkeTilgang)])
def test_legg_ved_refused_when_locked(kommune_a, status, feil):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", status)
    with pytest.raises(feil):
        legg_ved(jp, tekstfil("Ny\n").fil, filnavn="ny.txt", av=k["sb.kari"])
    assert jp.dokumenter.count() == 1


# --- Rights in a case ----------------------------------------------------------------------------------------------


@pytest.mark.krav("R-10.3.2.3", "R-10.6.2.3")
def test_rights_in_a_case_are_asked_for_granted_and_withdrawn(kommune_a):
    k = kommune_a
    with pytest.raises(IkkeTilgang, match="Be saksansvarlig om rettigheter"):
        opprett_journalpost(k.sak(101), "U", tittel="Brev", av=k["sb.ola"])
    be_om_rettighet(k.sak(101), "skrive", "Vikar for Kari", av=k["sb.ola"])
    with pytest.raises(Avvist, match="allerede bedt"):
        be_om_rettighet(k.sak(101), "skrive", av=k["sb.ola"])
    for hvem in ["sb.ola", "sb.per", "led.nils", "ark.eva"]:
        with pytest.raises(IkkeTilgang):
            gi_rettighet(k.sak(101), k["sb.ola"], "skrive", av=k[hvem])
    rettighet = gi_rettighet(k.sak(101), k["sb.ola"], "skrive", av=k["sb.kari"])
    assert k.sak(101).oensker.get().svar == "gitt"
    assert opprett_journalpost(k.sak(101), "U", tittel="Brev", av=k["sb.ola"]).status == "R"
    trekk_rettighet(rettighet, av=k["sb.kari"])
    with pytest.raises(IkkeTilgang):
        opprett_journalpost(k.sak(101), "U", tittel="Brev", av=k["sb.ola"])
    oenske = be_om_rettighet(k.sak(101), "skrive", av=k["sb.ola"])
    assert avslaa_rettighet(oenske, av=k["led.anne"]).svar == "avslaatt"
    assert list(
        Hendelse.objects.filter(handling__contains="rettighet").order_by("nummer").values_list("handling", flat=True)
    ) == [
        "sak.be_om_rettighet",
        "sak.gi_rettighet",
        "sak.trekke_rettighet",
        "sak.be_om_rettighet",
        "sak.avslaa_rettighet",
    ]


# --- History and numbers -------------------------------------------------------------------------------------------


@pytest.mark.krav("R-10.6.1.11", "R-C.4")
def test_historikk_shows_each_act_once_and_hides_what_the_reader_may_not_see(kommune_a):
    k = kommune_a
    jp = kodet(k, inngaaende(k, k.sak(101), "J", tittel="Hemmelig brev"), "P")
    for_kari = [h.handling for h in historikk(k["sb.kari"], k.sak(101), journalpost=jp)]
    assert for_kari == ["journalpost.avgjoere_skjerming", "journalpost.registrere_arkiv"]
    for hvem in ["les.gry", "sb.per"]:
        synlig = historikk(k[hvem], k.sak(101))
        assert jp.pk not in {h.journalpost_id for h in synlig}
        assert "Hemmelig" not in str([(h.endringer, h.detaljer) for h in synlig])
    assert jp.pk in {h.journalpost_id for h in historikk(k["sb.kari"], k.sak(101))}


@pytest.mark.krav("R-C.4")
def test_log_row_cannot_be_changed_or_removed(kommune_a):
    for setning in ["UPDATE logg_hendelse SET handling = 'x'", "DELETE FROM logg_hendelse"]:
        with pytest.raises(Exception, match="logg"), transaction.atomic(), connection.cursor() as peker:  # noqa: B017
            peker.execute(setning)
    assert Hendelse.objects.exclude(handling="x").exists()


@pytest.mark.krav("R-4.4")
@pytest.mark.django_db(transaction=True)
def test_parallel_journalposter_get_consecutive_numbers_without_gap(kommune_a):
    k = kommune_a
    sak, kari = k.sak(101), k["sb.kari"]
    numre_, feil = [], []

    def opprett(n):
        try:
            numre_.append(opprett_journalpost(sak, "U", tittel=f"Brev {n}", av=kari).journalpostnummer)
        except Exception as unntak:  # noqa: BLE001 - shown below
            feil.append(unntak)
        finally:
            connection.close()

    traader = [threading.Thread(target=opprett, args=(n,)) for n in range(12)]
    for t in traader:
        t.start()
    for t in traader:
        t.join()
    assert feil == []
    assert sorted(numre_) == list(range(6, 18))


@pytest.mark.krav("R-10.10.1")
def test_refused_registration_consumes_no_journal_number(kommune_a):
    k = kommune_a
    foer = inngaaende(k, k.sak(101), "J").journalsekvens
    with pytest.raises(Avvist), transaction.atomic():
        journalfoer(kodet(k, egen(k, k.sak(101), "U", "F"), "XX"), av=k["ark.eva"])
    assert inngaaende(k, k.sak(101), "J").journalsekvens == foer + 1


def test_user_made_today_can_be_a_recipient(kommune_a):
    from saksgang.tilgang.commands import tildel_rolle  # noqa: PLC0415
    from saksgang.tilgang.rules import Rolle  # noqa: PLC0415

    k = kommune_a
    ny = opprett_bruker(brukernavn="sb.ny", navn="Nils Ny", initialer="NN", enhet=k.enhet("TEK"), av=k["adm.root"])
    with pytest.raises(UgyldigInndata):
        egen(k, k.sak(101), "N", "R", interne_mottakere=[ny])
    tildel_rolle(ny, Rolle.SB, enhet=k.enhet("TEK"), av=k["adm.root"])
    jp = egen(k, k.sak(101), "N", "F", interne_mottakere=[ny])
    assert numre(kurver.innboks(ny)) == [str(jp)]
