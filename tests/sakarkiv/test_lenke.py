"""Attachments linked from another journalpost: one file in the store, seen only by those who see both places."""

import pytest

from saksgang.demo.grunnlag import skjerming, tekstfil
from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang, UgyldigInndata
from saksgang.lager.models import Fil
from saksgang.logg.models import Hendelse
from saksgang.offentlighet.commands import avgjoer_skjerming, sperr_midlertidig
from saksgang.offentlighet.queries.offentlig import dokument as offentlig_fil
from saksgang.offentlighet.queries.offentlig import oppfoering
from saksgang.produksjon.commands import ekspeder, ferdigstill
from saksgang.sakarkiv.commands.dokument import endre_dokumenttittel, fjern_dokument, legg_ved, ny_versjon
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.commands.journalfoering import journalfoer, utgaa
from saksgang.sakarkiv.commands.journalpost import Part
from saksgang.sakarkiv.commands.lenke import lenk_dokumenter
from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Journalpost
from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.queries.lenker import hent_lenkbare, lenkbare
from tests.jobber import kontroller_alle
from tests.tilstand import egen, inngaaende, kodet


def kilde(k, jp):
    (funnet,) = hent_lenkbare(k["sb.kari"], [jp.dokumenter.order_by("nummer").first().pk])
    return funnet


def titler(k, hvem, jp):
    return [(d.nummer, d.tittel, len(d.alle_versjoner)) for d in saker.dokumenter(k[hvem], jp)]


@pytest.mark.krav("R-10.2.2.4a", "R-10.3.1.5", "R-10.3.2.6", "R-10.6.1.5", "R-10.6.2.6")
@pytest.mark.parametrize("type_", ["U", "N", "X"])
def test_two_uploads_and_a_link_are_attachments_1_to_3_and_the_linked_file_is_in_the_store_once(kommune_a, type_):
    k = kommune_a
    jp = egen(k, k.sak(101), type_, "R", dokumenter=[tekstfil("Brev\n")])
    for navn in ("Kart", "Tegning"):
        fil = tekstfil(f"{navn}\n").fil
        legg_ved(jp, fil, filnavn=f"{navn}.txt", tittel=navn, av=k["sb.kari"])
    filer_foer = Fil.objects.count()
    lenk_dokumenter(jp, [kilde(k, k.jp(101, 1))], av=k["sb.kari"])
    rader = jp.dokumenter.filter(tilknytning="V").order_by("nummer")
    soeknad = k.jp(101, 1).dokumenter.get()
    assert [(d.nummer - 1, d.tittel, d.kilde) for d in rader] == [
        (1, "Kart", "O"),
        (2, "Tegning", "O"),
        (3, soeknad.tittel, "L"),
    ]
    assert Fil.objects.count() == filer_foer
    assert rader[2].versjoner.get().fil_id == soeknad.versjoner.get().fil_id
    (hendelse,) = Hendelse.objects.filter(journalpost_id=jp.pk, detaljer__has_key="lenket")
    assert hendelse.detaljer == {"lenket": ["dokument 4 fra 2026/101-1 dokument 1"]}


def test_lenk_dokumenter_refuses_what_is_unfinished_withdrawn_blocked_or_here_already(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R")
    utkast = egen(k, k.sak(101), "N", "R")
    sperret = sperr_midlertidig(inngaaende(k, k.sak(101), "J"), av=k["ark.eva"])
    borte = utgaa(inngaaende(k, k.sak(101), "J"), "Feil", av=k["ark.eva"])
    for fra, hvorfor in (
        (utkast, "er ikke ferdig"),
        (sperret, "er ikke besluttet"),
        (borte, "er utgått"),
        (jp, "ligger på .* allerede"),
    ):
        with pytest.raises(Avvist, match=hvorfor):
            lenk_dokumenter(jp, [kilde(k, k.jp(101, 1)), kilde(k, fra)], av=k["sb.kari"])
    assert jp.dokumenter.count() == 1
    lenk_dokumenter(jp, [kilde(k, k.jp(101, 1))], av=k["sb.kari"])
    with pytest.raises(Avvist, match="allerede"):
        lenk_dokumenter(jp, [kilde(k, k.jp(101, 1))], av=k["sb.kari"])
    with pytest.raises(Avvist, match="låst"):
        lenk_dokumenter(ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"]), [], av=k["sb.kari"])


@pytest.mark.krav("R-7.2.2")
def test_graded_document_is_linked_only_to_what_is_graded_as_it_is(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R")
    fra = kodet(k, inngaaende(k, k.sak(101), "J"), "P")
    with pytest.raises(Avvist, match="har tilgangskode P .* samme tilgangskode med «Gradering»"):
        lenk_dokumenter(jp, [kilde(k, fra)], av=k["sb.kari"])
    with pytest.raises(IkkeTilgang):
        lenk_dokumenter(inngaaende(k, k.sak(101), "J"), [kilde(k, fra)], av=k["les.gry"])
    with pytest.raises(IkkeFunnet):
        lenk_dokumenter(egen(k, k.sak(102), "N", "R", av=k["sb.per"]), [kilde(k, fra)], av=k["sb.per"])
    jp = avgjoer_skjerming(jp, skjerming("P", "13-fvl1"), av=k["led.anne"])
    assert [d.kilde for d in lenk_dokumenter(jp, [kilde(k, fra)], av=k["sb.kari"])] == ["L"]
    annen = inngaaende(k, k.sak(101), "J", enhet=k.enhet("VAR"))
    annen = kodet(k, annen, "P")
    jp.refresh_from_db()
    assert [d.kilde for d in lenk_dokumenter(jp, [kilde(k, annen)], av=k["sb.kari"])] == ["L"]
    i_var = egen(k, k.sak(101), "U", "R", enhet=k.enhet("VAR"))
    i_var = avgjoer_skjerming(i_var, skjerming("P", "13-fvl1"), av=k["led.anne"])
    with pytest.raises(Avvist, match="i en annen enhet"):
        lenk_dokumenter(i_var, [kilde(k, fra)], av=k["sb.kari"])


@pytest.mark.krav("R-7.2.2")
def test_grading_the_source_later_closes_the_link_too_and_stops_email_print_and_finishing(kommune_a, smtp):
    k = kommune_a
    fra = inngaaende(k, k.sak(101), "J", tittel="Legeerklæring om søkeren")
    jp = egen(k, k.sak(101), "U", "F", mottakere=[Part(navn="Kroa AS", epost="post@kroa.example")])
    utkast = egen(k, k.sak(101), "U", "R")
    jp_r = egen(k, k.sak(101), "U", "R", mottakere=[Part(navn="Kroa AS", epost="post@kroa.example")])
    for maal in (utkast, jp_r):
        lenk_dokumenter(maal, [kilde(k, fra)], av=k["sb.kari"])
    jp = ferdigstill(jp_r, offentlighet_vurdert=True, av=k["sb.kari"])
    lenket = Dokumentversjon.objects.get(dokument__journalpost=jp, dokument__kilde="L")
    assert titler(k, "les.gry", jp)[1] == (2, "Legeerklæring om søkeren", 1)
    assert saker.hent_versjon(k["les.gry"], lenket.pk) == lenket
    kodet(k, fra, "P")
    assert titler(k, "les.gry", jp)[1] == (2, "Skjermet vedlegg", 0)
    with pytest.raises(IkkeFunnet):
        saker.hent_versjon(k["les.gry"], lenket.pk)
    with pytest.raises(IkkeFunnet):
        saker.hent_dokument(k["les.gry"], lenket.dokument_id)
    assert saker.hent_versjon(k["led.anne"], lenket.pk) == lenket
    svar = k.klient("les.gry").get(f"/journalposter/{jp.pk}/utskrift/")
    assert (svar.status_code, "skjermet for deg" in svar.content.decode()) == (409, True)
    with pytest.raises(UgyldigInndata, match="lenket vedlegg er skjermet"):
        ekspeder(jp, valg={p.pk: ["E"] for p in jp.parter.all()}, av=k["sb.kari"])
    with pytest.raises(Avvist, match="Dokument 2 er lenket. 2026/101-.* har tilgangskode P"):
        ferdigstill(utkast, offentlighet_vurdert=True, av=k["sb.kari"])
    fjern_dokument(utkast.dokumenter.get(kilde="L"), "Skjermet", av=k["sb.kari"])
    assert ferdigstill(utkast, offentlighet_vurdert=True, av=k["sb.kari"]).status == "F"


@pytest.mark.krav("C.11")
def test_public_reads_a_linked_file_only_where_it_may_read_it_at_its_source(kommune_a, settings):
    k = kommune_a
    fra = inngaaende(k, k.sak(101), "J", tittel="Brev om gatelys i Bakkegata")
    notat = egen(k, k.sak(101), "X", "J", tittel="Befaring i Bakkegata")
    jp = egen(k, k.sak(101), "U", "R")
    lenk_dokumenter(jp, [kilde(k, fra), kilde(k, notat)], av=k["sb.kari"])
    jp = journalfoer(ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"]), av=k["ark.eva"])
    adresse = (2026, 101, jp.journalpostnummer)

    def sett():
        kontroller_alle()
        return [(d.tittel, bool(d.fil)) for d in oppfoering(*adresse).dokumenter[1:]]

    assert sett() == [("Brev om gatelys i Bakkegata", True), ("Befaring i Bakkegata", True)]
    assert offentlig_fil(*adresse, 2).fil == fra.dokumenter.get().versjoner.get().fil
    kodet(k, fra, "U")
    assert sett() == [("*****", False), ("Befaring i Bakkegata", True)]
    with pytest.raises(IkkeFunnet):
        offentlig_fil(*adresse, 2)
    avgjoer_skjerming(Journalpost.objects.get(pk=fra.pk), Skjerming(), av=k["led.anne"])
    assert sett()[0] == ("Brev om gatelys i Bakkegata", True)
    ny_versjon(fra.dokumenter.get(), tekstfil("Sladdet\n").fil, filnavn="sladdet.txt", av=k["ark.eva"])
    assert sett()[0] == ("Brev om gatelys i Bakkegata", False)
    utgaa(notat, "Feil", av=k["ark.eva"])
    assert sett()[1] == ("*****", False)


def test_link_outlives_what_becomes_of_its_source_and_is_not_written_in(kommune_a):
    k = kommune_a
    fra = inngaaende(k, k.sak(101), "J")
    jp = egen(k, k.sak(101), "U", "R")
    (lenke,) = lenk_dokumenter(jp, [kilde(k, fra)], av=k["sb.kari"])
    with pytest.raises(Avvist, match="er lenket fra .* og endres ikke her"):
        ny_versjon(lenke, tekstfil("Min\n").fil, filnavn="min.txt", av=k["sb.kari"])
    assert endre_dokumenttittel(lenke, "Søknaden", av=k["sb.kari"]).tittel == "Søknaden"
    (videre,) = lenk_dokumenter(egen(k, k.sak(101), "N", "R"), [kilde(k, fra)], av=k["sb.kari"])
    ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"])
    (ledd,) = hent_lenkbare(k["sb.kari"], [lenke.pk])
    (igjen,) = lenk_dokumenter(egen(k, k.sak(101), "X", "R"), [ledd], av=k["sb.kari"])
    assert igjen.lenket_fra_id == videre.lenket_fra_id == fra.dokumenter.get().pk
    utgaa(fra, "Registrert to ganger", av=k["ark.eva"])
    assert [d.tittel for d in saker.dokumenter(k["les.gry"], Journalpost.objects.get(pk=jp.pk))][1] == "Søknaden"
    assert saker.hent_versjon(k["les.gry"], lenke.versjoner.get().pk)


@pytest.mark.parametrize("antall", [1, 3])
def test_lenkbare_takes_as_many_queries_for_many_as_for_one(kommune_a, django_assert_num_queries, antall):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R")
    for _ in range(antall):
        kodet(k, inngaaende(k, k.sak(101), "J", tittel="Brev om lekeplass"), "P")
        inngaaende(k, k.sak(101), "J", tittel="Brev om lekeplass")
    leser = k["sb.kari"]
    saker.dokumenter(leser, jp)
    with django_assert_num_queries(3):
        valg = lenkbare(leser, jp, "lekeplass")
    assert [bool(p.hinder) for p in valg.poster] == [False, True] * antall
    assert [p.journalpost.journalpostnummer for p in lenkbare(leser, jp, "2026/101-1").poster] == [1]
    assert lenkbare(k["les.gry"], jp, "2026/103").poster == []
    assert Dokument.objects.filter(journalpost=jp).count() == 1
