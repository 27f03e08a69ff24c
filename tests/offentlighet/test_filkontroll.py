"""A file on its way to the net: what stops it, what is washed out of a copy, and who may let it pass (krav C.11)."""

import dataclasses
import datetime as dt
import io
import re
import shutil
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.db import DatabaseError, connection, transaction
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

import saksgang
from saksgang.demo.filer import foto
from saksgang.demo.grunnlag import skjerming
from saksgang.flyt.commands import kjoer_forfalte
from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang, UgyldigInndata
from saksgang.lager.commands import lagre_fil
from saksgang.lager.queries import innhold
from saksgang.logg.models import Hendelse
from saksgang.logg.tasks import forsegl
from saksgang.offentlighet import queries
from saksgang.offentlighet.commands import avgjoer_skjerming, godta_funn, kontroller_filer
from saksgang.offentlighet.commands import filkontroll as kommandoer
from saksgang.offentlighet.filkontroll import REGELVERSJON, Funn, barn
from saksgang.offentlighet.filkontroll import prosess as porten
from saksgang.offentlighet.filkontroll.regler import REGLER
from saksgang.offentlighet.filkontroll.tekst import Leting, kontonumre
from saksgang.offentlighet.models import Filkontroll, Funngodkjenning, Publiseringsstopp
from saksgang.offentlighet.queries.filkontroll import forbudte_ord
from saksgang.produksjon.commands import ferdigstill
from saksgang.produksjon.pdfa import loeft
from saksgang.sakarkiv.commands.dokument import ny_versjon
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.commands.journalfoering import journalfoer
from saksgang.sakarkiv.commands.journalpost import Vedlagt
from saksgang.sakarkiv.commands.lenke import lenk_dokumenter
from saksgang.sakarkiv.commands.sak import rediger_sak, skjerm_sak
from saksgang.sakarkiv.models import Journalpost, Korrespondansepart
from tests.jobber import kjoer_jobber, kontroller_alle
from tests.kjerne.test_identifikatorer import FNR
from tests.offentlighet import pdfer
from tests.offentlighet.pdfer import FORFATTER, pdf, tekst
from tests.produksjon import filer
from tests.tilstand import egen, inngaaende, kodet

KILDE = Path(saksgang.__file__).parent.parent
LETING = Leting(dt.date(2026, 3, 2), ("hemmelig", "åse-marie"), ("15032080119",))
SVART, HVIT = "0 0 0 rg", "1 1 1 rg"
FIRKANT = "q {farge} 15 90 250 30 re f Q\n"


def funn(innhold_: bytes, mimetype: str = "application/pdf") -> dict[str, int]:
    return {f.regel: f.antall for f in barn.kontroller(innhold_, mimetype, LETING).funn}


def ord_i(innhold_: bytes) -> str:
    dokument = pypdfium2.PdfDocument(innhold_)
    try:
        return " ".join(side.get_textpage().get_text_range() for side in dokument)
    finally:
        dokument.close()


# ── What is found ────────────────────────────────────────


@pytest.mark.parametrize(
    "setning",
    [
        f"Om {FNR} her",
        f"Om {FNR[:6]} {FNR[6:]} her",
        f"Om {FNR[:6]}\n{FNR[6:]} her",
        f"Om {' '.join(FNR)} her",
        f"Om {FNR[:6]}-\n{FNR[6:]} her",
        f"Om {FNR[:6]}\x02{FNR[6:]} her",
        f"Om {FNR[:6]} \u2013 {FNR[6:]} her",
        f"Om {FNR[:6]}\u2011{FNR[6:]} her",
        f"Om {FNR[:6]}.{FNR[6:]} her",
        f"Om {FNR[:2]}.{FNR[2:4]}.{FNR[4:6]} {FNR[6:]} her",
        f"Om {FNR[:6]} {FNR[6:9]} {FNR[9:]} her",
        f"Om {FNR[:6]}\u200b{FNR[6:]} her",
        f"D-nummer 41{'0101'}00000 og {int(FNR[0]) + 4}{FNR[1:]} eller {FNR}",
    ],
)
def test_foedselsnummer_is_found_however_it_is_written(setning):
    assert "foedselsnummer" in funn(setning.encode(), "text/plain")
    assert "foedselsnummer" in funn(setning.encode("utf-16"), "text/plain")
    bredt = setning.translate({ord(siffer): 0xFF10 + int(siffer) for siffer in "0123456789"})
    assert "foedselsnummer" in funn(bredt.encode(), "text/plain")
    uten = setning.replace(FNR[-1], str(9 - int(FNR[-1])))
    assert "foedselsnummer" not in funn(uten.encode(), "text/plain")


@pytest.mark.parametrize(
    ("setning", "antall"),
    [
        ("Betal til 1234.56.78903", 1),
        ("Betal til 1234 56 78903 i dag", 1),
        ("kontonummer: 12345678903", 1),
        ("kontonr. 12345678903", 1),
        ("KID 12345678903", 0),
        ("Betal til 1234.56.78904", 0),
        ("Saksnummer 1234 56 789031", 0),
        ("Kommunens konto 1503.20.80119", 0),
    ],
)
def test_kontonummer_is_found_where_it_is_one_and_not_the_municipalitys_own(setning, antall):
    assert funn(setning.encode(), "text/plain").get("kontonummer", 0) == antall


def test_kontonumre_finds_what_is_written_as_an_account():
    assert kontonumre("1234.56.78903 og 1503 20 80119, ikke 12345678903") == ["12345678903", "15032080119"]


def test_screened_words_are_found_as_words_of_their_own():
    assert funn("Brev til Åse-Marie om HEMMELIG.".encode(), "text/plain") == {"skjermet_ord": 2}
    assert funn("Hemmeligheter om Åse".encode(), "text/plain") == {}
    assert funn(b"Hemmeligs klage, hemmelig's og Hemmelig-saken", "text/plain") == {"skjermet_ord": 3}
    for delt in ("Hem-\nmelig", "Hem\x02melig", "hem\u00admelig", "Hemmelig-\nsaken", "A\u030ase-Marie"):
        assert funn(delt.encode(), "text/plain") == {"skjermet_ord": 1}, delt


@pytest.mark.parametrize(
    ("tegning", "antall"),
    [
        (tekst("Synlig tekst, helt vanlig"), 0),
        (tekst("Lys graa tekst", foer="0.8 0.8 0.8 rg"), 0),
        (FIRKANT.format(farge=SVART) + tekst("Hvitt paa svart", foer=HVIT), 0),
        (tekst("Vanlig") + tekst("liten", y=50, stoerrelse=4), 0),
        (tekst("Vanlig") + tekst("Hvitt paa hvitt", y=50, foer=HVIT), 3),
        (tekst("Svart under svart") + FIRKANT.format(farge=SVART), 3),
        (tekst("Under hvit flate") + FIRKANT.format(farge=HVIT), 3),
        (tekst("Ola Hansen er navnet") + "q 0 0 0 rg 18 95 70 20 re f Q\n", 2),
        (tekst("Vanlig") + tekst("bitteliten", y=50, stoerrelse=0.5), 1),
        (tekst("Vanlig") + tekst("usynlig skrift", y=50, modus=3), 2),
        (tekst("Vanlig") + tekst("oppaa", modus=3), 1),
        (tekst("Vanlig") + tekst("utenfor siden", x=500), 2),
    ],
)
def test_text_that_is_not_seen_is_found_and_text_that_is_seen_is_not(tegning, antall):
    assert funn(pdf(tegning)).get("skjult_tekst", 0) == antall


@pytest.mark.parametrize(("farge", "antall"), [((230, 230, 230), 0), ((0, 0, 0), 2)])
def test_an_ocr_layer_is_no_hidden_text_but_what_it_says_of_a_blackened_picture_is(farge, antall):
    from PIL import Image, ImageDraw  # noqa: PLC0415 - only here

    skann = Image.new("RGB", (400, 200), (255, 255, 255))
    ImageDraw.Draw(skann).rectangle((10, 70, 300, 120), fill=farge)
    ut = io.BytesIO()
    skann.save(ut, "JPEG")
    tegning = "q 400 0 0 200 0 0 cm /B Do Q\n" + tekst("Skannet navn", modus=3)
    assert funn(pdf(tegning, bilder=ut.getvalue())).get("skjult_tekst", 0) == antall


@pytest.mark.parametrize(
    ("etter", "regel"),
    [
        (pdfer.merknad("/Text"), "kommentar"),
        (pdfer.merknad("/Highlight"), "kommentar"),
        (pdfer.merknad("/FreeText"), "kommentar"),
        (pdfer.merknad("/FileAttachment"), "vedlagt_fil"),
        (pdfer.merknad("/Link", Contents=String("")), None),
        (lambda ut, side: ut.attachments.__setitem__("a.txt", b"hemmelig"), "vedlagt_fil"),
        (lambda ut, side: setattr(ut.Root, "AcroForm", Dictionary(Fields=Array(), XFA=String("x"))), "skjema"),
    ],
)
def test_comments_attached_files_and_dynamic_forms_are_found(etter, regel):
    assert set(funn(pdf(tekst("Brev"), etter=etter))) == ({regel} if regel else set())


@pytest.mark.parametrize("hvor", ["bokmerke", "alternativ tekst", "lenke", "skjemafelt", "lag", "sted"])
def test_a_foedselsnummer_outside_the_text_of_the_pages_is_found(hvor):
    def etter(ut, side):
        if hvor == "bokmerke":
            with ut.open_outline() as bokmerker:
                bokmerker.root.append(pikepdf.OutlineItem(f"Om {FNR}", 0))
        elif hvor == "alternativ tekst":
            ut.Root.StructTreeRoot = ut.make_indirect(
                Dictionary(Type=Name.StructTreeRoot, Alt=String(f"Bilde av {FNR}"))
            )
        elif hvor == "lag":
            lag = ut.make_indirect(Dictionary(Type=Name.OCG, Name=String(f"Notat om {FNR}")))
            ut.Root.OCProperties = Dictionary(OCGs=Array([lag]), D=Dictionary(Order=Array([lag])))
        elif hvor == "sted":
            steder = Array([String(f"om {FNR}"), Array([side, Name.Fit])])
            ut.Root.Names = Dictionary(Dests=Dictionary(Names=steder))
        elif hvor == "lenke":
            pdfer.merknad("/Link", Contents=String(""), A=Dictionary(S=Name.URI, URI=String(f"https://a.no/?f={FNR}")))(
                ut, side
            )
        else:
            pdfer.med_skjema(FNR)(ut, side)

    assert funn(pdf(tekst("Brev"), etter=etter)) == {"foedselsnummer": 1}


@pytest.mark.parametrize(
    ("innhold_", "mimetype"),
    [(b"%PDF-1.7 skadet", "application/pdf"), (b"\xff\xd8\xff skadet", "image/jpeg"), (b"PK", "application/zip")],
)
def test_what_cannot_be_read_is_said_to_be_so(innhold_, mimetype):
    assert barn.kontroller(innhold_, mimetype, LETING).funn == (Funn("uleselig"),)


def test_a_locked_pdf_is_said_to_be_unreadable():
    ut = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(tekst("Brev")))) as laast:
        laast.save(ut, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert funn(ut.getvalue()) == {"uleselig": 1}


# ── What stands in a picture ─────────────────────────────

BREVET = ("Til Fjordvik kommune", f"Jeg er {FNR[:6]} {FNR[6:]} og bor her.", "Hilsen en innbygger")


@pytest.mark.parametrize(
    ("tegning", "bilde", "antall"),
    [
        (pdfer.HELE_SIDEN, pdfer.skann(*BREVET), 1),
        (pdfer.HELE_SIDEN + tekst("Mottatt 2. mars", y=190, stoerrelse=6), pdfer.skann(*BREVET), 1),
        (
            pdfer.HELE_SIDEN + tekst("Dette er det som er lest av maskinen i bildet av siden her", modus=3),
            pdfer.skann(),
            0,
        ),
        (tekst("Et brev med et lite bilde") + "q 90 0 0 45 200 20 cm /B Do Q", pdfer.skann(*BREVET), 0),
        ("q 2 w 20 100 m 300 100 l S Q", None, 1),
        ("", None, 0),
        (pdfer.HELE_SIDEN, pdfer.skann(), 0),
    ],
)
def test_a_page_that_is_a_picture_of_text_is_said_to_be_unread(tegning, bilde, antall):
    assert funn(pdf(tegning, bilder=bilde)).get("bilde", 0) == antall


@pytest.mark.parametrize(
    ("oppaa", "antall"),
    [
        (FIRKANT.format(farge=SVART), 1),
        (FIRKANT.format(farge=HVIT) * 2, 2),
        ("q 1 w 15 90 250 30 re S Q", 0),
        ("q 0 g 15 90 250 1 re f Q", 0),
        ("", 0),
    ],
)
def test_what_is_covered_in_a_scan_is_hidden_and_not_gone(oppaa, antall):
    skannet = pdf(pdfer.HELE_SIDEN + oppaa, bilder=pdfer.skann(*BREVET))
    assert funn(skannet).get("skjult_tekst", 0) == antall
    under = pdf(oppaa + "\n" + pdfer.HELE_SIDEN, bilder=pdfer.skann(*BREVET))
    assert "skjult_tekst" not in funn(under)


def test_a_picture_of_a_page_is_unread_and_a_photo_is_a_photo():
    assert funn(pdfer.skann(*BREVET), "image/jpeg") == {"bilde": 1}
    assert funn(pdfer.skann(), "image/jpeg") == {}
    assert funn(foto(3), "image/jpeg") == {}
    with Image.open(io.BytesIO(pdfer.skann(*BREVET))) as bilde:
        ut = io.BytesIO()
        bilde.convert("1").save(ut, "TIFF", save_all=True, append_images=[bilde.convert("1")])
    assert barn.kontroller(ut.getvalue(), "image/tiff", LETING).funn == (Funn("bilde", 2, (1, 2)),)


def test_tesseract_reads_what_stands_in_pictures_where_it_is():
    if (program := shutil.which("tesseract")) is None:
        pytest.skip("tesseract er ikke installert")
    leting = dataclasses.replace(LETING, ocr=program)
    for innhold_, mimetype in (
        (pdf(pdfer.HELE_SIDEN, bilder=pdfer.skann(*BREVET)), "application/pdf"),
        (pdfer.skann(*BREVET), "image/jpeg"),
    ):
        assert [f.regel for f in barn.kontroller(innhold_, mimetype, leting).funn] == ["foedselsnummer"]
    uten = pdf(pdfer.HELE_SIDEN, bilder=pdfer.skann(BREVET[0], "Takk for sist.", BREVET[2]))
    assert barn.kontroller(uten, "application/pdf", leting).funn == ()


@pytest.mark.krav("C.11")
def test_a_scanned_letter_waits_until_somebody_has_looked_through_it(kommune_a, settings):
    k = kommune_a
    settings.SAKSGANG_TESSERACT = "finnes-ikke"
    jp = brev(k, brev_pdf=pdf(pdfer.HELE_SIDEN, bilder=pdfer.skann("Til kommunen", "Takk for sist")))
    kjoer_jobber()
    kontroller_alle()
    assert kanaler(k, jp) == set()
    klient, side = k.klient("sb.kari"), f"/saker/2026/104/{jp.journalpostnummer}/"
    assert "Bilder av tekst som ikke kan leses maskinelt</b> (side 1)" in klient.get(side).text
    adresse = f"/journalposter/dokumenter/{jp.dokumenter.get().pk}/funn/bilde/"
    assert "Sett gjennom." in klient.get(adresse).text
    assert k.klient("les.gry").post(adresse, {"begrunnelse": "Sett gjennom."}).status_code == 403
    klient.post(adresse, {"begrunnelse": "Sett gjennom."})
    assert kanaler(k, jp) == ALLE


# ── What is washed out ───────────────────────────────────


def test_a_pdf_is_washed_of_author_scripts_and_traces_and_looks_the_same():
    foer = pdf(tekst("Brev") + "q 60 0 0 30 200 20 cm /B Do Q", bilder=pdfer.jpeg(), etter=pdfer.med_alt_som_forteller)
    assert FORFATTER.encode() in foer
    resultat = barn.kontroller(foer, "application/pdf", LETING)
    assert resultat.funn == ()
    with pikepdf.open(io.BytesIO(resultat.vasket)) as ferdig:
        alt = b"".join(
            o.read_raw_bytes() + o.read_bytes() if isinstance(o, pikepdf.Stream) and o.get("/Subtype") != Name.Image
            else o.read_raw_bytes() if isinstance(o, pikepdf.Stream) else o.unparse()
            for o in ferdig.objects
        )  # fmt: skip
        assert FORFATTER.encode() not in alt
        assert "/Info" not in ferdig.trailer
        assert "/JavaScript" not in ferdig.Root.get("/Names", {})
    assert bilde_av(resultat.vasket) == bilde_av(foer)
    igjen = barn.kontroller(resultat.vasket, "application/pdf", LETING)
    assert (igjen.funn, igjen.vasket) == ((), None)


def bilde_av(innhold_: bytes) -> bytes:
    dokument = pypdfium2.PdfDocument(innhold_)
    try:
        return dokument[0].render(scale=2).to_pil().tobytes()
    finally:
        dokument.close()


@pytest.mark.parametrize("hvordan", ["lagret oppå", "løst objekt", "etter slutten"])
def test_what_the_file_has_kept_of_an_earlier_edition_of_itself_is_not_in_the_copy(hvordan):
    foer = pdfer.med_noe_gammelt(hvordan, "Gammelt navn")
    assert "Nytt" in ord_i(foer)
    assert b"Gammelt navn" in foer
    resultat = barn.kontroller(foer, "application/pdf", LETING)
    assert resultat.funn == ()
    assert b"Gammelt navn" not in pdfer.utpakket(resultat.vasket)
    assert bilde_av(resultat.vasket) == bilde_av(foer)
    assert barn.kontroller(resultat.vasket, "application/pdf", LETING).vasket is None
    assert loeft.har_noe_gammelt(foer)
    assert not loeft.har_noe_gammelt(resultat.vasket)


def test_a_form_becomes_part_of_its_page():
    resultat = barn.kontroller(pdf(tekst("Brev"), etter=pdfer.med_skjema("Ja takk")), "application/pdf", LETING)
    assert resultat.funn == ()
    assert "Ja takk" in ord_i(resultat.vasket)
    with pikepdf.open(io.BytesIO(resultat.vasket)) as ferdig:
        assert "/AcroForm" not in ferdig.Root


@pytest.mark.parametrize(
    ("lag", "mimetype"),
    [(pdfer.jpeg, "image/jpeg"), (pdfer.png, "image/png"), (pdfer.tiff, "image/tiff")],
)
def test_a_picture_is_washed_of_who_and_where_and_not_a_pixel_is_touched(lag, mimetype):
    foer = lag()
    resultat = barn.kontroller(foer, mimetype, LETING)
    assert FORFATTER.encode() in foer
    assert FORFATTER.encode() not in resultat.vasket
    assert pdfer.piksler(resultat.vasket) == pdfer.piksler(foer)
    assert barn.kontroller(resultat.vasket, mimetype, LETING).vasket is None


def test_a_photo_keeps_which_way_is_up():
    foer = pdfer.jpeg(retning=6)
    vasket = barn.kontroller(foer, "image/jpeg", LETING).vasket
    assert FORFATTER.encode() not in vasket
    assert pdfer.piksler(vasket) == pdfer.piksler(foer)
    assert pdfer.piksler(vasket) != pdfer.piksler(barn.kontroller(pdfer.jpeg(), "image/jpeg", LETING).vasket)


# ── From the journal to the net ──────────────────────────


def brev(k, sak=104, **filer_):
    """A letter that has come in and is J, with these files as its documents."""
    dokumenter = [Vedlagt(lagre_fil(b, filnavn=n.replace("_", ".")), n.replace("_", ".")) for n, b in filer_.items()]
    return inngaaende(k, k.sak(sak), "J", dokumenter=dokumenter)


def hent(svar) -> bytes:
    """Read an answer to its end, which closes the file."""
    return b"".join(svar.streaming_content) if svar.streaming else svar.content


def kanaler(k, jp) -> set[str]:
    """Return in which of the public's channels the entry's file is to be seen: page, lists, feeds, and the file."""
    klient, sted = k.offentlig(), f"{jp.sak.aar}/{jp.sak.sekvens}/{jp.journalpostnummer}"
    fil = f"/innsyn/fil/{sted}/1/"
    sider = {
        "side": f"/innsyn/sak/{sted}/",
        "json": f"/innsyn/sak/{sted}.json",
        "csv": f"/innsyn/sak/{sted}.csv",
        "dag": f"/innsyn/dag/{jp.journaldato}/",
        "dag.json": f"/innsyn/dag/{jp.journaldato}.json",
        "sak": f"/innsyn/sak/{jp.sak.saksnummer}/",
        "siste": "/innsyn/feed.json",
    }
    ute = {navn for navn, adresse in sider.items() if fil in klient.get(adresse).content.decode()}
    svar = klient.get(fil)
    hent(svar)
    assert svar.status_code in (200, 404)
    return ute | ({"fil"} if svar.status_code == 200 else set())


ALLE = {"side", "json", "csv", "dag", "dag.json", "sak", "siste", "fil"}


@pytest.mark.krav("C.11")
def test_a_file_is_public_in_every_channel_or_in_none(kommune_a):
    k = kommune_a
    jp = brev(k, brev_txt=f"Om {FNR}".encode())
    assert kanaler(k, jp) == set(), "unchecked is not public"
    kontroller_alle()
    assert kanaler(k, jp) == set(), "held back"
    ny_versjon(jp.dokumenter.get(), lagre_fil(b"Uten\n", filnavn="b.txt"), filnavn="b.txt", av=k["ark.eva"])
    assert kanaler(k, jp) == set(), "the new version is unchecked"
    kontroller_alle()
    assert kanaler(k, jp) == ALLE


@pytest.mark.krav("C.11")
def test_the_public_gets_the_washed_copy_and_the_original_is_untouched(kommune_a):
    k = kommune_a
    foto = pdfer.jpeg()
    jp = brev(k, foto_jpg=foto)
    kontroller_alle()
    hentet = k.offentlig().get(f"/innsyn/fil/2026/104/{jp.journalpostnummer}/1/")
    svar = hent(hentet)
    assert FORFATTER.encode() not in svar
    assert pdfer.piksler(svar) == pdfer.piksler(foto)
    original = jp.dokumenter.get().versjoner.get(variantformat="P").fil
    assert innhold(original) == foto
    rad = Filkontroll.objects.get(fil=original)
    assert (rad.funn, innhold(rad.vasket)) == ([], svar)
    hendelse = Hendelse.objects.get(handling="journalpost.kontrollere_fil", journalpost_id=jp.pk)
    assert hendelse.detaljer["vasket_sha256"] == rad.vasket.sha256


def test_word_processor_files_are_never_public_whatever_they_hold(kommune_a):
    k = kommune_a
    jp = brev(k, brev_docx=filer.brev("Til deg"))
    kontroller_alle()
    assert (kanaler(k, jp), Filkontroll.objects.filter(fil__mimetype__contains="word").count()) == (set(), 0)
    kjoer_jobber()
    kontroller_alle()
    assert kanaler(k, jp) == ALLE
    assert queries.dokument(2026, 104, jp.journalpostnummer, 1).mimetype == "application/pdf"


def test_the_same_content_is_checked_once_and_its_row_never_changes(kommune_a):
    k = kommune_a
    for _ in range(2):
        jp = brev(k, brev_txt=b"Likt innhold\n")
    assert kontroller_filer(Journalpost.objects.filter(sak=jp.sak)) == 1
    assert kontroller_filer(Journalpost.objects.filter(sak=jp.sak)) == 0
    rad = Filkontroll.objects.get(fil=jp.dokumenter.get().versjoner.get().fil)
    for endring in (lambda: rad.delete(), lambda: Filkontroll.objects.filter(pk=rad.pk).update(funn=[])):
        with pytest.raises(DatabaseError, match="Filkontrollen endres aldri"), transaction.atomic():
            endring()


def test_a_new_version_of_the_rules_checks_everything_anew(kommune_a, monkeypatch):
    k = kommune_a
    jp = brev(k, brev_txt=b"Til deg\n")
    kontroller_alle()
    assert kanaler(k, jp) == ALLE
    for modul in (kommandoer, sys.modules["saksgang.offentlighet.queries.filkontroll"]):
        monkeypatch.setattr(modul, "REGELVERSJON", REGELVERSJON + 1)
    assert kanaler(k, jp) == set()
    kontroller_alle()
    assert kanaler(k, jp) == ALLE


def test_the_worker_checks_what_the_log_tells_of_without_being_asked(kommune_a):
    k = kommune_a
    jp = brev(k, brev_txt=b"Til deg\n")
    forsegl()
    kjoer_forfalte()
    kjoer_jobber()
    assert kanaler(k, jp) == ALLE
    kodet(k, jp, "U")
    ny_versjon(jp.dokumenter.get(), lagre_fil(b"Ny\n", filnavn="b.txt"), filnavn="b.txt", av=k["ark.eva"])
    avgjoer_skjerming(jp, Skjerming(), av=k["led.anne"])
    assert kanaler(k, jp) == set()
    forsegl()
    kommandoer.vekk_filkontroll()
    kjoer_jobber()
    assert kanaler(k, jp) == ALLE


def test_a_file_that_kills_its_reader_costs_itself_alone(kommune_a, monkeypatch):
    k = kommune_a
    jp = brev(k, a_png=pdfer.png(), b_jpg=pdfer.jpeg())
    program = f"import os, sys; sys.path.insert(0, {str(KILDE)!r}); from pathlib import Path; "
    program += "from saksgang.offentlighet.filkontroll import barn, bilde; "
    program += "bilde.VASK['image/png'] = lambda b: os._exit(9); barn.main(Path(sys.argv[1]))"
    monkeypatch.setattr(porten, "_kommando", lambda liste: [sys.executable, "-c", program, str(liste)])
    kontroller_alle()
    assert [bool(d.fil) for d in queries.oppfoering(2026, 104, jp.journalpostnummer).dokumenter] == [False, True]
    assert [s.regler for s in Publiseringsstopp.objects.filter(dokument__journalpost=jp)] == [["uleselig"]]


# ── Letting it pass ──────────────────────────────────────

KONTO = b"Betal til 1234.56.78903\n"


@pytest.mark.krav("C.11")
@pytest.mark.parametrize("hvem", ["sb.kari", "led.anne", "ark.eva"])
def test_an_account_number_is_let_pass_with_a_reason_by_those_who_handle_the_letter(kommune_a, hvem):
    k = kommune_a
    jp = brev(k, faktura_txt=KONTO)
    kontroller_alle()
    dokument = jp.dokumenter.get()
    assert kanaler(k, jp) == set()
    assert queries.fullstendighet(jp.journaldato, jp.journaldato).stoppet == (("kontonummer", 1),)
    assert "Kontonummer" in k.klient("ik.vera").get(f"/rapporter/fullstendighet/?maaned={jp.journaldato:%Y-%m}").text
    with pytest.raises((IkkeTilgang, IkkeFunnet)):
        godta_funn(dokument, "kontonummer", "Kommunens egen", av=k["sb.ola"])
    with pytest.raises(UgyldigInndata, match="Begrunnelse mangler"):
        godta_funn(dokument, "kontonummer", " ", av=k[hvem])
    assert kanaler(k, jp) == set()
    godta_funn(dokument, "kontonummer", "Firmaets konto", av=k[hvem])
    assert kanaler(k, jp) == ALLE
    assert Publiseringsstopp.objects.filter(dokument=dokument, lukket_tid__isnull=True).count() == 0
    assert queries.fullstendighet(jp.journaldato, jp.journaldato).stoppet == ()
    assert Hendelse.objects.filter(handling="journalpost.godta_funn", journalpost_id=jp.pk).get().detaljer == {
        "dokument": 1,
        "regel": "kontonummer",
        "begrunnelse": "Firmaets konto",
    }
    with pytest.raises(Avvist, match="holdes ikke tilbake"):
        godta_funn(dokument, "kontonummer", "En gang til", av=k[hvem])
    with pytest.raises(DatabaseError, match="endres aldri"), transaction.atomic():
        Funngodkjenning.objects.update(begrunnelse="x")


def test_what_was_let_pass_is_so_for_that_document_and_content_alone(kommune_a):
    k = kommune_a
    jp, annen = brev(k, faktura_txt=KONTO), brev(k, kopi_txt=KONTO)
    kontroller_alle()
    godta_funn(jp.dokumenter.get(), "kontonummer", "Firmaets konto", av=k["sb.kari"])
    assert (kanaler(k, jp), kanaler(k, annen)) == (ALLE, set())
    ny = lagre_fil(KONTO + b"og 1503.20.80119\n", filnavn="b.txt")
    ny_versjon(jp.dokumenter.get(), ny, filnavn="b.txt", av=k["ark.eva"])
    kontroller_alle()
    assert kanaler(k, jp) == set()


@pytest.mark.parametrize("regel", sorted(kode for kode, r in REGLER.items() if r.godtas is None))
def test_nobody_lets_pass_what_the_law_forbids(kommune_a, regel):
    k = kommune_a
    jp = brev(k, brev_txt=f"Om {FNR}".encode())
    kontroller_alle()
    for hvem in ("led.anne", "ark.eva", "sb.kari"):
        with pytest.raises(Avvist, match="kan ikke legges ut"):
            godta_funn(jp.dokumenter.get(), regel, "Det går bra", av=k[hvem])
    assert kanaler(k, jp) == set()


def test_hidden_text_is_let_pass_by_leader_and_archive_and_not_by_the_case_worker(kommune_a):
    k = kommune_a
    jp = brev(k, brev_pdf=pdf(tekst("Vanlig") + tekst("Hvitt", y=50, foer=HVIT)))
    kjoer_jobber()
    kontroller_alle()
    assert kanaler(k, jp) == set()
    with pytest.raises(IkkeTilgang):
        godta_funn(jp.dokumenter.get(), "skjult_tekst", "Vannmerke", av=k["sb.kari"])
    godta_funn(jp.dokumenter.get(), "skjult_tekst", "Vannmerke", av=k["ark.eva"])
    assert kanaler(k, jp) == ALLE


@pytest.mark.krav("C.11", "R-7.0.3")
def test_a_redacted_version_does_not_tell_the_party_that_the_entry_hides(kommune_a):
    k = kommune_a
    jp = brev(k, brev_txt=b"Hilsen Raudfjell.\n")
    Korrespondansepart.objects.filter(journalpost=jp).update(navn="Per Raudfjell", er_person=True)
    jp = kodet(k, jp, "U", avskjerming="PA")
    assert forbudte_ord(jp) == ("per raudfjell", "raudfjell")
    Korrespondansepart.objects.filter(journalpost=jp).update(navn="Per Raudfjell AS", er_person=False)
    assert forbudte_ord(Journalpost.objects.get(pk=jp.pk)) == ("per raudfjell as",)
    assert forbudte_ord(kodet(k, jp, "U", avskjerming="I")) == ()


@pytest.mark.krav("C.11")
def test_the_screened_words_of_the_cases_title_are_not_told_by_its_files(kommune_a):
    k = kommune_a
    sak = k.sak(104)
    jp = brev(k, brev_txt=f"Vi viser til møtet med {sak.tittel.split()[-1]}.\n".encode())
    kontroller_alle()
    assert kanaler(k, jp) == ALLE
    kodet(k, brev(k, annet_txt=b"Annet\n"), "U")
    rediger_sak(sak, offentlig_tittel=" ".join(sak.tittel.split()[:-1]) + " *****", av=k["ark.eva"])
    skjerm_sak(sak, skjerming("U", "13-fvl1"), misvisende="Ja", skade="Ja", av=k["led.anne"])
    jp.refresh_from_db()
    assert forbudte_ord(Journalpost.objects.select_related("sak").get(pk=jp.pk)) == (sak.tittel.split()[-1].casefold(),)
    assert kanaler(k, jp) == set(), "not checked for these words"
    kontroller_alle()
    assert kanaler(k, jp) == set()
    dokument = jp.dokumenter.get()
    for hvem in ("sb.kari", "ark.eva"):
        with pytest.raises(IkkeTilgang):
            godta_funn(dokument, "skjermet_ord", "Alminnelig ord", av=k[hvem])
    godta_funn(dokument, "skjermet_ord", "Alminnelig ord", av=k["led.anne"])
    assert kanaler(k, jp) == ALLE
    assert sak.tittel.split()[-1] not in str(list(Hendelse.objects.filter(handling__contains="fil").values()))


def test_a_linked_document_is_public_where_it_came_in_and_checked_there(kommune_a):
    k = kommune_a
    fra, til = egen(k, k.sak(101), "X", "J"), egen(k, k.sak(101), "U", "R")
    lenk_dokumenter(til, [fra.dokumenter.get()], av=k["sb.kari"])
    journalfoer(ferdigstill(til, offentlighet_vurdert=True, av=k["sb.kari"]), av=k["ark.eva"])

    def status(jp, nummer):
        svar = k.offentlig().get(f"/innsyn/fil/2026/101/{jp.journalpostnummer}/{nummer}/")
        hent(svar)
        return svar.status_code

    assert status(til, 2) == 404
    kontroller_filer([til])
    assert (status(til, 2), status(fra, 1)) == (200, 404)


def test_besluttet_ikke_publisert_looks_through_what_is_to_come_and_what_is_held_back_alone(kommune_a):
    with connection.cursor() as markoer:
        markoer.execute("SET LOCAL enable_seqscan = off")
    plan = queries.besluttet_ikke_publisert(kommune_a["ark.eva"]).explain()
    assert re.search(r"Index Cond: \(+(\w+\.)?publiseres_tid >", plan), plan
