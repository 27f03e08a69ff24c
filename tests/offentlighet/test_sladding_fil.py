"""The redacted file: nothing of what was marked is left in it, whatever reads it."""

import io
import random
import re
import shutil
import subprocess

import pikepdf
import pytest
from PIL import Image

from saksgang.offentlighet.sladding.bygg import Merke, kontroller, ord_paa, sladd
from saksgang.offentlighet.sladding.soek import Moenster, Soek, finn, strekloes
from saksgang.offentlighet.sladding.tekst import Boks, KanIkkeSladdes, bilde_av_side, les_sider
from tests.kjerne.test_identifikatorer import FNR, FNR_DELT
from tests.offentlighet.sladdesider import HEMMELIG, alt_i, brev, pdftotext, sett, side, sider
from tests.produksjon import filer

KONTO = "1234.56.78903"


def merker(pdf, soek):
    return [
        Merke(nr, boks)
        for nr, en in enumerate(les_sider(pdf))
        for hva in soek
        for sted in finn(en, hva)
        for boks in sted
    ]


def tekst(pdf):
    return "".join(t.tegn for en in les_sider(pdf) for t in en.tegn)


def flat(tekst):
    """The text as somebody would look through it: no case, no hyphens, no spaces."""
    return re.sub(r"[\s\-\u00ad\x02\ufffe]", "", tekst).casefold()


def lysest(pdf, merke):
    """The lightest point inside a mark, as the finished page is drawn."""
    bilde = Image.open(io.BytesIO(bilde_av_side(pdf, merke.side, 1600))).convert("L")
    b = merke.boks
    x1, y1 = int(b.x * bilde.width) + 2, int(b.y * bilde.height) + 2
    x2, y2 = int((b.x + b.b) * bilde.width) - 2, int((b.y + b.h) * bilde.height) - 2
    return bilde.crop((x1, y1, max(x1 + 1, x2), max(y1 + 1, y2))).getextrema()[1]


@pytest.mark.krav("R-7.0.3")
def test_none_of_the_planted_words_is_in_the_redacted_pages(omfang):
    antall = omfang(200)
    soek = [Soek(ord_) for ord_ in HEMMELIG]
    for froe in range(0, antall, 20):
        pdf = sider(min(20, antall - froe), froe)
        for ord_ in HEMMELIG:
            assert flat(ord_) in flat(tekst(pdf))
        resultat = sladd(pdf, merker(pdf, soek), soek)
        assert (resultat.feil, resultat.avvik) == ("", [])
        for lest in (tekst(resultat.pdf), alt_i(resultat.pdf), pdftotext(resultat.pdf) or ""):
            funnet = flat(lest)
            assert [ord_ for ord_ in HEMMELIG if flat(ord_) in funnet] == []
            # Nor half of a word that was broken over two lines.
            assert [
                h for ord_ in HEMMELIG for h in (flat(ord_)[:9], flat(ord_)[-9:]) if len(h) == 9 and h in funnet
            ] == []
        assert all(en.har_tekst for en in les_sider(resultat.pdf))  # the rest can still be read and searched
        for merke in random.Random(froe).sample(merker(pdf, soek), 10):
            assert lysest(resultat.pdf, merke) < 40


@pytest.mark.tung
def test_ocr_finds_none_of_the_planted_words(omfang, tmp_path):
    if shutil.which("tesseract") is None:
        pytest.skip("tesseract er ikke installert")
    soek = [Soek(ord_) for ord_ in HEMMELIG]
    pdf = sider(omfang(20), 3)
    ferdig = sladd(pdf, merker(pdf, soek), soek).pdf

    def les(innhold, nr):
        bilde = tmp_path / "side.png"
        bilde.write_bytes(bilde_av_side(innhold, nr, 2400))
        svar = subprocess.run(["tesseract", str(bilde), "-"], capture_output=True, check=True)
        return flat(svar.stdout.decode("utf-8"))

    for nr in range(len(les_sider(pdf))):
        foer, etter = les(pdf, nr), les(ferdig, nr)
        assert etter
        assert [ord_ for ord_ in HEMMELIG if flat(ord_)[:10] in etter] == []
        assert nr or any(flat(ord_)[:10] in foer for ord_ in HEMMELIG)


def test_words_are_found_however_they_are_written():
    pdf = brev(
        "Kari Nordmann og KARI  NORDMANNs bror; Karin Nordmann er en annen.",
        "Nord\u00admann kan ha myk bindestrek, og Ola-Nordmann en hard.",
    )
    en = les_sider(pdf)[0]
    assert len(finn(en, Soek("kari nordmann"))) == 2
    assert len(finn(en, Soek("Nordmann"))) == 5
    assert finn(en, Soek("ordmann")) == []
    assert len(finn(en, Soek("ordmann", inne=True))) == 5
    assert finn(en, Soek("Hansen")) == []
    assert len(finn(les_sider(brev("Her er n o r d m a n n sperret."))[0], Soek("Nordmann"))) == 1


@pytest.mark.parametrize(
    ("moenster", "finnes", "finnes_ikke"),
    [
        (Moenster.FOEDSELSNUMMER, [FNR, FNR_DELT, FNR_DELT.replace(" ", "-")], ["12345678901", FNR + "1"]),
        (Moenster.KONTONUMMER, [KONTO, KONTO.replace(".", " "), KONTO.replace(".", "")], ["1234.56.78901"]),
        (Moenster.TELEFON, ["78 43 12 12", "+47 784 31 212", "78431212"], ["1843 1212", "784312129"]),
        (Moenster.EPOST, ["kari.nordmann@fjordvik.no"], ["kari.nordmann(at)fjordvik.no"]),
    ],
)
def test_numbers_are_found_by_their_form(moenster, finnes, finnes_ikke):
    for nummer in finnes:
        en = les_sider(brev(f"Oppgitt som {nummer} i brevet."))[0]
        assert len(finn(en, Soek("", moenster))) == 1, nummer
    for nummer in finnes_ikke:
        en = les_sider(brev(f"Oppgitt som {nummer} i brevet."))[0]
        assert finn(en, Soek("", moenster)) == [], nummer


def _med_alt(ord_):
    """A PDF that carries the word everywhere but on the page: metadata, attachment, note, field, bookmark, script."""
    with pikepdf.open(io.BytesIO(brev("Et vanlig brev om gatelys."))) as pdf:
        pdf.docinfo["/Author"] = pdf.docinfo["/Title"] = ord_
        with pdf.open_metadata() as xmp:
            xmp["dc:title"] = ord_
        pdf.attachments[f"{ord_}.txt"] = pikepdf.AttachedFileSpec(pdf, ord_.encode(), filename=f"{ord_}.txt")
        with pdf.open_outline() as innhold:
            innhold.root.append(pikepdf.OutlineItem(ord_, 0))
        pdf.Root["/Lang"] = pikepdf.String(ord_)
        pdf.Root["/OpenAction"] = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(f"alert('{ord_}')"))
        felles = {"Type": pikepdf.Name.Annot, "Rect": pikepdf.Array([100, 100, 200, 120])}
        side_ = pdf.pages[0]
        side_.obj["/PieceInfo"] = pikepdf.Dictionary(X=pikepdf.Dictionary(Private=pikepdf.String(ord_)))
        lenke = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(f"https://example.com/{ord_}"))
        felt = pikepdf.Dictionary(
            **felles, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T=pikepdf.String("navn"), V=pikepdf.String(ord_)
        )
        felt = pdf.make_indirect(felt)
        pdf.Root["/AcroForm"] = pikepdf.Dictionary(Fields=pikepdf.Array([felt]))
        side_.obj["/Annots"] = pikepdf.Array(
            [
                felt,
                pikepdf.Dictionary(**felles, Subtype=pikepdf.Name.Text, Contents=pikepdf.String(ord_), F=2),
                pikepdf.Dictionary(**felles, Subtype=pikepdf.Name.Link, A=lenke),
            ]
        )
        ut = io.BytesIO()
        pdf.save(ut)
    return ut.getvalue()


@pytest.mark.krav("R-7.0.3")
def test_metadata_attachments_notes_fields_and_links_are_gone():
    ord_ = "Raudfjellsdottir"
    pdf = _med_alt(ord_)
    with pikepdf.open(io.BytesIO(pdf)) as aapnet:
        assert ord_ in repr(aapnet.docinfo)
        assert list(aapnet.attachments) == [f"{ord_}.txt"]
    resultat = sladd(pdf, [Merke(0, Boks(0.1, 0.1, 0.2, 0.05))], [])
    assert (resultat.feil, resultat.avvik) == ("", [])
    assert ord_ not in alt_i(resultat.pdf)
    assert ord_.encode() not in resultat.pdf
    with pikepdf.open(io.BytesIO(resultat.pdf)) as aapnet:
        assert set(aapnet.Root.keys()) == {"/Type", "/Pages", "/Metadata", "/OutputIntents"}
        assert "/Info" not in aapnet.trailer
        assert [set(s.obj.keys()) for s in aapnet.pages] == [
            {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
        ]


def test_a_note_that_is_seen_can_be_found_and_is_redacted():
    with pikepdf.open(io.BytesIO(brev("Et vanlig brev."))) as pdf:
        utseende = pikepdf.Stream(
            pdf,
            b"BT /F 12 Tf 2 4 Td (Raudfjell) Tj ET",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=pikepdf.Array([0, 0, 100, 20]),
            Resources=pikepdf.Dictionary(
                Font=pikepdf.Dictionary(
                    F=pikepdf.Dictionary(
                        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
                    )
                )
            ),
        )
        pdf.pages[0].obj["/Annots"] = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.FreeText,
                    Rect=pikepdf.Array([100, 400, 200, 420]),
                    Contents=pikepdf.String("Raudfjell"),
                    F=4,
                    AP=pikepdf.Dictionary(N=pdf.make_indirect(utseende)),
                )
            ]
        )
        ut = io.BytesIO()
        pdf.save(ut)
    soek = [Soek("Raudfjell")]
    funnet = merker(ut.getvalue(), soek)
    assert len(funnet) == 1
    resultat = sladd(ut.getvalue(), funnet, soek)
    assert resultat.feil == ""
    assert "Raudfjell" not in alt_i(resultat.pdf)
    assert lysest(resultat.pdf, funnet[0]) < 40


def test_text_that_nobody_sees_stays_behind():
    rad = side(random.Random(1)) | {"avsnitt": ["Synlig brev."], "dreid": "", "fot": "", "spalter": 1}
    with pikepdf.open(io.BytesIO(sett([rad]))) as pdf:
        skrift = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        pdf.pages[0].add_resource(skrift, pikepdf.Name.Font, pikepdf.Name.Skjult)
        hvit = b"q 1 1 1 rg BT /Skjult 12 Tf 100 100 Td (Hvitskrift) Tj ET Q "
        hvit += b"BT /Skjult 0.5 Tf 100 300 Td (Bitteliten) Tj ET"
        pdf.pages[0].contents_add(pikepdf.Stream(pdf, hvit))
        ut = io.BytesIO()
        pdf.save(ut)
    assert "Hvitskrift" in tekst(ut.getvalue())
    resultat = sladd(ut.getvalue(), [Merke(0, Boks(0.5, 0.5, 0.1, 0.1))], [])
    assert resultat.feil == ""
    assert "Synlig brev." in tekst(resultat.pdf)
    assert "Hvitskrift" not in alt_i(resultat.pdf)
    assert "Bitteliten" not in alt_i(resultat.pdf)


def test_a_mark_on_half_a_word_takes_the_whole_word_from_the_text():
    pdf = brev("Brevet gjelder Nordmann og andre.")
    (boks,) = finn(les_sider(pdf)[0], Soek("Nordmann"))[0]
    halvt = Boks(boks.x, boks.y, boks.b / 2, boks.h)
    lest = tekst(sladd(pdf, [Merke(0, halvt)], []).pdf)
    assert "Nord" not in lest
    assert "mann" not in lest
    assert "Brevet gjelder" in lest


def test_the_control_sees_each_thing_that_is_left(monkeypatch):
    pdf = brev("Brevet gjelder Nordmann og andre.")
    soek = [Soek("Nordmann")]
    funnet = merker(pdf, soek)
    ferdig = sladd(pdf, funnet, soek)
    assert kontroller(ferdig.pdf, funnet, soek) == ""
    uten_merker = sladd(pdf, [], [])
    assert "«Nordmann» på side 1" in kontroller(uten_merker.pdf, [], soek)
    assert "tekst under et merke på side 1" in kontroller(uten_merker.pdf, funnet, [])
    beholdt = [[o for o in ord_paa(en) if o.tekst != "gjelder"] for en in les_sider(ferdig.pdf)]
    assert "ord på side 1 som ikke skulle være med" in kontroller(ferdig.pdf, funnet, soek, beholdt)
    with pikepdf.open(io.BytesIO(ferdig.pdf)) as aapnet:
        aapnet.docinfo["/Author"] = "Nordmann"
        ut = io.BytesIO()
        aapnet.save(ut)
    assert "/Info" in kontroller(ut.getvalue(), funnet, soek)


def test_a_page_that_is_a_picture_is_told_of():
    bilde = io.BytesIO()
    Image.open(io.BytesIO(bilde_av_side(brev("Skannet Nordmann"), 0, 1000))).save(bilde, "PDF")
    resultat = sladd(bilde.getvalue(), [Merke(0, Boks(0.1, 0.05, 0.5, 0.1))], [])
    assert (resultat.feil, resultat.uten_tekst) == ("", [1])
    assert lysest(resultat.pdf, Merke(0, Boks(0.1, 0.05, 0.5, 0.1))) < 40


def test_what_is_left_elsewhere_of_a_word_that_is_marked_by_hand_is_told_of():
    pdf = brev("Klage fra Nordmann.", "Vedlegget er skrevet av Nordmann, som klaget.")
    foerste = finn(les_sider(pdf)[0], Soek("Nordmann"))[0]
    resultat = sladd(pdf, [Merke(0, boks) for boks in foerste], [])
    assert (resultat.feil, resultat.rester) == ("", ["«Nordmann» på side 1"])


@pytest.mark.parametrize("innhold", [b"%PDF-1.7 tull", filer.laast_pdf()])
def test_a_broken_or_locked_file_is_refused_in_words(innhold):
    with pytest.raises(KanIkkeSladdes, match="skadet eller låst"):
        sladd(innhold, [], [])


def test_words_are_compared_without_case_hyphens_and_extra_spaces():
    assert strekloes("  Anne-Karin \u00ad  TVEIT ") == "annekarin tveit"
