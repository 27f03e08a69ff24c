"""A letter to many: merged for each, once; the package in order; e-mail with one's own; what was finished stays."""

import io

import pypdfium2
import pytest
from django_tasks_db.models import DBTaskResult

from saksgang.demo.grunnlag import skjerming
from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang
from saksgang.lager.commands import lagre_fil
from saksgang.offentlighet.commands import avgjoer_skjerming
from saksgang.produksjon.commands import (
    ekspeder,
    ferdigstill,
    flett_igjen,
    flett_ventende,
    lag_dokument,
    vekk_mottakerbrev,
)
from saksgang.produksjon.commands.epost import send_ventende
from saksgang.produksjon.commands.mottakerbrev import _flett_gruppe
from saksgang.produksjon.models import Ekspedering, Mottakerbrev, Tekstmal, Utsending
from saksgang.produksjon.queries.ekspedering import brevets_filer, mottakere
from saksgang.produksjon.queries.utsending import fremdrift, hent_utsending, mottakerlinjer
from saksgang.produksjon.queries.utskrift import pakkeutskrift
from saksgang.sakarkiv.commands.dokument import legg_ved, ny_versjon
from saksgang.sakarkiv.commands.journalpost import Part, opprett_journalpost
from saksgang.sakarkiv.models import Dokumentversjon
from tests.jobber import kjoer_jobber
from tests.lager.innhold import pdf
from tests.produksjon import docx

KROA = Part(navn="Kroa AS", adresse="Storgata 14", postnummer="6899", poststed="Fjordvik")
VEL = Part(navn="Bakkegata vel", adresse="Bakkegata 2", postnummer="6899", poststed="Fjordvik", epost="vel@b.example")
KOPI = Part(navn="Politiet", adresse="Kaiveien 2", postnummer="6899", poststed="Fjordvik", kopi=True)


def naboer(antall):
    return [
        Part(navn=f"Nabo {n}", adresse=f"Bakkegata {n}", postnummer="6899", poststed="Fjordvik") for n in range(antall)
    ]


def brev(k, parter, *, vedlegg=True):
    """A finished letter by sb.kari from a template, with a map of one page."""
    jp = opprett_journalpost(k.sak(101), "U", tittel="Nabovarsel", mottakere=parter, av=k["sb.kari"])
    lag_dokument(jp, Tekstmal.objects.get(kode="brev", spraak="nb"), av=k["sb.kari"])
    if vedlegg:
        legg_ved(jp, lagre_fil(pdf(), filnavn="kart.pdf"), filnavn="kart.pdf", tittel="Kart", av=k["sb.kari"])
    return ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"])


def valg(jp, **koder):
    return {part.pk: list(koder.get(part.navn.split()[0].lower(), "P")) for part in mottakere(jp)}


def sider(innhold):
    return [side.get_textpage().get_text_bounded() for side in pypdfium2.PdfDocument(innhold)]


def pakker(utsending, **valgt):
    ut = io.BytesIO()
    pakkeutskrift(utsending, brevets_filer(utsending.journalpost), ut, **valgt)
    return sider(ut.getvalue())


def hvem(side):
    return next((navn for navn in ("Storgata 14", "Bakkegata 2", "etter liste") if navn in side), "Kart")


@pytest.mark.krav("R-8.7", "R-10.2.2.7", "R-10.5.2.1")
def test_each_recipient_gets_a_package_of_ones_own_in_order_and_ones_own_pdf_by_email(kommune_a, smtp):
    k = kommune_a
    jp = brev(k, [KROA, VEL, KOPI])
    versjoner = Dokumentversjon.objects.filter(dokument__journalpost=jp, variantformat="P").count()
    utsending = ekspeder(jp, valg=valg(jp, bakkegata="PE"), av=k["sb.kari"])
    assert (utsending.flettes, utsending.likt_til_alle) == (True, "")
    with pytest.raises(Avvist, match="er ikke ferdige|har ingen PDF ennå"):
        pakker(utsending)
    kjoer_jobber()
    assert [hvem(side) for side in pakker(utsending)] == [
        *("Storgata 14", "Kart"),
        *("Bakkegata 2", "Kart"),
        *("etter liste", "Kart"),
    ]
    assert [hvem(side) for side in pakker(utsending, bare=mottakere(jp)[1].pk)] == ["Bakkegata 2", "Kart"]
    with pytest.raises(IkkeFunnet):
        pakker(utsending, bare=0)
    Ekspedering.objects.update(neste_tid=None)
    send_ventende()
    (melding,) = smtp.meldinger
    egen, kart = (vedlegg.get_content() for vedlegg in melding.iter_attachments())
    assert hvem(sider(egen)[0]) == "Bakkegata 2"
    assert "Storgata 14" not in sider(egen)[0]
    assert hvem(sider(kart)[0]) == "Kart"
    # What is archived is the letter as it was finished.
    assert Dokumentversjon.objects.filter(dokument__journalpost=jp, variantformat="P").count() == versjoner
    tall = fremdrift(utsending)
    assert (tall.mottakere, tall.brev, tall.flettet, tall.pdf, tall.epost_sendt, tall.ferdig) == (3, 2, 2, 2, 1, True)


def test_packages_for_duplex_printing_begin_each_on_a_sheet_of_its_own(kommune_a):
    k = kommune_a
    utsending = ekspeder(brev(k, naboer(2), vedlegg=False), av=k["sb.kari"])
    kjoer_jobber()
    assert ["Bakkegata" in side for side in pakker(utsending)] == [True, True]
    assert ["Bakkegata" in side for side in pakker(utsending, tosidig=True)] == [True, False, True, False]


def test_worker_that_stops_half_way_leaves_what_it_merged_and_nobody_gets_two(kommune_a):
    k = kommune_a
    utsending = ekspeder(brev(k, naboer(23), vedlegg=False), av=k["sb.kari"])
    assert DBTaskResult.objects.filter(task_path__endswith="flett_mottakerbrev").count() == 1
    assert _flett_gruppe(utsending.pk) == 20
    assert (fremdrift(utsending).flettet, fremdrift(utsending).ferdig) == (20, False)
    DBTaskResult.objects.all().delete()
    assert vekk_mottakerbrev() == 1
    assert DBTaskResult.objects.filter(task_path__endswith="flett_mottakerbrev").count() == 1
    assert (flett_ventende(), flett_ventende()) == (3, 0)
    assert sorted(Mottakerbrev.objects.values_list("part__navn", flat=True)) == sorted(f"Nabo {n}" for n in range(23))
    assert Utsending.objects.get().brev_ferdig_tid is not None
    assert vekk_mottakerbrev() == 0


@pytest.mark.parametrize("hvordan", ["opplastet", "uten merker"])
def test_letter_that_cannot_be_merged_goes_to_all_as_it_stands_and_says_why(kommune_a, hvordan):
    k = kommune_a
    jp = opprett_journalpost(k.sak(101), "U", tittel="Nabovarsel", mottakere=[KROA, VEL], av=k["sb.kari"])
    if hvordan == "opplastet":
        legg_ved(jp, lagre_fil(pdf(), filnavn="brev.pdf"), filnavn="brev.pdf", av=k["sb.kari"])
    else:
        dokument = lag_dokument(jp, Tekstmal.objects.get(kode="brev", spraak="nb"), av=k["sb.kari"])
        ny_versjon(dokument, lagre_fil(docx.lag("Min tekst"), filnavn="x.docx"), filnavn="x.docx", av=k["sb.kari"])
    jp = ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"])
    utsending = ekspeder(jp, av=k["sb.kari"])
    hvorfor = "ikke laget fra en tekstmal" if hvordan == "opplastet" else "Merkene rundt teksten er borte"
    assert (utsending.flettes, hvorfor in utsending.likt_til_alle) == (False, True)
    kjoer_jobber()
    assert len(pakker(utsending)) == 2


def test_letters_that_fail_say_so_stop_the_email_and_are_made_anew(kommune_a, smtp):
    k = kommune_a
    jp = brev(k, [KROA, VEL], vedlegg=False)
    utsending = ekspeder(jp, valg=valg(jp, bakkegata="E"), av=k["sb.kari"])
    with pytest.raises(Avvist, match="Ingen brev har feilet"):
        flett_igjen(utsending, av=k["sb.kari"])
    kjoer_jobber()
    # A child process that runs out of time leaves this; nothing in the test can make one do so.
    Mottakerbrev.objects.all().delete()
    Utsending.objects.update(brev_feil="Flettingen tok for lang tid og ble stoppet.", brev_ferdig_tid=None)
    Ekspedering.objects.filter(kode__kode="E").update(tilstand="V", neste_tid=None)
    smtp.meldinger.clear()
    assert (flett_ventende(), send_ventende(), smtp.meldinger) == (0, 0, [])
    assert "Flettingen tok for lang tid" in Ekspedering.objects.get(kode__kode="E").feil
    utsending.refresh_from_db()
    with pytest.raises(Avvist, match="Brevene er ikke laget"):
        pakker(utsending)
    with pytest.raises(IkkeTilgang):
        flett_igjen(utsending, av=k["les.gry"])
    flett_igjen(utsending, av=k["sb.kari"])
    kjoer_jobber()
    utsending.refresh_from_db()
    assert (utsending.brev_feil, len(pakker(utsending))) == ("", 1)


def test_dispatch_is_unseen_where_the_letter_is(kommune_a):
    k = kommune_a
    jp = brev(k, [KROA, VEL], vedlegg=False)
    utsending = ekspeder(jp, av=k["sb.kari"])
    assert hent_utsending(k["les.gry"], utsending.pk) == utsending
    avgjoer_skjerming(jp, skjerming("P", "13-fvl1"), av=k["led.anne"])
    with pytest.raises(IkkeFunnet):
        hent_utsending(k["les.gry"], utsending.pk)


@pytest.mark.parametrize("antall", [2, 6])
def test_dispatch_page_asks_as_much_for_six_recipients_as_for_two(kommune_a, django_assert_num_queries, antall):
    k = kommune_a
    utsending = ekspeder(brev(k, naboer(antall), vedlegg=False), av=k["sb.kari"])
    flett_ventende()
    with django_assert_num_queries(11):
        assert fremdrift(utsending).flettet == antall
        assert len(mottakerlinjer(utsending)) == antall
