"""Writing an answer: the document that comes with it, another template or title, a registration from a template."""

import pytest

from saksgang.flyt.commands import send_til_godkjenning
from saksgang.kjerne.errors import Avvist, IkkeTilgang, UgyldigInndata
from saksgang.produksjon.commands import (
    begynn_svar,
    bytt_mal,
    ekspeder,
    ferdigstill,
    gi_tittel,
    opprett_fra_mal,
    skriv_ren_tekst,
)
from saksgang.produksjon.models import Tekst, Tekstmal
from saksgang.sakarkiv.commands.journalpost import Part
from saksgang.sakarkiv.models import Journalpost
from tests.produksjon import docx
from tests.tilstand import egen

KROA = Part(navn="Kroa AS", adresse="Storgata 14", postnummer="6899", poststed="Fjordvik")


def mal(kode, spraak="nb"):
    return Tekstmal.objects.get(kode=kode, spraak=spraak)


def svaret(k, nr=1, maate="E"):
    """An answer by sb.kari with its document, and the document's text."""
    jp = begynn_svar(k.jp(101, nr), maate, av=k["sb.kari"])
    return jp, jp.dokumenter.get(), Tekst.objects.get(dokument__journalpost=jp)


def skriv(k, dokument, ord_, av="sb.kari"):
    return skriv_ren_tekst(dokument, ord_, utgave=Tekst.objects.get(dokument=dokument).utgave, av=k[av])


@pytest.mark.krav("R-10.2.2.2a", "R-10.2.2.2b", "R-10.2.2.3b")
@pytest.mark.parametrize(("maate", "kode"), [("E", "brev"), ("F", "foreloepig-svar"), ("U", "brev")])
def test_begynn_svar_makes_the_document_from_the_template_for_that_kind_of_answer(kommune_a, maate, kode):
    jp, dokument, tekst = svaret(kommune_a, maate=maate)
    assert (tekst.malversjon.mal.kode, tekst.malversjon.mal.spraak) == (kode, "nb")
    assert (dokument.tilknytning, dokument.kilde, dokument.tittel) == ("H", "M", jp.tittel)
    ordene = "\n".join(docx.tekst(dokument))
    assert [o for o in ("Kroa AS", "2026/101-6", jp.tittel, "Kari Lunde") if o not in ordene] == []


def test_begynn_svar_leaves_nothing_where_besvar_refuses(kommune_a):
    k = kommune_a
    antall = Journalpost.objects.count()
    with pytest.raises(IkkeTilgang):
        begynn_svar(k.jp(101, 1), "E", av=k["sb.ola"])
    assert (Journalpost.objects.count(), Tekst.objects.count()) == (antall, 0)


@pytest.mark.krav("R-10.2.2.2d")
def test_begynn_svar_to_a_note_is_a_note_to_its_writer(kommune_a):
    k = kommune_a
    svar = begynn_svar(k.jp(102, 1), "N", journalposttype="X", av=k["sb.kari"])
    tekst = Tekst.objects.get(dokument__journalpost=svar)
    assert "X" in tekst.malversjon.mal.typer
    assert "Per Dahl" in "\n".join(docx.tekst(tekst.dokument))


def test_skriv_ren_tekst_is_what_the_finished_document_says(kommune_a):
    k = kommune_a
    jp, dokument, _ = svaret(k)
    skriv(k, dokument, "# Vurdering\n\nVi gir **bevilling**.\n\n- Kart\n- Tegning")
    ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"])
    linjer = docx.tekst(dokument)
    fra = linjer.index("Vurdering")
    assert linjer[fra : fra + 4] == ["Vurdering", "Vi gir bevilling.", "Kart", "Tegning"]


def test_bytt_mal_keeps_what_is_written_and_marks_a_decision(kommune_a):
    k = kommune_a
    jp, dokument, _ = svaret(k)
    skriv(k, dokument, "Avslag fordi")
    tekst = bytt_mal(dokument, mal("avslag-innsyn"), av=k["sb.kari"])
    assert (tekst.brodtekst, tekst.malversjon.mal.kode) == ("<p>Avslag fordi</p>", "avslag-innsyn")
    jp.refresh_from_db()
    assert jp.enkeltvedtak == mal("avslag-innsyn").enkeltvedtak
    ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"])
    assert "Avslag fordi" in docx.tekst(dokument)


def test_bytt_mal_gives_an_untouched_text_the_new_template_s_own(kommune_a):
    k = kommune_a
    _, dokument, tekst = svaret(k)
    foer = tekst.brodtekst
    ny = bytt_mal(dokument, mal("foreloepig-svar"), av=k["sb.kari"])
    assert ny.brodtekst != foer
    assert ny.utgave == 2


def test_bytt_mal_refused_for_another_type_the_same_and_while_it_is_with_its_approver(kommune_a):
    k = kommune_a
    jp, dokument, _ = svaret(k)
    with pytest.raises(UgyldigInndata, match="er ikke for utgående"):
        bytt_mal(dokument, mal("notat-n"), av=k["sb.kari"])
    with pytest.raises(Avvist, match="allerede laget fra malen"):
        bytt_mal(dokument, mal("brev"), av=k["sb.kari"])
    send_til_godkjenning(jp, k["led.anne"], av=k["sb.kari"])
    with pytest.raises(Avvist, match="godkjenning"):
        bytt_mal(dokument, mal("foreloepig-svar"), av=k["sb.kari"])
    assert Tekst.objects.get(dokument=dokument).malversjon.mal.kode == "brev"


def test_gi_tittel_names_the_main_document_with_it_and_no_other(kommune_a):
    k = kommune_a
    jp, dokument, _ = svaret(k)
    gi_tittel(jp, "Svar på søknad om skjenkebevilling", av=k["sb.kari"])
    dokument.refresh_from_db()
    assert dokument.tittel == "Svar på søknad om skjenkebevilling"
    egen_ = egen(k, k.sak(101), "U", "R", tittel="Svar om lys")
    annet = egen_.dokumenter.get()
    type(annet).objects.filter(pk=annet.pk).update(tittel="Vedtaket")
    gi_tittel(egen_, "Svar om gatelys", av=k["sb.kari"])
    annet.refresh_from_db()
    assert annet.tittel == "Vedtaket"


def test_opprett_fra_mal_leaves_nothing_where_the_template_is_not_for_the_type(kommune_a):
    k = kommune_a
    antall = Journalpost.objects.count()
    with pytest.raises(UgyldigInndata, match="er ikke for utgående"):
        opprett_fra_mal(k.sak(101), "U", mal=mal("notat-n"), tittel="Svar om lys", mottakere=[KROA], av=k["sb.kari"])
    assert Journalpost.objects.count() == antall


@pytest.mark.krav("A-13")
def test_ekspeder_another_way_than_planned_writes_off_with_the_code_of_the_way_it_went(kommune_a, settings):
    settings.SAKSGANG_EPOST_SENDES = True
    k = kommune_a
    jp, dokument, _ = svaret(k)
    skriv(k, dokument, "Takk for søknaden.")
    ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"])
    mottaker = k.mottaker(k.jp(101, 1))
    assert mottaker.avskrivning.maate.kode == "BU"
    part = jp.parter.get()
    type(part).objects.filter(pk=part.pk).update(epost="post@kroa.example")
    ekspeder(Journalpost.objects.get(pk=jp.pk), valg={part.pk: ["E"]}, av=k["sb.kari"])
    assert k.mottaker(k.jp(101, 1)).avskrivning.maate.kode == "BE"
