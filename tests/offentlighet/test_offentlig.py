"""What the public sees: krav C.11 as a table, the entry as it is screened, and the lists of the net journal."""

import dataclasses
import datetime as dt
import io
import itertools

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saksgang.arkivstruktur.models import Arkivdel
from saksgang.demo.grunnlag import skjerming, tekstfil
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.lager.commands import lagre_fil
from saksgang.lager.queries import innhold
from saksgang.offentlighet import queries
from saksgang.offentlighet.commands import avgjoer_skjerming, godta_funn, sperr_midlertidig
from saksgang.offentlighet.queries import Dagsoversikt, OffentligDokument, Postlisterad
from saksgang.offentlighet.querysets import postlistetyper
from saksgang.produksjon.commands import ferdigstill, gjenaapne
from saksgang.sakarkiv.commands.dokument import fjern_dokument, ny_versjon
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.commands.journalfoering import avjournalfoer, journalfoer, utgaa
from saksgang.sakarkiv.commands.journalpost import Part, Vedlagt
from saksgang.sakarkiv.commands.sak import opprett_sak, rediger_sak, skjerm_sak
from saksgang.sakarkiv.models import Journalpost, Sakstype
from tests.jobber import kjoer_jobber, kontroller_alle
from tests.lager.innhold import zip_
from tests.produksjon import filer
from tests.tilstand import egen, foreslaatt, inngaaende, journalpost, kodet, uten_skriveregel

MANDAG = dt.date(2026, 3, 2)
STATUSER = {"I": ("M", "S", "J", "J→U", "J→M"), "S": ("R", "R→U")}
EGNE = ("R", "F", "J", "J→U", "J→F", "J→F→J", "F→R")
GRADERINGER = (("", None), ("U", None), ("P", None), ("XX", None), ("", "U"), ("", "offentlig"), ("U", "P"))
"""The decided code and the archive's proposal; all of them where the status alone would let the entry out."""
STEDER = ("SAK", "PERS", "BARN")


def nummer(rader):
    return [rad.dokumentnummer for rad in rader]


def sak(k, sted="SAK", **felter):
    return opprett_sak(
        f"Sak i {sted}",
        arkivdel=Arkivdel.objects.get(kode="PERS" if sted == "PERS" else "SAK"),
        sakstype=Sakstype.objects.get(kode="BARN") if sted == "BARN" else None,
        enhet=k.enhet("TEK"),
        saksansvarlig=k["sb.kari"],
        fra_arkivet=True,
        **felter,
        av=k["ark.eva"],
    )


def _i_tilstand(k, i_sak, type_, vei, kode, forslag):
    """A journalpost that has gone this way through the statuses, graded on its last one before it is withdrawn."""
    foerst, *resten = vei.split("→")
    jp = journalpost(k, i_sak, type_, foerst)
    if kode:
        jp = kodet(k, jp, kode)
    if forslag:
        jp = foreslaatt(k, jp, None if forslag == "offentlig" else forslag)
    for til in resten:
        jp = Journalpost.objects.get(pk=jp.pk)
        if til == "U":
            jp = utgaa(jp, "Feilregistrert", av=k["ark.eva"])
        elif til in ("M", "F"):
            jp = avjournalfoer(jp, "Feil dato", av=k["ark.eva"])
        elif til == "R":
            jp = gjenaapne(jp, "Skrivefeil", av=k["sb.kari"])
        elif til == "J":
            jp = journalfoer(jp, av=k["ark.eva"])
    return jp


@pytest.mark.krav("R-5.X.3", "R-5.N.2", "R-6.2.J.b", "C.11")
@pytest.mark.parametrize("type_", "IUNXS")
def test_postliste_dag_follows_the_table_of_type_status_code_and_proposal(kommune_a, type_):
    k = kommune_a
    i_sak = sak(k)
    ventet = set()
    for vei, (kode, forslag) in itertools.product(STATUSER.get(type_, EGNE), GRADERINGER):
        if vei != "J" and (kode, forslag) not in (("", None), ("U", None)):
            continue
        jp = _i_tilstand(k, i_sak, type_, vei, kode, forslag)
        avgjort = kode != "XX" and forslag in (None, "offentlig")
        if type_ in "IUN" and vei in ("J", "J→F→J") and avgjort:
            ventet.add(f"{i_sak.saksnummer}-{jp.journalpostnummer}")
    rader = queries.postliste_dag(MANDAG).rader
    assert {n for n in nummer(rader) if n.startswith(i_sak.saksnummer)} == ventet
    assert {n for n in nummer(queries.sist_publisert(500)) if n.startswith(i_sak.saksnummer)} == ventet
    assert len(ventet) == {"I": 4, "U": 6, "N": 6, "X": 0, "S": 0}[type_]
    for jp in Journalpost.objects.filter(sak=i_sak).order_by("pk"):
        if str(jp) in ventet:
            assert queries.oppfoering(i_sak.aar, i_sak.sekvens, jp.journalpostnummer).dokumentnummer == str(jp)
        else:
            with pytest.raises(IkkeFunnet):
                queries.oppfoering(i_sak.aar, i_sak.sekvens, jp.journalpostnummer)


@pytest.mark.krav("C.11", "R-7.1.1.e")
def test_postliste_dag_follows_the_table_of_archive_part_case_type_and_delay(kommune_a, settings):
    k = kommune_a
    saker = {sted: sak(k, sted) for sted in STEDER}
    ventet = set()
    for type_, sted, forsinket, kode in itertools.product("IUNX", STEDER, (0, 2), ("", "U")):
        settings.PUBLISERINGSFORSINKELSE = forsinket
        jp = journalpost(k, saker[sted], type_, "J")
        if kode:
            jp = kodet(k, jp, kode)
        if type_ != "X" and sted == "SAK" and not forsinket:
            ventet.add(str(jp))
    egne = tuple(s.saksnummer for s in saker.values())
    assert {n for n in nummer(queries.postliste_dag(MANDAG).rader) if n.startswith(egne)} == ventet
    assert len(ventet) == 6
    for sted, s in saker.items():
        if sted != "SAK":
            with pytest.raises(IkkeFunnet):
                queries.sak(s.aar, s.sekvens)


@pytest.mark.krav("A-04", "A-05")
@pytest.mark.parametrize(("n", "s", "typer"), [(True, True, "INSU"), (False, True, "ISU"), (True, False, "INU")])
def test_postlistetyper_follow_the_two_settings(settings, n, s, typer):
    settings.N_PAA_POSTLISTE, settings.S_PAA_POSTLISTE = n, s
    assert "".join(sorted(postlistetyper())) == typer


def test_postliste_dag_hides_n_when_the_municipality_does(kommune_a, settings):
    egen(kommune_a, kommune_a.sak(101), "N", "J")
    med = nummer(queries.postliste_dag(MANDAG).rader)
    settings.N_PAA_POSTLISTE = False
    assert set(med) - set(nummer(queries.postliste_dag(MANDAG).rader)) == {"2026/101-6"}


@pytest.mark.krav("R-7.1.1.e", "A-38")
def test_postliste_waits_two_working_days_over_the_weekend(kommune_a, klokka, settings):
    k = kommune_a
    settings.PUBLISERINGSFORSINKELSE = 2
    klokka.move_to(dt.datetime(2026, 3, 6, 12, 0, tzinfo=dt.UTC))
    jp = inngaaende(k, k.sak(101), "J")
    fredag, synlig = dt.date(2026, 3, 6), {}
    for dag in range(6, 12):
        klokka.move_to(dt.datetime(2026, 3, dag, 8, 0, tzinfo=dt.UTC))
        synlig[dag] = nummer(queries.postliste_dag(fredag).rader)
    assert synlig == {6: [], 7: [], 8: [], 9: [], 10: [str(jp)], 11: [str(jp)]}
    klokka.move_to(dt.datetime(2026, 3, 9, 22, 59, tzinfo=dt.UTC))
    assert queries.postliste_dag(fredag).rader == []
    klokka.move_to(dt.datetime(2026, 3, 9, 23, 0, tzinfo=dt.UTC))
    assert nummer(queries.postliste_dag(fredag).rader) == [str(jp)]


@pytest.mark.krav("R-9.2.1.5", "A-22")
def test_sist_publisert_shows_a_late_entry_first_and_under_its_own_day(kommune_a, klokka):
    k = kommune_a
    mandagens = inngaaende(k, k.sak(101), "J", tittel="Sent avklart")
    sperr_midlertidig(mandagens, av=k["ark.eva"])
    klokka.move_to(dt.datetime(2026, 3, 4, 8, 0, tzinfo=dt.UTC))
    onsdagens = inngaaende(k, k.sak(101), "J", tittel="Onsdagens")
    assert nummer(queries.sist_publisert()) == [str(onsdagens), "2026/104-1", "2026/101-3", "2026/101-2", "2026/101-1"]
    klokka.move_to(dt.datetime(2026, 3, 5, 8, 0, tzinfo=dt.UTC))
    avgjoer_skjerming(k.jp(101, 6), Skjerming(), av=k["led.anne"])
    foerste = queries.sist_publisert()[0]
    assert (foerste.dokumentnummer, foerste.journaldato) == (str(mandagens), "2026-03-02")
    assert foerste.publisert == "2026-03-05T09:00+01:00"
    assert str(mandagens) in nummer(queries.postliste_dag(MANDAG).rader)
    utgaa(k.jp(101, 6), "Feil sak", av=k["ark.eva"])
    assert str(mandagens) not in nummer(queries.sist_publisert()) + nummer(queries.postliste_dag(MANDAG).rader)


# ── The entry ────────────────────────────────────────────

TITTEL, SKREVET = "Klage fra Ola Hemmelig om støy", "Klage fra ******** *** om støy"


@pytest.mark.krav("R-6.2.J.b", "R-7.1.6.c")
@pytest.mark.parametrize(
    ("avskjerming", "offentlig_tittel", "tittel", "fra", "dokumentdato"),
    [
        ("I", SKREVET, TITTEL, "Ola Hemmelig", "2026-02-27"),
        ("PA", SKREVET, TITTEL, "*****", "2026-02-27"),
        ("T", "", "*****", "Ola Hemmelig", "2026-02-27"),
        ("T", SKREVET, "Klage fra ***** om støy", "Ola Hemmelig", "2026-02-27"),
        ("TP", "", "*****", "*****", "2026-02-27"),
        ("TP", SKREVET, "Klage fra ***** om støy", "*****", "2026-02-27"),
        ("A", SKREVET, "*****", "*****", ""),
    ],
)
def test_offentlig_rad_screens_by_avskjermingskode(kommune_a, avskjerming, offentlig_tittel, tittel, fra, dokumentdato):
    k = kommune_a
    jp = inngaaende(
        k,
        k.sak(104),
        "J",
        tittel=TITTEL,
        offentlig_tittel=offentlig_tittel,
        avsendere=[Part(navn="Ola Hemmelig", er_person=True)],
    )
    avgjoer_skjerming(jp, skjerming("U", "13-fvl1", avskjerming), av=k["led.anne"])
    assert queries.oppfoering(2026, 104, 2) == Postlisterad(
        aar="2026",
        sekvens="104",
        nummer="2",
        journalnummer="2026/5",
        type="I",
        typenavn="Inngående",
        tittel=tittel,
        sakstittel="Varsel om støy fra pumpestasjon i Strandveien",
        fra=(fra,),
        til=("*****" if avskjerming == "A" else "Teknisk",),
        kopi=(),
        unntatt=True,
        hjemmel="Offl. § 13 jf. fvl. § 13 første ledd nr. 1",
        journaldato="2026-03-02",
        dokumentdato=dokumentdato,
        publisert="2026-03-02T09:00+01:00",
        kontakt="Teknisk",
        dokumenter=(),
    )


def test_offentlig_rad_shows_an_ungraded_letter_with_its_documents(kommune_a):
    k = kommune_a
    inngaaende(
        k,
        k.sak(104),
        "J",
        offentlig_tittel="Skal ikke brukes",
        avsendere=[Part(navn="Bakkegata vel"), Part(navn="Nabo AS")],
        dokumenter=[tekstfil("Brevet\n", "intern-sti.txt"), tekstfil("Kart\n", "kart.txt")],
    )
    kontroller_alle()
    rad = queries.oppfoering(2026, 104, 2)
    assert (rad.tittel, rad.fra, rad.til, rad.unntatt, rad.hjemmel) == (
        "Brev om gatelys",
        ("Bakkegata vel", "Nabo AS"),
        ("Teknisk",),
        False,
        "",
    )
    assert rad.dokumenter == (
        OffentligDokument("1", "Hoveddokument", "Brev om gatelys", "Tekst, 7 byte"),
        OffentligDokument("2", "Vedlegg", "kart", "Tekst, 5 byte"),
    )


@pytest.mark.parametrize(
    ("type_", "felter", "ventet"),
    [
        (
            "U",
            {"mottakere": [Part(navn="Kroa AS"), Part(navn="Politiet", kopi=True)]},
            (("Teknisk",), ("Kroa AS",), ("Politiet",)),
        ),
        ("N", {}, (("Teknisk",), ("Kultur", "Arkivtjenesten"), ())),
    ],
)
def test_offentlig_rad_names_outside_parties_and_own_units_but_no_employee(kommune_a, type_, felter, ventet):
    k = kommune_a
    if type_ == "N":
        felter = {"interne_mottakere": [k["sb.per"], k["led.nils"], k.enhet("ARK")]}
    egen(k, k.sak(101), type_, "J", **felter)
    rad = queries.oppfoering(2026, 101, 6)
    assert (rad.fra, rad.til, rad.kopi) == ventet
    kodet(k, k.jp(101, 6), "U", avskjerming="PA")
    rad = queries.oppfoering(2026, 101, 6)
    assert (rad.fra, rad.til, rad.kopi) == ((("*****",) if type_ == "N" else ("Teknisk",)), ("*****",), ())


@pytest.mark.krav("A-36")
def test_case_code_screens_the_case_title_and_no_entry(kommune_a):
    k = kommune_a
    kodet(k, k.jp(104, 1), "U", avskjerming="I")
    for offentlig_tittel, ventet in [("", "*****"), ("Varsel om ** ****", "Varsel om *****")]:
        s = k.sak(104)
        if offentlig_tittel:
            s = skjerm_sak(s, Skjerming(), av=k["led.anne"])

            s = rediger_sak(s, offentlig_tittel=offentlig_tittel, av=k["ark.eva"])
        skjerm_sak(s, skjerming("U", "13-fvl1"), misvisende="Ja", skade="Ja", av=k["led.anne"])
        funnet = queries.sak(2026, 104)
        assert (funnet.tittel, funnet.poster.rader[0].sakstittel) == (ventet, ventet)
        assert funnet.poster.rader[0].tittel == "Klage på støy fra pumpestasjon"


@pytest.mark.parametrize("fnr", ["17912099997", "179120 99997", "17 91 20"])
def test_offentlig_rad_masks_foedselsnummer_in_every_word(kommune_a, fnr):
    k = kommune_a
    uten_skriveregel(k, "foedselsnummer")
    s = sak(k)
    s.tittel = f"Sak {fnr}"
    s.save(update_fields=["tittel"])
    inngaaende(
        k,
        s,
        "J",
        tittel=f"Brev {fnr} om gate",
        avsendere=[Part(navn=f"Per {fnr}")],
        dokumenter=[tekstfil("x\n"), dataclasses.replace(tekstfil("y\n"), tittel=f"Kart {fnr}")],
    )
    rad = queries.oppfoering(s.aar, s.sekvens, 1)
    vist = "17 91 20" if len(fnr) == 8 else "*****"
    assert (rad.tittel, rad.sakstittel, rad.fra) == (f"Brev {vist} om gate", f"Sak {vist}", (f"Per {vist}",))
    assert rad.dokumenter[1].tittel == f"Kart {vist}"


def test_offentlig_rad_takes_invisible_characters_out_before_it_looks_for_numbers(kommune_a):
    k = kommune_a
    uten_skriveregel(k, "foedselsnummer")
    inngaaende(k, k.sak(104), "J", tittel="Brev 179120\u00ad99997 \x07om\u200b gate")
    assert queries.oppfoering(2026, 104, 2).tittel == "Brev ***** om gate"


# ── Files ────────────────────────────────────────────────


def test_dokument_gives_the_newest_version_and_no_other(kommune_a):

    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R", dokumenter=[tekstfil("Utkast\n")])
    ny_versjon(jp.dokumenter.get(), lagre_fil(b"Ferdig\n", filnavn="b.txt"), filnavn="b.txt", av=k["sb.kari"])

    jp = journalfoer(ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"]), av=k["ark.eva"])
    kontroller_alle()
    fil = queries.dokument(2026, 101, 6, 1)
    assert (innhold(fil.fil), fil.navn, fil.mimetype) == (b"Ferdig\n", "2026-101-6-1.txt", "text/plain")


@pytest.mark.krav("C.11")
def test_dokument_is_the_archive_copy_and_never_a_file_that_tells_who_wrote_it(kommune_a):
    k = kommune_a
    kom = [("brev.docx", filer.brev("Til deg")), ("kart.pdf", filer.pdf()), ("alt.zip", zip_(a="b"))]
    kom.append(("vedtak.pdf", filer.pdf(skrift=True)))
    jp = inngaaende(k, k.sak(104), "J", dokumenter=[Vedlagt(lagre_fil(b, filnavn=n), n) for n, b in kom])
    rad = queries.oppfoering(2026, 104, 2)
    assert [bool(d.fil) for d in rad.dokumenter] == [False, False, False, False]
    for nummer in (1, 2, 3, 4):
        with pytest.raises(IkkeFunnet):
            queries.dokument(2026, 104, 2, nummer)
    kjoer_jobber()
    kontroller_alle()
    assert [bool(d.fil) for d in queries.oppfoering(2026, 104, 2).dokumenter] == [True, False, False, True]
    godta_funn(jp.dokumenter.get(nummer=2), "bilde", "Et kart.", av=k["ark.eva"])  # a page of lines alone
    rad = queries.oppfoering(2026, 104, 2)
    assert [bool(d.fil) for d in rad.dokumenter] == [True, True, False, True]
    for nummer in (1, 2, 4):
        fil = queries.dokument(2026, 104, 2, nummer)
        assert fil.mimetype == "application/pdf"
        assert filer.FORFATTER.encode() not in innhold(fil.fil)
    assert "Til deg" in filer.ord_i(innhold(queries.dokument(2026, 104, 2, 1).fil))
    originaler = jp.dokumenter.filter(versjoner__variantformat="P").values_list("versjoner__fil__sha256", flat=True)
    assert queries.dokument(2026, 104, 2, 4).sha256 not in set(originaler)


@pytest.mark.parametrize("hva", ["kode", "xx", "forslag", "utgaa", "fulltekst", "fjernet"])
def test_dokument_refused_with_any_code_or_block_and_without_full_text(kommune_a, settings, hva):
    k = kommune_a
    jp = k.jp(101, 1)
    assert queries.dokument(2026, 101, 1, 1).navn == "2026-101-1-1.txt"
    if hva == "kode":
        kodet(k, jp, "U", avskjerming="I")
    elif hva == "xx":
        kodet(k, jp, "XX")
    elif hva == "forslag":
        foreslaatt(k, jp, "U")
    elif hva == "utgaa":
        utgaa(jp, "Feil", av=k["ark.eva"])
    elif hva == "fulltekst":
        settings.FULLTEKST_PAA_POSTLISTE = False
        assert [d.fil for d in queries.oppfoering(2026, 101, 1).dokumenter] == [""]
    else:
        fjern_dokument(jp.dokumenter.get(), "Feil fil", av=k["ark.eva"])
        assert queries.oppfoering(2026, 101, 1).dokumenter == ()
    with pytest.raises(IkkeFunnet):
        queries.dokument(2026, 101, 1, 1)


def _pdf_med(tekst):
    ut = pikepdf.new()
    side = ut.add_blank_page(page_size=(400, 200)).obj
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    side.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    side.Contents = ut.make_stream(f"BT /F1 12 Tf 20 100 Td ({tekst}) Tj ET".encode())
    fil = io.BytesIO()
    ut.save(fil)
    return fil.getvalue()


@pytest.mark.krav("C.11")
@pytest.mark.parametrize("tekst", ["Om 17912099997 her", "Om 179120 99997 her", "Om 17912099998 her"])
@pytest.mark.parametrize(
    ("navn", "lag"),
    [
        ("brev.txt", lambda t: t.encode()),
        ("stor.txt", lambda t: b" " * (1024 * 1024 - 10) + t.encode()),
        ("vindu.txt", lambda t: f"{t}\n".encode("utf-16")),
        ("brev.pdf", _pdf_med),
    ],
)
def test_dokument_refuses_a_file_with_a_foedselsnummer_in_its_text(kommune_a, tekst, navn, lag):
    k = kommune_a
    inngaaende(k, k.sak(104), "J", dokumenter=[Vedlagt(lagre_fil(lag(tekst), filnavn=navn), navn)])
    kjoer_jobber()
    kontroller_alle()
    if "99997" in tekst:
        with pytest.raises(IkkeFunnet):
            queries.dokument(2026, 104, 2, 1)
    else:
        assert innhold(queries.dokument(2026, 104, 2, 1).fil) == lag(tekst) or navn == "brev.pdf"


# ── Lists ────────────────────────────────────────────────


def test_postliste_dag_is_ordered_by_journal_number_and_paged(kommune_a, monkeypatch):
    k = kommune_a
    egen(k, k.sak(101), "U", "J")
    alle = nummer(queries.postliste_dag(MANDAG).rader)
    assert alle == ["2026/101-1", "2026/101-2", "2026/101-3", "2026/104-1", "2026/101-6"]
    monkeypatch.setattr(queries.offentlig, "SIDE", 2)
    sider = [queries.postliste_dag(MANDAG, side) for side in (1, 2, 3)]
    assert [nummer(s.rader) for s in sider] == [alle[:2], alle[2:4], alle[4:]]
    assert [(s.antall, s.sider) for s in sider] == [(5, 3)] * 3
    for side in (0, 4):
        with pytest.raises(IkkeFunnet):
            queries.postliste_dag(MANDAG, side)
    assert nummer(queries.postliste_dag(MANDAG, type_="U").rader) == ["2026/101-6"]


def test_dager_and_dagsoversikt_count_entries_alone(kommune_a, klokka):
    k = kommune_a
    kodet(k, k.jp(101, 1), "U")
    kodet(k, k.jp(101, 2), "XX")
    egen(k, k.sak(101), "X", "J")
    klokka.move_to(dt.datetime(2026, 3, 4, 8, 0, tzinfo=dt.UTC))
    egen(k, k.sak(101), "U", "J")
    onsdag = dt.date(2026, 3, 4)
    assert queries.dager(dt.date(2026, 3, 1), dt.date(2026, 3, 31)) == {MANDAG: 3, onsdag: 1}
    assert queries.dagsoversikt(MANDAG) == Dagsoversikt(antall=3, unntatt=1, typer={"I": 3})
    assert queries.dagsoversikt(MANDAG).aapne == 2
    assert queries.dagsoversikt(dt.date(2026, 3, 3)) == Dagsoversikt(0, 0, {})
    assert queries.nabodager(dt.date(2026, 3, 3)) == (MANDAG, onsdag)
    assert queries.nabodager(MANDAG) == (None, onsdag)
    assert queries.periode() == (MANDAG, onsdag)


def test_sak_refused_without_a_public_entry(kommune_a):
    assert nummer(queries.sak(2026, 101).poster.rader) == ["2026/101-1", "2026/101-2", "2026/101-3"]
    for sekvens in (102, 103, 999):
        with pytest.raises(IkkeFunnet):
            queries.sak(2026, sekvens)


def test_lists_take_a_constant_number_of_queries(kommune_a, settings):
    k = kommune_a

    def lag(antall):
        s = sak(k)
        for nr in range(antall):
            inngaaende(k, s, "J", dokumenter=[tekstfil(f"{nr} {s.sekvens}\n"), tekstfil(f"v {nr}\n")])
            egen(k, s, "N", "J", interne_mottakere=[k["sb.per"], k.enhet("ARK")])
        return s

    en, tre = lag(1), lag(3)
    kontroller_alle()
    for liste in (
        lambda s: queries.sak(s.aar, s.sekvens),
        lambda s: queries.postliste_dag(MANDAG),
        lambda s: queries.sist_publisert(1 if s is en else 3),
        lambda s: queries.sok("gatelys", side=1),
    ):
        tall = []
        for s in (en, tre):
            with CaptureQueriesContext(
                connection,
            ) as sett:
                liste(s)
            tall.append(len(sett))
        assert tall[0] == tall[1] <= 11, [q["sql"] for q in sett]


@pytest.mark.krav("C.11")
@pytest.mark.parametrize("kode", ["BARN", "SOSIAL", "FAMILIE", "VERGE", "EKTESKAP", "PSYK", "ALM"])
def test_the_kinds_of_case_of_offentlegforskrifta_9_are_never_on_the_net(kommune_a, kode):
    k = kommune_a
    i_sak = rediger_sak(sak(k), sakstype=Sakstype.objects.get(kode=kode), av=k["ark.eva"])
    jp = inngaaende(k, i_sak, "J")
    ute = nummer(queries.postliste_dag(jp.journaldato).rader)
    assert (str(jp) in ute) == (kode == "ALM")
