"""Dispatch: the ways to each recipient, paper at the act, e-mail when the server has taken it, once."""

import datetime as dt

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from saksgang.demo.grunnlag import skjerming
from saksgang.flyt.commands import lag_varsler
from saksgang.flyt.models import Varsel
from saksgang.kjerne.errors import Avvist, IkkeTilgang, UgyldigInndata
from saksgang.lager.commands import lagre_fil
from saksgang.lager.queries import innhold
from saksgang.logg.commands import forsegl_logg
from saksgang.logg.models import Hendelse
from saksgang.offentlighet.commands import avgjoer_skjerming
from saksgang.produksjon.commands import (
    ekspeder,
    ferdigstill,
    ferdigstill_og_ekspeder,
    gjenaapne,
    proev_epost_igjen,
    send_paa_papir,
    signer,
    velg_ekspedering,
)
from saksgang.produksjon.commands.epost import send_ventende, vekk_ekspederinger
from saksgang.produksjon.models import Ekspedering
from saksgang.produksjon.queries.ekspedering import brevets_filer, foreslaatte_koder, mottakere, valgbare_koder
from saksgang.sakarkiv.commands.journalpost import Part, Vedlagt
from saksgang.sakarkiv.models import Journalpost
from tests.jobber import kjoer_jobber
from tests.lager.innhold import pdf
from tests.produksjon import filer
from tests.tilstand import egen

KROA = Part(navn="Kroa AS", adresse="Storgata 14", postnummer="6899", poststed="Fjordvik", epost="post@kroa.example")
NABO = Part(navn="Bakkegata vel", epost="vel@bakkegata.example")


def brev(k, status="R", mottakere=(KROA, NABO), dokumenter=("Brev", "Kart"), **felter):
    """A letter by sb.kari with PDF documents."""
    vedlagt = [Vedlagt(lagre_fil(pdf(), filnavn=f"{navn}.pdf"), f"{navn}.pdf", navn) for navn in dokumenter]
    return egen(k, k.sak(101), "U", status, mottakere=list(mottakere), dokumenter=vedlagt, **felter)


def valg(jp, *koder):
    return {part.pk: list(k) for part, k in zip(mottakere(jp), koder, strict=True)}


def rader(jp):
    return [
        (e.part.navn, e.kode.kode, e.tilstand)
        for e in Ekspedering.objects.filter(utsending__journalpost=jp).select_related("part", "kode").order_by("pk")
    ]


@pytest.mark.krav("R-10.2.2.7", "R-10.3.1.8", "R-8.7")
def test_ferdigstill_og_ekspeder_by_post_is_f_with_the_date_and_way_of_each_recipient(kommune_a):
    k = kommune_a
    jp = brev(k)
    ferdigstill_og_ekspeder(jp, valg=valg(jp, "P", "PH"), offentlighet_vurdert=True, av=k["sb.kari"])
    jp = Journalpost.objects.get(pk=jp.pk)
    assert (jp.status, jp.ekspedert_dato, jp.ekspederingskoder) == ("F", dt.date(2026, 3, 2), ["H", "P"])
    assert rader(jp) == [("Kroa AS", "P", "F"), ("Bakkegata vel", "P", "F"), ("Bakkegata vel", "H", "F")]
    assert set(Ekspedering.objects.values_list("ekspedert_dato", flat=True)) == {dt.date(2026, 3, 2)}
    hendelser = Hendelse.objects.filter(journalpost_id=jp.pk, handling="journalpost.ekspedere").order_by("nummer")
    assert [h.detaljer.get("antall") for h in hendelser] == [None, 3]


def test_ferdigstill_og_ekspeder_does_nothing_when_one_half_is_refused(kommune_a):
    k = kommune_a
    jp = brev(k)
    with pytest.raises(Avvist, match="Offentlighet er ikke vurdert"):
        ferdigstill_og_ekspeder(jp, valg=valg(jp, "P", "P"), av=k["sb.kari"])
    with pytest.raises(UgyldigInndata, match="mangler ekspederingskode"):
        ferdigstill_og_ekspeder(jp, valg=valg(jp, "P", ""), offentlighet_vurdert=True, av=k["sb.kari"])
    jp = Journalpost.objects.get(pk=jp.pk)
    assert (jp.status, jp.ekspedert_dato, rader(jp)) == ("R", None, [])


@pytest.mark.krav("R-10.5.2.1")
def test_post_and_email_together_are_stored_and_the_mail_has_the_pdf(kommune_a, smtp):
    k = kommune_a
    jp = brev(k, "F", mottakere=[KROA])
    ekspeder(jp, valg=valg(jp, "PE"), av=k["sb.kari"])
    assert rader(jp) == [("Kroa AS", "P", "F"), ("Kroa AS", "E", "V")]
    assert DBTaskResult.objects.filter(task_path__endswith="send_epost").count() == 1
    assert (send_ventende(), send_ventende()) == (1, 0)
    (melding,) = smtp.meldinger
    assert (melding["To"], melding["Subject"]) == ("post@kroa.example", f"Svar om gatelys ({jp})")
    vedlegg = list(melding.iter_attachments())
    assert [v.get_filename() for v in vedlegg] == ["01 Brev.pdf", "02 Kart.pdf"]
    lagret = [innhold(d.versjoner.get().fil) for d in jp.dokumenter.order_by("nummer")]
    assert [v.get_content() for v in vedlegg] == lagret
    sendt = Ekspedering.objects.get(kode__kode="E")
    assert (sendt.tilstand, sendt.ekspedert_dato, sendt.meldings_id) == (
        "F",
        dt.date(2026, 3, 2),
        melding["Message-ID"],
    )
    assert melding["Message-ID"].encode() in innhold(sendt.pakke)


@pytest.mark.krav("R-10.5.2.1")
def test_graded_letter_is_refused_by_email_with_the_reason_and_goes_by_post(kommune_a, smtp):
    k = kommune_a
    jp = brev(k, "F", mottakere=[KROA])
    jp = avgjoer_skjerming(jp, skjerming("U", "14"), av=k["led.anne"])
    with pytest.raises(UgyldigInndata, match="skjermet og kan ikke sendes med e-post"):
        ekspeder(jp, valg=valg(jp, "PE"), av=k["sb.kari"])
    assert rader(jp) == []
    ekspeder(jp, valg=valg(jp, "P"), av=k["sb.kari"])
    assert (rader(jp), send_ventende(), smtp.meldinger) == ([("Kroa AS", "P", "F")], 0, [])


def test_letter_graded_while_its_email_waits_is_not_sent(kommune_a, smtp):
    k = kommune_a
    jp = brev(k, "F", mottakere=[KROA])
    ekspeder(jp, valg=valg(jp, "E"), av=k["sb.kari"])
    avgjoer_skjerming(jp, skjerming("U", "14"), av=k["led.anne"])
    assert (send_ventende(), smtp.meldinger) == (0, [])
    rad = Ekspedering.objects.get()
    assert (rad.tilstand, rad.ekspedert_dato) == ("X", None)
    assert "skjermet" in rad.feil


@pytest.mark.parametrize(
    ("part", "koder", "grunn"),
    [
        (Part(navn="Uten adresse"), "E", "mangler e-postadresse"),
        (KROA, "", "mangler ekspederingskode"),
        (KROA, "Q", "finnes ikke i kodelisten"),
    ],
)
def test_ekspeder_refuses_what_cannot_go(kommune_a, part, koder, grunn):
    k = kommune_a
    jp = brev(k, "F", mottakere=[part])
    with pytest.raises(UgyldigInndata, match=grunn):
        ekspeder(jp, valg=valg(jp, koder), av=k["sb.kari"])
    assert rader(jp) == []


def test_enkeltvedtak_by_email_alone_is_refused_and_beside_post_it_may(kommune_a):
    k = kommune_a
    jp = brev(k, "F", mottakere=[KROA])
    Journalpost.objects.filter(pk=jp.pk).update(enkeltvedtak=True)
    jp = k.jp(101, jp.journalpostnummer)
    with pytest.raises(UgyldigInndata, match="bare på e-post"):
        ekspeder(jp, valg=valg(jp, "E"), av=k["sb.kari"])
    ekspeder(jp, valg=valg(jp, "PE"), av=k["sb.kari"])
    assert rader(jp) == [("Kroa AS", "P", "F"), ("Kroa AS", "E", "V")]


def test_ekspeder_refused_before_f_for_notes_twice_and_for_others(kommune_a):
    k = kommune_a
    jp = brev(k, mottakere=[KROA])
    with pytest.raises(Avvist, match="ikke ferdig"):
        ekspeder(jp, valg=valg(jp, "P"), av=k["sb.kari"])
    with pytest.raises(Avvist, match="Bare utgående brev"):
        ekspeder(egen(k, k.sak(101), "N", "F"), av=k["sb.kari"])
    jp = ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"])
    with pytest.raises(IkkeTilgang):
        ekspeder(jp, valg=valg(jp, "P"), av=k["les.gry"])
    ekspeder(jp, valg=valg(jp, "P"), av=k["sb.kari"])
    with pytest.raises(Avvist, match="ekspedert til alle"):
        ekspeder(jp, valg=valg(jp, "P"), av=k["sb.kari"])
    assert rader(jp) == [("Kroa AS", "P", "F")]


def test_gjenaapne_refused_for_what_is_sent_and_takes_waiting_email_back(kommune_a, smtp):
    k = kommune_a
    jp = brev(k, "F", mottakere=[KROA])
    ekspeder(jp, valg=valg(jp, "E"), av=k["sb.kari"])
    gjenaapne(jp, "Feil dato", av=k["sb.kari"])
    assert (rader(jp), send_ventende(), smtp.meldinger) == ([("Kroa AS", "E", "A")], 0, [])
    ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"])
    ekspeder(jp, valg=valg(jp, "E"), av=k["sb.kari"])
    assert send_ventende() == 1
    with pytest.raises(Avvist, match=r"Brevet er sendt. Skriv nytt brev."):
        gjenaapne(Journalpost.objects.get(pk=jp.pk), "Feil dato", av=k["sb.kari"])


def test_email_waits_for_the_archive_copy_and_says_so(kommune_a, smtp, klokka):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "F", mottakere=[KROA])
    ekspeder(jp, valg=valg(jp, "E"), av=k["sb.kari"])
    assert (send_ventende(), smtp.meldinger) == (0, [])
    rad = Ekspedering.objects.get()
    assert (rad.tilstand, rad.forsoek) == ("V", 0)
    assert "Venter på arkivkopien av «Svar om gatelys»" in rad.feil


def test_email_whose_document_cannot_become_pdf_is_given_up_with_the_reason_and_waits_no_longer(kommune_a, smtp):
    k = kommune_a
    skadet = Vedlagt(lagre_fil(filer.skadet(), filnavn="brev.docx"), "brev.docx", "Brev")
    jp = egen(k, k.sak(101), "U", "F", mottakere=[KROA], dokumenter=[skadet])
    ekspeder(jp, valg=valg(jp, "E"), av=k["sb.kari"])
    assert (send_ventende(), Ekspedering.objects.get().tilstand) == (0, "V")
    kjoer_jobber()
    assert [b.hinder.startswith("«Brev» ble ikke PDF.") for b in brevets_filer(jp)] == [True]
    Ekspedering.objects.update(neste_tid=None)
    assert (send_ventende(), smtp.meldinger) == (0, [])
    rad = Ekspedering.objects.get()
    assert rad.tilstand == "X" and "«Brev» ble ikke PDF." in rad.feil and "Send brevet på papir" in rad.feil
    assert Hendelse.objects.filter(handling="journalpost.feile_ekspedering").count() == 1


def test_without_a_mail_server_email_is_neither_offered_proposed_nor_taken_for_sent(kommune_a, settings):
    k = kommune_a
    jp = brev(k, "F", mottakere=[NABO])
    assert foreslaatte_koder(jp, mottakere(jp)[0]) == ["E"]
    ekspeder(jp, valg=valg(jp, "E"), av=k["sb.kari"])
    settings.SAKSGANG_EPOST_SENDES = False
    assert (send_ventende(), mail.outbox) == (0, [])
    rad = Ekspedering.objects.get()
    assert (rad.tilstand, rad.ekspedert_dato, rad.feil) == (
        "V",
        None,
        "E-posttjeneren er ikke satt opp. Kontakt drift.",
    )
    ny = brev(k, "F", mottakere=[NABO])
    assert "E" not in [kode.kode for kode in valgbare_koder()]
    assert foreslaatte_koder(ny, mottakere(ny)[0]) == ["P"]
    with pytest.raises(UgyldigInndata, match="E-posttjeneren er ikke satt opp"):
        ekspeder(ny, valg=valg(ny, "E"), av=k["sb.kari"])


@pytest.mark.parametrize("antall", [1, 4])
def test_brevets_filer_asks_as_much_for_four_documents_as_for_one(kommune_a, django_assert_num_queries, antall):
    jp = brev(kommune_a, dokumenter=[f"Ark {nr}" for nr in range(antall)])
    with django_assert_num_queries(4):
        funnet = brevets_filer(jp)
    assert [b.dokument.tittel for b in funnet if b.fil is not None] == [f"Ark {nr}" for nr in range(antall)]


@pytest.mark.parametrize(("svar", "tilstand", "forsoek"), [("451 Vent litt", "V", 1), ("550 Ukjent mottaker", "X", 1)])
def test_refused_email_is_tried_again_or_given_up_and_the_sender_is_told(kommune_a, smtp, svar, tilstand, forsoek):
    k = kommune_a
    jp = brev(k, "F", mottakere=[KROA])
    ekspeder(jp, valg=valg(jp, "E"), av=k["sb.kari"])
    smtp.avvis = svar
    assert send_ventende() == 0
    rad = Ekspedering.objects.get()
    assert (rad.tilstand, rad.forsoek, rad.ekspedert_dato) == (tilstand, forsoek, None)
    assert svar[:3] in rad.feil
    assert Journalpost.objects.get(pk=jp.pk).ekspedert_dato is None


def test_email_that_fails_too_often_is_given_up_told_and_sent_on_paper_instead(kommune_a, smtp, klokka):
    k = kommune_a
    jp = brev(k, "F", mottakere=[KROA])
    ekspeder(jp, valg=valg(jp, "E"), av=k["sb.kari"])
    smtp.avvis = "451 Vent"
    for time in range(8, 20):
        klokka.move_to(dt.datetime(2026, 3, 2, time, 59, tzinfo=dt.UTC))
        send_ventende()
    rad = Ekspedering.objects.get()
    assert (rad.tilstand, rad.forsoek) == ("X", 6)
    forsegl_logg()
    lag_varsler()
    assert not Varsel.objects.filter(bruker=k["sb.ola"]).exists()
    assert Varsel.objects.get(bruker=k["sb.kari"]).tekst == f"{jp}: en e-post til en mottaker gikk ikke"
    send_paa_papir(rad, av=k["sb.kari"])
    assert rader(jp) == [("Kroa AS", "E", "A"), ("Kroa AS", "P", "F")]
    assert Journalpost.objects.get(pk=jp.pk).ekspedert_dato == dt.date(2026, 3, 2)


def test_proev_epost_igjen_goes_to_the_address_that_the_recipient_has_now(kommune_a, smtp):
    k = kommune_a
    jp = brev(k, "F", mottakere=[KROA])
    ekspeder(jp, valg=valg(jp, "E"), av=k["sb.kari"])
    with pytest.raises(Avvist, match="ikke feilet"):
        proev_epost_igjen(Ekspedering.objects.get(), av=k["sb.kari"])
    smtp.avvis = "550 Ukjent"
    send_ventende()
    smtp.avvis = None
    proev_epost_igjen(Ekspedering.objects.get(), av=k["sb.kari"])
    assert (send_ventende(), smtp.mottakere) == (1, [["post@kroa.example"]])


def test_email_that_a_dead_worker_left_is_not_sent_again_by_itself(kommune_a, smtp, klokka):
    k = kommune_a
    jp = brev(k, "F", mottakere=[KROA])
    ekspeder(jp, valg=valg(jp, "E"), av=k["sb.kari"])
    rad = Ekspedering.objects.get()
    Ekspedering.objects.filter(pk=rad.pk).update(tilstand="K", neste_tid=dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC))
    assert (vekk_ekspederinger(), send_ventende()) == (0, 0)
    klokka.move_to(dt.datetime(2026, 3, 2, 8, 11, tzinfo=dt.UTC))
    assert (vekk_ekspederinger(), send_ventende(), smtp.meldinger) == (1, 0, [])
    assert "usikkert om e-posten gikk" in Ekspedering.objects.get().feil


def test_foreslaatte_koder_is_email_only_where_that_is_all_one_has(kommune_a):
    k = kommune_a
    jp = brev(k)
    assert [foreslaatte_koder(jp, p) for p in mottakere(jp)] == [["P"], ["E"]]
    kodet = avgjoer_skjerming(brev(k, "F"), skjerming("U", "14"), av=k["led.anne"])
    assert [foreslaatte_koder(kodet, p) for p in mottakere(kodet)] == [["P"], ["P"]]
    velg_ekspedering(jp, valg(jp, "PE", "P"), av=k["sb.kari"])
    assert [foreslaatte_koder(jp, p) for p in mottakere(jp)] == [["P", "E"], ["P"]]


def test_telefax_is_offered_when_one_was_sent_in_the_last_year(kommune_a, klokka):
    k = kommune_a
    assert "F" not in [kode.kode for kode in valgbare_koder()]
    jp = brev(k, "F", mottakere=[KROA])
    ekspeder(jp, valg=valg(jp, "F"), av=k["sb.kari"])
    assert "F" in [kode.kode for kode in valgbare_koder()]
    klokka.move_to(dt.datetime(2027, 3, 4, 8, 0, tzinfo=dt.UTC))
    assert "F" not in [kode.kode for kode in valgbare_koder()]


@pytest.mark.krav("R-8.6")
def test_signer_notes_who_when_and_how(kommune_a):
    k = kommune_a
    jp = brev(k)
    signer(jp, k["led.anne"], dato=dt.date(2026, 3, 2), maate="H", av=k["sb.kari"])
    jp = Journalpost.objects.get(pk=jp.pk)
    assert (jp.signert_av, jp.signert_dato, jp.signaturmaate) == (k["led.anne"], dt.date(2026, 3, 2), "H")
    with pytest.raises(UgyldigInndata, match="fremtiden"):
        signer(jp, k["led.anne"], dato=dt.date(2026, 3, 3), maate="H", av=k["sb.kari"])
    with pytest.raises(IkkeTilgang):
        signer(brev(k, "F"), k["led.anne"], dato=dt.date(2026, 3, 2), maate="H", av=k["les.gry"])
    with pytest.raises(Avvist, match="Bare egne dokumenter"):
        signer(k.jp(101, 1), k["led.anne"], dato=dt.date(2026, 3, 2), maate="H", av=k["ark.eva"])
