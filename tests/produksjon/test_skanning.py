"""Scanning orders: a placeholder on a letter, paper for a case, done by the archive or sent as paper."""

import pytest

from saksgang.flyt.commands import lag_varsler
from saksgang.flyt.models import Varsel
from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang, UgyldigInndata
from saksgang.lager.commands import lagre_fil
from saksgang.logg.commands import forsegl_logg
from saksgang.produksjon.commands import (
    avbryt_skanning,
    bestill_skanning,
    ferdigstill,
    sett_paa_papir,
    utfoer_skanning,
)
from saksgang.produksjon.models import Skanneordre
from saksgang.produksjon.queries.ekspedering import brevets_filer
from saksgang.produksjon.queries.skanning import hent_ordre, til_skanning
from saksgang.sakarkiv.commands.dokument import ny_versjon
from tests.lager.innhold import pdf
from tests.tilstand import egen, inngaaende, kodet

VENTER = "Vedlegg 1 «Avisutklipp» venter på skanning. La arkivet skanne det, eller merk «på papir»."


def skann():
    return lagre_fil(pdf(), filnavn="skann.pdf")


def dokumenter(jp):
    return [
        (d.nummer, d.tittel, d.kilde, d.versjoner.count())
        for d in jp.dokumenter.filter(utgaatt_tid__isnull=True).order_by("nummer")
    ]


@pytest.mark.krav("R-10.2.2.4b", "R-10.3.1.5", "R-10.3.2.6", "R-10.6.1.5", "R-10.6.2.6")
@pytest.mark.parametrize("type_", ["U", "N", "X"])
def test_placeholder_stops_f_until_the_archive_has_scanned_it(kommune_a, type_):
    k = kommune_a
    jp = egen(k, k.sak(101), type_, "R")
    ordre = bestill_skanning(jp, "Avisutklipp", av=k["sb.kari"])
    assert dokumenter(jp) == [(1, "Svar om gatelys", "O", 1), (2, "Avisutklipp", "S", 0)]
    assert list(til_skanning(k["ark.eva"])) == [ordre]
    with pytest.raises(Avvist) as nektet:
        ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"])
    assert nektet.value.setninger == [VENTER]
    utfoer_skanning(ordre, skann(), filnavn="skann.pdf", av=k["ark.eva"])
    assert dokumenter(jp) == [(1, "Svar om gatelys", "O", 1), (2, "Avisutklipp", "O", 1)]
    assert list(til_skanning(k["ark.eva"])) == []
    assert ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"]).status == "F"


@pytest.mark.krav("R-10.2.2.4b")
def test_placeholder_marked_on_paper_lets_f_through_and_the_print_leaves_it_out(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R")
    ordre = bestill_skanning(jp, "Avisutklipp", av=k["sb.kari"])
    with pytest.raises(IkkeTilgang):
        sett_paa_papir(ordre, av=k["ark.eva"])
    ordre = sett_paa_papir(ordre, av=k["sb.kari"])
    assert (ordre.tilstand, dokumenter(jp)[1]) == ("P", (2, "Avisutklipp", "P", 0))
    assert ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"]).status == "F"
    assert [brevfil.dokument.nummer for brevfil in brevets_filer(jp)] == [1]


@pytest.mark.krav("R-8.3")
@pytest.mark.django_db(transaction=True)
def test_order_for_a_case_is_done_with_the_file_on_the_journalpost_and_the_orderer_told(kommune_a):
    k = kommune_a
    ordre = bestill_skanning(k.sak(101), "Telefaks om skjenketider", av=k["sb.kari"])
    assert [(o.objekt, o.beskrivelse) for o in til_skanning(k["ark.eva"])] == [(k.sak(101), "Telefaks om skjenketider")]
    assert list(til_skanning(k["sb.kari"])) == []
    with pytest.raises(IkkeTilgang):
        utfoer_skanning(ordre, skann(), filnavn="skann.pdf", journalpost=k.jp(101, 1), av=k["sb.kari"])
    with pytest.raises(UgyldigInndata, match="Velg journalposten i 2026/101"):
        utfoer_skanning(ordre, skann(), filnavn="skann.pdf", journalpost=k.jp(104, 1), av=k["ark.eva"])
    ordre = utfoer_skanning(ordre, skann(), filnavn="skann.pdf", journalpost=k.jp(101, 1), av=k["ark.eva"])
    assert (ordre.get_tilstand_display(), ordre.utfoert_av, ordre.merknad) == (
        "Utført",
        k["ark.eva"],
        "Registrert som 2026/101-1",
    )
    assert dokumenter(k.jp(101, 1))[-1][1:] == ("Telefaks om skjenketider", "O", 1)
    forsegl_logg()
    lag_varsler()
    assert list(Varsel.objects.values_list("bruker__brukernavn", "tekst", "grunn")) == [
        ("sb.kari", "2026/101-1: papiret er skannet av Eva Strand", "Du bestilte skanning.")
    ]


def test_order_is_done_once_and_its_placeholder_takes_no_other_file(kommune_a):
    k = kommune_a
    ordre = bestill_skanning(egen(k, k.sak(101), "U", "R"), "Kart", av=k["sb.kari"])
    with pytest.raises(Avvist, match="«Kart» venter på skanning. Avbestill"):
        ny_versjon(ordre.dokument, skann(), filnavn="skann.pdf", av=k["sb.kari"])
    utfoer_skanning(ordre, skann(), filnavn="skann.pdf", av=k["ark.eva"])
    for igjen in (
        lambda: utfoer_skanning(ordre, skann(), filnavn="skann.pdf", av=k["ark.eva"]),
        lambda: sett_paa_papir(ordre, av=k["sb.kari"]),
        lambda: avbryt_skanning(ordre, "Feil", av=k["sb.kari"]),
    ):
        with pytest.raises(Avvist, match="Bestillingen er avsluttet: utført"):
            igjen()


def test_avbryt_skanning_takes_the_placeholder_away_and_only_with_a_reason(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R")
    ordre = bestill_skanning(jp, "Kart", av=k["sb.kari"])
    with pytest.raises(UgyldigInndata, match="Begrunnelse mangler"):
        avbryt_skanning(ordre, " ", av=k["sb.kari"])
    avbryt_skanning(ordre, "Funnet på nett", av=k["sb.kari"])
    assert (Skanneordre.objects.get().tilstand, dokumenter(jp)) == ("A", [(1, "Svar om gatelys", "O", 1)])
    saksordre = bestill_skanning(k.sak(101), "Tegning", av=k["sb.kari"])
    with pytest.raises(IkkeTilgang):
        avbryt_skanning(saksordre, "Nei", av=k["sb.ola"])
    assert avbryt_skanning(saksordre, "Feil sak", av=k["sb.kari"]).tilstand == "A"


def test_bestill_skanning_refuses_a_finished_letter_and_an_empty_description(kommune_a):
    k = kommune_a
    with pytest.raises(UgyldigInndata, match="hva papiret er"):
        bestill_skanning(k.sak(101), "  ", av=k["sb.kari"])
    with pytest.raises(Avvist, match="ferdigstilt og låst"):
        bestill_skanning(egen(k, k.sak(101), "U", "F"), "Kart", av=k["sb.kari"])
    with pytest.raises(Avvist, match="Bestill skanning på saken"):
        bestill_skanning(inngaaende(k, k.sak(101), "J"), "Kart", av=k["ark.eva"])
    assert not Skanneordre.objects.exists()


def test_order_is_seen_by_those_who_see_its_journalpost(kommune_a):
    k = kommune_a
    jp = kodet(k, egen(k, k.sak(101), "U", "R"), "P")
    ordre = bestill_skanning(jp, "Legeerklæring", av=k["sb.kari"])
    aapen = bestill_skanning(k.sak(101), "Kart", av=k["sb.kari"])
    assert hent_ordre(k["sb.kari"], ordre.pk) == ordre
    assert hent_ordre(k["les.gry"], aapen.pk) == aapen
    with pytest.raises(IkkeFunnet):
        hent_ordre(k["les.gry"], ordre.pk)
