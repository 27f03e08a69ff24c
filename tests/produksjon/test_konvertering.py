"""Files to PDF/A-2b: what comes out is valid, says nothing of who wrote it, and shows what the reader should see."""

from __future__ import annotations

import io
import os
import re
import signal
import time

import pikepdf
import pytest
from PIL import Image

from saksgang.produksjon.konvertering import Aarsak, Avbrutt, Kilde, konverter_til_pdfa
from saksgang.produksjon.pdfa import SKADET, KanIkke, libreoffice, prosess
from saksgang.produksjon.pdfa.loeft import antall_sider, loeft, slaa_sammen_pdf
from saksgang.produksjon.pdfa.port import er_gyldig_pdfa
from saksgang.produksjon.pdfa.sider import bilde_til_pdf
from saksgang.produksjon.rules import Vei, trenger_arkivkopi, vei_til_pdf

from . import filer

GODE = ("brev", "spor", "spor uten innstillinger", "enklest", "odt", "rtf", "lenket", "lenket fil")
EGNE = ("epost", "html", "jpeg", "tekst")


def _skrifter(side):
    skrifter = dict(side.get("/Resources", {}).get("/Font", {}))
    for navn in skrifter:
        skrift = skrifter[navn]
        etterkommer = skrift.DescendantFonts[0] if "/DescendantFonts" in skrift else skrift
        yield etterkommer.FontDescriptor


@pytest.mark.krav("R-4.6")
@pytest.mark.parametrize("navn", [*GODE, *EGNE])
def test_konverter_til_pdfa_makes_tagged_pdfa_2b_with_its_fonts(omgjort, navn):
    resultat = omgjort[navn]
    assert (resultat.feil, resultat.avvik, resultat.er_pdfa) == ("", (), True)
    assert er_gyldig_pdfa(resultat.pdf) == []
    with pikepdf.open(io.BytesIO(resultat.pdf)) as pdf:
        (hensikt,) = pdf.Root.OutputIntents
        assert (hensikt.S, "/DestOutputProfile" in hensikt) == ("/GTS_PDFA1", True)
        with pdf.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "B")
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        innebygd = [
            bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(skrift.keys()))
            for side in pdf.pages
            for skrift in _skrifter(side)
        ]
        assert all(innebygd) and (innebygd or navn == "jpeg" or navn.startswith("lenket"))


@pytest.mark.parametrize("navn", [*GODE, *EGNE, "pdf"])
def test_konverter_til_pdfa_leaves_no_metadata(omgjort, navn):
    pdf = omgjort[navn].pdf
    assert filer.FORFATTER.encode() not in pdf
    with pikepdf.open(io.BytesIO(pdf)) as dokument:
        assert dict(dokument.docinfo.items()) == {}
        with dokument.open_metadata() as xmp:
            assert set(xmp) == {f"{{http://www.aiim.org/pdfa/ns/id/}}{n}" for n in ("part", "conformance")}


def test_konverter_til_pdfa_shows_what_the_writer_kept_and_not_what_was_taken_out(omgjort):
    for navn in ("spor", "spor uten innstillinger"):
        assert "SATTINN" in filer.ord_i(omgjort[navn].pdf)
    for navn in ("spor", "spor uten innstillinger", "odt", "rtf"):
        ordene = filer.ord_i(omgjort[navn].pdf)
        assert "Foer" in ordene and "SLETTET" not in ordene
        assert b"SLETTET" not in omgjort[navn].pdf


def test_konverter_til_pdfa_keeps_the_date_that_stood_there(omgjort):
    assert "24.12.2019" in filer.ord_i(omgjort["spor"].pdf)
    assert "vedtaket.docx" in filer.ord_i(omgjort["spor"].pdf)
    assert "24.12.2019" in filer.ord_i(omgjort["odt"].pdf)


def test_konverter_til_pdfa_fetches_nothing_for_a_document(omgjort, lyttepost):
    assert [k for k in lyttepost[1] if "sporing" in k] == []
    with pikepdf.open(io.BytesIO(omgjort["lenket fil"].pdf)) as pdf:
        assert [list(side.get_images()) for side in pdf.pages] == [[]]


@pytest.mark.tung
def test_the_document_that_calls_home_does_so_where_nothing_forbids_it(lyttepost, lenket, monkeypatch):
    """The test of the test: the same document, and a LibreOffice with its own settings."""
    adresse, kalt = lyttepost
    libreoffice.kast_profil()
    monkeypatch.setattr(libreoffice, "_INNSTILLINGER", "<items/>")
    try:
        konverter_til_pdfa([Kilde(lenket(f"{adresse}/kontroll.png"), "fmt/412")])
    finally:
        libreoffice.kast_profil()
    assert [k for k in kalt if "GET /kontroll.png" in k]


@pytest.mark.parametrize(
    ("navn", "sier"),
    [
        ("skadet", SKADET),
        ("halv", SKADET),
        ("tom odt", SKADET),
        ("ikke pdf", "PDF-en er skadet"),
        ("laast pdf", "låst med passord"),
        ("laast word", "låst med passord"),
        ("ikke jpeg", "Bildet kan ikke åpnes"),
        ("zip", "ZIP kan ikke gjøres om til PDF"),
    ],
)
def test_konverter_til_pdfa_says_why_a_file_cannot_be(omgjort, navn, sier):
    resultat = omgjort[navn]
    assert sier in resultat.feil
    assert (resultat.aarsak, resultat.er_pdfa) == (Aarsak.VARIG, False)


def test_ordinary_pdf_is_lifted_where_nothing_that_is_seen_must_change(omgjort):
    assert (omgjort["pdf"].er_pdfa, omgjort["pdf"].uendret) == (True, False)
    uten = omgjort["pdf uten skrift"]
    assert (uten.er_pdfa, uten.aarsak) == (False, Aarsak.VARIG)
    assert uten.feil == "Fila kan ikke bli PDF/A: skriftene følger ikke med i fila, eller er ikke hele."
    assert filer.FORFATTER.encode() not in uten.pdf


def test_valid_pdfa_is_left_as_it_is_unless_it_lies_or_tells_who_wrote_it(omgjort):
    gyldig = omgjort["brev"].pdf
    loegn = gyldig.replace(b"/GTS_PDFA1", b"/GTS_PDFX1")
    with pikepdf.open(io.BytesIO(gyldig)) as pdf:
        with pdf.open_metadata(update_docinfo=False, set_pikepdf_as_editor=False) as xmp:
            xmp["dc:creator"] = [filer.FORFATTER]
        ut = io.BytesIO()
        pdf.save(ut)
    sladrende = ut.getvalue()
    assert er_gyldig_pdfa(sladrende) == []
    assert er_gyldig_pdfa(loegn) != []
    like, loeftet, renset = konverter_til_pdfa([Kilde(fil, "fmt/477") for fil in (gyldig, loegn, sladrende)])
    assert (like.uendret, like.pdf) == (True, gyldig)
    assert (loeftet.uendret, renset.uendret, renset.er_pdfa) == (False, False, True)
    assert filer.FORFATTER.encode() in sladrende and filer.FORFATTER.encode() not in renset.pdf


def test_er_gyldig_pdfa_knows_its_checkers_false_alarm_from_a_true_one(omgjort):
    with pikepdf.open(io.BytesIO(omgjort["brev"].pdf)) as pdf:
        side = pdf.pages[0]
        side.Contents.write(side.Contents.read_bytes() + b"\r")
        ut = io.BytesIO()
        pdf.save(ut, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    falsk = ut.getvalue()
    assert er_gyldig_pdfa(falsk) == []
    lengde = int(re.findall(rb"/Length (\d+)", falsk[: falsk.index(b"\r\nendstream")])[-1])
    sann = falsk.replace(b"/Length %d" % lengde, b"/Length %d" % (lengde - 2))
    assert [f.partition(":")[0] for f in er_gyldig_pdfa(sann)] == ["PDFA2B-STREAM-LENGTH-001"]


def test_loeft_takes_out_what_acts_and_refuses_what_would_be_lost():
    with pikepdf.open(io.BytesIO(filer.pdf())) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        ut = io.BytesIO()
        pdf.save(ut)
        assert er_gyldig_pdfa(loeft(ut.getvalue())) == []
        pdf.attachments["regneark.xlsx"] = b"innhold"
        ut = io.BytesIO()
        pdf.save(ut)
    with pytest.raises(KanIkke, match="andre filer vedlagt"):
        loeft(ut.getvalue())


def test_slaa_sammen_pdf_keeps_every_page_in_order(omgjort):
    samlet = slaa_sammen_pdf([omgjort["brev"].pdf, omgjort["epost"].pdf])
    ordene = filer.ord_i(samlet)
    assert antall_sider(samlet) == antall_sider(omgjort["brev"].pdf) + 1
    assert ordene.index("Vi viser til søknaden") < ordene.index("Hei på deg!")
    with pytest.raises(KanIkke, match="låst med passord"):
        slaa_sammen_pdf([filer.laast_pdf()])


def test_epost_and_html_show_words_and_run_nothing(omgjort):
    epost = filer.ord_i(omgjort["epost"].pdf)
    for det_som_staar in ("Ola Ås <ola@example.no>", "Om gatelys", "02.03.2026 kl. 08.00", "Hei på deg!"):
        assert det_som_staar in epost
    html = filer.ord_i(omgjort["html"].pdf)
    assert "på deg" in html and "alert" not in html
    (bare_html,) = konverter_til_pdfa([Kilde(filer.epost("<p>Hei <b>du</b></p>", html=True), "fmt/278")])
    assert "Hei du" in filer.ord_i(bare_html.pdf)


@pytest.mark.parametrize(
    ("slag", "modus"), [("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "1"), ("PNG", "P"), ("GIF", "P"), ("WEBP", "RGB")]
)
def test_bilde_til_pdf_takes_every_kind_of_picture(slag, modus):
    assert er_gyldig_pdfa(bilde_til_pdf(filer.bilde(slag, modus))) == []


def test_bilde_til_pdf_gives_each_page_of_a_tiff_its_own_size():
    ut = io.BytesIO()
    skannet = Image.new("1", (1654, 2339), 1)
    skannet.save(ut, "TIFF", save_all=True, append_images=[Image.new("L", (2339, 1654))], dpi=(200, 200))
    with pikepdf.open(io.BytesIO(bilde_til_pdf(ut.getvalue()))) as pdf:
        assert [[round(float(m)) for m in side.mediabox[2:]] for side in pdf.pages] == [[595, 842], [842, 595]]


@pytest.mark.parametrize(
    ("puid", "vei", "trenger"),
    [
        ("fmt/412", Vei.WRITER, True),
        ("fmt/214", Vei.CALC, True),
        ("fmt/215", Vei.IMPRESS, True),
        ("fmt/278", Vei.EPOST, True),
        ("fmt/18", Vei.PDF, True),
        ("fmt/477", Vei.PDF, True),
        ("fmt/43", Vei.BILDE, False),
        ("x-fmt/111", Vei.TEKST, False),
        ("fmt/116", Vei.BILDE, True),
        ("x-fmt/263", Vei.INGEN, True),
        ("fmt/134", Vei.INGEN, False),
        ("UNKNOWN", Vei.INGEN, True),
    ],
)
def test_vei_til_pdf_and_trenger_arkivkopi(puid, vei, trenger):
    assert (vei_til_pdf(puid), trenger_arkivkopi(puid)) == (vei, trenger)


# --- A LibreOffice that does not behave ------------------------------------------------------------------------------


@pytest.fixture
def falsk_soffice(tmp_path, monkeypatch):
    """Put a program called soffice first on the path; returns the folder it may write in."""

    def lag(skript: str):
        mappe = tmp_path / "bin"
        mappe.mkdir(exist_ok=True)
        program = mappe / "soffice"
        program.write_text(f"#!/bin/sh\n{skript}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{mappe}{os.pathsep}{os.environ['PATH']}")
        return tmp_path

    return lag


def _lever(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_conversion_that_hangs_is_stopped_with_all_that_it_started(falsk_soffice, settings):
    mappe = falsk_soffice('sleep 600 &\necho $! > "$0.barn"\nwait')
    settings.SAKSGANG_KONVERTERING_SEKUNDER = 1
    start = time.monotonic()
    (resultat,) = konverter_til_pdfa([Kilde(filer.brev(), "fmt/412")])
    assert resultat.feil == "Omgjøringen til PDF tok mer enn 1 sekunder og ble stanset."
    assert (resultat.aarsak, time.monotonic() - start < 60) == (Aarsak.FORBIGAAENDE, True)
    barn = int((mappe / "bin" / "soffice.barn").read_text())
    frist = time.monotonic() + 10
    while _lever(barn) and time.monotonic() < frist:
        time.sleep(0.01)
    assert not _lever(barn)


def test_one_that_hangs_costs_the_others_nothing(omgjort, falsk_soffice, settings):
    mappe = falsk_soffice(
        'for del in "$@"; do case "$forrige" in --outdir) ut="$del";; esac; forrige="$del"; done\n'
        'for fil in "$@"; do case "$fil" in */0.docx) exec sleep 600;; esac; done\n'
        'for fil in "$@"; do case "$fil" in *.docx) cp "$(dirname "$0")/side.pdf" "$ut/$(basename "$fil" .docx).pdf";; '
        "esac; done"
    )
    (mappe / "bin" / "side.pdf").write_bytes(omgjort["brev"].pdf)
    settings.SAKSGANG_KONVERTERING_SEKUNDER = 2
    heng, brev, tekst = konverter_til_pdfa(
        [Kilde(filer.brev(), "fmt/412"), Kilde(filer.brev("To"), "fmt/412"), Kilde(b"Hei", "x-fmt/111")]
    )
    assert heng.aarsak is Aarsak.FORBIGAAENDE
    assert (brev.er_pdfa, tekst.er_pdfa) == (True, True)


def test_libreoffice_that_crashes_is_tried_again_later(falsk_soffice):
    falsk_soffice("kill -SEGV $$")
    (resultat,) = konverter_til_pdfa([Kilde(filer.brev(), "fmt/412")])
    assert (resultat.feil, resultat.aarsak) == (
        "LibreOffice stoppet uventet mens fila ble gjort om til PDF.",
        Aarsak.FORBIGAAENDE,
    )


def test_without_libreoffice_the_rest_is_converted_and_the_office_file_waits(settings, monkeypatch, tmp_path):
    settings.SAKSGANG_LIBREOFFICE = str(tmp_path / "finnes-ikke")
    brev, tekst = konverter_til_pdfa([Kilde(filer.brev(), "fmt/412"), Kilde(b"Hei", "x-fmt/111")])
    assert (brev.aarsak, tekst.er_pdfa) == (Aarsak.MANGLER_PROGRAM, True)
    assert brev.feil == (
        "LibreOffice mangler på tjeneren, og Word (DOCX) kan ikke gjøres om til PDF. "
        "Be drift installere libreoffice-writer-nogui; da lages kopien av seg selv."
    )


def test_a_part_of_libreoffice_that_is_not_installed_is_named(settings, tmp_path):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    (tmp_path / "libswlo.so").touch()
    settings.SAKSGANG_LIBREOFFICE = str(program)
    (regneark,) = konverter_til_pdfa([Kilde(b"PK", "fmt/214")])
    assert regneark.feil.startswith("LibreOffice Calc mangler på tjeneren, og Excel (XLSX) kan ikke")
    assert "libreoffice-calc-nogui" in regneark.feil


def test_children_are_told_nothing_of_our_secrets(falsk_soffice, monkeypatch, tmp_path):
    monkeypatch.setenv("SAKSGANG_HEMMELIG_NOEKKEL", "hysj")
    falsk_soffice(f'env > "{tmp_path}/miljoe"; exit 1')
    konverter_til_pdfa([Kilde(filer.brev(), "fmt/412")])
    navn = {linje.partition("=")[0] for linje in (tmp_path / "miljoe").read_text().splitlines()}
    assert navn - {"PWD", "SHLVL", "_", "OLDPWD"} == {"PATH", "HOME", "TMPDIR", "TEMP", "TMP", "LANG"}


def test_avbryt_stops_what_is_under_way(falsk_soffice, monkeypatch):
    falsk_soffice(f"kill -TERM {os.getpid()}; exec sleep 600")
    monkeypatch.setattr(prosess, "_stopper", False)
    foer = signal.signal(signal.SIGTERM, lambda *_: prosess.avbryt())
    try:
        with pytest.raises(Avbrutt):
            konverter_til_pdfa([Kilde(filer.brev(), "fmt/412")])
    finally:
        signal.signal(signal.SIGTERM, foer)
