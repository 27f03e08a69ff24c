"""Redacted versions: who makes and who decides, and what the public is served in every channel."""

import json

import pytest
from django.db import Error, connection, transaction

from saksgang.demo.grunnlag import skjerming
from saksgang.flyt.commands import lag_varsler
from saksgang.flyt.models import Varsel
from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang, UgyldigInndata
from saksgang.lager.commands import lagre_fil
from saksgang.lager.queries import er_hel, innhold
from saksgang.logg.commands import forsegl_logg
from saksgang.logg.models import Hendelse
from saksgang.offentlighet import queries
from saksgang.offentlighet.commands import (
    avgjoer_skjerming,
    avvis_sladding,
    endre_sladding,
    fjern_merker,
    foreslaa_skjerming,
    godkjenn_sladding,
    merk_moenster,
    merk_omraader,
    merk_ord,
    send_sladding,
    sperr_midlertidig,
    start_sladding,
    trekk_sladding,
)
from saksgang.offentlighet.commands.sladdejobb import lag_ventende, noter_sladding, vekk_ventende
from saksgang.offentlighet.models import Sladding
from saksgang.offentlighet.queries.partsinnsyn import er_i_kraft
from saksgang.offentlighet.queries.sladding import sidebilde
from saksgang.offentlighet.sladding.tekst import les_sider
from saksgang.sakarkiv.commands.dokument import fjern_dokument, ny_versjon
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.commands.journalfoering import avjournalfoer, utgaa
from saksgang.sakarkiv.commands.journalpost import Vedlagt
from saksgang.sakarkiv.commands.lenke import lenk_dokumenter
from saksgang.sakarkiv.models import Dokumentversjon
from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.queries.lenker import hent_lenkbare
from saksgang.tilgang.queries import kan
from saksgang.tilgang.rules import Handling
from tests.jobber import kjoer_jobber, kontroller_alle
from tests.kjerne.test_identifikatorer import FNR
from tests.offentlighet import pdfer
from tests.offentlighet.sladdesider import alt_i, brev
from tests.tilstand import egen, inngaaende, kodet

ORD = "Raudfjellsdottir"


def pdf(*avsnitt):
    return lagre_fil(brev(*avsnitt or (f"Klage fra {ORD} på vedtak om gatelys.",)), filnavn="brev.pdf")


def brevet(k, kode="U", *, status="J", fil=None, sak=None, **felter):
    jp = inngaaende(
        k,
        sak or k.sak(101),
        status,
        tittel="Klage på gatelys",
        dokumenter=[Vedlagt(fil or pdf(), "brev.pdf")],
        **felter,
    )
    return kodet(k, jp, kode) if kode else jp


def dokument(jp, nummer=1):
    return jp.dokumenter.get(nummer=nummer, utgaatt_tid=None)


def forslag(k, jp, ord=ORD, av="sb.kari", nummer=1):
    sladding = start_sladding(dokument(jp, nummer), av=k[av])
    if not sladding.merker:
        merk_ord(sladding, ord, av=k[av])
    send_sladding(sladding, av=k[av])
    lag_ventende()
    sladding.refresh_from_db()
    assert (sladding.tilstand, sladding.feil) == ("F", "")
    return sladding


def godkjent(k, jp, **valg):
    return godkjenn_sladding(forslag(k, jp, **valg), av=k["led.anne"])


def adresse(jp, nummer=1):
    return f"/innsyn/fil/{jp.sak.aar}/{jp.sak.sekvens}/{jp.journalpostnummer}/{nummer}/"


def hent(k, jp, nummer=1):
    """What the public is given at the address of a file: the status, and the content."""
    kontroller_alle()
    svar = k.offentlig().get(adresse(jp, nummer))
    return svar.status_code, b"".join(svar.streaming_content) if svar.streaming else svar.content


def aapner(k, hvem, versjon):
    """Whether a person inside gets the file."""
    svar = k.klient(hvem).get(f"/filer/{versjon.pk}/")
    b"".join(_biter(svar))
    return {200: True, 404: False}[svar.status_code]


def kanaler(k, jp):
    """Whether each channel has the file's address on the entry: HTML, JSON, CSV and RSS."""
    dag = f"/innsyn/dag/{jp.journaldato:%Y-%m-%d}"
    kontroller_alle()
    klient = k.offentlig()
    post = f"/innsyn/sak/{jp.sak.aar}/{jp.sak.sekvens}/{jp.journalpostnummer}/"
    funnet = {"html": adresse(jp).encode() in klient.get(post).content}
    for navn in ("json", "csv"):
        innhold_ = b"".join(_biter(klient.get(f"{dag}.{navn}")))
        funnet[navn] = adresse(jp).encode() in innhold_
    return funnet


def _biter(svar):
    return svar.streaming_content if svar.streaming else [svar.content]


# ── The whole way ────────────────────────────────────────


@pytest.mark.krav("R-7.0.3", "C.11")
def test_the_public_reads_the_redacted_version_of_a_graded_pdf_and_the_original_needs_rights(kommune_a):
    k = kommune_a
    jp = brevet(k)
    original = dokument(jp).versjoner.get(variantformat="P").fil
    foer = original.sha256, innhold(original)
    assert hent(k, jp)[0] == 404
    sladding = forslag(k, jp)
    assert hent(k, jp)[0] == 404
    assert not queries.har_godkjent_sladding(jp)
    assert set(kanaler(k, jp).values()) == {False}

    godkjenn_sladding(sladding, av=k["led.anne"])
    status, fil = hent(k, jp)
    assert status == 200
    assert ORD not in alt_i(fil)
    assert "gatelys" in "".join(t.tegn for side in les_sider(fil) for t in side.tegn)
    assert set(kanaler(k, jp).values()) == {True}
    (rad,) = [r for r in queries.postliste_dag(jp.journaldato).rader if r.nummer == str(jp.journalpostnummer)]
    assert (rad.unntatt, rad.hjemmel != "") == (True, True)
    assert [(d.tittel, d.sladdet) for d in rad.dokumenter] == [("Sladdet hoveddokument", True)]
    assert queries.har_godkjent_sladding(jp)
    assert queries.har_godkjent_sladding(dokument(jp))

    # The original is what it was, and is read only by those who may.
    original.refresh_from_db()
    assert (original.sha256, innhold(original), er_hel(original)) == (*foer, True)
    versjon = dokument(jp).versjoner.get(variantformat="P")
    assert [aapner(k, hvem, versjon) for hvem in ("sb.kari", "les.gry")] == [True, False]


def test_the_variant_is_a_noark_variant_of_exactly_that_version(kommune_a):
    k = kommune_a
    jp = brevet(k)
    sladding = godkjent(k, jp)
    variant = Dokumentversjon.objects.get(dokument=dokument(jp), variantformat="O")
    assert sladding.variant == variant
    assert (variant.versjonsnummer, variant.fil, variant.filnavn) == (1, sladding.fil, "brev-sladdet.pdf")
    assert saker.dokumenter(k["sb.kari"], jp)[0].alle_versjoner[0].variantformat == "P"
    # Inside it follows the journalpost.
    assert [aapner(k, hvem, variant) for hvem in ("sb.kari", "les.gry")] == [True, False]


@pytest.mark.krav("R-7.1.6.b", "C.11")
def test_an_open_entry_serves_the_redacted_version_in_place_of_the_original(kommune_a):
    k = kommune_a
    jp = brevet(k, "", fil=pdf(f"Søknad fra innbygger {FNR} om gatelys."))
    kjoer_jobber()
    assert hent(k, jp)[0] == 404  # a fødselsnummer stands in it
    sladding = start_sladding(dokument(jp), av=k["sb.kari"])
    assert merk_moenster(sladding, "foedselsnummer", av=k["sb.kari"]) == 1
    send_sladding(sladding, av=k["sb.kari"])
    kjoer_jobber()
    assert hent(k, jp)[0] == 404
    godkjenn_sladding(Sladding.objects.get(), av=k["led.anne"])
    status, fil = hent(k, jp)
    assert status == 200
    assert FNR not in alt_i(fil)
    (rad,) = [r for r in queries.postliste_dag(jp.journaldato).rader if r.nummer == str(jp.journalpostnummer)]
    assert [(d.tittel, d.sladdet) for d in rad.dokumenter] == [("Klage på gatelys", True)]


@pytest.mark.krav("R-7.0.3")
def test_a_scan_that_the_leader_has_seen_the_redacted_pages_of_waits_for_nobody_more(kommune_a, settings):
    k = kommune_a
    settings.SAKSGANG_TESSERACT = "finnes-ikke"
    skann = pdfer.pdf(pdfer.HELE_SIDEN, bilder=pdfer.skann("Til kommunen", "Takk for sist"))
    jp = brevet(k, "", fil=lagre_fil(skann, filnavn="brev.pdf"))
    kjoer_jobber()
    assert hent(k, jp)[0] == 404
    sladding = start_sladding(dokument(jp), av=k["sb.kari"])
    merk_omraader(sladding, 1, [(0.1, 0.1, 0.3, 0.1)], av=k["sb.kari"])
    send_sladding(sladding, av=k["sb.kari"])
    lag_ventende()
    godkjenn_sladding(Sladding.objects.get(), av=k["led.anne"])
    assert hent(k, jp)[0] == 200


@pytest.mark.parametrize("fri", [False, True])
def test_the_original_of_an_open_entry_is_held_back_until_the_leader_lets_it_go(kommune_a, fri):
    k = kommune_a
    jp = brevet(k, "")
    kjoer_jobber()
    status, fil = hent(k, jp)
    assert (status, ORD in alt_i(fil) or ORD in "".join(t.tegn for s in les_sider(fil) for t in s.tegn)) == (200, True)
    sladding = forslag(k, jp)
    assert hent(k, jp)[0] == 404
    avvis_sladding(sladding, "Navnet kan stå.", original_fri=fri, av=k["led.anne"])
    assert hent(k, jp)[0] == (200 if fri else 404)
    sladding = godkjent(k, jp)
    assert hent(k, jp)[1] == innhold(sladding.fil)
    trekk_sladding(sladding, "Feil navn.", original_fri=fri, av=k["led.anne"])
    assert hent(k, jp)[0] == (200 if fri else 404)
    assert set(kanaler(k, jp).values()) == {fri}


def test_the_original_stays_off_the_net_while_its_marks_are_changed(kommune_a):
    k = kommune_a
    jp = brevet(k, "")
    kjoer_jobber()
    sladding = start_sladding(dokument(jp), av=k["sb.kari"])
    assert hent(k, jp)[0] == 200, "nothing has been found yet"
    merk_ord(sladding, ORD, av=k["sb.kari"])
    assert hent(k, jp)[0] == 404, "somebody has found a name"
    fjern_merker(sladding, soek_ider=[1], av=k["sb.kari"])
    assert hent(k, jp)[0] == 200, "it was a mistake"
    sladding = forslag(k, jp)
    endre_sladding(sladding, av=k["sb.kari"])
    assert hent(k, jp)[0] == 404
    assert "er ikke på postlista når noe er merket" in k.klient("sb.kari").get(f"/sladdinger/{sladding.pk}/").text
    fjern_merker(sladding, [m["id"] for m in sladding.merker], av=k["sb.kari"])
    assert hent(k, jp)[0] == 404, "it was sent, so the leader answers"
    side = k.klient("sb.kari").get(f"/saker/2026/101/{jp.journalpostnummer}/").text
    assert "Sladdet versjon: under arbeid, og originalen er ikke på postlista." in side
    assert set(kanaler(k, jp).values()) == {False}


def test_after_the_leader_has_let_the_original_go_a_new_one_begins_without_marks(kommune_a):
    k = kommune_a
    jp = brevet(k, "")
    kjoer_jobber()
    avvis_sladding(forslag(k, jp), "Navnet kan stå.", original_fri=True, av=k["led.anne"])
    assert start_sladding(dokument(jp), av=k["sb.kari"]).merker == []
    assert hent(k, jp)[0] == 200


# ── Never served ─────────────────────────────────────────


@pytest.mark.krav("R-7.0.3", "R-7.1.1.f", "C.11")
@pytest.mark.parametrize("foer", [None, ("U", "24-2-1", "TP")])
def test_what_was_approved_before_the_grading_is_not_served_until_it_is_approved_for_it(kommune_a, foer):
    k = kommune_a
    jp = brevet(k, "")
    kjoer_jobber()
    if foer:
        avgjoer_skjerming(jp, skjerming(*foer), av=k["led.anne"])
    sladding = godkjent(k, jp)
    assert hent(k, jp)[0] == 200
    avgjoer_skjerming(jp, skjerming("U", "13-fvl1", "TP"), av=k["led.anne"])
    assert hent(k, jp)[0] == 404
    assert set(kanaler(k, jp).values()) == {False}
    jp.refresh_from_db()
    assert not queries.har_godkjent_sladding(jp)
    assert not er_i_kraft(sladding.variant)
    assert list(queries.sladding_til_godkjenning(k["led.anne"])) == [jp]
    klient, side = k.klient("led.anne"), f"/sladdinger/{sladding.pk}/"
    assert "Graderingen er endret etter at versjonen ble godkjent" in klient.get(side).text
    assert "men ikke på postlista: graderingen er endret" in klient.get(f"/saker/2026/101/{jp.journalpostnummer}/").text
    assert "Godkjenn på nytt" not in k.klient("sb.kari").get(side).text
    klient.post(f"{side}godkjenning/")
    assert hent(k, jp) == (200, innhold(sladding.fil))
    assert er_i_kraft(sladding.variant)
    assert list(queries.sladding_til_godkjenning(k["led.anne"])) == []
    assert "Godkjenn på nytt" not in klient.get(side).text
    with pytest.raises(Avvist, match="godkjent"):
        godkjenn_sladding(sladding, av=k["led.anne"])
    # The same grading decided once more is no other one.
    avgjoer_skjerming(jp, skjerming("U", "13-fvl1", "TP"), av=k["led.anne"])
    assert hent(k, jp)[0] == 200
    avgjoer_skjerming(jp, Skjerming(), av=k["led.anne"])
    assert hent(k, jp) == (200, innhold(sladding.fil)), "open, and still what the leader approved"


def _stengsler(k, jp, sladding):
    yield lambda: sperr_midlertidig(jp, av=k["ark.eva"])
    yield lambda: foreslaa_skjerming(jp, skjerming("P", "13-fvl1"), av=k["ark.eva"])
    yield lambda: utgaa(jp, "Feilregistrert", av=k["ark.eva"])
    yield lambda: avjournalfoer(jp, "Feil dato", av=k["ark.eva"])
    yield lambda: trekk_sladding(sladding, "Et navn står igjen.", av=k["led.anne"])
    yield lambda: ny_versjon(dokument(jp), pdf("Ny utgave."), filnavn="ny.pdf", av=k["ark.eva"])
    yield lambda: fjern_dokument(dokument(jp), "Lagt ved feil sak", av=k["ark.eva"])


@pytest.mark.krav("R-7.0.3", "C.11")
@pytest.mark.parametrize("kode", ["U", ""])
def test_an_approved_version_is_not_served_once_something_stands_in_the_way(kommune_a, kode):
    k = kommune_a
    jp = brevet(k, kode)
    sladding = godkjent(k, jp)
    for nummer in range(7):
        with transaction.atomic():
            assert hent(k, jp)[0] == 200
            assert set(kanaler(k, jp).values()) == {True}
            list(_stengsler(k, jp, sladding))[nummer]()
            assert hent(k, jp)[0] == 404, nummer
            dag = k.offentlig().get(f"/innsyn/dag/{jp.journaldato:%Y-%m-%d}.json").content
            assert adresse(jp).encode() not in dag, nummer
            transaction.set_rollback(True)


def test_a_new_version_with_the_same_content_keeps_the_redacted_one(kommune_a):
    k = kommune_a
    jp = brevet(k)
    sladding = godkjent(k, jp)
    ny_versjon(dokument(jp), sladding.original.fil, filnavn="brev.pdf", av=k["ark.eva"])
    assert hent(k, jp) == (200, innhold(sladding.fil))


def test_after_a_new_version_a_proposal_falls_away_and_a_new_one_begins_without_marks(kommune_a):
    k = kommune_a
    jp = brevet(k)
    gammel = forslag(k, jp)
    ny_versjon(dokument(jp), pdf(f"Ny klage fra {ORD}."), filnavn="ny.pdf", av=k["ark.eva"])
    assert list(queries.sladding_til_godkjenning(k["led.anne"])) == []
    with pytest.raises(Avvist, match="fått en ny versjon"):
        godkjenn_sladding(gammel, av=k["led.anne"])
    ny = start_sladding(dokument(jp), av=k["sb.kari"])
    gammel.refresh_from_db()
    assert (gammel.tilstand, ny.pk != gammel.pk, ny.merker) == ("E", True, [])


def test_a_linked_document_of_a_graded_entry_is_not_served_by_its_address(kommune_a):
    k = kommune_a
    apen = brevet(k, "")
    kjoer_jobber()
    svar = egen(k, k.sak(101), "U", "R")
    kilde = hent_lenkbare(k["sb.kari"], [dokument(apen).pk])
    lenk_dokumenter(svar, kilde, av=k["sb.kari"])
    from saksgang.produksjon.commands import ferdigstill  # noqa: PLC0415
    from saksgang.sakarkiv.commands.journalfoering import journalfoer  # noqa: PLC0415

    svar = journalfoer(ferdigstill(svar, offentlighet_vurdert=True, av=k["sb.kari"]), av=k["ark.eva"])
    assert hent(k, svar, 2)[0] == 200
    kodet(k, svar, "U")
    assert hent(k, svar, 2)[0] == 404
    assert hent(k, apen)[0] == 200
    with pytest.raises(Avvist, match="lenket fra"):
        start_sladding(dokument(svar, 2), av=k["sb.kari"])
    # Where the source is redacted, that is what is read through the link too.
    avgjoer_skjerming(svar, Skjerming(), av=k["led.anne"])
    sladding = godkjent(k, apen)
    assert hent(k, svar, 2) == (200, innhold(sladding.fil))


# ── Who ──────────────────────────────────────────────────


@pytest.mark.krav("C.3", "R-7.0.3")
@pytest.mark.parametrize(
    ("hvem", "foreslaar", "avgjoer"),
    [
        ("sb.kari", True, False),
        ("ark.eva", True, False),
        ("led.anne", True, True),
        ("sb.ola", False, False),
        ("les.gry", False, False),
        ("adm.root", False, False),
    ],
)
def test_those_who_write_propose_and_the_leader_decides(kommune_a, hvem, foreslaar, avgjoer):
    k = kommune_a
    jp = brevet(k, "")
    assert kan(k[hvem], Handling.SLADDE, jp) == foreslaar
    assert kan(k[hvem], Handling.AVGJOERE_SLADDING, jp) == avgjoer
    sladding = forslag(k, jp)
    if not foreslaar:
        with pytest.raises(IkkeTilgang):
            start_sladding(dokument(jp), av=k[hvem])
    if not avgjoer:
        for handling in (
            lambda: godkjenn_sladding(sladding, av=k[hvem]),
            lambda: avvis_sladding(sladding, "Nei", av=k[hvem]),
            lambda: avvis_sladding(sladding, "Nei", original_fri=True, av=k[hvem]),
        ):
            with pytest.raises(IkkeTilgang):
                handling()
    sladding.refresh_from_db()
    assert sladding.tilstand == "F"
    godkjenn_sladding(sladding, av=k["led.anne"])
    if not avgjoer:
        with pytest.raises(IkkeTilgang):
            trekk_sladding(sladding, "Nei", original_fri=True, av=k[hvem])
    assert queries.har_godkjent_sladding(jp)


def test_whoever_does_not_see_the_journalpost_sees_no_redacted_version(kommune_a):
    k = kommune_a
    jp = brevet(k)
    sladding = forslag(k, jp)
    assert queries.hent_sladding(k["sb.kari"], sladding.pk) == sladding
    with pytest.raises(IkkeFunnet):
        queries.hent_sladding(k["les.gry"], sladding.pk)
    with pytest.raises(IkkeFunnet):
        godkjenn_sladding(sladding, av=k["les.gry"])
    assert list(queries.sladding_til_godkjenning(k["led.anne"])) == [jp]
    assert list(queries.sladding_til_godkjenning(k["sb.kari"])) == []
    assert list(queries.sladding_til_godkjenning(k["led.nils"])) == []


@pytest.mark.krav("R-7.1.6.a")
def test_no_redacting_opens_the_original_of_a_confidential_document(kommune_a):
    k = kommune_a
    jp = avgjoer_skjerming(brevet(k, ""), skjerming("U", "13-fvl1", "TP"), av=k["led.anne"])
    sladding = forslag(k, jp)
    avvis_sladding(sladding, "Kan gis ut.", original_fri=True, av=k["led.anne"])
    kjoer_jobber()
    assert hent(k, jp)[0] == 404
    trekk_sladding(godkjent(k, jp), "Kan gis ut.", original_fri=True, av=k["led.anne"])
    assert hent(k, jp)[0] == 404


# ── Marks ────────────────────────────────────────────────


def test_marks_are_a_list_that_can_be_changed_until_it_is_sent(kommune_a):
    k = kommune_a
    kari = k["sb.kari"]
    jp = brevet(k, fil=pdf(f"Klage fra {ORD}.", f"{ORD} klager igjen."))
    sladding = start_sladding(dokument(jp), av=kari)
    assert start_sladding(dokument(jp), av=k["led.anne"]) == sladding
    assert merk_ord(sladding, ORD, hjemmel=jp.hjemmel, av=kari) == 2
    assert merk_ord(sladding, ORD.upper(), av=kari) == 2  # once more is the same once
    merk_omraader(sladding, 1, [(0.1, 0.1, 0.3, 0.1), (0.9, 0.9, 0.5, 0.5)], hjemmel=jp.hjemmel, av=kari)
    sladding.refresh_from_db()
    assert [(m["soek"], m["hjemmel"]) for m in sladding.merker] == [
        (1, None),
        (1, None),
        (None, jp.hjemmel_id),
        (None, jp.hjemmel_id),
    ]
    assert sladding.merker[-1]["bokser"] == [[0.9, 0.9, 0.1, 0.1]]
    fjern_merker(sladding, [sladding.merker[0]["id"]], av=kari)
    sladding.refresh_from_db()
    assert [(s["ord"].casefold(), s["hele"]) for s in sladding.soek] == [(ORD.casefold(), False)]
    fjern_merker(sladding, soek_ider=[1], av=kari)
    sladding.refresh_from_db()
    assert (len(sladding.merker), sladding.soek) == (2, [])
    send_sladding(sladding, av=kari)
    for handling in (
        lambda: merk_ord(sladding, "Klage", av=kari),
        lambda: fjern_merker(sladding, [3], av=kari),
        lambda: merk_omraader(sladding, 1, [(0.1, 0.1, 0.3, 0.1)], av=kari),
        lambda: send_sladding(sladding, av=kari),
    ):
        with pytest.raises(Avvist, match="lages"):
            handling()


def test_what_cannot_be_marked_is_refused_in_words(kommune_a):
    k = kommune_a
    kari = k["sb.kari"]
    sladding = start_sladding(dokument(brevet(k)), av=kari)
    for ord_, melding in (("", "minst to"), ("-", "minst to"), ("x" * 201, "høyst 200"), ("Finnesikke", "Fant ikke")):
        with pytest.raises(UgyldigInndata, match=melding):
            merk_ord(sladding, ord_, av=kari)
    with pytest.raises(UgyldigInndata, match="Fant ikke «Kontonummer»"):
        merk_moenster(sladding, "kontonummer", av=kari)
    with pytest.raises(UgyldigInndata, match="Velg hva"):
        merk_moenster(sladding, "alt", av=kari)
    for side, boks in ((0, (0.1, 0.1, 0.1, 0.1)), (2, (0.1, 0.1, 0.1, 0.1)), (1, (1.2, 0, 1, 1)), (1, (0, 0, 0, 1))):
        with pytest.raises(UgyldigInndata, match="finnes ikke|for lite"):
            merk_omraader(sladding, side, [boks], av=kari)
    with pytest.raises(UgyldigInndata, match="for lite"):
        merk_omraader(sladding, 1, [(float("nan"), 0, 1, 1)], av=kari)
    with pytest.raises(Avvist, match="Ingenting er merket"):
        send_sladding(sladding, av=kari)


@pytest.mark.parametrize(("status", "type_"), [("R", "U"), ("F", "U")])
def test_a_draft_is_not_redacted_before_it_is_finished(kommune_a, status, type_):
    k = kommune_a
    jp = egen(k, k.sak(101), type_, status, dokumenter=[Vedlagt(pdf(), "brev.pdf")])
    if status == "R":
        with pytest.raises(Avvist, match="når det er ferdig"):
            start_sladding(dokument(jp), av=k["sb.kari"])
    else:
        assert start_sladding(dokument(jp), av=k["sb.kari"]).tilstand == "U"


def test_a_document_without_pdf_waits_for_it(kommune_a):
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "J")
    with pytest.raises(Avvist, match="ingen PDF ennå"):
        start_sladding(dokument(jp), av=k["sb.kari"])
    kjoer_jobber()
    from saksgang.produksjon.commands import bestill_pdf  # noqa: PLC0415

    bestill_pdf(dokument(jp).versjoner.get(variantformat="P"))
    kjoer_jobber()
    sladding = start_sladding(dokument(jp), av=k["sb.kari"])
    assert merk_ord(sladding, "gatelys", av=k["sb.kari"]) == 1


# ── The file, the answer, the log ────────────────────────


def test_a_file_that_still_holds_the_word_is_never_put_before_the_leader(kommune_a):
    k = kommune_a
    sladding = start_sladding(dokument(brevet(k)), av=k["sb.kari"])
    merk_ord(sladding, ORD, av=k["sb.kari"])
    send_sladding(sladding, av=k["sb.kari"])
    sladding.refresh_from_db()
    # As if the marks had slipped on their way to the child: they are beside the word.
    Sladding.objects.filter(pk=sladding.pk).update(
        merker=[m | {"bokser": [[0.8, 0.9, 0.1, 0.05]]} for m in sladding.merker]
    )
    assert lag_ventende() == 1
    sladding.refresh_from_db()
    assert (sladding.tilstand, sladding.fil) == ("X", None)
    assert f"«{ORD}» på side 1" in sladding.feil
    with pytest.raises(Avvist):
        godkjenn_sladding(sladding, av=k["led.anne"])
    forsegl_logg()
    lag_varsler()
    assert "den sladdede versjonen kan ikke brukes" in Varsel.objects.get(bruker=k["sb.kari"]).tekst
    endre_sladding(sladding, av=k["sb.kari"])
    sladding.refresh_from_db()
    assert (sladding.tilstand, len(sladding.merker)) == ("U", 1)


def test_what_kills_the_worker_is_given_up_after_three_times(kommune_a):
    k = kommune_a
    sladding = start_sladding(dokument(brevet(k)), av=k["sb.kari"])
    merk_ord(sladding, ORD, av=k["sb.kari"])
    send_sladding(sladding, av=k["sb.kari"])
    Sladding.objects.filter(pk=sladding.pk).update(forsoek=3)
    assert lag_ventende() == 1
    sladding.refresh_from_db()
    assert (sladding.tilstand, "arbeideren på tjeneren stoppet" in sladding.feil) == ("X", True)
    assert (vekk_ventende(), lag_ventende()) == (0, 0)
    noter_sladding(sladding.pk, b"", {"feil": ""})  # one that came late changes nothing
    sladding.refresh_from_db()
    assert sladding.tilstand == "X"


@pytest.mark.krav("R-7.0.3")
def test_the_proposer_is_told_the_answer_and_the_leader_of_the_proposal(kommune_a):
    k = kommune_a
    jp = brevet(k)

    def nye(navn):
        forsegl_logg()
        lag_varsler()
        rader = Varsel.objects.filter(bruker=k[navn], lest_tid=None, tekst__contains="sladdet").order_by("pk")
        tekster = [v.tekst.partition(": ")[2] for v in rader]
        rader.update(lest_tid=k.jp(101, 1).opprettet_dato)
        return tekster

    sladding = forslag(k, jp)
    assert nye("led.anne") == ["sladdet versjon til godkjenning"]
    avvis_sladding(sladding, "Adressen må også sladdes.", av=k["led.anne"])
    assert [t.split(" av ")[0] for t in nye("sb.kari")] == ["sladdet versjon ikke godkjent"]
    sladding = forslag(k, jp)
    assert len(sladding.merker) == 1  # goes on from what was marked
    godkjenn_sladding(sladding, av=k["led.anne"])
    trekk_sladding(sladding, "Et navn står igjen.", av=k["led.anne"])
    assert [t.split(" av ")[0] for t in nye("sb.kari")] == [
        "sladdet versjon godkjent",
        "sladdet versjon trukket tilbake",
    ]


def test_a_comment_and_a_reason_are_asked_for(kommune_a):
    k = kommune_a
    jp = brevet(k)
    sladding = forslag(k, jp)
    with pytest.raises(UgyldigInndata, match="Kommentar mangler"):
        avvis_sladding(sladding, "  ", av=k["led.anne"])
    godkjenn_sladding(sladding, av=k["led.anne"])
    with pytest.raises(UgyldigInndata, match="Begrunnelse mangler"):
        trekk_sladding(sladding, "", av=k["led.anne"])
    with pytest.raises(Avvist, match="godkjent"):
        godkjenn_sladding(sladding, av=k["led.anne"])


def test_a_new_approval_replaces_the_one_before(kommune_a):
    k = kommune_a
    jp = brevet(k, fil=pdf(f"Klage fra {ORD} i Fjelltoppen."))
    foerste = godkjent(k, jp)
    ny = start_sladding(dokument(jp), av=k["sb.kari"])
    merk_ord(ny, "Fjelltoppen", av=k["sb.kari"])
    send_sladding(ny, av=k["sb.kari"])
    lag_ventende()
    assert hent(k, jp) == (200, innhold(foerste.fil))
    ny = godkjenn_sladding(ny, av=k["led.anne"])
    foerste.refresh_from_db()
    assert foerste.tilstand == "E"
    assert hent(k, jp) == (200, innhold(ny.fil))
    assert "Fjelltoppen" not in alt_i(innhold(ny.fil))


def test_every_step_leaves_an_event_that_tells_nothing_of_the_words(kommune_a):
    k = kommune_a
    jp = brevet(k)
    foer = Hendelse.objects.count()
    sladding = forslag(k, jp)
    endre_sladding(sladding, av=k["sb.kari"])
    sladding = forslag(k, jp)
    godkjenn_sladding(sladding, av=k["led.anne"])
    trekk_sladding(sladding, f"{ORD} står igjen.", av=k["led.anne"])
    nye = Hendelse.objects.order_by("nummer")[foer:]
    assert [h.handling.partition(".")[2] for h in nye] == [
        *("sladde", "sladde", "lage_sladding", "sladde", "sladde", "lage_sladding"),
        *("avgjoere_sladding", "trekke_sladding"),
    ]
    assert {h.journalpost_id for h in nye} == {jp.pk}
    assert ORD not in json.dumps([[h.endringer, h.detaljer] for h in nye])


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM offentlighet_sladding",
        "TRUNCATE offentlighet_sladding",
        "UPDATE offentlighet_sladding SET merker = '[]'",
        "UPDATE offentlighet_sladding SET fil_id = kilde_id",
        "UPDATE offentlighet_sladding SET original_id = (SELECT max(id) FROM sakarkiv_dokumentversjon)",
        "UPDATE offentlighet_sladding SET tilstand = 'U'",
    ],
)
def test_what_is_decided_is_never_changed_or_deleted(kommune_a, sql):
    k = kommune_a
    godkjent(k, brevet(k))
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as peker:
        peker.execute(sql)


def test_pages_are_shown_as_pictures_of_the_widths_there_are(kommune_a):
    k = kommune_a
    sladding = start_sladding(dokument(brevet(k)), av=k["sb.kari"])
    assert sidebilde(sladding.kilde, 1, 1000).startswith(b"\x89PNG")
    for nummer, bredde in ((0, 1000), (2, 1000), (1, 50_000)):
        with pytest.raises(IkkeFunnet):
            sidebilde(sladding.kilde, nummer, bredde)
